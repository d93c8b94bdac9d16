"""The worker's and the coordinator's acts on requests to providers (S5.4, S5.5, S7.5).

Each is one transaction and one event. Common arguments as in ``cases.actions``. ``origin_id`` is an item of the agreed
initial plan, ``request_id`` a request of the case.
"""

import datetime as dt
import json
import uuid

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.people import person_of
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, keep, on_case, seal, take
from gza.core import clock
from gza.core.actors import SYSTEM, Actor
from gza.core.calendar import add_working_days
from gza.directory.models import Organisation
from gza.law import lifecycles, offers, parameters
from gza.law import requests as rules
from gza.ledger import work as ledger
from gza.plans import packets
from gza.plans.enums import AsideGround, Channel, RequestState
from gza.plans.models import PlanItem, ServiceRequest, SetAside
from gza.plans.packets import Tell
from gza.plans.queries import requests as queries
from gza.plans.steps import requests as steps
from gza.vault import queries as vault_queries
from gza.vault import steps as vault
from gza.vault.filecheck import Accepted

ACTS = {"accepted": "accept", "partly": "partly", "declined": "decline"}
"""The act of the life cycle that leads to each answer."""


def packet_of(case: Case, item: PlanItem, tell: Tell, months: tuple[int, int], by: Principal) -> dict[str, object]:
    """What a provider would be told, exactly; for the page that shows it before it is sent, and for the act.

    Raises:
        ValueError: when a code is not one of the form's.
        vault.errors.NoGrant: when name or number is wanted and ``by`` holds no key to it.
    """
    name = telephone = ""
    if tell.name or tell.telephone:
        person = person_of(case)
        texts = by.ring.open_many([person], ["first_name", "last_name", "telephone"])[0] if person else {}
        name = " ".join(texts[key] for key in ("first_name", "last_name") if texts.get(key))
        telephone = texts.get("telephone", "")
    return packets.compose(tell, service=item.service_type_id or "", months=months, name=name, telephone=telephone)


def ask_provider(
    *,
    case_id: uuid.UUID,
    origin_id: uuid.UUID,
    organisation_id: uuid.UUID,
    tell: Tell,
    months: tuple[int, int] | None = None,
    answer_due: dt.date | None = None,
    note: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> ServiceRequest:
    """Ask an organisation for the service of an item, telling it the least; it opens here until a day.

    An organisation without a workplace here is asked on paper: the packet is then only recorded.

    Args:
        case_id: the case.
        origin_id: the item.
        organisation_id: who is asked.
        tell: what is told.
        months: first and last month asked for; the item's own when None.
        answer_due: by when; the parameter's working days after the request when None.
        note: what the worker wants to remember; sealed, never told.
        happened_on: the day it was sent.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: the designated worker.
    """
    with on_case(
        "plans.ask", case_id, by=by, clause="S5.4", may="plans.write", happened_on=happened_on, reason=reason,
        seen=seen, organisation=str(organisation_id),
    ) as work:  # fmt: skip
        item = take(queries.items(work.case).filter(service_type__isnull=False), id=origin_id)
        body = take(Organisation.objects.filter(disabled_on=None), id=organisation_id)
        asked = months or (item.month_from or 1, item.month_to or 1)
        due = answer_due or add_working_days(
            work.happened_on, parameters.value("provider_answer_working_days", work.happened_on)
        )
        _may_ask(work, item, body, tell, due, asked)
        packet = packet_of(work.case, item, tell, asked, by)
        until = rules.disclosed_until(answer_due=due)
        told = None
        if until >= work.today and not queries.of_fund(body.kind) and vault_queries.receives(body.id):
            told = vault.disclose(work.case.id, body.id, packet, until, by=by.ring).id
        row = work.fact(
            ServiceRequest, origin=item, service_type_id=item.service_type_id, organisation=body, disclosure_id=told,
            month_from=asked[0], month_to=asked[1], answer_due=due,
            texts={"packet": json.dumps(packet, ensure_ascii=False, sort_keys=True), "note": note},
        )  # fmt: skip
        work.doing.facts = {**work.doing.facts, "service": item.service_type_id, "on_paper": told is None}
        steps.mirror(work)
        return row


def _may_ask(work: Work, item: PlanItem, body: Organisation, tell: Tell, due: dt.date, months: tuple[int, int]) -> None:
    kind, _since = law_status(work.case)
    in_edition, standing = queries.offered(item.service_type_id or "", body.id, work.happened_on)
    work.require(
        rules.may_ask(
            kind=kind,
            consents=consents_of(work.case),
            initial_agreed=work.case.agreed_on is not None and work.case.agreed_on <= work.happened_on,
            organisation=str(body.id),
            of_fund=queries.of_fund(body.kind),
            in_edition=in_edition,
            standing_offer=standing,
            open_already=queries.open_request(work.case, item.id, body.id),
            told=tell.told,
            answer_due=due,
            months=months,
            on=work.happened_on,
        )
    )


def record_answer(
    *,
    case_id: uuid.UUID,
    request_id: uuid.UUID,
    answer: RequestState | str,
    channel: Channel | str,
    name: str,
    words: str = "",
    covers: tuple[int, int] | None = None,
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> ServiceRequest:
    """Record an answer that came on paper, by telephone or in person: who gave it, with evidence.

    Args:
        case_id: the case.
        request_id: the request.
        answer: accepted, partly or declined.
        channel: how it came.
        name: who answered; sealed.
        words: what was said or written; sealed.
        covers: first and last month it covers, for an answer in part.
        scan: the letter, checked (``vault.files.check``).
        happened_on: the day it came.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.record_answer", case_id, by=by, clause="S5.4", may="plans.write", happened_on=happened_on,
        reason=reason, answer=str(answer), channel=str(channel),
    ) as work:  # fmt: skip
        row = take(queries.requests_of(work.case).select_for_update(of=("self",)), id=request_id)
        if channel == Channel.WORKPLACE:
            raise ValueError("the provider itself answers in its workplace")
        file = keep(work, scan, "plans.request.answer_file", "narrative")
        day, act = max(work.happened_on, row.happened_on), ACTS[str(answer)]
        work.require(
            rules.may_record_answer(
                state=row.state, act=act, channel=str(channel), name=name, has_file=file is not None, words=words,
                covers_from=covers[0] if covers else None, covers_to=covers[1] if covers else None,
                month_from=row.month_from, month_to=row.month_to, answered_on=day, answer_due=row.answer_due,
            ),
            row.id,
        )  # fmt: skip
        row.answer_file_id = file
        seal(row, by, {"answer_name": name, "answer_reason": words})
        answered(row, act, covers, channel=Channel(channel), day=day, by=by)
        work.doing.subject = row.id
        steps.mirror(work)
        return row


def answered(
    row: ServiceRequest, act: str, covers: tuple[int, int] | None, *, channel: Channel, day: dt.date, by: Principal
) -> None:
    """A step: the answer's columns; a provider that declined has no more to read."""
    row.state = RequestState(lifecycles.REQUEST.next(row.state, act))
    row.channel, row.answered_on, row.answered_at, row.answered_by = channel, day, clock.now(), by.id
    if row.state == RequestState.PARTLY and covers:
        row.covers_from, row.covers_to = covers
    row.save(force_update=True)
    if row.state == RequestState.DECLINED:
        steps.close(row)


def withdraw_request(
    *,
    case_id: uuid.UUID,
    request_id: uuid.UUID,
    why: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> ServiceRequest:
    """Withdraw a request; from now on it opens no more for the provider, who is told to return or delete."""
    with on_case(
        "plans.withdraw_request", case_id, by=by, clause="S5.4", may="plans.write", happened_on=happened_on,
        reason=reason,
    ) as work:  # fmt: skip
        row = take(queries.requests_of(work.case).select_for_update(of=("self",)), id=request_id)
        work.require(lifecycles.REQUEST.verdict(row.state, "withdraw"))
        steps.halt(work, row, "withdraw", work.happened_on, why)
        work.doing.subject = row.id
        steps.mirror(work)
        return row


def certify_unanswered(*, case_id: uuid.UUID, request_id: uuid.UUID, by: Principal) -> ServiceRequest:
    """Certify, as the Fund's coordinator, that no answer came past the date and the reminder (S5.5)."""
    with on_case("plans.certify", case_id, by=by, clause="S5.5", may="plans.certify") as work:
        row = take(queries.requests_of(work.case).select_for_update(of=("self",)), id=request_id)
        reminded = row.reminded_at.astimezone(clock.TBILISI).date() if row.reminded_at else None
        work.require(
            offers.may_certify(state=row.state, answer_due=row.answer_due, reminded_on=reminded, today=work.today)
        )
        row.state = RequestState(lifecycles.REQUEST.next(row.state, "certify"))
        row.certified_on, row.certified_at, row.certified_by = work.today, clock.now(), by.id
        row.save(force_update=True)
        work.doing.subject = row.id
        steps.mirror(work)
        return row


def set_offer_aside(
    *,
    case_id: uuid.UUID,
    origin_id: uuid.UUID,
    organisation_id: uuid.UUID,
    ground: AsideGround | str,
    why: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> SetAside:
    """Set a matching offer aside without asking: unsafe, too far, no place, or not wanted; with the reason (S5.5)."""
    with on_case(
        "plans.set_aside", case_id, by=by, clause="S5.5", may="plans.write", happened_on=happened_on, reason=reason,
        ground=str(ground), organisation=str(organisation_id),
    ) as work:  # fmt: skip
        item = take(queries.items(work.case), id=origin_id)
        body = take(Organisation.objects.all(), id=organisation_id)
        asked = queries.open_request(work.case, item.id, body.id)
        work.require(offers.may_set_aside(open_already=asked, reason=why))
        known = SetAside.objects.filter(origin=item, organisation=body, superseded=False).first()
        row = known or work.fact(
            SetAside, origin=item, organisation=body, ground=AsideGround(ground), texts={"reason": why}
        )
        steps.mirror(work)
        return row


def account_for(*, case_id: uuid.UUID, origin_id: uuid.UUID, by: Principal) -> PlanItem:
    """Establish that nobody is left to ask for an item: the Fund's consideration falls due (S5.5).

    Usually that shows by itself with the last answer; this is for an item whose last offer left the list meanwhile.
    """
    with on_case("plans.account_for", case_id, by=by, clause="S5.5", may="plans.write") as work:
        item = take(queries.items(work.case), id=origin_id)
        found = next((one for one in queries.seeking(work.case) if one.item.id == item.id), None)
        if found is not None:
            how = found.standing
            work.require(offers.nobody_left(untried=len(how.untried), waiting=len(how.waiting)), item.id)
        work.doing.subject = item.id
        steps.mirror(work)
        return item


def keep_open(*, case_id: uuid.UUID, by: Principal) -> list[ServiceRequest]:
    """Let accepted requests open for their providers until the services are settled (S6.1); those that changed."""
    with on_case("plans.keep_open", case_id, by=by, clause="S6.1", may="plans.write") as work:
        done = steps.extend(work)
        work.doing.facts = {"count": len(done)}
        return done


def remind_expired(*, by: Actor = SYSTEM) -> int:
    """Remind each organisation once of a request past its date (S5.5): seen in its workplace and on the Fund's Today.

    For the timer; reads T0 alone and changes nothing of the case. Says how many.
    """
    done = 0
    for id_, case_id in list(queries.to_remind().values_list("id", "case_id")):
        with ledger.act("plans.remind", by=by, case=case_id, subject=id_, clause="S5.5"):
            rows = ServiceRequest.objects.filter(id=id_, state=RequestState.SENT, reminded_at=None)
            done += rows.update(reminded_at=clock.now())
    return done


def end_disclosures(*, by: Actor = SYSTEM) -> int:
    """End what was disclosed and whose last day has passed; for the timer, which holds no key. Says how many."""
    from gza.vault.models import Disclosure

    if not Disclosure.objects.filter(until__lt=clock.today(), ended_at=None).exists():
        return 0
    with ledger.act("vault.disclosures_ended", by=by, clause="S6.1") as doing:
        count = vault.end_due_disclosures()
        doing.facts = {"count": count}
    return count
