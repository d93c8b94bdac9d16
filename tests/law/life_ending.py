"""What may be tried on a case from the final plan to its end and after it."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from gza.law import amendment, closing, final, followup, plan, signatures, termination
from gza.law.final import Term
from gza.law.final_items import FinalItem
from gza.law.lifecycles import PlanState
from gza.law.termination import Violation
from gza.law.terms import last_day

from .life import ITEMS, OPEN, POST, TELEPHONE, Version
from .life_seeking import DAY, Seeking, yes


class Living(Seeking):
    """Acts on ``case``."""

    @rule()
    def begin_final(self) -> None:
        case = self.case
        if self.works() and case.plan_open and case.force is None and final.may_begin(
            **self.way(), initial_agreed=case.initial_agreed, unsought=case.unsought(), waiting=case.waiting(),
            undecided=case.undecided(), has_open_version=case.draft is not None,
        ):  # fmt: skip
            case.versions.append(Version(PlanState.DRAFT))

    def _items(self, version: Version, sources: tuple[str, str]) -> list[FinalItem]:
        case = self.case
        return [
            FinalItem(
                source, priority, starts_on=version.starts_on, ends_on=version.ends_on, told=True,
                review_on=version.starts_on, changed=False,
                answered=any(one.item == item and one.state == "accepted" for one in case.requests),
                funded=any(one.item == item and one.amount > one.released for one in case.monies),
            )
            for (item, priority), source in zip(ITEMS.items(), sources, strict=True)
        ]  # fmt: skip

    @rule(months=st.sampled_from([6, 12, 13]), sources=st.tuples(*[st.sampled_from(["provider", "fund", "unmet"])] * 2))
    def submit_final(self, months: int, sources: tuple[str, str]) -> None:
        case, draft = self.case, self.case.draft
        if draft is None or draft.state != PlanState.DRAFT or not self.works():
            return
        draft.starts_on = case.starts_on or case.on + DAY
        draft.ends_on = last_day(draft.starts_on, months)
        found = self._items(draft, sources)
        term = Term(draft.starts_on, draft.ends_on, case.latest_end)
        if draft.ground:
            allowed = amendment.may_fix(
                **self.way(), state=draft.state, items=found, unmet_before=0, missing=0, term_=term
            )
        else:
            allowed = final.may_submit(**self.way(), state=draft.state, items=found, missing=0, term_=term)
        if allowed:
            secured = {"provider": "answered", "fund": "funded"}
            assert all(getattr(one, secured[one.source]) for one in found if one.source in secured), "S7.6"
            assert case.latest_end is None or draft.ends_on <= case.latest_end, "S7.10: past the first twelve months"
            draft.items, draft.content = found, f"{len(case.versions)}".encode()
            draft.state = PlanState.TO_SIGN if draft.ground else PlanState.SUBMITTED
            draft.fixed_on = case.on

    @rule(words=st.sampled_from(["", "თანახმა"]))
    def fund_agrees(self, words: str) -> None:
        draft = self.case.draft
        if draft and self.works() and final.may_agree(**self.way(), state=draft.state, items=draft.items, words=words):
            assert words or all(one.source != "unmet" for one in draft.items), "S7.6"
            draft.state = PlanState.AGREED

    @rule(reasons=st.sampled_from(["", "ვადა"]))
    def fund_returns(self, reasons: str) -> None:
        draft = self.case.draft
        if draft and plan.may_return(state=draft.state, reasons=reasons):
            assert reasons, "S3.4b"
            draft.state = PlanState.RETURNED

    @rule()
    def go_on_after_a_return(self) -> None:
        case, draft = self.case, self.case.draft
        if draft and draft.state == PlanState.RETURNED and self.works() and plan.on_the_way(**self.way()):
            case.versions.append(Version(PlanState.DRAFT))

    @rule()
    def take_the_plan_back(self) -> None:
        case, draft = self.case, self.case.draft
        if draft is None or not self.works() or not plan.on_the_way(**self.way()):
            return
        if final.to_rework(state=draft.state, amendment=bool(draft.ground)):
            draft.state = PlanState.SUPERSEDED
            case.versions.append(Version(PlanState.DRAFT))

    @rule()
    def drop_the_amendment(self) -> None:
        draft = self.case.draft
        if draft and draft.ground and self.works() and amendment.droppable(state=draft.state):
            assert len(draft.signed) < 2
            draft.state = PlanState.DROPPED

    @rule(who=st.sampled_from(["beneficiary", "worker"]), replayed=yes)
    def sign(self, who: str, replayed: bool) -> None:
        case, draft = self.case, self.case.draft
        if draft is None or not self.works():
            return
        read = b"another" if replayed else draft.content
        if signatures.may_sign(
            **self.way(), state=draft.state, who=who, minor=False, court_decision=False,
            by_designated_worker=bool(case.worker), already=who in draft.signed, form="screen", has_strokes=True,
            has_scan=False, witness="", language="ka", read=read, fingerprint=draft.content, fixed_on=draft.fixed_on,
        ):  # fmt: skip
            self.tell_history("sign")
            draft.signed[who] = read
            self._come_into_force(draft)

    def _come_into_force(self, draft: Version) -> None:
        case = self.case
        live = self._items(draft, (draft.items[0].source, draft.items[1].source))
        if not signatures.may_come_into_force(signed=list(draft.signed), items=live):
            return
        if case.force:
            case.force.state = PlanState.SUPERSEDED
        assert draft.state in {PlanState.AGREED, PlanState.TO_SIGN}, "S7.8: taken back, and in force"
        draft.state = PlanState.IN_FORCE
        case.starts_on = case.starts_on or draft.starts_on
        case.latest_end = case.latest_end or last_day(draft.starts_on or case.on, 12)
        case.in_force_on, case.ends_on = case.in_force_on or case.on, draft.ends_on
        self.tell_history(
            "force", start=case.starts_on, end=draft.ends_on, signed=dict(draft.signed), content=draft.content
        )

    @rule(ground=st.sampled_from(["", "needs", "offers"]))
    def amend(self, ground: str) -> None:
        case = self.case
        if self.works() and amendment.may_amend(
            **self.way(), state=case.force.state if case.force else None, has_open_version=case.draft is not None,
            ground=ground, why="შეიცვალა", latest_end=case.latest_end,
        ):  # fmt: skip
            assert ground, "S3.5"
            case.versions.append(Version(PlanState.DRAFT, ground=ground))

    def _end(self, ground: str, **seen: Any) -> None:
        case = self.case
        for one in case.versions:
            if one.state == PlanState.IN_FORCE:
                one.state = PlanState.ENDED
            elif one.state in {PlanState.DRAFT, PlanState.TO_SIGN, PlanState.SUBMITTED, PlanState.AGREED}:
                one.state = PlanState.DROPPED
        if ground != "expiry":
            for request in case.requests:
                request.state = "stopped" if request.state in OPEN else request.state
        case.considered = {
            k: ("dropped" if s in {"open", "deferred"} else s, w) for k, (s, w) in case.considered.items()
        }
        case.plan_open, case.plan_ended_on, case.suspended = False, case.on, False
        case.plans_ended, case.asked_to_end = case.plans_ended + 1, False
        self.tell_history("end", ground=ground, **seen)

    def running(self) -> bool:
        force = self.case.force
        return force is not None and not termination.is_over(ends_on=force.ends_on, on=self.case.on)

    @rule(text=st.sampled_from(["", "გთხოვთ"]), need=st.sampled_from(["", "სამუშაო"]))
    def request_end(self, text: str, need: str) -> None:
        if termination.may_request_end(in_force=self.running(), has_file=False, text=text, changed_need=need):
            assert text
            assert need
            self.case.asked_to_end = True

    @rule(granted=yes, director=yes)
    def fund_answers_request(self, granted: bool, director: bool) -> None:
        case = self.case
        if termination.may_decide_request(
            in_force=self.running(), waits=case.asked_to_end, reasons="ასე ჯობს", delegations=self.powers(director),
            on=case.on,
        ):  # fmt: skip
            if granted:
                self._end("request", asked=case.asked_to_end, director=director)
            case.asked_to_end = False

    @rule(gross=yes)
    def violation(self, gross: bool) -> None:
        if termination.running(in_force=self.running()):
            self.case.violations.append(Violation(self.case.on, gross))

    @rule(pick=st.integers(0, 3), warn=yes)
    def hear_or_warn(self, pick: int, warn: bool) -> None:
        case = self.case
        if pick < len(case.violations):
            one = case.violations[pick]
            if not warn:
                case.violations[pick] = Violation(one.on, one.gross, True, one.warned_on)
            elif termination.warning(heard_before=one.heard, warned_before=one.warned_on is not None, words="x"):
                case.violations[pick] = Violation(one.on, one.gross, one.heard, case.on)

    @rule(director=yes)
    def end_for_violation(self, director: bool) -> None:
        case = self.case
        if termination.may_end_for_violation(
            in_force=self.running(), violations=case.violations, reasons="ორჯერ", delegations=self.powers(director),
            on=case.on,
        ):  # fmt: skip
            self._end("violation", violations=list(case.violations), director=director)

    @rule(by=st.sampled_from(["nino", "eka"]))
    def record_end_in_fact(self, by: str) -> None:
        case = self.case
        if termination.not_closed_yet(case_ended=case.ended) and termination.recorded_once(
            waits=bool(case.recorded_by)
        ):
            case.recorded_by = by

    @rule(by=st.sampled_from(["nino", "eka"]))
    @precondition(lambda self: self.case.recorded_by)
    def confirm_end_in_fact(self, by: str) -> None:
        case = self.case
        if termination.another_person(recorded_by_same=by == case.recorded_by):
            assert by != case.recorded_by, "S7.12: two people"
            if case.plan_open:
                self._end("in_fact")
            case.recorded_by, case.ended, case.worker = "", True, ""

    @rule(handed=yes, text=st.sampled_from(["", "დასრულდა", f"{POST} {TELEPHONE}"]))
    def tell(self, handed: bool, text: str) -> None:
        case = self.case
        if closing.may_tell(ended=case.plan_ended_on is not None, handed=handed, text=text, why_not="", post=POST,
                            telephone=TELEPHONE):  # fmt: skip
            assert POST in text, "S7.12"
            case.notified = True

    @rule(agreed=yes)
    def answer_follow_up(self, agreed: bool) -> None:
        case = self.case
        if not self.works() or not closing.plan_ended(ended=case.plan_ended_on is not None):
            return
        if not agreed and case.follow_up in {"", "offered"}:
            case.follow_up = "declined"
        elif agreed and followup.may_agree(
            state=case.follow_up, way="telephone", method="დის ნომერზე", every_days=30, hour_from=None, hour_to=None,
            review_on=case.on + 60 * DAY, on=case.on,
        ):  # fmt: skip
            case.follow_up = "agreed"

    @rule()
    def close(self) -> None:
        case = self.case
        if closing.may_close(
            case_ended=case.ended, plan_open=case.plan_open, had_plan=case.plans_ended > 0, notified=case.notified,
            settled=case.follow_up in {"declined", "ended"}, consent_in_force=bool(case.willing), duplicate=case.joined,
            reason="გავლილია",
        ):  # fmt: skip
            self.tell_history("close", plan_open=case.plan_open, notified=case.notified)
            case.ended, case.worker = True, ""

    @rule()
    def reopen(self) -> None:
        if closing.may_reopen(case_ended=self.case.ended, reason="დაბრუნდა"):
            self.case.ended, self.case.worker = False, "eka"

    @rule(director=yes)
    def decide_later_plan(self, director: bool) -> None:
        case = self.case
        if closing.may_plan_again(
            case_ended=case.ended, ended=case.plan_ended_on is not None, notified=case.notified, reasons="სჭირდება",
            delegations=self.powers(director), on=case.on,
        ):  # fmt: skip
            assert director, "G5"
            case.later_decided += 1
            case.plan_ended_on, case.notified, case.follow_up = None, False, ""
            case.in_force_on = case.starts_on = case.ends_on = case.latest_end = None
            case.initial_agreed, case.versions, case.requests, case.considered = False, [], [], {}

    @rule()
    def begin_again(self) -> None:
        case = self.case
        if (
            self.works()
            and not case.plan_open
            and plan.on_the_way(**self.way())
            and closing.later_decided(plans_ended=case.plans_ended, later_plans_decided=case.later_decided)
        ):
            self.tell_history("again", ended=case.plans_ended, decided=case.later_decided)
            case.plan_open = case.initial_agreed = True
