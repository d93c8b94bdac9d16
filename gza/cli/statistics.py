"""``gza statistics``: protected tables and their release ledger."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress, TaskID

from gza.core import clock
from gza.protection import documents, microdata, programme
from gza.protection.assurance import Refused, audited, publish
from gza.protection.ledger import Ledger, LedgerBroken
from gza.protection.model import BadInput, Base, Figures
from gza.protection.recording import record as enter
from gza.protection.release import Before, Disputed, Prepared, Revised, prepare
from gza.protection.rounding import prepare_rounded

from . import assurance, say

app = typer.Typer(help="Statistics that identify nobody: protected releases and their ledger.", no_args_is_help=True)
MOST_SHOWN = 30
LEDGER = typer.Option(file_okay=False, help="private directory of the release ledger; founded where there is none")


@app.callback()
def statistics() -> None:
    """Statistics that identify nobody: protected releases and their ledger."""


@app.command("release", context_settings={"allow_extra_args": True})
def release(
    context: typer.Context,
    microdata_: Annotated[
        Path, typer.Option("--microdata", help="CSV with year, sex, age_group, citizenship, form; one record a line")
    ],
    ledger: Annotated[Path, LEDGER],
    out: Annotated[Path, typer.Option(dir_okay=False, help="file to write the release to")],
    k: Annotated[int, typer.Option(help="counts from 1 to k - 1 are small")] = 3,
    tables: Annotated[
        list[str] | None,
        typer.Option(help="tables, such as: sex,form sex,age_group year,sex; the standard ones if none"),
    ] = None,
    unit: Annotated[str, typer.Option(help="what a record is: person, case or status")] = "person",
    categories: Annotated[
        Path | None, typer.Option(help="JSON of code lists, so that a table does not tell which categories occur")
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(min=0.1, help="limit of the search; if none, 10, or 45 of many cells"),
    ] = None,
    revision: Annotated[
        bool, typer.Option("--revision", help="other counts for years published before are meant")
    ] = False,
    rounded: Annotated[bool, typer.Option("--rounded", help="open data: round every cell, suppress none")] = False,
    contested: Annotated[
        bool, typer.Option("--contested", help="leave aside figures of others that contradict the microdata")
    ] = False,
) -> None:
    """Make protected tables from microdata; what was published before is taken into account."""
    wanted = _tables(tables, context.args)
    _outside(out, ledger, microdata_)
    with _plain(), say.progress() as shown:
        task = shown.add_task("Reading the microdata", total=None)
        base = _read(microdata_, wanted, unit, shown, task)
        if categories:
            base = microdata.widened(base, documents.categories(documents.load(categories)))
        with Ledger.open(ledger, secret=secrets.token_bytes(32), at=_now()) as opened:
            if opened.mended:
                shown.console.print(f"  [yellow]![/] {escape(opened.mended)}")
            specs = programme.asked(wanted, base) if wanted else None
            if rounded:
                prepared = prepare_rounded(base, k=k, specs=specs, before=Before.of(opened))
            else:
                prepared = prepare(
                    base,
                    k=k,
                    specs=specs,
                    before=Before.of(opened),
                    seconds=seconds,
                    revision=revision,
                    contested=contested,
                    said=lambda what, lost, least: shown.update(
                        task, description=f"{what.capitalize()}: {lost} cells suppressed, at least {least} must be"
                    ),
                )
            prepared = audited(prepared, opened, tell=lambda what: shown.update(task, description=f"Auditing: {what}"))
            publish(prepared, opened, target=out, at=_now())
    _tell(prepared, out)


@app.command("record")
def record(
    figures: Annotated[Path, typer.Argument(help="figures in the form of gza statistics check, with years")],
    ledger: Annotated[Path, LEDGER],
    contested: Annotated[
        bool,
        typer.Option(
            "--contested", help="enter figures that contradict what is known; they count as nobody's knowledge"
        ),
    ] = False,
) -> None:
    """Enter figures that others have published."""
    with _plain():
        said: Figures = documents.figures(documents.load(figures))
        with say.progress() as shown:
            shown.add_task("Holding the figures against the ledger", total=None)
            with Ledger.open(ledger, secret=secrets.token_bytes(32), at=_now()) as opened:
                row = enter(opened, said, contested=contested, at=_now())
    say.done(f"{len(said.figures)} figures entered as row {row.number} of {ledger}")


def _tables(named: list[str] | None, more: list[str]) -> list[str]:
    """``--tables sex,form sex,age_group``: what follows without an option's name belongs to it too."""
    strange = [one for one in more if one.startswith("-")]
    if strange:
        say.fail(f"There is no option {strange[0]!r}.", "gza statistics release --help lists them.")
    if more and not named:
        say.fail(f"{more[0]!r} belongs to no option.", "Name tables with --tables.")
    return [*(named or []), *more]


def _outside(out: Path, ledger: Path, microdata_: Path) -> None:
    """The release may not be written among the ledger's own files, over the microdata, nor where no file can be."""
    if out.absolute().resolve() == microdata_.absolute().resolve():
        say.fail(f"{out} holds the microdata.", "Choose another place for what is published.")
    if out.absolute().parent.resolve().is_relative_to(ledger.absolute().resolve()):
        say.fail(f"{out} lies in the private ledger.", "Choose another place for what is published.")
    if not out.absolute().parent.is_dir():
        say.fail(f"There is no directory {out.absolute().parent}.", "Make it first.")


def _read(path: Path, wanted: list[str], unit: str, shown: Progress, task: TaskID) -> Base:
    needed = list(dict.fromkeys(one.strip() for text in wanted for one in text.split(",") if one.strip()))
    try:
        counted = microdata.Unit(unit)
    except ValueError:
        say.fail(f"There is no unit {unit!r}.", f"Choose one of {', '.join(microdata.Unit)}.")
    return microdata.read(
        path,
        [one for one in needed if one != "year"],
        unit=counted,
        said=lambda line: shown.update(task, description=f"Reading the microdata: line {line}"),
    )


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")


def _tell(prepared: Prepared, out: Path) -> None:
    said = prepared.release.certificate
    if "base" in said:
        say.done(f"{out}: {len(prepared.release.tables)} tables, {said['cells']} cells rounded to {said['base']}")
        return
    gap = "the fewest that keep everybody safe" if said["optimal"] else f"at least {said['least']} must be"
    say.done(f"{out}: {len(prepared.release.tables)} tables, {said['cells']} cells, {said['lost']} suppressed ({gap})")
    for one in prepared.refused[:MOST_SHOWN]:
        say.people.print(f"  the cheapest tables were refused, so more is suppressed; {escape(one)}")
    for one in said["pinned"]:
        say.people.print(f"  known before, so not protected: {escape(json.dumps(one, ensure_ascii=False))}")


@contextmanager
def _plain() -> Iterator[None]:
    """What can be mended is told line by line, without a traceback; nothing has been written then."""
    try:
        yield
    except BadInput as wrong:
        for fault in wrong.faults[:MOST_SHOWN]:
            say.people.print(f"  {escape(str(fault))}")
        if len(wrong.faults) > MOST_SHOWN:
            say.people.print(f"  {len(wrong.faults) - MOST_SHOWN} more.")
        say.fail("Nothing was written: the input cannot be used.", _mend(wrong))
    except LedgerBroken as broken:
        say.fail(
            f"The release ledger is not as it was written. {broken}",
            "Restore it from a copy; see docs/how-to/broken-ledger.md.",
        )
    except Refused as refused:
        for one in refused.findings[:MOST_SHOWN]:
            say.people.print(f"  {escape(one)}")
        say.fail("Nothing was written: the audit found a way to learn what must stay hidden.", "Choose coarser tables.")
    except OSError as error:
        say.fail(
            f"Nothing was written: {error.filename or 'the disk'}: {error.strerror}.",
            "Check the path, the room on the disk, and who may write there.",
        )


def _mend(wrong: BadInput) -> str:
    if isinstance(wrong, Revised):
        return "If records were corrected or added, say so: --revision. What was published stays known to everybody."
    if isinstance(wrong, Disputed):
        return "Correct whichever is wrong; --contested leaves these figures aside."
    return "Mend it and run again."


app.command("check")(assurance.check)
app.command("audit")(assurance.audit)
