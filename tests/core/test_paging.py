"""Pages by key: forwards and backwards, with ties in the first column, and with marks that lead nowhere."""

import datetime as dt

import pytest
from django.db.models import QuerySet

from gza.core.paging import Paged, page
from gza.directory.models import Organisation

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
KEYS = ("name_ka", "id")


@pytest.fixture
def seven() -> list[str]:
    for number, name in enumerate("აბბბგდე"):
        Organisation.objects.create(name_ka=name, name_en=str(number), kind="ngo")
    return list("აბბბგდე")


def _names(rows: list[Organisation]) -> list[str]:
    return [row.name_ka for row in rows]


def test_forwards_and_back_again_meets_every_row_once(seven: list[str]) -> None:
    first = page(Organisation.objects.all(), KEYS, size=3)
    second = page(Organisation.objects.all(), KEYS, size=3, after=first.after)
    third = page(Organisation.objects.all(), KEYS, size=3, after=second.after)
    assert _names(first.rows) + _names(second.rows) + _names(third.rows) == seven
    assert (first.before, third.after) == ("", "")
    back = page(Organisation.objects.all(), KEYS, size=3, before=third.before)
    assert back.rows == second.rows
    assert page(Organisation.objects.all(), KEYS, size=3, before=back.before) == first


def test_descending_order(seven: list[str]) -> None:
    first = page(Organisation.objects.all(), ("-name_ka", "-id"), size=4)
    second = page(Organisation.objects.all(), ("-name_ka", "-id"), size=4, after=first.after)
    assert _names(first.rows) + _names(second.rows) == seven[::-1]


@pytest.mark.parametrize("mark", ["x", "018f0000-0000-7000-8000-000000000000", "\x00", "' OR 1=1", "9" * 5000])
def test_a_mark_that_leads_nowhere_is_the_first_page(seven: list[str], mark: str) -> None:
    assert _names(page(Organisation.objects.all(), KEYS, size=2, after=mark).rows) == seven[:2]
    assert _names(page(Organisation.objects.all(), KEYS, size=2, before=mark).rows) == seven[:2]


def test_no_rows_no_pages() -> None:
    assert page(Organisation.objects.all(), KEYS).rows == []


def test_pages_with_a_prepared_beginning_are_those_of_the_list(seven: list[str]) -> None:
    for number in range(7):
        Organisation.objects.filter(name_en=str(number)).update(valid_from=dt.date(2026, 1, 1 + number))

    def since(day: dt.date) -> QuerySet[Organisation]:
        return Organisation.objects.filter(valid_from__gte=day)

    paged = Paged(since, KEYS, kinds=(dt.date,))
    for day in (dt.date(2026, 1, 1), dt.date(2026, 1, 6), dt.date(2027, 1, 1)):
        for size in (2, 3):
            first = paged.page(day, size=size)
            assert first == page(since(day), KEYS, size=size)
            if first.after:
                then = paged.page(day, after=first.after, size=size)
                assert then == page(since(day), KEYS, after=first.after, size=size)
                assert paged.page(day, before=then.before, size=size) == first
