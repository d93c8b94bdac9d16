"""Money is a whole number of tetri; 100 tetri make one lari (GEL)."""

import re
from decimal import Decimal

from gza.law.terms import NBSP
from gza.law.terms import money as show

__all__ = ["NBSP", "lari", "parse", "show"]

_SHAPE = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")


def parse(text: str) -> int:
    """Tetri from what a person typed: ``1 340,50``, ``1340.5``, ``480 ₾``.

    Raises:
        ValueError: when it is not an amount of lari with at most two decimals.
    """
    bare = re.sub(r"[\s\u00a0₾]|GEL|ლარი", "", text)
    match = _SHAPE.fullmatch(bare)
    if not match:
        raise ValueError(text)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def lari(tetri: int) -> Decimal:
    """The amount in lari, exactly, with two decimals."""
    return Decimal(tetri).scaleb(-2)
