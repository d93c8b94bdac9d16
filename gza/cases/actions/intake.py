"""How a case begins: a person is received, or a case on paper is taken over (G3)."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from gza.accounts import permissions
from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases import marks
from gza.cases.coded import Coded, check
from gza.cases.enums import Circumstance, Provenance, Scope, Standing, StatusBody, StatusKind, Topic
from gza.cases.inputs import PersonInput, RepresentativeInput
from gza.cases.models import Case, Person, Profile, Story, TakeOver
from gza.cases.queries.matches import candidates
from gza.cases.steps import Work, circumstance, free_code, index_names, keep, key_holds, settle
from gza.core import clock
from gza.core.ids import uuid7
from gza.law import entry, status
from gza.law.stages import Stage
from gza.ledger import work as ledger
from gza.ledger.work import Act
from gza.vault import steps as vault
from gza.vault.filecheck import Accepted

from .consent import Signature, consented, explained
from .designation import designated
from .needs import NeedInput, PrimaryNeedInput, needed, primary
from .people import represented
from .status import granted


@dataclass(frozen=True)
class Arrival:
    """Who comes, and what is known on the first day.

    ``presumed``: received before any decision, as a presumed victim; otherwise a body has been asked to decide, or has
    decided (its decision is recorded by ``record_status``). ``region`` is that of the office.
    """

    person: PersonInput
    coded: Coded
    region: str
    presumed: bool = False
    account: str = ""
    representative: RepresentativeInput | None = None
    in_shelter: bool | None = None
    cooperates: bool | None = None


def open_case(
    *,
    arrival: Arrival,
    case_id: uuid.UUID | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Case:
    """Receive a person: opens a case with keys of its own. A possible duplicate is flagged for the coordinator.

    Args:
        arrival: who comes.
        case_id: an id the form was given; sent twice, it opens one case.
        happened_on: the day of arrival.
        reason: why it is entered late.
        by: a social worker, who then keeps the case until a designation, or the registry.
    """
    permissions.require("cases.receive", by)
    return _once(case_id, by, lambda id_: _receive(id_, arrival, happened_on, reason, by))


def _once(case_id: uuid.UUID | None, by: Principal, make: Callable[[uuid.UUID], Case]) -> Case:
    """Make the case, or give the one that the same form has made already, be it at this very moment."""
    if case_id is None:
        return make(uuid7())
    mine = Case.objects.filter(id=case_id, opened_by=by.id)
    known = mine.first()
    if known:
        return known
    try:
        return make(case_id)
    except IntegrityError:
        known = mine.first()
        if known is None:
            raise
        return known


def _receive(case_id: uuid.UUID, arrival: Arrival, happened_on: dt.date | None, reason: str, by: Principal) -> Case:
    with ledger.act("cases.open", by=by, case=case_id, clause="S3.1", happened_on=happened_on) as doing:
        work = _begin(doing, arrival, reason, by, Provenance.NEW)
        work.require(entry.may_enter(happened_on=work.happened_on, today=work.today, reason=work.reason))
        kind = status.StatusKind.PRESUMED if arrival.presumed else status.StatusKind.VICTIM
        work.require(status.received(kind=kind))
        _arrive(work, arrival)
        settle(work)
        return work.case


def _begin(doing: Act, arrival: Arrival, reason: str, by: Principal, provenance: Provenance) -> Work:
    today = clock.today()
    case_id, day = doing.case, doing.happened_on or today
    doing.happened_on, doing.subject = day, case_id
    doing.facts = {"presumed": arrival.presumed, "provenance": provenance.value}
    keeps = by.id if by.role == Role.SOCIAL_WORKER else None
    case = Case(
        id=case_id, code=free_code(), provenance=provenance,
        taken_over_on=day if provenance == Provenance.TAKEN_OVER else None,
        stage=Stage.PRESUMED.value, stage_since=day, region=arrival.region, opened_on=day,
        opened_by=by.id, holder_id=keeps, standing=Standing.PRESUMED, presumed_on=day if arrival.presumed else None,
        status_asked_on=None if arrival.presumed else day,
    )  # fmt: skip
    return Work(case, by, doing, day, today, reason.strip())


def _arrive(work: Work, arrival: Arrival) -> None:
    """Keys, the case's row, the person, the profile, and what else is known on the first day."""
    case, by = work.case, work.by
    key_holds(by.id)
    vault.open_case(case.id, holders=[case.holder_id] if case.holder_id else [], by=by.ring)
    case.save(force_insert=True)
    twins = candidates(arrival.person)
    person = work.fact(Person, texts=arrival.person.columns())
    index_names(work, person)
    coded = check(arrival.coded, this_year=work.today.year)
    work.fact(Profile, texts={"coded": coded.text()})
    for twin in twins:
        work.flag(marks.POSSIBLE_DUPLICATE, other_case=twin)
    if arrival.account:
        work.fact(Story, texts={"text": arrival.account})
    if arrival.representative:
        represented(work, arrival.representative)
    for kind, value in ((Circumstance.SHELTER, arrival.in_shelter), (Circumstance.COOPERATION, arrival.cooperates)):
        if value is not None:
            circumstance(work, kind=kind, value=value)
    work.doing.subject = case.id


@dataclass(frozen=True)
class PaperStatus:
    """A status decision in a paper file."""

    kind: StatusKind
    body: StatusBody
    on: dt.date
    document_number: str = ""
    organisation_id: uuid.UUID | None = None


@dataclass(frozen=True)
class PaperConsent:
    """A consent in a paper file, with its scan."""

    scope: Scope
    on: dt.date
    scan: Accepted
    language: str
    organisations: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Paper:
    """What a paper file holds (G3). Days lie in the past and may lie in any order: that is flagged, not refused.

    ``balance`` is money of the Fund already committed to reintegration, in tetri; None is refused, zero must be said.
    ``evidence`` says where the paper is kept. An agreed plan is entered by ``plans.actions.enter_paper_plan``.
    """

    file_number: str
    evidence: str
    balance: int | None
    reports_from: dt.date | None = None
    scan: Accepted | None = None
    statuses: Sequence[PaperStatus] = ()
    worker_id: uuid.UUID | None = None
    designated_on: dt.date | None = None
    consents: Sequence[PaperConsent] = ()
    primary_needs: Sequence[PrimaryNeedInput] = ()
    primary_needs_on: dt.date | None = None
    explained_on: dt.date | None = None
    explained_by: uuid.UUID | None = None
    explained_in: str = "ka"
    topics: Sequence[Topic] = field(default=(Topic.IMPORTANCE, Topic.PROCEDURE))
    needs: Sequence[NeedInput] = ()
    needs_on: dt.date | None = None


def take_over(
    *,
    arrival: Arrival,
    paper: Paper,
    case_id: uuid.UUID | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Case:
    """Take a case over that already runs on paper: it enters mid-road, marked, with its evidence (G3).

    Args:
        arrival: who it is about.
        paper: what the file holds.
        case_id: an id the form was given; sent twice, it opens one case.
        happened_on: the day of take-over.
        reason: why it is entered late.
        by: the registry.
    """
    permissions.require("cases.search", by)
    return _once(case_id, by, lambda id_: _take_over(id_, arrival, paper, happened_on, reason, by=by))


def _take_over(
    case_id: uuid.UUID, arrival: Arrival, paper: Paper, happened_on: dt.date | None, reason: str, *, by: Principal
) -> Case:
    with ledger.act("cases.take_over", by=by, case=case_id, clause="G3", happened_on=happened_on) as doing:
        work = _begin(doing, arrival, reason, by, Provenance.TAKEN_OVER)
        work.require(entry.may_enter(happened_on=work.happened_on, today=work.today, reason=work.reason))
        evidenced = bool(paper.evidence.strip() or paper.scan)
        ledger.require(
            entry.may_take_over(has_evidence=evidenced, opening_balance_tetri=paper.balance, on=work.happened_on)
        )
        _arrive(work, arrival)
        row = work.fact(
            TakeOver, balance=paper.balance or 0, reports_from=paper.reports_from or work.happened_on,
            file_id=keep(work, paper.scan, "cases.take_over.file", "legal"),
            texts={"file_number": paper.file_number, "evidence": paper.evidence},
        )  # fmt: skip
        work.require(entry.taken_over(opening_balance_tetri=paper.balance or 0, on=work.happened_on), row.id)
        _past(work, paper)
        settle(work)
        return work.case


def _past(work: Work, paper: Paper) -> None:
    for one in paper.statuses:
        with _on(work, one.on):
            granted(
                work, kind=one.kind, body=one.body, organisation_id=one.organisation_id,
                document_number=one.document_number, scan=None,
            )  # fmt: skip
    if paper.worker_id:
        with _on(work, paper.designated_on):
            designated(work, worker_id=paper.worker_id)
    if paper.explained_on:
        with _on(work, paper.explained_on):
            explained(
                work, scope=Scope.REINTEGRATION, topics=paper.topics, language=paper.explained_in,
                explained_by=paper.explained_by or paper.worker_id or work.by.id,
            )  # fmt: skip
    for one_consent in paper.consents:
        with _on(work, one_consent.on):
            scopes = [one_consent.scope] + ([Scope.DISCLOSURE] if one_consent.organisations else [])
            consented(
                work, scopes=scopes, organisations=one_consent.organisations,
                signature=Signature(form="paper", scan=one_consent.scan), language=one_consent.language,
                wording="", told=True, by_designated_worker=True,
            )  # fmt: skip
    if paper.primary_needs_on:
        with _on(work, paper.primary_needs_on):
            primary(work, paper.primary_needs, "", by_designated_worker=True)
    with _on(work, paper.needs_on):
        for need in paper.needs:
            needed(work, need)


def _on(work: Work, day: dt.date | None) -> Any:
    """Within, what is written happened on ``day``; a day in the future or of an absurd century is refused."""
    if day is not None:
        ledger.require(entry.not_future(happened_on=day, today=work.today))
        ledger.require(entry.sane_century(day=day, today=work.today))
    return work.at(day)
