"""Passwords with the product's own cost and server key."""

from django.conf import settings

from gza.core import material

from .crypto import kdf


def cost() -> tuple[int, int, int]:
    """Passes, KiB of memory and lanes of Argon2id (``GZA_ARGON``)."""
    passes, memory, lanes = getattr(settings, "GZA_ARGON", kdf.DEFAULT_COST)
    return int(passes), int(memory), int(lanes)


def make(password: str) -> kdf.Password:
    """A new password: ``encoded`` is for the account's row, ``wrapping`` for ``steps.make_keys``."""
    return kdf.make(password, material.key("server"), cost())


def check(password: str, encoded: str) -> kdf.Password | None:
    """The password's keys when it is right; None, after as much work, when it is not."""
    return kdf.check(password, encoded, material.key("server"))
