"""What the papers of a plan are made of: one version with its signatures, unmet needs, money (S7.7, S7.8)."""

import uuid
from collections.abc import Sequence

from django.db.models import F, Q

from gza.cases.models import Case
from gza.plans.models import Commitment, Consideration, Notice, PlanItem, PlanVersion, Signature, UnmetNeed
from gza.vault.ring import Ring


def version(case: Case, number: int | None = None) -> PlanVersion | None:
    """The version of that number of the newest plan, or its newest one; None where there is none."""
    rows = PlanVersion.objects.filter(case=case).order_by("-plan_id", "-number")
    return (rows.filter(number=number) if number is not None else rows).first()


def fingerprinted(case: Case) -> list[PlanVersion]:
    """Every version of every plan of the case that has a fingerprint, the newest first."""
    return list(PlanVersion.objects.filter(case=case, fingerprint__isnull=False).order_by("-plan_id", "-number"))


def signatures_of(row: PlanVersion) -> list[Signature]:
    """Signatures over a version, in the order in which they were given."""
    return list(Signature.objects.filter(plan_version=row, superseded=False).order_by("happened_on", "id"))


def unmet_of(row: PlanVersion) -> list[UnmetNeed]:
    """Necessary needs that a version carries as unmet, those to be looked at first in front."""
    rows = UnmetNeed.objects.filter(plan_version=row, superseded=False).select_related("need")
    return list(rows.order_by("review_on", "id"))


def notice_of(case: Case) -> Notice | None:
    """The newest notice of the end that was handed over."""
    return Notice.objects.filter(case=case, superseded=False, handed=True).order_by("-happened_on", "-id").first()


def money_of(row: PlanVersion, items: Sequence[PlanItem]) -> dict[uuid.UUID, int]:
    """The Fund's money in each item, in tetri: the commitment it rests on, else those of the item it descends from."""
    wanted = Q(id__in=[one.commitment_id for one in items if one.commitment_id])
    wanted |= Q(origin__in=[one.origin for one in items if one.origin])
    found: dict[uuid.UUID, int] = {}
    for money in Commitment.objects.filter(wanted, case_id=row.case_id, superseded=False):
        own = next((item for item in items if item.commitment_id == money.id), None)
        home = own or next((item for item in items if item.origin == money.origin_id), None)
        if home is not None:
            found[home.id] = found.get(home.id, 0) + money.amount - money.released
    return found


def payees_of(items: Sequence[PlanItem], ring: Ring) -> dict[uuid.UUID, str]:
    """Whom the Fund pays for an item where nobody in the directory is named; no query where the plan has no such item.

    Args:
        items: those of one version.
        ring: of who reads; the caller records the opening.
    """
    paid = {one.commitment_id: one.id for one in items if one.commitment_id and not one.organisation_id}
    if not paid:
        return {}
    rows = Consideration.objects.filter(decisions__commitment__in=paid, payee=None, payee_name__isnull=False)
    found = list(rows.annotate(money=F("decisions__commitment")))
    texts = ring.open_many(found, ["payee_name"]) if found else []
    return {paid[row.money]: text["payee_name"] for row, text in zip(found, texts, strict=True)}
