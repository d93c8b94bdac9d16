"""What must be known of an XLSX before a reader lays its sheets out in memory.

A few bytes can claim a cell at the far corner, or name one long shared text a hundred thousand times: a reader would
make gigabytes of it. So the XML is surveyed first, and only surveyed parts are handed on. On the way formulas are
found, which a reader hides behind the value that was last calculated.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from .problems import Unreadable

MOST_CELLS = 100_000
MOST_TEXT = 16 << 20
MAIN, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_PLACE = re.compile(r"([A-Z]{1,7})(\d{1,9})")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def needed(found: dict[str, bytes]) -> dict[str, bytes]:
    """The parts a reader of values needs, and no other."""
    plain = {"[Content_Types].xml", "_rels/.rels", MAIN, RELATIONS, STRINGS, "xl/styles.xml"}
    return {name: content for name, content in found.items() if name in plain or _is_sheet(name)}


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


@dataclass
class _Survey:
    lengths: list[int]
    most_rows: int
    most_columns: int
    cells: int = 0
    text: int = 0
    formulas: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def sheet(self, name: str, content: bytes) -> None:
        places = self.formulas.setdefault(name, set())
        row = column = -1
        for event, one in _walk(content):
            tag = one.tag.rpartition("}")[2]
            if event == "start" and tag == "row":
                row, column = _ordinal(one.get("r"), row + 1), -1
                self._bound(row, 0)
            elif event == "start" and tag == "c":
                row, column = _place(one.get("r"), row, column + 1)
                self._bound(row, column)
                self.cells += 1
            elif event == "end" and tag == "c":
                self._count(one)
                if any(child.tag.rpartition("}")[2] == "f" for child in one):
                    places.add((row, column))
                one.clear()
            elif event == "end" and tag == "row":
                one.clear()

    def _bound(self, row: int, column: int) -> None:
        if row >= self.most_rows:
            raise Unreadable("too_many_rows", limit=self.most_rows)
        if column >= self.most_columns:
            raise Unreadable("too_many_columns", limit=self.most_columns)

    def _count(self, cell: ElementTree.Element) -> None:
        value = "".join(cell.itertext()).strip()
        if cell.get("t") == "s" and value.isdecimal() and int(value[:9]) < len(self.lengths):
            self.text += self.lengths[int(value[:9])]
        if self.cells > MOST_CELLS or self.text > MOST_TEXT:
            raise Unreadable("bomb")


def survey(found: dict[str, bytes], *, most_rows: int, most_columns: int) -> dict[str, set[tuple[int, int]]]:
    """Places of formulas by sheet, (row, column) from 0.

    Raises:
        Unreadable: ``too_many_rows``, ``too_many_columns`` or ``bomb`` when the sheets would grow past all measure;
            ``unreadable`` when the XML is broken.
    """
    try:
        doing = _Survey(_lengths(found.get(STRINGS, b"<sst/>")), most_rows, most_columns)
        names = _names(found)
        for part, content in found.items():
            if _is_sheet(part):
                doing.sheet(names.get(part, part), content)
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable("unreadable") from error
    return doing.formulas


def _walk(content: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    return ElementTree.iterparse(io.BytesIO(content), events=("start", "end"))  # noqa: S314 (archive.parts lets no document type through)


def _ordinal(number: str | None, otherwise: int) -> int:
    return int(number[:9]) - 1 if number else otherwise


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    if reference is None:
        return max(row, 0), column
    found = _PLACE.fullmatch(reference)
    if not found:
        raise Unreadable("unreadable")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return int(found[2]) - 1, number - 1


def _lengths(shared: bytes) -> list[int]:
    return [
        sum(map(len, one.itertext()))
        for event, one in _walk(shared)
        if event == "end" and one.tag.rpartition("}")[2] == "si"
    ]


def _names(found: dict[str, bytes]) -> dict[str, str]:
    """The sheet's name by the name of its part."""
    targets = {
        one.get("Id"): f"xl/{(one.get('Target') or '').removeprefix('/xl/')}"
        for one in _elements(found.get(RELATIONS, b"<Relationships/>"), "Relationship")
    }
    return {targets.get(one.get(_ID), ""): one.get("name") or "" for one in _elements(found[MAIN], "sheet")}


def _elements(content: bytes, name: str) -> list[ElementTree.Element]:
    return [one for event, one in _walk(content) if event == "end" and one.tag.rpartition("}")[2] == name]
