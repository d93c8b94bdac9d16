"""``gza doctor``: everything that can be wrong, each with its mend."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import typer
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from gza.accounts import keywork
from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.cases import queries as cases
from gza.core import clock, db, material, production
from gza.directory import queries as directory
from gza.ledger import heads
from gza.ledger import queries as ledger
from gza.plans import guards
from gza.vault import files
from gza.vault import queries as vault
from gza.vault.filecheck import clamd
from gza.vault.shred import keystore

from . import say

_FREE = 2 * 1024**3
_EXPIRES_DAYS = 30
_SHOWN = 5
_PROBE = "Today"  # a word of the shell's catalogue


class Finding(NamedTuple):
    """Something wrong: grave or not, what, and the mend."""

    grave: bool
    what: str
    mend: str


def _keys() -> Iterator[Finding]:
    if settings.MODE == "production":
        for fault in production.faults():
            yield Finding(True, fault.what, fault.mend)
    else:
        for name in material.NAMES:
            try:
                material.read(name)
            except material.MissingMaterial as error:
                yield Finding(True, str(error), "gza demo --reset builds a new one; for real work: gza setup")


def _tables() -> Iterator[Finding]:
    for alias in ("default", "transient"):
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield Finding(
                True, f"the database {alias} is of an earlier version", "gza serve migrates it; back up first"
            )


def _engine() -> Iterator[Finding]:
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma, good in (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)):
                cursor.execute(f"PRAGMA {pragma}")
                if (value := cursor.fetchone()[0]) != good:
                    yield Finding(
                        True, f"SQLite runs with {pragma} = {value}", f"it must be {good}; look at settings.py"
                    )
            cursor.execute("PRAGMA quick_check")
            if (said := cursor.fetchone()[0]) != "ok":
                yield Finding(True, f"the database file is damaged: {said}", "stop, copy the file, gza restore")
        else:
            cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
            if "off" in cursor.fetchone():
                yield Finding(True, "PostgreSQL may lose acknowledged acts", "synchronous_commit and fsync must be on")


def _triggers() -> Iterator[Finding]:
    for table in ("ledger_event", "ledger_head"):
        if len(db.triggers(table)) < 2:  # noqa: PLR2004 (one against UPDATE, one against DELETE)
            yield Finding(True, f"the table {table} can be changed: its triggers are gone", "gza serve puts them back")
    for table, wanted in guards.names().items():
        if not wanted <= db.triggers(table):
            yield Finding(True, f"triggers of the table {table} are gone", "gza serve puts them back")


def _ledger() -> Iterator[Finding]:
    seq, hash_ = ledger.head()
    last = None
    for last in heads.read():  # noqa: B007 (the last one counts)
        pass
    if seq and last is None:
        yield Finding(True, "no head of the ledger was ever exported", "check GZA_HEADS, then gza tick")
    elif last and last.good and (last.seq > seq or (last.seq == seq and last.hash != hash_)):
        yield Finding(True, f"the ledger ends at {seq}, the last exported head says {last.seq}", "gza ledger verify")
    if last and last.at > clock.now():
        yield Finding(True, "the clock was set back: the last head lies in the future", "set the machine's clock (NTP)")
    if settings.MODE == "production" and _same_disk(settings.GZA_HEADS):
        yield Finding(False, "exported heads lie on the database's own disk", "GZA_HEADS on another machine's disk")


def _same_disk(path: object) -> bool:
    name = connections["default"].settings_dict["NAME"]
    try:
        return Path(str(path)).stat().st_dev == Path(str(name)).stat().st_dev
    except OSError:
        return False


def _reference() -> Iterator[Finding]:
    counts = directory.reference_behind()
    if any(counts.values()):
        said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        what = f"organisations and types of service are not those of this version (to be {said})"
        yield Finding(True, what, "gza serve brings them in; without them nobody can be designated")


def _people() -> Iterator[Finding]:
    for role in (Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR):
        if not User.objects.filter(role=role, is_active=True).exists():
            what = f"no active account has the role {say.english(role.label)}"
            yield Finding(True, what, "the administrator makes one; or gza setup")
    for row in vault.expiring_certificates(_EXPIRES_DAYS)[:_SHOWN]:
        yield Finding(
            False, f"a certificate ends within {_EXPIRES_DAYS} days ({row.id})", "a coordinator certifies anew: Keys"
        )
    for group in vault.thin_groups()[:_SHOWN]:
        yield Finding(False, f"fewer than two people hold the key of the group {group.kind}", "certify another member")


def _cases() -> Iterator[Finding]:
    thin = len(vault.thin_cases()[: _SHOWN + 1])
    if thin:
        count = f"more than {_SHOWN}" if thin > _SHOWN else str(thin)
        yield Finding(
            True, f"{count} case(s) with fewer than two holders or without recovery", "a co-holder grants again"
        )
    if left := cases.left_behind_in_all():
        what = f"{left} open case(s) have a worker who cannot sign in"
        yield Finding(True, what, "a coordinator hands them over: Today, Cases")
    if keywork.unfinished():
        yield Finding(False, "work on keys is left after a leaver or a lost password", "a coordinator: Work on keys")


def _shred() -> Iterator[Finding]:
    try:
        keystore().count()
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
        yield Finding(True, f"the shred keystore cannot be read: {error}", "restore GZA_SHRED from its last copy")
    if settings.MODE == "production" and _same_disk(settings.GZA_SHRED):
        yield Finding(
            False, "the shred keystore lies on the database's disk", "GZA_SHRED on another disk, not backed up with it"
        )


def _files() -> Iterator[Finding]:
    lost = files.missing()
    if lost:
        what = f"{len(lost)} sealed file(s) are not on the disk, or not whole ({lost[0]})"
        yield Finding(True, what, "check GZA_FILES; gza restore brings back those of the last backup")
    if settings.GZA_CLAMD and not clamd.alive():
        yield Finding(
            True, "the virus scanner does not answer: no file can be uploaded", "start clamd; check GZA_CLAMD"
        )
    if settings.MODE == "production" and not settings.GZA_CLAMD:
        yield Finding(False, "uploads are not scanned", "run a clamd and set GZA_CLAMD=host:port")


def _machine() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.VAR).free
    if free < _FREE:
        yield Finding(
            True,
            f"{free // 1024**2} MB are free on the disk of GZA_VAR",
            "make room: an act that cannot be kept is refused",
        )
    with translation.override("ka"):
        if translation.gettext(_PROBE) == _PROBE:
            yield Finding(
                True,
                "the Georgian catalogues are not compiled",
                "python -m tools.messages compile (make setup does it)",
            )


CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("settings and key material", _keys),
    ("tables", _tables),
    ("database engine", _engine),
    ("append-only triggers", _triggers),
    ("ledger and exported heads", _ledger),
    ("reference data", _reference),
    ("people, certificates, groups", _people),
    ("holders of cases", _cases),
    ("shred keystore", _shred),
    ("sealed files", _files),
    ("machine", _machine),
)


def doctor() -> None:
    """Look at everything that can be wrong; print each finding with its mend. Exit code 1 when one is grave."""
    grave = False
    for name, check in CHECKS:
        try:
            found = list(check())
        except (DatabaseError, OSError) as error:
            found = [
                Finding(True, f"could not be looked at: {str(error).splitlines()[0]}", "mend what stands above first")
            ]
        for one in found:
            sign = "[bold red]✗[/]" if one.grave else "[yellow]![/]"
            say.people.print(f"{sign} {name}: {one.what}\n  [bold]→[/] {one.mend}")
            grave |= one.grave
        if not found:
            say.done(name)
    if grave:
        raise typer.Exit(1)
