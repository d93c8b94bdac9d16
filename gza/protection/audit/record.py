"""The private ledger directory, read by the audit with its own eyes: chain, files, and what each release counted.

Nothing is written and nothing is mended. The layout is told in the README beside the data model.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gza.protection.documents import figure as read_figure
from gza.protection.documents import figures as read_figures
from gza.protection.documents import release as read_release
from gza.protection.model import Base, Figure, Figures, canonical, fingerprint

from .country import Published, Shown

ROWS, SECRET, PENDING = "ledger.jsonl", "secret", "pending.json"
KEPT = ("base", "releases", "figures")
START = "0" * 64


class Broken(Exception):
    """The directory is not as it was written; the message says where."""


@dataclass(frozen=True)
class Entry:
    """A release of the ledger: what was published, in which row, and the SHA-256 of the file as written.

    ``shown`` are the tables that were put forward as proof when it was made; the audit believes none of them unchecked.
    ``disputed`` are the figures of others that its base counts belied, so that nobody can hold both.
    """

    number: int
    published: Published
    sha256: str
    shown: Shown | None = None
    disputed: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Outside:
    """Figures of others: the row they were entered in."""

    number: int
    figures: Figures


@dataclass(frozen=True)
class Record:
    """Releases and figures of others, oldest first; contested figures are left out, nobody can hold them."""

    entries: tuple[Entry, ...]
    outside: tuple[Outside, ...]
    head: str


def read(directory: Path) -> Record:
    """Read it, and hold every row and file against the chain.

    Raises:
        Broken: when anything was changed by hand, is missing, or is too much.
        OSError: when it cannot be read.
    """
    if not (directory / ROWS).is_file():
        raise Broken(f"{directory} is no release ledger: it has no {ROWS}")
    if (directory / PENDING).exists():
        raise Broken(f"{directory / PENDING}: an entry was cut short; the next release or record mends it")
    rows = _chain(directory / ROWS)
    opened = rows[0]["body"]
    if rows[0]["kind"] != "opened" or fingerprint(_bytes(directory / SECRET)) != opened.get("secret"):
        raise Broken(f"{directory / SECRET} is not the secret that this ledger was founded with")
    named: set[str] = set()
    entries: list[Entry] = []
    outside: list[Outside] = []
    for row in rows[1:]:
        try:
            _entry(directory, row, entries, outside, named)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Broken(f"row {row['number']} of the ledger cannot be read ({error})") from None
    for folder in KEPT:
        for path in sorted((directory / folder).glob("*")):
            if f"{folder}/{path.name}" not in named and not path.name.startswith("."):
                raise Broken(f"{path}: no row of the ledger names this file")
    return Record(tuple(entries), tuple(outside), rows[-1]["hash"])


def _entry(
    directory: Path, row: Mapping[str, Any], entries: list[Entry], outside: list[Outside], named: set[str]
) -> None:
    if row["kind"] == "release":
        entries.append(_release(directory, row, entries, named))
    elif row["kind"] == "figures":
        found = read_figures(_named(directory, row, "file", "sha256", named))
        if not row["body"]["contested"]:
            outside.append(Outside(row["number"], found))
    else:
        raise Broken(f"row {row['number']} is of the unknown kind {row['kind']!r}")


def _chain(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    last = START
    *lines, rest = _bytes(path).split(b"\n")
    if rest:
        raise Broken(f"{path}: something stands after the last row")
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            body = {name: value for name, value in row.items() if name != "hash"}
            whole = row["number"] == number and row["previous"] == last and canonical(row) == line
            whole = whole and fingerprint(canonical(body)) == row["hash"]
        except (ValueError, KeyError, TypeError, AttributeError):
            whole = False
        if not whole:
            raise Broken(
                f"{path}, line {number}: the chain of rows is broken; the line was changed, put in or taken out"
            )
        last = row["hash"]
        rows.append(row)
    if not rows:
        raise Broken(f"{path} is empty")
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Broken(f"{path} is missing") from None


def _named(directory: Path, row: Mapping[str, Any], file: str, mark: str, named: set[str]) -> Any:
    """The JSON value of a file that a row names, if it is the file that was written then."""
    name = row["body"][file]
    content = _bytes(directory / name)
    if fingerprint(content) != row["body"][mark]:
        raise Broken(f"{directory / name} was changed after row {row['number']} was written")
    named.add(name)
    return json.loads(content)


def _release(directory: Path, row: Mapping[str, Any], earlier: list[Entry], named: set[str]) -> Entry:
    body = row["body"]
    private = _named(directory, row, "base", "base_sha256", named)
    base = Base.from_json(private["base"])
    disputed = tuple(read_figure(one) for one in private.get("disputed", ()))
    shown = Shown.from_json(private["shown"]) if private.get("shown") else None
    said = _named(directory, row, "file", "sha256", named)
    release = read_release(said)
    versions = {year: int(number) for year, number in body["versions"].items()}
    for year in release.years:
        if base.total([year]) != body["totals"][year]:
            raise Broken(
                f"row {row['number']}: the base counts of {year} are not the {body['totals'][year]} of the row"
            )
        for entry in earlier:
            same = entry.published.versions.get(year) == versions[year] and entry.published.base.unit is base.unit
            if same and _over(entry.published.base, base, year) != _over(base, entry.published.base, year):
                raise Broken(
                    f"row {row['number']}: {year} is called unrevised, but its base counts are others than before"
                )
    return Entry(row["number"], Published(release, base, versions, row["number"]), body["sha256"], shown, disputed)


def _over(base: Base, other: Base, year: str) -> dict[tuple[str, ...], int]:
    """A year's counts over the dimensions that both have."""
    shared = [name for name in sorted(base.dimensions) if name in other.dimensions]
    places = [list(base.dimensions).index(name) + 1 for name in shared]
    counts: dict[tuple[str, ...], int] = {}
    for key, count in base.counts.items():
        if key[0] == year:
            part = tuple(key[place] for place in places)
            counts[part] = counts.get(part, 0) + count
    return counts
