"""The register of social workers (S7.1)."""

import datetime as dt
import uuid

from gza.core import clock
from gza.core.actors import Actor
from gza.directory.enums import Deed
from gza.directory.facts import NOW, Entered, TrainingFacts, WorkerFacts
from gza.directory.models import SocialWorker, Training
from gza.law import entry as entering
from gza.ledger import work

from .unit import add, change


def register_worker(*, facts: WorkerFacts, entered: Entered = NOW, by: Actor) -> SocialWorker:
    """Enter a social worker into the Fund's register (S7.1).

    Raises:
        Refused: when the employer is not the Fund (S5.1), a fact of the register is missing (S7.1) or the date of the
            entry does not hold (G2).
    """
    return add(SocialWorker(), facts, verb="directory.worker_registered", clause="S7.1", entered=entered, by=by)


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
    return change(
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
    return change(
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
