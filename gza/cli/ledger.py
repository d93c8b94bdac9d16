"""``gza ledger``: verify the chain, print its head."""

import typer

from gza.ledger import queries
from gza.ledger import verify as ledger_verify
from gza.vault import backup as vault_backup

from . import say

app = typer.Typer(help="The append-only record: verify it, print its head.", no_args_is_help=True)

_WORDS = {
    "edited": "event {seq} was changed after it was written",
    "deleted": "event {seq} is missing",
    "broken": "event {seq} does not follow the event before it",
    "cut": "the ledger ends early: event {seq} and what followed it are gone",
    "recomputed": "the chain was computed anew: event {seq} is not the one whose head was exported",
    "head_row": "the head row does not say where the chain ends (event {seq})",
    "forged_head": "an exported head does not bear our signature",
    "forged_restore": "event {seq} claims a restore, without the signatures of two holders",
}


@app.command()
def verify() -> None:
    """Read every event and every exported head; name the first bad one. Exit code 1 when something is wrong."""
    total = queries.head()[0]
    with say.progress() as shown:
        task = shown.add_task("Reading the ledger", total=total)
        report = ledger_verify.verify(
            signed_by_two=vault_backup.signed_by_two, tick=lambda count: shown.update(task, completed=count)
        )
    for problem in report.problems[:20]:
        say.people.print(f"[bold red]✗[/] {_WORDS[problem.fault].format(seq=problem.seq)}")
    if not report.ok:
        say.fail(f"The ledger is not whole. First bad event: {report.first_bad}", "docs/how-to/broken-ledger.md")
    say.done(f"{report.checked} events, {report.heads} exported heads: whole")
    say.result.print(f"{report.seq} {report.hash.hex()}")


@app.command()
def head() -> None:
    """Print number and hash of the last event."""
    seq, hash_ = queries.head()
    say.result.print(f"{seq} {hash_.hex()}")
