"""The command ``gza``."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")

import typer

app = typer.Typer(
    name="gza",
    help="Gza: case work for the reintegration of victims of trafficking, and the national action plan around it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # a traceback must never print what was opened
)


def assemble() -> typer.Typer:
    """Put the command together; the product must be set up before its parts can be imported."""
    import django

    django.setup()
    from . import backup, demo, doctor, founding, law, ledger, nap, serve, tick

    app.command("serve")(serve.serve)
    app.command("demo")(demo.demo)
    app.command("setup")(founding.setup)
    app.command("doctor")(doctor.doctor)
    app.command("tick")(tick.tick)
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    app.add_typer(law.app, name="law")
    app.add_typer(ledger.app, name="ledger")
    app.add_typer(nap.app, name="nap")
    return statistics()


def statistics() -> typer.Typer:
    """``gza statistics`` alone: it stands on the library, and starts without the rest of the product."""
    from . import statistics as part

    app.add_typer(part.app, name="statistics")
    return app


def main() -> None:
    """Run the command; what an operator can mend is told without a traceback."""
    os.umask(0o077)  # database, journal and archives are for their owner alone
    try:
        command = statistics() if sys.argv[1:2] == ["statistics"] else assemble()
    except ValueError as error:
        sys.exit(f"\u2717 The settings cannot be read: {error}\n  \u2192 docs/how-to/operate.md lists them")
    try:
        command(prog_name="gza")
    except Exception as error:
        from . import faults, say

        known = faults.plain(error)
        if known is None:
            raise
        try:
            say.fail(*known)
        except typer.Exit as leave:
            sys.exit(leave.exit_code)
