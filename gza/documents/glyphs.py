"""Which characters the fonts of the papers hold, and how others are written so that nothing vanishes unseen."""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
_SOFT_HYPHEN = 0xAD
_SEGMENTED, _GROUPED = 4, 12  # formats of a cmap, OpenType 1.9
_MTAVRULI, _MKHEDRULI = 0x1C90, 0x10D0
_CAPITALS = {code: code - _MTAVRULI + _MKHEDRULI for code in [*range(0x1C90, 0x1CBB), 0x1CBD, 0x1CBE, 0x1CBF]}


def covered(font: bytes) -> frozenset[int]:
    """The code points a TrueType font has a glyph for, from its ``cmap``.

    Raises:
        ValueError: when it has no Unicode map of a kind we read.
    """
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: struct.unpack_from(">II", font, at + 8) for at in range(12, 12 + 16 * count, 16)}
    start, _length = tables[b"cmap"]
    (maps,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for at in range(start + 4, start + 4 + 8 * maps, 8):
        platform, _encoding, offset = struct.unpack_from(">HHI", font, at)
        if platform in {0, 3}:
            found |= _mapped(font, start + offset)
    if not found:
        raise ValueError("the font has no Unicode map")
    return frozenset(found)


def _mapped(font: bytes, at: int) -> set[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == _GROUPED:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        spans = [struct.unpack_from(">III", font, at + 16 + 12 * number)[:2] for number in range(groups)]
        return {code for first, last in spans for code in range(first, last + 1)}
    if kind != _SEGMENTED:
        return set()
    (double,) = struct.unpack_from(">H", font, at + 6)
    half = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{half}H", font, at + 14 + shift)
        for shift in (0, double + 2, 2 * double + 2, 3 * double + 2)
    )
    found = set()
    for number in range(half):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = (code + deltas[number]) & 0xFFFF
            if ranges[number]:
                place = at + 16 + 3 * double + 2 * number + ranges[number] + 2 * (code - starts[number])
                (glyph,) = struct.unpack_from(">H", font, place)
            if glyph:
                found.add(code)
    return found


@cache
def printable() -> frozenset[int]:
    """Every code point that some font of every weight holds; new lines too."""
    weights: dict[str, set[int]] = {}
    for file in sorted(FONTS.glob("*.ttf")):
        weights.setdefault(file.stem.rpartition("-")[2], set()).update(covered(file.read_bytes()))
    return frozenset(set.intersection(*weights.values()) | {0x0A, _SOFT_HYPHEN})


def written(text: str) -> str:
    """The text with what no font holds as its number, ``<U+4E2D>``: wrong to look at, but nothing is lost unseen.

    Georgian capitals (Mtavruli) become the letters they are capitals of.
    """
    plain = text.translate(_CAPITALS).replace("\r\n", "\n").replace("\t", " ")
    if plain.isascii() and plain.isprintable():
        return plain
    known = printable()
    return "".join(one if ord(one) in known else f"<U+{ord(one):04X}>" for one in plain)
