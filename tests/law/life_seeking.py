"""What may be tried on a case between its agreed initial plan and the money: consent, providers, money, a merge."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from gza.law import consent, consideration, funding, merging, plan, reporting, requests, status, termination
from gza.law.consent import Consent, Scope
from gza.law.consideration import Settled
from gza.law.funding import Matter
from gza.law.lifecycles import REQUEST, ConsiderationState
from gza.law.status import GRANTED_BY, StatusKind
from gza.law.verdicts import Allowed

from .life import CEILING, DIRECTOR, ITEMS, OPEN, ORGANISATIONS, START, Life, Money, Request

DAY = dt.timedelta(days=1)
items, organisations = st.sampled_from(sorted(ITEMS)), st.sampled_from(ORGANISATIONS)
sums = st.sampled_from([50_000, 100_000, 150_000, 200_000, 200_001])
yes = st.booleans()


class Seeking:
    """Acts on ``case``; ``_end`` is the machine's."""

    case: Life

    def _end(self, ground: str, **seen: Any) -> None:
        raise NotImplementedError

    def tell_history(self, act: str, **seen: Any) -> None:
        case = self.case
        self.case.history.append(
            (act, {"willing": set(case.willing), "ended": case.ended, "worker": case.worker, **seen})
        )

    def way(self) -> dict[str, Any]:
        return {"kind": self.case.kind, "consents": self.case.consents, "on": self.case.on}

    def powers(self, director: bool) -> list[Any]:
        return DIRECTOR if director else []

    def works(self) -> bool:
        """Case work is asked of an open case alone."""
        allowed = bool(termination.not_closed_yet(case_ended=self.case.ended))
        assert not (allowed and self.case.ended), "S7.12: work goes on in a closed case"
        return allowed

    @rule(days=st.integers(1, 90))
    def time_passes(self, days: int) -> None:
        self.case.on += dt.timedelta(days=days)

    @rule()
    def clock_set_back_a_day(self) -> None:
        if self.case.on - DAY > START:
            self.case.on -= DAY

    @rule()
    def timer(self) -> None:
        case = self.case
        if case.force and case.force.ends_on and termination.expired(ends_on=case.force.ends_on, on=case.on):
            assert case.on > case.force.ends_on
            self._end("expiry")

    @rule(kind=st.sampled_from([StatusKind.VICTIM, StatusKind.STATUTORY_VICTIM]))
    def second_status(self, kind: StatusKind) -> None:
        if status.may_record(kind=kind, body=GRANTED_BY[kind], has_document=True) and status.once(
            already=kind in self.case.statuses
        ):
            self.case.statuses.add(kind)

    @rule(scope=st.sampled_from([Scope.REINTEGRATION, Scope.DISCLOSURE]), organisation=organisations)
    def withdraw(self, scope: Scope, organisation: str) -> None:
        case, name = self.case, organisation if scope == Scope.DISCLOSURE else ""
        assert isinstance(consent.withdrawal(in_writing=False, heard_by="nino"), Allowed)
        case.willing.discard((scope, name))
        case.consents = [
            Consent(one.scope, one.given_on, one.organisation, case.on)
            if (one.scope, one.organisation, one.withdrawn_on) == (scope, name, None) else one
            for one in case.consents
        ]  # fmt: skip
        for one in case.requests:
            if one.state in OPEN and (not name or one.organisation == name):
                one.state = REQUEST.next(one.state, "stop")
        if not name and case.plan_open:
            case.suspended = True
            case.considered = {k: (s if s not in {"open", "deferred"} else "dropped", w)
                               for k, (s, w) in case.considered.items()}  # fmt: skip

    @rule(scope=st.sampled_from([Scope.REINTEGRATION, Scope.DISCLOSURE]), organisation=organisations)
    def consent_again(self, scope: Scope, organisation: str) -> None:
        name = organisation if scope == Scope.DISCLOSURE else ""
        if self.works() and (scope, name) not in self.case.willing:
            self.case.consents.append(Consent(scope, self.case.on, name))
            self.case.willing.add((scope, name))
            self.case.suspended = self.case.suspended and bool(name)

    @rule(item=items, organisation=organisations)
    def ask_provider(self, item: str, organisation: str) -> None:
        case = self.case
        already = any(one.item == item and one.organisation == organisation and one.state in OPEN
                      for one in case.requests)  # fmt: skip
        if self.works() and requests.may_ask(
            **self.way(), initial_agreed=case.initial_agreed and case.plan_open, organisation=organisation,
            of_fund=False, in_edition=True, standing_offer=True, open_already=already, told=("service",),
            answer_due=case.on + 10 * DAY, months=(1, 6),
        ):  # fmt: skip
            assert not already
            self.tell_history("ask", organisation=organisation)
            case.requests.append(Request(item, organisation, "sent", case.on + 10 * DAY))

    @rule(pick=st.integers(0, 5), act=st.sampled_from(["accept", "partly", "decline", "certify"]))
    def provider_answers(self, pick: int, act: str) -> None:
        if pick < len(self.case.requests):
            one = self.case.requests[pick]
            if REQUEST.verdict(one.state, act):
                assert one.state in {"sent", "unanswered"}
                one.state = REQUEST.next(one.state, act)

    @rule(pick=st.integers(0, 5))
    def take_a_request_back(self, pick: int) -> None:
        if pick < len(self.case.requests) and self.works():
            one = self.case.requests[pick]
            if REQUEST.verdict(one.state, "withdraw"):
                assert one.state in OPEN
                one.state = REQUEST.next(one.state, "withdraw")

    @rule(item=items)
    def consider(self, item: str) -> None:
        case = self.case
        mine = [one for one in case.requests if one.item == item]
        facts = {"uncovered": 0 if any(one.state == "accepted" for one in mine) else 6, "untried": 0,
                 "waiting": sum(one.state == "sent" for one in mine)}  # fmt: skip
        given = any(one.item == item and one.amount > one.released for one in case.monies)
        if (
            self.works()
            and plan.on_the_way(**self.way())
            and case.plan_open
            and consideration.may_ask(
                needs_provider=True,
                **facts,
                states=[s for s in [case.state_of(item)] if s],
                unreleased=given,
                why="ახალი",
            )
        ):
            case.considered[item] = ("open", None)

    @rule(item=items, wanted=sums)
    def work_out(self, item: str, wanted: int) -> None:
        state = self.case.state_of(item)
        if state and funding.may_work_out(state=state, wanted=wanted, grounds="ფასი", payee="სკოლა"):
            self.case.considered[item] = (state, wanted)

    def _matter(self, item: str) -> tuple[Matter | None, bool]:
        """The consideration of an item, and whether what is necessary is secured."""
        case, (state, wanted) = self.case, self.case.considered.get(item, (None, None))
        necessary = any(one.item == "course" and one.state == "accepted" for one in case.requests)
        if state is None:
            return None, necessary
        stands = Settled.SECURED if necessary else Settled.OPEN
        return Matter(
            ConsiderationState(state), ITEMS[item], wanted, (stands,), case.purse(item), case.line(item)
        ), necessary  # fmt: skip

    @rule(item=items, amount=sums, director=yes)
    def grant(self, item: str, amount: int, director: bool) -> None:
        case, (matter, necessary) = self.case, self._matter(item)
        if matter is None:
            return
        if funding.may_grant(matter=matter, amount=amount, delegations=self.powers(director), **self.way()):
            assert director, "G5"
            assert ITEMS[item] == "necessary" or necessary, "S5.3"
            assert case.committed + amount <= CEILING, "S5.6"
            self.tell_history("grant")
            case.considered[item] = ("granted", matter.wanted)
            case.monies.append(Money(item, amount))

    @rule(item=items, amount=sums, director=yes, reasons=st.sampled_from(["", "ჯერ არა"]), later=yes)
    def defer_or_refuse(self, item: str, amount: int, director: bool, reasons: str, later: bool) -> None:
        case, (matter, _necessary) = self.case, self._matter(item)
        if matter is None:
            return
        asked: dict[str, Any] = {"matter": matter, "reasons": reasons, "delegations": self.powers(director)}
        if later and funding.may_defer(amount=amount, on=case.on, **asked):
            assert case.committed + case.kept(item) + amount <= CEILING, "S5.6: reserved past the ceiling"
            case.considered[item], case.deferred[item] = ("deferred", matter.wanted), amount
        elif not later and funding.may_refuse(on=case.on, **asked):
            case.considered[item] = ("refused", matter.wanted)
        else:
            return
        assert director, "G5"
        assert reasons, "S5.6: without reasons"

    @rule(pick=st.integers(0, 3), amount=sums, director=yes)
    def release(self, pick: int, amount: int, director: bool) -> None:
        if pick < len(self.case.monies):
            one = self.case.monies[pick]
            left = one.amount - one.released - one.spent
            if funding.may_release(amount=amount, left=left, reasons="დარჩა", delegations=self.powers(director),
                                   on=self.case.on):  # fmt: skip
                one.released += amount

    @rule(pick=st.integers(0, 3), amount=sums)
    def pay(self, pick: int, amount: int) -> None:
        if pick < len(self.case.monies):
            one = self.case.monies[pick]
            left = one.amount - one.released - one.spent
            if reporting.may_pay(amount_tetri=amount, left_tetri=left, paid_on=self.case.on, decided_on=START):
                one.spent += amount

    @rule()
    def something_was_given(self) -> None:
        case = self.case
        verdict = reporting.may_record_delivery(
            consents=case.consents, on=case.on, starts_on=case.starts_on, last_on=case.ends_on, in_plan=True
        )
        assert isinstance(verdict, Allowed), "G1: a fact was refused"

    @rule(apart=yes)
    def merge_with_a_duplicate(self, apart: bool) -> None:
        case = self.case
        if case.joined and apart:
            case.joined, case.over = False, False
        elif merging.two_cases(same=False, joined=case.joined) and merging.reasoned(reasons="ნომერი"):
            case.joined = True
            flags = merging.merged(over_tetri=max(0, case.committed - CEILING), plans_open=1).flags
            case.over = bool(flags)
