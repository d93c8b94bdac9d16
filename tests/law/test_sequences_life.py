"""Random sequences over the second half: providers, money, versions, withdrawal, the end, reopening, a merge.

As in ``test_sequences`` the case is plain memory (``life``); each act (``life_seeking``, ``life_ending``) asks the law
and does, if allowed, what the act does. What must hold is checked against that memory, not with the law's functions.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test

from gza.law.consent import Scope
from gza.law.lifecycles import PlanState
from gza.law.road import possible
from gza.law.rules import lifted
from gza.law.stages import Stage, stage_of
from gza.law.status import StatusKind

from .life import CEILING, OPEN, POST, TELEPHONE, Life
from .life_ending import Living

WAY: list[tuple[str, dict[str, Any]]] = [
    ("ask_provider", {"item": "course", "organisation": "warm-hearth"}),
    ("provider_answers", {"pick": 0, "act": "accept"}),
    ("consider", {"item": "machine"}),
    ("work_out", {"item": "machine", "wanted": 150_000}),
    ("grant", {"item": "machine", "amount": 150_000, "director": True}),
    ("begin_final", {}),
    ("submit_final", {"months": 12, "sources": ("provider", "fund")}),
    ("fund_agrees", {"words": "თანახმა"}),
    ("sign", {"who": "beneficiary", "replayed": False}),
    ("sign", {"who": "worker", "replayed": False}),
    ("pay", {"pick": 0, "amount": 20_000}),
    ("request_end", {"text": "გთხოვთ", "need": "სამუშაო"}),
    ("fund_answers_request", {"granted": True, "director": True}),
    ("tell", {"handed": True, "text": f"{POST} {TELEPHONE}"}),
    ("answer_follow_up", {"agreed": False}),
    ("close", {}),
    ("reopen", {}),
    ("decide_later_plan", {"director": True}),
    ("begin_again", {}),
]


class Second(Living, RuleBasedStateMachine):
    """A case from the agreed initial plan on, and everything that may be tried on it in any order."""

    @initialize(depth=st.integers(0, len(WAY)), other=st.sampled_from([0, 80_000, 200_000]))
    def begin(self, depth: int, other: int) -> None:
        self.case = Life(other=other)
        self.stage = stage_of(self.case.facts())
        for act, said in WAY[:depth]:
            getattr(self, act)(**said)
            self.it_moves_only_as_a_case_can()

    @invariant()
    def the_ceiling_holds_but_for_what_a_merge_brought_together(self) -> None:
        own = sum(one.amount - one.released for one in self.case.monies)
        assert own <= CEILING, "S5.6"
        if not self.case.joined:
            assert own + self.case.kept() <= CEILING, "S5.6: kept free past the ceiling"
            return
        assert self.case.committed <= CEILING or self.case.over, "S5.6: past the ceiling without a flag"

    @invariant()
    def no_more_is_paid_or_given_back_than_was_promised(self) -> None:
        assert all(one.spent + one.released <= one.amount for one in self.case.monies), "S7.9"

    @invariant()
    def one_plan_in_force_signed_by_both_and_no_longer_than_a_year(self) -> None:
        forced = [one for one in self.case.versions if one.state == PlanState.IN_FORCE]
        assert len(forced) <= 1
        for one in forced:
            assert one.signed == {"beneficiary": one.content, "worker": one.content}, "S7.8"
            assert self.case.worker, "S3.3: a running plan without a worker"
        for act, seen in self.case.history:
            if act == "force":
                anniversary = seen["start"].replace(year=seen["start"].year + 1)
                assert seen["end"] < anniversary, "S7.10"

    @invariant()
    def nothing_is_asked_paid_for_or_signed_without_consent_or_in_a_closed_case(self) -> None:
        for act, seen in self.case.history:
            if act in {"ask", "grant", "sign"}:
                assert (Scope.REINTEGRATION, "") in seen["willing"], "S3.2"
                assert act == "grant" or not seen["ended"]
            if act == "ask":
                assert (Scope.DISCLOSURE, seen["organisation"]) in seen["willing"], "S0.1"
        if self.case.suspended:
            assert not [one for one in self.case.requests if one.state in OPEN], "S0.1: a request went on"

    @invariant()
    def a_plan_ends_on_a_ground_and_a_case_closes_when_all_is_said(self) -> None:
        for act, seen in self.case.history:
            if act == "end" and seen["ground"] in {"request", "violation"}:
                assert seen["director"], "G5"
            if act == "end" and seen["ground"] == "request":
                assert seen["asked"], "S7.12"
            if act == "end" and seen["ground"] == "violation":
                gross = [one for one in seen["violations"] if one.gross]
                assert len(gross) > 1, "S7.12: repeated"
                assert all(one.heard for one in gross), "S7.12: heard"
                assert any(one.warned_on for one in seen["violations"]), "S7.12: warned"
            if act == "close":
                assert not seen["plan_open"]
                assert seen["notified"] or not self.case.plans_ended
            if act == "again":
                assert seen["decided"] >= seen["ended"], "S7.10"

    @invariant()
    def a_second_status_changes_nothing_of_the_road(self) -> None:
        assert self.case.kind == StatusKind.VICTIM, "S3.1: the first status opened it"
        assert self.case.statuses <= {StatusKind.VICTIM, StatusKind.STATUTORY_VICTIM}

    @invariant()
    def one_version_is_under_way(self) -> None:
        going = {PlanState.DRAFT, PlanState.SUBMITTED, PlanState.AGREED, PlanState.TO_SIGN}
        assert sum(one.state in going for one in self.case.versions) <= 1, "S3.5"

    @invariant()
    def it_moves_only_as_a_case_can(self) -> None:
        stage = stage_of(self.case.facts())
        assert possible(self.stage, stage), (self.stage, stage)
        assert (stage == Stage.ENDED) is self.case.ended
        self.stage = stage


def walk(examples: int, *phases: Phase, derandomize: bool) -> None:
    run_state_machine_as_test(
        Second,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, database=None, phases=phases,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False, derandomize=derandomize,
        ),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.clause("S0.1", "S3.2", "S3.3", "S3.5", "S5.3", "S5.4", "S5.6", "S7.6", "S7.8", "S7.9", "S7.10", "S7.11",
                    "S7.12", "G1", "G5")  # fmt: skip
def test_no_sequence_breaks_an_invariant_of_the_second_half():
    walk(150, Phase.generate, Phase.shrink, derandomize=settings().derandomize)


@pytest.mark.slow
def test_the_usual_way_is_open_to_its_end():
    machine = Second()
    machine.begin(depth=len(WAY), other=0)
    assert machine.case.later_decided == 1
    assert machine.case.plan_open
    assert machine.stage == Stage.REQUESTS


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "closing.later_decided", "closing.no_plan_open", "closing.told_first", "consent.reintegration",
        "delegation.decides_for_fund", "final.unmet_agreed", "final_items.secured", "funding.necessary_first",
        "funding.within_ceiling", "plan.ends_in_time", "reporting.within_commitment", "signatures.both",
        "signatures.same_content", "termination.another_person", "termination.asked", "termination.expired",
        "termination.gross_and_repeated", "termination.not_closed_yet",
    ],
)  # fmt: skip
def test_the_search_finds_the_breach_when_a_rule_is_gone(name):
    with lifted(f"gza.law.{name}"), pytest.raises(AssertionError):
        walk(3000, Phase.generate, derandomize=True)
