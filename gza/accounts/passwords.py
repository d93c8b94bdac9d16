"""Passwords: what a good one is, temporary ones, and the one costly pass that checks them."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from gza.core import material
from gza.law.verdicts import Text
from gza.vault.crypto import kdf

from .models import User

SHORTEST = 12
LONGEST = 256
TEMPORARY_DAYS = 7
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_common = CommonPasswordValidator()


def cost() -> tuple[int, int, int]:
    """Passes, KiB of memory and lanes of a new password's Argon2id pass; ``GZA_ARGON`` in the settings."""
    passes, memory, lanes = getattr(settings, "GZA_ARGON", kdf.DEFAULT_COST)
    return int(passes), int(memory), int(lanes)


def make(password: str) -> kdf.Password:
    """What is kept of a new password, and the key that wraps the person's private ones."""
    return kdf.make(password, material.key("server"), cost())


def check(user: User | None, typed: str) -> kdf.Password | None:
    """The keys of the password when it is the account's; an account that is not there costs the same pass."""
    encoded = user.verifier if user is not None and user.verifier else _nobody()
    return kdf.check(typed[:LONGEST], encoded, material.key("server"))


def _nobody() -> str:
    passes, memory, lanes = cost()
    return f"{kdf.MARK}${passes},{memory},{lanes}${'A' * 22}${'A' * 43}"


def temporary() -> str:
    """A temporary password that can be read out: four groups of four, 77 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def temporary_term() -> dt.timedelta:
    """How long a temporary password is good."""
    return dt.timedelta(days=TEMPORARY_DAYS)


def weakness(password: str, user: User) -> Text | None:
    """Why the password is too weak, or None: length, common ones, names; no rules of composition (NIST SP 800-63B)."""
    if len(password) < SHORTEST:
        return Text(
            f"პაროლი {len(password)} ნიშნისგან შედგება. საჭიროა სულ მცირე {SHORTEST}: ოთხი-ხუთი სიტყვა საკმარისია.",
            f"The password has {len(password)} characters. It needs at least {SHORTEST}: four or five words will do.",
        )
    if len(password) > LONGEST:
        return Text(
            f"პაროლი {LONGEST} ნიშანზე გრძელია. შეამოკლეთ.",
            f"The password is longer than {LONGEST} characters. Shorten it.",
        )
    plain = password.casefold()
    names = [user.username, *user.full_name_ka.split(), *user.full_name_en.split()]
    if any(len(name) > 3 and len(name) * 2 > len(plain) and name.casefold() in plain for name in names):  # noqa: PLR2004 (short names are in many words)
        return Text(
            "პაროლი თითქმის მხოლოდ თქვენი სახელია. დაამატეთ სხვა სიტყვები.",
            "The password is hardly more than your name. Add other words.",
        )
    try:
        _common.validate(password)
    except ValidationError:
        common = True
    else:
        few = len(set(plain)) < 5  # noqa: PLR2004 (aaaa, abab and their like)
        common = few or plain in (plain + plain)[1:-1]  # a repetition of something shorter
    if common:
        return Text(
            "ეს პაროლი ბევრს აქვს და პირველი გამოიცნობა. აირჩიეთ სხვა.",
            "Many people have this password and it is guessed first. Choose another.",
        )
    return None
