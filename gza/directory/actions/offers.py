"""Offers of services (S4.2, S4.3)."""

import uuid

from gza.accounts.enums import Role
from gza.core import clock
from gza.core.actors import Actor
from gza.directory import queries
from gza.directory.enums import Deed
from gza.directory.facts import NOW, Entered, OfferFacts
from gza.directory.models import Offer
from gza.law import directory as rules
from gza.law import plausible
from gza.law.verdicts import Verdict, together

from .unit import add, by_fund, change


def _offered(organisation_id: uuid.UUID, by: Actor, *, capacity: int | None = None) -> Verdict:
    """S4.2, S6.1: contributed by the provider itself or by the Fund for it."""
    body = queries.organisation(organisation_id)
    own = by.role == Role.PROVIDER and getattr(by, "organisation_id", None) == organisation_id
    return together(
        rules.may_offer(kind=body.kind if body else "", own_organisation=own, by_fund=by_fund(by)),
        plausible.number(value=capacity, bounds=plausible.CAPACITY),
    )


def add_offer(*, facts: OfferFacts, entered: Entered = NOW, by: Actor) -> Offer:
    """Enter a service that an organisation offers (S4.2).

    Raises:
        Refused: when the organisation is no provider (S6.1), when neither it nor the Fund does it (S4.2), or when the
            date of the entry does not hold (G2).
    """
    return add(
        Offer(),
        facts,
        verb="directory.offer_added",
        clause="S4.2",
        allowed=lambda: _offered(facts.organisation_id, by, capacity=facts.capacity),
        entered=entered,
        by=by,
        confirmed_on=entered.happened_on or clock.today(),
    )


def alter_offer(
    *, offer_id: uuid.UUID, facts: OfferFacts, version: int | None = None, entered: Entered = NOW, by: Actor
) -> Offer:
    """Write down a change of an offer (S4.3); the provider has thereby confirmed it.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: as ``add_offer``.
    """
    values = facts.values() | {"confirmed_on": entered.happened_on or clock.today()}
    return change(
        Offer,
        offer_id,
        values,
        verb="directory.offer_altered",
        clause="S4.3",
        allowed=lambda row: _offered(row.organisation_id, by, capacity=facts.capacity),
        version=version,
        entered=entered,
        by=by,
    )


def confirm_offer(*, offer_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor) -> Offer:
    """Write down that a provider confirmed an offer as it stands (S4.3).

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when neither the provider nor the Fund does it (S4.2), or the date of the entry does not hold (G2).
    """
    return change(
        Offer,
        offer_id,
        {"confirmed_on": entered.happened_on or clock.today()},
        deed=Deed.CONFIRMED,
        verb="directory.offer_confirmed",
        clause="S4.3",
        allowed=lambda row: _offered(row.organisation_id, by),
        version=version,
        entered=entered,
        by=by,
    )


def withdraw_offer(*, offer_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor) -> Offer:
    """Write down that a provider no longer offers a service (S4.3), from the day it happened.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when neither the provider nor the Fund does it (S4.2), or the date of the entry does not hold (G2).
    """
    return change(
        Offer,
        offer_id,
        {"withdrawn_on": entered.happened_on or clock.today()},
        deed=Deed.WITHDRAWN,
        verb="directory.offer_withdrawn",
        clause="S4.3",
        allowed=lambda row: _offered(row.organisation_id, by),
        version=version,
        entered=entered,
        by=by,
    )
