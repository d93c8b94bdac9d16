"""The plan's writers: each a verb, one act, one event."""

from dataclasses import dataclass
from pathlib import Path

from gza.core.actors import Actor
from gza.core.text import clean
from gza.law import nap as law
from gza.ledger import work

from . import document, queries, steps
from .changes import changes, marked

DATA = Path(__file__).parent / "data"
SHIPPED = "nap-2019-2020"


class Faulty(Exception):
    """A file shipped with the product is not sound: never a person's fault."""


@dataclass(frozen=True)
class Loaded:
    """What came of loading. ``changed`` are the fields that differ from what stood before; none for a new plan."""

    code: str
    new: bool
    changed: tuple[str, ...]
    wrote: bool


def import_plan(said: document.Plan, *, source_text: str = "", by: Actor) -> Loaded:
    """Hold a plan that was read from a file (N0.1). The same plan again changes nothing and leaves no event.

    A plan not adopted is replaced; an adopted one stands, but for what is marked as to be confirmed. Its notes, source
    lines, Georgian readings and carry-over may be mended at any time.

    Args:
        said: the plan, sound.
        source_text: the text it was transcribed from, whose lines ``source`` counts; empty keeps what stands.
        by: who loads it.

    Raises:
        Refused: when an adopted plan would change.
    """
    source_text = "\n".join(clean(line) for line in source_text.splitlines())
    stands = queries.find(said.code)
    if stands and bytes(stands.fingerprint) == said.fingerprint() and source_text in {"", stands.source_text}:
        return Loaded(said.code, new=False, changed=(), wrote=False)
    with work.act("nap.loaded", by=by, clause="N0.1") as doing:
        stands = queries.find(said.code, locked=True)
        before = queries.document(said.code) if stands else None
        changed = tuple(changes(before, said)) if before else ()
        if before:
            adopted = before.adopted_on is not None
            work.require(law.reread(adopted=adopted, changed=changed, to_confirm=marked(before)))
        kept = source_text or (stands.source_text if stands else "")
        plan = steps.write(said, source_text=kept, loaded_by=by.id)
        doing.subject = plan.id
        doing.facts = said.count() | {
            "code": said.code,
            "fingerprint": said.fingerprint().hex(),
            "changed": len(changed),
        }
    return Loaded(said.code, new=before is None, changed=changed, wrote=True)


def load_shipped(*, by: Actor) -> Loaded:
    """Load the plan of 2019 and 2020 that comes with the product, with its source text; idempotent.

    The bodies of the directory must stand (``directory.actions.sync_reference``).

    Raises:
        Faulty: when the shipped file is not sound.
    """
    file = DATA / f"{SHIPPED}.csv"
    said, problems = queries.read_file(file.name, file.read_bytes())
    if said is None:
        raise Faulty("; ".join(f"{one.cell}: {one.text.en}" for one in problems))
    source_text = (DATA / f"{SHIPPED}.source.txt").read_text(encoding="utf-8")
    return import_plan(said, source_text=source_text, by=by)
