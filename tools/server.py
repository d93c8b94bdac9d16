"""A country of one's own for the load tools, and the real server in front of it: granian."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psutil

ROOT = Path(__file__).resolve().parent.parent
START = 90.0  # seconds a start may take on a busy machine
ENGINES = ("sqlite", "postgres")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """The environment of a country in ``folder``; ``database`` is a PostgreSQL URL, or empty for a file of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GZA_")}
    found = {**kept, "GZA_VAR": str(folder), "GZA_MODE": "demo", "DJANGO_SETTINGS_MODULE": "gza.config.settings"}
    if database:
        found["GZA_DATABASE"] = database
    return {**found, **more}


def folder(prefix: str) -> Path:
    """A new folder for a country, not private to anybody: PostgreSQL's wheel minds."""
    return Path(tempfile.mkdtemp(prefix=prefix))


def _sessions(server: str) -> Any:
    import psycopg

    return psycopg.connect(server.replace("postgres://", "postgresql://", 1), autocommit=True)


def databases(server: str) -> dict[str, str]:
    """The databases of a PostgreSQL server by their names, with their URLs."""
    parts = urlsplit(server)
    with _sessions(server) as session:
        names = [row[0] for row in session.execute("SELECT datname FROM pg_database")]
    return {name: urlunsplit(parts._replace(path=f"/{name}")) for name in names}


def new_database(server: str, name: str) -> str:
    """Make an empty database and the transient one beside it on a PostgreSQL server; the URL of the first."""
    with _sessions(server) as session:
        for each in (name, f"{name}_transient"):
            session.execute(f'DROP DATABASE IF EXISTS "{each}"')
            session.execute(f'CREATE DATABASE "{each}"')
    return databases(server)[name]


def settle(engine: str, folder: Path, name: str) -> dict[str, str]:
    """Make this process one that works on a country of its own, passwords cheap; the environment for its server.

    Args:
        engine: one of ``ENGINES``.
        folder: where the country lives.
        name: its database on PostgreSQL.
    """
    database = ""
    if engine == "postgres":
        from tests.postgres import start

        database = new_database(start(), name)
    env = environment(folder, database, GZA_ARGON="1,8192,1")
    os.environ.clear()
    os.environ.update(env)
    import django

    from tools import messages

    messages.compile_stale()
    django.setup()
    return env


class Server:
    """Granian as a process of its own; can be killed outright and started again at the same address."""

    def __init__(self, env: dict[str, str], *, threads: int = 8, processes: int = 1) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._env, self._threads, self._processes = env, threads, processes
        self._process: subprocess.Popen[bytes] | None = None
        self.log = Path(env["GZA_VAR"]) / "server.log"

    def start(self) -> None:
        """Start, and wait until it answers.

        Raises:
            RuntimeError: when it does not.
        """
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", str(self._processes), "--blocking-threads", str(self._threads), "--log-level", "warning",
            "gza.config.wsgi:application",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + START
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{self.base}/health/", timeout=5).read()
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        # The worker is a process of its own: the whole group goes, or it would keep the port and go on writing.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait()
        self._process = None

    def kill(self) -> None:
        """SIGKILL to every process of it, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it decently, and for good if it will not."""
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        self.kill()

    def memory(self) -> int:
        """Bytes resident in the biggest of its processes, the worker."""
        if self._process is None:
            return 0
        found = [0]
        with contextlib.suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self._process.pid)
            for process in [parent, *parent.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    found.append(process.memory_info().rss)
        return max(found)
