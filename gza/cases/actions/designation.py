"""Designation and handover of the social worker (S3.3, S5.1, S7.2): the keys go with it, in the same act."""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases.models import Caseload, Designation, ShutOut
from gza.cases.queries.road import law_status
from gza.cases.steps import Work, key_holds, on_case, take
from gza.core import clock
from gza.directory.models import SocialWorker
from gza.directory.queries import as_designated
from gza.law import designation as rules
from gza.law import termination
from gza.vault import steps as vault


def designate(
    *,
    case_id: uuid.UUID,
    worker_id: uuid.UUID,
    happened_on: dt.date | None = None,
    note: str = "",
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Designation:
    """Designate a Fund employee to a case that has a status and no worker; the worker gets the key.

    Args:
        case_id: the case.
        worker_id: the worker's user id.
        happened_on: the first day.
        note: a word to the worker; sealed.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: a coordinator.
    """
    with on_case(
        "cases.designate", case_id, by=by, clause="S7.2", may="cases.coordinate", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        return designated(work, worker_id=worker_id, note=note)


def designated(work: Work, *, worker_id: uuid.UUID, note: str = "") -> Designation:
    """A step: the first designation, with its keys."""
    case = work.case
    entry = SocialWorker.objects.select_related("employer").filter(user_id=worker_id).first()
    kind, status_on = law_status(case)
    work.require(termination.not_closed_yet(case_ended=case.ended_on is not None))
    work.require(
        rules.may_designate(
            worker=as_designated(entry),
            kind=kind,
            status_on=status_on,
            has_worker=case.worker_id is not None,
            shut_out=_shut_out(work, worker_id),
            open_cases=_load(worker_id),
            on=work.happened_on,
        )
    )
    return _begin(work, entry, worker_id, note)


def hand_over(
    *,
    case_id: uuid.UUID,
    worker_id: uuid.UUID,
    leaves_on: dt.date | None = None,
    happened_on: dt.date | None = None,
    note: str = "",
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Designation:
    """Hand a case over: the one designation ends and the other begins in one act, and the keys are changed.

    Args:
        case_id: the case.
        worker_id: the new worker's user id.
        leaves_on: the former worker's last day; the day of the handover when None.
        happened_on: the new worker's first day.
        note: why, and what to mind; sealed.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: a coordinator.
    """
    with on_case(
        "cases.hand_over", case_id, by=by, clause="S3.3", may="cases.coordinate", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        entry = SocialWorker.objects.select_related("employer").filter(user_id=worker_id).first()
        former = take(Designation.objects.filter(case=work.case, superseded=False, ended_on=None))
        leaves = leaves_on or work.happened_on
        work.require(
            rules.may_hand_over(
                worker=as_designated(entry),
                same_worker=worker_id == work.case.worker_id,
                shut_out=_shut_out(work, worker_id),
                leaves_on=leaves,
                begins_on=work.happened_on,
                open_cases=_load(worker_id),
            )
        )
        former.ended_on = max(leaves, former.happened_on)
        former.ended_at, former.ended_by = clock.now(), by.id
        former.save(force_update=True)
        return _begin(work, entry, worker_id, note)


def _begin(work: Work, entry: SocialWorker | None, worker_id: uuid.UUID, note: str) -> Designation:
    case, former = work.case, work.case.holder_id
    key_holds(worker_id)
    key_holds(work.by.id)
    if former != worker_id:
        vault.grant(case.id, worker_id, by=work.by.ring)
        if former is not None:
            vault.revoke(case.id, former, by=work.by.ring)
    row = work.fact(Designation, worker_id=worker_id, social_worker=entry, texts={"reason": note})
    case.worker_id = case.holder_id = worker_id
    case.designated_on = case.designated_on or work.happened_on
    work.doing.facts = {**work.doing.facts, "worker": str(worker_id)}
    return row


def _shut_out(work: Work, user_id: uuid.UUID) -> bool:
    return ShutOut.objects.filter(case=work.case, user_id=user_id, lifted_on=None).exists()


def _load(user_id: uuid.UUID) -> int:
    return Caseload.objects.filter(user_id=user_id).values_list("count", flat=True).first() or 0
