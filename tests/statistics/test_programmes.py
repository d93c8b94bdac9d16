"""The table programme: whole, signed as it stands, every rung a partition; sheets that add up or say why not."""

import json
from dataclasses import replace

import pytest

from gza.ledger.models import Event
from gza.protection import codes
from gza.protection.model import YEAR
from gza.statistics import actions, programmes, queries, sheets
from gza.statistics.programmes import BadProgramme, Choice

from . import tables
from .country import Country


def test_the_shipped_programme_reads_back_as_it_was_written() -> None:
    shipped = programmes.shipped()
    assert programmes.read(shipped.text()) == shipped
    assert {one.dimension for one in shipped.ladder} <= set(shipped.dimensions)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"tables": []}, "table"),
        ({"unit": "household"}, "household"),
        ({"tables": [{"key": "x", "dimensions": ["height"], "ka": "x", "en": "x"}]}, "not counted"),
        ({"tables": [{"key": "x", "dimensions": [], "ka": "x", "en": "x"}]}, "by year"),
        ({"tables": [{"key": "x", "dimensions": ["sex"], "ka": "x", "en": "x"}] * 2}, "twice"),
        ({"ladder": [{"dimension": "sex", "key": "x", "ka": "x", "en": "x", "groups": [
            {"key": "all", "joins": ["female", "male"], "ka": "x", "en": "x"}]}]}, "just one group"),
    ],
)  # fmt: skip
def test_a_faulty_programme_is_refused(change: dict[str, object], fault: str) -> None:
    with pytest.raises(BadProgramme, match=fault):
        programmes.of({**json.loads(programmes.shipped().text()), **change})


def test_a_choice_outside_the_programme_is_none() -> None:
    for choice in (Choice(("nonsense",)), Choice(("sex",), (("sex", "nonsense"),))):
        with pytest.raises(BadProgramme):
            programmes.shipped().specs(choice)
    assert Choice.read(Choice(("sex",), (("sex", "two"),)).as_json()) == Choice(("sex",), (("sex", "two"),))


def test_a_coarser_reading_joins_every_category_once() -> None:
    (spec,) = programmes.shipped().specs(Choice(("sex_form",), (("form", "three"),)))
    assert spec.groups == {"form": {"sexual": ("sexual",), "labour": ("labour",), "other": ("begging", "other")}}
    assert (
        programmes.shipped().label("form", "other", ("sexual", "labour", "other"), "en")
        == "other, forced begging included"
    )
    assert programmes.shipped().label("form", "other", None, "en") == codes.label("form_broad", "other", "en")


@pytest.mark.django_db
@pytest.mark.clause("N4.3", "G5")
def test_adopting_is_a_signed_decision_and_the_same_again_changes_nothing(country: Country) -> None:
    row = country.adopted()
    assert (row.edition, len(bytes(row.signature)), country.adopted()) == (1, 64, row)
    assert Event.objects.filter(verb="statistics.programme_adopted").count() == 1
    other = programmes.of({**json.loads(programmes.shipped().text()), "years_at_most": 5})
    assert actions.adopt_programme(content=other, by=country.director.who).edition == 2
    assert queries.content_of(queries.programme()).years_at_most == 5


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize("key", sorted(sheets.SHEETS))
def test_a_sheet_gives_a_number_or_a_reason_never_both(key: str) -> None:
    sheet = sheets.SHEETS[key](tables.release())
    assert all((one.value is None) is (one.gap is not None) for one in sheet.entries)
    women = {one.year: one for one in sheet.entries if one.heading in {"Female", "F"}}
    assert (women["2022"].value, women["2023"].gap) == (10, sheets.SUPPRESSED)
    totals = [one.value for one in sheet.entries if one.table in {"Detected victims", "Registered victims"}]
    assert totals == [14, 11, 21, 18]
    assert sheet.gaps == sum(one.value is None for one in sheet.entries)


def test_what_our_wider_groups_hide_of_a_questionnaire_is_a_gap_and_where_it_is_counted_is_not_sure() -> None:
    entries = sheets.glotip(tables.release()).entries
    forms = {one.heading: one for one in entries if one.year == "2022" and one.table.endswith("form of exploitation")}
    for heading in ("Forced marriage", "Removal of organs", "Mixed forms", "Not specified"):
        assert (forms[heading].value, forms[heading].gap) == (None, sheets.COARSER)
    assert (forms["Other forms"].sure, forms["Forced labour"].sure) == (False, True)


def test_a_total_is_read_off_any_table_by_years() -> None:
    made = tables.release()
    without = replace(made, tables=tuple(one for one in made.tables if set(one.dimensions) != {YEAR}))
    assert len(without.tables) < len(made.tables)
    totals = [one.value for one in sheets.eurostat(without).entries if one.heading == "TOTAL"]
    assert totals == [14, 11, 21, 18]
