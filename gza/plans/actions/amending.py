"""A plan in force is changed: an amendment is begun, fixed for signature, or dropped; a need is met after all (S3.5).

Each is one transaction and one event. Its items are written by ``set_final``, its signatures by ``sign``.
"""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases.errors import Stale
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import on_case, take
from gza.law import amendment as rules
from gza.law import final
from gza.law.lifecycles import PLAN_VERSION, PlanState
from gza.ledger import work as ledger
from gza.plans.enums import Ground, VersionKind, VersionState
from gza.plans.models import PlanVersion, UnmetNeed
from gza.plans.queries import final as reads
from gza.plans.steps import final as steps

from .final import fix
from .final_items import as_entered, put


def begin_amendment(
    *,
    case_id: uuid.UUID,
    ground: Ground | str,
    why: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Begin a new version of the plan in force, which stays in force until the new one is signed.

    Args:
        case_id: the case.
        ground: that the needs changed, or what is offered.
        why: what changed; sealed, and part of what is signed.
        happened_on: the day.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.begin_amendment", case_id, by=by, clause="S3.5", may="plans.write", happened_on=happened_on,
        reason=reason, ground=str(ground),
    ) as work:  # fmt: skip
        base = reads.in_force(work.case)
        kind, _since = law_status(work.case)
        ledger.require(
            rules.may_amend(
                kind=kind,
                consents=consents_of(work.case),
                state=PlanState(base.state) if base else None,
                has_open_version=base is not None
                and PlanVersion.objects.filter(plan=base.plan, state__in=reads.OPEN).exists(),
                ground=str(ground),
                why=why,
                latest_end=base.plan.latest_end if base else None,
                on=work.happened_on,
            )
        )
        if base is None:
            raise AssertionError("only a plan in force is amended")
        last = take(PlanVersion.objects.filter(plan=base.plan).order_by("-number"))
        row = work.fact(
            PlanVersion, plan=base.plan, kind=VersionKind.FINAL, number=last.number + 1, base=base,
            ground=Ground(ground), months=base.months, starts_on=base.starts_on, ends_on=base.ends_on,
            latest_end=base.latest_end, version=last.version + 1,
            texts={"aim": by.ring.open(base, "aim"), "grounds": why},
        )  # fmt: skip
        put(work, row, as_entered(base, by.ring, carried=True))
        steps.mirror(work.case, row.plan)
        work.doing.facts = {**work.doing.facts, "number": row.number}
        return row


def fix_amendment(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    seen: int | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Fix an amendment's content for its two signatures; it needs no agreement, its items need answers and money."""
    with on_case(
        "plans.fix_amendment", case_id, by=by, clause="S3.5", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        rows = PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL).exclude(ground="")
        row = take(rows.select_related("plan"), id=version_id)
        if seen is not None and seen != row.version:
            raise Stale(row)
        facts = reads.facts_of(row, by.ring)
        kind, _since = law_status(work.case)
        ledger.require(rules.fixable(state=PlanState(row.state)))
        ledger.require(final.whole(items=facts.items, missing=facts.missing, term_=facts.term))
        work.require(
            rules.may_fix(
                kind=kind,
                consents=consents_of(work.case),
                state=PlanState(row.state),
                items=facts.items,
                unmet_before=facts.unmet_before,
                missing=facts.missing,
                term_=facts.term,
                on=work.happened_on,
            ),
            row.id,
        )
        return fix(work, row, "fix")


def drop_amendment(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    why: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Drop an amendment that is not signed; the plan in force goes on as it is. Possible without a consent, too.

    Args:
        case_id: the case.
        version_id: the amendment, a draft or fixed.
        why: why it is dropped; kept as the reason of the entry when none is given there.
        happened_on: the day.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.drop_amendment", case_id, by=by, clause="S3.5", may="plans.write", happened_on=happened_on,
        reason=reason or why,
    ) as work:  # fmt: skip
        rows = PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL).exclude(ground="")
        row = take(rows.select_related("plan"), id=version_id)
        ledger.require(rules.droppable(state=PlanState(row.state)))
        row.state = VersionState(PLAN_VERSION.next(row.state, "drop"))
        row.save(force_update=True)
        steps.mirror(work.case, row.plan)
        work.doing.subject = row.id
        work.doing.facts = {**work.doing.facts, "number": row.number}
        return row


def meet_unmet(
    *, case_id: uuid.UUID, unmet_id: uuid.UUID, happened_on: dt.date | None = None, reason: str = "", by: Principal
) -> UnmetNeed:
    """Record that a need the plan carried as unmet was met after all: it leaves the gaps, the plan stays as signed."""
    with on_case(
        "plans.meet_unmet", case_id, by=by, clause="S7.6", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        row = take(UnmetNeed.objects.filter(case=work.case, superseded=False, met_on=None), id=unmet_id)
        row.met_on = max(work.happened_on, row.happened_on)
        row.save(force_update=True)
        steps.mirror(work.case, row.plan_version.plan)
        work.doing.subject = row.id
        return row
