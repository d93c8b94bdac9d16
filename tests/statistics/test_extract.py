"""The extract: opened by the officer alone, counted in batches, kept as sealed counts and nothing else."""

import datetime as dt

import pytest

from gza.cases.queries import profiles
from gza.core import clock
from gza.ledger.models import Event
from gza.statistics import actions, bases, queries
from gza.statistics.enums import EXTRACT_BOX, ExtractState
from gza.vault import boxes, errors
from gza.vault.models import Grant, GroupBox
from gza.vault.ring import Ring
from tests.cases.support import refused

from .country import LAST, TOTALS, YEARS, Country

pytestmark = pytest.mark.django_db
YESTERDAY = clock.today() - dt.timedelta(days=1)


def counts(country: Country, row: object) -> dict[tuple[str, ...], int]:
    return dict(bases.read(boxes.read(EXTRACT_BOX, row.id, country.officer.who)))


def test_persons_are_counted_by_class_in_the_year_of_their_first_status(country: Country) -> None:
    country.recognised(on=YESTERDAY)
    country.recognised(on=YESTERDAY, sex="male", year_of_birth=None, citizenship="UZ", forms=("labour", "sexual"))
    country.world.received()  # presumed: no status, not counted
    row = country.counted()
    year = str(YESTERDAY.year)
    assert counts(country, row) == {
        (year, "female", "adult", "georgian", "labour", "victim", "GE-IM"): 1,
        (year, "male", "unknown", "foreign", "other", "victim", "GE-IM"): 1,
    }
    assert (row.done, row.unopened, row.state) == (2, 0, ExtractState.DONE)


def test_batches_add_up_and_can_be_gone_on_with(country: Country) -> None:
    for _ in range(5):
        country.recognised()
    row = actions.begin_extract(by=country.officer.who)
    assert (row.total, actions.begin_extract(by=country.officer.who).id) == (5, row.id)
    done = []
    while row.state == ExtractState.RUNNING:
        row = actions.continue_extract(extract_id=row.id, size=2, by=country.officer.who)
        done.append(row.done)
    assert done == [2, 4, 5]
    assert sum(counts(country, row).values()) == 5
    assert actions.continue_extract(extract_id=row.id, by=country.officer.who).done == 5
    assert Event.objects.filter(verb="statistics.profiles_counted").count() == 4


def test_what_an_extract_keeps_names_nobody(country: Country) -> None:
    case = country.recognised()
    row = country.counted()
    kept = boxes.read(EXTRACT_BOX, row.id, country.officer.who).decode()
    assert str(case.id) not in kept
    assert case.code not in kept
    assert set(Event.objects.get(verb="statistics.profiles_counted").facts) == {
        "section",
        "opened",
        "unopened",
        "state",
    }


def test_nobody_without_the_group_key_makes_one(country: Country) -> None:
    country.recognised()
    row = actions.begin_extract(by=country.officer.who)
    locked = country.officer.who
    locked.ring = Ring(country.officer.id)
    with pytest.raises(errors.Locked):
        actions.continue_extract(extract_id=row.id, by=locked)
    row.refresh_from_db()
    assert row.done == 0


@pytest.mark.clause("N4.3")
def test_a_profile_without_a_grant_is_counted_as_missing_and_stops_a_release(country: Country) -> None:
    case = country.recognised()
    Grant.objects.filter(case=case.id, section="profile").delete()
    country.adopted()
    country.earlier()
    assert country.counted().unopened == 1
    with refused("statistics.profiles_missing"):
        country.prepared()


def test_a_new_extract_takes_the_counts_of_the_old_one_away(country: Country) -> None:
    country.counted()
    row = country.counted()
    assert list(GroupBox.objects.filter(label=EXTRACT_BOX).values_list("subject", flat=True)) == [row.id]


def test_counting_costs_the_same_whatever_the_number(country: Country, django_assert_num_queries: object) -> None:
    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        ring = country.officer.who.ring
        with CaptureQueriesContext(connection) as captured:
            profiles.tally(ring, bases.classify)
        return len(captured)

    country.recognised()
    one = cost()
    for _ in range(4):
        country.recognised()
    assert cost() == one


def test_a_register_of_earlier_years_is_counted_and_not_kept(country: Country) -> None:
    row = country.earlier()
    assert row.done == sum(TOTALS)
    assert bases.years(bases.read(boxes.read(EXTRACT_BOX, row.id, country.officer.who))) == YEARS
    assert queries.last_extract("register") == row


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [("20x4,female", "year", "20x4"), ("2024,woman", "sex", "woman"), (",female", "year", ""), ("2024,*", "sex", "*")],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(country: Country, line: str, column: str, value: str) -> None:
    head = "year,sex,age,citizenship,form,route,region"
    data = f"{head}\n2024,female,adult,georgian,labour,victim,GE-TB\n{line},,,,victim,\n"
    with pytest.raises(bases.BadRegister) as caught:
        country.earlier(data.encode())
    assert [(one.line, one.column, one.value) for one in caught.value.lines] == [(3, column, value)]
    assert queries.last_extract("register") is None


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"name\nNino\n", b"year\n"])
def test_what_is_no_register_is_refused(country: Country, data: bytes) -> None:
    with pytest.raises(bases.BadRegister):
        actions.load_register(data=data, by=country.officer.who)


def test_a_year_stands_in_one_source(country: Country) -> None:
    published = {("2020", "a"): 3}
    before = {("2020", "a"): 9, ("2021", "a"): 4}
    profiles_ = {("2021", "b"): 1, ("2022", "a"): 2}
    assert bases.together(published, before, profiles_) == {("2020", "a"): 3, ("2021", "a"): 4, ("2022", "a"): 2}


def test_the_file_of_a_register_may_leave_columns_out() -> None:
    found = bases.parse(f"year,route,form\n{LAST},victim,organs\n{LAST},victim,\n".encode())
    assert dict(found) == {(str(LAST), "unknown", "unknown", "unknown", "other", "victim", "unknown"): 2}
