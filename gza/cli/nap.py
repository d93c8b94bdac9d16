"""``gza nap``: load a national action plan from a file, write it out again."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from gza.core.actors import SYSTEM
from gza.directory.actions import sync_reference
from gza.ledger.work import Refused
from gza.nap import actions, queries
from gza.nap.problems import Problem, Unreadable
from gza.nap.writing import FORMATS

from . import say

app = typer.Typer(help="National action plans.", no_args_is_help=True)
MOST_SHOWN = 60


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, XLSX or DOCX")],
    source: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="text whose line numbers the file names")
    ] = None,
) -> None:
    """Load a plan; say by cell what is wrong with it, and load nothing then."""
    with say.progress() as shown:
        task = shown.add_task("Reading", total=3)
        sync_reference(by=SYSTEM)
        try:
            text = source.read_text(encoding="utf-8") if source else ""
        except UnicodeDecodeError:
            say.fail(f"{source} is not UTF-8 text.", "Save it as UTF-8.")
        shown.advance(task)
        try:
            said, problems = queries.read_file(file.name, file.read_bytes())
        except Unreadable as unreadable:
            said, problems = None, [unreadable.problem]
        shown.advance(task)
        if said is None:
            shown.stop()
            _report(file.name, list(problems))
            raise typer.Exit(1)
        shown.update(task, description="Loading")
        try:
            loaded = actions.import_plan(said, source_text=text, by=SYSTEM)
        except Refused as refused:
            shown.stop()
            denied = refused.denied
            say.fail(f"{denied.message.en} ({denied.clause})", " ".join(one.en for one in denied.remedy))
        shown.advance(task)
    counted = said.count()
    what = (
        f"{loaded.code}: {counted['goals']} goals, {counted['objectives']} objectives, {counted['activities']} "
        f"activities, {counted['printed']} indicators in {counted['indicators']} parts, "
        f"{counted['to_confirm']} fields to be confirmed"
    )
    say.done(what if loaded.wrote else f"{what}. It stood so already; nothing was changed.")
    for field in loaded.changed:
        say.people.print(f"  changed: {escape(field)}")


@app.command("export")
def export(
    plan: Annotated[str, typer.Option(help="code of the plan")] = queries.DEFAULT,
    format_: Annotated[str, typer.Option("--format", help="json, csv or xlsx")] = "json",
    to: Annotated[Path | None, typer.Option(help="file to write; otherwise the standard output")] = None,
) -> None:
    """Write a plan out as JSON, CSV or XLSX."""
    if format_ not in FORMATS:
        say.fail(f"There is no format {format_!r}.", f"Choose one of {', '.join(FORMATS)}.")
    try:
        content = queries.export(plan, format_)
    except queries.NoPlan:
        codes = ", ".join(one.code for one in queries.plans())
        mend = f"Choose one of {codes}." if codes else "Load one: gza nap import FILE."
        say.fail(f"There is no plan {plan!r}.", mend)
    if to:
        to.write_bytes(content)
        say.done(f"{plan} written to {to}")
    else:
        sys.stdout.buffer.write(content)


def _report(name: str, problems: list[Problem]) -> None:
    table = Table(title=f"{name}: not loaded", title_justify="left")
    for heading in ("sheet", "row", "column", "what stands there", "what is wrong, and the way out"):
        table.add_column(heading, overflow="fold")
    for one in problems[:MOST_SHOWN]:
        words = f"{one.text.en} ({one.clause})" if one.clause else one.text.en
        row = str(one.row) if one.row else ""
        table.add_row(*map(escape, (one.sheet, row, one.column, one.value, words)))
    say.people.print(table)
    if len(problems) > MOST_SHOWN:
        say.people.print(f"{len(problems) - MOST_SHOWN} more.")
