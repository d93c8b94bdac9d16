"""Money is a whole number of tetri; 100 tetri make one lari (GEL)."""

import re
from decimal import Decimal

from gza.law.terms import NBSP
from gza.law.terms import money as show

__all__ = ["NBSP", "lari", "parse", "show"]

_SHAPE = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_PARTED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3}")
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3})\.([0-9]{1,2})|([0-9]{1,3}(?:\.[0-9]{3}){1,3}),([0-9]{1,2})")


def parse(text: str, *, comma_parts: bool = False) -> int:
    """Tetri from what a person typed: ``1 340,50``, ``1,340.50``, ``1340.5``, ``480 ₾``.

    Decimals are at most two digits, after a comma or a point. The other of the two may part the thousands, but not
    alone: whether ``12.345`` means thousands nobody can tell. Who writes ``GEL 2,000`` (``comma_parts``) means
    thousands by a comma with three digits behind it; ``2,5`` and ``2,50`` stay decimals, ``0,500`` is refused.

    Raises:
        ValueError: when it is not an amount of lari with at most two decimals.
    """
    bare = re.sub(r"[\s\u00a0₾]|GEL|ლარი", "", text)
    if comma_parts and _PARTED.fullmatch(bare):
        bare = bare.replace(",", "")
    match = _SHAPE.fullmatch(bare) or _GROUPED.fullmatch(bare)
    if not match:
        raise ValueError(text)
    whole, *rest = [part for part in match.groups() if part]
    return int(re.sub(r"[.,]", "", whole)) * 100 + int("".join(rest or "0").ljust(2, "0"))


def lari(tetri: int) -> Decimal:
    """The amount in lari, exactly, with two decimals."""
    return Decimal(tetri).scaleb(-2)
