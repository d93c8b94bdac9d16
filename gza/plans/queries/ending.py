"""The end of a plan and of a case: how far it has come, what is still open, what is due. All T0 but where said."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from gza.accounts.principals import Principal
from gza.cases import marks
from gza.cases.models import Case, Flag, StatusDecision
from gza.cases.queries.lists import LISTED, visible
from gza.core import clock
from gza.law import delegation, termination
from gza.plans.enums import RequestState, VersionState
from gza.plans.models import (
    CaseEnd,
    CaseReopening,
    Commitment,
    FollowUp,
    FollowUpContact,
    LaterPlan,
    Merge,
    Notice,
    Plan,
    PlanEnd,
    PlanVersion,
    ServiceRequest,
    TerminationRequest,
    Violation,
)
from gza.vault.models import Erasure

from .funding import law_delegations


def capacity_of(who: Principal, on: dt.date) -> str:
    """In which capacity ``who`` decides for the Fund on that day; empty for nobody who does."""
    held = delegation.holds(delegations=law_delegations(who, on), on=on)
    return held.capacity.value if held else ""


def open_plan(case: Case) -> Plan | None:
    """The plan that has not ended, in whatever state; one query."""
    return Plan.objects.filter(case=case, ended_on=None).first()


def in_force(case: Case, on: dt.date) -> bool:
    """Whether a plan is in force on that day: signed, not ended, its term not over. No query."""
    return (
        case.in_force_on is not None
        and case.plan_ended_on is None
        and not termination.is_over(ends_on=case.ends_on, on=on)
    )


def term_over(case: Case, today: dt.date | None = None) -> bool:
    """Whether the plan's term is over though nobody has written it down yet. No query."""
    today = today or clock.today()
    return case.plan_ended_on is None and termination.is_over(ends_on=case.ends_on, on=today)


def first_day_without(case: Case) -> dt.date:
    """The first day without the plan: the day after the last of its term. No query."""
    if case.ends_on is None:
        raise ValueError("the plan has no term")
    return case.ends_on + dt.timedelta(days=1)


def unspent(case: Case) -> int:
    """Money committed for the case that is neither spent nor released, in tetri; one query."""
    rows = Commitment.objects.filter(case=case, superseded=False)
    return rows.aggregate(left=Sum(F("amount") - F("released") - F("spent")))["left"] or 0


def newest_end(case: Case) -> PlanEnd | None:
    """The end of the newest plan that has ended."""
    rows = PlanEnd.objects.filter(case=case, superseded=False).select_related("plan", "request")
    return rows.order_by("-happened_on", "-id").first()


def violations(plan: Plan) -> list[Violation]:
    """The violations of a plan with their hearings, the oldest first; two queries."""
    rows = Violation.objects.filter(plan=plan, superseded=False).prefetch_related("hearings")
    return list(rows.order_by("happened_on", "id"))


def law_violations(plan: Plan) -> list[termination.Violation]:
    """The same, as the rules read them."""
    return [
        termination.Violation(
            on=row.happened_on,
            gross=row.gross,
            heard=any(not one.superseded for one in row.hearings.all()),
            warned_on=row.warned_on,
        )
        for row in violations(plan)
    ]


@dataclass(frozen=True)
class EndPage:
    """What ends this case's plan, and what is still open.

    ``over``: the term is over and not yet written down. ``request`` waits for the Fund's answer; ``in_fact`` for a
    second person. ``left`` is money in tetri; ``open_requests`` wait for a provider's answer.
    """

    plan: Plan | None
    version: PlanVersion | None
    over: bool
    end: PlanEnd | None
    notice: Notice | None
    request: TerminationRequest | None
    answered: list[TerminationRequest]
    violations: list[Violation]
    in_fact: CaseEnd | None
    left: int
    open_requests: list[ServiceRequest] = field(default_factory=list)


def end_page(case: Case) -> EndPage:
    """All of it; a constant number of queries."""
    plan = Plan.objects.filter(case=case).order_by("ended_on", "-opened_at").filter(ended_on=None).first()
    shown = plan or Plan.objects.filter(case=case).order_by("-ended_on", "-opened_at").first()
    asked = list(
        TerminationRequest.objects.filter(plan=shown, superseded=False).order_by("-happened_on", "-id") if shown else []
    )
    end = PlanEnd.objects.filter(plan=shown, superseded=False).first() if shown and plan is None else None
    version = (
        PlanVersion.objects.filter(plan=shown, state__in=[VersionState.IN_FORCE, VersionState.ENDED])
        .order_by("-number")
        .first()
        if shown
        else None
    )
    waiting = ServiceRequest.objects.filter(case=case, superseded=False, state=RequestState.SENT)
    return EndPage(
        plan=plan,
        version=version,
        over=term_over(case),
        end=end,
        notice=Notice.objects.filter(plan_end=end, superseded=False).order_by("-recorded_at").first() if end else None,
        request=next((row for row in asked if row.answered_on is None), None),
        answered=[row for row in asked if row.answered_on is not None],
        violations=violations(shown) if shown else [],
        in_fact=waiting_end(case),
        left=unspent(case),
        open_requests=list(waiting.select_related("organisation", "service_type").order_by("answer_due", "id")),
    )


def violations_of(case: Case) -> QuerySet[Violation]:
    """The violations of every plan of the case."""
    return Violation.objects.filter(case=case, superseded=False)


def requests_of(case: Case) -> QuerySet[TerminationRequest]:
    """The beneficiary's requests to end a plan of the case, answered or not."""
    return TerminationRequest.objects.filter(case=case, superseded=False)


def ends_in_fact(case: Case) -> QuerySet[CaseEnd]:
    """Every end in fact that was recorded for the case: waiting, confirmed, withdrawn."""
    return CaseEnd.objects.filter(case=case, ground__gt="", superseded=False)


def merges_by(case: Case) -> QuerySet[Merge]:
    """The merges that were recorded from this case, undone ones too."""
    return Merge.objects.filter(case=case, superseded=False)


def waiting_end(case: Case) -> CaseEnd | None:
    """The end in fact that waits for a second person."""
    return waiting_ends().filter(case=case).first()


def waiting_ends() -> QuerySet[CaseEnd]:
    """Ends in fact that wait for a second person."""
    return CaseEnd.objects.filter(ground__gt="", confirmed_on=None, withdrawn_on=None, superseded=False)


def follow_up_of(case: Case) -> FollowUp | None:
    """What stands about follow-up: agreed or declined; None before an answer and after its end."""
    return FollowUp.objects.filter(case=case, ended_on=None, superseded=False).first()


def contacts(case: Case) -> list[FollowUpContact]:
    """Contacts after the plan, the newest first."""
    rows = FollowUpContact.objects.filter(case=case, superseded=False)
    return list(rows.order_by("-happened_on", "-id"))


def case_ends(case: Case) -> list[CaseEnd]:
    """How the case was ended or closed, the newest first, whatever was withdrawn included."""
    return list(CaseEnd.objects.filter(case=case, superseded=False).order_by("-recorded_at", "-id"))


def reopenings(case: Case) -> list[CaseReopening]:
    """When the case was opened again, the newest first."""
    return list(CaseReopening.objects.filter(case=case, superseded=False).order_by("-recorded_at", "-id"))


def plans_decided(case: Case) -> tuple[int, int]:
    """How many plans of the case have ended, and how many later ones the Fund has decided on; two queries."""
    ended = Plan.objects.filter(case=case, ended_on__isnull=False).count()
    return ended, LaterPlan.objects.filter(case=case, superseded=False).count()


def merges_of(case: Case) -> list[Merge]:
    """The merges in force in which this case takes part, on either side; two queries."""
    rows = Merge.objects.filter(undone_on=None, superseded=False).select_related("case", "other")
    return [*rows.filter(case=case), *rows.filter(other=case)]


def one_person(case_id: uuid.UUID) -> set[uuid.UUID]:
    """The case with every other of the same person, by the merges in force; a query a step."""
    found, ask = {case_id}, {case_id}
    while ask:
        rows = Merge.objects.filter(Q(case__in=ask) | Q(other__in=ask), undone_on=None, superseded=False)
        ask = {one for pair in rows.values_list("case", "other") for one in pair} - found
        found |= ask
    return found


def counted_elsewhere(cases: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these cases those whose person has an earlier status in another one, by the merges in force.

    A person counts once, in the case of the first status (of one day: in the case that was opened first). A query
    where no case is of two, two more and one a step where some are.
    """
    rows = Merge.objects.filter(Q(case__in=cases) | Q(other__in=cases), undone_on=None, superseded=False)
    ask = {one for pair in rows.values_list("case", "other") for one in pair}
    if not ask:
        return set()
    people = {frozenset(one_person(case)) for case in ask}
    every = [case for person in people for case in person]
    known = StatusDecision.objects.filter(case__in=every, superseded=False, annulled_on=None)
    erased = Erasure.objects.filter(case=OuterRef("case"))
    first = dict(known.filter(~Exists(erased)).order_by("-happened_on").values_list("case", "happened_on"))
    keep = {min(held, key=lambda case: (first[case], case)) for person in people if (held := person & first.keys())}
    return frozenset().union(*people) & set(cases) - keep


def likely_twins(case: Case, who: Principal) -> list[Case]:
    """Cases that ``who`` may know of and that intake found to be like this one, on either side; two queries."""
    rows = Flag.objects.filter(code=marks.POSSIBLE_DUPLICATE).filter(Q(case=case) | Q(other_case=case.id))
    ids = {one for pair in rows.values_list("case", "other_case") for one in pair if one} - {case.id}
    return list(visible(who).only(*LISTED).filter(id__in=ids).order_by("code"))


def expiring(today: dt.date) -> list[Case]:
    """The cases whose plan's term is over and not yet written down, for the timer; one query (``case_expiring``)."""
    rows = Case.objects.filter(plan_ended_on=None, ends_on__lt=today).only("id", "ends_on")
    return list(rows.order_by("ends_on", "id"))
