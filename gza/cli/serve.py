"""``gza serve``: migrate, in demonstration build the country, and serve."""

import os
import socket
from typing import Annotated

import typer
from django.conf import settings

from gza.core import production
from gza.vault.errors import NotFounded, Untrusted
from gza.vault.trust import fund_public

from . import demo as demo_command
from . import say

_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # beyond two a core the server itself warns


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; the demonstration listens on loopback only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1, max=64)] = 1,
    threads: Annotated[int, typer.Option(help="Threads in each process.", min=1, max=64)] = _THREADS,
) -> None:
    """Bring the database up to date, and serve. A demonstration also gets keys and a country where there is none."""
    if settings.MODE == "production":
        _refuse_bad_production()
        _refuse_taken(host, port)
        demo_command.prepare()
        _refuse_not_founded()
        demo_command.reference()
    else:
        if host not in {"127.0.0.1", "::1", "localhost"}:
            say.fail(
                "The demonstration serves on loopback only: its passwords are printed.",
                "leave --host out, or set GZA_MODE=production after gza setup",
            )
        _refuse_taken(host, port)
        demo_command.ensure()
        demo_command.print_people(f"http://{host}:{port}/")
    _run(host, port, workers, threads)


def _refuse_bad_production() -> None:
    found = production.faults()
    for fault in found:
        say.people.print(f"[bold red]✗[/] {fault.what}\n  [bold]→[/] {fault.mend}")
    if found:
        say.fail(f"Production does not start: {len(found)} thing(s) to mend (gza doctor shows them again).")


def _refuse_not_founded() -> None:
    try:
        fund_public()
    except NotFounded:
        say.fail("Nothing was founded in this database.", "gza setup; or check GZA_DATABASE and GZA_VAR")
    except Untrusted as error:
        say.fail(f"The Fund's key does not hold: {error}.", "set GZA_FUND_KEY to the value that gza setup printed")


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            say.fail(
                f"Port {port} is taken by another program.",
                f"choose another: gza serve --port {port + 1}, or make run PORT={port + 1}",
            )


def _run(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["GZA_MODE"] = settings.MODE
    Granian(
        "gza.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,
        log_level="warning",
        respawn_failed_workers=True,
    ).serve()
