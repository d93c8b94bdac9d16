"""A provider's own acts in its workplace: on its own requests, nothing else of a case (S5.4, S6.1, S7.9).

Each is one transaction and one event. What the provider writes is sealed under the key of what it was told, so that the
case's holders can open it. Each raises ``Http404`` for a request of another organisation.
"""

import datetime as dt
import json
import uuid

from gza.accounts import permissions
from gza.accounts.principals import Principal
from gza.cases.queries.road import consents_of
from gza.core import clock
from gza.law import consent, entry, plausible
from gza.law import requests as rules
from gza.ledger import work as ledger
from gza.plans.enums import Channel, RequestState
from gza.plans.models import Delivery, ReportPart, ServiceRequest
from gza.plans.queries import provider as queries
from gza.plans.queries.running import DELIVERY
from gza.plans.steps.requests import on_request
from gza.vault import steps as vault

from .requests import ACTS, answered

REPLY = "plans.request.reply"
"""Frozen label of what a provider answers."""


def see_request(*, request_id: uuid.UUID, by: Principal) -> ServiceRequest:
    """Open a request for the first time: the social worker sees that it was read, and when."""
    with on_request("plans.see_request", request_id, by=by, clause="S6.1", moves=False) as (work, row):
        if row.seen_at is None:
            row.seen_at, row.seen_by = clock.now(), work.by.id
            row.save(force_update=True)
        return row


def answer_request(
    *,
    request_id: uuid.UUID,
    answer: RequestState | str,
    words: str = "",
    covers: tuple[int, int] | None = None,
    by: Principal,
) -> ServiceRequest:
    """Accept a request, accept it in part, or decline it with a reason; a late answer is taken and flagged.

    Args:
        request_id: the request.
        answer: accepted, partly or declined.
        words: what the social worker shall know; the reason of a refusal. Sealed.
        covers: first and last month it covers, for an answer in part.
        by: the organisation's focal person.
    """
    with on_request("plans.answer", request_id, by=by, clause="S5.4", answer=str(answer)) as (work, row):
        told = queries.disclosure_of(row)
        act = ACTS[str(answer)]
        work.require(
            rules.may_answer(
                state=row.state, act=act, reason=words, covers_from=covers[0] if covers else None,
                covers_to=covers[1] if covers else None, month_from=row.month_from, month_to=row.month_to,
                answered_on=work.today, answer_due=row.answer_due,
                until=told.until if told is not None and told.ended_at is None else None,
            ),
            row.id,
        )  # fmt: skip
        if words.strip() and told is not None:
            row.reply = vault.reply(told.id, words.strip(), label=REPLY, subject=row.id, by=by.ring)
        if row.seen_at is None:
            row.seen_at, row.seen_by = clock.now(), by.id
        answered(row, act, covers, channel=Channel.WORKPLACE, day=work.today, by=by)
        return row


def record_own_delivery(
    *,
    request_id: uuid.UUID,
    happened_on: dt.date | None = None,
    until: dt.date | None = None,
    sessions: int = 1,
    note: str = "",
    reason: str = "",
    by: Principal,
) -> Delivery:
    """Record that the service was given: never refused; flagged without a consent or an acceptance that day (G1).

    Args:
        request_id: the request it was given on.
        happened_on: its first day.
        until: its last day.
        sessions: how many times.
        note: what the social worker shall know; sealed while what was told is still open.
        reason: why it is entered late; sealed with the note.
        by: the organisation's focal person.
    """
    with on_request(
        "plans.provider_delivery", request_id, by=by, clause="S7.9", happened_on=happened_on, reason=reason
    ) as (work, row):
        ledger.require(plausible.number(value=sessions, bounds=plausible.TIMES))
        ledger.require(entry.lasting(first_on=work.happened_on, last_on=until, today=work.today))
        work.require(
            consent.service_given(
                consents=consents_of(work.case), scope=consent.Scope.REINTEGRATION, on=work.happened_on
            ),
            row.id,
        )
        work.require(rules.served(state=row.state), row.id)
        made = Delivery(
            case=work.case, origin_id=row.origin_id, service_type_id=row.service_type_id, request=row,
            organisation_id=row.organisation_id, happened_on=work.happened_on, until=until, sessions=sessions,
            by_provider=True, recorded_by=by.id, recorded_at=clock.now(), recorded_on=work.today,
        )  # fmt: skip
        told = queries.disclosure_of(row)
        text = json.dumps({"note": note.strip(), "reason": work.reason}, ensure_ascii=False)
        if (note.strip() or work.reason) and told is not None and queries.opens(told):
            made.reply = vault.reply(told.id, text, label=DELIVERY, subject=made.id, by=by.ring)
        made.save(force_insert=True)
        work.doing.facts = {**work.doing.facts, "sessions": sessions}
        return made


def confirm_returned(*, request_id: uuid.UUID, by: Principal) -> ServiceRequest:
    """Confirm that what the organisation was told is returned or deleted, after a request was called back (S0.1)."""
    with on_request("plans.confirm_returned", request_id, by=by, clause="S0.1", moves=False) as (work, row):
        work.require(rules.returnable(state=row.state))
        if row.returned_on is None:
            row.returned_on, row.returned_at, row.returned_by = work.today, clock.now(), by.id
            row.save(force_update=True)
        return row


def see_part(*, part_id: uuid.UUID, by: Principal) -> ReportPart:
    """Open the organisation's part of a monthly report for the first time (S7.9)."""
    with ledger.act("plans.see_part", by=by, subject=part_id, clause="S7.9") as doing:
        rows = queries.own_parts(by).select_for_update(of=("self",))
        row = permissions.find("plans.own_part", by, rows, id=part_id)
        doing.case = row.case_id
        if row.seen_at is None:
            row.seen_at, row.seen_by = clock.now(), by.id
            row.save(force_update=True)
        return row
