"""The acts on a plan: drafted, filled, submitted, returned or agreed.

Each is one transaction and one event. Common arguments as in ``cases.actions``; ``version_id`` is a version of the
case's plan, ``seen`` the ``PlanVersion.version`` the form was made from. Each raises ``Refused`` where the law refuses,
``Http404`` for what one may not know of, and ``cases.errors.Stale`` where the form is stale.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from gza.accounts.principals import Principal
from gza.cases.errors import Stale
from gza.cases.models import Case, Need
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, on_case, seal, take
from gza.core import clock
from gza.core.ids import uuid7
from gza.law import closing, entry
from gza.law import plan as rules
from gza.law.lifecycles import PlanState
from gza.plans.enums import Outcome, ProviderKind, VersionKind, VersionState
from gza.plans.models import Decision, Plan, PlanItem, PlanVersion
from gza.plans.queries import law_items, newest_needs
from gza.plans.queries.ending import plans_decided
from gza.plans.steps import requests, versions

from .final import again


@dataclass(frozen=True)
class ItemInput:
    """One item as it is entered; whatever is not decided yet stays empty. Months count from 1, the plan's first."""

    need_id: uuid.UUID | None = None
    service_type: str = ""
    provider_kind: ProviderKind | str = ""
    priority: str = ""
    month_from: int | None = None
    month_to: int | None = None
    detail: str = ""
    reason: str = ""


def draft_initial_plan(
    *, case_id: uuid.UUID, happened_on: dt.date | None = None, reason: str = "", by: Principal
) -> PlanVersion:
    """Begin the initial plan: one item for each need on file, with its priority and reason, to be completed.

    Args:
        case_id: the case.
        happened_on: the day.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.draft", case_id, by=by, clause="S7.3", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        needs = list(Need.objects.filter(case=work.case, superseded=False, dropped_on=None).order_by("-priority", "id"))
        _may_begin(work, len(needs))
        row = _begin(work)
        texts = by.ring.open_many(needs, ["description", "reason"])
        items = [
            ItemInput(need_id=need.id, priority=need.priority, detail=text["description"], reason=text["reason"])
            for need, text in zip(needs, texts, strict=True)
        ]
        _put(work, row, items)
        return row


def new_draft(
    *, case_id: uuid.UUID, happened_on: dt.date | None = None, reason: str = "", by: Principal
) -> PlanVersion:
    """After a return: a new draft with the items of the returned version, initial or final, which stays as it was."""
    with on_case(
        "plans.new_draft", case_id, by=by, clause="S3.4b", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        open_plan = take(Plan.objects.filter(case=work.case, ended_on=None))
        last = take(PlanVersion.objects.filter(plan=open_plan).order_by("-number"))
        kind, _since = law_status(work.case)
        going = {VersionState.DRAFT, VersionState.SUBMITTED, VersionState.TO_SIGN}
        work.require(rules.one_at_a_time(has_open_version=last.state in going))
        work.require(
            rules.may_edit(kind=kind, consents=consents_of(work.case), state=PlanState(last.state), on=work.happened_on)
        )
        if last.kind == VersionKind.FINAL:
            return again(work, last)
        row = work.fact(
            PlanVersion, plan=open_plan, kind=last.kind, number=last.number + 1, base=last, months=last.months,
            version=last.version + 1, texts={"aim": by.ring.open(last, "aim")},
        )  # fmt: skip
        _put(work, row, _items_of(last, by))
        work.doing.facts = {"number": row.number}
        return row


def set_items(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    items: Sequence[ItemInput],
    months: int | None = None,
    aim: str = "",
    seen: int | None = None,
    by: Principal,
) -> PlanVersion:
    """Write the draft anew: its items in this order, its term, its aim. Incomplete items are kept and shown as such.

    Args:
        case_id: the case.
        version_id: the draft.
        items: all items, in their order.
        months: the term, one to twelve months.
        aim: what the plan is for, in the beneficiary's words; sealed.
        seen: the draft's version the form was made from.
        by: the designated worker.

    Raises:
        Stale: when another has saved the draft since; ``current`` is the draft as it stands.
    """
    with on_case("plans.set_items", case_id, by=by, clause="S7.7", may="plans.write", items=len(items)) as work:
        row = _initial(work, version_id)
        if seen is not None and seen != row.version:
            raise Stale(row)
        kind, _since = law_status(work.case)
        consents = consents_of(work.case)
        if row.state == VersionState.RETURNED:  # it stays as it was returned: ``new_draft`` goes on from it
            raise Stale(row)
        work.require(rules.may_edit(kind=kind, consents=consents, state=PlanState(row.state), on=work.happened_on))
        if months is not None:
            work.require(rules.term(months=months, on=work.happened_on))
        for one in items:
            timed = one.month_from is not None or one.month_to is not None
            if timed:
                work.require(rules.timetabled(first_month=one.month_from, last_month=one.month_to))
                work.require(rules.within_term(last_month=one.month_to, months=months, on=work.happened_on))
        row.months, row.version = months, row.version + 1
        row.aim = None
        seal(row, by, {"aim": aim})
        row.save(force_update=True)
        _put(work, row, items)
        work.doing.subject = row.id
        return row


def submit(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    seen: int | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Submit a draft to the Fund: from now on it is what it is, under a fingerprint of its whole content."""
    with on_case(
        "plans.submit", case_id, by=by, clause="S3.4b", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        row = _initial(work, version_id)
        if seen is not None and seen != row.version:
            raise Stale(row)
        return _submitted(work, row)


def _initial(work: Work, version_id: uuid.UUID) -> PlanVersion:
    return take(PlanVersion.objects.filter(case=work.case, kind=VersionKind.INITIAL), id=version_id)


def _submitted(work: Work, row: PlanVersion) -> PlanVersion:
    items = list(row.items.order_by("position"))
    needs = list(Need.objects.filter(case=work.case, superseded=False, dropped_on=None))
    newest = newest_needs(work.case.id)
    covered = {newest[item.need_id] for item in items if item.need_id in newest}
    left_out = [need for need in needs if need.priority == "necessary" and need.id not in covered]
    kind, _since = law_status(work.case)
    work.require(
        rules.may_submit(
            kind=kind,
            consents=consents_of(work.case),
            state=PlanState(row.state) if row.state != VersionState.RETURNED else PlanState.SUBMITTED,
            needs=len(needs),
            items=law_items(items),
            months=row.months or 0,
            necessary_without_item=len(left_out),
            on=work.happened_on,
        ),
        row.id,
    )
    versions.fix(work, row, "submit")
    work.case.plan_state, work.case.submitted_on = row.state, row.submitted_on
    work.doing.subject = row.id
    work.doing.facts = {**work.doing.facts, "number": row.number}
    return row


def return_with_reasons(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Decision:
    """Return a pending version with reasons; the worker then makes a new draft of it (``new_draft``)."""
    with on_case(
        "plans.return", case_id, by=by, clause="S3.4b", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = _initial(work, version_id)
        work.require(rules.may_return(state=PlanState(row.state), reasons=reasons))
        made = _decided(work, row, Outcome.RETURNED, reasons)
        work.case.returned_on = row.decided_on
        return made


def agree(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Decision:
    """Agree to a pending version in the Fund's name; it is frozen by that. Of two at once, one is too late."""
    with on_case(
        "plans.agree", case_id, by=by, clause="S3.4b", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = _initial(work, version_id)
        kind, _since = law_status(work.case)
        work.require(
            rules.may_agree(kind=kind, consents=consents_of(work.case), state=PlanState(row.state), on=work.happened_on)
        )
        made = _decided(work, row, Outcome.AGREED, words)
        _agreed(work, row)
        return made


def _decided(work: Work, row: PlanVersion, outcome: Outcome, words: str) -> Decision:
    made = versions.decide(work, row, outcome, words)
    work.case.plan_state = row.state
    work.doing.facts = {**work.doing.facts, "number": row.number}
    return made


def _agreed(work: Work, row: PlanVersion) -> None:
    """From now on every item is to be sought: asked of a provider, or accounted for (S7.5)."""
    work.case.agreed_on = row.decided_on
    requests.mirror(work)


def enter_paper_plan(
    *,
    case_id: uuid.UUID,
    items: Sequence[ItemInput],
    months: int,
    drafted_on: dt.date,
    submitted_on: dt.date,
    agreed_on: dt.date,
    aim: str = "",
    words: str = "",
    by: Principal,
) -> PlanVersion:
    """Enter the initial plan of a case taken over, as it was agreed on paper (G3); past order flags, not refuses.

    Args:
        case_id: a case with the provenance mark; for any other the rules refuse as ever.
        items: the items of the paper.
        months: its term.
        drafted_on: the day it was drawn up.
        submitted_on: the day it was submitted.
        agreed_on: the day the Fund agreed.
        aim: what it was for; sealed.
        words: where the paper is; sealed with the decision.
        by: the designated worker or the registry.
    """
    with on_case("plans.enter_paper", case_id, by=by, clause="G3", items=len(items)) as work:
        for day in (drafted_on, submitted_on, agreed_on):
            work.require(entry.not_future(happened_on=day, today=work.today))
        with work.at(drafted_on):
            _may_begin(work, Need.objects.filter(case=work.case, superseded=False, dropped_on=None).count())
            row = _begin(work, months=months, aim=aim)
            _put(work, row, items)
        with work.at(submitted_on):
            _submitted(work, row)
        with work.at(agreed_on):
            _decided(work, row, Outcome.AGREED, words)
            _agreed(work, row)
        return row


def _may_begin(work: Work, needs: int) -> None:
    kind, _since = law_status(work.case)
    open_versions = PlanVersion.objects.filter(case=work.case, plan__ended_on=None)
    ended, decided = plans_decided(work.case)
    work.require(closing.later_decided(plans_ended=ended, later_plans_decided=decided))
    work.require(
        rules.may_begin(
            kind=kind,
            consents=consents_of(work.case),
            needs=needs,
            has_open_version=open_versions.exists(),
            on=work.happened_on,
        )
    )


def _begin(work: Work, months: int | None = None, aim: str = "") -> PlanVersion:
    made = Plan.objects.create(case=work.case, opened_on=work.happened_on, opened_at=clock.now(), opened_by=work.by.id)
    work.case.plan_state = VersionState.DRAFT
    before = PlanVersion.objects.filter(case=work.case).aggregate(last=Max("version"))["last"] or 0
    return work.fact(
        PlanVersion, plan=made, kind=VersionKind.INITIAL, number=1, months=months, version=before + 1,
        texts={"aim": aim},
    )  # fmt: skip


def _items_of(version: PlanVersion, by: Principal) -> list[ItemInput]:
    rows = list(version.items.order_by("position"))
    texts = by.ring.open_many(rows, ["detail", "reason"])
    return [
        ItemInput(
            need_id=row.need_id, service_type=row.service_type_id or "", provider_kind=row.provider_kind,
            priority=row.priority, month_from=row.month_from, month_to=row.month_to, **text,
        )
        for row, text in zip(rows, texts, strict=True)
    ]  # fmt: skip


def _put(work: Work, row: PlanVersion, items: Sequence[ItemInput]) -> None:
    """Put these items in the place of the draft's, and mirror on the case how complete it is."""
    row.items.all().delete()
    known = set(Need.objects.filter(case=work.case).values_list("id", flat=True))
    made = []
    for position, one in enumerate(items, start=1):
        id_ = uuid7()
        item = PlanItem(
            id=id_, origin=id_, case=work.case, plan_version=row, position=position,
            need_id=one.need_id if one.need_id in known else None, service_type_id=one.service_type or None,
            provider_kind=one.provider_kind, priority=one.priority, month_from=one.month_from, month_to=one.month_to,
        )  # fmt: skip
        seal(item, work.by, {"detail": one.detail, "reason": one.reason})
        made.append(item)
    PlanItem.objects.bulk_create(made)
    _mirror(work.case, row, made, work.happened_on)


def _mirror(case: Case, row: PlanVersion, items: Sequence[PlanItem], day: dt.date) -> None:
    lacking = [one for one in law_items(items) if not rules.may_hold(item=one, months=row.months, on=day)]
    case.plan_items = len(items)
    case.plan_incomplete = len(lacking) if row.months else len(items)
    complete = bool(items) and not case.plan_incomplete
    case.drafted_on = (case.drafted_on or day) if complete else None
