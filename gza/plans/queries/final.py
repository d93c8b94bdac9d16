"""What a final version rests on: answers and money, the version before, the facts its rules ask for."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.cases.models import Case, Need
from gza.cases.queries.road import consents_of, law_status
from gza.core import clock
from gza.core.prepared import Among, Prepared
from gza.law import amendment, final
from gza.law import plan as rules
from gza.law.final_items import FinalItem, Term
from gza.law.lifecycles import PlanState
from gza.law.verdicts import Denied, Verdict
from gza.plans import content
from gza.plans.content import unmet_rows
from gza.plans.enums import IN_PLAN, POSITIVE, ProviderKind, RequestState, Source, VersionKind, VersionState
from gza.plans.models import Commitment, PlanItem, PlanVersion, ServiceRequest, UnmetNeed
from gza.vault.ring import Ring

from .versions import PlanPage, items_of, needs_written, newest_of

OPEN = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.TO_SIGN)
_SELF_PROVIDED = {ProviderKind.NONE, ProviderKind.STATE}

_ANSWERS = Prepared(
    lambda case: ServiceRequest.objects.filter(case=case, superseded=False).order_by("happened_on", "id")
)
_MONEY = Prepared(lambda case: Commitment.objects.filter(case=case, superseded=False).order_by("happened_on", "id"))
_AGREED = Prepared(
    lambda plan: PlanVersion.objects.filter(plan=plan, kind=VersionKind.INITIAL, state=VersionState.AGREED)[:1]
)
_FIRST_IDS = Prepared(
    lambda plan: PlanItem.objects.filter(
        plan_version__plan=plan, plan_version__kind=VersionKind.INITIAL
    ).values_list("id")
)  # fmt: skip
_KINDS = Among(lambda ids: PlanItem.objects.filter(id__in=ids).values_list("id", "provider_kind"))
_IN_FORCE = Prepared(
    lambda case: PlanVersion.objects.filter(case=case, state=VersionState.IN_FORCE).select_related("plan")[:1]
)


@dataclass(frozen=True)
class Proof:
    """What can secure an item: a provider's positive answer (``months`` asked or covered), or the Fund's money.

    ``origin`` is what it was asked or decided for; None for the opening balance of a case taken over, which can be for
    any item. ``left`` is the sum not given back, in tetri. ``stands``: it still can secure anything.
    """

    source: Source
    id: uuid.UUID
    origin: uuid.UUID | None
    organisation_id: uuid.UUID | None
    service_type: str = ""
    months: tuple[int, int] | None = None
    partial: bool = False
    left: int = 0
    stands: bool = True


def proofs(case_id: uuid.UUID) -> dict[uuid.UUID, Proof]:
    """Answers and commitments of a case by their ids, those that do not stand any more included; two queries."""
    found: dict[uuid.UUID, Proof] = {}
    for row in _ANSWERS.all(case_id):
        covered = (row.covers_from, row.covers_to) if row.covers_from and row.covers_to else None
        found[row.id] = Proof(
            Source.PROVIDER, row.id, row.origin_id, row.organisation_id, row.service_type_id,
            covered or (row.month_from, row.month_to), partial=row.state == RequestState.PARTLY and covered is not None,
            stands=row.state in POSITIVE,
        )  # fmt: skip
    for money in _MONEY.all(case_id):
        left = money.amount - money.released
        found[money.id] = Proof(
            Source.FUND, money.id, money.origin_id, money.payee_id, left=left, stands=left > 0
        )  # fmt: skip
    return found


def agreed_initial(case: Case) -> PlanVersion | None:
    """The agreed initial version of the plan that has not ended."""
    rows = PlanVersion.objects.filter(case=case, plan__ended_on=None, kind=VersionKind.INITIAL)
    return rows.filter(state=VersionState.AGREED).select_related("plan").first()


def first_items(plan_id: uuid.UUID) -> list[PlanItem]:
    """The items of the initial version of a plan, those of returned ones left out, in their order; one query."""
    rows = PlanItem.objects.filter(plan_version__plan=plan_id, plan_version__kind=VersionKind.INITIAL)
    rows = rows.exclude(plan_version__state=VersionState.RETURNED).select_related("need", "service_type")
    return list(rows.order_by("position"))


def in_force(case: Case) -> PlanVersion | None:
    """The version in force."""
    found: PlanVersion | None = _IN_FORCE.one(case.id)
    return found


def reference_of(version: PlanVersion) -> PlanVersion | None:
    """The version that a final one is compared with: for an amendment its base, else the agreed initial plan."""
    if version.ground:
        return version.base
    found: PlanVersion | None = _AGREED.one(version.plan_id)
    return found


@dataclass(frozen=True)
class Facts:
    """A final version as the rules see it, item by item in its order; ``missing`` items of the version before.

    ``unmet`` are the rows of its unmet needs, as they were read for it.
    """

    items: list[FinalItem]
    missing: int
    term: Term
    unmet_before: int = 0
    unmet: list[UnmetNeed] = field(default_factory=list)

    @property
    def problems(self) -> tuple[Denied, ...]:
        """All that the rules would refuse about the content, each once."""
        return final.problems(items=self.items, missing=self.missing, term_=self.term)


def term_of(version: PlanVersion) -> Term:
    """The term of a version; once the plan began, its latest end binds."""
    return Term(version.starts_on, version.ends_on, version.plan.latest_end)


def facts_of(version: PlanVersion, ring: Ring) -> Facts:
    """What the rules ask of a final version, out of its rows; a constant number of queries."""
    return _facts(version, ring, items_of(version), needs_written(version.case_id))


def facts_on(page: PlanPage, ring: Ring) -> Facts:
    """The same of the version on a page, whose items and needs are read."""
    return _facts(page.version, ring, page.items, page.written)


def _facts(version: PlanVersion, ring: Ring, own: Sequence[PlanItem], needs: Sequence[Need]) -> Facts:
    before = reference_of(version)
    old = items_of(before) if before else []
    initial = {id_ for (id_,) in _FIRST_IDS.rows(version.plan_id)}
    texts = ring.open_many([*old, *own], content.FINAL_TEXTS)
    said = {item.id: text for item, text in zip([*old, *own], texts, strict=True)}
    known = proofs(version.case_id)
    kinds = dict(_KINDS.rows([one.origin for one in own if one.origin]))
    newest = newest_of(needs)
    dropped = {need.id for need in needs if need.dropped_on is not None}
    unmet_now = unmet_rows(version)
    unmet = {row.origin_id: row for row in unmet_now}
    waiting: dict[uuid.UUID | None, list[PlanItem]] = {}
    for item in old:
        if item.source != Source.OUT:
            waiting.setdefault(item.origin, []).append(item)
    missing = len(set(waiting) - {item.origin for item in own})
    allowed = initial | {item.origin for item in old}
    made = []
    for item in own:
        twins = waiting.get(item.origin, [])
        twin = twins.pop(0) if twins else None
        if twin is None:
            twin = next((one for one in old if one.origin == item.origin), None)
        proof = known.get(item.request_id or item.commitment_id)
        lacks = unmet.get(item.origin)
        made.append(
            FinalItem(
                source=item.source, priority=item.priority or None, has_need=item.need_id is not None,
                has_reason=item.reason is not None, has_service=item.service_type_id is not None,
                has_provider=_has_provider(item), starts_on=item.starts_on, ends_on=item.ends_on,
                descends=item.origin in allowed or (bool(version.ground) and item.origin == item.id),
                answered=_secures(proof, Source.PROVIDER, item), funded=_secures(proof, Source.FUND, item),
                needs_neither=kinds.get(item.origin, item.provider_kind) in _SELF_PROVIDED,
                changed=_changed(item, twin, said, version), explained=bool(said[item.id]["change"]),
                fell_away=newest.get(item.need_id) in dropped,
                told=lacks is not None and lacks.tried is not None and lacks.pursued_by is not None,
                review_on=lacks.review_on if lacks else None, covers=_covers(proof, version.starts_on),
            )
        )  # fmt: skip
    unmet_before = sum(item.source == Source.UNMET for item in old)
    return Facts(made, missing, term_of(version), unmet_before, unmet_now)


def _has_provider(item: PlanItem) -> bool:
    if item.source == Source.FUND or item.provider_kind == ProviderKind.NONE:
        return True
    return item.organisation_id is not None


def _secures(proof: Proof | None, source: Source, item: PlanItem) -> bool:
    return (
        proof is not None
        and proof.source == source
        and proof.stands
        and (proof.origin == item.origin or (source == Source.FUND and proof.origin is None))
    )


def _covers(proof: Proof | None, starts_on: dt.date | None) -> tuple[dt.date, dt.date] | None:
    if proof is None or not proof.partial or proof.months is None or starts_on is None:
        return None
    return final.days_of(starts_on, *proof.months)


def _changed(
    item: PlanItem, twin: PlanItem | None, said: dict[uuid.UUID, dict[str, str]], version: PlanVersion
) -> bool:
    """Whether an item differs from the one it descends from in what the beneficiary gets, and when."""
    if item.source == Source.OUT:
        return True
    if twin is None or item.source not in IN_PLAN:
        return False
    columns = ["service_type_id", "priority"]
    columns += ["starts_on", "ends_on", "source", "organisation_id"] if version.ground else ["month_from", "month_to"]
    if any(getattr(item, name) != getattr(twin, name) for name in columns):
        return True
    return said[item.id]["detail"] != said[twin.id]["detail"]


def may_begin_final(case: Case) -> Verdict:
    """What the rules say of beginning a final plan today."""
    kind, _since = law_status(case)
    rows = PlanVersion.objects.filter(case=case, plan__ended_on=None)
    return final.may_begin(
        kind=kind,
        consents=consents_of(case),
        initial_agreed=rows.filter(kind=VersionKind.INITIAL, state=VersionState.AGREED).exists(),
        unsought=case.items_unsought,
        waiting=case.requests_waiting,
        undecided=case.considerations_open,
        has_open_version=final_going(case),
        on=clock.today(),
    )


def final_going(case: Case) -> bool:
    """Whether a final version is being worked on, lies with the Fund, waits for signatures or is in force."""
    states = (*OPEN, VersionState.RETURNED, VersionState.AGREED, VersionState.IN_FORCE)
    rows = PlanVersion.objects.filter(case=case, plan__ended_on=None, kind=VersionKind.FINAL, state__in=states)
    return rows.exists()


def may_amend(case: Case, ground: str = "needs", why: str = "x") -> Verdict:
    """What the rules say of amending the plan today; without arguments, as far as the case goes."""
    kind, _since = law_status(case)
    row = in_force(case)
    return amendment.may_amend(
        kind=kind,
        consents=consents_of(case),
        state=PlanState(row.state) if row else None,
        has_open_version=row is not None and PlanVersion.objects.filter(plan=row.plan, state__in=OPEN).exists(),
        ground=ground,
        why=why,
        latest_end=row.plan.latest_end if row else None,
        on=clock.today(),
    )


def lacking_final(version: PlanVersion, facts: Facts) -> tuple[Denied, ...]:
    """All that the rules would refuse at the submission of this draft, or its fixing for signature, each once."""
    today = clock.today()
    kind, _since = law_status(version.case)
    found: list[Verdict] = [rules.on_the_way(kind=kind, consents=consents_of(version.case), on=today)]
    if version.ground:
        found.append(amendment.term_runs(latest_end=facts.term.latest_end, on=today))
    elif version.starts_on:
        found.append(final.starts_ahead(starts_on=version.starts_on, on=today))
    return (*(one for one in found if isinstance(one, Denied)), *facts.problems)
