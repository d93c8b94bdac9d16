"""The second half of the road in bulk: requests, money, the final plan, signatures, its year, its end, what follows.

The rows are those the acts write, in the state they leave them in; no rule is asked. A row that the database accepts
only over others comes after them: signatures after the version in force that they sign, which ends at last.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.batch import Batch, Written
from gza.cases.enums import SignatureForm
from gza.cases.models import Flag
from gza.core import rows as rows_
from gza.core.actors import SYSTEM
from gza.directory.models import Organisation
from gza.law import final as final_rules
from gza.law import funding, parameters, reporting, termination
from gza.law import requests as request_rules
from gza.law.terms import last_day
from gza.law.verdicts import explain
from gza.vault.models import Disclosure
from gza.vault.steps import Discloser

from . import content, packets
from .actions.final import latest_end
from .actions.provider import REPLY
from .actions.signing import bound
from .after_stories import AfterStory, Agreed, AskStory, FinalStory, MoneyStory, term, unspent
from .enums import (
    Channel,
    ConsiderationState,
    FundingOutcome,
    Outcome,
    ProviderKind,
    RequestState,
    Signatory,
    Source,
    VersionKind,
    VersionState,
)
from .models import (
    Account,
    AccountCase,
    BudgetLine,
    CaseEnd,
    Commitment,
    Consideration,
    Decision,
    Delivery,
    Expenditure,
    FollowUp,
    FollowUpContact,
    FundingDecision,
    MonthlyReport,
    Notice,
    PlanCopy,
    PlanEnd,
    PlanItem,
    PlanVersion,
    ReportPart,
    ServiceRequest,
    SetAside,
    Signature,
    TerminationRequest,
    UnmetNeed,
)
from .steps.funding import due_on

ORDER: tuple[type[Any], ...] = (
    Disclosure, ServiceRequest, SetAside, Account, AccountCase, Consideration, FundingDecision, Commitment, Signature,
    PlanCopy, Delivery, Expenditure, MonthlyReport, ReportPart, TerminationRequest, PlanEnd, Flag, Notice, FollowUp,
    FollowUpContact, CaseEnd,
)  # fmt: skip
"""The models in the order in which they are inserted, after the versions of the plan."""


@dataclass
class Going:
    """One case's story under way: the agreed version and its items, and the rows written so far."""

    told: AfterStory
    initial: PlanVersion
    items: list[PlanItem]
    agreed: Agreed
    requests: list[ServiceRequest] = field(default_factory=list)
    commitments: dict[int, Commitment] = field(default_factory=dict)
    disclosures: list[Disclosure] = field(default_factory=list)


@cache
def _kinds() -> dict[uuid.UUID, str]:
    return dict(Organisation.objects.values_list("id", "kind"))


def end_versions(written: list[Written]) -> None:
    """The versions in force whose plan has ended end with it."""
    ended = [one.case.id for one in written if one.case.plan_ended_on]
    if ended:
        rows = PlanVersion.objects.filter(case__in=ended, kind=VersionKind.FINAL, state=VersionState.IN_FORCE)
        rows.update(state=VersionState.ENDED)


class After:
    """Writes what follows the agreement, case by case.

    Args:
        by: in whose name is disclosed.
    """

    def __init__(self, by: Principal) -> None:
        self._by = by
        self._discloser: Discloser | None = None
        self._lines: dict[int, uuid.UUID] = {}

    @property
    def discloser(self) -> Discloser:
        """Made at the first request."""
        if self._discloser is None:
            self._discloser = Discloser(self._by)
        return self._discloser

    def _line(self, year: int) -> uuid.UUID:
        if year not in self._lines:
            self._lines = dict(BudgetLine.objects.values_list("year", "id"))
        return self._lines[year]

    def add(
        self, batch: Batch, of: Written, told: AfterStory, initial: PlanVersion, items: list[PlanItem], agreed: Agreed
    ) -> None:
        """Everything of one case, in the order of its road."""
        going = Going(told, initial, items, agreed)
        for one in told.asks:
            going.requests.append(self._ask(batch, of, going, one))
        for aside in told.asides:
            batch.fact(
                of, SetAside, aside.on, _worker(of), origin=items[aside.item], organisation_id=aside.organisation_id,
                ground=aside.ground, texts={"reason": aside.why},
            )  # fmt: skip
            batch.act(
                of, "plans.set_aside", aside.on, _worker(of), clause="S5.5", ground=aside.ground,
                organisation=str(aside.organisation_id),
            )  # fmt: skip
        for place, money in enumerate(told.money):
            self._consider(batch, of, going, place, money)
        if told.final:
            version, rows = _final(batch, of, going, told.final)
            self._year(batch, of, going, version, rows)
            _end(batch, of, going, version)

    # Requests

    def _ask(self, batch: Batch, of: Written, going: Going, one: AskStory) -> ServiceRequest:
        who, item = _worker(of), going.items[one.item]
        months = (item.month_from or 1, item.month_to or 1)
        tell = packets.Tell(of.case.region, "outside", "adult", of.story.explained_in, one.access)
        packet = packets.compose(tell, service=item.service_type_id or "", months=months)
        stopped = going.told.end is not None and one.answer in {None, RequestState.ACCEPTED}
        accepted = one.answer == RequestState.ACCEPTED
        disclosed = None
        if one.at_workplace:
            until = request_rules.disclosed_until(answer_due=one.answer_due)
            if accepted and one.answered_on:
                last = _last_day(going, item, one.answered_on)
                until = max(until, request_rules.kept_open_until(ends_on=last))
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
        row.channel, row.answered_by = Channel.TELEPHONE, _worker(of)
        batch.seal(of, row, {"answer_name": one.name, "answer_reason": one.words})
        batch.act(
            of, "plans.record_answer", day, _worker(of), clause="S5.4", subject=row.id, answer=str(one.answer),
            channel=Channel.TELEPHONE.value,
        )  # fmt: skip

    # Money

    def _consider(self, batch: Batch, of: Written, going: Going, place: int, one: MoneyStory) -> None:
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
                of, "plans.set_wanted_sum", day, _worker(of), clause="S5.6", subject=row.id, wanted=one.wanted
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
        account = self._account(batch, of)
        if one.outcome == FundingOutcome.GRANTED:
            going.commitments[place] = batch.fact(
                of, Commitment, one.decided_on, who, account=account, decision=made,
                line_id=self._line(one.decided_on.year), origin=item, priority=item.priority, amount=one.amount,
                ceiling=funding.ceiling(one.decided_on),
            )  # fmt: skip

    @staticmethod
    def _account(batch: Batch, of: Written) -> Account:
        """The case's account, opened at its first decision."""
        known = batch.rows.get(AccountCase, [])
        if known and known[-1].case_id == of.case.id:  # type: ignore[attr-defined]  # rows of this very model
            return known[-1].account  # type: ignore[attr-defined, no-any-return]
        account: Account = batch.row(of, Account())
        batch.row(of, AccountCase(case=of.case, account=account))
        return account

    # The year

    def _year(self, batch: Batch, of: Written, going: Going, version: PlanVersion, rows: list[PlanItem]) -> None:
        days = term(going.told, going.agreed)
        if days is None or not going.told.months:
            return
        from .queries.running import Term, Year

        year = Year(Term(version.plan, *days), [version], {version.id: rows}, list(going.commitments.values()), [], [])
        for month in going.told.months:
            for given in month.given:
                answer = next(one for one in going.told.asks if one.item == given.item and one.answer == "accepted")
                item = going.items[given.item]
                year.deliveries.append(
                    batch.fact(
                        of, Delivery, given.on, _worker(of), origin=item, service_type_id=item.service_type_id,
                        organisation_id=answer.organisation_id, sessions=given.sessions,
                    )
                )  # fmt: skip
                batch.act(
                    of, "plans.record_delivery", given.on, _worker(of), clause="S7.9", service=item.service_type_id
                )  # fmt: skip
            for paid in month.paid:
                year.expenditure.append(
                    batch.fact(
                        of, Expenditure, paid.on, _worker(of), commitment=going.commitments[paid.money],
                        kind="payment", amount=paid.amount, texts={"what": paid.what},
                    )
                )  # fmt: skip
                batch.act(of, "plans.record_payment", paid.on, _worker(of), clause="S7.9", amount=paid.amount)
            if month.sent_on:
                self._report(batch, of, going, year, month)

    def _report(self, batch: Batch, of: Written, going: Going, year: Any, month: Any) -> None:
        from .queries import running as queries
        from .steps import running as steps

        who, sheet = _worker(of), year.sheet(month.month)
        sealed = steps.content(sheet)
        until = month.sent_on + dt.timedelta(days=parameters.value("report_part_days", month.sent_on))
        sent: dict[str, str] = {}
        withheld: dict[str, str] = {}
        told: list[Disclosure] = []
        for body in queries.concerned(sheet, _kinds()):
            if not self.discloser.reaches(body):
                withheld[str(body)] = reporting.NO_KEY.code
                continue
            packet = steps.part(body, sealed)
            ended = going.told.end is not None
            row, _key = self.discloser.tell(of.keys, body, packet, until, ended=ended)
            told.append(batch.row(of, row))
            sent[str(body)] = str(row.id)
        whole = {**sealed, "parts": sent, "withheld": withheld}
        report = batch.fact(
            of, MonthlyReport, month.sent_on, who, plan=year.term.plan, month=month.month,
            due_on=queries.due_on(month.month), state="read" if month.read_on else "sent", sent_on=month.sent_on,
            sent_at=batch.evening(month.sent_on), sent_by=who,
            texts={
                "work_done": month.work_done, "outlook": month.outlook, "content": json.dumps(whole, sort_keys=True),
            },
        )  # fmt: skip
        for one in told:
            batch.row(
                of, ReportPart(case=of.case, report=report, organisation_id=one.organisation, disclosure_id=one.id,
                               sent_on=month.sent_on)
            )  # fmt: skip
        named = month.month.isoformat()
        batch.act(
            of, "plans.send_report", month.sent_on, who, clause="S7.9", subject=report.id, month=named,
            parts=len(sent), withheld=len(withheld),
        )  # fmt: skip
        if month.read_on:
            report.read_at, report.read_by = batch.evening(month.read_on), of.story.coordinator_id
            batch.act(
                of, "plans.read_report", month.read_on, of.story.coordinator_id, role=Role.COORDINATOR, clause="S7.9",
                subject=report.id, month=named,
            )  # fmt: skip


def _worker(of: Written) -> uuid.UUID:
    if of.story.worker_id is None:
        raise TypeError("what follows a plan has a worker")
    return of.story.worker_id


def _last_day(going: Going, item: PlanItem, answered_on: dt.date) -> dt.date:
    """The last day of an accepted service: of its item once the plan has days, else counted from the acceptance."""
    final, month_to = going.told.final, item.month_to or 1
    if final is None:
        return request_rules.service_end(agreed_on=answered_on, month_to=month_to)
    return final_rules.days_of(final.starts_on, item.month_from or 1, month_to)[1]


# The final plan


def _final(batch: Batch, of: Written, going: Going, told: FinalStory) -> tuple[PlanVersion, list[PlanItem]]:
    who, plan, months = _worker(of), going.initial.plan, going.agreed.months
    ends_on = last_day(told.starts_on, months)
    state = VersionState.IN_FORCE if told.signed_on else VersionState.DRAFT
    if not told.signed_on and told.submitted_on:
        state = VersionState.AGREED if told.agreed_on else VersionState.SUBMITTED
    row: PlanVersion = batch.fact(
        of, PlanVersion, told.begun_on, who, plan=plan, kind=VersionKind.FINAL, number=going.initial.number + 1,
        base=going.initial, months=final_rules.month_of(told.starts_on, ends_on), starts_on=told.starts_on,
        ends_on=ends_on, latest_end=latest_end(told.starts_on), state=state, version=2, texts={"aim": told.aim},
    )  # fmt: skip
    batch.act(of, "plans.begin_final", told.begun_on, who, clause="S7.6", subject=row.id, number=row.number)
    items, unmet, said = _final_items(batch, of, going, row, told)
    batch.act(of, "plans.set_final", told.begun_on, who, clause="S7.6", subject=row.id, items=len(items))
    if told.submitted_on:
        _submitted(batch, of, row, told, said, unmet)
    if told.agreed_on:
        coordinator = of.story.coordinator_id
        row.decided_on, row.decided_by = told.agreed_on, coordinator
        row.decided_at = batch.evening(told.agreed_on)
        made = batch.fact(
            of, Decision, told.agreed_on, coordinator, plan_version=row, outcome=Outcome.AGREED,
            texts={"reasons": told.words},
        )  # fmt: skip
        batch.act(
            of, "plans.agree_final", told.agreed_on, coordinator, role=Role.COORDINATOR, clause="S7.6",
            subject=made.id, unmet=len(unmet), number=row.number,
        )  # fmt: skip
    if told.signed_on:
        _signed(batch, of, row, told, told.signed_on)
        plan.starts_on, plan.latest_end = row.starts_on, row.latest_end
    return row, items


def _final_items(
    batch: Batch, of: Written, going: Going, version: PlanVersion, told: FinalStory
) -> tuple[list[PlanItem], list[dict[str, Any]], list[dict[str, Any]]]:
    """The items as ``begin_final`` makes them: one for each answer and each sum that secures them."""
    rows: list[PlanItem] = []
    unmet: list[tuple[uuid.UUID, dict[str, Any]]] = []
    said: list[dict[str, Any]] = []
    for place, first in enumerate(going.items):
        given, granted = going.told.secured(place)
        proofs: list[dict[str, Any]] = [
            {"source": Source.PROVIDER, "request_id": going.requests[going.told.asks.index(one)].id,
             "organisation_id": one.organisation_id, "provider_kind": _kind(one.organisation_id)}
            for one in given
        ] + [
            {"source": Source.FUND, "commitment_id": going.commitments[number].id, "provider_kind": ProviderKind.FUND}
            for number, _one in granted
        ]  # fmt: skip
        lacking = going.told.source(place, str(first.priority))
        texts = _texts(of, going, place) | {"change": told.out if lacking == Source.OUT else ""}
        for proof in proofs or [{"source": lacking, "provider_kind": first.provider_kind}]:
            days: dict[str, Any] = {}
            if proofs:
                starts, ends = final_rules.days_of(told.starts_on, first.month_from or 1, first.month_to or 1)
                days = {"starts_on": starts, "ends_on": min(ends, version.ends_on or ends),
                        "month_from": first.month_from, "month_to": first.month_to}  # fmt: skip
            row = rows_.make(
                PlanItem, case=of.case, plan_version=version, position=len(rows) + 1, need_id=first.need_id,
                priority=first.priority, service_type_id=first.service_type_id, origin=first.origin, **proof, **days,
            )  # fmt: skip
            rows.append(batch.row(of, row, texts))
            said.append(content.final_item_of(row, texts))
        if lacking == Source.UNMET:
            lack = {"tried": told.tried, "pursued_by": told.pursued_by}
            need = batch.fact(
                of, UnmetNeed, told.begun_on, _worker(of), plan_version=version, origin=first, need_id=first.need_id,
                service_type_id=first.service_type_id, review_on=told.starts_on + dt.timedelta(days=30), texts=lack,
            )  # fmt: skip
            unmet.append((first.id, content.unmet_of(need, lack)))
    return rows, [one for _id, one in sorted(unmet, key=lambda pair: pair[0])], said


def _kind(organisation: uuid.UUID) -> str:
    kind = _kinds()[organisation]
    return kind if kind in ProviderKind.values else ProviderKind.NGO


def _texts(of: Written, going: Going, place: int) -> dict[str, str]:
    item = of.story.plan[-1].items[place]  # type: ignore[attr-defined]  # a planned story
    return {"detail": item.detail, "reason": item.reason}


def _submitted(
    batch: Batch,
    of: Written,
    row: PlanVersion,
    told: FinalStory,
    items: Sequence[dict[str, Any]],
    unmet: Sequence[dict[str, Any]],
) -> None:
    if told.submitted_on is None:
        raise TypeError("a submission has its day")
    more = {
        "version": str(row.id),
        "days": [row.starts_on.isoformat() if row.starts_on else "", row.ends_on.isoformat() if row.ends_on else ""],
        "ground": "",
        "grounds": "",
        "unmet": list(unmet),
    }
    text, row.fingerprint = content.text_of(row, told.aim, items, more=more)
    batch.seal(of, row, {"content": text})
    row.submitted_on, row.submitted_by = told.submitted_on, _worker(of)
    row.submitted_at = batch.evening(told.submitted_on)
    batch.act(
        of, "plans.submit_final", told.submitted_on, _worker(of), clause="S3.4b", subject=row.id, number=row.number,
        fingerprint=bytes(row.fingerprint).hex(),
    )  # fmt: skip


def _signed(batch: Batch, of: Written, row: PlanVersion, told: FinalStory, day: dt.date) -> None:
    who, print_ = _worker(of), bytes(row.fingerprint or b"")
    for signatory in (Signatory.BENEFICIARY, Signatory.WORKER):
        made = batch.fact(
            of, Signature, day, who, plan_version=row, who=signatory, form=SignatureForm.SCREEN, fingerprint=print_,
            texts={"strokes": bound(print_, told.strokes)},
        )  # fmt: skip
        last = {"in_force": True} if signatory == Signatory.WORKER else {}
        batch.act(
            of, "plans.sign", day, who, clause="S7.8", subject=made.id, who=str(signatory), form="screen",
            number=row.number, fingerprint=print_.hex(), **last,
        )  # fmt: skip
    row.in_force_on = day
    if told.copy:
        made = batch.fact(
            of, PlanCopy, day, who, plan_version=row, outcome=told.copy, texts={"note": told.copy_note}
        )  # fmt: skip
        batch.act(of, "plans.copy", day, who, clause="S7.8", subject=made.id, outcome=str(told.copy))


# The end


def _end(batch: Batch, of: Written, going: Going, version: PlanVersion) -> None:
    end, who, director = going.told.end, _worker(of), going.told.director_id
    if end is None:
        return
    plan, worker = version.plan, Role.SOCIAL_WORKER
    asked = batch.fact(
        of, TerminationRequest, end.asked_on, who, plan=plan, answered_on=end.ended_on,
        answered_at=batch.evening(end.ended_on), answered_by=director, granted=True, capacity=going.told.capacity,
        texts={"changed_need": end.changed_need, "words": end.words, "answer": end.reasons},
    )  # fmt: skip
    batch.act(of, "plans.request_end", end.asked_on, who, clause="S7.12", subject=asked.id)
    plan.ended_on = end.ended_on
    ended = batch.fact(
        of, PlanEnd, end.ended_on, director, plan=plan, ground="request", request=asked,
        capacity=going.told.capacity, texts={"reasons": end.reasons},
    )  # fmt: skip
    left = termination.money_left(unspent_tetri=sum(unspent(going.told).values()))
    for code in left.flags:
        clause = explain(code).clause
        batch.row(of, Flag(case=of.case, code=code, clause=clause, subject=ended.id, raised_by=director))
    flagged = {"flags": sorted(left.flags)} if left.flags else {}
    batch.act(
        of, "plans.answer_end_request", end.ended_on, director, role=Role.DIRECTOR, clause="S7.12", subject=asked.id,
        granted=True, **flagged,
    )  # fmt: skip
    if end.told_on:
        made = batch.fact(
            of, Notice, end.told_on, who, plan_end=ended, handed=True, texts={"how": end.how, "text": end.notice}
        )  # fmt: skip
        batch.act(of, "plans.record_notice", end.told_on, who, clause="S7.12", subject=made.id, handed=True)
    if end.answered_on and end.follow_up:
        _followed(batch, of, end.answered_on, end.follow_up)
    elif end.answered_on:
        made = batch.fact(of, FollowUp, end.answered_on, who, state="declined", texts={"words": end.declined})
        batch.act(of, "plans.decline_follow_up", end.answered_on, who, role=worker, clause="S7.11", subject=made.id)
    if of.story.closed_on and of.story.closed_by:
        day, by = of.story.closed_on, of.story.closed_by
        made = batch.fact(of, CaseEnd, day, by, texts={"evidence": end.closed})
        batch.act(of, "plans.close_case", day, by, role=Role.COORDINATOR, clause="S7.12", subject=made.id)


def _followed(batch: Batch, of: Written, day: dt.date, told: Any) -> None:
    who = _worker(of)
    row = batch.fact(
        of, FollowUp, day, who, state="agreed", way=told.way, every_days=told.every_days, review_on=told.review_on,
        hour_from=told.hours[0], hour_to=told.hours[1], texts={"method": told.method, "never": told.never},
    )  # fmt: skip
    batch.act(of, "plans.agree_follow_up", day, who, clause="S7.11", subject=row.id, way=told.way)
    if told.contact_on:
        made = batch.fact(
            of, FollowUpContact, told.contact_on, who, follow_up=row, direction="outgoing", way=told.way,
            hour=told.hours[0] + 2, texts={"note": told.note},
        )  # fmt: skip
        batch.act(
            of, "plans.record_contact", told.contact_on, who, clause="S7.11", subject=made.id, direction="outgoing",
            way=told.way, reached=True,
        )  # fmt: skip
