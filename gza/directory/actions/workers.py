"""The register of social workers (S7.1)."""

import datetime as dt
import uuid

from gza.core import clock
from gza.core.actors import Actor
from gza.directory import queries
from gza.directory.enums import Deed, OrganisationKind
from gza.directory.facts import NOW, Entered, TrainingFacts, WorkerFacts
from gza.directory.models import SocialWorker, Training
from gza.law import designation, plausible
from gza.law import directory as rules
from gza.law import entry as entering
from gza.law.verdicts import Verdict, together
from gza.ledger import work

from .unit import add, by_fund, change, kept_by_fund


def _enterable(facts: WorkerFacts, by: Actor, *, trainings: int = 0, active_to: dt.date | None = None) -> Verdict:
    """S5.1: an employee of the Fund; S7.1: with all facts of the register."""
    employer = queries.organisation(facts.employer_id)
    known = designation.Worker(
        registered=True,
        fund_employee=employer is not None and employer.kind == OrganisationKind.FUND,
        active_from=facts.active_from,
    )
    entry = rules.WorkerEntry(
        has_contact=bool(facts.phone or facts.email),
        has_education=bool(facts.education),
        languages=len(facts.languages),
        regions=len(facts.regions),
        trainings=None if facts.has_training is None else trainings,
        active_from=facts.active_from,
        active_to=active_to,
    )
    return together(
        rules.may_enter_worker(entry=entry, by_fund=by_fund(by)),
        designation.eligible(worker=known, on=facts.active_from),
    )


def _dated(row: SocialWorker, active_to: dt.date | None, by: Actor) -> Verdict:
    return together(kept_by_fund(by), rules.worker_dates(active_from=row.active_from, active_to=active_to))


def register_worker(*, facts: WorkerFacts, entered: Entered = NOW, by: Actor) -> SocialWorker:
    """Enter a social worker into the Fund's register (S7.1).

    Raises:
        Refused: when the employer is not the Fund (S5.1), a fact of the register is missing (S7.1) or the date of the
            entry does not hold (G2).
    """
    return add(
        SocialWorker(),
        facts,
        verb="directory.worker_registered",
        clause="S7.1",
        allowed=lambda: _enterable(facts, by),
        entered=entered,
        by=by,
    )


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
    return change(
        SocialWorker,
        worker_id,
        facts.values(),
        verb="directory.worker_altered",
        clause="S7.1",
        allowed=lambda row: _enterable(facts, by, trainings=row.trainings.count(), active_to=row.active_to),
        version=version,
        entered=entered,
        by=by,
    )


def end_worker(
    *, worker_id: uuid.UUID, last_day: dt.date, version: int | None = None, entered: Entered = NOW, by: Actor
) -> SocialWorker:
    """Write down the last day of a social worker; what they still hold is handed over case by case (S3.3).

    Raises:
        Stale: when another person changed the row meanwhile.
        Refused: when the last day is before the first (S7.1), or the date of the entry does not hold (G2).
    """
    return change(
        SocialWorker,
        worker_id,
        {"active_to": last_day},
        deed=Deed.ENDED,
        verb="directory.worker_ended",
        clause="S7.1",
        allowed=lambda row: _dated(row, last_day, by),
        version=version,
        entered=entered,
        by=by,
    )


def resume_worker(
    *, worker_id: uuid.UUID, version: int | None = None, entered: Entered = NOW, by: Actor
) -> SocialWorker:
    """Take back the last day of a social worker, who stays or came back.

    Raises:
        Stale: when another person changed the row meanwhile.
        Refused: when the last day is before the first (S7.1), or the date of the entry does not hold (G2).
    """
    return change(
        SocialWorker,
        worker_id,
        {"active_to": None},
        deed=Deed.RESUMED,
        verb="directory.worker_resumed",
        clause="S7.1",
        allowed=lambda row: _dated(row, None, by),
        version=version,
        entered=entered,
        by=by,
    )


def add_training(*, worker_id: uuid.UUID, facts: TrainingFacts, by: Actor) -> Training:
    """Enter a training that a social worker completed (S7.1).

    Raises:
        Refused: when the Fund does not do it (S7.1), or it was completed in the future (G2).
    """
    with work.act("directory.training_added", by=by, subject=worker_id, clause="S7.1") as doing:
        doing.happened_on = facts.completed_on
        work.require(kept_by_fund(by))
        work.require(entering.not_future(happened_on=facts.completed_on, today=clock.today()))
        work.require(plausible.number(value=facts.hours, bounds=plausible.TRAINING_HOURS))
        return Training.objects.create(worker_id=worker_id, **facts.values())
