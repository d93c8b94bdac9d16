"""Two cases that prove to be of one person, and two people after all (S5.6, G1).

Both cases keep their history, their keys and who may open them; what is common from then on is the account against
which the Fund's money counts. Common arguments as in ``cases.actions``.
"""

import datetime as dt
import uuid

from gza.accounts import permissions
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.lists import visible
from gza.cases.steps import Work, on_case, seal, take
from gza.core import clock
from gza.law import funding as money
from gza.law import merging as rules
from gza.plans.models import AccountCase, Merge, Plan
from gza.plans.queries import ending as queries
from gza.plans.steps import funding


def merge(
    *,
    case_id: uuid.UUID,
    other_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Merge:
    """Record that two cases are of one person: both count against one ceiling from now on.

    Money past the ceiling and a second plan under way are flagged, never refused.

    Args:
        case_id: one of the cases.
        other_id: the other one, which ``by`` may know of too.
        reasons: what shows that it is one person; sealed.
        happened_on: the day it was found.
        reason: why it is entered late.
        seen: the version of the case ``case_id`` that the form was made from.
        by: a coordinator.
    """
    later, earlier = max(case_id, other_id, key=str), min(case_id, other_id, key=str)  # locked in one order
    with on_case(
        "plans.merge", later, by=by, clause="S5.6", may="plans.decide", happened_on=happened_on, reason=reason,
        seen=seen if later == case_id else None,
    ) as work:  # fmt: skip
        case, other = work.case, _other(work, earlier)
        joined = {row.case_id for row in queries.merges_of(case)} | {row.other_id for row in queries.merges_of(case)}
        same = later == earlier
        own = AccountCase.objects.filter(case=case).values_list("account_id", flat=True).first()
        work.require(rules.two_cases(same=same, joined=other.id in joined))
        work.require(rules.reasoned(reasons=reasons))
        account = funding.join_accounts(case, other)
        over = max(0, account.committed - money.ceiling(work.happened_on))
        row = work.fact(
            Merge, other=other, account=account, own_account_id=own or account.id, over=over, texts={"reasons": reasons}
        )
        plans = Plan.objects.filter(case__in=[case.id, other.id], ended_on=None).count()
        work.require(rules.merged(over_tetri=over, plans_open=plans), row.id)
        work.doing.facts = {"other": str(other.id)}
        return row


def unmerge(
    *,
    case_id: uuid.UUID,
    merge_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Merge:
    """Record that two cases are of two people after all: each has an account of its own again, with its own money.

    Args:
        case_id: the case of the merge's row.
        merge_id: the merge.
        reasons: what shows it; sealed.
        happened_on: the day it was found.
        reason: why it is entered late.
        by: a coordinator.
    """
    with on_case(
        "plans.unmerge", case_id, by=by, clause="S5.6", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = take(Merge.objects.filter(case=work.case, superseded=False), id=merge_id)
        work.require(rules.still_joined(undone=row.undone_on is not None))
        work.require(rules.reasoned(reasons=reasons))
        _other(work, row.other_id)
        row.undone_on = max(work.happened_on, row.happened_on)
        row.undone_at, row.undone_by = clock.now(), by.id
        seal(row, by, {"undone_reasons": reasons})
        row.save(force_update=True)
        together = queries.one_person(work.case.id)
        if row.other_id not in together:
            account = funding.split_account(work.case)
            for one in AccountCase.objects.filter(case__in=together - {work.case.id}).exclude(account=account):
                one.account = account
                one.save(update_fields=["account"])
        work.doing.subject = row.id
        work.doing.facts = {"other": str(row.other_id)}
        return row


def _other(work: Work, case_id: uuid.UUID) -> Case:
    if case_id == work.case.id:
        return work.case
    return permissions.find("plans.decide", work.by, visible(work.by).select_for_update(), id=case_id)
