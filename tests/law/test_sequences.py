"""Random sequences of acts on one case: no sequence breaks an invariant of the register.

The case is a plain object that knows no rule. Each act asks the law with facts taken from the case *by their names*
and does, if allowed, what the act does. A twin of the case with shelter and cooperation flipped is asked the same.
What must hold is checked against the history, with the case's own simple memory and not with the law's functions.
"""

import copy
import datetime as dt
import inspect
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gza.law import access, consent, designation, needs, plan, rehabilitation, status
from gza.law.consent import Consent, Scope
from gza.law.lifecycles import PLAN_VERSION, PlanState
from gza.law.plan import Item
from gza.law.road import possible
from gza.law.rules import lifted
from gza.law.stages import Stage, stage_of
from gza.law.status import GRANTED_BY, StatusKind
from gza.law.verdicts import Allowed, Verdict

from .memory import BROKEN, ITEM, ORGANISATIONS, STAFF, Case

SIGNED = {"organisation": "warm-hearth", "signed": True, "told": True, "by_designated_worker": True}
USUAL_WAY: list[tuple[str, dict[str, Any]]] = [
    ("record_status", {"kind": StatusKind.VICTIM, "right_body": True, "has_document": True}),
    ("designate", {"name": "nino"}),
    ("take_consent", {"asked": {Scope.REHABILITATION}, **SIGNED}),
    ("identify_primary_needs", {"by_designated_worker": True}),
    ("explain", {"language": "ka"}),
    ("take_consent", {"asked": {Scope.REINTEGRATION, Scope.DISCLOSURE}, **SIGNED}),
    ("identify_need", {"by": {needs.StatedBy.BENEFICIARY}, "priority": "necessary"}),
    ("begin_plan", {}),
    ("add_item", {"item": ITEM}),
    ("submit", {"months": 12}),
    ("fund_agrees", {}),
    ("request_reintegration", {"organisation": "warm-hearth"}),
]

names = st.sampled_from(sorted(STAFF))
scopes = st.sampled_from(list(Scope))


class Road(RuleBasedStateMachine):
    """A case, its twin with S0.2's facts flipped, and everything that may be tried on it in any order."""

    @initialize(
        in_shelter=st.booleans(), cooperates=st.booleans(), depth=st.integers(0, len(USUAL_WAY)),
        skipped=st.sets(st.integers(0, len(USUAL_WAY) - 1), max_size=2),
    )  # fmt: skip
    def receive(self, in_shelter: bool, cooperates: bool, depth: int, skipped: set[int]) -> None:
        """Begin with a case that has gone the usual way for a while, with up to two of its acts left out."""
        self.case = Case(in_shelter=in_shelter, cooperates=cooperates)
        self.stage = stage_of(self.case.facts())
        for number, (act, said) in enumerate(USUAL_WAY[:depth]):
            if number in skipped:
                continue
            before = len(self.case.history)
            getattr(self, act)(**said)
            barred = len(self.case.history) == before
            assert skipped or not barred, f"the usual way was barred at {act}"
            self.the_case_moves_only_as_a_case_can()

    def ask(self, question: Callable[..., Verdict], **said: Any) -> Verdict:
        """The law's answer, which must be the same for the twin; facts come from the case by name, or are said."""
        twin = copy.copy(self.case)
        twin.in_shelter, twin.cooperates = not self.case.in_shelter, not self.case.cooperates
        wanted = inspect.signature(question).parameters

        def answer(case: Case) -> Verdict:
            return question(**{name: said[name] if name in said else getattr(case, name) for name in wanted})

        verdict = answer(self.case)
        assert answer(twin) == verdict, "S0.2: shelter or cooperation changed an answer"
        return verdict

    def tell(self, act: str, **seen: Any) -> None:
        self.case.history.append((act, seen))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.case.on += dt.timedelta(days=days)

    @rule()
    def moves_or_changes_mind_about_the_police(self) -> None:
        self.case.in_shelter = not self.case.in_shelter
        self.case.cooperates = not self.case.cooperates

    @rule(kind=st.sampled_from(list(StatusKind)), right_body=st.booleans(), has_document=st.booleans())
    def record_status(self, kind: StatusKind, right_body: bool, has_document: bool) -> None:
        bodies = list(GRANTED_BY.values())
        body = GRANTED_BY.get(kind, bodies[0])
        if not right_body:
            body = bodies[1 - bodies.index(body)]
        already = kind in self.case.statuses
        if self.ask(status.may_record, kind=kind, body=body, has_document=has_document) and self.ask(
            status.once, already=already
        ):
            assert not already
            assert kind != StatusKind.PRESUMED
            assert GRANTED_BY[kind] == body
            self.case.statuses.add(kind)
            self.case.kind, self.case.status_on = kind, self.case.status_on or self.case.on
            self.tell("status")

    @rule(name=names)
    def designate(self, name: str) -> None:
        said = {"worker": STAFF[name], "shut_out": name in self.case.shut, "open_cases": 3}
        if self.ask(designation.may_designate, **said):
            self.tell("designate", name=name, kind=self.case.kind)
            self.case.worker_name, self.case.designated_on = name, self.case.on
            self.case.spells.append((name, self.case.on, None))

    @rule(name=names, gap=st.integers(0, 2))
    @precondition(lambda self: self.case.has_worker)
    def hand_over(self, name: str, gap: int) -> None:
        said = {
            "worker": STAFF[name], "same_worker": name == self.case.worker_name, "shut_out": name in self.case.shut,
            "leaves_on": self.case.on, "begins_on": self.case.on + dt.timedelta(days=gap), "open_cases": 30,
        }  # fmt: skip
        if self.ask(designation.may_hand_over, **said):
            self.tell("designate", name=name, kind=self.case.kind)
            former, begun, _ = self.case.spells[-1]
            self.case.spells[-1] = (former, begun, said["leaves_on"])
            self.case.spells.append((name, said["begins_on"], None))
            self.case.worker_name = name

    @rule(has_successor=st.booleans())
    @precondition(lambda self: self.case.has_worker)
    def worker_wants_to_leave(self, has_successor: bool) -> None:
        if self.ask(designation.someone_follows, case_open=True, has_successor=has_successor):
            assert has_successor

    @rule(name=names)
    def shut_out(self, name: str) -> None:
        if name != self.case.worker_name and self.ask(access.has_ground, ground=access.Ground.RELATIVE, words=""):
            self.case.shut.add(name)

    @rule(language=st.sampled_from(["ka", "ru", ""]))
    def explain(self, language: str) -> None:
        if self.ask(consent.explanation, what="the road", language=language, by_whom="nino"):
            self.tell("explained")
            self.case.explained_on = self.case.explained_on or self.case.on

    @rule(
        asked=st.sets(scopes, max_size=3), organisation=st.sampled_from(ORGANISATIONS), signed=st.booleans(),
        told=st.booleans(), by_designated_worker=st.booleans(),
    )  # fmt: skip
    def take_consent(
        self, asked: set[Scope], organisation: str, signed: bool, told: bool, by_designated_worker: bool
    ) -> None:
        said = {
            "scopes": asked, "organisations": [organisation], "signed_on_screen": signed, "has_scan": False,
            "told": told, "language": "ka", "given_on": self.case.on,
            "by_designated_worker": by_designated_worker and self.case.has_worker,
        }  # fmt: skip
        if not self.ask(consent.may_take, **said):
            return
        assert signed
        assert told
        self.tell("consent", scopes=set(asked), explained_on=self.case.explained_on)
        for scope in asked:
            name = organisation if scope == Scope.DISCLOSURE else ""
            self.case.consents.append(Consent(scope, self.case.on, name))
            self.case.willing.add((scope, name))

    @rule(scope=scopes, organisation=st.sampled_from(ORGANISATIONS), in_writing=st.booleans())
    def withdraw(self, scope: Scope, organisation: str, in_writing: bool) -> None:
        name = organisation if scope == Scope.DISCLOSURE else ""
        assert self.ask(consent.withdrawal, in_writing=in_writing, heard_by="nino"), "a withdrawal was refused"
        self.case.willing.discard((scope, name))
        self.case.consents = [
            Consent(one.scope, one.given_on, one.organisation, self.case.on)
            if (one.scope, one.organisation) == (scope, name) and one.withdrawn_on is None
            else one
            for one in self.case.consents
        ]

    @rule(by_designated_worker=st.booleans())
    def identify_primary_needs(self, by_designated_worker: bool) -> None:
        if self.ask(rehabilitation.may_identify_needs, by_designated_worker=by_designated_worker):
            self.tell("care", willing=set(self.case.willing), worker=self.case.worker_name)
            self.case.primary_needs += 1

    @rule(charged_tetri=st.sampled_from([0, 0, 5000]))
    def request_rehabilitation(self, charged_tetri: int) -> None:
        if self.ask(rehabilitation.may_request, charged_tetri=charged_tetri):
            assert charged_tetri == 0
            self.tell("care", willing=set(self.case.willing), worker=self.case.worker_name)

    @rule(charged_tetri=st.sampled_from([0, 5000]))
    def something_happened(self, charged_tetri: int) -> None:
        verdict = self.ask(rehabilitation.may_record_given, charged_tetri=charged_tetri)
        assert isinstance(verdict, Allowed), "a fact was refused"
        covered = (Scope.REHABILITATION, "") in self.case.willing
        assert ("consent.missing_at_service" in verdict.flags) is not covered
        self.case.facts_recorded += 1

    @rule(ground=st.sampled_from(["", "bleeding"]))
    def emergency(self, ground: str) -> None:
        verdict = self.ask(consent.emergency_help, ground=ground, person="doctor", has_time=True)
        assert isinstance(verdict, Allowed), "emergency help was refused"
        self.case.facts_recorded += 1

    @rule(by=st.sets(st.sampled_from(list(needs.StatedBy))), priority=st.sampled_from(["necessary", "desired", None]))
    def identify_need(self, by: set[needs.StatedBy], priority: str | None) -> None:
        verdict = self.ask(plan.on_the_way) and self.ask(needs.may_record, by=by, priority=priority, reason="said so")
        if verdict:
            assert by
            assert priority
            self.tell("reintegration", kind=self.case.kind, willing=set(self.case.willing))
            self.case.needs += 1

    @rule()
    def begin_plan(self) -> None:
        if self.ask(plan.may_begin):
            self.tell("reintegration", kind=self.case.kind, willing=set(self.case.willing))
            self.case.state = PlanState.DRAFT

    @rule(item=st.sampled_from([ITEM, ITEM, BROKEN]))
    @precondition(lambda self: self.case.state is not None)
    def add_item(self, item: Item) -> None:
        if self.ask(plan.may_edit):
            self.tell("edit", state=self.case.state)
            self.case.items.append(item)

    @rule()
    @precondition(lambda self: self.case.state is not None)
    def remove_item(self) -> None:
        if self.case.items and self.ask(plan.may_edit):
            self.tell("edit", state=self.case.state)
            self.case.items.pop()

    @rule(months=st.sampled_from([6, 12, 13]))
    @precondition(lambda self: self.case.state is not None)
    def submit(self, months: int) -> None:
        if self.ask(plan.may_submit, months=months, necessary_without_item=0):
            assert months <= 12
            assert self.case.items
            assert BROKEN not in self.case.items
            self.tell("reintegration", kind=self.case.kind, willing=set(self.case.willing))
            self.case.state = PlanState(PLAN_VERSION.next(self.case.state, "submit"))

    @rule()
    @precondition(lambda self: self.case.state is not None)
    def fund_agrees(self) -> None:
        if self.ask(plan.may_agree):
            self.tell("agree", state=self.case.state)
            self.tell("reintegration", kind=self.case.kind, willing=set(self.case.willing))
            self.case.state = PlanState.AGREED
            self.case.agreed = tuple(self.case.items)

    @rule(reasons=st.sampled_from(["", "housing is missing"]))
    @precondition(lambda self: self.case.state is not None)
    def fund_returns(self, reasons: str) -> None:
        if self.ask(plan.may_return, reasons=reasons):
            assert reasons
            self.tell("agree", state=self.case.state)
            self.case.state = PlanState.RETURNED

    @rule(organisation=st.sampled_from(ORGANISATIONS))
    def request_reintegration(self, organisation: str) -> None:
        if self.ask(plan.may_request_reintegration, organisation=organisation):
            assert self.case.agreed is not None, "S7.5: asked before the Fund agreed"
            assert (Scope.DISCLOSURE, organisation) in self.case.willing
            self.tell("reintegration", kind=self.case.kind, willing=set(self.case.willing))

    @invariant()
    def no_reintegration_before_status_or_without_consent(self) -> None:
        for act, seen in self.case.history:
            if act == "reintegration":
                assert seen["kind"] != StatusKind.PRESUMED, "S3.1"
                assert (Scope.REINTEGRATION, "") in seen["willing"], "S3.2"
        assert self.case.state is None or self.case.kind != StatusKind.PRESUMED

    @invariant()
    def no_rehabilitation_without_consent_or_worker(self) -> None:
        for act, seen in self.case.history:
            if act == "care":
                assert (Scope.REHABILITATION, "") in seen["willing"], "S0.1"
                assert seen["worker"], "S7.2"

    @invariant()
    def consents_stand_apart_and_reintegration_follows_the_explanation(self) -> None:
        for act, seen in self.case.history:
            if act == "consent":
                assert not {Scope.REHABILITATION, Scope.REINTEGRATION} <= seen["scopes"], "S3.2"
                assert Scope.REINTEGRATION not in seen["scopes"] or seen["explained_on"], "S7.4"

    @invariant()
    def what_was_agreed_never_changes_and_was_pending(self) -> None:
        assert self.case.agreed is None or tuple(self.case.items) == self.case.agreed, "S3.4b"
        for act, seen in self.case.history:
            assert act != "agree" or seen["state"] == PlanState.SUBMITTED
            assert act != "edit" or seen["state"] in {PlanState.DRAFT, PlanState.RETURNED}

    @invariant()
    def from_designation_on_there_is_always_one_worker_of_the_fund(self) -> None:
        for (_, _, left), (_, began, _) in pairwise(self.case.spells):
            assert left is not None
            assert began <= left, "S3.3"
        assert not self.case.spells or self.case.spells[-1][2] is None
        for act, seen in self.case.history:
            if act == "designate":
                assert seen["kind"] != StatusKind.PRESUMED, "S7.2"
                assert STAFF[seen["name"]].fund_employee, "S5.1"
                assert STAFF[seen["name"]].registered, "S5.1"
        assert self.case.worker_name not in self.case.shut, "G4"

    @invariant()
    def the_case_moves_only_as_a_case_can(self) -> None:
        stage = stage_of(self.case.facts())
        assert possible(self.stage, stage), (self.stage, stage)
        if self.case.kind == StatusKind.PRESUMED:
            assert stage in {Stage.PRESUMED, Stage.STATUS}
        self.stage = stage


def walk(examples: int, *phases: Phase, derandomize: bool) -> None:
    run_state_machine_as_test(
        Road,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, database=None, phases=phases,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
            derandomize=derandomize,
        ),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.clause("S0.1", "S0.2", "S3.1", "S3.2", "S3.3", "S3.4b", "S5.1", "S7.2", "S7.4", "S7.5", "G1", "G4")
def test_no_sequence_of_acts_breaks_an_invariant_of_the_register():
    walk(100, Phase.generate, Phase.shrink, derandomize=settings().derandomize)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "access.not_shut_out", "consent.apart", "consent.explained_before",
        "consent.rehabilitation", "consent.reintegration", "consent.service_given", "designation.after_status",
        "designation.eligible", "designation.no_gap", "plan.editable", "plan.first_to_fund", "plan.pending",
        "rehabilitation.free", "status.reintegration_open",
    ],
)  # fmt: skip
def test_the_search_finds_the_breach_when_a_rule_is_gone(name):
    with lifted(f"gza.law.{name}"), pytest.raises(AssertionError):
        walk(3000, Phase.generate, derandomize=True)
