"""Reading release files and figures files, with every fault named by where it stands."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .model import TOTAL, YEAR, BadInput, Cell, Fault, Figure, Figures, Release, Table, Unit, bad, is_year

MOST_COUNTED = 10**9
MOST_QUOTED = 60


def load(path: Path) -> Any:
    """The JSON value in a file; ``BadInput`` when it cannot be read or is no JSON."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise bad(str(path), str(error.strerror)) from None
    except UnicodeDecodeError:
        raise bad(str(path), "is not UTF-8 text") from None
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise bad(str(path), f"is not JSON ({error})") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def release(said: Any) -> Release:
    """The release that a JSON value says."""
    try:
        tables = tuple(_table(table) for table in said["tables"])
        read = Release(_count(said["k"]), tuple(map(_text, said["years"])), tables, dict(said.get("certificate", {})))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad("release", f"does not have the form of a release ({error!r})") from None
    return read


def _table(said: Mapping[str, Any]) -> Table:
    dimensions = tuple(map(_text, said["dimensions"]))
    cells = []
    for one in said["cells"]:
        if set(one["key"]) != set(dimensions):
            raise ValueError(f"key {one['key']!r} does not name the dimensions {dimensions!r}")
        key = {name: _text(one["key"][name]) for name in dimensions}
        cells.append(Cell(key, None if one["value"] is None else _count(one["value"])))
    groups = {
        _text(name): {_text(group): tuple(map(_text, joined)) for group, joined in one.items()}
        for name, one in said.get("groups", {}).items()
    }
    years = tuple(map(_text, said["years"]))
    return Table(dimensions, years, Unit(said["unit"]), tuple(cells), groups, _text(said.get("method", "suppression")))


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(f"{said!r} is no text")
    return said


def _count(said: Any) -> int:
    """A whole number, 0 or more; 3.0 is not taken for 3, nor true for 1."""
    if isinstance(said, bool) or not isinstance(said, int):
        raise TypeError(f"{said!r} is no whole number")
    if not 0 <= said <= MOST_COUNTED:
        raise ValueError(f"{said} is no count")
    return said


def _quoted(said: Any) -> str:
    """Words of the input, cut where they are long."""
    text = repr(said)
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def figures(said: Any) -> Figures:
    """The figures that a JSON value says; ``BadInput`` names each fault by its place."""
    faults: list[Fault] = []
    if not isinstance(said, dict) or not isinstance(said.get("dimensions"), dict):
        raise bad("dimensions", "a figures file is an object with dimensions and figures")
    if not isinstance(said.get("figures"), list):
        raise bad("figures", "must be a list")
    dimensions = {name: _categories(name, listed, faults) for name, listed in said["dimensions"].items()}
    read = [_figure(f"figures[{at}]", one, dimensions, faults) for at, one in enumerate(said["figures"])]
    unit = said.get("unit", Unit.PERSON.value)
    if unit not in list(Unit):
        faults.append(Fault("unit", "{} is none of person, case, status", _quoted(unit)))
    if faults:
        raise BadInput(faults)
    return Figures(dimensions, tuple(one for one in read if one is not None), Unit(unit))


def _categories(name: str, listed: Any, faults: list[Fault]) -> tuple[str, ...]:
    where = f"dimensions.{name}"
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) and one.strip() for one in listed):
        faults.append(Fault(where, "must be a list of categories, each a text"))
        return ()
    if TOTAL in listed:
        faults.append(Fault(where, "no category may be named *, which means the total"))
    if len(set(listed)) < len(listed):
        faults.append(Fault(where, "names a category twice"))
    if name == YEAR:
        faults.extend(
            Fault(where, "{} is no year from 1900 to 2099", _quoted(one)) for one in listed if not is_year(one)
        )
    return tuple(listed)


def _figure(where: str, said: Any, dimensions: Mapping[str, tuple[str, ...]], faults: list[Fault]) -> Figure | None:
    before = len(faults)
    if not isinstance(said, dict) or not isinstance(said.get("where", {}), dict):
        faults.append(Fault(where, "must be an object with where and value"))
        return None
    region: dict[str, tuple[str, ...]] = {}
    for name, joined in said.get("where", {}).items():
        place = f"{where}.where.{name}"
        if name not in dimensions:
            faults.append(Fault(place, "is not among the dimensions"))
        elif not isinstance(joined, list) or not joined or not all(isinstance(one, str) for one in joined):
            faults.append(Fault(place, "must be a list of categories"))
        else:
            strange = [one for one in joined if one not in dimensions[name]]
            faults.extend(Fault(place, "{} is none of its categories", _quoted(one)) for one in strange)
            region[name] = tuple(dict.fromkeys(joined))
    value = 0
    try:
        value = _count(said.get("value"))
    except (TypeError, ValueError):
        faults.append(Fault(f"{where}.value", "{} is no count: a whole number, 0 or more", _quoted(said.get("value"))))
    source = said.get("source", "")
    if not isinstance(source, str):
        faults.append(Fault(f"{where}.source", "must be a text"))
        source = ""
    return Figure(region, value, source) if len(faults) == before else None


def figure(said: Any) -> Figure:
    """One figure as it stands in a certificate."""
    try:
        where = {_text(name): tuple(map(_text, joined)) for name, joined in said["where"].items()}
        return Figure(where, _count(said["value"]), _text(said["source"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad("figure", f"does not have the form of a figure ({error!r})") from None


def categories(said: Any) -> dict[str, tuple[str, ...]]:
    """Code lists: dimension -> its categories; ``BadInput`` names each fault by its place."""
    if not isinstance(said, dict):
        raise bad("categories", "must be an object of dimensions, each with a list of categories")
    faults: list[Fault] = []
    read = {name: _categories(name, listed, faults) for name, listed in said.items()}
    if faults:
        raise BadInput(faults)
    return read
