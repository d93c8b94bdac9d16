"""``gza statistics``: protected tables and their release ledger."""

import typer

from . import assurance

app = typer.Typer(help="Statistics that identify nobody: protected releases and their ledger.", no_args_is_help=True)


@app.callback()
def statistics() -> None:
    """Statistics that identify nobody: protected releases and their ledger."""


app.command("check")(assurance.check)
app.command("audit")(assurance.audit)
