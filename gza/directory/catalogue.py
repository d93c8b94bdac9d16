"""The list of services as a document: canonical form, fingerprint, and in what two lists differ. Pure."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

Listed = dict[str, Any]
"""One offer in a snapshot; see ``queries.compile_catalogue`` for its keys."""

COMPARED = (
    "kind", "regions", "place", "audience", "capacity", "languages", "conditions", "valid_from", "valid_to",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """What a list has that the one before had not, what it lost, and what changed: (before, now, names of fields)."""

    added: tuple[Listed, ...]
    removed: tuple[Listed, ...]
    changed: tuple[tuple[Listed, Listed, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.changed)


def fingerprint(snapshot: dict[str, Any]) -> str:
    """SHA-256, in hex, over the snapshot's JSON with sorted keys and no blanks."""
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def difference(before: list[Listed], now: list[Listed]) -> Difference:
    """Compare two lists offer by offer, by the offer's id; confirmation dates do not count as change."""
    old, new = ({offer["id"]: offer for offer in offers} for offers in (before, now))
    changed = []
    for key in (key for key in new if key in old):
        fields = tuple(name for name in COMPARED if old[key][name] != new[key][name])
        if fields:
            changed.append((old[key], new[key], fields))
    return Difference(
        added=tuple(new[key] for key in new if key not in old),
        removed=tuple(old[key] for key in old if key not in new),
        changed=tuple(changed),
    )


def narrowed(
    offers: list[Listed], *, kind: str = "", region: str = "", service: str = "", organisation: str = ""
) -> list[Listed]:
    """Those offers of a list that fit all that is asked; an empty text asks nothing."""
    return [
        offer
        for offer in offers
        if (not kind or offer["kind"] in {kind, "both"})
        and (not region or region in {place["key"] for place in offer["regions"]})
        and (not service or offer["service"]["key"] == service)
        and (not organisation or offer["organisation"]["id"] == organisation)
    ]
