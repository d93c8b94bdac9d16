"""Offers: who contributes them, which fit a need, what becomes of them each quarter."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gza.core import clock
from gza.core.conflicts import Stale
from gza.directory import actions, queries
from gza.directory.facts import Entered, OfferFacts
from gza.directory.models import Offer, Organisation
from gza.ledger.work import Refused
from tests.accounts.factories import principal

from .factories import DAY, make_fund, make_offer, make_organisation, offer_facts

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize("role", ["coordinator", "director"])
def test_the_fund_enters_an_offer_for_a_provider(role: str) -> None:
    offer = make_offer(by=principal(role), languages=("ka", "en"), regions=("GE-TB", "GE-KA"))
    loaded = queries.offer(offer.pk)
    assert loaded
    assert (loaded.language_codes, loaded.region_codes) == (["en", "ka"], ["GE-KA", "GE-TB"])
    assert loaded.confirmed_on == clock.today()


@pytest.mark.clause("S4.2", "S6.1")
def test_a_provider_contributes_its_own_offers_and_no_other() -> None:
    own, other = make_organisation(), make_organisation("international")
    who = principal("provider", organisation_id=own.pk)
    offer = make_offer(own, by=who)
    actions.confirm_offer(offer_id=offer.pk, version=1, by=who)
    with pytest.raises(Refused) as refused:
        make_offer(other, by=who)
    assert (refused.value.denied.clause, refused.value.denied.code) == ("S4.2", "directory.not_own_offer")
    with pytest.raises(Refused, match="not_own_offer"):
        actions.withdraw_offer(offer_id=make_offer(other).pk, by=who)


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize("role", ["social_worker", "agency", "secretariat"])
def test_nobody_else_contributes_offers(role: str) -> None:
    body = make_organisation()
    with pytest.raises(Refused, match="not_own_offer"):
        make_offer(body, by=principal(role, organisation_id=body.pk))


@pytest.mark.clause("S6.1", "S2.1")
@pytest.mark.parametrize(("kind", "fits"), [("fund", True), ("ngo", True), ("international", True), ("state", False)])
def test_services_are_offered_by_ngos_international_organisations_and_the_fund(kind: str, fits: bool) -> None:
    body = make_fund() if kind == "fund" else make_organisation(kind)
    if fits:
        assert make_offer(body).organisation == body
    else:
        with pytest.raises(Refused) as refused:
            make_offer(body)
        assert refused.value.denied.clause == "S6.1"


@pytest.mark.clause("S4.3")
def test_a_quarter_without_a_word_is_seen_and_a_written_confirmation_ends_it() -> None:
    day = dt.datetime(2020, 1, 15, 9, tzinfo=dt.UTC)
    with clock.pretend(day):
        offer = make_offer()
    later = dt.date(2020, 5, 1)
    assert list(queries.unconfirmed(on=later)) == [offer]
    assert list(queries.unconfirmed(on=dt.date(2020, 4, 15))) == []
    with clock.pretend(dt.datetime(2020, 5, 1, 9, tzinfo=dt.UTC)):
        said = Entered(channel="letter", reference="04/20")
        actions.confirm_offer(offer_id=offer.pk, version=1, entered=said, by=principal("coordinator"))
    assert list(queries.unconfirmed(on=later)) == []
    assert queries.changes(offer.pk)[0].channel == "letter"


@pytest.mark.clause("S4.3")
def test_a_changed_offer_is_a_confirmed_one_and_a_withdrawn_one_stands_no_more() -> None:
    who = principal("coordinator")
    offer = make_offer()
    loaded = queries.offer(offer.pk)
    assert loaded
    facts = OfferFacts(**{**OfferFacts.of(loaded).values(), "capacity": 4, "regions": ("GE-AJ",)})
    actions.alter_offer(offer_id=offer.pk, facts=facts, version=1, by=who)
    assert queries.changes(offer.pk)[0].fields == ["capacity", "regions"]
    today = clock.today()
    assert queries.offers(on=today).count() == 1
    actions.withdraw_offer(offer_id=offer.pk, version=2, by=who)
    assert queries.offers(on=today).count() == 0
    assert queries.offers(on=today - dt.timedelta(days=1)).count() == 1
    with pytest.raises(Stale):
        actions.confirm_offer(offer_id=offer.pk, version=2, by=who)


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, True),
        ({"service": "legal_aid"}, False),
        ({"region": "GE-AJ"}, False),
        ({"region": "GE-KA"}, True),
        ({"on": DAY - dt.timedelta(days=1)}, False),
        ({"on": dt.date(2020, 12, 31)}, True),
        ({"on": dt.date(2021, 1, 1)}, False),
        ({"kind": "rehabilitation"}, True),
        ({"kind": "reintegration"}, False),
        ({"child": True}, False),
        ({"child": False}, True),
        ({"in_shelter": True}, False),
        ({"in_shelter": False}, True),
    ],
)
def test_offers_that_fit_a_need(asked: dict[str, Any], found: bool) -> None:
    offer = make_offer(regions=("GE-TB", "GE-KA"), valid_to=dt.date(2020, 12, 31), audience="adults", place="outside")
    need = {"service": "medical", "region": "GE-TB", "on": DAY, **asked}
    assert queries.matching(**need) == ([offer] if found else [])


def test_an_offer_falls_with_its_organisation() -> None:
    offer = make_offer(kind="both")
    assert queries.matching(service="medical", region="GE-TB", on=DAY, kind="reintegration") == [offer]
    Organisation.objects.filter(pk=offer.organisation_id).update(valid_to=DAY - dt.timedelta(days=1))
    assert queries.matching(service="medical", region="GE-TB", on=DAY) == []
    Organisation.objects.filter(pk=offer.organisation_id).update(valid_to=None, disabled_on=DAY)
    assert queries.matching(service="medical", region="GE-TB", on=DAY) == []


@pytest.mark.parametrize(
    "wrong",
    [{"capacity": 0}, {"kind": "other"}, {"place": "x"}, {"audience": "x"}, {"valid_to": DAY - dt.timedelta(days=1)}],
)
def test_the_database_itself_holds_what_an_offer_is(wrong: dict[str, Any]) -> None:
    offer = make_offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**wrong)


def test_offers_are_read_at_a_constant_cost(django_assert_num_queries: Any) -> None:
    bodies = [make_organisation() for _ in range(3)]
    for body in bodies:
        make_offer(body)
        actions.add_offer(facts=offer_facts(body, "legal_aid"), by=principal("coordinator"))
    with django_assert_num_queries(3):
        page = queries.offer_page(queries.offers(on=DAY))
        assert [(row.service_type.key, row.organisation.pk, row.region_codes, row.language_codes) for row in page.rows]


@pytest.mark.clause("S4.2", "G2")
def test_an_offer_takes_at_least_one_person() -> None:
    who, offer = principal("coordinator"), make_offer()
    loaded = queries.offer(offer.pk)
    assert loaded
    with pytest.raises(Refused, match=r"entry\.number"):
        make_offer(make_organisation(), capacity=0)
    facts = OfferFacts(**{**OfferFacts.of(loaded).values(), "capacity": 100_001})
    with pytest.raises(Refused, match=r"entry\.number"):
        actions.alter_offer(offer_id=offer.pk, facts=facts, version=1, by=who)
