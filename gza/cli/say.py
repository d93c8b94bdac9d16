"""How the command speaks: to people on the standard error, results alone on the standard output."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

people = Console(stderr=True, highlight=False)
result = Console(highlight=False, soft_wrap=True)


def fail(what: str, mend: str = "") -> NoReturn:
    """Say what is wrong and how to mend it, and leave with 1."""
    people.print(f"[bold red]✗[/] {escape(what)}")
    if mend:
        people.print(f"  [bold]→[/] {escape(mend)}")
    raise typer.Exit(1)


def again(what: str) -> None:
    """Say why an answer will not do; the question follows once more."""
    people.print(f"  [yellow]![/] {escape(what)}")


def done(what: str) -> None:
    """Say that something is done."""
    people.print(f"[green]✓[/] {escape(what)}")


def english(label: object) -> str:
    """A label of the product in the command's own language; the product's is Georgian."""
    from django.utils import translation  # gza statistics speaks through this module, and starts without Django

    with translation.override("en"):
        return str(label)


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress display for long work."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=people) as shown:
        yield shown
