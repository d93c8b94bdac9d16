"""The road of a case, and the tables of the other life cycles."""

import datetime as dt
from dataclasses import fields, replace
from itertools import pairwise

import pytest

from gza.law.lifecycles import PLAN_VERSION, TABLES, PlanState
from gza.law.register import CLAUSES
from gza.law.road import CASE, StopState, here, possible, road
from gza.law.stages import ROAD, STOPS, CaseFacts, Stage, since, stage_of
from gza.law.status import StatusKind
from gza.law.terms import add_months
from gza.law.verdicts import explain

DAY = dt.date(2024, 5, 6)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


JOURNEY: list[tuple[Stage, dict[str, object]]] = [
    (Stage.PRESUMED, {"received_presumed_on": day(0)}),
    (Stage.STATUS, {"status_asked_on": day(1)}),
    (Stage.DESIGNATION, {"status": StatusKind.VICTIM, "status_on": day(2)}),
    (Stage.REHABILITATION_CONSENT, {"designated_on": day(3)}),
    (Stage.PRIMARY_NEEDS, {"rehabilitation_consent_on": day(4)}),
    (Stage.EXPLANATION, {"primary_needs": 2, "primary_needs_on": day(5)}),
    (Stage.REINTEGRATION_CONSENT, {"explained_on": day(6)}),
    (Stage.NEEDS, {"reintegration_consent_on": day(7)}),
    (Stage.INITIAL_PLAN, {"needs": 3, "needs_on": day(8)}),
    (Stage.SUBMITTED, {"plan_state": PlanState.DRAFT, "items": 3, "drafted_on": day(9)}),
    (Stage.AGREED, {"plan_state": PlanState.SUBMITTED, "submitted_on": day(10)}),
    (Stage.REQUESTS, {"plan_state": PlanState.AGREED, "agreed_on": day(11), "items_unsought": 3}),
    (Stage.FUNDING, {"items_unsought": 0, "answered_on": day(12), "considerations_open": 1}),
    (Stage.FINAL_PLAN, {"considerations_open": 0, "funded_on": day(13)}),
    (Stage.SIGNATURES, {"final_state": PlanState.AGREED, "final_agreed_on": day(14)}),
    (Stage.RUNNING, {"final_state": PlanState.IN_FORCE, "in_force_on": day(15)}),
    (Stage.COMPLETION, {"final_state": PlanState.ENDED, "plan_ended_on": day(16)}),
    (Stage.FOLLOW_UP, {"notified_on": day(17)}),
]


def at(stage: Stage) -> CaseFacts:
    """The facts of a case that went the whole way to ``stage``."""
    facts = CaseFacts()
    for stop, change in JOURNEY:
        facts = replace(facts, **change)
        if stop == stage:
            return facts
    raise AssertionError(stage)


@pytest.mark.clause("S7.2", "S7.4", "S3.4a", "S4.1")
@pytest.mark.parametrize(("number", "stage"), [(number, stage) for number, (stage, _) in enumerate(JOURNEY)])
def test_a_case_goes_the_road_stop_by_stop(number, stage):
    facts = at(stage)
    assert stage_of(facts) == stage
    assert since(facts) == day(number)
    assert here(facts).lacking == ()
    assert [stop.state for stop in road(facts)].count(StopState.HERE) == 1


@pytest.mark.clause("S7.2", "S4.1")
@pytest.mark.parametrize(("before", "after"), [(one, other) for (one, _), (other, _) in pairwise(JOURNEY)])
def test_each_step_of_the_usual_way_is_in_the_table(before, after):
    assert after in {one.target for one in CASE.allowed(before)}
    assert possible(before, after)


@pytest.mark.clause("S4.1", "S5.5", "S7.5")
@pytest.mark.parametrize("stage", [stage for stage, _ in JOURNEY])
def test_nothing_ahead_is_shown_as_done_before_it_was(stage):
    states = [stop.state for stop in road(at(stage))]
    place = states.index(StopState.HERE)
    assert set(states[:place]) <= {StopState.DONE}
    assert set(states[place + 1 :]) <= {StopState.AHEAD}


@pytest.mark.clause("S5.5", "S7.5")
def test_what_was_done_before_its_turn_is_shown_as_done():
    facts = replace(at(Stage.FINAL_PLAN), requests_waiting=1)
    states = {stop.stage: stop.state for stop in road(facts)}
    assert (states[Stage.REQUESTS], states[Stage.FUNDING]) == (StopState.HERE, StopState.DONE)


@pytest.mark.clause("S0.1", "S5.5", "S7.12")
@pytest.mark.parametrize("change", [{"reintegration_consent_on": None}, {"ended_on": day(40)}])
def test_money_that_nobody_had_to_ask_for_holds_no_gap_open(change):
    facts = replace(at(Stage.RUNNING), funded_on=None, **change)
    states = {stop.stage: stop.state for stop in road(facts)}
    assert {states[Stage.REQUESTS], states[Stage.FUNDING], states[Stage.SIGNATURES]} == {StopState.DONE}


@pytest.mark.clause("S7.11", "S7.12")
@pytest.mark.parametrize(("asked", "state"), [(day(60), StopState.DONE), (None, StopState.OPEN)])
def test_follow_up_is_over_when_the_case_is_closed_if_it_was_ever_spoken_of(asked, state):
    facts = replace(at(Stage.FOLLOW_UP), follow_up_on=asked)
    assert road(facts)[-1].state == StopState.HERE
    assert road(replace(facts, ended_on=day(90)))[-1].state == state


@pytest.mark.clause("S7.12")
def test_a_case_closed_early_shows_no_requests_that_nobody_made():
    states = {stop.stage: stop.state for stop in road(replace(at(Stage.NEEDS), ended_on=day(30)))}
    assert states[Stage.EXPLANATION] == StopState.DONE
    assert {states[Stage.REQUESTS], states[Stage.FUNDING], states[Stage.INITIAL_PLAN]} == {StopState.OPEN}


@pytest.mark.clause("S4.1")
def test_a_case_that_never_was_presumed_does_not_show_that_stop():
    facts = replace(at(Stage.NEEDS), received_presumed_on=None, status_asked_on=None)
    assert road(facts)[0].stage == Stage.STATUS
    assert stage_of(facts) == Stage.NEEDS


@pytest.mark.clause("S0.1", "S3.2")
def test_withdrawn_consent_brings_the_case_back_to_it_and_the_plan_stays():
    facts = replace(at(Stage.REQUESTS), reintegration_consent_on=None)
    assert stage_of(facts) == Stage.REINTEGRATION_CONSENT
    states = {stop.stage: stop.state for stop in road(facts)}
    assert states[Stage.AGREED] == StopState.DONE
    assert [one.code for one in next(stop for stop in road(facts) if stop.stage == Stage.REQUESTS).lacking] == [
        "reintegration_consent"
    ]


@pytest.mark.clause("S3.4b")
def test_a_returned_plan_is_to_be_submitted_again_and_waits_since_its_return():
    facts = replace(at(Stage.AGREED), plan_state=PlanState.RETURNED, returned_on=day(20))
    assert stage_of(facts) == Stage.SUBMITTED
    assert since(facts) == day(20)


@pytest.mark.clause("S7.7")
def test_a_plan_with_an_incomplete_item_is_not_ready_for_submission():
    facts = replace(at(Stage.SUBMITTED), items_incomplete=1)
    assert stage_of(facts) == Stage.INITIAL_PLAN
    submission = next(stop for stop in road(facts) if stop.stage == Stage.SUBMITTED)
    assert [one.code for one in submission.lacking] == ["timetable"]
    assert submission.lacking[0].clause == "S7.7"


@pytest.mark.clause("S0.3", "S3.2")
def test_who_declines_rehabilitation_goes_on_without_it():
    facts = replace(at(Stage.REHABILITATION_CONSENT), rehabilitation_declined=True)
    assert stage_of(facts) == Stage.EXPLANATION
    states = {stop.stage: stop.state for stop in road(facts)}
    assert states[Stage.REHABILITATION_CONSENT] == StopState.OPEN


@pytest.mark.clause("S0.3", "S3.2")
def test_rehabilitation_that_was_passed_over_holds_nobody_up():
    facts = replace(at(Stage.AGREED), rehabilitation_consent_on=None, primary_needs=0)
    assert stage_of(facts) == Stage.AGREED


@pytest.mark.clause("S4.1")
def test_an_ended_case_stands_nowhere_on_the_road():
    facts = replace(at(Stage.NEEDS), ended_on=day(30))
    assert stage_of(facts) == Stage.ENDED
    assert here(facts) is None
    assert since(facts) == day(30)
    assert StopState.AHEAD not in {stop.state for stop in road(facts)}


@pytest.mark.clause("S4.1")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Stage.RUNNING, Stage.REQUESTS),
        (Stage.FOLLOW_UP, Stage.COMPLETION),
        (Stage.DESIGNATION, Stage.STATUS),
        (Stage.REQUESTS, Stage.AGREED),
        (Stage.NEEDS, Stage.EXPLANATION),
        (Stage.PRIMARY_NEEDS, Stage.DESIGNATION),
    ],
)
def test_a_case_does_not_go_back_but_by_withdrawal_or_return(before, after):
    assert not possible(before, after)


@pytest.mark.clause("S4.1")
def test_what_is_lacking_is_said_in_both_languages_with_its_clause():
    for stop in road(CaseFacts()):
        assert stop.clause in CLAUSES
        for one in stop.lacking:
            assert one.clause in CLAUSES
            assert one.text.ka
            assert one.text.en


@pytest.mark.clause("S0.2")
def test_the_road_reads_dates_counts_and_states_only():
    assert {field.type for field in fields(CaseFacts)} == {StatusKind, dt.date | None, bool, int, PlanState | None}


def test_every_stage_has_its_stop_and_the_road_its_order():
    assert set(STOPS) == set(Stage)
    assert list(ROAD) == [stage for stage in Stage if stage != Stage.ENDED]


@pytest.mark.parametrize("table", [*TABLES.values(), CASE], ids=lambda table: table.key)
def test_every_table_is_whole(table):
    assert table.start in table.states
    seen = {(one.source, one.act) for one in table.transitions}
    assert len(seen) == len(table.transitions)
    reached = {table.start} | {one.target for one in table.transitions}
    assert set(table.states) == reached
    for one in table.transitions:
        assert {one.source, one.target} <= set(table.states)
        assert one.clause in CLAUSES
    for text in (table.title, *table.states.values(), *(one.label for one in table.transitions)):
        assert text.ka
        assert text.en


@pytest.mark.parametrize(
    ("table", "state", "act"),
    [
        pytest.param("consent", "withdrawn", "give", marks=pytest.mark.clause("S0.1")),
        pytest.param("rehabilitation_service", "requested", "finish", marks=pytest.mark.clause("S0.3")),
        pytest.param("designation", "handed_over", "hand_over", marks=pytest.mark.clause("S3.3")),
        pytest.param("plan_version", "draft", "agree", marks=pytest.mark.clause("S3.4b")),
        pytest.param("edition", "issued", "issue", marks=pytest.mark.clause("S4.3")),
        pytest.param("flag", "settled", "settle", marks=pytest.mark.clause("G1")),
    ],
)
def test_an_act_out_of_its_turn_is_refused_by_the_table(table, state, act):
    verdict = TABLES[table].verdict(state, act)
    assert verdict.code == f"{table}.{act}_not_from_{state}"
    assert explain(verdict.code).clause == verdict.clause


@pytest.mark.clause("S3.4b")
def test_a_table_says_where_a_thing_stands_and_what_can_be_done():
    assert PLAN_VERSION.next("draft", "submit") == PlanState.SUBMITTED
    assert PLAN_VERSION.verdict("draft", "submit")
    refused = PLAN_VERSION.verdict("agreed", "submit")
    assert refused.clause == "S3.4b"
    assert "Agreed" in refused.message.en
    assert "supersede" in refused.remedy[0].en
    assert "Nothing more" in PLAN_VERSION.verdict("superseded", "submit").remedy[0].en
    with pytest.raises(ValueError, match="not possible"):
        PLAN_VERSION.next("agreed", "submit")
    with pytest.raises(KeyError):
        PLAN_VERSION.verdict("agreed", "burn")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 1, 31), 1, dt.date(2023, 2, 28)),
        (dt.date(2024, 11, 30), 3, dt.date(2025, 2, 28)),
        (dt.date(2024, 12, 15), 12, dt.date(2025, 12, 15)),
    ],
)
def test_months_are_added_to_the_last_day_there_is(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.clause("S5.5")
@pytest.mark.parametrize("state", ["granted", "refused", "dropped"])
def test_a_consideration_that_was_decided_is_not_decided_again(state):
    for act in ("grant", "refuse", "defer", "drop"):
        verdict = TABLES["consideration"].verdict(state, act)
        assert not verdict
        assert verdict.clause in {"S5.3", "S5.5", "S5.6"}
    assert TABLES["consideration"].verdict("open", "grant")
