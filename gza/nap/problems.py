"""What is wrong with a plan file, cell by cell, in both languages: what it is, then the way out."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gza.law.verdicts import Denied, Text

MOST = 500
"""More problems than this are counted, not listed."""


@cache
def _says() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "data" / "problems.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Problem:
    """One fault at one place. ``row`` counts from 1 with the heading; 0: the whole sheet or file.

    ``clause`` is that of the rule that refuses it, where it is one of the law's.
    """

    sheet: str
    row: int
    column: str
    code: str
    text: Text
    value: str = ""
    clause: str = ""

    @property
    def cell(self) -> str:
        """Where it is, in the words of the file: ``plan!7 start``."""
        return f"{self.sheet}!{self.row} {self.column}".strip() if self.row else self.sheet


def text(code: str, **facts: object) -> Text:
    """The message of that code, its blanks filled. A blank may itself be a ``Text``."""
    ka, en = _says()[code]["ka"], _says()[code]["en"]
    return Text(
        ka.format(**{name: fact.ka if isinstance(fact, Text) else fact for name, fact in facts.items()}),
        en.format(**{name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}),
    )


@dataclass
class Problems:
    """The report being written; counts on past ``MOST`` without growing."""

    listed: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, sheet: str, row: int, column: str, code: str, value: object = "", **facts: object) -> None:
        """Write down a fault; ``value`` is what stands in the cell, shown shortened."""
        self.count += 1
        if len(self.listed) < MOST:
            shown = short(value)
            self.listed.append(Problem(sheet, row, column, code, text(code, value=shown, **facts), shown))

    def deny(self, sheet: str, row: int, column: str, denied: Denied, value: object = "") -> None:
        """Write down what the law has against a cell: why, then what can be done."""
        self.count += 1
        if len(self.listed) < MOST:
            says = (denied.message, *denied.remedy)
            words = Text(" ".join(one.ka for one in says), " ".join(one.en for one in says))
            shown = short("" if value is None else value)
            self.listed.append(Problem(sheet, row, column, denied.code, words, shown, denied.clause))

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Problem]:
        """The listed faults in the order of the file, and a last one that counts the rest."""
        yield from sorted(self.listed, key=lambda one: (one.sheet, one.row))
        if self.count > len(self.listed):
            rest = self.count - len(self.listed)
            yield Problem("", 0, "", "more", text("more", count=rest))


def short(value: object) -> str:
    """At most 60 characters of what stands there."""
    string = str(value)
    return string if len(string) <= 60 else f"{string[:59]}…"  # noqa: PLR2004 (said above)


class Unreadable(Exception):
    """A file that is not read at all; carries the one problem that says why."""

    def __init__(self, code: str, value: object = "", **facts: object) -> None:
        super().__init__(code)
        self.problem = Problem("", 0, "", code, text(code, value=short(value), **facts), short(value))
