"""Requests to providers within other acts: mirrors kept true, disclosures extended, everything stopped (S5.4, S0.1)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from gza.accounts import permissions
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.road import consents_of
from gza.cases.steps import Place, Work, seal, settle
from gza.core import clock
from gza.law import consent, entry, lifecycles
from gza.law import requests as rules
from gza.ledger import work as ledger
from gza.plans.enums import POSITIVE, RequestState
from gza.plans.models import PlanItem, ReportPart, ServiceRequest
from gza.plans.queries import provider, requests
from gza.vault import errors
from gza.vault import steps as vault
from gza.vault.models import Disclosure

from . import funding


@contextmanager
def on_request(
    verb: str,
    request_id: uuid.UUID,
    *,
    by: Principal,
    clause: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    moves: bool = True,
    **facts: Any,
) -> Iterator[tuple[Work, ServiceRequest]]:
    """One act of a provider on a request of its own: locks the case, then the request; settles the case at its end.

    The provider sees nothing of the case, and nothing can be sealed to the case in its name.

    Args:
        verb: the ledger's verb.
        request_id: the request.
        by: the provider's focal person; another's request is not there.
        clause: the clause the act rests on.
        happened_on: the day it happened; today when None.
        reason: why it is entered late.
        moves: whether the case may be moved by it.
        **facts: T0 facts of the event.

    Raises:
        Http404: when there is no such request of the person's organisation.
        Refused: when the date is refused.
    """
    today = clock.today()
    day = happened_on or today
    with ledger.act(verb, by=by, clause=clause, happened_on=day, **facts) as doing:
        found = permissions.find("plans.own_request", by, provider.own(by), id=request_id)
        case = Case.objects.select_for_update().get(id=found.case_id)
        row = ServiceRequest.objects.select_for_update().get(id=found.id)
        doing.case, doing.subject = case.id, row.id
        work = Work(case, by, doing, day, today, reason.strip(), Place.of(case))
        work.require(entry.may_enter(happened_on=day, today=today, reason=work.reason))
        yield work, row
        if moves:
            mirror(work)
            settle(work)


def mirror(work: Work) -> None:
    """Keep the case's columns of requests true, open the considerations that fall due, extend what was accepted.

    Called at the end of every act that changes what stands about requests, offers set aside or the agreed plan.
    """
    found = requests.mirrored(requests.seeking(work.case), work.case.agreed_on)
    work.case.items_unsought, work.case.requests_waiting = found.items_unsought, found.requests_waiting
    work.case.answered_on = found.answered_on
    if isinstance(work.by, Principal) and work.by.in_fund:
        extend(work)
    funding.open_considerations(work)


def extend(work: Work) -> list[ServiceRequest]:
    """Let accepted requests open for their provider until the service is settled; those that were extended.

    Needs a person of the Fund who holds the case: the provider's own acceptance cannot do it. Once the plan has days,
    the item's own last day counts. Without the consent that names the organisation nothing is extended.
    """
    rows = list(requests.requests_of(work.case).filter(state__in=POSITIVE, disclosure_id__isnull=False))
    told = Disclosure.objects.in_bulk([row.disclosure_id for row in rows])
    ends = dict(
        PlanItem.objects.filter(case=work.case, request_id__in=[row.id for row in rows], ends_on__isnull=False)
        .order_by("plan_version__number")
        .values_list("request_id", "ends_on")
    )
    consents, done = consents_of(work.case), []
    for row in rows:
        last = ends.get(row.id) or requests.last_day_of(row)
        until, disclosure = rules.kept_open_until(ends_on=last), told.get(row.disclosure_id)
        named = consent.disclosure(consents=consents, organisation=str(row.organisation_id), on=work.today)
        if disclosure is None or not named or disclosure.until >= until or until < work.today:
            continue
        # A provider whose key no longer holds gets nothing more; that is no reason to refuse another act.
        with suppress(errors.NotFounded, errors.Untrusted, errors.NoGrant):
            vault.extend(disclosure.id, until, by=work.by.ring)
            done.append(row)
    return done


def stop_all(
    work: Work, day: dt.date | None = None, *, organisations: Iterable[uuid.UUID] | None = None, why: str = ""
) -> list[ServiceRequest]:
    """Stop what is open at providers, since a consent was withdrawn (S0.1): nothing opens for them from now on.

    Each provider finds it in its workplace and confirms that what it was told is returned or deleted.

    Args:
        work: the act.
        day: the day; the act's own when None.
        organisations: only those; all when None.
        why: sealed on each request.
    """
    wanted = list(organisations) if organisations is not None else []
    rows = ServiceRequest.objects.filter(case=work.case, superseded=False, state__in=[RequestState.SENT, *POSITIVE])
    rows = rows.select_for_update().order_by("id")
    if organisations is not None:
        rows = rows.filter(organisation__in=wanted)
    stopped = list(rows)
    for row in stopped:
        halt(work, row, "stop", day or work.happened_on, why)
    parts = ReportPart.objects.filter(case=work.case)
    if organisations is not None:
        parts = parts.filter(organisation__in=wanted)
    for told in parts.values_list("disclosure_id", flat=True):
        vault.end_disclosure(told)
    mirror(work)
    return stopped


def halt(work: Work, row: ServiceRequest, act: str, day: dt.date, why: str = "") -> None:
    """Withdraw or stop one request, and end what was disclosed with it."""
    row.state = RequestState(lifecycles.REQUEST.next(row.state, act))
    row.stopped_on = max(day, row.happened_on)
    row.stopped_at, row.stopped_by = clock.now(), work.by.id
    seal(row, work.by, {"stop_reason": why})
    row.save(force_update=True)
    close(row)


def close(row: ServiceRequest) -> None:
    """End what was disclosed with a request."""
    if row.disclosure_id:
        vault.end_disclosure(row.disclosure_id)
