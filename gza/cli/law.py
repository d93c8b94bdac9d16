"""``gza law matrix``: for each clause its rules, its pages and its tests."""

import json
from typing import Annotated

import typer
from rich.table import Table

from . import matrix as law_matrix
from . import say

app = typer.Typer(help="The requirements register and what the software does about it.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep ``matrix`` a sub-command."""


@app.command()
def matrix(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print, for each id of the register, the rule, the page and the test."""
    rows = law_matrix.rows()
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("id", "title", "rules", "pages", "tests", title="Clauses")
    for row in rows:
        count = ["structure" if row["kind"] == "structure" else str(len(row["rules"]))]
        table.add_row(row["id"], row["title"], *count, str(len(row["views"])), str(len(row["tests"])))
    say.result.print(table)
