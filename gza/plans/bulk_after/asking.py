"""Requests and the Fund's money: what was asked of whom, what was answered, considered and decided."""

import datetime as dt
import json
import uuid
from typing import Any

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.batch import Batch, Written
from gza.core.actors import SYSTEM
from gza.law import funding
from gza.law import requests as rules
from gza.plans import packets
from gza.plans.actions.provider import REPLY
from gza.plans.enums import Channel, ConsiderationState, FundingOutcome, RequestState
from gza.plans.models import (
    Account,
    AccountCase,
    BudgetLine,
    Commitment,
    Consideration,
    FundingDecision,
    ServiceRequest,
    SetAside,
)
from gza.plans.steps.funding import due_on
from gza.vault.models import Disclosure
from gza.vault.steps import Discloser

from .going import Going, last_day_of, worker
from .stories import AsideStory, AskStory, MoneyStory


class Seeker:
    """Writes requests, offers set aside and decisions on money.

    Args:
        by: in whose name is disclosed.
    """

    def __init__(self, by: Principal) -> None:
        self.discloser = Discloser(by)
        self._lines: dict[int, uuid.UUID] = {}

    def _line(self, year: int) -> uuid.UUID:
        if year not in self._lines:
            self._lines = dict(BudgetLine.objects.values_list("year", "id"))
        return self._lines[year]

    # Requests

    def ask(self, batch: Batch, of: Written, going: Going, one: AskStory) -> ServiceRequest:
        """A request, its packet where the organisation reads it here, and what came of it."""
        who, item = worker(of), going.items[one.item]
        months = (item.month_from or 1, item.month_to or 1)
        tell = packets.Tell(of.case.region, "outside", "adult", of.story.explained_in, one.access)
        packet = packets.compose(tell, service=item.service_type_id or "", months=months)
        stopped = going.told.end is not None and one.answer in {None, RequestState.ACCEPTED}
        accepted = one.answer == RequestState.ACCEPTED
        disclosed = None
        if one.at_workplace:
            until = rules.disclosed_until(answer_due=one.answer_due)
            if accepted and one.answered_on:
                last = last_day_of(going, item, one.answered_on)
                until = max(until, rules.kept_open_until(ends_on=last))
            ended = stopped or one.answer == RequestState.DECLINED
            disclosed = self.discloser.tell(of.keys, one.organisation_id, packet, until, ended=ended)
            batch.row(of, disclosed[0])
        row = batch.fact(
            of, ServiceRequest, one.asked_on, who, origin=item, service_type_id=item.service_type_id,
            organisation_id=one.organisation_id, disclosure_id=disclosed[0].id if disclosed else None,
            month_from=months[0], month_to=months[1], answer_due=one.answer_due, state=one.answer or RequestState.SENT,
            texts={"packet": json.dumps(packet, ensure_ascii=False, sort_keys=True)},
        )  # fmt: skip
        batch.act(
            of, "plans.ask", one.asked_on, who, clause="S5.4", subject=row.id, organisation=str(one.organisation_id),
            service=item.service_type_id, on_paper=disclosed is None,
        )  # fmt: skip
        if one.reminded:
            day = one.answer_due + dt.timedelta(days=1)
            row.reminded_at = batch.evening(day)
            batch.event(of, "plans.remind", day, SYSTEM.id, clause="S5.5", subject=row.id, role=SYSTEM.role)
        if one.answer and one.answered_on:
            self._answer(batch, of, row, one, disclosed)
        if stopped and going.told.end:
            end = going.told.end
            row.state, row.stopped_on, row.stopped_by = RequestState.STOPPED, end.ended_on, going.told.director_id
            row.stopped_at = batch.evening(end.ended_on)
        return row  # type: ignore[no-any-return]  # a batch keeps rows of any model

    def _answer(
        self, batch: Batch, of: Written, row: ServiceRequest, one: AskStory, disclosed: tuple[Disclosure, bytes] | None
    ) -> None:
        day = one.answered_on
        if day is None:
            raise TypeError("an answer has its day")
        row.answered_on, row.answered_at = day, batch.evening(day)
        if disclosed and one.reader:
            row.channel, row.answered_by = Channel.WORKPLACE, one.reader
            row.seen_at, row.seen_by = batch.evening(one.asked_on), one.reader
            row.reply = self.discloser.reply(of.keys, disclosed, one.words, label=REPLY, subject=row.id)
            about: dict[str, Any] = {"role": Role.PROVIDER, "subject": row.id}
            batch.event(of, "plans.see_request", one.asked_on, one.reader, clause="S6.1", **about)
            batch.act(of, "plans.answer", day, one.reader, clause="S5.4", answer=str(one.answer), **about)
            return
        row.channel, row.answered_by = Channel.TELEPHONE, worker(of)
        batch.seal(of, row, {"answer_name": one.name, "answer_reason": one.words})
        batch.act(
            of, "plans.record_answer", day, worker(of), clause="S5.4", subject=row.id, answer=str(one.answer),
            channel=Channel.TELEPHONE.value,
        )  # fmt: skip

    # Money

    @staticmethod
    def aside(batch: Batch, of: Written, going: Going, one: AsideStory) -> None:
        """An offer set aside."""
        who = worker(of)
        row = batch.fact(
            of, SetAside, one.on, who, origin=going.items[one.item], organisation_id=one.organisation_id,
            ground=one.ground, texts={"reason": one.why},
        )  # fmt: skip
        batch.act(
            of, "plans.set_aside", one.on, who, clause="S5.5", subject=row.id, ground=one.ground,
            organisation=str(one.organisation_id),
        )  # fmt: skip

    # Money

    def consider(self, batch: Batch, of: Written, going: Going, place: int, one: MoneyStory) -> None:
        """A consideration, and the decision on it with the account and the commitment."""
        item, who = going.items[one.item], going.told.director_id
        row = batch.fact(
            of, Consideration, one.opened_on, one.opened_by, origin=item, priority=item.priority,
            due_on=due_on(one.opened_on), wanted=one.wanted,
            texts={"grounds": one.grounds, "payee_name": one.payee_name},
        )  # fmt: skip
        if one.wanted:
            row.version += 1
            day = one.decided_on or one.opened_on
            batch.act(
                of, "plans.set_wanted_sum", day, worker(of), clause="S5.6", subject=row.id, wanted=one.wanted
            )  # fmt: skip
        if one.outcome is None or one.decided_on is None:
            return
        row.state, row.closed_on = ConsiderationState(one.outcome.value), one.decided_on
        row.version += 1
        made = batch.fact(
            of, FundingDecision, one.decided_on, who, consideration=row, outcome=one.outcome, amount=one.amount,
            capacity=going.told.capacity, texts={"reasons": one.reasons},
        )  # fmt: skip
        batch.act(
            of, f"plans.fund_{one.outcome.value}", one.decided_on, who, role=Role.DIRECTOR, clause="S5.6",
            subject=made.id, amount=one.amount,
        )  # fmt: skip
        account = self._account(batch, of, going)
        if one.outcome == FundingOutcome.GRANTED:
            going.commitments[place] = batch.fact(
                of, Commitment, one.decided_on, who, account=account, decision=made,
                line_id=self._line(one.decided_on.year), origin=item, priority=item.priority, amount=one.amount,
                ceiling=funding.ceiling(one.decided_on),
            )  # fmt: skip

    @staticmethod
    def _account(batch: Batch, of: Written, going: Going) -> Account:
        """The case's account, opened at its first decision."""
        if going.account is None:
            going.account = Account()
            batch.row(of, going.account)
            batch.row(of, AccountCase(case=of.case, account=going.account))
        return going.account
