"""The road of a case as data: its stops, and what the next one lacks. Who decides where a case stands is ``law``."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class At(Enum):
    """Where a stop lies, seen from the case."""

    PASSED = "passed"
    HERE = "here"
    AHEAD = "ahead"
    HALT = "halt"  # a rule stops the way here


_CSS = {At.PASSED: "on", At.HALT: "halt"}
_MARK = {At.PASSED: "done", At.HERE: "now", At.AHEAD: "todo", At.HALT: "stop"}


@dataclass(frozen=True)
class Stop:
    """One stop. ``label`` and ``note`` are plain text or anything ``|say`` can say.

    ``when`` is short and stands under the stop (``11.09``), ``since`` is the full day in the long road.
    """

    label: Any
    at: At = At.AHEAD
    when: str = ""
    note: Any = ""
    since: str = ""
    clause: str = ""

    @property
    def css(self) -> str:
        """The class of the list item."""
        return _CSS.get(self.at, "")

    @property
    def mark(self) -> str:
        """The mark that stands for the stop."""
        return _MARK[self.at]

    @property
    def current(self) -> bool:
        """Whether the case stands here."""
        return self.at is At.HERE

    @property
    def passed(self) -> bool:
        """Whether the case has passed it."""
        return self.at is At.PASSED


@dataclass(frozen=True)
class Here:
    """The present stop, its number from 1, and the one after it."""

    number: int
    stop: Stop
    next: Stop | None


def here(stops: Sequence[Stop]) -> Here | None:
    """Where the case stands; None when the road is walked to its end or not begun."""
    for index, stop in enumerate(stops):
        if stop.current:
            return Here(index + 1, stop, stops[index + 1] if index + 1 < len(stops) else None)
    return None


@dataclass(frozen=True)
class Lack:
    """One condition of the next step: met, still missing, or waited for from somebody else."""

    text: Any
    met: bool = False
    waiting: bool = False
    note: Any = ""
    clause: str = ""
    href: str = ""

    @property
    def mark(self) -> str:
        """The mark before the sentence."""
        return "done" if self.met else "wait" if self.waiting else "todo"

    @property
    def css(self) -> str:
        """The colour of the mark."""
        return "is-done" if self.met else "is-wait" if self.waiting else ""
