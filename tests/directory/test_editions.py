"""Editions of the list of services: numbered without gaps, kept as issued, received by the workers."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.core.conflicts import Stale
from gza.directory import actions, catalogue, queries
from gza.directory.facts import OfferFacts
from gza.directory.models import CatalogueEdition
from gza.ledger.models import Event
from gza.ledger.work import Refused
from tests.accounts.factories import make_user, principal

from .factories import make_fund, make_offer, make_organisation, make_worker

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S4.2", "S4.3")
def test_editions_are_numbered_from_one_without_a_gap() -> None:
    who = principal("coordinator")
    make_offer()
    assert actions.issue_edition(after=0, by=who).number == 1
    assert actions.issue_edition(after=1, note="კვარტალური განახლება", by=who).number == 2
    assert [edition.number for edition in queries.editions()] == [2, 1]
    with pytest.raises(Stale) as stale:
        actions.issue_edition(after=1, by=who)
    assert stale.value.version == 2
    event = Event.objects.filter(verb="directory.edition_issued").latest("seq")
    assert (event.clause, event.facts["number"], event.facts["offers"]) == ("S4.3", 2, 1)


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize("wrong", [{"number": 3, "previous_id": 1}, {"number": 2}, {"number": 3, "previous_id": 2}])
def test_the_database_itself_allows_no_gap(wrong: dict[str, Any]) -> None:
    make_offer()
    made = actions.issue_edition(after=0, by=SYSTEM)

    @transaction.atomic
    def insert() -> None:
        CatalogueEdition.objects.create(snapshot=made.snapshot, fingerprint="x", happened_on=clock.today(), **wrong)
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        insert()


@pytest.mark.clause("S4.2")
def test_an_empty_list_is_not_issued() -> None:
    with pytest.raises(Refused) as refused:
        actions.issue_edition(after=0, by=principal("coordinator"))
    assert (refused.value.denied.clause, refused.value.denied.code) == ("S4.2", "directory.edition_empty")


@pytest.mark.clause("S4.2")
@pytest.mark.parametrize("role", ["social_worker", "provider", "secretariat"])
def test_the_list_is_compiled_by_the_fund(role: str) -> None:
    make_offer()
    with pytest.raises(Refused, match="compiled_by_fund"):
        actions.issue_edition(after=0, by=principal(role))


@pytest.mark.clause("S4.4")
def test_an_edition_stays_as_it_was_issued() -> None:
    who = principal("coordinator")
    body = make_organisation(name_en="Sun Gate")
    offer = make_offer(body, capacity=3)
    actions.issue_edition(after=0, by=who)
    loaded = queries.offer(offer.pk)
    assert loaded
    actions.alter_offer(
        offer_id=offer.pk, facts=OfferFacts(**{**OfferFacts.of(loaded).values(), "capacity": 9}), by=who
    )
    kept = queries.edition(1)
    assert kept
    assert kept.snapshot["offers"][0]["capacity"] == 3
    assert kept.snapshot["offers"][0]["regions"] == [{"key": "GE-TB", "ka": "თბილისი", "en": "Tbilisi"}]
    assert catalogue.fingerprint(kept.snapshot) == kept.fingerprint
    for sql in ("UPDATE directory_edition SET note = 'x'", "DELETE FROM directory_edition"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.clause("S4.3")
def test_the_next_edition_tells_what_it_changes() -> None:
    who = principal("coordinator")
    stays, goes = make_offer(), make_offer()
    actions.issue_edition(after=0, by=who)
    last = queries.current_edition()
    assert last
    loaded = queries.offer(stays.pk)
    assert loaded
    actions.alter_offer(
        offer_id=stays.pk, facts=OfferFacts(**{**OfferFacts.of(loaded).values(), "capacity": 9}), by=who
    )
    actions.withdraw_offer(offer_id=goes.pk, by=who)
    comes = make_offer()
    seen = catalogue.difference(last.snapshot["offers"], queries.compile_catalogue(clock.today()))
    assert [offer["id"] for offer in seen.added] == [str(comes.pk)]
    assert [offer["id"] for offer in seen.removed] == [str(goes.pk)]
    assert [(new["id"], fields) for _old, new, fields in seen.changed] == [(str(stays.pk), ("capacity",))]
    assert not catalogue.difference(last.snapshot["offers"], last.snapshot["offers"])


def test_a_list_is_narrowed_by_kind_region_service_and_organisation() -> None:
    body = make_organisation()
    make_offer(body, regions=("GE-TB",))
    make_offer(body, "employment", kind="reintegration", regions=("GE-AJ",))
    make_offer(kind="both", regions=("GE-AJ", "GE-TB"))
    offers = queries.compile_catalogue(clock.today())
    assert len(offers) == 3
    assert len(catalogue.narrowed(offers, kind="reintegration")) == 2
    assert len(catalogue.narrowed(offers, region="GE-TB")) == 2
    assert len(catalogue.narrowed(offers, organisation=str(body.pk), service="employment")) == 1


def test_a_snapshot_is_plain_json() -> None:
    make_offer(valid_to=clock.today())
    offers = queries.compile_catalogue(clock.today())
    assert json.loads(json.dumps(offers)) == offers


@pytest.mark.clause("S4.4")
def test_each_social_worker_acknowledges_the_copy_once() -> None:
    fund = make_fund()
    make_offer()
    eka, levan = (make_user("social_worker") for _ in range(2))
    rows = [make_worker(fund, user_id=user.pk) for user in (eka, levan)]
    edition = actions.issue_edition(after=0, by=SYSTEM)
    first = actions.acknowledge_edition(number=1, by=principal(eka))
    assert actions.acknowledge_edition(number=1, by=principal(eka)) == first
    assert queries.edition_due(eka.pk) is None
    assert queries.edition_due(levan.pk) == edition
    state = queries.receipts(edition)
    assert state.received == ((rows[0], first),)
    assert state.awaited == (rows[1],)
    assert Event.objects.filter(verb="directory.edition_received").count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_receipt")
