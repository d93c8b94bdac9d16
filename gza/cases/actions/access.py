"""Who is shut out of a case, and how one outside one's own work is opened (G4)."""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases.enums import ShutOutGround
from gza.cases.models import OutsideOpening, ShutOut
from gza.cases.queries.access import human_holders, openings_on, own_work
from gza.cases.steps import on_case, seal, take
from gza.core import clock
from gza.law import access, designation
from gza.vault import steps as vault

OPEN_FOR = dt.timedelta(hours=8)
"""How long one reason is good for: a working day."""


def shut_out(
    *,
    case_id: uuid.UUID,
    user_id: uuid.UUID,
    ground: ShutOutGround | None,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> ShutOut:
    """Shut a person out of a case: from now on they see nothing of it, and its keys are changed.

    The worker who holds the case is handed over first (S3.3). Too few remaining holders raise an alarm, no bar.
    """
    with on_case(
        "cases.shut_out", case_id, by=by, clause="G4", may="cases.coordinate", happened_on=happened_on, reason=reason,
        seen=seen, ground=str(ground or ""),
    ) as work:  # fmt: skip
        work.require(access.has_ground(ground=access.Ground(ground) if ground else None, words=words))
        work.require(designation.someone_follows(case_open=work.case.holder_id == user_id, has_successor=False))
        barred = ShutOut.objects.filter(case=work.case, user_id=user_id, lifted_on=None)
        work.require(access.not_shut_out(shut_out=barred.exists()))
        row = work.fact(ShutOut, user_id=user_id, ground=ground, texts={"reason": words})
        vault.shut_out(case_id, user_id, by=by.ring)
        work.require(designation.enough_holders(humans=human_holders(case_id), on=work.today), row.id)
        return row


def let_in(
    *,
    case_id: uuid.UUID,
    user_id: uuid.UUID,
    words: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> ShutOut:
    """Lift a shutting out; nobody lifts their own."""
    with on_case(
        "cases.let_in", case_id, by=by, clause="G4", may="cases.coordinate", happened_on=happened_on, reason=reason
    ) as work:
        work.require(access.lifted_by_another(own=user_id == by.id))
        barred = ShutOut.objects.filter(case=work.case, lifted_on=None)
        row = take(barred, user_id=user_id)
        row.lifted_on, row.lifted_at, row.lifted_by = work.happened_on, clock.now(), by.id
        seal(row, by, {"lift_reason": words})
        row.save(force_update=True)
        vault.reopen_to_registry(case_id, by=by.ring)
        for other in barred.values_list("user_id", flat=True):
            vault.shut_out(case_id, other, by=by.ring)
        work.doing.subject = row.id
        return row


def open_outside_work(*, case_id: uuid.UUID, why: str, minutes_since_sign_in: int, by: Principal) -> OutsideOpening:
    """Open a case outside one's own work: asks for a reason and a fresh sign-in, good for a working day.

    Args:
        case_id: the case.
        why: the reason; sealed into the case.
        minutes_since_sign_in: how long ago the password was given.
        by: a coordinator or the director.
    """
    with on_case("cases.open_outside_work", case_id, by=by, clause="G4", may="cases.see") as work:
        own = own_work(by, work.case)
        work.require(
            access.may_open(
                own_work=own,
                reason=why,
                minutes_since_sign_in=minutes_since_sign_in,
                openings_today=openings_on(by.id, work.today),
                on=work.today,
            )
        )
        now = clock.now()
        row = OutsideOpening(case=work.case, user_id=by.id, at=now, until=now + OPEN_FOR)
        seal(row, by, {"reason": why})
        row.save(force_insert=True)
        work.doing.subject = row.id
        work.doing.facts = {**work.doing.facts, "own": own}
        return row
