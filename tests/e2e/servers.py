"""Gza in a process of its own, as it is served in earnest: granian, SQLite files, both databases."""

import atexit
import functools
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
KEYS = ("server", "index", "heads", "django")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server on a free port of the loopback. ``url`` is its address, ``run`` a command in its surroundings.

    It begins with a synthetic country of ``cases``, an empty one if none is named. With ``clocked`` its clock can be
    moved forward, see ``move``; the commands keep the clock of the machine.
    """

    def __init__(self, *, cases: str = "", clocked: bool = False, **settings: str) -> None:
        self.cases = cases
        self.application = "tests.e2e.clocked:application" if clocked else "gza.config.wsgi:application"
        self.folder = Path(tempfile.mkdtemp(prefix="gza-e2e-"))
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GZA_", "DJANGO_"))}
        self.environment = {
            **kept,
            "GZA_VAR": str(self.folder),
            "GZA_MODE": "demo",
            "GZA_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "gza.config.settings",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> str:
        """Run ``python -m …`` beside the server and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def __enter__(self) -> "Server":
        shutil.copytree(_country(self.cases), self.folder, dirs_exist_ok=True)
        self.start()
        return self

    def start(self) -> None:
        """Start serving and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            [*command, "--no-access-log", "--log-level", "error", self.application],
            cwd=ROOT,
            env=self.environment,
        )
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/static/ui/mark.svg", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, "the server ended before it answered"
                assert time.monotonic() < end, "the server did not answer within a minute"
                time.sleep(0.2)

    def move(self, days: int) -> None:
        """Let it be that many days from now on the server: of a clocked one only."""
        assert self.application.startswith("tests."), "this server keeps the clock of the machine"
        (self.folder / "days").write_text(str(days))

    def stop(self) -> None:
        """Stop serving; the folder stays."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def _country(cases: str) -> Path:
    """A folder with keys and databases, made once and copied for each server that begins so."""
    made = Server()
    atexit.register(shutil.rmtree, made.folder, ignore_errors=True)
    if cases:
        shutil.copytree(_country(""), made.folder, dirs_exist_ok=True)
        made.run("gza", "demo", "--cases", cases)
        return made.folder
    keys = made.folder / "keys"
    keys.mkdir(mode=0o700)
    for name in KEYS:
        (keys / f"{name}.key").write_bytes(secrets.token_bytes(32))
        (keys / f"{name}.key").chmod(0o600)
    for alias in ("default", "transient"):
        made.run("django", "migrate", "--database", alias, "--verbosity", "0")
    return made.folder
