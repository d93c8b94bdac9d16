"""One country's side of ``tools.bench``: a process of its own that builds, or draws pages and replays their bare needs.

Bare is what a page cannot do without: its own SQL, in its own order, through the database driver's cursor (a recorded
opening goes to copies of the ledger's tables, so that it is really written), and each unsealing, unboxing and
signature check again. Not in it: Django, templates, middleware, key derivation, the signed head's file.
"""

import json
import re
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from tools.client import Form, Page, Person

WORKER, COORDINATOR, DIRECTOR, PROVIDER = "eka", "levan", "tamar", "nino"
_WRITES = re.compile(r"\s*(INSERT|UPDATE)\b", re.IGNORECASE)


def build(cases: int) -> None:
    """Build the country; prints time and peak memory as JSON."""
    from gza.cli import demo
    from gza.demo import build as country
    from gza.demo import people

    people.ensure_material()
    demo.prepare()
    marks: dict[str, float] = {}

    def tick(what: str, done: int, total: int) -> None:
        marks.setdefault(what, time.monotonic())
        if sys.stderr.isatty() or done == total:
            print(f"\r{what}: {done} of {total}   ", end="\n" if done == total else "", file=sys.stderr, flush=True)

    country.build(cases, tick=tick)
    seconds = time.monotonic() - marks["cases"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 1), "rate": round(cases / seconds, 1), "peak_mb": round(peak)}))


class Inside(Person):
    """A person whose requests go through the whole product in this process: middleware, CSRF and sign-in included."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1")
        from django.test import Client

        self._client = Client(enforce_csrf_checks=True, raise_request_exception=True)

    def _ask(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Page:
        kind = headers.pop("Content-Type", "")
        answer = self._client.generic(
            method, address, body or b"", content_type=kind, headers=headers, HTTP_HOST="127.0.0.1"
        )
        text = b"" if answer.streaming else answer.content
        return Page(answer.status_code, address, text.decode("utf-8", "replace"), answer.headers)


def signed_in(name: str) -> Inside:
    """Somebody of the cast, really signed in; waits for the next code where this one was used a moment ago."""
    from gza.demo import people

    for _ in range(8):
        who = Inside()
        try:
            who.sign_in(name, people.PASSWORD, people.secret(name))
        except PermissionError:
            time.sleep(8)
            continue
        return who
    raise PermissionError(name)


class Needs:
    """What one page needed: statements, unsealings, unboxings, checks."""

    def __init__(self) -> None:
        self.sql: list[tuple[str, str, Any, bool]] = []
        self.unseals: list[tuple[Any, ...]] = []
        self.boxes: list[tuple[Any, Any, Any]] = []
        self.checks: list[tuple[Any, ...]] = []

    @property
    def queries(self) -> int:
        """Statements, the brackets of a transaction left out."""
        return sum(not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")) for _, sql, _, _ in self.sql)

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Record what is needed within."""
        from django.db import connections

        from gza.vault.crypto import aead, keys

        unseal, open_, verify, deep = aead.unseal, keys.Opener.open, keys.verify, [0]

        def unsealed(*args: Any) -> bytes:
            if not deep[0]:
                self.unseals.append(args)
            return unseal(*args)

        def opened(opener: Any, blob: Any, context: Any) -> bytes:
            self.boxes.append((opener, blob, context))
            deep[0] += 1
            try:
                return open_(opener, blob, context)
            finally:
                deep[0] -= 1

        def verified(*args: Any) -> None:
            self.checks.append(args)
            verify(*args)

        def ran(alias: str) -> Callable[..., Any]:
            def wrap(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
                self.sql.append((alias, sql, params, many))
                return execute(sql, params, many, context)

            return wrap

        with ExitStack() as stack:
            for alias in ("default", "transient"):
                stack.enter_context(connections[alias].execute_wrapper(ran(alias)))
            stack.enter_context(mock.patch.object(aead, "unseal", unsealed))
            stack.enter_context(mock.patch.object(keys.Opener, "open", opened))
            stack.enter_context(mock.patch.object(keys, "verify", verified))
            yield

    def replay(self) -> None:
        """Do it all again, and nothing else."""
        from gza.vault.crypto import aead, keys

        for alias, sql, params, many in self._statements():
            _run(alias, sql, params, many)
        for args in self.unseals:
            aead.unseal(*args)
        fresh: dict[int, Any] = {}
        for opener, blob, context in self.boxes:
            again = fresh.get(id(opener)) or fresh.setdefault(id(opener), keys.Opener(opener.secret))
            again.open(blob, context)
        for args in self.checks:
            keys.verify(*args)

    def _statements(self) -> Iterator[tuple[str, str, Any, bool]]:
        writing = False
        for alias, sql, params, many in self.sql:
            if alias == "transient" and (_WRITES.match(sql) or sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))):
                continue
            if _WRITES.match(sql):
                if not writing:
                    yield alias, "BEGIN", None, False
                writing = True
                copied = sql.replace('"ledger_event"', '"bench_event"').replace('"ledger_head"', '"bench_head"')
                if copied == sql:
                    raise AssertionError(f"a page writes what the bench does not know: {sql[:80]}")
                yield alias, copied, params, many
            elif not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                yield alias, sql.removesuffix(" FOR UPDATE"), params, many
        if writing:
            yield "default", "COMMIT", None, False


def _run(alias: str, sql: str, params: Any, many: bool) -> None:
    from django.db import connections

    connection = connections[alias]
    raw = connection.connection.cursor()
    if connection.vendor == "sqlite" and params is not None:
        sql = sql.replace("%s", "?")
    if many:
        raw.executemany(sql, params)
    elif params is None:
        raw.execute(sql)
    else:
        raw.execute(sql, params)
    if raw.description:
        raw.fetchall()
    raw.close()


def _copies() -> None:
    """Tables like the ledger's, without its order and its triggers, for writing openings again and again."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("event", "head"):
            cursor.execute(f"DROP TABLE IF EXISTS bench_{name}")
            cursor.execute(f"CREATE TABLE bench_{name} AS SELECT * FROM ledger_{name} WHERE seq = 1")


def _strangeness(case: Any) -> tuple[int, uuid.UUID]:
    """How far a running case is from the one that every size is measured at: one with as much on its pages."""
    from gza.plans import models

    usual = {models.ServiceRequest: 3, models.Consideration: 1, models.Commitment: 1, models.MonthlyReport: 3}
    rows = sum(abs(model._default_manager.filter(case=case).count() - count) for model, count in usual.items())
    items = models.PlanItem._default_manager.filter(case=case, plan_version__state="in_force").count()
    return rows + abs(items - 3) + 3 * (case.items_unsought + case.unmet), case.id


class Pages:
    """The pages that are measured, each drawn for a signed-in person."""

    def __init__(self) -> None:
        from gza.accounts.models import User
        from gza.cases.models import Case
        from gza.demo.bulk import SOUGHT

        self.worker, self.coordinator = signed_in(WORKER), signed_in(COORDINATOR)
        self.director, self.provider = signed_in(DIRECTOR), signed_in(PROVIDER)
        own = Case.objects.filter(holder_id=User.objects.get(username=WORKER).id).order_by("id")
        case = own.filter(plan_state="agreed")[0].id
        self.all: dict[str, Callable[[], Page]] = {
            "Today, worker": lambda: self.worker.get("/"),
            "Today, coordinator": lambda: self.coordinator.get("/"),
            "Case list, worker": lambda: self.worker.get("/cases/"),
            "Case list, coordinator": lambda: self.coordinator.get("/cases/"),
            "Case list, 45 names shown": self._form(self.worker, "/cases/", action="/cases/"),
            "Case page": lambda: self.worker.get(f"/cases/{case}/"),
            "Plan page": lambda: self.worker.get(f"/cases/{case}/plan/"),
            "Search of own caseload": self._form(self.worker, "/cases/search/own/", having="text", text="ნინო ბერიძე"),
            "Name search, coordinator": self._form(self.coordinator, "/cases/search/", having="text", text=SOUGHT),
            "Overview": lambda: self.coordinator.get("/overview/"),
            **self._second_half(min(own.filter(stage="running"), key=_strangeness).id),
        }

    def _second_half(self, case: uuid.UUID) -> dict[str, Callable[[], Page]]:
        """Pages from the first request on; ``case`` is one of the worker's whose plan runs."""
        from gza.accounts.models import User
        from gza.plans.models import MonthlyReport, ServiceRequest

        month = MonthlyReport.objects.filter(case=case).order_by("month")[0].month
        body = User.objects.get(username=PROVIDER).organisation_id
        asked = ServiceRequest.objects.filter(organisation=body, state="accepted").order_by("id")[0].id
        return {
            "Requests, worker": lambda: self.worker.get("/requests/"),
            "Requests, coordinator": lambda: self.coordinator.get("/requests/"),
            "Requests of a case": lambda: self.worker.get(f"/cases/{case}/requests/"),
            "Funding queue": lambda: self.director.get("/funding/"),
            "Money of a case": lambda: self.worker.get(f"/cases/{case}/money/"),
            "Final plan page": lambda: self.worker.get(f"/cases/{case}/plan/"),
            "Reports, coordinator": lambda: self.coordinator.get("/reports/"),
            "Monthly report": lambda: self.worker.get(f"/cases/{case}/year/{month:%Y}-{month.month}/"),
            "Today, director": lambda: self.director.get("/"),
            "Today, provider": lambda: self.provider.get("/"),
            "Provider's list": lambda: self.provider.get("/provider/requests/"),
            "Provider's request": lambda: self.provider.get(f"/provider/requests/{asked}/"),
        }

    @staticmethod
    def _form(who: Inside, address: str, *, having: str = "", action: str = "", **values: str) -> Callable[[], Page]:
        page = who.get(address)
        wanted = [
            form for form in page.forms() if form.method == "post" and "/language/" not in form.action
            and (not having or having in form.fields) and (not action or form.action in {action, ""})
        ]  # fmt: skip
        form: Form = next(one for one in wanted if "sign-out" not in one.action and "lock" not in one.action)
        return lambda: who.send(page, form, **values)

    def draw(self, name: str) -> Page:
        """Draw one.

        Raises:
            AssertionError: when it is not the page it should be.
        """
        page = self.all[name]()
        if page.status != 200:  # noqa: PLR2004 (a page)
            raise AssertionError(f"{name}: {page.status}")
        return page


def serve() -> None:
    """Draw and replay every page as many times as a line on standard input says; the times go to standard output."""
    from gza.core import memory

    pages, needs = Pages(), {}
    memory.settle()  # as the server does
    _copies()
    for name in list(pages.all):
        try:
            for _ in range(3):
                pages.draw(name)
        except AssertionError as error:
            print(f"left out: {error}", file=sys.stderr)
            del pages.all[name]
            continue
        needs[name] = Needs()
        with needs[name].recorded():
            pages.draw(name)
        needs[name].replay()
    costs = {
        name: {"queries": one.queries, "opened": len(one.unseals), "boxes": len(one.boxes)}
        for name, one in needs.items()
    }
    print(json.dumps(costs), flush=True)
    for line in sys.stdin:
        told = {name: [_once(pages, needs[name], name)] for name in needs}  # cold from waiting: not counted
        for _ in range(json.loads(line)):
            for name, times in told.items():
                times.append(_once(pages, needs[name], name))
        print(json.dumps({name: times[1:] for name, times in told.items()}), flush=True)


def _once(pages: Pages, needs: Needs, name: str) -> tuple[float, float]:
    """Milliseconds of drawing a page once, and of its bare needs once."""
    begin = time.perf_counter()
    pages.draw(name)
    middle = time.perf_counter()
    needs.replay()
    return 1000 * (middle - begin), 1000 * (time.perf_counter() - middle)


def profile(name: str, count: int = 20) -> None:
    """Where a page's time goes, for whoever mends it."""
    import cProfile
    import pstats

    pages = Pages()
    for _ in range(3):
        pages.draw(name)
    times, watch = [], cProfile.Profile()
    for _ in range(count):
        begin = time.perf_counter()
        pages.draw(name)
        times.append(time.perf_counter() - begin)
    watch.enable()
    for _ in range(count):
        pages.draw(name)
    watch.disable()
    print(f"{name}: {1000 * statistics.median(times):.1f} ms")
    pstats.Stats(watch).sort_stats("tottime").print_stats(45)
    pstats.Stats(watch).sort_stats("cumulative").print_stats(70)


def main() -> None:
    """``build N``, ``serve``, or ``profile PAGE``, in the country that the environment names."""
    import django

    from tools import messages

    messages.compile_stale()
    django.setup()
    match sys.argv[1:]:
        case ["build", count]:
            build(int(count))
        case ["serve"]:
            serve()
        case ["profile", name]:
            profile(name)


if __name__ == "__main__":
    main()
