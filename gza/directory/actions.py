"""The directory's writers: each a verb, one act, one event."""

from gza.core.actors import SYSTEM, Actor
from gza.ledger import work

from . import steps


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
