"""Entering what others published: held against everything that is known first."""

from .knowledge import world
from .ledger import Ledger, PastFigures, Row
from .model import YEAR, BadInput, Base, Fault, Figures, bad
from .release import Disputed


def record(ledger: Ledger, figures: Figures, *, contested: bool, at: str) -> Row:
    """Enter figures into the ledger.

    Args:
        ledger: opened.
        figures: with the year among their dimensions.
        contested: they may contradict what is known; then nobody can hold both, and they are no one's knowledge.
        at: when, as text.

    Raises:
        BadInput: a figure names no year, or the figures contradict each other or what is known.
    """
    if not figures.figures:
        raise bad("figures", "there are none")
    faults = [
        Fault(f"figures[{at_}]", "names no year; put year among the dimensions, with its years")
        for at_, one in enumerate(figures.figures)
        if not one.where.get(YEAR) and not figures.dimensions.get(YEAR)
    ]
    if faults:
        raise BadInput(faults)
    if not contested:
        releases = [one for one in ledger.releases if one.base.unit == figures.unit]
        base = releases[-1].base if releases else Base({}, {}, figures.unit)
        earlier = ledger.figures
        new = PastFigures(0, figures, contested=False)
        disputed = world(base, releases, (*earlier, new)).disputed
        if disputed:
            raise Disputed(disputed)
    return ledger.enter_figures(figures, contested=contested, at=at)
