"""The command ``gza``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")

import django
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
    return app


def main() -> None:
    """Run the command."""
    assemble()()
