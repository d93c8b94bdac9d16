"""What runs inside an act of this app or of one above it: locking, marking, moving a case. Writes no event."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from django.db.models import F, Model, QuerySet

from gza.accounts import permissions
from gza.accounts import queries as accounts
from gza.accounts.principals import Principal
from gza.core import clock
from gza.core.ids import case_code
from gza.law import access, entry, stages, termination
from gza.law.stages import Stage
from gza.law.verdicts import Allowed, Verdict
from gza.ledger import work as ledger
from gza.vault import files
from gza.vault.filecheck import Accepted

from . import marks, nameindex
from .enums import Circumstance
from .errors import Stale
from .inputs import words
from .models import Case, Caseload, CircumstanceFact, Flag, Person, StageCount
from .models.base import CaseFact
from .queries.lists import visible
from .queries.road import road_facts

_CASE_WORK = frozenset({"cases.work", "plans.write"})  # facts are recorded in a closed case too, work begins again
F_ = TypeVar("F_", bound=CaseFact)
M_ = TypeVar("M_", bound=Model)


Follower: TypeAlias = "Callable[[Work, CaseFact], None]"
FOLLOWERS: dict[type[CaseFact], list[Follower]] = {}
"""What apps above do when a fact was corrected, inside the correcting act: see ``follows``."""


def follows(model: type[CaseFact]) -> Callable[[Follower], Follower]:
    """Register a step that runs when a row of ``model`` was corrected, with the act and the new row."""

    def register(step: Follower) -> Follower:
        FOLLOWERS.setdefault(model, []).append(step)
        return step

    return register


Resumer: TypeAlias = "Callable[[Work], None]"
RESUMERS: list[Resumer] = []
"""What apps above do when a new consent to reintegration is given, inside that act: see ``resumes``."""


def resumes(step: Resumer) -> Resumer:
    """Register a step that runs when a consent to reintegration was given: what a withdrawal had stopped goes on."""
    RESUMERS.append(step)
    return step


def key_holds(user_id: uuid.UUID) -> None:
    """Ask that a person can sign in, and has a key that is certified; also in a case taken over, at any past date.

    Raises:
        Refused: when nothing could be sealed to them, or by them (G4).
    """
    person = accounts.user(user_id)
    ka, en = (person.name("ka"), person.name("en")) if person else (str(user_id), str(user_id))
    active, certified = person is not None and person.is_active, accounts.is_certified(user_id)
    ledger.require(access.key_holds(active=active, certified=certified, who_ka=ka, who_en=en))


@dataclass
class Work:
    """An act under way on one case.

    ``doing`` is the ledger's act; ``reason`` explains a late entry or a correction; ``place`` is where the counters
    counted the case before the act, None for a new one.
    """

    case: Case
    by: Principal
    doing: Any
    happened_on: dt.date
    today: dt.date
    reason: str = ""
    place: "Place | None" = None
    flags: list[tuple[str, uuid.UUID | None, uuid.UUID | None]] = field(default_factory=list)

    def require(self, verdict: Verdict, subject: uuid.UUID | None = None) -> None:
        """Let an allowed act pass and keep its flags; past order in a case taken over flags instead (G3).

        Raises:
            Refused: when the verdict is ``Denied``.
        """
        past = self.happened_on < self.today
        verdict = entry.past_order(
            verdict=verdict, happened_on=self.happened_on, taken_over_on=self.case.taken_over_on if past else None
        )
        ledger.require(verdict)
        if isinstance(verdict, Allowed):
            for code in verdict.flags:
                self.flag(code, subject)

    def flag(self, code: str, subject: uuid.UUID | None = None, other_case: uuid.UUID | None = None) -> None:
        """Put a flag on the case when the act ends; the same one for the same row once."""
        if (code, subject, other_case) not in self.flags:
            self.flags.append((code, subject, other_case))

    def fact(self, model: type[F_], *, texts: dict[str, str] | None = None, **columns: Any) -> F_:
        """A new row of a fact of this case, saved: T0 columns as they are, ``texts`` sealed."""
        row = model(
            case=self.case, happened_on=columns.pop("happened_on", self.happened_on), recorded_by=self.by.id,
            recorded_at=clock.now(), recorded_on=self.today, **columns,
        )  # fmt: skip
        sealed = {name: words(text, name) for name, text in (texts or {}).items()}
        if self.reason:
            sealed["entry_reason"] = words(self.reason, "reason")
        seal(row, self.by, sealed)
        row.save(force_insert=True)
        self.doing.subject = self.doing.subject or row.id
        return row

    @contextmanager
    def at(self, day: dt.date | None) -> Iterator[None]:
        """Within, what is written happened on ``day`` (G3: the past of a paper file)."""
        before = self.happened_on
        self.happened_on = day or before
        try:
            yield
        finally:
            self.happened_on = before


def seal(row: Model, by: Principal, texts: dict[str, str]) -> None:
    """Seal what is not empty onto the row with the person's ring.

    Raises:
        vault.errors.NoGrant: when the person holds no key to the case.
    """
    wanted = {name: text for name, text in texts.items() if text}
    if wanted:
        by.ring.fill(row, **wanted)


@contextmanager
def on_case(
    verb: str,
    case_id: uuid.UUID,
    *,
    by: Principal,
    clause: str,
    may: str = "cases.record",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    **facts: Any,
) -> Iterator[Work]:
    """One act on one case: locks it, checks the date, and settles stage, counters, flags and version at its end.

    Args:
        verb: the ledger's verb.
        case_id: the case.
        by: who acts.
        clause: the clause the act rests on.
        may: the permission asked; who does not see the case finds nothing.
        happened_on: the day it happened; today when None.
        reason: why it is entered late, or what a correction mends.
        seen: the case's version the form was made from; None where it does not matter.
        **facts: T0 facts of the event.

    Raises:
        Http404: when the case is not there or not theirs.
        Stale: when the case is of a later version than ``seen``.
        Refused: when the act is another's part, or the date is refused.
    """
    today = clock.today()
    day = happened_on or today
    with ledger.act(verb, by=by, case=case_id, clause=clause, happened_on=day, **facts) as doing:
        case = permissions.find("cases.see", by, visible(by).select_for_update(), id=case_id)
        ledger.require(access.own_part(part=permissions.part_of(may), theirs=permissions.may(may, by, case)))
        if seen is not None and seen != case.version:
            raise Stale(case)
        work = Work(case, by, doing, day, today, reason.strip(), Place.of(case))
        work.require(entry.may_enter(happened_on=day, today=today, reason=work.reason))
        if may in _CASE_WORK:
            work.require(termination.not_closed_yet(case_ended=case.ended_on is not None))
        yield work
        settle(work)


def settle(work: Work) -> None:
    """Write the flags, find the stage anew, move the counters, raise the version. Counters come last but the ledger."""
    case = work.case
    _write_flags(work)
    facts = road_facts(case)
    stage = stages.stage_of(facts).value
    since = stages.since(facts) or (work.happened_on if stage != case.stage else case.stage_since)
    case.stage, case.stage_since = stage, since
    case.changed_at, case.changed_by, case.changed_verb = clock.now(), work.by.id, work.doing.verb
    case.version += 1
    case.save(force_update=True)
    move(work.place or Place(case.region, "", None), Place.of(case))


def _write_flags(work: Work) -> None:
    raised = [
        Flag(
            case=work.case,
            code=code,
            clause=marks.clause_of(code),
            subject=subject,
            other_case=other,
            raised_by=work.by.id,
        )
        for code, subject, other in work.flags
        if code not in marks.MARKS
    ]
    if raised:
        Flag.objects.bulk_create(raised)
        work.case.open_flags += len(raised)
    if work.flags:
        work.doing.facts = {**work.doing.facts, "flags": sorted({code for code, *_rest in work.flags})}


def free_code() -> str:
    """A random code that no case has."""
    while True:
        code = case_code()
        if not Case.objects.filter(code=code).exists():
            return code


@dataclass(frozen=True)
class Place:
    """Where the kept counters count a case: office region, stage (empty: nowhere), holder."""

    region: str
    stage: str
    holder: uuid.UUID | None

    @classmethod
    def of(cls, case: Case) -> "Place":
        """Where the case stands now."""
        return cls(case.region, case.stage, case.holder_id)

    @property
    def load(self) -> uuid.UUID | None:
        """Whose caseload it counts in; nobody's once it has ended."""
        return self.holder if self.stage not in {"", Stage.ENDED.value} else None


def move(before: Place, after: Place) -> None:
    """Move a case from one place of the kept counters to another."""
    if (before.region, before.stage) != (after.region, after.stage):
        add_stages({(before.region, before.stage): -1, (after.region, after.stage): 1})
    if before.load != after.load:
        add_loads({user_id: step for user_id, step in ((before.load, -1), (after.load, 1)) if user_id})


def add_stages(changes: Mapping[tuple[str, str], int]) -> None:
    """Change the counters of region and stage; taken in one order, so that two acts never wait for each other."""
    for region, stage in sorted(changes):
        rows, step = StageCount.objects.filter(region=region, stage=stage), changes[region, stage]
        if stage and not rows.update(count=F("count") + step):
            StageCount.objects.bulk_create([StageCount(region=region, stage=stage)], ignore_conflicts=True)
            rows.update(count=F("count") + step)


def add_loads(changes: Mapping[uuid.UUID, int]) -> None:
    """Change the counters of caseloads; taken in one order, too."""
    for user_id in sorted(changes):
        rows, step = Caseload.objects.filter(user_id=user_id), changes[user_id]
        if not rows.update(count=F("count") + step):
            Caseload.objects.bulk_create([Caseload(user_id=user_id)], ignore_conflicts=True)
            rows.update(count=F("count") + step)


def keep(work: Work, scan: Accepted | None, label: str, section: str) -> uuid.UUID | None:
    """Seal a checked file (``vault.files.check``) into the case; its id, or None where there is none.

    Args:
        work: the act.
        scan: the file.
        label: frozen name of what it is the file of.
        section: who may read it.
    """
    return files.store(scan, case_id=work.case.id, label=label, section=section, by=work.by.ring).id if scan else None


def take(rows: QuerySet[M_], **lookup: Any) -> M_:
    """The one row of ``rows``; a row of another case, or none, is alike.

    Raises:
        Http404: when there is none.
    """
    row = rows.filter(**lookup).first()
    if row is None:
        permissions.hide()
    return row


def circumstance(work: Work, *, kind: Circumstance, value: bool, note: str = "") -> CircumstanceFact:
    """Shelter or cooperation, as a fact that conditions nothing (S0.2); the case mirrors the newest by day."""
    row = work.fact(CircumstanceFact, kind=kind, value=value, texts={"note": note})
    mirror_circumstance(work.case, kind)
    return row


def mirror_circumstance(case: Case, kind: Circumstance) -> None:
    """Let the case show the newest fact of the kind."""
    rows = CircumstanceFact.objects.filter(case=case, kind=kind, superseded=False)
    value = rows.order_by("-happened_on", "-id").values_list("value", flat=True).first()
    if kind == Circumstance.SHELTER:
        case.in_shelter = value
    else:
        case.cooperates = value


def index_names(work: Work, person: Person) -> None:
    """Write the blind tokens by which the person can be found."""
    names = ["first_name", "last_name", "other_names", "personal_number", "document_number", "birth_date"]
    nameindex.write(work.case.id, person.id, work.by.ring.open_many([person], names)[0])
