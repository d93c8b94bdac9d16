"""A case that already runs on paper enters mid-road; its past is flagged, not refused (G3)."""

import datetime as dt
from typing import Any

import pytest

from gza.cases import actions
from gza.cases.actions.intake import Paper, PaperConsent, PaperStatus
from gza.cases.enums import Domain, Place, Priority, Provenance, Recovery, Scope, StatusBody, StatusKind
from gza.cases.inputs import NeedInput, PrimaryNeedInput
from gza.cases.models import Case, Flag, TakeOver
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.ledger.work import Refused
from gza.plans import actions as plans
from tests.cases.factories import World, days_ago, scan

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def paper(world: World, **extra: Any) -> Paper:
    """A file in which consent to reintegration was taken before the explanation, and designation before the status."""
    values: dict[str, Any] = {
        "file_number": "17/2019",
        "evidence": "არქივი, თარო 4",
        "balance": 48_000,
        "reports_from": days_ago(0),
        "statuses": [PaperStatus(StatusKind.VICTIM, StatusBody.PERMANENT_GROUP, days_ago(200), "12-34")],
        "worker_id": world.worker.id,
        "designated_on": days_ago(210),
        "consents": [
            PaperConsent(Scope.REHABILITATION, days_ago(205), scan(), "ka"),
            PaperConsent(Scope.REINTEGRATION, days_ago(190), scan(), "ka"),
        ],
        "primary_needs": [PrimaryNeedInput(Recovery.MENTAL, "უძილობა")],
        "primary_needs_on": days_ago(195),
        "explained_on": days_ago(180),
        "needs": [NeedInput(Domain.WORK, "სამუშაო", Priority.NECESSARY, "შემოსავალი")],
        "needs_on": days_ago(150),
        **extra,
    }
    return Paper(**values)


def taken_over(world: World, **extra: Any) -> Case:
    return actions.take_over(
        arrival=world.arrival(presumed=False), paper=paper(world, **extra), by=world.coordinator.who
    )


@pytest.mark.clause("G3")
def test_it_enters_mid_road_with_a_mark_and_its_balance(world: World) -> None:
    events = Event.objects.count()
    case = taken_over(world)
    assert Event.objects.count() == events + 1
    assert (case.stage, case.provenance, case.taken_over_on) == (Stage.INITIAL_PLAN, Provenance.TAKEN_OVER, days_ago(0))
    assert (case.worker_id, case.designated_on) == (world.worker.id, days_ago(210))
    row = TakeOver.objects.get(case=case)
    assert (row.balance, row.reports_from) == (48_000, days_ago(0))
    assert world.worker.who.ring.open(row, "evidence") == "არქივი, თარო 4"


@pytest.mark.clause("G3", "S7.2", "S7.4")
def test_past_order_is_flagged_and_the_future_still_refused(world: World) -> None:
    case = taken_over(world)
    assert set(Flag.objects.filter(case=case).values_list("code", flat=True)) == {
        "designation.before_status",
        "consent.not_explained",
    }
    assert case.open_flags == 2
    scope = case.consent_scopes.get(scope="rehabilitation")
    plans.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form="written", by=world.worker.who)
    with pytest.raises(Refused, match=r"consent\.rehabilitation_missing"):
        actions.request_rehabilitation_service(
            case_id=case.id, service_type="medical", organisation_id=world.clinic.id, place=Place.OUTSIDE,
            by=world.worker.who,
        )  # fmt: skip


@pytest.mark.clause("G3")
@pytest.mark.parametrize(
    ("extra", "code"),
    [({"evidence": " "}, "takeover.no_evidence"), ({"balance": None}, "takeover.no_balance")],
)
def test_without_evidence_or_balance_it_is_refused(world: World, extra: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        taken_over(world, **extra)
    assert not Case.objects.exists()


@pytest.mark.clause("G3", "S5.6")
def test_a_balance_above_the_ceiling_is_a_fact_and_flagged(world: World) -> None:
    case = taken_over(world, balance=200_001)
    assert "takeover.over_ceiling" in set(case.flags.values_list("code", flat=True))


@pytest.mark.clause("G2", "G3")
def test_a_day_in_the_future_is_refused_in_a_paper_too(world: World) -> None:
    with pytest.raises(Refused, match=r"entry\.future"):
        taken_over(world, needs_on=days_ago(-3))
    with pytest.raises(Refused, match=r"entry\.century"):
        taken_over(world, needs_on=dt.date(1195, 5, 1))


@pytest.mark.clause("G3")
def test_sent_twice_it_opens_one_case(world: World) -> None:
    first = taken_over(world)
    again = actions.take_over(arrival=world.arrival(), paper=paper(world), case_id=first.id, by=world.coordinator.who)
    assert again.id == first.id
    assert Case.objects.count() == 1
