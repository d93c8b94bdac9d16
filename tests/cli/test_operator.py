"""What an operator meets: nothing set up, wrong settings, the founding, faults of production."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from django.db import OperationalError
from rich.prompt import Prompt
from typer.testing import CliRunner

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.cli import faults, founding, serve
from gza.cli.main import assemble
from gza.core import production
from gza.core.material import MissingMaterial
from gza.vault import founding as ceremony

ROOT = Path(__file__).resolve().parents[2]


def gza(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GZA_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "gza", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=60,
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **settings},
    )  # fmt: skip


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = gza("ledger", "head", cwd=tmp_path, GZA_VAR="var")
    assert (done.returncode, done.stdout) == (1, "")
    assert "gza setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_mode_is_no_demonstration(tmp_path: Path) -> None:
    done = gza("serve", cwd=tmp_path, GZA_VAR=str(tmp_path), GZA_MODE="Production")
    assert done.returncode == 1
    assert "GZA_MODE must be demo or production" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OperationalError("no such table: ledger_event"), "gza setup"),
        (OperationalError("connection refused"), "gza doctor"),
        (OperationalError("file is not a database"), "gza restore"),
        (MissingMaterial("the key file server.key cannot be read"), "gza setup"),
        (FileNotFoundError(2, "No such file", "/a/b"), "path"),
    ],
)
def test_what_can_be_mended_is_told(error: Exception, word: str) -> None:
    told = faults.plain(error)
    assert told is not None
    assert word in told[1]


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    assert faults.plain(KeyError("x")) is None


def test_every_command_has_help() -> None:
    app = assemble()
    for command in ("serve", "demo", "setup", "doctor", "tick", "backup", "restore", "law", "ledger", "nap"):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_a_mistyped_fund_key_is_a_fault(settings: Any) -> None:
    settings.GZA_FUND_KEY = "zz"
    assert "fund_key" in {fault.key for fault in production.faults()}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[str]:
    """What will be typed, in order; keys in an empty folder."""
    typed: list[str] = []
    monkeypatch.setattr(Prompt, "ask", lambda *_, **__: typed.pop(0))
    monkeypatch.setattr(founding, "prepare", lambda: None)
    settings.GZA_KEYS = tmp_path / "keys"
    return typed


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
def test_the_founding(answers: list[str], settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answers += ["x", "nana", "ნანა", "Nana", "short", *["violet harbour kettle mountain"] * 2]
    answers += ["dato", "დათო", "Dato", "orchard candle velvet river", "differs", *["orchard candle velvet river"] * 2]
    answers += ["anna", "ანა", "Anna", *["lantern copper meadow thunder"] * 2]
    founding.setup(escrow=False)
    assert not answers
    assert "GZA_FUND_KEY=" in capsys.readouterr().out
    assert set(User.objects.values_list("role", flat=True)) == {Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR}
    lost = settings.GZA_KEYS / "server.key"
    lost.unlink()
    with pytest.raises(typer.Exit):
        founding.setup(escrow=False)
    assert not lost.exists(), "a new key in the place of the lost one would bar the escrow"


def test_two_founders_are_two_people(answers: list[str]) -> None:
    answers += ["nana"]
    with pytest.raises(typer.Exit):
        founding._ask(Role.DIRECTOR, taken={"nana"})


def test_lost_keys_come_back(answers: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers += ["one", "two"]
    opened = ceremony.Recovered(recovery=b"", server=b"s" * 32, index=b"i" * 32, fund=b"")
    monkeypatch.setattr(ceremony, "recover", lambda _: opened)
    founding.setup(escrow=True)
    assert (settings.GZA_KEYS / "server.key").read_bytes() == b"s" * 32
    assert {path.stem for path in settings.GZA_KEYS.iterdir()} == {"server", "index", "heads", "django"}


@pytest.mark.django_db(databases=["default", "transient"])
def test_production_serves_no_unfounded_database() -> None:
    with pytest.raises(typer.Exit):
        serve._refuse_not_founded()
