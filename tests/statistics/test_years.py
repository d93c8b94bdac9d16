"""A year is counted whole, each person once, and the same in every release until it is counted anew."""

import datetime as dt
import json
from typing import Any

import pytest

from gza.core import clock
from gza.law import parameters
from gza.plans.actions.merging import merge
from gza.protection.model import YEAR, Figure
from gza.statistics import actions, bases, foreign, queries
from gza.statistics.bases import BadRegister
from gza.statistics.enums import EXTRACT_BOX
from gza.statistics.models import Extract, Release
from gza.statistics.programmes import Choice
from gza.vault import boxes
from tests.cases.support import refused

from .country import LAST, TOTALS, YEARS, Country, register

pytestmark = pytest.mark.django_db
LATE = f"\n{LAST},male,adult,georgian,labour,victim,GE-IM".encode()


def certificate(row: Release) -> dict[str, Any]:
    return json.loads(row.content)["certificate"]


def printed(row: Any) -> dict[tuple[tuple[str, str], ...], int | None]:
    """The cells of single years."""
    return {
        tuple(sorted(cell.key.items())): cell.value
        for table in queries.tables_in(row).tables
        for cell in table.cells
        if cell.key.get(YEAR, "*") != "*"
    }


@pytest.mark.clause("N4.3")
def test_a_late_entry_is_not_to_be_seen_in_the_next_yearly_release(country: Country) -> None:
    """The year is revised when ``form`` is asked for; in the release after that it is a revised one no more."""
    late = YEARS[2]
    country.adopted()
    country.earlier(register({late: 0}))
    for month in range(1, 11):
        country.recognised(on=dt.date(late, month, 3), sex="female" if month % 2 else "male", year_of_birth=1980)
    country.counted()
    first = country.published(YEARS[:3], Choice(("total", "sex", "age")))
    boy = {"sex": "male", "year_of_birth": late - 14, "citizenship": "UZ", "forms": ("begging",)}
    country.recognised(on=dt.date(late, 12, 20), **boy)
    country.counted()
    more = Choice(("total", "sex", "age", "form"))
    country.published(YEARS[:3], more)
    last = country.published(YEARS, more)
    before, after = printed(first.release), printed(last.release)
    year = {key: (value, after.get(key)) for key, value in before.items() if ("year", str(late)) in key}
    changed = {key for key, (old, new) in year.items() if None not in (old, new) and old != new}
    assert {tuple(part for part in key if part[1] != "*") for key in changed} == {(("year", str(late)),)}


@pytest.mark.clause("N4.3")
def test_a_total_does_not_change_back_with_the_tables_that_are_chosen(country: Country) -> None:
    country.ready()
    old = {str(year): total for year, total in zip(YEARS, TOTALS, strict=True)}
    new = {**old, str(LAST): TOTALS[-1] + 1}
    country.published(YEARS, Choice(("total", "sex")))
    country.earlier(register() + LATE)
    assert certificate(country.prepared(YEARS, Choice(("total", "sex"))))["totals"] == old
    country.published(YEARS, Choice(("total", "form")))
    for tables in (("total", "sex"), ("total",), ("total", "sex", "form")):
        row = country.prepared(YEARS, Choice(tables))
        assert certificate(row)["totals"] == new
        country.approved(row)


@pytest.mark.clause("N4.3")
def test_a_published_year_is_counted_anew_when_that_is_asked_for(country: Country) -> None:
    country.ready()
    country.published(YEARS, Choice(("total", "sex")))
    country.earlier(register() + LATE)
    anew = {"years": YEARS, "choice": Choice(("total", "sex")), "seconds": 1.0, "anew": True, "by": country.officer.who}
    assert sum(certificate_of(actions.preview(**anew)).values()) == sum(TOTALS) + 1
    row = actions.prepare_release(**anew)
    assert (row.findings, sum(certificate(row)["totals"].values())) == (0, sum(TOTALS) + 1)
    assert [one["year"] for one in certificate(row)["revised"]] == [str(LAST)]


def certificate_of(made: Any) -> dict[str, int]:
    return made.release.certificate["totals"]


@pytest.mark.clause("N4.3")
def test_an_extract_from_before_the_end_of_the_year_counts_that_year_for_nobody(country: Country) -> None:
    country.adopted()
    country.earlier(register({LAST: 0}))
    country.recognised(on=dt.date(LAST, 3, 1))
    row = country.counted()
    june = dt.datetime(LAST, 6, 30, 12, tzinfo=clock.TBILISI)
    Extract.objects.filter(id=row.id).update(begun_at=june, finished_at=june)
    with refused("statistics.extract_too_early"):
        country.prepared(YEARS, Choice(("total",)))
    country.prepared(YEARS[:3], Choice(("total",)))  # these stand in the register
    country.counted()
    assert certificate(country.prepared(YEARS, Choice(("total",))))["totals"][str(LAST)] == 1


@pytest.mark.clause("N4.3")
def test_two_cases_of_one_person_count_once(country: Country) -> None:
    country.adopted()
    days = ((3, 1), (9, 1), (9, 2), (5, 5))
    first, second, _other, third = (country.recognised(on=dt.date(LAST, *day)) for day in days)
    joiner = country.world.coordinator.who
    row = merge(case_id=second.id, other_id=first.id, reasons="the same person, two spellings", by=joiner)
    merge(case_id=third.id, other_id=first.id, reasons="and a third time", by=joiner)
    counted = country.counted(size=2)
    found = bases.read(boxes.read(EXTRACT_BOX, counted.id, country.officer.who))
    assert (found.total(), counted.done, counted.unopened) == (2, 4, 0)
    type(row).objects.filter(id=row.id).update(superseded=True)
    again = country.counted()
    assert bases.read(boxes.read(EXTRACT_BOX, again.id, country.officer.who)).total() == 3


@pytest.mark.clause("N4.3")
def test_a_register_that_counts_fewer_than_the_cases_is_no_register_of_that_year(country: Country) -> None:
    country.adopted()
    for month in (1, 2, 3):
        country.recognised(on=dt.date(LAST, month, 1))
    country.counted()
    country.earlier(register({LAST: 2}))
    with refused("statistics.register_thin"):
        country.prepared(YEARS, Choice(("total",)))


@pytest.mark.parametrize("year", [LAST + 1, LAST + 50, "1850"])
def test_a_register_holds_years_that_are_over(country: Country, year: int | str) -> None:
    with pytest.raises(BadRegister) as wrong:
        country.earlier(register() + f"\n{year},male,adult,georgian,labour,victim,GE-IM".encode())
    assert [(one.column, one.value) for one in wrong.value.lines] == [("year", str(year))]


@pytest.mark.clause("N4.3")
def test_a_year_with_nobody_in_it_stands_there_as_nought(country: Country) -> None:
    country.adopted()
    country.earlier(register({YEARS[1]: 0}))
    country.counted()
    row = country.prepared(YEARS, Choice(("total", "sex")))
    assert certificate(row)["totals"][str(YEARS[1])] == 0
    country.approved(row)
    assert queries.published(year=YEARS[1]).value == 0
    assert {value for key, value in printed(row).items() if ("year", str(YEARS[1])) in key} == {0}


@pytest.mark.clause("N4.3")
def test_no_more_years_than_the_programme_says(country: Country) -> None:
    country.ready()
    with refused("statistics.window_too_wide"):
        country.prepared(tuple(range(LAST - 10, LAST + 1)))


@pytest.mark.clause("N4.3")
def test_what_was_changed_by_hand_after_it_was_prepared_is_not_published(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(content=row.content.replace("null", "1"))
    with refused("statistics.release_changed"):
        country.approved(row)


@pytest.mark.clause("N4.3", "G6")
def test_a_threshold_that_rose_meanwhile_asks_for_a_new_release(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    country.ready()
    row = country.prepared()
    kept = parameters.value
    monkeypatch.setattr(parameters, "value", lambda name, on: 5 if name == "small_cell_threshold" else kept(name, on))
    with refused("statistics.threshold_rose"):
        country.approved(row)


@pytest.mark.clause("N4.3")
def test_the_public_file_does_not_say_which_foreign_figure_about_a_hidden_cell_is_untrue(country: Country) -> None:
    country.adopted()
    two = f"\n{LAST},male,adult,foreign,begging,victim,GE-AJ".encode()
    country.earlier(register() + two * 2)
    country.counted()
    nobody = Figure({YEAR: (str(LAST),), "citizenship": ("foreign",), "form": ("begging",)}, 0, "a report")
    actions.record_foreign(figures=foreign.over([nobody]), by=country.officer.who)
    row = country.prepared(YEARS, Choice(("total", "citizenship", "form", "citizenship_form")))
    assert (row.findings, row.cost["disputed"]) == (0, 1)
    assert certificate(row)["disputed"] == []
    assert "a report" not in country.approved(row).content
