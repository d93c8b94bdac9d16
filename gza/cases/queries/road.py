"""What the rules need to know of a case, and where it stands on its road."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery

from gza.cases.enums import Scope, Standing
from gza.cases.enums import StatusKind as Kind
from gza.cases.models import (
    Case,
    ConsentScope,
    Declined,
    Designation,
    Explanation,
    Need,
    PrimaryAssessment,
    PrimaryNeed,
    StatusDecision,
)
from gza.core.prepared import Prepared
from gza.law import consent as law_consent
from gza.law.lifecycles import PlanState
from gza.law.road import Stop, road
from gza.law.stages import CaseFacts
from gza.law.status import StatusKind


def _of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(case=OuterRef("id")).order_by().values("case")


def _first(rows: QuerySet[Any], column: str = "happened_on") -> Subquery:
    return Subquery(_of(rows).annotate(first=Min(column)).values("first"))


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(_of(rows).annotate(n=Count("id")).values("n"))


def _in_force() -> QuerySet[StatusDecision]:
    return StatusDecision.objects.filter(superseded=False, annulled_on=None)


def _told(case_id: uuid.UUID) -> QuerySet[Any, Any]:
    consents = ConsentScope.objects.filter(withdrawn_on=None)
    assessed = PrimaryAssessment.objects.filter(superseded=False)
    needs = Need.objects.filter(superseded=False, dropped_on=None)
    explained = Explanation.objects.filter(superseded=False, scope=Scope.REINTEGRATION)
    declined = Declined.objects.filter(case=OuterRef("id"), scope=Scope.REHABILITATION, superseded=False)
    return Case.objects.filter(id=case_id).values_list(
        _first(_in_force()),
        _first(consents.filter(scope=Scope.REHABILITATION), "given_on"),
        Exists(declined),
        _count(PrimaryNeed.objects.filter(superseded=False)),
        _first(assessed),
        _first(explained),
        _first(consents.filter(scope=Scope.REINTEGRATION), "given_on"),
        _count(needs),
        _first(needs),
        _first(Designation.objects.filter(superseded=False)),
    )


_TOLD = Prepared(_told)
_COLUMNS = (
    "status_on", "care", "care_declined", "primary", "primary_on", "explained_on", "reintegration", "needs", "needs_on",
    "designated_on",
)  # fmt: skip


def road_facts(case: Case) -> CaseFacts:
    """The facts a case's stage is derived from, out of the rows themselves; one query.

    A consent counts while its scope is not withdrawn. An assessment that found no primary need counts as done. A closed
    case has no worker any more; it had one since the first designation.
    """
    found = dict(zip(_COLUMNS, _TOLD.rows(case.id)[0], strict=True))
    return CaseFacts(
        status=_status_kind(case.standing),
        status_asked_on=case.status_asked_on,
        status_on=found["status_on"],
        received_presumed_on=case.presumed_on,
        designated_on=found["designated_on"] if case.ended_on else case.designated_on,
        rehabilitation_consent_on=found["care"],
        rehabilitation_declined=found["care"] is None and found["care_declined"],
        primary_needs=max(found["primary"] or 0, int(found["primary_on"] is not None)),
        primary_needs_on=found["primary_on"],
        explained_on=found["explained_on"],
        reintegration_consent_on=found["reintegration"],
        needs=found["needs"] or 0,
        needs_on=found["needs_on"],
        plan_state=PlanState(case.plan_state) if case.plan_state else None,
        items=case.plan_items,
        items_incomplete=case.plan_incomplete,
        drafted_on=case.drafted_on,
        submitted_on=case.submitted_on,
        returned_on=case.returned_on,
        agreed_on=case.agreed_on,
        items_unsought=case.items_unsought,
        requests_waiting=case.requests_waiting,
        answered_on=case.answered_on,
        considerations_open=case.considerations_open,
        funded_on=case.funded_on,
        final_state=PlanState(case.final_state) if case.final_state else None,
        final_drafted_on=case.final_drafted_on,
        final_submitted_on=case.final_submitted_on,
        final_returned_on=case.final_returned_on,
        final_agreed_on=case.final_agreed_on,
        in_force_on=case.in_force_on,
        plan_ended_on=case.plan_ended_on,
        notified_on=case.notified_on,
        follow_up_on=case.follow_up_on,
        ended_on=case.ended_on,
    )


def road_of(case: Case) -> tuple[Stop, ...]:
    """The stops of the case's road with what each lacks; one query."""
    return road(road_facts(case))


def consents_of(case: Case) -> list[law_consent.Consent]:
    """The consents of a case, withdrawn ones included, as the rules read them; one query."""
    return [
        law_consent.Consent(law_consent.Scope(scope), given_on, str(organisation or ""), withdrawn_on, identity)
        for scope, given_on, organisation, withdrawn_on, identity in _CONSENTS.rows(case.id)
    ]


_CONSENTS = Prepared(
    lambda case: ConsentScope.objects.filter(case=case).values_list(
        "scope", "given_on", "organisation", "withdrawn_on", "identity"
    )
)


def law_status(case: Case) -> tuple[StatusKind, dt.date | None]:
    """The status in force, either of the two where both are, and the day of the first decision; one query."""
    first = _in_force().filter(case=case).aggregate(first=Min("happened_on"))["first"]
    return _status_kind(case.standing), first


def standing(case: Case) -> Standing:
    """What the status decisions in force make the case stand on; one query."""
    kinds = set(_in_force().filter(case=case).values_list("kind", flat=True))
    if kinds == {Kind.VICTIM.value, Kind.STATUTORY_VICTIM.value}:
        return Standing.BOTH
    if kinds:
        return Standing(kinds.pop())
    return Standing.PRESUMED if case.presumed_on or case.status_asked_on else Standing.NONE


def _status_kind(value: str) -> StatusKind:
    if value in {Standing.BOTH, Standing.VICTIM}:
        return StatusKind.VICTIM
    return StatusKind.STATUTORY_VICTIM if value == Standing.STATUTORY_VICTIM else StatusKind.PRESUMED
