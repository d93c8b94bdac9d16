"""All triggers of the plans: put in place after every migration, looked for by ``gza doctor``."""

from . import freeze, money_triggers, request_guard, running_guard

GUARDS = (freeze, money_triggers, request_guard, running_guard)


def install(alias: str = "default") -> None:
    """(Re)install every trigger; idempotent."""
    for guard in GUARDS:
        guard.install(alias)


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table."""
    found: dict[str, set[str]] = {}
    for guard in GUARDS:
        for table, wanted in guard.names().items():
            found.setdefault(table, set()).update(wanted)
    return found
