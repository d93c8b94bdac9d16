"""Cases with a plan in force, and brought on to its end and after it by the real acts."""

import datetime as dt
import uuid
from typing import Any

from gza.accounts.enums import Power
from gza.accounts.models import Delegation
from gza.cases.models import Case
from gza.core import clock
from gza.directory.models import Organisation
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.actions import Agreement
from tests.cases.factories import Member, World
from tests.plans import second_half

POST, TELEPHONE = "თბილისი, წერეთლის 144", "116 006"
NOTICE = f"გეგმა დასრულდა. გასაჩივრება: {POST}, {TELEPHONE}."


def empower(member: Member, since: dt.date | None = None) -> Delegation:
    """Let the member hold the director's powers."""
    return Delegation.objects.create(
        holder=member.user, power=Power.OFFICE, valid_from=since or dt.date(2020, 1, 1), order="17"
    )


def reachable(world: World) -> None:
    """The Fund has an address and a telephone number."""
    Organisation.objects.filter(id=world.agency.id).update(address=POST, phone=TELEPHONE)


def running(world: World, *, starts_on: dt.date | None = None, months: int = 12, **fields: Any) -> Case:
    """A case whose final plan is in force since ``starts_on``."""
    case = second_half.run(world, starts_on=starts_on, months=months, **fields).fresh()
    assert case.stage == Stage.RUNNING
    return case


def start_over(world: World, case: Case) -> Case:
    """Put a plan of one month that is over in force for a case whose initial plan is agreed."""
    return second_half.run(world, case=case, starts_on=clock.today() - dt.timedelta(days=60), months=1).fresh()


def expired(world: World, **fields: Any) -> Case:
    """A case whose plan ran out yesterday, as the timer wrote it down."""
    case = running(world, starts_on=clock.today() - dt.timedelta(days=60), months=1, **fields)
    assert actions.expire(case_id=case.id)
    case.refresh_from_db()
    return case


def tell(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    reachable(world)
    return actions.record_notice(case_id=case_id, handed=True, text=NOTICE, how="ხელზე", **extra, by=world.worker.who)


def agreement(**extra: Any) -> Agreement:
    values = {
        "way": "telephone", "method": "დის ნომერზე, კვირაობით", "every_days": 30, "hour_from": 10, "hour_to": 18,
        "review_on": clock.today() + dt.timedelta(days=90), "never": "არ დაურეკოთ სახლში", **extra,
    }  # fmt: skip
    return Agreement(**values)


def agree_contact(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    return actions.agree_follow_up(case_id=case_id, agreement=agreement(**extra), by=world.worker.who)


def followed(world: World, **fields: Any) -> Case:
    """A case whose beneficiary was told and has agreed to follow-up."""
    case = expired(world, **fields)
    tell(world, case.id)
    agree_contact(world, case.id)
    case.refresh_from_db()
    return case


def closed(world: World, **fields: Any) -> Case:
    """A case that was closed after its plan; follow-up was declined."""
    case = expired(world, **fields)
    tell(world, case.id)
    actions.decline_follow_up(case_id=case.id, by=world.worker.who)
    actions.close_case(case_id=case.id, why="გზა გავლილია", by=world.coordinator.who)
    case.refresh_from_db()
    assert case.stage == Stage.ENDED
    return case
