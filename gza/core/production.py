"""What production must not run with, each with its mend."""

import re
from dataclasses import dataclass

from django.conf import settings

from . import material


@dataclass(frozen=True)
class Fault:
    """Something wrong: a stable key, what it is, how to mend it."""

    key: str
    what: str
    mend: str


def faults() -> list[Fault]:
    """Everything in the settings and the key material that forbids production; empty when all is well."""
    found = [Fault(f"key.{name}", str(error), _mend(name)) for name in material.NAMES if (error := _missing(name))]
    if settings.DEBUG:
        found.append(Fault("debug", "GZA_DEBUG is 1: errors would show what they must not", "unset GZA_DEBUG"))
    if (material.folder() / "DEMO").exists():
        found.append(
            Fault(
                "demo_keys",
                "the key material was made by the demonstration",
                "set GZA_KEYS to an empty folder and run: gza setup",
            )
        )
    if not settings.GZA_BEHIND_TLS:
        found.append(
            Fault(
                "tls",
                "GZA_BEHIND_TLS is not 1: nothing says that TLS ends in front of this server",
                "put a TLS proxy in front that sets X-Forwarded-Proto, then set GZA_BEHIND_TLS=1",
            )
        )
    if settings.GZA_FUND_KEY and not re.fullmatch(r"[0-9a-fA-F]{64}", settings.GZA_FUND_KEY):
        found.append(
            Fault("fund_key", "GZA_FUND_KEY is not 64 hexadecimal digits", "set it to what gza setup printed, whole")
        )
    if not settings.GZA_FUND_KEY:
        found.append(
            Fault(
                "fund_key",
                "GZA_FUND_KEY is empty: certificates cannot be checked against the Fund's key",
                "set it to the value that gza setup printed",
            )
        )
    if set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
        found.append(Fault("hosts", "GZA_HOSTS names only this machine", "set GZA_HOSTS to the public host name"))
    return found


def _missing(name: str) -> str:
    try:
        material.read(name)
    except material.MissingMaterial as error:
        return str(error)
    return ""


def _mend(name: str) -> str:
    if name in {"server", "index"}:
        return f"restore {name}.key from the custodians' escrow: gza setup --escrow; new: gza setup"
    return f"restore {name}.key from where it is kept, or make it anew: gza setup --escrow; new: gza setup"
