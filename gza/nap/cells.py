"""What single cells of a plan file mean. Each function reads one cell of a line and reports what it cannot read."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from gza.core.text import clean_line
from gza.law.nap import TargetKind

from .document import Agency, Target, is_key

if TYPE_CHECKING:
    from .parsing import Line

_AGENCY = re.compile(r"([a-z][a-z0-9_]*)(?:\s*\(([a-z0-9_,\s]+)\))?")
_SOURCE = re.compile(r"\d{1,6}(-\d{1,6})?(,\s?\d{1,6}(-\d{1,6})?)*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_GEORGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TARGETS = (
    (re.compile(r"exactly (\d{1,9})"), TargetKind.EXACT),
    (re.compile(r"at least (\d{1,9})"), TargetKind.AT_LEAST),
    (re.compile(r"at most (\d{1,9})"), TargetKind.AT_MOST),
    (re.compile(r"(\d{1,9}) to (\d{1,9})"), TargetKind.RANGE),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def as_text(value: Any) -> str:
    """A cell as one clean line: whole numbers without a decimal point, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return clean_line(str(value))


def day(line: "Line", column: str) -> dt.date | None:
    """A day; None when there is none or it is faulty."""
    value = line.cells.get(column)
    written = as_text(value)
    if not written:
        return None
    if isinstance(value, dt.datetime):
        found = value.date()
    elif isinstance(value, dt.date):
        found = value
    else:
        try:
            found = _day(written)
        except ValueError:
            line.fault(column, "bad_date", written)
            return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        line.fault(column, "far_date", written)
        return None
    return found


def _day(written: str) -> dt.date:
    iso, georgian = _ISO.fullmatch(written), _GEORGIAN.fullmatch(written)
    if iso:
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if georgian:
        return dt.date(int(georgian[3]), int(georgian[2]), int(georgian[1]))
    raise ValueError(written)


def choice(line: "Line", column: str, value: str, possible: Iterable[str]) -> bool:
    """Whether the value is in a list; an empty one is reported elsewhere."""
    if value and value not in (listed := list(possible)):
        line.fault(column, "not_in_list", value, name=", ".join(listed))
        return False
    return bool(value)


def number(written: str) -> int | None:
    """A whole number from 1 to 99, or None."""
    return int(written) if re.fullmatch(r"[1-9]\d?", written) else None


def ordinal(line: "Line", column: str) -> int | None:
    """As ``number``; what stands there and is none is reported."""
    written = line.text(column)
    found = number(written)
    if written and found is None:
        line.fault(column, "bad_number", written)
    return found


def target(line: "Line") -> Target | None:
    """A target; None when there is none."""
    written = line.text("target").lower()
    if not written:
        return None
    for shape, kind in _TARGETS:
        if found := shape.fullmatch(written):
            low, high = int(found[1]), int(found[found.lastindex or 1])
            return Target(
                kind.value,
                None if kind == TargetKind.AT_MOST else low,
                None if kind == TargetKind.AT_LEAST else high,
            )
    line.fault("target", "bad_target", written)
    return None


def source(line: "Line") -> str:
    """Line numbers of the source text."""
    written = line.text("source").replace(", ", ",")
    if written and not _SOURCE.fullmatch(written):
        line.fault("source", "bad_source", written)
    return written


def first_number(written: str) -> int | None:
    """The first of these line numbers; None when there is none."""
    found = re.match(r"\d{1,6}", written)
    return int(found[0]) if found else None


def agencies(line: "Line", column: str, known: Collection[str]) -> tuple[Agency, ...]:
    """Bodies with the units they act through: ``moj (psda, tcj); mia``."""
    found: list[Agency] = []
    for part in _split(line.text(column)):
        match = _AGENCY.fullmatch(part)
        if not match:
            line.fault(column, "bad_agency", part)
            continue
        via = tuple(unit for unit in re.split(r"[,\s]+", match[2] or "") if unit)
        for key in (match[1], *via):
            if key not in known:
                line.fault(column, "unknown_agency", key)
        if match[1] in {one.agency for one in found} or len(set(via)) < len(via):
            line.fault(column, "double_agency", part)
        found.append(Agency(match[1], via))
    return tuple(found)


def partners(line: "Line", known: Collection[str]) -> tuple[str, ...]:
    """Partners: keys of bodies, or words."""
    found = _split(line.text("partners"))
    for part in found:
        if is_key(part) and part not in known:
            line.fault("partners", "unknown_agency", part)
    for part in {part for part in found if found.count(part) > 1}:
        line.fault("partners", "double_agency", part)
    return tuple(found)


def _split(written: str) -> list[str]:
    return [part for piece in written.split(";") if (part := piece.strip())]
