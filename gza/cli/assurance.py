"""``gza statistics check`` and ``gza statistics audit``: what figures say together, and whether a release holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.markup import escape

from gza.protection import audit as adversary
from gza.protection import consistency, documents
from gza.protection.assurance import without
from gza.protection.audit import Published, record
from gza.protection.model import BadInput, Fault, Release, canonical, fingerprint

from . import say

CANNOT_USE = 2


def refuse(fault: str, mend: str = "") -> NoReturn:
    """Say that the input cannot be used, and leave with 2; nothing is printed as a result."""
    say.people.print(f"[bold red]✗[/] {escape(fault)}")
    if mend:
        say.people.print(f"  [bold]→[/] {escape(mend)}")
    raise typer.Exit(CANNOT_USE)


def check(
    figures: Annotated[Path, typer.Argument(help="Published figures: dimensions, and figures with where and value.")],
    seconds: Annotated[float, typer.Option(help="How long may be searched.", min=1)] = 600,
) -> None:
    """Tell whether figures can all be true, a smallest contradiction among them, and the cells they give away."""
    try:
        said = documents.load(figures)
        read = documents.figures(said)
        if not read.figures:
            refuse("figures: the list is empty; there is nothing to check.")
        with say.people.status(f"holding {len(read.figures)} figures against each other"):
            found = consistency.check(read, seconds=seconds)
    except BadInput as error:
        refuse("\n  ".join(_numbered(fault) for fault in error.faults[:20]), "nothing was checked; mend the file")
    except consistency.Undecided as error:
        refuse(str(error), f"a longer search: --seconds {2 * seconds:.0f}")
    if not found.proven:
        say.people.print("[yellow]![/] The time ended: the contradiction shown may not be the smallest there is.")
    result: dict[str, Any] = {
        "consistent": found.consistent,
        "conflict": [said["figures"][number] for number in found.conflict],
        "pinned": [{"key": cell.key, "value": cell.value} for cell in found.pinned],
    }
    typer.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _numbered(fault: Any) -> str:
    """The fault, with its figure counted from 1 as a reader counts."""
    where = str(fault.where)
    if where.startswith("figures["):
        place, _, rest = where.removeprefix("figures[").partition("]")
        where = f"figure {int(place) + 1}{': ' + rest.lstrip('.') if rest else ''}"
    return str(Fault(where, fault.said, fault.about))


def audit(
    release: Annotated[Path, typer.Argument(help="The release file.")],
    ledger: Annotated[Path, typer.Option(help="The private ledger directory that the release was made with.")],
    seconds: Annotated[float, typer.Option(help="How long may be searched.", min=1)] = 1800,
) -> None:
    """Try every known attack on a release; leaves with 0 only when it withstands them all."""
    try:
        said = documents.load(release)
        read = documents.release(said)
        kept = record.read(ledger)
    except BadInput as error:
        refuse("\n  ".join(str(fault) for fault in error.faults[:20]), "nothing was audited")
    except record.Broken as error:
        refuse(f"{error}.", "the ledger cannot be trusted as it is; take it from the last good copy")
    entry, known = _entry(said, read, release, kept)
    current = Published(read, entry.published.base, entry.published.versions, entry.number)
    with say.people.status("auditing") as shown:
        found = adversary.audit(
            current,
            before=[one.published for one in kept.entries if one.number < entry.number],
            figures=[without(one.figures, entry.disputed) for one in kept.outside if one.number < entry.number],
            said=said,
            shown=entry.shown,
            seconds=seconds,
            tell=lambda what: shown.update(f"auditing: {what}"),
        )
    for line in _lines(found, known):
        typer.echo(line)
    if found.blocking or not known:
        raise typer.Exit(1)
    say.done(f"{release} withstands every attack ({len(found.attacks)} kinds were tried)")


def _entry(said: Any, read: Release, path: Path, kept: record.Record) -> tuple[record.Entry, bool]:
    """The ledger's row of this release, and whether the file says what was recorded there.

    A file that says something else is audited as if it stood in the place of the last release over the same years.
    """
    if not kept.entries:
        refuse("The ledger holds no release yet.")
    content = fingerprint(path.read_bytes())
    for entry in reversed(kept.entries):
        if entry.sha256 == content or canonical(entry.published.release.as_json()) == canonical(said):
            return entry, True
    head = str(read.certificate.get("ledger", ""))
    like = [entry for entry in kept.entries if entry.published.release.years == read.years]
    named = [entry for entry in like if head and entry.published.release.certificate.get("ledger") == head]
    wide = [entry for entry in kept.entries if set(read.years) <= set(entry.published.release.years)]
    for choice in (named, like, wide):
        if choice:
            return choice[-1], False
    refuse("No release in this ledger covers the years of this file.", "give the ledger that it was made with")


def _lines(found: adversary.Findings, known: bool) -> Iterator[str]:
    if not known:
        yield "NOT RECORDED  the file is not the release that the ledger recorded; it was changed, or made elsewhere"
    for one in found.blocking:
        yield f"ATTACK  {one.attack}  |  cell: {_cell(one)}  |  interval: {one.interval}  |  {one.said}"
    for one in found.pinned:
        yield f"pinned before  |  cell: {_cell(one)}  |  interval: {one.interval}  |  by totals, releases or figures"
    for one in found.bounded:
        yield f"bounded before  |  cell: {_cell(one)}  |  interval: {one.interval}  |  this release tells no more"
    for one in found.whole_groups:
        yield f"one category only  |  {one.said} ({', '.join(one.years)}): everybody learns it of each of them"


def _cell(one: adversary.Finding) -> str:
    key = json.dumps(dict(one.key), ensure_ascii=False)
    return f"{key} in {', '.join(one.years)}"
