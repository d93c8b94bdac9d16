"""The invented organisations are the same for the same seed, and good enough for a first edition of the list."""

import datetime as dt
import random

import pytest

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.demo import organisations as demo
from gza.directory import actions, queries, steps

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def _told(day: dt.date) -> list[object]:
    return [
        {**offer, "id": "", "organisation": offer["organisation"]["en"]} for offer in queries.compile_catalogue(day)
    ]


@pytest.mark.clause("S4.2")
def test_the_same_seed_gives_the_same_country_and_a_first_edition() -> None:
    with clock.pretend(dt.datetime(2020, 1, 10, 8, tzinfo=dt.UTC)):
        built = demo.build(7)
        assert len(built.organisations) == len(demo.bodies())
        edition = actions.issue_edition(after=0, by=SYSTEM)
        assert len(edition.snapshot["offers"]) == len(built.offers)
        told = _told(clock.today())
        for offer in built.offers:
            actions.withdraw_offer(offer_id=offer.pk, by=SYSTEM)
        demo.build(7)
        assert _told(clock.today()) == told


def test_no_invented_name_is_that_of_a_body_of_the_plan() -> None:
    real = {row[name] for row in steps.reference("agencies") for name in ("ka", "en", "abbr")}
    assert not real & {name for body in demo.bodies() for name in (body.ka, body.en)}


def test_every_kind_of_need_meets_an_offer_somewhere_and_not_everywhere() -> None:
    demo.build()
    offered = {offer["service"]["key"] for offer in queries.compile_catalogue(clock.today())}
    assert len(offered) >= 18
    assert queries.matching(service="medical", region="GE-IM")
    assert not queries.matching(service="addiction", region="GE-SJ")


@pytest.mark.clause("S7.1")
def test_invented_social_workers_have_all_facts_of_the_register() -> None:
    demo.build()
    fund = queries.fund_on(clock.today())
    assert fund
    rng = random.Random(3)
    for region in ("GE-TB", "GE-IM", "GE-AJ"):
        row = actions.register_worker(facts=demo.worker_facts(rng, fund, region), by=SYSTEM)
        actions.add_training(worker_id=row.pk, facts=demo.training_facts(rng), by=SYSTEM)
    assert queries.workers(region="GE-IM").count() >= 1
