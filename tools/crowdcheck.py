"""What the crowd of ``tools.soakcrowd`` was told, held against the database; and everything that must always hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tools.crowd import Noted

_OF_PLAN = {"plans.return", "plans.agree", "plans.return_final", "plans.agree_final"}
_OF_MONEY = {"plans.fund_granted", "plans.fund_refused", "plans.fund_deferred"}
KINDS: dict[str, set[str]] = {
    "consent": {"cases.give_consent"},
    "primary": {"cases.record_primary_needs"},
    "explained": {"cases.record_explanation"},
    "need": {"cases.record_need"},
    "begin plan": {"plans.draft"},
    "new draft": {"plans.new_draft"},
    "write plan": {"plans.set_items"},
    "submit": {"plans.submit", "plans.submit_final", "plans.fix_amendment"},
    "begin final": {"plans.begin_final"},
    "write final": {"plans.set_final"},
    "decided": _OF_PLAN,
    "sign": {"plans.sign"},
    "copy": {"plans.copy"},
    "rework": {"plans.rework_final"},
    "amend": {"plans.begin_amendment"},
    "drop": {"plans.drop_amendment"},
    "delivery": {"plans.record_delivery"},
    "payment": {"plans.record_payment"},
    "report": {"plans.write_report", "plans.send_report"},
    "report read": {"plans.read_report"},
    "withdraw": {"cases.withdraw_consent"},
    "ask": {"plans.ask"},
    "answer recorded": {"plans.record_answer"},
    "aside": {"plans.set_aside"},
    "nobody": {"plans.account_for"},
    "keep open": {"plans.keep_open"},
    "certified": {"plans.certify"},
    "sum": {"plans.set_wanted_sum"},
    "money": _OF_MONEY,
    "released": {"plans.release"},
    "budget line": {"plans.set_budget_line"},
    "received": {"cases.open"},
    "status": {"cases.record_status"},
    "designated": {"cases.designate"},
    "handed over": {"cases.hand_over"},
    "provider open": {"plans.see_request"},
    "provider answer": {"plans.answer"},
    "provider given": {"plans.provider_delivery"},
    "provider returned": {"plans.confirm_returned"},
    "provider part": {"plans.see_part"},
}
"""Kind of act as the crowd names it: the verbs that the ledger then holds."""


def newest_event() -> int:
    """The number of the ledger's last event."""
    from gza.ledger import queries

    return int(queries.head()[0])


def examine(noted: Noted, since: int, reader: Any) -> list[str]:
    """Everything that is not as it must be, in words; empty when all is well.

    Args:
        noted: what the people were told.
        since: the ledger's last event before they began.
        reader: an opened ring of the registry.
    """
    return [
        *_acts(noted, since), *_chains(noted, reader), *_marks(noted, reader), *_whole(), *_standing(),
    ]  # fmt: skip


def _acts(noted: Noted, since: int) -> Iterator[str]:
    """Each acknowledged act is in the ledger once; nothing is there that nobody was told of."""
    from gza.accounts.models import User
    from gza.ledger.models import Event, Kind

    names = dict(User.objects.values_list("id", "username"))
    kind_of = {verb: kind for kind, verbs in KINDS.items() for verb in verbs}
    seen: Counter[tuple[str, str]] = Counter()
    rows = Event.objects.filter(seq__gt=since, kind=Kind.ACT, verb__in=kind_of).values_list("actor", "verb")
    for actor, verb in rows:
        seen[names.get(actor, "the system"), kind_of[verb]] += 1
    told = Counter({(who, kind): count for (who, kind), count in noted.acts.items() if kind in KINDS})
    for key in sorted(told.keys() | seen.keys()):
        if told[key] > seen[key]:
            yield f"acknowledged and lost: {key[1]} of {key[0]}, {told[key]} told, {seen[key]} there"
        elif told[key] < seen[key]:
            yield f"done and not told: {key[1]} of {key[0]}, {told[key]} told, {seen[key]} there"


def _chains(noted: Noted, reader: Any) -> Iterator[str]:
    """Nobody wrote over what they had not seen: no value was written upon twice, and the last one stands."""
    for (what, subject), steps in sorted(noted.chains.items()):
        bases, made = Counter(base for base, _new in steps), Counter(new for _base, new in steps)
        twice = [base for base, count in bases.items() if count > 1]
        if twice:
            yield f"lost update: {what} of {subject} was written {bases[twice[0]]} times upon {twice[0]!r}"
            continue
        last = [value for value in made if value not in bases]
        stands = _stands(what, subject, reader)
        if last != [stands]:
            yield f"lost update: {what} of {subject} ends with {last}, and {stands!r} stands"


def _stands(what: str, subject: str, reader: Any) -> str:
    from gza.plans.models import BudgetLine, Consideration, MonthlyReport, PlanVersion

    if what == "wanted":
        return str(Consideration.objects.get(id=subject).wanted)
    if what == "line":
        return str(BudgetLine.objects.get(year=int(subject)).allotted)
    if what == "aim":
        row = PlanVersion.objects.filter(case=subject, ground="").order_by("plan_id", "-number")[0]
        return str(reader.open(row, "aim"))
    _empty, _cases, case, _year, month, _rest = subject.split("/")
    report = MonthlyReport.objects.filter(case=case, month=f"{month}-01", superseded=False).order_by("-recorded_at")[0]
    return str(reader.open(report, "work_done"))


def _marks(noted: Noted, reader: Any) -> Iterator[str]:
    """Each text that was saved is there, once."""
    from gza.cases.models import Need
    from gza.plans.models import Delivery

    fields: dict[str, tuple[Any, str]] = {"need": (Need, "description"), "delivery": (Delivery, "note")}
    found: dict[tuple[str, str], Counter[str]] = {}
    for kind, case, text, who in noted.marks:
        if (kind, case) not in found:
            model, name = fields[kind]
            rows = list(model.objects.filter(case=case))
            opened = reader.open_many(rows, [name]) if rows else []
            found[kind, case] = Counter(one[name] for one in opened)
        count = found[kind, case][text]
        if count != 1:
            yield f"a {kind} that {who} was told is saved stands {count} times"


def _whole() -> Iterator[str]:
    from gza.cli.doctor import CHECKS
    from gza.ledger import verify

    report = verify.verify()
    if not report.ok:
        yield f"the ledger is not whole: {report.problems[:3]}"
    for name, check in CHECKS:
        if name != "machine":
            yield from (f"{name}: {one.what}" for one in check() if one.grave)


def _standing() -> Iterator[str]:
    """Mirrors and counters, the ceiling, twelve months, one version in force, the budget."""
    from gza.cases.models import Case
    from gza.core import clock
    from gza.ledger.models import Event, Kind
    from tests.plans import mirrors

    acts = Counter(Event.objects.filter(kind=Kind.ACT).exclude(case=None).values_list("case", flat=True))
    for case in Case.objects.order_by("id"):
        yield from mirrors.differing(case)
        # A new case is of version 1 before its first act; an act on several cases raises each.
        if case.version > acts[case.id] + 1:
            yield f"{case.code} is of version {case.version} with {acts[case.id]} acts"
    yield from mirrors.counters()
    yield from mirrors.money(clock.today())


def ring_of(username: str, password: str) -> Any:
    """The ring of somebody whose password is known."""
    from gza.accounts import passwords
    from gza.accounts.models import User
    from gza.vault import queries
    from gza.vault.ring import Ring

    user = User.objects.get(username=username)
    keys = passwords.check(user, password)
    if keys is None:
        raise PermissionError(username)
    return Ring(user.id, queries.open_keys(user.id, keys.wrapping))
