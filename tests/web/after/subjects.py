"""Subjects of the pages of the end and after: a case that is one's own work or is not."""

import os
import uuid
from typing import Any

from gza.accounts.models import User
from gza.cases.models import Case
from gza.core import clock
from gza.plans.models import Account, CaseEnd, Merge, Plan, TerminationRequest, Violation
from gza.vault.sealed import Sealed
from tests.web.matrix import subject
from tests.web.plans.subjects import held_by


def fact(case: Case) -> dict[str, Any]:
    return {"case": case, "happened_on": clock.today(), "recorded_by": uuid.uuid4()}


def nonsense() -> Sealed:
    """A sealed text that nobody opens."""
    return Sealed(os.urandom(80))


@subject(
    "after:end", "after:request", "after:violation", "after:for_violation", "after:in_fact", "after:notice",
    "after:letter", "after:follow_up", "after:agree", "after:decline", "after:contact", "after:end_follow_up",
    "after:close", "after:reopen", "after:later_plan", "after:merge",
)  # fmt: skip
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case with a draft of a plan."""
    return {"case_id": held_by(who, own).id}


@subject("after:hearing", "after:warning")
def violation(who: User | None, own: bool) -> dict[str, Any]:
    """A violation on record."""
    found = held_by(who, own)
    row = Violation.objects.create(plan=Plan.objects.get(case=found), gross=True, **fact(found))
    return {"case_id": found.id, "row_id": row.id}


@subject("after:answer")
def request(who: User | None, own: bool) -> dict[str, Any]:
    """A request that waits, in a case that is nobody's own work at the registry."""
    found = held_by(who, own)
    nobody = uuid.uuid4()
    Case.objects.filter(id=found.id).update(stage="running", holder_id=nobody, worker_id=nobody)
    row = TerminationRequest.objects.create(
        plan=Plan.objects.get(case=found), changed_need=nonsense(), words=nonsense(), **fact(found)
    )
    return {"case_id": found.id, "row_id": row.id}


@subject("after:confirm")
def end_in_fact(who: User | None, own: bool) -> dict[str, Any]:
    """An end in fact without a word of evidence."""
    found = held_by(who, own)
    return {"case_id": found.id, "row_id": CaseEnd.objects.create(ground="death", **fact(found)).id}


@subject("after:unmerge")
def merge(who: User | None, own: bool) -> dict[str, Any]:
    """Two cases joined."""
    found, account = held_by(who, own), Account.objects.create()
    row = Merge.objects.create(other=held_by(who, own), account=account, own_account=account, **fact(found))
    return {"case_id": found.id, "row_id": row.id}
