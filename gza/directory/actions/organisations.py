"""Organisations, focal persons, memoranda."""

import uuid

from gza.core.actors import SYSTEM, Actor
from gza.directory import steps
from gza.directory.facts import NOW, Entered, FocalPersonFacts, MemorandumFacts, OrganisationFacts
from gza.directory.models import FocalPerson, Memorandum, Organisation
from gza.ledger import work

from .unit import add, change, kept_by_fund


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


def add_organisation(*, facts: OrganisationFacts, entered: Entered = NOW, by: Actor) -> Organisation:
    """Enter an organisation (S1.1).

    Raises:
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    return add(
        Organisation(),
        facts,
        verb="directory.organisation_added",
        clause="S1.1",
        allowed=lambda: kept_by_fund(by),
        entered=entered,
        by=by,
    )


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
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    return change(
        Organisation,
        organisation_id,
        facts.values(),
        verb="directory.organisation_altered",
        clause="S1.1",
        allowed=lambda _row: kept_by_fund(by),
        version=version,
        entered=entered,
        by=by,
    )


def add_focal_person(
    *, organisation_id: uuid.UUID, facts: FocalPersonFacts, entered: Entered = NOW, by: Actor
) -> FocalPerson:
    """Enter who speaks for an organisation (S1.1).

    Raises:
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    row = FocalPerson(organisation_id=organisation_id)
    return add(
        row,
        facts,
        verb="directory.focal_person_added",
        clause="S1.1",
        allowed=lambda: kept_by_fund(by),
        entered=entered,
        by=by,
    )


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
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    return change(
        FocalPerson,
        focal_person_id,
        facts.values(),
        verb="directory.focal_person_altered",
        clause="S1.1",
        allowed=lambda _row: kept_by_fund(by),
        version=version,
        entered=entered,
        by=by,
    )


def add_memorandum(
    *, organisation_id: uuid.UUID, facts: MemorandumFacts, entered: Entered = NOW, by: Actor
) -> Memorandum:
    """Enter a memorandum of cooperation (S1.1).

    Raises:
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    row = Memorandum(organisation_id=organisation_id)
    return add(
        row,
        facts,
        verb="directory.memorandum_added",
        clause="S1.1",
        allowed=lambda: kept_by_fund(by),
        entered=entered,
        by=by,
    )


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
        Refused: when the Fund does not do it (S1.1), or the date of the entry does not hold (G2).
    """
    return change(
        Memorandum,
        memorandum_id,
        facts.values(),
        verb="directory.memorandum_altered",
        clause="S1.1",
        allowed=lambda _row: kept_by_fund(by),
        version=version,
        entered=entered,
        by=by,
    )
