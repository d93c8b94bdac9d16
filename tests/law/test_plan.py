"""Needs and the plan that answers them."""

import datetime as dt

import pytest

from gza.law import needs, plan
from gza.law.consent import Consent, Scope
from gza.law.lifecycles import PlanState
from gza.law.needs import Priority, StatedBy
from gza.law.plan import Item
from gza.law.status import StatusKind

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
RETURN = [Consent(Scope.REINTEGRATION, MAY), Consent(Scope.DISCLOSURE, MAY, "warm-hearth")]
WAY = {"kind": StatusKind.VICTIM, "consents": RETURN, "on": JUNE}
GOOD = Item(priority="necessary", has_reason=True, has_need=True, first_month=1, last_month=12)
SUBMISSION = {
    **WAY, "state": PlanState.DRAFT, "needs": 2, "items": [GOOD], "months": 12, "necessary_without_item": 0,
}  # fmt: skip
OFF_THE_WAY = {"status.not_yet": {"kind": StatusKind.PRESUMED}, "consent.reintegration_missing": {"consents": []}}


@pytest.mark.clause("S7.4")
def test_a_need_carries_who_stated_it():
    assert needs.stated(by=[StatedBy.BENEFICIARY])
    assert needs.stated(by=[]).code == "needs.nobody"


@pytest.mark.clause("S7.4")
def test_a_need_the_worker_stated_alone_is_recorded_and_flagged():
    assert needs.together_found(by=[StatedBy.WORKER, StatedBy.BENEFICIARY]).flags == ()
    assert needs.together_found(by=["worker"]).flags == ("needs.worker_alone",)


@pytest.mark.clause("S5.2")
def test_a_need_is_necessary_or_desired_and_says_why():
    for priority in Priority:
        assert needs.prioritised(priority=priority)
    for priority in (None, "", "urgent"):
        assert needs.prioritised(priority=priority).code == "needs.no_priority"
    assert needs.reasoned(reason="no place to sleep")
    assert needs.reasoned(reason=" ").code == "needs.no_reason"


@pytest.mark.clause("S5.2", "S7.4")
def test_recording_a_need_asks_every_rule_of_it():
    need = {"by": [StatedBy.BENEFICIARY], "priority": "desired", "reason": "so she wishes"}
    assert needs.may_record(**need)
    assert needs.may_record(**{**need, "by": [StatedBy.WORKER]}).flags == ("needs.worker_alone",)
    for change in ({"by": []}, {"priority": "urgent"}, {"reason": ""}):
        assert not needs.may_record(**{**need, **change})


@pytest.mark.clause("S7.3")
def test_the_initial_plan_is_designed_from_needs():
    assert plan.from_needs(needs=1)
    assert plan.from_needs(needs=0).code == "plan.no_needs"


@pytest.mark.clause("S7.3")
def test_a_plan_has_items_and_each_answers_a_need():
    assert plan.not_empty(items=1)
    assert not plan.not_empty(items=0)
    assert plan.answers_need(has_need=True)
    assert not plan.answers_need(has_need=False)


@pytest.mark.clause("S7.7")
@pytest.mark.parametrize(("first", "last"), [(None, 3), (3, None), (0, 3), (-1, 3), (4, 3)])
def test_an_item_without_a_time_table_is_refused(first, last):
    assert plan.timetabled(first_month=first, last_month=last).clause == "S7.7"


@pytest.mark.clause("S7.7")
def test_an_item_has_its_first_and_last_month():
    assert plan.timetabled(first_month=3, last_month=3)


@pytest.mark.clause("S7.7", "S7.10")
def test_no_item_runs_past_the_term():
    assert plan.within_term(last_month=12, months=None, on=JUNE)
    assert plan.within_term(last_month=6, months=6, on=JUNE)
    assert plan.within_term(last_month=None, months=6, on=JUNE)
    assert plan.within_term(last_month=13, months=None, on=JUNE).code == "plan.item_beyond_term"
    assert "6" in plan.within_term(last_month=7, months=6, on=JUNE).message.en
    assert not plan.within_term(last_month=13, months=24, on=JUNE)


@pytest.mark.clause("S7.10")
def test_the_term_is_one_to_twelve_months():
    assert plan.term(months=1, on=JUNE)
    assert plan.term(months=12, on=JUNE)
    assert plan.term(months=13, on=JUNE).code == "plan.too_long"
    assert plan.term(months=0, on=JUNE).code == "plan.no_term"


@pytest.mark.clause("S7.10")
@pytest.mark.parametrize(
    ("starts", "latest"),
    [
        (dt.date(2024, 3, 1), dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 27)),
        (dt.date(2023, 3, 1), dt.date(2024, 2, 29)),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ],
)
def test_a_plan_ends_at_the_latest_a_day_before_its_anniversary(starts, latest):
    assert plan.ends_in_time(starts_on=starts, ends_on=latest)
    assert plan.ends_in_time(starts_on=starts, ends_on=starts)
    late = plan.ends_in_time(starts_on=starts, ends_on=latest + dt.timedelta(days=1))
    assert late.code == "plan.ends_late"
    assert latest.strftime("%d.%m.%Y") in late.message.ka
    assert f"{latest.day} {latest:%b %Y}" in late.message.en
    assert plan.ends_in_time(starts_on=starts, ends_on=starts - dt.timedelta(days=1)).code == "plan.ends_before_start"


@pytest.mark.clause("S3.4b")
@pytest.mark.parametrize(
    ("state", "code"),
    [
        (PlanState.DRAFT, None),
        (PlanState.RETURNED, None),
        (PlanState.SUBMITTED, "plan.with_fund"),
        (PlanState.AGREED, "plan.frozen"),
        (PlanState.SUPERSEDED, "plan.frozen"),
    ],
)
def test_a_plan_with_the_fund_waits_and_an_agreed_one_is_frozen(state, code):
    assert getattr(plan.editable(state=state), "code", None) == code


@pytest.mark.clause("S3.4b")
def test_a_draft_or_a_returned_plan_is_submitted_once():
    assert {state for state in PlanState if plan.submittable(state=state)} == {PlanState.DRAFT, PlanState.RETURNED}


@pytest.mark.clause("S3.4b")
def test_only_what_is_pending_can_be_agreed_or_returned():
    assert [state for state in PlanState if plan.pending(state=state)] == [PlanState.SUBMITTED]


@pytest.mark.clause("S3.4b")
def test_a_plan_is_returned_with_reasons():
    assert plan.reasons_given(reasons="housing is missing")
    assert plan.reasons_given(reasons=" ").code == "plan.no_reasons"


@pytest.mark.clause("S3.4a")
def test_the_final_plan_is_made_from_an_agreed_initial_one():
    assert plan.initial_first(initial_agreed=True)
    assert plan.initial_first(initial_agreed=False).clause == "S3.4a"


@pytest.mark.clause("S3.4a")
def test_one_version_is_worked_on_at_a_time():
    assert plan.one_at_a_time(has_open_version=False)
    assert not plan.one_at_a_time(has_open_version=True)


@pytest.mark.clause("S7.5")
def test_no_reintegration_request_goes_out_before_the_funds_agreement():
    assert plan.first_to_fund(initial_agreed=True)
    verdict = plan.first_to_fund(initial_agreed=False)
    assert verdict.clause == "S7.5"
    assert any("Rehabilitation does not wait" in text.en for text in verdict.remedy)


@pytest.mark.clause("S5.2")
def test_a_necessary_need_left_out_is_shown_to_the_fund():
    assert plan.necessary_covered(necessary_without_item=0).flags == ()
    assert plan.necessary_covered(necessary_without_item=1).flags == ("plan.necessary_left_out",)


@pytest.mark.clause("S0.1")
def test_a_plan_whose_consent_is_withdrawn_is_suspended():
    assert plan.standing(has_plan=True, consent_in_force=False).flags == ("plan.suspended",)
    assert plan.standing(has_plan=True, consent_in_force=True).flags == ()
    assert plan.standing(has_plan=False, consent_in_force=False).flags == ()


@pytest.mark.clause("S3.1", "S3.2", "S7.3", "S3.4a")
def test_beginning_a_plan_asks_every_rule_of_it():
    begun = {**WAY, "needs": 1, "has_open_version": False}
    assert plan.may_begin(**begun)
    refused = {**OFF_THE_WAY, "plan.no_needs": {"needs": 0}, "plan.open_version": {"has_open_version": True}}
    for code, change in refused.items():
        assert plan.may_begin(**{**begun, **change}).code == code


@pytest.mark.clause("S3.1", "S3.2", "S3.4b")
def test_changing_a_plan_asks_every_rule_of_it():
    changed = {**WAY, "state": PlanState.DRAFT}
    assert plan.may_edit(**changed)
    for code, change in {**OFF_THE_WAY, "plan.frozen": {"state": PlanState.AGREED}}.items():
        assert plan.may_edit(**{**changed, **change}).code == code


@pytest.mark.clause("S3.1", "S3.2", "S3.4b", "S7.3", "S7.7", "S7.10", "S5.2")
def test_submitting_a_plan_asks_every_rule_of_it():
    assert plan.may_submit(**SUBMISSION).flags == ()
    assert plan.may_submit(**{**SUBMISSION, "necessary_without_item": 1}).flags == ("plan.necessary_left_out",)

    def with_item(**change: object) -> dict[str, list[Item]]:
        return {"items": [GOOD, Item(**{**vars(GOOD), **change})]}

    refused = {
        **OFF_THE_WAY,
        "plan.not_draft": {"state": PlanState.SUBMITTED},
        "plan.no_needs": {"needs": 0},
        "plan.no_items": {"items": []},
        "plan.too_long": {"months": 13},
        "plan.item_without_need": with_item(has_need=False),
        "needs.no_priority": with_item(priority=None),
        "needs.no_reason": with_item(has_reason=False),
        "plan.no_timetable": with_item(first_month=None),
        "plan.item_beyond_term": with_item(last_month=13),
    }
    for code, change in refused.items():
        assert plan.may_submit(**{**SUBMISSION, **change}).code == code


@pytest.mark.clause("S7.3", "S7.7")
def test_the_page_of_a_plan_shows_everything_its_items_lack_once():
    items = [Item(None, False, False, None, None), Item("desired", True, True, 5, 2), Item("desired", True, True, 6, 2)]
    codes = [one.code for one in plan.problems(items=items, months=12, on=JUNE)]
    assert codes == ["plan.item_without_need", "plan.timetable_backwards"]


@pytest.mark.clause("S3.1", "S3.2", "S3.4b")
def test_agreeing_asks_every_rule_of_it():
    agreed = {**WAY, "state": PlanState.SUBMITTED}
    assert plan.may_agree(**agreed)
    for code, change in {**OFF_THE_WAY, "plan.not_pending": {"state": PlanState.DRAFT}}.items():
        assert plan.may_agree(**{**agreed, **change}).code == code


@pytest.mark.clause("S3.4b")
def test_returning_asks_every_rule_of_it_and_no_consent():
    assert plan.may_return(state=PlanState.SUBMITTED, reasons="consent was withdrawn")
    assert plan.may_return(state=PlanState.SUBMITTED, reasons="").code == "plan.no_reasons"
    assert plan.may_return(state=PlanState.AGREED, reasons="too late").code == "plan.not_pending"


@pytest.mark.clause("S3.1", "S3.2", "S0.1", "S7.5")
def test_asking_an_organisation_asks_every_rule_of_it():
    asked = {**WAY, "initial_agreed": True, "organisation": "warm-hearth"}
    assert plan.may_request_reintegration(**asked)
    refused = {
        **OFF_THE_WAY,
        "plan.request_before_agreement": {"initial_agreed": False},
        "consent.disclosure_missing": {"organisation": "new-shore"},
    }
    for code, change in refused.items():
        assert plan.may_request_reintegration(**{**asked, **change}).code == code


@pytest.mark.clause("S3.1", "S3.2", "S3.4a")
def test_beginning_a_final_plan_asks_every_rule_of_it():
    begun = {**WAY, "initial_agreed": True}
    assert plan.may_begin_final(**begun)
    for code, change in {**OFF_THE_WAY, "plan.final_before_initial": {"initial_agreed": False}}.items():
        assert plan.may_begin_final(**{**begun, **change}).code == code
