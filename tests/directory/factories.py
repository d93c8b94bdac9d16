"""Rows of the directory for tests, made through its own acts."""

import datetime as dt
from itertools import count
from typing import Any

from gza.core.actors import SYSTEM, Actor
from gza.directory import actions, queries
from gza.directory.facts import OfferFacts, OrganisationFacts, WorkerFacts
from gza.directory.models import Offer, Organisation, SocialWorker

_numbers = count(1)
DAY = dt.date(2020, 1, 15)


def make_organisation(kind: str = "ngo", *, by: Actor = SYSTEM, **facts: Any) -> Organisation:
    """An organisation of that kind."""
    number = next(_numbers)
    facts = {"name_ka": f"ორგანიზაცია {number}", "name_en": f"Organisation {number}", **facts}
    return actions.add_organisation(facts=OrganisationFacts(kind=kind, **facts), by=by)


def make_fund() -> Organisation:
    """The Fund of today, from the reference data."""
    actions.sync_reference()
    return queries.by_keys(["asc"])["asc"]


def worker_facts(fund: Organisation, **facts: Any) -> WorkerFacts:
    """All the facts the register wants."""
    number = next(_numbers)
    values = {
        "name_ka": f"ეკა ბერაძე {number}",
        "name_en": f"Eka Beradze {number}",
        "employer_id": fund.pk,
        "office_region": "GE-IM",
        "education": "სოციალური მუშაობის ბაკალავრი, 2011",
        "has_training": False,
        "languages": ("ka", "ru"),
        "regions": ("GE-IM", "GE-GU"),
        "active_from": DAY,
        "phone": "+995 555 00 00 00",
    }
    return WorkerFacts(**{**values, **facts})


def make_worker(fund: Organisation | None = None, *, by: Actor = SYSTEM, **facts: Any) -> SocialWorker:
    """A social worker of the Fund."""
    return actions.register_worker(facts=worker_facts(fund or make_fund(), **facts), by=by)


def offer_facts(organisation: Organisation, service: str = "medical", **facts: Any) -> OfferFacts:
    """All the facts of an offer."""
    values = {
        "organisation_id": organisation.pk,
        "service_type_id": service,
        "kind": "rehabilitation",
        "regions": ("GE-TB",),
        "valid_from": DAY,
    }
    return OfferFacts(**{**values, **facts})


def make_offer(
    organisation: Organisation | None = None, service: str = "medical", *, by: Actor = SYSTEM, **facts: Any
) -> Offer:
    """An offer of a service."""
    actions.sync_reference()
    return actions.add_offer(facts=offer_facts(organisation or make_organisation(), service, **facts), by=by)
