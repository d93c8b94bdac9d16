"""The director's powers: dated, never hard-wired (G5)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from gza.accounts import queries
from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation
from gza.accounts.principals import Principal
from tests.accounts.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.clause("G5")]
MAY = dt.date(2024, 5, 1)


def _day(number: int) -> dt.date:
    return MAY + dt.timedelta(days=number - 1)


@pytest.fixture
def office() -> Delegation:
    director = make_user(Role.DIRECTOR)
    return Delegation.objects.create(holder=director, power=Power.OFFICE, valid_from=MAY, order="12/1")


def test_the_director_decides_only_from_the_day_of_appointment(office: Delegation) -> None:
    assert queries.delegation_on(_day(0)) is None
    assert queries.delegation_on(_day(1)) == office


def test_an_acting_officer_goes_first_while_the_order_lasts(office: Delegation) -> None:
    deputy = make_user(Role.COORDINATOR)
    acting = Delegation.objects.create(
        holder=deputy, power=Power.ACTING, valid_from=_day(10), valid_to=_day(20), order="12/7"
    )
    assert [queries.delegation_on(_day(n)) for n in (9, 10, 20, 21)] == [office, acting, acting, office]
    assert Principal(deputy, day=_day(15)).directs
    assert not Principal(deputy, day=_day(21)).directs


def test_an_ended_delegation_no_longer_covers_the_day_it_was_ended(office: Delegation) -> None:
    Delegation.objects.filter(id=office.id).update(ended_on=_day(5))
    assert queries.delegation_on(_day(4)) == office
    assert queries.delegation_on(_day(5)) is None


def test_a_disabled_account_holds_no_powers(office: Delegation) -> None:
    holder = office.holder
    holder.is_active, holder.disabled_at = False, dt.datetime(2024, 5, 2, tzinfo=dt.UTC)
    holder.save()
    assert queries.delegation_on(_day(3)) is None


def test_the_role_alone_gives_no_powers() -> None:
    assert not Principal(make_user(Role.DIRECTOR)).directs


def test_an_acting_officer_has_an_end_date() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(holder=make_user(), power=Power.ACTING, valid_from=MAY, order="1")


def test_dates_in_the_wrong_order_are_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            holder=make_user(), power=Power.OFFICE, valid_from=_day(2), valid_to=_day(1), order="1"
        )
