"""Today: what is overdue, due, waiting for others, and what changed, derived by query for each role."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import QuerySet

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.enums import ServiceState
from gza.cases.models import Case, Flag, RehabilitationService
from gza.core import clock
from gza.core.prepared import Prepared
from gza.law import parameters
from gza.law.stages import Party

from .late import Waiting, due_soon, stages_of
from .lists import LISTED, not_barred_id
from .overview import StageLine, overview

SHOWN = 20
_CHANGED = dt.timedelta(days=2)


@dataclass(frozen=True)
class Today:
    """What a person finds in the morning. All T0; names are opened by the page, when asked.

    ``overdue`` and ``due`` are stages whose act is theirs; ``waiting`` are stages whose act is somebody else's;
    ``answers`` are providers' answers that are to come or late; ``flags`` wait for a coordinator; ``changed`` are
    cases that another person changed since two days ago; ``stages`` are the Fund's figures, for the director.
    """

    day: dt.date
    overdue: list[Waiting] = field(default_factory=list)
    due: list[Waiting] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    answers: list[RehabilitationService] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    changed: list[Case] = field(default_factory=list)
    stages: tuple[StageLine, ...] = ()


def today(who: Principal) -> Today:
    """Today for a social worker, a coordinator or the director, empty for others; a constant number of queries."""
    if who.role == Role.SOCIAL_WORKER:
        return _worker(who)
    if who.role == Role.COORDINATOR:
        return _coordinator(who)
    if who.role == Role.DIRECTOR:
        return _director(who)
    return Today(clock.today())


def _split(found: list[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    return [one for one in found if one.days_late], [one for one in found if not one.days_late]


def _worker(who: Principal) -> Today:
    day = clock.today()
    ahead = parameters.value("reminder_days", day) + 4
    asked = (ahead, stages_of(Party.WORKER)), (ahead, stages_of(Party.FUND, Party.PROVIDERS))
    found, others = due_soon(who, *asked, holder=who.id, size=SHOWN)
    overdue, due = _split(found)
    return Today(day, overdue, due, others, _ANSWERS.all(who.id), changed=_changed(who, _CHANGED_OWN))


def _coordinator(who: Principal) -> Today:
    day = clock.today()
    asked = (
        (parameters.value("reminder_days", day), stages_of(Party.FUND)),
        (-1, stages_of(Party.WORKER, Party.PROVIDERS)),
    )
    found, late = due_soon(who, *asked, size=SHOWN)
    overdue, due = _split(found)
    return Today(day, overdue, due, late, flags=_FLAGS.all(who.id), changed=_changed(who, _CHANGED_ALL))


def _director(who: Principal) -> Today:
    seen = overview(who, size=SHOWN)
    return Today(clock.today(), overdue=seen.late, stages=seen.stages)


def _changed(who: Principal, rows: Prepared) -> list[Case]:
    return rows.all(who.id, clock.now() - _CHANGED)


def _newest(rows: QuerySet[Case], who: uuid.UUID, since: dt.datetime) -> QuerySet[Case]:
    found = rows.only(*LISTED).filter(changed_at__gte=since).exclude(changed_by=who)
    return found.order_by("-changed_at", "-id")[:10]


_CHANGED_OWN = Prepared(
    lambda who, since: _newest(Case.objects.filter(holder_id=who), who, since), kinds=(uuid.UUID, dt.datetime)
)
_CHANGED_ALL = Prepared(
    lambda who, since: _newest(Case.objects.filter(not_barred_id(who, "id")), who, since),
    kinds=(uuid.UUID, dt.datetime),
)
_ANSWERS = Prepared(
    lambda who: (
        RehabilitationService.objects.filter(state=ServiceState.REQUESTED, superseded=False, case__holder_id=who)
        .select_related("case", "organisation", "service_type")
        .order_by("answer_due", "id")[:SHOWN]
    )
)
_FLAGS = Prepared(
    lambda who: (
        Flag.objects.filter(not_barred_id(who, "case_id"), resolved_at=None)
        .select_related("case")
        .order_by("raised_at", "id")[:SHOWN]
    )
)
