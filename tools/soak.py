"""``make soak``: the real server killed with SIGKILL in the middle of writes, again and again.

Several people work over HTTP: receive somebody, record the status, designate a worker. Every act that was acknowledged
(redirected) is noted. After each kill the server starts again and everything is looked at: no acknowledged act is
missing, no half act is visible, counters equal reality, the ledger is whole. No answer may be 500.
"""

import argparse
import http.client
import itertools
import random
import shutil
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import server as servers
from tools.client import Page, Person

WRITERS = ("levan", "nana", "tamar", "levan", "nana")
LONGEST = 0.9  # seconds of writing before a kill
DONE, BROKEN = {302, 303}, 500


@dataclass
class Noted:
    """What the people were told, and what must never have happened."""

    acts: list[tuple[str, str]] = field(default_factory=list)  # verb, case id
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self, verb: str, case: str) -> None:
        """An acknowledged act."""
        with self.lock:
            self.acts.append((verb, case))

    def fault(self, what: str) -> None:
        """Something that must not be."""
        with self.lock:
            self.wrong.append(what)


class Writer(threading.Thread):
    """Somebody who works on, whatever becomes of the server: what was cut off is left, the next thing is begun."""

    def __init__(self, number: int, me: Person, noted: Noted, workers: list[str], seed: int) -> None:
        super().__init__(name=f"writer-{number}", daemon=True)
        self.me, self.noted, self.workers = me, noted, workers
        self.rng = random.Random(f"{seed}-{number}")
        self.up, self.idle, self.over = threading.Event(), threading.Event(), threading.Event()

    def run(self) -> None:
        """Work while the server is up."""
        while not self.over.is_set():
            if not self.up.wait(0.05):
                self.idle.set()
                continue
            self.idle.clear()
            try:
                self._work()
            except (http.client.HTTPException, OSError):
                time.sleep(0.01)  # cut off: nobody was told anything
            except (LookupError, KeyError) as error:
                self.noted.fault(f"{type(error).__name__}: {error}")
                time.sleep(0.2)

    def _work(self) -> None:
        case = self._receive()
        if case and self.up.is_set() and self._status(case) and self.up.is_set():
            self._designate(case)

    def _see(self, page: Page) -> Page:
        if page.status >= BROKEN:
            self.noted.fault(f"{page.status} at {page.address}")
        return page

    def _acknowledged(self, page: Page, verb: str, case: str) -> bool:
        to = page.headers.get("Location", "")
        if self._see(page).status not in DONE or not to.startswith("/cases/"):
            self.noted.fault(f"{verb} was not acknowledged: {page.status} {to}")
            return False
        self.noted.act(verb, case)
        return True

    def _receive(self) -> str:
        page = self._see(self.me.get("/cases/new/"))
        form = page.form(having="first_name")
        name = "".join(self.rng.choices("აბგდევზთიკლმნოპრსტუფქღყშ", k=9))
        answer = self.me.send(page, form, first_name=name, last_name="ხმელიძე", checked="1", account="მოყვა " + name)
        case = answer.headers.get("Location", "").strip("/").rsplit("/", 1)[-1]
        return case if self._acknowledged(answer, "cases.open", case) else ""

    def _status(self, case: str) -> bool:
        page = self._see(self.me.get(f"/cases/{case}/status/"))
        form = page.form(having="kind")
        number = str(self.rng.randint(1, 99))
        return self._acknowledged(
            self.me.send(page, form, kind="victim", document_number=number), "cases.record_status", case
        )

    def _designate(self, case: str) -> bool:
        page = self._see(self.me.get(f"/cases/{case}/designation/"))
        form = page.form(having="worker")
        worker = self.rng.choice(self.workers)
        return self._acknowledged(self.me.send(page, form, worker=worker), "cases.designate", case)


def _prepare(cases: int) -> None:
    from gza.cli import demo
    from gza.demo import build, people

    people.ensure_material()
    demo.prepare()
    build.build(cases, seed=1)


def _grouped(model: Any, *columns: str) -> Counter[tuple[Any, ...]]:
    """How many rows of a model, or of a query, there are of each value of the columns."""
    from django.db.models import Count, QuerySet

    rows = model if isinstance(model, QuerySet) else model.objects.all()
    rows = rows.order_by().values_list(*columns).annotate(n=Count("*"))
    return Counter({row[:-1]: row[-1] for row in rows})


def examine(noted: Noted) -> list[str]:
    """Everything that is not as it must be, in words; empty when all is well."""
    from gza.cases.models import Case, Caseload, StageCount
    from gza.ledger import verify
    from gza.ledger.models import Event, Kind

    acts = Event.objects.filter(kind=Kind.ACT).exclude(case=None)
    events = _grouped(acts, "verb", "case")
    told = Counter((verb, case) for verb, case in noted.acts)
    seen: Counter[tuple[str, str]] = Counter()
    for (verb, case), count in events.items():
        seen[verb, str(case)] += count
    found = [f"acknowledged and lost: {verb} on {case}" for (verb, case), count in told.items() if
             seen[verb, case] < count]  # fmt: skip
    found += _halves(Case, events)
    stages = _grouped(Case, "region", "stage")
    kept = {(row.region, row.stage): row.count for row in StageCount.objects.all() if row.count}
    if kept != dict(stages):
        found.append("the counters of stages are not what there is")
    loads = _grouped(Case.objects.exclude(stage="ended").exclude(holder_id=None), "holder_id")
    if {(row.user_id,): row.count for row in Caseload.objects.all() if row.count} != dict(loads):
        found.append("the counters of caseloads are not what there is")
    report = verify.verify()
    if not report.ok:
        found.append(f"the ledger is not whole: {report.problems[:3]}")
    return found


def _halves(case_model: Any, events: Counter[tuple[Any, ...]]) -> list[str]:
    """Cases without all of an act's rows, rows or events without the others."""
    from gza.cases.models import Designation, Person, Profile, StatusDecision
    from gza.vault.models import BlindToken, CaseKey, Grant
    from gza.vault.shred import keystore

    cases = dict(case_model.objects.values_list("id", "version"))
    of: dict[str, Counter[Any]] = {}
    for (verb, case), count in events.items():
        of.setdefault(str(verb), Counter())[case] += count
    rows = {
        "person": _grouped(Person, "case_id"), "profile": _grouped(Profile, "case_id"),
        "key": _grouped(CaseKey, "case"), "grant": _grouped(Grant, "case"), "token": _grouped(BlindToken, "case_id"),
    }  # fmt: skip
    found = [
        f"a case without its {name}: {case}" for name, have in rows.items() for case in cases if (case,) not in have
    ]
    found += [f"a {name} without its case" for name, have in rows.items() for (case,) in have if case not in cases]
    found += [f"a case without its secret: {case}" for case in cases.keys() - keystore().read(cases).keys()]
    found += [f"a case without its first event: {case}" for case in cases if of.get("cases.open", {}).get(case) != 1]
    for verb, model in (("cases.record_status", StatusDecision), ("cases.designate", Designation)):
        have = {case: count for (case,), count in _grouped(model, "case_id").items()}
        if have != dict(of.get(verb, {})):
            found.append(f"events {verb} and their rows differ")
    total = Counter({case: sum(counts[case] for counts in of.values()) for case in cases})
    # A new case is of version 1 before its first act, and each act makes it one more.
    found += [f"a case of version {version} with {total[case]} acts: {case}" for case, version in cases.items() if
              version != total[case] + 1]  # fmt: skip
    return found


def _people(base: str, seed: int, noted: Noted) -> list[Writer]:
    from gza.accounts.models import User
    from gza.demo import people

    ids = [str(id_) for id_ in User.objects.filter(username__in=people.WORKERS).values_list("id", flat=True)]
    signed: dict[str, Person] = {}
    writers = []
    for number, name in enumerate(WRITERS):
        me = Person(base)
        if name in signed:
            me.cookies = dict(signed[name].cookies)  # a second window of the same browser
        else:
            me.sign_in(name, people.PASSWORD, people.secret(name))
            signed[name] = me
        writers.append(Writer(number, me, noted, ids, seed))
    return writers


def _close() -> None:
    from django.db import connections

    connections.close_all()


def soak(server: servers.Server, kills: int, seed: int) -> tuple[int, list[str]]:
    """Kill and look, ``kills`` times; how many acts were acknowledged, and what is wrong."""
    rng, noted = random.Random(seed), Noted()
    server.start()
    writers = _people(server.base, seed, noted)
    for writer in writers:
        writer.start()
    try:
        for number in itertools.count(1):
            for writer in writers:
                writer.idle.clear()
                writer.up.set()
            before, patience = len(noted.acts), time.monotonic() + 30
            while len(noted.acts) == before and time.monotonic() < patience:
                time.sleep(0.01)  # the first answers of a fresh process take longest
            time.sleep(rng.uniform(0, LONGEST))
            server.kill()
            for writer in writers:
                writer.up.clear()
            for writer in writers:
                writer.idle.wait(60)
            server.start()
            wrong = noted.wrong + examine(noted)
            _close()
            print(f"kill {number}: {len(noted.acts)} acts acknowledged, {len(wrong)} wrong", flush=True)
            if wrong or number == kills:
                return len(noted.acts), wrong
    finally:
        for writer in writers:
            writer.over.set()
            writer.up.clear()
        server.stop()
    raise AssertionError


def main() -> int:
    """Run; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=servers.ENGINES, default="sqlite")
    asked = parser.parse_args()
    folder = servers.folder("gza-soak-")
    try:
        return _run(asked, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(asked: argparse.Namespace, folder: Path) -> int:
    env = servers.settle(asked.engine, folder, "gza_soak")
    _prepare(4)
    server = servers.Server(env)
    acknowledged, wrong = soak(server, asked.kills, asked.seed)
    for line in wrong[:20]:
        print(line)
    lost = sum(line.startswith("acknowledged and lost") for line in wrong)
    print(f"{asked.kills} kills, {acknowledged} acts acknowledged, {lost} lost" + (", NOT WHOLE" if wrong else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
