"""Papers as PDF: typst, in memory, tagged for screen readers (PDF/UA-1) and fit for archives (PDF/A-2a).

A paper is a ``Paper`` of blocks; one template lays out all of them. The template and the fonts are read once a process
and stay warm. Nothing is written to disk: the words go in as a string, the PDF comes out as bytes.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import typst

from .glyphs import FONTS, written

STANDARDS: list[Any] = ["ua-1", "a-2a"]
FAMILIES = ("Gza Print", "Noto Sans Armenian")
_FOLDER = Path(__file__).with_name("templates")
_TEMPLATE = _FOLDER / "paper.typ"
_lock = Lock()  # the compiler is one, and knows one compilation at a time

Block: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """One paper to be printed.

    Args:
        title: heading, and title of the file: no name, no code.
        language: ``ka`` or ``en``; what the file says it is in.
        day: the day of the paper, for its metadata.
        under: one line under the heading.
        foot: what stands at the foot of every page, beside its number.
        page_of: how the number of a page is said, with ``{n}`` and ``{of}``.
        blocks: its content, in order; see the functions of this module.
    """

    title: str
    language: str
    day: dt.date
    under: str = ""
    foot: str = ""
    page_of: str = "{n} / {of}"
    blocks: Sequence[Block] = field(default_factory=tuple)

    def data(self) -> str:
        """What the template is given, as JSON; characters no font holds written as their numbers."""
        told = {
            "title": self.title,
            "language": self.language,
            "day": [self.day.year, self.day.month, self.day.day],
            "under": self.under,
            "foot": self.foot,
            "page_of": self.page_of,
            "blocks": list(self.blocks),
        }
        return json.dumps(_written(told), ensure_ascii=False)


def _written(value: Any) -> Any:
    if isinstance(value, str):
        return written(value)
    if isinstance(value, dict):
        return {key: _written(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    return value


_LONG = 11  # letters; shorter words fit every column
_WORD = re.compile(rf"[\u10d0-\u10f0]{{{_LONG},}}")
_BREAK = re.compile("(?<=[აეიოუ])(?=[^აეიოუ][აეიოუ])")


def broken(text: str) -> str:
    """Georgian words too long for a narrow column with soft hyphens between syllables, never near an end of the word.

    A syllable that ends in a vowel can be parted from a consonant with its vowel; the compiler's own patterns part
    single consonants as well.
    """

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        places = [at.start() for at in _BREAK.finditer(word) if 3 <= at.start() <= len(word) - 3]  # noqa: PLR2004 (letters that stay together)
        ends = [*places, len(word)]
        return "\u00ad".join(word[first:last] for first, last in zip([0, *places], ends, strict=True))

    return _WORD.sub(parted, text)


def heading(text: str, level: int = 2) -> Block:
    """A heading of a part."""
    return {"kind": "heading", "text": text, "level": level}


def prose(text: str, *, quiet: bool = False) -> Block:
    """A paragraph, or several: line breaks are kept. ``quiet`` is small print."""
    return {"kind": "prose", "text": text, "quiet": quiet}


def note(text: str) -> Block:
    """A remark in a frame, which the reader must not miss."""
    return {"kind": "note", "text": text}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Labels with their values; a pair without a value is left out."""
    return {"kind": "facts", "rows": [list(pair) for pair in rows if pair[1]]}


def listing(items: Iterable[str], *, numbered: bool = False) -> Block:
    """A list."""
    return {"kind": "listing", "items": list(items), "numbered": numbered}


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float],
    right: Iterable[int] = (),
    total: Sequence[str] | None = None,
) -> Block:
    """A table with a head that is repeated on every page.

    Args:
        head: titles of the columns.
        rows: cells; an empty text is an empty cell.
        widths: shares of the page's width, one a column.
        right: numbers of columns whose cells stand to the right (figures).
        total: a last row, set apart.
    """
    return {
        "kind": "table",
        "head": [broken(one) for one in head],
        "rows": [[broken(cell) for cell in row] for row in rows],
        "widths": list(widths),
        "right": list(right),
        "total": list(total) if total else None,
    }


def months(head: Sequence[str], rows: Iterable[tuple[str, Sequence[bool]]], *, first: str, yes: str) -> Block:
    """A time-table: a row an item, a column a month; a month that is held is filled and says ``yes``.

    Args:
        head: names of the months, one or two letters or figures.
        rows: what each row is called, and whether it holds each month.
        first: title of the first column.
        yes: the mark of a held month, also for who hears the page.
    """
    return {
        "kind": "months",
        "head": list(head),
        "rows": [[broken(label), list(held)] for label, held in rows],
        "first": first,
        "yes": yes,
    }


def page() -> Block:
    """What follows begins on a new page."""
    return {"kind": "page"}


def signatures(rows: Iterable[tuple[str, str, str]]) -> Block:
    """Places to sign: who, what stands there already (empty: a line to sign on), what is to be written under it."""
    return {"kind": "signatures", "rows": [list(row) for row in rows]}


def fingerprint(label: str, digits: str, text: str) -> Block:
    """A fingerprint in groups of four, with how to check it."""
    return {"kind": "fingerprint", "label": label, "digits": digits, "text": text}


class Wrong(Exception):
    """A paper could not be set: the template or the fonts are wrong. Says nothing of the content."""


@cache
def fonts() -> typst.Fonts:
    """The fonts of the papers, and no others: neither the system's nor the compiler's own.

    Raises:
        Wrong: when one of the families is missing.
    """
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    if set(found.families()) != set(FAMILIES):
        raise Wrong("the fonts of the papers are not where they should be")
    return found


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(_TEMPLATE), root=str(_FOLDER), font_paths=fonts())


def pdf(paper: Paper) -> bytes:
    """The paper as PDF.

    Raises:
        Wrong: when it cannot be set.
    """
    data = paper.data()
    with _lock:
        try:
            made = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARDS)
            if isinstance(made, bytes):
                return made
            failed = "no bytes"
        except typst.TypstError as error:
            failed = type(error).__name__
    raise Wrong(f"{failed}: a paper in {paper.language} could not be set")  # the error itself may quote the content


def bare(paper: Paper) -> bytes:
    """The same by one cold call of the compiler with nothing kept warm: what ``pdf`` is measured against."""
    return typst.compile(
        str(_TEMPLATE), None, root=str(_FOLDER), font_paths=fonts(), format="pdf", sys_inputs={"data": paper.data()},
        pdf_standards=STANDARDS,
    )  # fmt: skip
