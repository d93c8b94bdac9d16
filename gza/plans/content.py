"""The content of a version as one canonical text, and its fingerprint (S7.8 will sign over it)."""

import hashlib
import json
import os
from collections.abc import Sequence

from gza.vault.ring import Ring

from .models import PlanItem, PlanVersion


def of(version: PlanVersion, items: Sequence[PlanItem], ring: Ring) -> tuple[str, bytes]:
    """The text to seal, with 32 random bytes in it so that nobody guesses it from its fingerprint; and the SHA-256."""
    texts = ring.open_many(items, ["detail", "reason"])
    text = json.dumps(
        {
            "salt": os.urandom(32).hex(),
            "kind": version.kind,
            "number": version.number,
            "months": version.months,
            "aim": ring.open(version, "aim"),
            "items": [
                {
                    "need": str(item.need_id or ""),
                    "service": item.service_type_id or "",
                    "provider": item.provider_kind,
                    "priority": item.priority,
                    "months": [item.month_from, item.month_to],
                    **opened,
                }
                for item, opened in zip(items, texts, strict=True)
            ],
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    return text, hashlib.sha256(text.encode()).digest()


def holds(version: PlanVersion, ring: Ring) -> bool:
    """Whether the sealed content is the one of the fingerprint."""
    if version.fingerprint is None:
        return False
    text = ring.open(version, "content")
    return hashlib.sha256(text.encode()).digest() == bytes(version.fingerprint)
