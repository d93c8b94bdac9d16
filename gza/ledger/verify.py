"""Reading the whole chain again, and against the heads kept outside the database."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from . import heads
from .models import GENESIS, Event, Head

RESTORED = "ledger.restored"
Fault = Literal["edited", "deleted", "broken", "cut", "recomputed", "head_row", "forged_head", "forged_restore"]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the number of the first event it touches."""

    fault: Fault
    seq: int


@dataclass
class Report:
    """The outcome of a verification: how many events were read, the last one, and what is wrong with them."""

    checked: int = 0
    seq: int = 0
    hash: bytes = GENESIS
    heads: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems

    @property
    def first_bad(self) -> int | None:
        """The number of the first bad event, or None."""
        return min((problem.seq for problem in self.problems), default=None)


@dataclass(frozen=True)
class _Restore:
    """A legitimate return to an older state: heads after ``since``, exported before ``at``, no longer bind."""

    since: int
    at: dt.datetime

    def excuses(self, head: heads.SignedHead) -> bool:
        return head.seq > self.since and head.at <= self.at


def _events(size: int = 2000) -> Iterator[Event]:
    last = 0
    while chunk := list(Event.objects.filter(seq__gt=last).order_by("seq")[:size]):
        yield from chunk
        last = chunk[-1].seq


def verify(
    *,
    signed_by_two: Callable[[Event], bool] = lambda _event: False,
    tick: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Read every event and every exported head.

    An edited row, a deleted row, a cut tail and a recomputed chain are told apart; a restore is excused when
    ``signed_by_two`` finds the signatures of two holders on its event.

    Args:
        signed_by_two: says whether a ``ledger.restored`` event bears two good signatures of holders.
        tick: told the count of events read, for a progress bar.
    """
    report, restores = Report(), []
    exported = sorted(heads.read(), key=lambda head: head.seq)
    report.heads = len(exported)
    wanted = {head.seq for head in exported if head.good}
    seen: dict[int, bytes] = {}
    for event in _events():
        if event.seq != report.seq + 1:
            report.problems.append(Problem("deleted", report.seq + 1))
        elif bytes(event.prev) != report.hash:
            report.problems.append(Problem("broken", event.seq))
        if event.digest() != bytes(event.hash):
            report.problems.append(Problem("edited", event.seq))
        if event.verb == RESTORED:
            if signed_by_two(event):
                restores.append(_Restore(int(event.facts["since"]), event.at))
            else:
                report.problems.append(Problem("forged_restore", event.seq))
        report.checked, report.seq, report.hash = report.checked + 1, event.seq, bytes(event.hash)
        if event.seq in wanted:
            seen[event.seq] = report.hash
        if report.checked % 1000 == 0:
            tick(report.checked)
    tick(report.checked)
    _check_head_row(report)
    _check_exported(report, exported, seen, restores)
    return report


def _check_head_row(report: Report) -> None:
    head = Head.objects.filter(id=1).first()
    seq, hash_ = (head.seq, bytes(head.hash)) if head else (0, GENESIS)
    if seq > report.seq:
        report.problems.append(Problem("cut", report.seq + 1))
    elif (seq, hash_) != (report.seq, report.hash):
        report.problems.append(Problem("head_row", seq))


def _check_exported(
    report: Report, exported: list[heads.SignedHead], seen: dict[int, bytes], restores: list[_Restore]
) -> None:
    for head in exported:
        if not head.good:
            report.problems.append(Problem("forged_head", 0))
        elif any(restore.excuses(head) for restore in restores):
            continue
        elif head.seq > report.seq:
            report.problems.append(Problem("cut", report.seq + 1))
            return
        elif head.seq in seen and seen[head.seq] != head.hash:
            report.problems.append(Problem("recomputed", head.seq))
            return
