"""Pages by key: forwards and backwards, with ties in the first column, and with marks that lead nowhere."""

import pytest

from gza.core.paging import page
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
