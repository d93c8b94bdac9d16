"""An office that is backed up, goes on, breaks, and is restored; each function in a process of its own."""

import uuid
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection

from gza.core.actors import SYSTEM
from gza.ledger import queries as ledger
from gza.ledger.models import Event
from gza.ledger.verify import verify
from gza.ledger.work import act
from gza.vault import archive, backup, engines, errors, files, index, queries, steps
from gza.vault.filecheck import Accepted, FileKind
from gza.vault.models import BlindToken, Erasure, SealedFile
from gza.vault.ring import Ring
from gza.vault.shred import keystore
from tests.vault import factories
from tests.vault.stand.models import Beneficiary

CONTENT = b"%PDF-1.7 " + b"x" * 200_000


def _enter(ring: Ring, name: str) -> str:
    with act("stand.case", by=SYSTEM):
        case = uuid.uuid4()
        steps.open_case(case, holders=[], by=ring)
        person = Beneficiary(case_id=case)
        ring.fill(person, first_name=name)
        person.save()
        index.index_person(case, person.id, names=[name])
        accepted = Accepted(FileKind.PDF, f"{name}.pdf", CONTENT, scanned=False)
        files.store(accepted, case_id=case, label="stand.scan", section="legal", by=ring)
    return str(case)


def work(target: str) -> dict[str, Any]:
    """Two cases, a backup, then a third case, and the second erased."""
    with act("stand.founded", by=SYSTEM):
        fund = factories.fund()
    ring = fund.coordinator.ring
    kept, erased = _enter(ring, "ნინო"), _enter(ring, "ლუკა")
    shred = {case: secret.hex() for case, secret in keystore().read([uuid.UUID(kept), uuid.UUID(erased)]).items()}
    made = archive.backup(Path(target))
    assert made.seq == ledger.head()[0]
    later = _enter(ring, "ელენე")
    with act("stand.erased", by=SYSTEM):
        steps.erase(uuid.UUID(erased), by=ring)
    people = [[str(who.id), who.wrapping.hex()] for who in (fund.coordinator, fund.director)]
    return {"kept": kept, "erased": erased, "later": later, "people": people, "shred": list(shred.values())}


def state(people: list[list[str]]) -> dict[str, Any]:
    """What stands, and what of it opens."""
    ring = _rings(people)[0]
    rows = list(Beneficiary.objects.order_by("id"))
    names = ring.open_many(rows, ["first_name"], otherwise="-")
    contents = []
    for row in SealedFile.objects.order_by("id"):
        try:
            contents.append(b"".join(files.read(row, ring)) == CONTENT)
        except errors.VaultError as error:
            contents.append(type(error).__name__)
    report = verify(signed_by_two=backup.signed_by_two)
    return {
        "names": [each["first_name"] for each in names],
        "files": contents,
        "on_disk": sum(1 for path in files.folder().rglob("*") if path.is_file()),
        "missing": len(files.missing()),
        "tokens": BlindToken.objects.values("case_id").distinct().count(),
        "erased": [str(case) for case in Erasure.objects.values_list("case", flat=True)],
        "faults": sorted({problem.fault for problem in report.problems}),
        "seq": report.seq,
        "verbs": list(Event.objects.order_by("seq").values_list("verb", flat=True)),
        "guarded": _guarded(),
    }


def _rings(people: list[list[str]]) -> list[Ring]:
    found = []
    for user, wrapping in people:
        person = uuid.UUID(user)
        found.append(Ring(person, queries.open_keys(person, bytes.fromhex(wrapping))))
    return found


def _guarded() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_event")
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def restore(target: str, unsigned: bool = False) -> str:
    """Restore and migrate; the name of what was raised, if anything was."""
    try:
        archive.restore(Path(target), unsigned=unsigned)
    except errors.VaultError as error:
        return f"{type(error).__name__}: {error}"
    for alias in ("default", "transient"):
        call_command("migrate", database=alias, verbosity=0, interactive=False, run_syncdb=True, skip_checks=True)
    return ""


def sign(people: list[list[str]]) -> int:
    """The two holders sign; how many erasures were mended."""
    return backup.after_restore(by=_rings(people), actor=SYSTEM)


def load(dump: str) -> str:
    """Have the engine load what is no dump."""
    try:
        engines.load(Path(dump))
    except engines.EngineFailed as error:
        return str(error)
    return ""


def back_up(target: str) -> str:
    """Try to back up; the name of what was raised."""
    try:
        archive.backup(Path(target))
    except (errors.VaultError, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
