"""Subjects of the year's pages: a case with a plan in force and nothing sealed, one's own work or not."""

import datetime as dt
import uuid
from typing import Any

from gza.accounts.models import User
from gza.cases.models import Case
from gza.cases.steps import free_code
from gza.core import clock
from gza.core.calendar import last_day
from gza.law.stages import Stage
from gza.plans.models import Delivery, Expenditure, MonthlyReport, Notice, Plan, PlanVersion
from tests.directory.factories import make_fund
from tests.web.matrix import Call, subject

START = dt.date(2024, 1, 1)


def held_by(who: User | None, own: bool) -> Case:
    """A case held by ``who`` and waiting for the Fund, or held by nobody there and waiting for its worker."""
    holder = who.id if own and who else uuid.uuid4()
    case = Case.objects.create(
        code=free_code(),
        stage=(Stage.COMPLETION if own else Stage.RUNNING).value, stage_since=START, opened_on=START, region="GE-TB",
        holder_id=holder, worker_id=holder, designated_on=START, starts_on=START, ends_on=last_day(START, 12),
        in_force_on=START,
    )  # fmt: skip
    plan = Plan.objects.create(
        case=case, opened_on=START, opened_at=clock.now(), opened_by=holder, starts_on=START,
        latest_end=last_day(START, 12),
    )  # fmt: skip
    PlanVersion.objects.create(case=case, plan=plan, kind="initial", number=1, happened_on=START, recorded_by=holder)
    return case


@subject(
    "running:year", "running:money", "running:pay", "running:invoice", "running:given", "running:deliver",
    "running:plan_pdf", "running:fingerprint",
)  # fmt: skip
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case with a plan in force."""
    return {"case_id": held_by(who, own).id}


class InCase(Call):
    """Another case; the month is a word of the address and stays."""

    def missing(self) -> Call:
        """The same month of a case that is not there."""
        return Call({**self.kwargs, "case_id": uuid.uuid4()}, self.data)


@subject("running:report", "running:write", "running:correct", "running:report_pdf")
def month(who: User | None, own: bool) -> Call:
    """A month of such a plan, its report begun and empty."""
    held = held_by(who, own)
    MonthlyReport.objects.create(
        case=held, plan=held.plans.get(), month=dt.date(2024, 2, 1), due_on=dt.date(2024, 3, 7), happened_on=START,
        recorded_by=held.holder_id,
    )  # fmt: skip
    return InCase({"case_id": held.id, "year": 2024, "month": 2})


@subject("running:notice_pdf")
def notice(who: User | None, own: bool) -> dict[str, Any]:
    """A notice without words."""
    held = held_by(who, own)
    Notice.objects.create(case=held, handed=True, happened_on=START, recorded_by=held.holder_id)
    return {"case_id": held.id}


class OfRow(Call):
    """A row that is not there, of a case that is not there."""


@subject("running:correct_money")
def spent(who: User | None, own: bool) -> Call:
    """An invoice without words."""
    held = held_by(who, own)
    row = Expenditure.objects.create(
        case=held, kind="invoice", amount=100, happened_on=START, recorded_by=held.holder_id
    )
    return OfRow({"case_id": held.id, "row_id": row.id})


@subject("running:correct_given")
def delivered(who: User | None, own: bool) -> Call:
    """A service without words."""
    held = held_by(who, own)
    make_fund()
    row = Delivery.objects.create(
        case=held, service_type_id="employment", happened_on=START, recorded_by=held.holder_id
    )
    return OfRow({"case_id": held.id, "row_id": row.id})
