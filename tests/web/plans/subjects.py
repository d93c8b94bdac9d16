"""Subjects of the plan pages: a draft without anything sealed, in a case that is one's own work or is not."""

import uuid
from typing import Any

from gza.accounts.models import User
from gza.cases.models import Case
from gza.cases.steps import free_code
from gza.core import clock
from gza.law.stages import Stage
from gza.plans.models import Plan, PlanVersion
from tests.web.matrix import Call, subject


def held_by(who: User | None, own: bool) -> Case:
    """A case held by ``who`` and waiting for the Fund, or held by nobody there and waiting for its worker."""
    holder, day = who.id if own and who else uuid.uuid4(), clock.today()
    case = Case.objects.create(
        code=free_code(),
        stage=(Stage.AGREED if own else Stage.INITIAL_PLAN).value, stage_since=day, opened_on=day, region="GE-TB",
        holder_id=holder, worker_id=holder, designated_on=day,
    )  # fmt: skip
    plan = Plan.objects.create(case=case, opened_on=day, opened_at=clock.now(), opened_by=holder)
    PlanVersion.objects.create(case=case, plan=plan, kind="initial", number=1, happened_on=day, recorded_by=holder)
    return case


@subject(
    "plans:plan", "plans:compare", "plans:print", "plans:edit", "plans:submit", "plans:new_draft", "plans:decide",
    "plans:final", "plans:rework", "plans:amend", "plans:drop", "plans:sign", "plans:paper_to_sign", "plans:copy",
)  # fmt: skip
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case with a draft."""
    return {"case_id": held_by(who, own).id}


class InCase(Call):
    """Another case; the number of the version is a word of the address and stays."""

    def missing(self) -> Call:
        """The same version of a case that is not there."""
        return Call({**self.kwargs, "case_id": uuid.uuid4()})


@subject("plans:version")
def version(who: User | None, own: bool) -> Call:
    """A version of such a plan."""
    return InCase({"case_id": held_by(who, own).id, "number": 1})


@subject("plans:sign_as")
def sign_as(who: User | None, own: bool) -> Call:
    """A signature under such a plan."""
    return InCase({"case_id": held_by(who, own).id, "signatory": "worker"})


@subject("plans:met")
def met(who: User | None, own: bool) -> Call:
    """An unmet need that is not there."""
    return Call({"case_id": held_by(who, own).id, "unmet_id": uuid.uuid4()})
