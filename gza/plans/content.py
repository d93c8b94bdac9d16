"""The content of a version as one canonical text, and its fingerprint, over which the plan is signed (S7.8)."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from gza.core.prepared import Prepared
from gza.vault.ring import Ring

from .enums import VersionKind
from .models import PlanItem, PlanVersion, UnmetNeed

TEXTS = ("detail", "reason")
FINAL_TEXTS = (*TEXTS, "change")
_UNMET = Prepared(
    lambda version: UnmetNeed.objects.filter(plan_version=version, superseded=False).order_by("origin_id", "id")
)
UNMET_TEXTS = ("tried", "pursued_by")


def text_of(
    version: PlanVersion,
    aim: str,
    items: Sequence[Mapping[str, Any]],
    *,
    salt: str = "",
    more: Mapping[str, Any] | None = None,
) -> tuple[str, bytes]:
    """The text to seal, with 32 random bytes in it so that nobody guesses it from its fingerprint; and the SHA-256.

    Args:
        version: the version.
        aim: opened.
        items: as ``item_of`` or ``final_item_of`` gives them.
        salt: the salt of a text made before, to make it again; a new one when empty.
        more: what a final version holds besides.
    """
    text = json.dumps(
        {
            "salt": salt or os.urandom(32).hex(),
            "kind": str(version.kind),
            "number": version.number,
            "months": version.months,
            "aim": aim,
            "items": list(items),
            **(more or {}),
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    return text, hashlib.sha256(text.encode()).digest()


def item_of(item: PlanItem, texts: Mapping[str, str]) -> dict[str, Any]:
    """One item as it enters the text; ``texts`` are its opened ``detail`` and ``reason``."""
    return {
        "need": str(item.need_id or ""),
        "service": item.service_type_id or "",
        "provider": str(item.provider_kind),
        "priority": str(item.priority),
        "months": [item.month_from, item.month_to],
        **texts,
    }


def final_item_of(item: PlanItem, texts: Mapping[str, str]) -> dict[str, Any]:
    """One item of a final version: what secures it, who gives it, from which day to which."""
    return {
        **item_of(item, texts),
        "origin": str(item.origin or ""),
        "source": str(item.source),
        "organisation": str(item.organisation_id or ""),
        "request": str(item.request_id or ""),
        "commitment": str(item.commitment_id or ""),
        "days": [_day(item.starts_on), _day(item.ends_on)],
    }


def unmet_rows(version: PlanVersion) -> list[UnmetNeed]:
    """The unmet needs of a version, in a stable order; one query."""
    found: list[UnmetNeed] = _UNMET.all(version.id)
    return found


def unmet_of(row: UnmetNeed, texts: Mapping[str, str]) -> dict[str, Any]:
    """One unmet need as it enters the text."""
    return {"origin": str(row.origin_id), "need": str(row.need_id), "review": _day(row.review_on), **texts}


def of(
    version: PlanVersion,
    items: Sequence[PlanItem],
    ring: Ring,
    *,
    salt: str = "",
    unmet: Sequence[UnmetNeed] | None = None,
) -> tuple[str, bytes]:
    """The text of a version and its fingerprint, out of its rows; ``unmet`` as they were just read, if they were.

    Raises:
        vault.errors.NoGrant: when the ring holds no key to the case.
        vault.errors.Tampered: when a sealed text is not the one that was sealed there.
    """
    if version.kind != VersionKind.FINAL:
        texts = ring.open_many(items, TEXTS)
        made = [item_of(*pair) for pair in zip(items, texts, strict=True)]
        return text_of(version, ring.open(version, "aim"), made, salt=salt)
    unmet = unmet_rows(version) if unmet is None else unmet
    made = [
        final_item_of(item, text) for item, text in zip(items, ring.open_many(items, FINAL_TEXTS), strict=True)
    ]  # fmt: skip
    more = {
        "version": str(version.id),
        "days": [_day(version.starts_on), _day(version.ends_on)],
        "ground": str(version.ground),
        "grounds": ring.open(version, "grounds"),
        "unmet": [unmet_of(row, text) for row, text in zip(unmet, ring.open_many(unmet, UNMET_TEXTS), strict=True)],
    }
    return text_of(version, ring.open(version, "aim"), made, salt=salt, more=more)


def salt_of(text: str) -> str:
    """The salt in a sealed text; empty where there is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    return str(found.get("salt", "")) if isinstance(found, dict) else ""


def holds(version: PlanVersion, ring: Ring) -> bool:
    """Whether the sealed content is the one of the fingerprint (its rows apart: ``queries.verify``)."""
    if version.fingerprint is None:
        return False
    text = ring.open(version, "content")
    return hashlib.sha256(text.encode()).digest() == bytes(version.fingerprint)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
