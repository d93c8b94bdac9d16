"""Who decides for the Fund."""

import datetime as dt

import pytest

from gza.law import delegation
from gza.law.delegation import Capacity, Delegation, holds

pytestmark = pytest.mark.clause("G5")

MAY, JUNE, JULY = dt.date(2024, 5, 6), dt.date(2024, 6, 3), dt.date(2024, 7, 1)
DAY = dt.timedelta(days=1)
ACTING = Delegation(Capacity.ACTING, MAY, JUNE)


def test_who_holds_a_delegation_that_day_decides_whatever_their_account_is_called():
    assert delegation.decides_for_fund(delegations=[ACTING], on=MAY)
    assert delegation.decides_for_fund(delegations=[ACTING], on=JUNE)


@pytest.mark.parametrize(
    "delegations",
    [
        [],
        [Delegation(Capacity.ACTING, JUNE + DAY, JULY)],
        [Delegation(Capacity.ACTING, MAY, JUNE - DAY)],
        [Delegation(Capacity.DIRECTOR, MAY, revoked_on=JUNE)],
    ],
    ids=["none", "not yet", "no more", "revoked that day"],
)
def test_without_a_delegation_in_force_nobody_decides_for_the_fund(delegations):
    verdict = delegation.decides_for_fund(delegations=delegations, on=JUNE)
    assert (verdict.code, verdict.clause) == ("delegation.none", "G5")


def test_a_revoked_delegation_was_in_force_until_the_day_before():
    revoked = Delegation(Capacity.DIRECTOR, MAY, revoked_on=JUNE)
    assert delegation.decides_for_fund(delegations=[revoked], on=JUNE - DAY)


def test_the_directors_own_capacity_is_named_before_an_acting_one():
    director = Delegation(Capacity.DIRECTOR, MAY)
    assert holds(delegations=[ACTING, director], on=MAY) == director
    assert holds(delegations=[], on=MAY) is None


def test_a_delegation_has_dates_in_order_and_an_acting_officers_has_an_end():
    assert delegation.dated(capacity=Capacity.DIRECTOR, since=MAY, until=None)
    assert delegation.dated(capacity=Capacity.ACTING, since=MAY, until=MAY)
    assert delegation.dated(capacity=Capacity.ACTING, since=MAY, until=None).code == "delegation.no_end"
    assert delegation.dated(capacity=Capacity.DIRECTOR, since=JUNE, until=MAY).code == "delegation.backwards"


def test_nobody_delegates_to_themselves():
    assert delegation.given_by_another(to_oneself=False)
    assert not delegation.given_by_another(to_oneself=True)


def test_delegating_asks_every_rule_of_it():
    given = {"capacity": Capacity.ACTING, "since": MAY, "until": JUNE, "to_oneself": False}
    assert delegation.may_delegate(**given)
    assert delegation.may_delegate(**{**given, "until": None}).code == "delegation.no_end"
    assert delegation.may_delegate(**{**given, "to_oneself": True}).code == "delegation.to_oneself"
