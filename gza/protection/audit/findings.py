"""What the audit found: attacks that succeed, which refuse the release, and what is listed without refusing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gza.protection.model import TOTAL, Unit

ATTACKS: dict[str, str] = {
    "false figure": "a printed value differs from the base counts, or the table is not whole",
    "marks": "something beside the one mark tells a suppressed cell from another",
    "same cell printed and suppressed": "a suppressed cell stands printed in another table",
    "row and column subtraction": "one table's own sums give the cell",
    "linked tables": "the sums of all tables of the release together give the cell",
    "quarters against the year": "parts of the year and the whole year together give the cell",
    "bands recoded differently": "two groupings of the same categories together give the cell",
    "unknown by subtraction": "what is known, taken from the total, gives the unknown",
    "cumulative minus previous": "an earlier release over part of the years, taken from this one, gives the cell",
    "rolling windows": "windows that overlap, taken from each other, give the cell",
    "revised minus old": "a revised year, less the same year before revision, gives those who were added or taken out",
    "outside sources": "figures published by others, added as further rows, give the cell",
    "re-rounded outputs": "rounded values of one cell, laid over each other, give the cell",
    "shares turned back": "a printed share or mean, turned back into counts, gives the cell",
    "whole numbers": "fractions would leave the cell open; whole numbers do not",
    "unpublished cross": "a cell that stands in no table is fixed by the tables that were published",
    "group disclosure": "noughts leave one category only to everybody in a small group",
    "insider": "somebody who knows their own record learns a cell exactly",
    "coalition": "people of one base cell who know of each other (one case's victims) learn a cell exactly",
    "linked unit": "a table of another unit (cases, status decisions) bounds the cell",
    "knows the optimiser": "knowing that something small must be hidden among the suppressed cells gives the cell",
    "undecided": "it could not be found out in time whether the cell is given away",
}
"""Name of each attack -> what it does. Dominated cells are the coalition of the base cell that dominates them."""


@dataclass(frozen=True)
class Finding:
    """One attack that succeeds on one cell.

    Attributes:
        attack: its name, a key of ``ATTACKS``.
        key: the cell: a category or ``*`` for each dimension; ``years`` the years it covers.
        low: the smallest number the attacker must think possible; None when that was not asked.
        high: the largest, None when nothing bounds it or it was not asked.
        said: what succeeds, in one sentence.
    """

    attack: str
    key: Mapping[str, str]
    years: tuple[str, ...]
    unit: Unit
    low: int | None
    high: int | None
    said: str

    @property
    def interval(self) -> str:
        """The numbers left to the attacker, as text."""
        if self.low is None:
            return "not bounded"
        if self.high is None:
            return f"{self.low} or more"
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"

    def as_json(self) -> dict[str, Any]:
        """For the private record; never for publication."""
        return {
            "attack": self.attack,
            "key": dict(self.key),
            "years": list(self.years),
            "unit": self.unit.value,
            "interval": [self.low, self.high],
            "said": self.said,
        }


@dataclass(frozen=True)
class Findings:
    """The outcome of an audit.

    Attributes:
        blocking: attacks that succeed; a release with any is not published.
        pinned: sensitive cells that annual totals, earlier releases or figures of others had fixed before.
        bounded: sensitive cells that these had bounded, not fixed (private: a public list tells they are not 0).
        whole_groups: groups of k or more that the release shows to lie in one category alone; by policy, listed.
        fingerprints: SHA-256 of what was audited, by name; nothing in it comes from the base counts.
        attacks: names of the attacks that were tried.
    """

    blocking: tuple[Finding, ...]
    pinned: tuple[Finding, ...]
    bounded: tuple[Finding, ...]
    whole_groups: tuple[Finding, ...]
    fingerprints: Mapping[str, str]
    attacks: tuple[str, ...]

    @property
    def withstood(self) -> bool:
        """Whether the release withstands every attack."""
        return not self.blocking

    def certificate(self) -> dict[str, Any]:
        """What may be published of the audit: no count of sensitive cells, nothing derived from the base counts.

        Nor a fingerprint of what was known before: whoever knows the figures of others could try which were left aside.

        Raises:
            ValueError: when the release did not withstand the attacks.
        """
        if self.blocking:
            raise ValueError("a release that an attack succeeds on has no certificate")
        return {
            "withstood": list(self.attacks),
            "bounds": "whole numbers",
            "pinned": [{"key": dict(one.key), "years": list(one.years), "value": one.low} for one in self.pinned],
            "fingerprints": dict(self.fingerprints),
        }


def name(key: Mapping[str, str]) -> str:
    """A cell in words."""
    named = [f"{dimension} {category}" for dimension, category in key.items() if category != TOTAL]
    return ", ".join(named) or "total"
