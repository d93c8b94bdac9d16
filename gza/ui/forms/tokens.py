"""The once-only token of a form: a second click or a second delivery does nothing twice."""

import secrets

from django.db import IntegrityError, transaction

from gza.core.transient.models import Spent


def new_token() -> str:
    """A token for one submission of one rendered form."""
    return secrets.token_urlsafe(18)


def _key(token: str) -> str:
    return f"form:{token}"


def spend(token: str) -> bool:
    """Use the token up. False when it was used before, or is none: then the act must not be done again."""
    if not 0 < len(token) <= 64:  # noqa: PLR2004 (a token has 24 characters; the column 160)
        return False
    try:
        with transaction.atomic(using="transient"):
            Spent.objects.using("transient").create(key=_key(token))
    except IntegrityError:
        return False
    return True


def give_back(token: str) -> None:
    """Let the token be used again: the act was refused or failed, and nothing was done."""
    Spent.objects.using("transient").filter(key=_key(token)).delete()
