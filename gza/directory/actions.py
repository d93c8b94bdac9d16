"""The directory's writers: each a verb, one act, one event.

``version`` is the ``revision`` the form was made from; None asks for no such check. ``entered`` says when it
happened, how the Fund learned of it, and why it is written down late.
"""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any, TypeVar

from django.db import IntegrityError

from gza.core import clock
from gza.core.actors import SYSTEM, Actor
from gza.core.conflicts import Stale
from gza.law import entry as entering
from gza.ledger import work

from . import catalogue, queries, steps
from .enums import Deed, Entry
from .facts import (
    NOW,
    Entered,
    FocalPersonFacts,
    MemorandumFacts,
    OfferFacts,
    OrganisationFacts,
    Stated,
    TrainingFacts,
    WorkerFacts,
)
from .models import (
    CatalogueEdition,
    EditionReceipt,
    FocalPerson,
    Kept,
    Memorandum,
    Offer,
    Organisation,
    SocialWorker,
    Training,
)

Row = TypeVar("Row", bound=Kept)
_KINDS: dict[type[Kept], tuple[Entry, type[Stated]]] = {
    Organisation: (Entry.ORGANISATION, OrganisationFacts),
    FocalPerson: (Entry.FOCAL_PERSON, FocalPersonFacts),
    SocialWorker: (Entry.WORKER, WorkerFacts),
    Offer: (Entry.OFFER, OfferFacts),
    Memorandum: (Entry.MEMORANDUM, MemorandumFacts),
}
_OPEN_IN_REFERENCE = ("programmes", "phone", "email", "web", "address")
"""What the office may write into an organisation of the reference data; the rest follows its file."""


def sync_reference(*, by: Actor = SYSTEM) -> dict[str, int]:
    """Bring organisations and types of service in line with the reference files; leaves no event when they are.

    Returns:
        counts of rows ``added``, ``altered`` and ``disabled``.
    """
    pending = steps.pending_reference()
    if pending:
        with work.act("directory.synced", by=by, clause="S2.1") as doing:
            steps.sync_reference(pending)
            doing.facts = dict(pending.counts)
    return pending.counts


def _day(entered: Entered) -> dt.date:
    """When it happened, once the rules on entries have nothing against it (G2)."""
    day = entered.happened_on or clock.today()
    work.require(entering.may_enter(happened_on=day, today=clock.today(), reason=entered.late_reason))
    return day


def _locked(model: type[Row], row_id: uuid.UUID, version: int | None) -> Row:
    row = model.objects.select_for_update().get(pk=row_id)  # type: ignore[attr-defined]
    if version is not None and row.revision != version:
        last = next(iter(queries.changes(row_id, limit=1)), None)
        raise Stale(
            version=row.revision,
            current=_KINDS[model][1].of(row).values(),
            changed_by=last.recorded_by if last else None,
            changed_at=last.recorded_at if last else None,
        )
    return row


def _put(row: Kept, values: dict[str, Any]) -> None:
    plain = {name: value for name, value in values.items() if name not in steps.LISTS}
    for name, value in plain.items():
        setattr(row, name, value)
    row.save()
    for name in values.keys() & steps.LISTS.keys():
        steps.set_codes(row, name, values[name])


def _add(row: Row, facts: Stated, *, verb: str, clause: str, entered: Entered, by: Actor, **more: Any) -> Row:
    with work.act(verb, by=by, subject=row.pk, clause=clause) as doing:
        doing.happened_on = day = _day(entered)
        _put(row, facts.values() | more)
        entered = replace(entered, happened_on=day)
        steps.record(row, entry=_KINDS[type(row)][0], deed=Deed.ADDED, before=None, entered=entered, by=by)
    return row


def _change(
    model: type[Row],
    row_id: uuid.UUID,
    values: dict[str, Any],
    *,
    verb: str,
    clause: str,
    version: int | None,
    entered: Entered,
    by: Actor,
    deed: Deed = Deed.ALTERED,
) -> Row:
    with work.act(verb, by=by, subject=row_id, clause=clause) as doing:
        doing.happened_on = day = _day(entered)
        row = _locked(model, row_id, version)
        if isinstance(row, Organisation) and row.key:
            values = {name: value for name, value in values.items() if name in _OPEN_IN_REFERENCE}
        before = steps.state(row)
        _put(row, {**values, "revision": row.revision + 1})
        entered = replace(entered, happened_on=day)
        change = steps.record(row, entry=_KINDS[model][0], deed=deed, before=before, entered=entered, by=by)
        doing.facts = {"changed": change.fields}
    return row


# Organisations


def add_organisation(*, facts: OrganisationFacts, entered: Entered = NOW, by: Actor) -> Organisation:
    """Enter an organisation (S1.1).

    Raises:
        Refused: when the date of the entry does not hold (G2).
    """
    return _add(Organisation(), facts, verb="directory.organisation_added", clause="S1.1", entered=entered, by=by)


def alter_organisation(
    *,
    organisation_id: uuid.UUID,
    facts: OrganisationFacts,
    version: int | None = None,
    entered: Entered = NOW,
    by: Actor,
) -> Organisation:
    """Change an organisation; one of the reference data only in programmes, contact and address.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        Organisation, organisation_id, facts.values(),
        verb="directory.organisation_altered", clause="S1.1", version=version, entered=entered, by=by,
    )  # fmt: skip


def add_focal_person(
    *, organisation_id: uuid.UUID, facts: FocalPersonFacts, entered: Entered = NOW, by: Actor
) -> FocalPerson:
    """Enter who speaks for an organisation (S1.1).

    Raises:
        Refused: when the date of the entry does not hold (G2).
    """
    row = FocalPerson(organisation_id=organisation_id)
    return _add(row, facts, verb="directory.focal_person_added", clause="S1.1", entered=entered, by=by)


def alter_focal_person(
    *,
    focal_person_id: uuid.UUID,
    facts: FocalPersonFacts,
    version: int | None = None,
    entered: Entered = NOW,
    by: Actor,
) -> FocalPerson:
    """Change a focal person, or end them by ``valid_to``.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        FocalPerson, focal_person_id, facts.values(),
        verb="directory.focal_person_altered", clause="S1.1", version=version, entered=entered, by=by,
    )  # fmt: skip


def add_memorandum(
    *, organisation_id: uuid.UUID, facts: MemorandumFacts, entered: Entered = NOW, by: Actor
) -> Memorandum:
    """Enter a memorandum of cooperation (S1.1).

    Raises:
        Refused: when the date of the entry does not hold (G2).
    """
    row = Memorandum(organisation_id=organisation_id)
    return _add(row, facts, verb="directory.memorandum_added", clause="S1.1", entered=entered, by=by)


def alter_memorandum(
    *,
    memorandum_id: uuid.UUID,
    facts: MemorandumFacts,
    version: int | None = None,
    entered: Entered = NOW,
    by: Actor,
) -> Memorandum:
    """Change a memorandum.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        Memorandum, memorandum_id, facts.values(),
        verb="directory.memorandum_altered", clause="S1.1", version=version, entered=entered, by=by,
    )  # fmt: skip


# Social workers


def register_worker(*, facts: WorkerFacts, entered: Entered = NOW, by: Actor) -> SocialWorker:
    """Enter a social worker into the Fund's register (S7.1).

    Raises:
        Refused: when the employer is not the Fund (S5.1), a fact of the register is missing (S7.1) or the date of the
            entry does not hold (G2).
    """
    return _add(SocialWorker(), facts, verb="directory.worker_registered", clause="S7.1", entered=entered, by=by)


def alter_worker(
    *,
    worker_id: uuid.UUID,
    facts: WorkerFacts,
    version: int | None = None,
    entered: Entered = NOW,
    by: Actor,
) -> SocialWorker:
    """Change a row of the register.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: as ``register_worker``.
    """
    return _change(
        SocialWorker, worker_id, facts.values(),
        verb="directory.worker_altered", clause="S7.1", version=version, entered=entered, by=by,
    )  # fmt: skip


def end_worker(
    *, worker_id: uuid.UUID, last_day: dt.date, version: int | None = None, entered: Entered = NOW, by: Actor
) -> SocialWorker:
    """Write down the last day of a social worker; what they still hold is handed over case by case (S3.3).

    Raises:
        Stale: when another person changed the row meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        SocialWorker, worker_id, {"active_to": last_day}, deed=Deed.ENDED,
        verb="directory.worker_ended", clause="S7.1", version=version, entered=entered, by=by,
    )  # fmt: skip


def resume_worker(
    *, worker_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor
) -> SocialWorker:
    """Take back the last day of a social worker, who stays or came back.

    Raises:
        Stale: when another person changed the row meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        SocialWorker, worker_id, {"active_to": None}, deed=Deed.RESUMED,
        verb="directory.worker_resumed", clause="S7.1", version=version, entered=entered, by=by,
    )  # fmt: skip


def add_training(*, worker_id: uuid.UUID, facts: TrainingFacts, by: Actor) -> Training:
    """Enter a training that a social worker completed (S7.1).

    Raises:
        Refused: when it was completed in the future (G2).
    """
    with work.act("directory.training_added", by=by, subject=worker_id, clause="S7.1") as doing:
        doing.happened_on = facts.completed_on
        work.require(entering.not_future(happened_on=facts.completed_on, today=clock.today()))
        return Training.objects.create(worker_id=worker_id, **facts.values())


# Offers


def add_offer(*, facts: OfferFacts, entered: Entered = NOW, by: Actor) -> Offer:
    """Enter a service that an organisation offers (S4.2).

    Raises:
        Refused: when the organisation is no provider (S2.1), or the date of the entry does not hold (G2).
    """
    return _add(
        Offer(), facts, verb="directory.offer_added", clause="S4.2", entered=entered, by=by,
        confirmed_on=entered.happened_on or clock.today(),
    )  # fmt: skip


def alter_offer(
    *, offer_id: uuid.UUID, facts: OfferFacts, version: int | None = None, entered: Entered = NOW, by: Actor
) -> Offer:
    """Write down a change of an offer (S4.3); the provider has thereby confirmed it.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: as ``add_offer``.
    """
    values = facts.values() | {"confirmed_on": entered.happened_on or clock.today()}
    return _change(
        Offer, offer_id, values,
        verb="directory.offer_altered", clause="S4.3", version=version, entered=entered, by=by,
    )  # fmt: skip


def confirm_offer(
    *, offer_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor
) -> Offer:
    """Write down that a provider confirmed an offer as it stands (S4.3).

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        Offer, offer_id, {"confirmed_on": entered.happened_on or clock.today()}, deed=Deed.CONFIRMED,
        verb="directory.offer_confirmed", clause="S4.3", version=version, entered=entered, by=by,
    )  # fmt: skip


def withdraw_offer(
    *, offer_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor
) -> Offer:
    """Write down that a provider no longer offers a service (S4.3), from the day it happened.

    Raises:
        Stale: when another person changed it meanwhile.
        Refused: when the date of the entry does not hold (G2).
    """
    return _change(
        Offer, offer_id, {"withdrawn_on": entered.happened_on or clock.today()}, deed=Deed.WITHDRAWN,
        verb="directory.offer_withdrawn", clause="S4.3", version=version, entered=entered, by=by,
    )  # fmt: skip


# The catalogue


def issue_edition(*, after: int, note: str = "", by: Actor) -> CatalogueEdition:
    """Issue the next edition of the list of services (S4.2, S4.3), with the offers that stand today.

    Args:
        after: the number of the edition it follows, as the person saw it; 0 for the first.
        note: what the Fund says about this edition.
        by: who issues it.

    Raises:
        Stale: when another edition was issued meanwhile.
        Refused: when the list is empty (S4.2).
    """
    today, number = clock.today(), after + 1
    try:
        with work.act("directory.edition_issued", by=by, clause="S4.3", happened_on=today, number=number) as doing:
            # The last edition is locked before it is read again: on PostgreSQL two issuers would else both see it last.
            CatalogueEdition.objects.select_for_update().filter(number=after).first()
            last = queries.last_number()
            if last != after:
                raise Stale(version=last)
            offers = queries.compile_catalogue(today)
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
