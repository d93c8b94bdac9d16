"""The items of a final version: as they are entered, as they begin, as they are written."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from gza.accounts.principals import Principal
from gza.cases.models import Need
from gza.cases.steps import Work, seal
from gza.core.ids import uuid7
from gza.directory.queries import named
from gza.law import final as rules
from gza.law import final_items as item_rules
from gza.ledger import work as ledger
from gza.plans import content
from gza.plans.enums import IN_PLAN, ProviderKind, Source
from gza.plans.models import Commitment, Consideration, PlanItem, PlanVersion, ServiceRequest, SetAside, UnmetNeed
from gza.plans.queries.final import Proof, proofs
from gza.plans.queries.versions import items_of
from gza.vault.ring import Ring

_SHIFT = 1000


@dataclass(frozen=True)
class FinalItem:
    """One item of a final version as it is entered; whatever is not decided yet stays empty.

    ``id`` is that of the item in this draft, None for one not there yet. ``origin`` is the item of the initial plan it
    descends from, or its own id for what is new in an amendment (None with ``new``). ``proof`` is the answer or the
    commitment that secures it; without one, ``source`` says how it stands. ``need_id``, ``provider_kind`` and
    ``organisation_id`` are asked only where nothing else tells them. The last three are of an unmet need.
    """

    id: uuid.UUID | None = None
    origin: uuid.UUID | None = None
    proof: uuid.UUID | None = None
    source: str = ""
    need_id: uuid.UUID | None = None
    service_type: str = ""
    provider_kind: str = ""
    organisation_id: uuid.UUID | None = None
    priority: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    detail: str = ""
    reason: str = ""
    change: str = ""
    tried: str = ""
    pursued_by: str = ""
    review_on: dt.date | None = None


def starting(initial: PlanVersion, starts_on: dt.date, ends_on: dt.date, by: Principal) -> list[FinalItem]:
    """The items of the agreed initial plan with what secures each, their months as days from ``starts_on`` on."""
    rows = items_of(initial)
    texts = by.ring.open_many(rows, content.TEXTS)
    standing: dict[uuid.UUID | None, list[Proof]] = {}
    for proof in proofs(initial.case_id).values():
        if proof.stands:
            standing.setdefault(proof.origin, []).append(proof)
    made = []
    for row, text in zip(rows, texts, strict=True):
        common = {
            "origin": row.origin, "need_id": row.need_id, "service_type": row.service_type_id or "",
            "provider_kind": row.provider_kind, "priority": row.priority, **text,
        }  # fmt: skip
        found = standing.get(row.origin, [])
        for proof in found or [None]:
            months = (row.month_from or 1, row.month_to or 1)
            if proof and proof.partial and proof.months:
                months = proof.months
            first, last = rules.days_of(starts_on, *months)
            source = Source.FREE if not found and row.provider_kind == ProviderKind.NONE else ""
            made.append(
                FinalItem(
                    **common, proof=proof.id if proof else None, source=source, starts_on=first,
                    ends_on=min(last, ends_on),
                )
            )  # fmt: skip
    return made


def as_entered(version: PlanVersion, ring: Ring, *, carried: bool = False) -> list[FinalItem]:
    """The items of a final version as they could be entered again.

    Args:
        version: the version.
        ring: the keys.
        carried: for an amendment: without what was left out, and without the reasons of changes made before.
    """
    rows = [row for row in items_of(version) if not (carried and row.source == Source.OUT)]
    unmet = content.unmet_rows(version)
    lacks = {
        row.origin_id: (row, text)
        for row, text in zip(unmet, ring.open_many(unmet, content.UNMET_TEXTS), strict=True)
    }  # fmt: skip
    made = []
    for row, text in zip(rows, ring.open_many(rows, content.FINAL_TEXTS), strict=True):
        lack = lacks.get(row.origin) if row.source == Source.UNMET else None
        made.append(
            FinalItem(
                origin=row.origin, proof=row.request_id or row.commitment_id, source=row.source, need_id=row.need_id,
                service_type=row.service_type_id or "", provider_kind=row.provider_kind,
                organisation_id=row.organisation_id, priority=row.priority, starts_on=row.starts_on,
                ends_on=row.ends_on, detail=text["detail"], reason=text["reason"],
                change="" if carried else text["change"], tried=lack[1]["tried"] if lack else "",
                pursued_by=lack[1]["pursued_by"] if lack else "", review_on=lack[0].review_on if lack else None,
            )
        )  # fmt: skip
    return made


def put(work: Work, row: PlanVersion, items: Sequence[FinalItem]) -> None:
    """Write these items in the place of the draft's; those that stay keep their ids, as requests may name them.

    Raises:
        Refused: for days out of order, an unmet need without its words, or an item taken out that is asked for.
    """
    known = proofs(work.case.id)
    needs = set(Need.objects.filter(case=work.case).values_list("id", flat=True))
    own = {item.id: item for item in row.items.all()}
    firsts = {item.id: item for item in PlanItem.objects.filter(plan_version__plan_id=row.plan_id)}
    row.items.update(position=F("position") + _SHIFT)
    UnmetNeed.objects.filter(plan_version=row).delete()
    kept: set[uuid.UUID] = set()
    unmet: list[tuple[PlanItem, FinalItem]] = []
    for position, one in enumerate(items, start=1):
        ledger.require(item_rules.dated(source="", starts_on=one.starts_on, ends_on=one.ends_on))
        item = own.get(one.id) if one.id and one.id not in kept else None
        new = item is None
        item = item or PlanItem(id=uuid7(), case=work.case, plan_version=row)
        _fill(item, one, row, known, firsts, needs)
        item.position = position
        texts = {"detail": one.detail, "reason": one.reason, "change": one.change}
        item.detail = item.reason = item.change = None
        seal(item, work.by, texts)
        item.save(force_insert=new, force_update=not new)
        kept.add(item.id)
        if item.source == Source.UNMET:
            unmet.append((item, one))
    gone = set(own) - kept
    ledger.require(item_rules.not_asked_for(asked_for=_named(gone)))
    row.items.filter(id__in=gone).delete()
    for item, one in unmet:
        told = bool(one.tried.strip() and one.pursued_by.strip())
        ledger.require(item_rules.unmet_told(source=item.source, told=told, review_on=one.review_on))
        if item.need_id is None or item.origin is None or item.origin not in firsts | {item.id: item}:
            continue  # an item without need or origin is refused when the plan is submitted
        work.fact(
            UnmetNeed, plan_version=row, origin_id=item.origin, need_id=item.need_id,
            service_type_id=item.service_type_id, review_on=one.review_on,
            texts={"tried": one.tried, "pursued_by": one.pursued_by},
        )  # fmt: skip


def _named(ids: set[uuid.UUID]) -> bool:
    """Whether a request, a set-aside offer, a consideration or money was begun for one of these items."""
    return any(
        model._default_manager.filter(origin_id__in=ids).exists()
        for model in (ServiceRequest, SetAside, Consideration, Commitment)
        if ids
    )


def _fill(
    item: PlanItem,
    one: FinalItem,
    row: PlanVersion,
    known: dict[uuid.UUID, Proof],
    firsts: dict[uuid.UUID, PlanItem],
    needs: set[uuid.UUID],
) -> None:
    """The plain columns of an item: what descends from another has that one's need."""
    proof = known.get(one.proof) if one.proof else None
    origin = firsts.get(one.origin) if one.origin else None
    if origin is None and row.ground:
        item.origin = item.id
    else:
        item.origin = origin.origin if origin else None
    first = firsts.get(item.origin) if item.origin else None
    if first is not None and first.id != item.id:
        item.need_id = first.need_id
    else:
        item.need_id = one.need_id if one.need_id in needs else None
    item.source = proof.source if proof else (one.source if one.source not in {Source.PROVIDER, Source.FUND} else "")
    item.request_id = proof.id if proof and proof.source == Source.PROVIDER else None
    item.commitment_id = proof.id if proof and proof.source == Source.FUND else None
    item.organisation_id = proof.organisation_id if proof else None
    item.provider_kind = _kind(item, one, proof, first)
    if item.source == Source.FREE and item.provider_kind == ProviderKind.STATE:
        item.organisation_id = one.organisation_id
    item.service_type_id = one.service_type or (proof.service_type if proof else "") or None
    item.priority = one.priority
    item.starts_on, item.ends_on = one.starts_on, one.ends_on
    if (one.starts_on is None) != (one.ends_on is None) or item.source not in {*IN_PLAN, ""}:
        item.starts_on = item.ends_on = None
    item.month_from = item.month_to = None
    if row.starts_on and item.starts_on and item.ends_on:
        first_month = min(rules.month_of(row.starts_on, item.starts_on), 12)
        item.month_from = first_month
        item.month_to = min(max(rules.month_of(row.starts_on, item.ends_on), first_month), 12)


def _kind(item: PlanItem, one: FinalItem, proof: Proof | None, first: PlanItem | None) -> str:
    if item.source == Source.FUND:
        return ProviderKind.FUND
    if proof is not None and proof.organisation_id:
        body = named([proof.organisation_id]).get(proof.organisation_id)
        kinds = set(ProviderKind.values)
        return body.kind if body and body.kind in kinds else ProviderKind.NGO
    if first is not None and first.id != item.id:
        return first.provider_kind
    return one.provider_kind
