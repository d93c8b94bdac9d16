"""``gza setup``: the founding ceremony, at the terminal, with everybody in the room."""

import re
from typing import Annotated

import typer
from django.conf import settings
from rich.panel import Panel
from rich.prompt import Prompt

from gza.accounts import factors, passwords
from gza.accounts import steps as accounts
from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation, User
from gza.core import clock, material
from gza.core.actors import SYSTEM
from gza.ledger import work as ledger
from gza.vault import founding
from gza.vault import steps as vault
from gza.vault.errors import BadShare
from gza.vault.shred import keystore

from . import say
from .demo import prepare, reference

FIRST = (Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR)
"""Who signs in first: two who hold the keys, and one who holds none and makes every other account."""
_MADE_ANEW = {
    "heads": "what the lost one signed can no longer be checked; set GZA_HEADS to an empty folder",
    "django": "everybody signs in again",
}
_NAME = re.compile(r"[a-z][a-z0-9.-]{2,63}")


def setup(
    escrow: Annotated[
        bool, typer.Option("--escrow", help="Put a lost server key and index key back, with two custodians' shares.")
    ] = False,
) -> None:
    """Found an installation: keys, the Fund's signing key, groups, recovery shares, first accounts."""
    if escrow:
        _restore_keys()
        return
    if (material.folder() / "DEMO").exists():
        say.fail("The key folder was made by a demonstration.", "set GZA_KEYS to an empty folder and run setup again")
    prepare()
    if User.objects.exists():  # before any key is made: a new one in the place of a lost one would bar the escrow
        mend = "accounts are made in the browser, by the administrator; lost keys come back with gza setup --escrow"
        say.fail("This installation was founded already.", mend)
    for name in material.NAMES:
        if not (material.folder() / f"{name}.key").exists():
            material.create(name)
    keystore().count()  # makes it, so that every installation that is backed up has one
    reference()
    who = "the coordinator, the director, the administrator, three custodians"
    say.people.print(Panel(f"Founding. You need: {who}, and a quiet hour."))
    typed: dict[Role, dict[str, str]] = {}
    for role in FIRST:
        typed[role] = _ask(role, taken={one["username"] for one in typed.values()})
    founded, secrets = _found(typed)
    _tell(founded, secrets)


def _ask(role: Role, *, taken: set[str]) -> dict[str, str]:
    """One of the first people, asked again until each answer will do: the others in the room have answered already."""
    say.people.print(f"\n[bold]{say.english(role.label)}[/]")
    while not _NAME.fullmatch(username := Prompt.ask("  user name", console=say.people).strip().lower()):
        say.again("A user name has 3 to 64 small Latin letters, digits, dots and hyphens, a letter first.")
    if username in taken:
        say.fail(f"{username} is named already; these are different people.", "run gza setup again")
    full_ka = Prompt.ask("  name in Georgian", console=say.people)
    full_en = Prompt.ask("  name in English", console=say.people)
    person = User(username=username, full_name_ka=full_ka, full_name_en=full_en)
    return {"username": username, "ka": full_ka, "en": full_en, "password": _password(person)}


def _password(person: User) -> str:
    while True:
        password = Prompt.ask("  password (four or five words)", password=True, console=say.people)
        if (weak := passwords.weakness(password, person)) is not None:
            say.again(weak.en)
        elif Prompt.ask("  the same once more", password=True, console=say.people) == password:
            return password
        else:
            say.again("The two passwords differ.")


def _found(typed: dict[Role, dict[str, str]]) -> tuple[founding.Founded, dict[str, str]]:
    founders, secrets = [], {}
    with ledger.act("vault.founded", by=SYSTEM, people=len(typed)):
        for role, one in typed.items():
            user = accounts.new_account(
                username=one["username"], role=role, full_name_ka=one["ka"], full_name_en=one["en"]
            )
            made, secret = passwords.make(one["password"]), factors.new_secret()
            user.verifier, user.totp = made.encoded, factors.seal_secret(user.id, secret)
            user.must_change, user.temporary_until = False, None
            user.save()
            secrets[one["username"]] = secret
            if role == Role.ADMINISTRATOR:
                vault.make_keys(user.id, made.wrapping)
            else:
                founders.append(founding.Founder(user.id, role, made.wrapping))
            if role == Role.DIRECTOR:
                Delegation.objects.create(
                    holder=user, power=Power.OFFICE, valid_from=clock.today(), order="founding", given_by=user.id
                )
        founded = founding.found(founders)
    return founded, secrets


def _tell(founded: founding.Founded, secrets: dict[str, str]) -> None:
    for number, share in enumerate(founded.shares, 1):
        say.result.print(Panel(share, title=f"Recovery share {number} of 3: one custodian, one sheet, no copy"))
    for username, secret in secrets.items():
        say.result.print(f"One-time code of {username}: {secret}")
    say.result.print(f"GZA_FUND_KEY={founded.fund_public}")
    say.result.print(f"Fingerprint to read out: {founded.fingerprint}")
    say.done("Founded. Set GZA_FUND_KEY, then: gza doctor")
    if settings.MODE != "production":
        say.people.print("[yellow]GZA_MODE is not production yet.[/]")


def _restore_keys() -> None:
    """The server key from the custodians' escrow: without it nobody can sign in, with it nothing was lost."""
    shares = [Prompt.ask(f"  recovery share of custodian {place}", console=say.people) for place in ("A", "B")]
    try:
        recovered = founding.recover(shares)
    except BadShare as error:
        say.fail(str(error), "type both shares again, from two different custodians")
    for name, value in (("server", recovered.server), ("index", recovered.index)):
        if (material.folder() / f"{name}.key").exists():
            say.people.print(f"{name}.key is there and was left as it is.")
        else:
            material.create(name, value)
            say.done(f"{name}.key was put back")
    for name, loss in _MADE_ANEW.items():
        if not (material.folder() / f"{name}.key").exists():
            material.create(name)
            say.done(f"{name}.key was made anew: {loss}")
