"""A release: protected, audited, prepared by one, approved by another, kept as published, known to every later one."""

import json

import pytest
from django.db import connection

from gza.core.conflicts import Stale
from gza.ledger.models import Event, Kind
from gza.protection.model import TOTAL, YEAR, Figure
from gza.statistics import actions, engine, foreign, queries
from gza.statistics.enums import BASE_BOX, ReleaseState
from gza.statistics.models import LedgerRow, Publication, Release
from gza.statistics.programmes import Choice
from gza.vault import boxes
from tests.cases.support import refused

from .country import LAST, TABLES, TOTALS, YEARS, Country, register

pytestmark = pytest.mark.django_db


@pytest.mark.clause("N4.3")
def test_prepared_by_one_approved_by_another_published_as_it_was_seen(country: Country) -> None:
    country.ready()
    row = country.prepared()
    assert (row.state, row.findings, Publication.objects.count()) == (ReleaseState.PREPARED, 0, 0)
    published = country.approved(row)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (ReleaseState.PUBLISHED, country.director.id)
    assert published.content == row.content == LedgerRow.objects.get(number=2).content
    assert queries.broken_rows() == []
    verbs = list(Event.objects.filter(kind=Kind.ACT, verb__startswith="statistics.rel").values_list("verb", flat=True))
    assert verbs == ["statistics.release_prepared", "statistics.release_published"]
    assert queries.published(year=LAST).value == TOTALS[-1]
    assert queries.published().value == sum(TOTALS)


def test_a_second_release_takes_the_first_into_account(country: Country) -> None:
    country.ready()
    country.published(YEARS[:3])
    second = country.prepared(YEARS)
    assert second.findings == 0
    country.approved(second)
    assert [row.number for row in queries.ledger()] == [1, 2, 3]
    versions = LedgerRow.objects.get(number=3).body["versions"]
    assert versions == {**{str(year): 2 for year in YEARS[:3]}, str(LAST): 3}


def test_a_published_year_stays_as_it_was_counted(country: Country) -> None:
    country.ready()
    country.published(YEARS[:3])
    country.earlier(b"year,route\n" + b"".join(b"%d,victim\n" % YEARS[0] for _ in range(40)))
    row = country.prepared(YEARS[:3], TABLES)
    totals = json.loads(row.content)["certificate"]["totals"]
    assert totals == {str(year): total for year, total in zip(YEARS[:3], TOTALS, strict=False)}


@pytest.mark.clause("N4.3")
def test_nobody_approves_what_they_prepared(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(prepared_by=country.director.id)
    with refused("statistics.approved_by_oneself"):
        country.approved(row)


@pytest.mark.clause("G5")
def test_the_director_needs_a_delegation_in_force(country: Country) -> None:
    country.ready()
    row = country.prepared()
    country.director.user.delegations.update(valid_from="2000-01-01", valid_to="2000-12-31")
    with refused("delegation.none"):
        country.approved(row)
    with refused("delegation.none"):
        actions.return_release(
            release_id=row.id, seen=bytes(row.fingerprint).hex(), reason="no", by=country.director.who
        )


@pytest.mark.clause("N4.3")
def test_any_finding_of_the_audit_stops_it(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(findings=1)
    with refused("statistics.audit_found"):
        country.approved(row)
    Release.objects.filter(id=row.id).update(findings=None, audit=None)
    with refused("statistics.not_audited"):
        country.approved(row)
    assert not Publication.objects.exists()


@pytest.mark.clause("N4.3")
def test_a_release_is_prepared_anew_when_the_ledger_has_moved(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(head="0" * 64)
    with refused("statistics.ledger_moved"):
        country.approved(row)


def test_what_was_decided_meanwhile_is_told(country: Country) -> None:
    country.ready()
    row = country.prepared()
    with pytest.raises(Stale):
        country.approved(row, seen="00" * 32)
    country.approved(row)
    with pytest.raises(Stale):
        country.approved(row)


def test_prepared_anew_returns_the_one_that_waited(country: Country) -> None:
    country.ready()
    first = country.prepared()
    second = country.prepared(choice=Choice(("total", "sex")))
    first.refresh_from_db()
    assert (first.state, second.state, queries.waiting()) == (ReleaseState.RETURNED, ReleaseState.PREPARED, second)


def test_a_release_is_returned_with_its_reason(country: Country) -> None:
    country.ready()
    row = country.prepared()
    back = actions.return_release(
        release_id=row.id, seen=bytes(row.fingerprint).hex(), reason="wider, please", by=country.director.who
    )
    assert (back.state, back.reason) == (ReleaseState.RETURNED, "wider, please")
    assert LedgerRow.objects.count() == 1


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize(
    ("years", "choice", "code"),
    [
        ((LAST, LAST + 1), TABLES, "statistics.year_not_over"),
        (YEARS, Choice(("by hand",)), "statistics.not_in_programme"),
        (YEARS, Choice(()), "statistics.not_in_programme"),
        ((1999,), TABLES, "statistics.nobody"),
    ],
)
def test_what_may_not_be_prepared(country: Country, years: tuple[int, ...], choice: Choice, code: str) -> None:
    country.ready()
    with refused(code):
        country.prepared(years, choice)
    assert not Release.objects.exists()


@pytest.mark.clause("N4.3")
def test_without_programme_or_extract_nothing_is_prepared(country: Country) -> None:
    with refused("statistics.not_in_programme"):
        country.prepared()
    country.adopted()
    with refused("statistics.extract_unfinished"):
        country.prepared()
    actions.begin_extract(by=country.officer.who)
    with refused("statistics.extract_unfinished"):
        country.prepared()


@pytest.mark.clause("N4.3")
def test_a_ledger_changed_by_hand_stops_everything(country: Country) -> None:
    country.ready()
    country.published(YEARS[:3])
    row = country.prepared()
    with refused("statistics.ledger_broken"), _changed_by_hand():
        country.approved(row)


def _changed_by_hand() -> object:
    from contextlib import contextmanager

    from django.db import connection

    @contextmanager
    def change():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER statistics_ledger_no_update")
            else:
                cursor.execute("DROP TRIGGER statistics_ledger_no_update ON statistics_ledger")
            cursor.execute("UPDATE statistics_ledger SET body = %s WHERE number = 2", ['{"k": 2}'])
        assert queries.broken_rows() == [2]
        yield

    return change()


@pytest.mark.clause("N4.3")
def test_a_year_under_the_threshold_gives_its_total_alone(country: Country) -> None:
    country.adopted()
    country.earlier(register({YEARS[1]: 2}))
    country.counted()
    row = country.prepared()
    parts = {year: (total, shown) for year, total, shown in engine.years_of(row.content)}
    assert parts[str(YEARS[1])] == (2, False)
    country.approved(row)


def test_children_by_form_have_a_higher_threshold(country: Country) -> None:
    country.ready()
    row = country.prepared(choice=Choice(("age_form",)))
    base = json.loads(boxes.read(BASE_BOX, row.id, country.officer.who))["base"]
    at = [*base["dimensions"]]
    children: dict[str, int] = {}
    for key, count in base["counts"]:
        said = dict(zip(at, key[1:], strict=True))
        if said["age"] == "child":
            children[said["form"]] = children.get(said["form"], 0) + count
    shown = {
        cell.key["form"]: cell.value
        for table in queries.tables_in(row).tables
        for cell in table.cells
        if cell.key["age"] == "child" and cell.key["form"] != TOTAL
    }
    assert children
    assert all(shown[form] is None for form, count in children.items() if 0 < count < 5)


def test_the_true_counts_of_a_release_are_sealed(country: Country) -> None:
    country.ready()
    row = country.prepared()
    kept = json.loads(boxes.read(BASE_BOX, row.id, country.director.who))
    assert sum(count for _, count in kept["base"]["counts"]) == sum(TOTALS)
    assert row.base_sha256 == queries.fingerprint(boxes.read(BASE_BOX, row.id, country.officer.who))


def test_the_officer_sees_what_it_costs_now_and_later(country: Country) -> None:
    country.ready()
    made = actions.preview(years=YEARS, choice=TABLES, seconds=1.0, by=country.officer.who)
    assert not Release.objects.exists()
    assert 0 < made.cost["suppressed"] < made.cost["cells"]
    assert made.cost["later"]["cells"] > made.cost["cells"]
    assert 0 <= made.cost["lost"] <= 100


@pytest.mark.clause("N4.3")
def test_the_search_keeps_no_writer_waiting_and_a_ledger_that_grew_meanwhile_refuses(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    country.ready()
    outside, seen = len(connection.savepoint_ids), []
    kept = engine.protect
    report = foreign.over([Figure({YEAR: (str(LAST),)}, TOTALS[-1], "a report")])

    def protect(*given: object, **more: object) -> engine.Made:
        made = kept(*given, **more)
        seen.append(len(connection.savepoint_ids))
        if len(seen) == 1:
            actions.record_foreign(figures=report, by=country.officer.who)
        return made

    monkeypatch.setattr(engine, "protect", protect)
    with refused("statistics.ledger_moved"):
        country.prepared()
    assert not Release.objects.exists()
    assert country.prepared().number == 1
    assert seen == [outside, outside]


def test_what_the_law_refuses_before_the_search_is_recorded(country: Country) -> None:
    country.ready()
    with refused("statistics.year_not_over"):
        country.prepared((*YEARS, LAST + 1))
    assert [row.verb for row in Event.objects.filter(kind=Kind.REFUSAL)] == ["statistics.release_prepared"]
    assert not LedgerRow.objects.exists()
