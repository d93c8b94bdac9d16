"""The final plan, its signatures and its amendments, as rules."""

import datetime as dt
from typing import Any

import pytest

from gza.law import amendment, final, final_items, signatures
from gza.law.consent import Consent, Scope
from gza.law.final_items import FinalItem, Term
from gza.law.lifecycles import PlanState
from gza.law.status import StatusKind

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
FIRST, LAST = dt.date(2024, 7, 1), dt.date(2025, 6, 30)
TERM = Term(FIRST, LAST)
WAY: dict[str, Any] = {
    "kind": StatusKind.VICTIM, "consents": [Consent(Scope.REINTEGRATION, MAY)], "on": JUNE,
}  # fmt: skip
GOOD: dict[str, Any] = {
    "source": "provider", "priority": "necessary", "starts_on": FIRST, "ends_on": LAST, "answered": True,
}  # fmt: skip
BEGIN: dict[str, Any] = {
    **WAY, "initial_agreed": True, "unsought": 0, "waiting": 0, "undecided": 0, "has_open_version": False,
}  # fmt: skip
SUBMIT: dict[str, Any] = {
    **WAY, "state": PlanState.DRAFT, "items": [FinalItem(**GOOD)], "missing": 0, "term_": TERM,
}  # fmt: skip
SIGN: dict[str, Any] = {
    **WAY, "state": PlanState.AGREED, "who": "beneficiary", "minor": False, "court_decision": False,
    "by_designated_worker": True, "already": False, "form": "screen", "has_strokes": True, "has_scan": False,
    "witness": "", "language": "ka", "read": b"x", "fingerprint": b"x", "fixed_on": MAY,
}  # fmt: skip
OFF_THE_WAY = {"status.not_yet": {"kind": StatusKind.PRESUMED}, "consent.reintegration_missing": {"consents": []}}


def item(**changes: Any) -> FinalItem:
    return FinalItem(**{**GOOD, **changes})


@pytest.mark.clause("S7.6", "S7.5", "S3.4a", "S3.2", "S3.1")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unsought": 1}, "final.unsought"), ({"waiting": 2}, "final.unanswered"),
        ({"undecided": 1}, "final.undecided"), ({"initial_agreed": False}, "plan.final_before_initial"),
        ({"has_open_version": True}, "plan.open_version"), *[(change, code) for code, change in OFF_THE_WAY.items()],
    ],
)  # fmt: skip
def test_a_final_plan_is_begun_after_answers_and_decisions(change: dict[str, Any], code: str) -> None:
    assert final.may_begin(**BEGIN)
    assert final.may_begin(**{**BEGIN, **change}).code == code


@pytest.mark.clause("S7.6")
@pytest.mark.parametrize(
    ("source", "answered", "funded", "needs_neither", "code"),
    [
        ("provider", True, False, False, None), ("provider", False, True, True, "final.no_positive_answer"),
        ("fund", False, True, False, None), ("fund", True, False, True, "final.no_commitment"),
        ("free", False, False, True, None), ("free", True, True, False, "final.needs_provider"),
        ("", True, True, True, "final.no_source"), ("unmet", False, False, False, None),
        ("out", False, False, False, None),
    ],
)  # fmt: skip
def test_every_item_has_an_answer_or_money_or_needs_neither(
    source: str, answered: bool, funded: bool, needs_neither: bool, code: str | None
) -> None:
    verdict = final_items.secured(source=source, answered=answered, funded=funded, needs_neither=needs_neither)
    assert getattr(verdict, "code", None) == code


@pytest.mark.clause("S3.4a", "S3.5", "S5.2", "S7.3", "S7.6", "S7.7", "S7.10")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_need": False}, "plan.item_without_need"), ({"descends": False}, "final.no_origin"),
        ({"priority": None}, "needs.no_priority"), ({"has_reason": False}, "needs.no_reason"),
        ({"answered": False}, "final.no_positive_answer"), ({"has_service": False}, "final.no_service"),
        ({"has_provider": False}, "final.no_provider"), ({"ends_on": None}, "final.no_days"),
        ({"ends_on": FIRST - dt.timedelta(days=1)}, "final.days_backwards"),
        ({"starts_on": FIRST - dt.timedelta(days=1)}, "final.item_outside_term"),
        ({"ends_on": LAST + dt.timedelta(days=1)}, "final.item_outside_term"),
        ({"covers": (FIRST, LAST - dt.timedelta(days=1))}, "final.beyond_answer"),
        ({"changed": True}, "final.change_unexplained"),
        ({"source": "out", "changed": True, "explained": True}, "final.necessary_left_out"),
        ({"source": "unmet", "priority": "desired", "told": True, "review_on": LAST}, "final.unmet_desired"),
        ({"source": "unmet", "told": False, "review_on": LAST}, "final.unmet_untold"),
        ({"source": "unmet", "told": True}, "final.unmet_untold"),
        ({"source": "unmet", "told": True, "review_on": LAST + dt.timedelta(days=1)}, "final.review_outside"),
    ],
)  # fmt: skip
def test_what_an_item_of_a_final_plan_must_have(change: dict[str, Any], code: str) -> None:
    assert final_items.may_hold(item=item(), term=TERM)
    assert final_items.may_hold(item=item(**change), term=TERM).code == code
    assert code in {one.code for one in final.problems(items=[item(**change)], missing=0, term_=TERM)}


@pytest.mark.clause("S7.6", "S3.4a")
def test_what_may_stand_without_an_answer() -> None:
    bare = {"answered": False, "starts_on": None, "ends_on": None, "has_service": False, "has_provider": False}
    unmet = item(source="unmet", told=True, review_on=LAST, **bare)
    out = item(source="out", priority="desired", changed=True, explained=True, **bare)
    gone = item(source="out", fell_away=True, changed=True, explained=True, **bare)
    assert all(final_items.may_hold(item=one, term=TERM) for one in (unmet, out, gone))
    assert (final_items.counted([item(), unmet, out]), final_items.unmet_of([item(), unmet, out])) == (1, 1)
    assert final.may_submit(**{**SUBMIT, "items": [unmet, out]}).code == "plan.no_items"


@pytest.mark.clause("S3.4a")
def test_an_item_for_which_something_was_asked_stays() -> None:
    assert final_items.not_asked_for(asked_for=False)
    assert final_items.not_asked_for(asked_for=True).code == "final.item_asked_for"


@pytest.mark.clause("S7.10", "S7.8", "S3.4a", "S3.4b", "S3.2", "S3.1")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": PlanState.AGREED}, "plan.not_draft"), ({"missing": 1}, "final.item_missing"),
        ({"term_": Term(None, None)}, "final.no_term"), ({"items": []}, "plan.no_items"),
        ({"term_": Term(FIRST, LAST + dt.timedelta(days=1))}, "plan.ends_late"),
        ({"term_": Term(LAST, FIRST)}, "plan.ends_before_start"),
        ({"term_": Term(FIRST, LAST, LAST - dt.timedelta(days=1))}, "final.past_latest_end"),
        ({"on": FIRST + dt.timedelta(days=1)}, "final.starts_before_submission"),
        *[(change, code) for code, change in OFF_THE_WAY.items()],
    ],
)  # fmt: skip
def test_a_final_plan_is_submitted_whole_and_ahead_of_its_first_day(change: dict[str, Any], code: str) -> None:
    assert final.may_submit(**SUBMIT)
    assert final.may_submit(**{**SUBMIT, "on": FIRST})
    assert final.may_submit(**{**SUBMIT, **change}).code == code


@pytest.mark.clause("S7.6", "S3.4b")
def test_the_fund_agrees_with_reasons_where_a_necessary_need_stays_unmet() -> None:
    asked = {**WAY, "state": PlanState.SUBMITTED, "items": [item()], "words": ""}
    assert final.may_agree(**asked)
    unmet = item(source="unmet", told=True, review_on=LAST)
    assert final.may_agree(**{**asked, "items": [item(), unmet]}).code == "final.unmet_without_reasons"
    assert final.may_agree(**{**asked, "items": [item(), unmet], "words": "ვეძებთ"})
    assert final.may_agree(**{**asked, "items": [item(answered=False)]}).code == "final.no_positive_answer"
    assert final.may_agree(**{**asked, "state": PlanState.AGREED}).code == "plan.not_pending"


@pytest.mark.clause("S3.4a")
def test_only_an_agreed_final_plan_not_yet_in_force_is_taken_back() -> None:
    assert final.to_rework(state=PlanState.AGREED, amendment=False)
    for state in set(PlanState) - {PlanState.AGREED}:
        assert final.to_rework(state=state, amendment=False).code == "final.not_to_rework"
    assert not final.to_rework(state=PlanState.AGREED, amendment=True)


@pytest.mark.clause("S7.7")
def test_days_and_months_of_a_plan_are_each_others_mirror() -> None:
    for starts in (dt.date(2027, 1, 31), dt.date(2028, 2, 29), dt.date(2027, 3, 1), dt.date(2027, 8, 30)):
        for first in range(1, 13):
            for last in range(first, 13):
                begins, ends = final.days_of(starts, first, last)
                assert (final.month_of(starts, begins), final.month_of(starts, ends)) == (first, last)


@pytest.mark.clause("S7.8", "S3.5", "G2", "S3.2", "S3.1")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": PlanState.SUBMITTED}, "signatures.not_fixed"), ({"read": b"y"}, "signatures.other_content"),
        ({"fingerprint": None}, "signatures.other_content"), ({"already": True}, "signatures.already"),
        ({"has_strokes": False}, "signatures.no_strokes"), ({"form": "paper"}, "signatures.no_scan"),
        ({"form": "mark"}, "signatures.no_witness"), ({"minor": True}, "signatures.minor"),
        ({"who": "child"}, "signatures.not_a_child"), ({"language": " "}, "signatures.not_read"),
        ({"who": "worker", "by_designated_worker": False}, "signatures.other_worker"),
        ({"who": "worker", "form": "mark", "witness": "lia"}, "signatures.worker_marks"),
        ({"fixed_on": JUNE + dt.timedelta(days=1)}, "signatures.before_content"),
        *[(change, code) for code, change in OFF_THE_WAY.items()],
    ],
)  # fmt: skip
def test_what_stands_about_a_signature(change: dict[str, Any], code: str) -> None:
    assert signatures.may_sign(**SIGN)
    assert signatures.may_sign(**{**SIGN, "state": PlanState.TO_SIGN})
    assert signatures.may_sign(**{**SIGN, **change}).code == code


@pytest.mark.clause("S7.8")
def test_a_mark_is_drawn_or_scanned_and_a_child_is_only_asked() -> None:
    mark = {"form": "mark", "witness": "lia", "has_strokes": False}
    assert signatures.may_sign(**{**SIGN, **mark, "has_scan": True})
    assert not signatures.may_sign(**{**SIGN, **mark})
    assert signatures.may_sign(**{**SIGN, "who": "child", "minor": True, "has_strokes": False})
    assert signatures.child_heard(who="child", assents=True).flags == ()
    assert signatures.child_heard(who="child", assents=False).flags == ("signatures.child_says_no",)
    assert signatures.assent_recorded(minor=True, recorded=False).flags == ("signatures.assent_missing",)
    assert signatures.assent_recorded(minor=True, recorded=True).flags == ()
    assert signatures.assent_recorded(minor=False, recorded=False).flags == ()


@pytest.mark.clause("S7.8")
def test_a_representative_signs_checked_or_a_guardianship_body_in_their_place() -> None:
    said = {
        "who": "representative", "minor": True, "represented": True, "guardianship_body": False, "checked": True,
        "conflict": False, "court_decision": False,
    }  # fmt: skip
    assert signatures.may_represent(**said)
    assert signatures.may_represent(**{**said, "represented": False}).code == "representative.absent"
    assert signatures.may_represent(**{**said, "checked": False}).code == "representative.unchecked"
    assert signatures.may_represent(**{**said, "conflict": True}).code == "representative.conflict"
    assert signatures.may_represent(**{**said, "conflict": True, "guardianship_body": True})
    assert signatures.may_represent(**{**said, "minor": False}).code == "representative.adult"
    assert signatures.may_represent(**{**said, "minor": False, "court_decision": True})
    assert signatures.may_represent(**{**said, "who": "beneficiary", "represented": False})


@pytest.mark.clause("S7.8", "S3.5", "S7.6")
def test_a_version_comes_into_force_with_both_signatures_and_what_secures_it() -> None:
    for names in (["beneficiary", "worker"], ["worker", "representative"], ["child", "worker", "representative"]):
        assert signatures.may_come_into_force(signed=names, items=[item()])
        assert signatures.may_come_into_force(signed=names, items=[item(answered=False)]).code == (
            "final.no_positive_answer"
        )
    for names in ([], ["worker"], ["beneficiary"], ["child", "worker"], ["beneficiary", "representative"]):
        assert signatures.both(signed=names).code == "signatures.not_both"
    assert signatures.needed(minor=True) == ("representative", "worker")
    assert signatures.needed(minor=False) == ("beneficiary", "worker")


@pytest.mark.clause("S7.8")
def test_a_first_day_that_passed_unsigned_is_flagged() -> None:
    assert signatures.began_before(starts_on=FIRST, in_force_on=FIRST).flags == ()
    late = signatures.began_before(starts_on=FIRST, in_force_on=FIRST + dt.timedelta(days=1))
    assert late.flags == ("signatures.began_unsigned",)


@pytest.mark.clause("S7.8")
def test_a_copy_is_of_a_signed_plan_and_one_held_says_why() -> None:
    assert signatures.copy_of_signed(in_force_on=JUNE)
    assert signatures.copy_of_signed(in_force_on=None).code == "copy.not_signed"
    assert signatures.held_with_reason(outcome="held", note="სახლში სახიფათოა")
    assert signatures.held_with_reason(outcome="given", note="")
    assert signatures.held_with_reason(outcome="held", note=" ").code == "copy.held_without_reason"


@pytest.mark.clause("S3.5", "S7.10", "S3.2", "S3.1", "S3.4a")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": None}, "amendment.not_in_force"), ({"state": PlanState.AGREED}, "amendment.not_in_force"),
        ({"has_open_version": True}, "plan.open_version"), ({"ground": ""}, "amendment.no_ground"),
        ({"why": " "}, "amendment.not_in_writing"), ({"on": LAST + dt.timedelta(days=1)}, "amendment.term_over"),
        *[(change, code) for code, change in OFF_THE_WAY.items()],
    ],
)  # fmt: skip
def test_a_plan_in_force_is_amended_in_writing_on_a_ground(change: dict[str, Any], code: str) -> None:
    asked = {
        **WAY, "state": PlanState.IN_FORCE, "has_open_version": False, "ground": "needs", "why": "x",
        "latest_end": LAST,
    }  # fmt: skip
    assert amendment.may_amend(**asked)
    assert amendment.may_amend(**{**asked, "ground": "offers", "on": LAST})
    assert amendment.may_amend(**{**asked, **change}).code == code


@pytest.mark.clause("S3.5", "S7.6", "S7.10", "S3.2", "G1")
def test_an_amendment_is_fixed_with_the_same_gates_and_without_the_funds_agreement() -> None:
    asked = {
        **WAY, "state": PlanState.DRAFT, "items": [item()], "unmet_before": 0, "missing": 0,
        "term_": Term(FIRST, LAST, LAST),
    }  # fmt: skip
    assert amendment.may_fix(**asked).flags == ()
    assert amendment.may_fix(**{**asked, "on": FIRST + dt.timedelta(days=9)})
    assert amendment.may_fix(**{**asked, "items": [item(answered=False)]}).code == "final.no_positive_answer"
    assert amendment.may_fix(**{**asked, "state": PlanState.TO_SIGN}).code == "amendment.not_draft"
    assert amendment.may_fix(**{**asked, "on": LAST + dt.timedelta(days=1)}).code == "amendment.term_over"
    assert amendment.may_fix(**{**asked, "consents": []}).code == "consent.reintegration_missing"
    unmet = item(source="unmet", told=True, review_on=LAST)
    assert amendment.may_fix(**{**asked, "items": [item(), unmet]}).flags == ("final.unmet_in_amendment",)
    assert amendment.may_fix(**{**asked, "items": [item(), unmet], "unmet_before": 1}).flags == ()


@pytest.mark.clause("S3.5")
def test_an_amendment_is_dropped_until_it_is_signed() -> None:
    may = {state for state in PlanState if amendment.droppable(state=state)}
    assert may == {PlanState.DRAFT, PlanState.TO_SIGN}
    assert amendment.droppable(state=PlanState.IN_FORCE).code == "amendment.not_droppable"
