"""Rows about requests without anything sealed, for whom no key is needed."""

import uuid
from typing import Any

from gza.accounts.models import User
from gza.cases.models import Case
from gza.cases.steps import free_code
from gza.core import clock
from gza.directory import actions as directory
from gza.directory.models import Organisation
from gza.law.stages import Stage
from gza.plans.models import MonthlyReport, Plan, PlanItem, PlanVersion, ReportPart, ServiceRequest
from gza.vault.sealed import Sealed
from tests.directory.factories import make_organisation


def agreed(holder: uuid.UUID, **extra: Any) -> tuple[Case, PlanItem]:
    """A case at its requests, with one item of an agreed plan."""
    day, now = clock.today(), clock.now()
    directory.sync_reference()
    case = Case.objects.create(
        code=free_code(),
        stage=Stage.REQUESTS.value, stage_since=day, opened_on=day, region="GE-TB", holder_id=holder, worker_id=holder,
        designated_on=day, agreed_on=day, plan_state="agreed", plan_items=1, items_unsought=1, **extra,
    )  # fmt: skip
    plan = Plan.objects.create(case=case, opened_on=day, opened_at=now, opened_by=holder)
    version = PlanVersion.objects.create(
        case=case, plan=plan, kind="initial", number=1, months=12, happened_on=day, recorded_by=holder
    )
    id_ = uuid.uuid4()
    item = PlanItem.objects.create(
        id=id_, origin=id_, case=case, plan_version=version, position=1, service_type_id="employment",
        priority="necessary", month_from=1, month_to=6,
    )  # fmt: skip
    _agree(version, holder)
    return case, item


def _agree(version: PlanVersion, by: uuid.UUID) -> None:
    """Submitted, then agreed, with a content that nobody opens."""
    day, now = clock.today(), clock.now()
    row = PlanVersion.objects.filter(id=version.id)
    row.update(
        state="submitted", submitted_on=day, submitted_at=now, submitted_by=by, fingerprint=b"x" * 32,
        content=Sealed(b"x"),
    )  # fmt: skip
    row.update(state="agreed", decided_on=day, decided_at=now, decided_by=by)


def asked(case: Case, item: PlanItem, body: Organisation, **extra: Any) -> ServiceRequest:
    """A request that went out on paper."""
    day = clock.today()
    values = {"month_from": 1, "month_to": 6, "answer_due": day, "happened_on": day, "recorded_by": case.holder_id}
    return ServiceRequest.objects.create(
        case=case, origin=item, service_type_id="employment", organisation=body, **{**values, **extra}
    )


def body_of(who: User | None, own: bool) -> Organisation:
    """The organisation that ``who`` speaks for, or another."""
    body = make_organisation()
    if own and who is not None and who.role == "provider":
        who.organisation_id = body.id
        who.save(update_fields=["organisation_id"])
    return body


def part(case: Case, body: Organisation) -> ReportPart:
    """A part of a report."""
    day = clock.today()
    plan = Plan.objects.get(case=case)
    report = MonthlyReport.objects.create(
        case=case, plan=plan, month=day.replace(day=1), due_on=day, happened_on=day, recorded_by=case.holder_id
    )
    return ReportPart.objects.create(
        case=case, report=report, organisation=body, disclosure_id=uuid.uuid4(), sent_on=day
    )
