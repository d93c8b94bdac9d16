"""The ledger of published figures: append-only, chained, in the command line's form; figures of others."""

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from gza.law import statistics as rules
from gza.ledger.models import Event, Kind
from gza.ledger.work import Refused
from gza.protection.ledger import Ledger
from gza.protection.model import YEAR, BadInput, Figure, Figures
from gza.statistics import actions, exchange, foreign, programmes, queries, steps
from gza.statistics.enums import RowKind
from gza.statistics.models import LedgerRow, Publication
from gza.vault.errors import NoGrant
from tests.cases.support import refused

from . import factories
from .country import LAST, TOTALS, YEARS, Country

pytestmark = pytest.mark.django_db


def figure(value: int, year: int = LAST, source: str = "a report", **where: str) -> Figure:
    return Figure({YEAR: (str(year),), **{name: (one,) for name, one in where.items()}}, value, source)


@pytest.mark.parametrize("model", [LedgerRow, Publication])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_nothing_published_is_changed_or_deleted(model: type, verb: str) -> None:
    factories.published()
    rows = model.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(content="x") if verb == "update" else rows._raw_delete("default")


def test_the_directory_of_the_command_line_is_made_and_read_back(country: Country, tmp_path: Path) -> None:
    country.ready()
    country.published(YEARS[:3])
    actions.record_foreign(figures=foreign.over([figure(40)]), by=country.officer.who)
    files = exchange.dump(by=country.officer.who)
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with Ledger.open(tmp_path) as ledger:
        assert [row.kind for row in ledger.rows] == ["opened", "release", "figures"]
        assert ledger.head == queries.head()
        assert ledger.releases[0].base.total() == sum(TOTALS[:3])
        assert ledger.figures[0].figures.figures[0].value == 40
    assert Event.objects.filter(kind=Kind.OPENING, verb="statistics.ledger_dumped").count() == 1


def test_a_directory_is_taken_over_whole_or_not_at_all(country: Country) -> None:
    country.ready()
    country.published(YEARS[:3])
    files = exchange.dump(by=country.officer.who)
    with pytest.raises(BadInput):
        exchange.load(files=files, by=country.officer.who)
    for name in files:
        broken = {**files, name: files[name].replace(b"1", b"2", 1)}
        if broken[name] != files[name]:
            with pytest.raises((BadInput, Refused)):
                exchange.load(files=broken, by=country.officer.who)
        with pytest.raises(BadInput):
            exchange.load(files={key: value for key, value in files.items() if key != name}, by=country.officer.who)


def test_what_was_taken_over_is_known_to_the_next_release(country: Country) -> None:
    other = _elsewhere(country)
    assert exchange.load(files=other, by=country.officer.who) == 2
    country.ready()
    row = country.prepared(YEARS)
    assert row.findings == 0
    assert row.versions == {**{str(year): 2 for year in YEARS[:3]}, str(LAST): 3}


def _elsewhere(country: Country) -> dict[str, bytes]:
    """The files of a ledger that was kept elsewhere; nothing of it is left here."""
    before = transaction.savepoint()
    country.ready()
    country.published(YEARS[:3])
    files = exchange.dump(by=country.officer.who)
    transaction.savepoint_rollback(before)
    return files


def test_nobody_outside_the_group_dumps_it(country: Country) -> None:
    country.ready()
    country.published()
    stranger = country.world.member("statistics")
    with pytest.raises(NoGrant):
        exchange.dump(by=stranger.who)


@pytest.mark.clause("N4.3")
def test_figures_of_others_enter_and_are_held_against_ours(country: Country) -> None:
    country.ready()
    country.published()
    made = actions.record_foreign(figures=foreign.over([figure(TOTALS[-1])]), by=country.officer.who)
    assert (made.row.flags, made.row.body["contested"], made.findings.consistent) == ([], False, True)
    wrong = actions.record_foreign(figures=foreign.over([figure(TOTALS[-1] + 1, source="x")]), by=country.officer.who)
    assert rules.CONTRADICTS in wrong.row.flags
    assert wrong.row.body["contested"] is True
    assert {one.source for one in queries.conflict_in(wrong.row)} >= {"x"}
    assert queries.broken_rows() == []


@pytest.mark.clause("N4.3")
def test_figures_that_contradict_each_other_are_recorded_and_named(country: Country) -> None:
    figures = [figure(5, sex="female", source="A"), figure(3, source="B")]
    made = actions.record_foreign(figures=foreign.over(figures), by=country.officer.who)
    assert not made.findings.consistent
    assert {one.source for one in made.findings.conflict} == {"A", "B"}


@pytest.mark.clause("N4.3")
def test_figures_too_many_to_be_held_are_refused_and_enter_in_parts(country: Country) -> None:
    cross = {name: programmes.categories(name) for name in programmes.LEVEL}
    years = range(LAST - 400, LAST + 1)
    many = [
        Figure({YEAR: (str(year),), **{name: (each[0],) for name, each in cross.items()}}, 1, "x") for year in years
    ]
    with refused("statistics.figures_undecided"):
        actions.record_foreign(figures=foreign.over(many), by=country.officer.who)
    assert queries.head() == LedgerRow.objects.get().hash
    assert Event.objects.filter(kind=Kind.REFUSAL, verb="statistics.figures_recorded").count() == 1
    actions.record_foreign(figures=foreign.over(many[-2:]), by=country.officer.who)


def test_figures_are_held_anew_where_the_ledger_grew_meanwhile(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other = steps.hold_foreign, [figure(9, source="quicker")]

    def hold(figures: Figures) -> steps.Held:
        held = kept(figures)
        if other:
            actions.record_foreign(figures=foreign.over([other.pop()]), by=country.officer.who)
        return held

    monkeypatch.setattr(steps, "hold_foreign", hold)
    made = actions.record_foreign(figures=foreign.over([figure(8)]), by=country.officer.who)
    assert {one.source for one in made.findings.conflict} == {"quicker", "a report"}
    assert rules.CONTRADICTS in made.row.flags


def test_an_agencys_figure_carries_its_name_and_one_event(country: Country) -> None:
    made = actions.record_foreign(figures=foreign.over([figure(7)]), organisation="mia", by=country.officer.who)
    assert (made.row.organisation, made.row.kind, made.row.number) == ("mia", RowKind.FIGURES, 2)
    assert Event.objects.filter(verb="statistics.figures_recorded").count() == 1


def test_a_later_release_takes_figures_of_others_into_account(country: Country) -> None:
    country.ready()
    actions.record_foreign(
        figures=foreign.over([figure(TOTALS[-1] - 15, sex="male", source="US TIP")]), by=country.officer.who
    )
    row = country.prepared()
    assert row.findings == 0


SEX = {"year": ["2020"], "sex": ["*"]}
STRANGE = {"year": ["2020"], "sex": ["f"]}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        json.dumps({"dimensions": {"year": ["2020"]}, "figures": [{"where": {}, "value": 1}]}).encode(),
        json.dumps({"dimensions": {"height": ["tall"]}, "figures": []}).encode(),
        json.dumps({"dimensions": SEX, "figures": []}).encode(),
        json.dumps({"dimensions": STRANGE, "figures": [{"where": STRANGE, "value": 1}]}).encode(),
    ],
)
def test_a_file_of_figures_that_cannot_be_used_is_refused(said: bytes) -> None:
    with pytest.raises(BadInput):
        foreign.parse(said)
