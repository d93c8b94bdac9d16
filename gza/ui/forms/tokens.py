"""The once-only token of a form. ``gza.web.shell.once`` spends it, so that a second click does nothing twice."""

import secrets


def new_token() -> str:
    """A token for one submission of one rendered form."""
    return secrets.token_urlsafe(18)
