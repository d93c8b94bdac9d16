"""``gza demo``: the synthetic country."""

import shutil
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from rich.table import Table

from gza.core.actors import SYSTEM
from gza.demo import build, people
from gza.directory.actions import sync_reference

from . import say


def prepare() -> None:
    """Bring both databases up to date, quietly."""
    settings.VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    for alias in ("default", "transient"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def reference() -> None:
    """Bring the organisations and types of service that the product knows into the database; says what it changed."""
    counts = sync_reference(by=SYSTEM)
    if any(counts.values()):
        said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        say.done(f"Reference data, organisations and types of service: {said}")


def ensure() -> None:
    """Keys, tables and a country, each where there is none."""
    people.ensure_material()
    prepare()
    if not build.built():
        _build(build.SMALL, 1)
    reference()


def demo(
    cases: Annotated[int, typer.Option(help="How many invented beneficiaries.", min=1, max=1_000_000)] = build.SMALL,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the present demonstration away first.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same country.")] = 1,
) -> None:
    """Build a synthetic country in which every name, case and figure is invented; sealed for real."""
    if settings.MODE == "production":
        say.fail("This is production; a demonstration has no place here.", "unset GZA_MODE, or set GZA_VAR elsewhere")
    if reset:
        _reset()
    people.ensure_material()
    prepare()
    if build.built():
        say.fail("There is a country already.", "gza demo --reset throws it away and builds another")
    _build(cases, seed)
    say.result.print(", ".join(f"{count} {what}" for what, count in build.summary().items()))


def _build(cases: int, seed: int) -> None:
    with say.progress() as shown:
        tasks: dict[str, int] = {}

        def tick(what: str, done: int, total: int) -> None:
            if what not in tasks:
                for task in tasks.values():
                    shown.update(task, completed=shown.tasks[task].total)
                tasks[what] = shown.add_task(f"The synthetic country: {what}", total=total)
            shown.update(tasks[what], completed=done)

        build.build(cases, seed=seed, tick=tick)


def _reset() -> None:
    """Empty the demonstration: database, sealed files, heads, shred secrets. Keys marked as its own go, too."""
    keys = Path(settings.GZA_KEYS)
    if keys.exists() and any(keys.iterdir()) and not (keys / "DEMO").exists():
        say.fail("The keys here were not made by a demonstration; nothing was thrown away.")
    for alias in ("default", "transient"):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            connection.close()
            name = str(connection.settings_dict["NAME"])
            for end in ("", "-wal", "-shm", "-journal", ".lock"):
                Path(name + end).unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for folder in (settings.GZA_HEADS, settings.GZA_SHRED, settings.GZA_FILES):
        shutil.rmtree(folder, ignore_errors=True)


def print_people(address: str) -> None:
    """A sign-in line for each role, and for everybody the tutorial needs; for loopback only."""
    table = Table(title=f"Gza demonstration at {address}", caption="Every name, case and figure is invented.")
    for heading in ("role", "user name", "password", "secret of the one-time code"):
        table.add_column(heading, no_wrap=True)
    seen = set()
    for one in people.PEOPLE:
        if one.role not in seen or one.username in people.TUTORIAL:
            seen.add(one.role)
            table.add_row(str(one.role), one.username, people.PASSWORD, people.secret(one.username))
    say.result.print(table)
    say.result.print(f"Open {address}")
