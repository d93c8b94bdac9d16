"""Money is a whole number of tetri; 100 tetri make one lari (GEL)."""

import re
from decimal import Decimal

from gza.law.terms import NBSP
from gza.law.terms import money as show

__all__ = ["NBSP", "lari", "parse", "show"]

_SHAPE = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3})\.([0-9]{1,2})|([0-9]{1,3}(?:\.[0-9]{3}){1,3}),([0-9]{1,2})")


def parse(text: str) -> int:
    """Tetri from what a person typed: ``1 340,50``, ``1,340.50``, ``1340.5``, ``480 ₾``.

    Decimals are at most two digits, after a comma or a point. The other of the two may part the thousands, but not
    alone: whether ``12.345`` means thousands nobody can tell.

    Raises:
        ValueError: when it is not an amount of lari with at most two decimals.
    """
    bare = re.sub(r"[\s\u00a0₾]|GEL|ლარი", "", text)
    match = _SHAPE.fullmatch(bare) or _GROUPED.fullmatch(bare)
    if not match:
        raise ValueError(text)
    whole, *rest = [part for part in match.groups() if part]
    return int(re.sub(r"[.,]", "", whole)) * 100 + int("".join(rest or "0").ljust(2, "0"))


def lari(tetri: int) -> Decimal:
    """The amount in lari, exactly, with two decimals."""
    return Decimal(tetri).scaleb(-2)
