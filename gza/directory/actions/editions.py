"""Editions of the list of services (S4.2 to S4.4)."""

from django.db import IntegrityError

from gza.core import clock
from gza.core.actors import Actor
from gza.core.conflicts import Stale
from gza.directory import catalogue, queries
from gza.directory.models import CatalogueEdition, EditionReceipt
from gza.law import directory as rules
from gza.ledger import work

from .unit import by_fund


def issue_edition(*, after: int, note: str = "", by: Actor) -> CatalogueEdition:
    """Issue the next edition of the list of services (S4.2, S4.3), with the offers that stand today.

    Args:
        after: the number of the edition it follows, as the person saw it; 0 for the first.
        note: what the Fund says about this edition.
        by: who issues it.

    Raises:
        Stale: when another edition was issued meanwhile.
        Refused: when the Fund does not do it, or the list would be empty (S4.2).
    """
    today, number = clock.today(), after + 1
    try:
        with work.act("directory.edition_issued", by=by, clause="S4.3", happened_on=today, number=number) as doing:
            # The last edition is locked before it is read again: on PostgreSQL two issuers would else both see it last.
            CatalogueEdition.objects.select_for_update().filter(number=after).first()
            last = queries.editions().first()
            if (last.number if last else 0) != after:
                raise Stale(version=last.number if last else 0)
            offers = queries.compile_catalogue(today)
            work.require(
                rules.may_issue(
                    by_fund=by_fund(by),
                    offers=len(offers),
                    last=after,
                    number=number,
                    last_on=last.happened_on if last else None,
                    on=today,
                )
            )
            snapshot = {"number": number, "issued_on": today.isoformat(), "offers": offers}
            made = CatalogueEdition.objects.create(
                number=number,
                previous_id=after or None,
                note=note,
                snapshot=snapshot,
                fingerprint=catalogue.fingerprint(snapshot),
                happened_on=today,
                recorded_by=by.id,
            )
            doing.subject = made.pk
            doing.facts = {"number": number, "offers": len(offers), "fingerprint": made.fingerprint}
    except IntegrityError as raced:
        raise Stale(version=queries.last_number()) from raced
    return made


def acknowledge_edition(*, number: int, by: Actor) -> EditionReceipt:
    """Acknowledge the receipt of an edition (S4.4); a second time changes nothing.

    Raises:
        CatalogueEdition.DoesNotExist: when there is no such edition.
    """
    edition = queries.editions().get(number=number)
    if by.id is None:
        raise ValueError("only a person acknowledges a receipt")
    if found := queries.received(edition, by.id):
        return found
    with work.act("directory.edition_received", by=by, subject=edition.pk, clause="S4.4", number=number):
        made, _new = EditionReceipt.objects.get_or_create(
            edition=edition, user_id=by.id, defaults={"happened_on": clock.today(), "recorded_by": by.id}
        )
    return made
