"""Small protected tables made by hand: what a release looks like, whatever made it."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from gza.protection.model import TOTAL, YEAR, Cell, Release, Table, Unit

YEARS = ("2022", "2023", "2024", "2025")


def table(
    dimensions: Mapping[str, Sequence[str]],
    values: Mapping[tuple[str, ...], int | None],
    *,
    years: Sequence[str] = YEARS,
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> Table:
    """A table with all margins; a cell that ``values`` does not name is 0, None is suppressed."""
    names = list(dimensions)
    cells = [
        Cell(dict(zip(names, key, strict=True)), values.get(key, 0))
        for key in product(*([*categories, TOTAL] for categories in dimensions.values()))
    ]
    return Table(tuple(names), tuple(years), Unit.PERSON, tuple(cells), groups or {})


def totals(values: Sequence[int | None] = (14, 11, 21, 18), whole: int | None = 64) -> Table:
    """Persons by year."""
    found: dict[tuple[str, ...], int | None] = {(year,): value for year, value in zip(YEARS, values, strict=True)}
    return table({YEAR: YEARS}, {**found, (TOTAL,): whole})


def by_sex() -> Table:
    """Sex by year: one year suppressed for both."""
    values: dict[tuple[str, ...], int | None] = {}
    women, men = (10, None, 15, 13), (4, None, 6, 5)
    for at, year in enumerate(YEARS):
        values |= {(year, "female"): women[at], (year, "male"): men[at], (year, TOTAL): (14, 11, 21, 18)[at]}
    values |= {(TOTAL, "female"): 46, (TOTAL, "male"): 18, (TOTAL, TOTAL): 64}
    return table({YEAR: YEARS, "sex": ("female", "male", "other", "unknown")}, values)


def by_form() -> Table:
    """Sex by form over the window, forms in three groups."""
    values: dict[tuple[str, ...], int | None] = {
        ("female", "sexual"): 30, ("female", "labour"): None, ("female", "other"): None, ("female", TOTAL): 46,
        ("male", "sexual"): 0, ("male", "labour"): None, ("male", "other"): None, ("male", TOTAL): 18,
        (TOTAL, "sexual"): 30, (TOTAL, "labour"): 25, (TOTAL, "other"): 9, (TOTAL, TOTAL): 64,
    }  # fmt: skip
    forms = {"sexual": ("sexual",), "labour": ("labour",), "other": ("begging", "other")}
    return table({"sex": ("female", "male"), "form": tuple(forms)}, values, groups={"form": forms})


def by_region() -> Table:
    """Where they live now."""
    values: dict[tuple[str, ...], int | None] = {
        ("GE-TB",): 25, ("GE-IM",): 12, ("GE-AJ",): None, ("GE-KA",): None, ("abroad",): 9, (TOTAL,): 64
    }  # fmt: skip
    return table({"region": ("GE-TB", "GE-IM", "GE-AJ", "GE-KA", "abroad")}, values)


def release(*tables: Table, **certificate: Any) -> Release:
    """A release of these tables, or of all of the above."""
    return Release(3, YEARS, tables or (totals(), by_sex(), by_form(), by_region()), certificate)
