"""The content of a version as one canonical text, and its fingerprint (S7.8 will sign over it)."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from gza.vault.ring import Ring

from .models import PlanItem, PlanVersion


def text_of(version: PlanVersion, aim: str, items: Sequence[Mapping[str, Any]]) -> tuple[str, bytes]:
    """The text to seal, with 32 random bytes in it so that nobody guesses it from its fingerprint; and the SHA-256."""
    text = json.dumps(
        {
            "salt": os.urandom(32).hex(),
            "kind": str(version.kind),
            "number": version.number,
            "months": version.months,
            "aim": aim,
            "items": list(items),
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


def of(version: PlanVersion, items: Sequence[PlanItem], ring: Ring) -> tuple[str, bytes]:
    """The text of a version and its fingerprint."""
    texts = ring.open_many(items, ["detail", "reason"])
    return text_of(version, ring.open(version, "aim"), [item_of(*pair) for pair in zip(items, texts, strict=True)])


def holds(version: PlanVersion, ring: Ring) -> bool:
    """Whether the sealed content is the one of the fingerprint."""
    if version.fingerprint is None:
        return False
    text = ring.open(version, "content")
    return hashlib.sha256(text.encode()).digest() == bytes(version.fingerprint)
