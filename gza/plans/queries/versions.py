"""All reads of the plans. No transaction; the number of queries does not depend on the number of items."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.accounts.principals import Principal
from gza.cases.models import Case, Need
from gza.cases.queries.lists import not_barred
from gza.cases.queries.road import consents_of, law_status
from gza.core import clock
from gza.core.paging import SIZE, Page, page
from gza.core.prepared import Prepared
from gza.law import plan as rules
from gza.law.verdicts import Denied, Verdict
from gza.plans import permissions as _map  # noqa: F401 (enters the predicates into the map)
from gza.plans.enums import VersionKind, VersionState
from gza.plans.models import MONTHS, PlanItem, PlanVersion
from gza.vault.ring import Ring

_TEXTS = ("detail", "reason")


@dataclass(frozen=True)
class PlanPage:
    """One version with what a page shows of it.

    ``needs`` are the needs of the items as they stand now, by the id the item names; ``left_out`` necessary needs
    without an item; ``problems`` what the rules would refuse at submission, each once; ``written`` every need that
    the case ever had.
    """

    version: PlanVersion
    items: list[PlanItem]
    versions: list[PlanVersion]
    needs: dict[uuid.UUID, Need]
    left_out: list[Need]
    problems: tuple[Denied, ...]
    written: list[Need]


_VERSIONS = Prepared(
    lambda case: (
        PlanVersion.objects.filter(case=case)
        .select_related("decision", "plan")
        .order_by("-plan__opened_at", "-plan_id", "-number")
    )
)
_ITEMS = Prepared(
    lambda version: (
        PlanItem.objects.filter(plan_version=version)
        .select_related("service_type", "need", "organisation")
        .order_by("position")
    )
)
_NEEDS = Prepared(lambda case: Need.objects.filter(case=case))


def versions(case: Case) -> list[PlanVersion]:
    """The versions of the case's newest plan, ended or not, with the Fund's answers, the newest first; one query."""
    found: list[PlanVersion] = _VERSIONS.all(case.id)
    return [one for one in found if one.plan_id == found[0].plan_id]


def current(case: Case) -> PlanVersion | None:
    """The newest version that was not dropped; None before a plan was begun."""
    rows = PlanVersion.objects.filter(case=case, plan__ended_on=None).exclude(state=VersionState.DROPPED)
    return rows.order_by("-number").first()


def agreed(case: Case) -> PlanVersion | None:
    """The agreed initial plan, if there is one."""
    rows = PlanVersion.objects.filter(
        case=case, plan__ended_on=None, kind=VersionKind.INITIAL, state=VersionState.AGREED
    )
    return rows.order_by("-number").first()


def plan_page(case: Case, number: int | None = None) -> PlanPage | None:
    """The newest version, or the one of that number; None when there is none. Three queries."""
    found = versions(case)
    standing = [one for one in found if one.state != VersionState.DROPPED] if number is None else found
    version = next((one for one in standing if number in {None, one.number}), None)
    if version is None:
        return None
    items = items_of(version)
    needs = needs_written(case.id)
    newest = newest_of(needs)
    by_id = {need.id: need for need in needs}
    covered = {newest[item.need_id] for item in items if item.need_id}
    left_out = [
        need for need in needs
        if need.priority == "necessary" and not need.superseded and need.dropped_on is None and need.id not in covered
    ]  # fmt: skip
    problems: tuple[Denied, ...] = ()
    if version.kind == VersionKind.INITIAL:
        problems = rules.problems(items=law_items(items), months=version.months, on=clock.today())
    answered = {item.need_id: by_id[newest[item.need_id]] for item in items if item.need_id}
    return PlanPage(version, items, found, answered, left_out, problems, needs)


def may_begin(case: Case) -> Verdict:
    """What the rules say of beginning an initial plan today; for the page that teaches what comes first."""
    kind, _since = law_status(case)
    return rules.may_begin(
        kind=kind,
        consents=consents_of(case),
        needs=Need.objects.filter(case=case, superseded=False, dropped_on=None).count(),
        has_open_version=PlanVersion.objects.filter(case=case, plan__ended_on=None).exists(),
        on=clock.today(),
    )


def lacking(case: Case, shown: PlanPage) -> tuple[Denied, ...]:
    """All that the rules would refuse at the submission of this draft, each once: about case, plan, items."""
    kind, _since = law_status(case)
    today = clock.today()
    needs = Need.objects.filter(case=case, superseded=False, dropped_on=None).count()
    verdicts = (
        rules.on_the_way(kind=kind, consents=consents_of(case), on=today),
        rules.from_needs(needs=needs),
        rules.not_empty(items=len(shown.items)),
        rules.term(months=shown.version.months or 0, on=today),
    )
    return (*(one for one in verdicts if isinstance(one, Denied)), *shown.problems)


def items_of(version: PlanVersion) -> list[PlanItem]:
    """The items of a version in their order; one query."""
    return _ITEMS.all(version.id)


def texts_of(items: Sequence[PlanItem], ring: Ring) -> list[dict[str, str]]:
    """``detail`` and ``reason`` of each item, opened; a constant number of queries."""
    return ring.open_many(items, _TEXTS)


def months_of(item: PlanItem, term: int | None = None) -> list[bool]:
    """The item's time as one mark a month of the plan, for the time-table."""
    length = term or MONTHS
    first, last = item.month_from or 0, item.month_to or 0
    return [bool(first) and first <= month <= last for month in range(1, length + 1)]


def law_items(items: Sequence[PlanItem]) -> list[rules.Item]:
    """The items as the rules see them."""
    return [
        rules.Item(
            priority=item.priority or None,
            has_reason=item.reason is not None,
            has_need=item.need_id is not None,
            first_month=item.month_from,
            last_month=item.month_to,
        )
        for item in items
    ]


def needs_written(case_id: uuid.UUID) -> list[Need]:
    """Every need ever written of a case, superseded and dropped ones too; one query."""
    return _NEEDS.all(case_id)


def newest_needs(case_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """For every need ever written, the id of the row that stands in its place now; one query."""
    return newest_of(needs_written(case_id))


def newest_of(needs: Sequence[Need]) -> dict[uuid.UUID, uuid.UUID]:
    """The same, of needs that were read."""
    following = {need.corrects_id: need.id for need in needs if need.corrects_id}
    found = {}
    for need in needs:
        last = need.id
        while last in following:
            last = following[last]
        found[need.id] = last
    return found


@dataclass(frozen=True)
class Change:
    """One difference between two versions: ``kind`` is ``added``, ``removed`` or ``changed`` (then in ``columns``)."""

    kind: str
    before: PlanItem | None
    after: PlanItem | None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """How the later version differs from the earlier; ``same`` items are those left alone."""

    before: PlanVersion
    after: PlanVersion
    changes: list[Change]
    same: list[PlanItem] = field(default_factory=list)
    months: tuple[int | None, int | None] = (None, None)


_COLUMNS = ("service_type_id", "provider_kind", "priority", "month_from", "month_to")
_FINAL = ("service_type_id", "priority", "source", "organisation_id", "starts_on", "ends_on")


def compare(before: PlanVersion, after: PlanVersion, ring: Ring) -> Comparison:
    """What changed from one version to another, item by item of the same need; three queries and the ring's own.

    Items are matched by the one they descend from, among initial versions by the need they answer (a corrected need is
    the same need), several of one in their order.
    """
    newest = newest_needs(after.case_id)
    old, new = items_of(before), items_of(after)
    finals = [one.kind == VersionKind.FINAL for one in (before, after)]

    def key(item: PlanItem) -> uuid.UUID | None:
        return item.origin if any(finals) else newest.get(item.need_id)

    texts = dict(zip([item.id for item in [*old, *new]], texts_of([*old, *new], ring), strict=True))
    waiting: dict[uuid.UUID | None, list[PlanItem]] = {}
    for item in old:
        waiting.setdefault(key(item), []).append(item)
    changes, same = [], []
    for item in new:
        twins = waiting.get(key(item), [])
        if not twins:
            changes.append(Change("added", None, item))
            continue
        twin = twins.pop(0)
        columns = [name for name in (_FINAL if all(finals) else _COLUMNS) if getattr(twin, name) != getattr(item, name)]
        columns += [name for name in _TEXTS if texts[twin.id][name] != texts[item.id][name]]
        if columns:
            changes.append(Change("changed", twin, item, tuple(columns)))
        else:
            same.append(item)
    changes += [Change("removed", item, None) for left in waiting.values() for item in left]
    return Comparison(before, after, changes, same, (before.months, after.months))


def pending(who: Principal, *, after: str = "", size: int = SIZE) -> Page[PlanVersion]:
    """Versions that wait for the Fund's answer, the longest waiting first; for the registry. At most two queries."""
    rows = PlanVersion.objects.filter(
        not_barred(who, "case_id"), state=VersionState.SUBMITTED, plan__ended_on=None
    ).select_related("case")
    return page(rows if who.in_registry else rows.none(), ("submitted_on", "id"), after=after, size=size)


def agreed_on(case: Case) -> dt.date | None:
    """The day since which reintegration services may be requested (S7.5); None before."""
    return case.agreed_on
