"""``gza backup`` and ``gza restore``."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from rich.markup import escape
from rich.prompt import Prompt

from gza.accounts import signing
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.core import material
from gza.core.actors import SYSTEM
from gza.vault import archive, queries, shred
from gza.vault import backup as vault_backup
from gza.vault.errors import VaultError
from gza.vault.ring import Ring

from . import say


def backup(file: Annotated[Path, typer.Argument(help="The archive to write; must not exist.")]) -> None:
    """Write database, sealed files and heads into one archive; neither keys nor shred secrets."""
    try:
        with say.progress() as shown:
            task = shown.add_task("Writing", total=None)
            manifest = archive.backup(file, tick=lambda count: shown.advance(task, count))
    except FileExistsError:
        say.fail(f"{file} is there already.", "choose another name; a backup is never overwritten")
    except archive.EngineFailed as error:
        say.fail(str(error), "mend that and try again; nothing was left behind")
    say.done(f"{file}: ledger up to event {manifest.seq}. Keep GZA_KEYS and GZA_SHRED apart from it.")


def restore(
    file: Annotated[Path, typer.Argument(help="The archive to read.", exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to replace the present database.")] = False,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Take an archive that another heads key signed.")
    ] = False,
) -> None:
    """Put a backup back. Two holders sign in here; erasures since are replayed; the ledger tells it from a cut tail."""
    _require_keys()
    try:
        manifest = archive.inspect(file, unsigned=unsigned)
    except archive.BadBackup as error:
        say.fail(str(error), "use another archive; --unsigned only after the loss of heads.key")
    say.people.print(f"The archive ends at event {manifest.seq}. What was done after it will be gone.")
    if not yes and not typer.confirm("Replace the present database?"):
        raise typer.Exit(1)
    try:
        with say.progress() as shown:
            task = shown.add_task("Restoring", total=None)
            archive.restore(file, unsigned=unsigned, tick=lambda count: shown.advance(task, count))
    except archive.EngineFailed as error:
        say.fail(str(error), "the present database was left as it is")
    for alias in ("default", "transient"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    holders: list[Principal] = []
    for place in ("first", "second"):
        holders.append(_holder(place, holders))
    mended = vault_backup.after_restore(by=holders, actor=SYSTEM)
    say.done(
        f"Restored and signed by two. Erasures replayed: {mended}. Enter what is missing from paper, as late entries."
    )
    if settings.MODE == "production":
        say.people.print("Now: gza ledger verify, gza doctor")


def _require_keys() -> None:
    """Before anything is replaced: an archive holds neither keys nor shred secrets, and new ones open nothing of it."""
    lacking = [f"{name}.key (GZA_KEYS)" for name in material.NAMES if not (material.folder() / f"{name}.key").exists()]
    if not (Path(settings.GZA_SHRED) / shred.NAME).exists():
        lacking.append(f"{shred.NAME} (GZA_SHRED)")
    if lacking:
        say.fail(
            f"An archive holds no keys and no shred secrets, and here are missing: {', '.join(lacking)}.",
            "copy both folders here from where they are kept; gza demo and gza setup would make new ones, which open "
            "nothing of it; a server key lost for good comes back with gza setup --escrow",
        )


def _holder(place: str, already: list[Principal]) -> Principal:
    """A coordinator or director signs in at the terminal: password and one-time code."""
    for _ in range(3):
        username = Prompt.ask(f"  {place} holder, user name", console=say.people).strip()
        typed = Prompt.ask("  password", password=True, console=say.people)
        code = Prompt.ask("  one-time code", console=say.people)
        try:
            passed = signing.password(username, typed, address="terminal")
            signing.code(passed, code)
        except (signing.NoMatch, signing.MustWait, signing.TemporaryOver):
            say.people.print("That did not match.")
            continue
        user = User.objects.get(id=passed.user.id)
        if user.id in {one.id for one in already}:
            say.people.print("A restore is signed by two people; let the other sign in.")
            continue
        try:
            ring = Ring(user.id, queries.open_keys(user.id, passed.wrapping))
            ring.require_registry()
        except VaultError as error:
            say.people.print(f"That is no coordinator or director who can sign: {escape(str(error))}.")
            continue
        return Principal(user, ring)
    return say.fail("Three attempts did not do.", "the restore is in place but unsigned: run gza restore again")
