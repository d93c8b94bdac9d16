"""Designation, handover, and who is shut out."""

import datetime as dt

import pytest

from gza.law import access, designation
from gza.law.access import Ground
from gza.law.designation import Worker
from gza.law.status import StatusKind

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
DAY = dt.timedelta(days=1)
WORKER = Worker(registered=True, fund_employee=True, active_from=MAY)
FIRST = {
    "worker": WORKER, "kind": StatusKind.VICTIM, "status_on": MAY, "has_worker": False, "shut_out": False,
    "open_cases": 3, "on": JUNE,
}  # fmt: skip
HANDOVER = {
    "worker": WORKER, "same_worker": False, "shut_out": False, "leaves_on": JUNE, "begins_on": JUNE, "open_cases": 3,
}  # fmt: skip


@pytest.mark.clause("G4")
def test_a_case_is_sealed_only_to_a_key_that_is_certified():
    named = {"who_ka": "ეკა", "who_en": "Eka"}
    assert access.key_holds(active=True, certified=True, **named)
    waiting = access.key_holds(active=True, certified=False, **named)
    gone = access.key_holds(active=False, certified=True, **named)
    assert (waiting.code, waiting.clause) == ("access.not_certified", "G4")
    assert (gone.code, gone.clause) == ("access.cannot_sign_in", "G4")
    assert "Eka" in waiting.message.en
    assert "ეკა" in waiting.message.ka


@pytest.mark.clause("S5.1")
def test_an_active_employee_of_the_fund_can_be_designated():
    assert designation.eligible(worker=WORKER, on=JUNE)
    assert designation.lacking(worker=WORKER, on=JUNE) is None


@pytest.mark.clause("S5.1")
@pytest.mark.parametrize(
    ("worker", "code"),
    [
        (Worker(registered=False, fund_employee=True, active_from=MAY), "designation.not_registered"),
        (Worker(registered=True, fund_employee=False, active_from=MAY), "designation.not_employed"),
        (Worker(registered=True, fund_employee=True), "designation.not_active"),
        (Worker(registered=True, fund_employee=True, active_from=JUNE + DAY), "designation.not_active"),
        (Worker(registered=True, fund_employee=True, active_from=MAY, active_to=JUNE - DAY), "designation.not_active"),
    ],
    ids=["not in the register", "not employed by the Fund", "never active", "not active yet", "active no more"],
)
def test_nobody_else_can_be_designated(worker, code):
    verdict = designation.eligible(worker=worker, on=JUNE)
    assert (verdict.code, verdict.clause) == (code, "S5.1")
    assert designation.lacking(worker=worker, on=JUNE) == verdict


@pytest.mark.clause("S5.1")
def test_a_worker_is_active_on_the_last_day_itself():
    last = Worker(registered=True, fund_employee=True, active_from=MAY, active_to=JUNE)
    assert designation.eligible(worker=last, on=JUNE)


@pytest.mark.clause("S7.2")
def test_designation_comes_after_the_status():
    assert designation.after_status(kind=StatusKind.VICTIM, status_on=MAY, on=MAY)
    for kind, day in ((StatusKind.PRESUMED, None), (StatusKind.VICTIM, None), (StatusKind.VICTIM, JUNE)):
        assert designation.after_status(kind=kind, status_on=day, on=MAY).clause == "S7.2"


@pytest.mark.clause("S3.3")
def test_a_case_with_a_worker_is_handed_over_not_designated_again():
    assert designation.vacant(has_worker=False)
    assert designation.vacant(has_worker=True).code == "designation.already"


@pytest.mark.clause("S3.3")
def test_a_handover_leaves_no_gap():
    assert designation.no_gap(leaves_on=JUNE, begins_on=JUNE)
    assert designation.no_gap(leaves_on=JUNE, begins_on=JUNE - DAY)
    assert designation.no_gap(leaves_on=JUNE, begins_on=JUNE + DAY).code == "designation.gap"


@pytest.mark.clause("S3.3")
def test_a_worker_leaves_an_open_case_only_to_a_successor():
    assert designation.someone_follows(case_open=True, has_successor=True)
    assert designation.someone_follows(case_open=False, has_successor=False)
    assert designation.someone_follows(case_open=True, has_successor=False).code == "designation.no_successor"


@pytest.mark.clause("S3.3")
def test_a_handover_is_to_another_worker():
    assert designation.to_another(same_worker=False)
    assert not designation.to_another(same_worker=True)


@pytest.mark.clause("G4", "S3.3")
def test_too_few_holders_raise_an_alarm_and_bar_nothing():
    assert designation.enough_holders(humans=2, on=JUNE).flags == ()
    verdict = designation.enough_holders(humans=1, on=JUNE)
    assert verdict
    assert verdict.flags == ("access.too_few_holders",)


@pytest.mark.clause("S7.1")
def test_a_heavy_caseload_is_shown_and_bars_nothing():
    assert designation.workload(open_cases=3, on=JUNE).flags == ()
    assert designation.workload(open_cases=25, on=JUNE).flags == ("designation.caseload",)


@pytest.mark.clause("S5.1", "S7.2", "S3.3", "G4")
def test_designating_asks_every_rule_of_it():
    assert designation.may_designate(**FIRST)
    refused = {
        "designation.before_status": {"kind": StatusKind.PRESUMED},
        "designation.already": {"has_worker": True},
        "designation.not_employed": {"worker": Worker(registered=True, fund_employee=False)},
        "access.shut_out": {"shut_out": True},
    }
    for code, change in refused.items():
        assert designation.may_designate(**{**FIRST, **change}).code == code


@pytest.mark.clause("S5.1", "S3.3", "G4")
def test_handing_over_asks_every_rule_of_it():
    assert designation.may_hand_over(**{**HANDOVER, "open_cases": 40}).flags == ("designation.caseload",)
    refused = {
        "designation.same_worker": {"same_worker": True},
        "designation.not_active": {"worker": Worker(registered=True, fund_employee=True)},
        "access.shut_out": {"shut_out": True},
        "designation.gap": {"begins_on": JUNE + DAY},
    }
    for code, change in refused.items():
        assert designation.may_hand_over(**{**HANDOVER, **change}).code == code


@pytest.mark.clause("G4")
def test_who_is_shut_out_gets_no_case():
    assert access.not_shut_out(shut_out=False)
    assert access.not_shut_out(shut_out=True).clause == "G4"


@pytest.mark.clause("G4")
def test_shutting_somebody_out_names_its_ground():
    assert access.has_ground(ground=Ground.RELATIVE, words="")
    assert access.has_ground(ground=Ground.OTHER, words="neighbours")
    assert not access.has_ground(ground=None, words="neighbours")
    assert not access.has_ground(ground=Ground.OTHER, words=" ")


@pytest.mark.clause("G4")
def test_nobody_lets_themselves_back_in():
    assert access.lifted_by_another(own=False)
    assert not access.lifted_by_another(own=True)


@pytest.mark.clause("G4")
def test_a_case_outside_ones_own_work_asks_for_a_reason():
    assert access.reason_given(own_work=True, reason="")
    assert access.reason_given(own_work=False, reason="the worker is ill")
    assert access.reason_given(own_work=False, reason=" ").code == "access.no_reason"


@pytest.mark.clause("G4")
def test_a_case_outside_ones_own_work_asks_for_a_fresh_sign_in():
    assert access.freshly_signed_in(own_work=True, minutes_since_sign_in=300, on=JUNE)
    assert access.freshly_signed_in(own_work=False, minutes_since_sign_in=10, on=JUNE)
    assert access.freshly_signed_in(own_work=False, minutes_since_sign_in=11, on=JUNE).code == "access.stale_sign_in"


@pytest.mark.clause("G4")
def test_unusual_volume_raises_an_alarm_and_bars_nothing():
    assert access.volume(openings_today=39, on=JUNE).flags == ()
    assert access.volume(openings_today=40, on=JUNE).flags == ("access.unusual_volume",)


@pytest.mark.clause("G4")
def test_opening_a_case_asks_every_rule_of_it():
    own = {"own_work": False, "reason": "asked to", "minutes_since_sign_in": 1, "openings_today": 1, "on": JUNE}
    assert access.may_open(**own)
    assert access.may_open(**{**own, "reason": ""}).code == "access.no_reason"
    assert access.may_open(**{**own, "minutes_since_sign_in": 60}).code == "access.stale_sign_in"
    assert access.may_open(**{**own, "openings_today": 90}).flags == ("access.unusual_volume",)


@pytest.mark.clause("G4")
def test_the_last_second_factor_stays():
    assert access.factor_left(codes=True, other_keys=0)
    assert access.factor_left(codes=False, other_keys=1)
    assert access.factor_left(codes=False, other_keys=0).code == "access.last_factor"
