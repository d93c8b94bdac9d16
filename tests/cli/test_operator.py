"""What an operator meets: nothing set up, wrong settings, the founding, faults of production."""

import os
import re
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
from gza.cli import backup, demo, doctor, faults, founding, serve
from gza.cli.main import assemble
from gza.core import clock, production
from gza.core.material import MissingMaterial
from gza.demo import people
from gza.directory import queries as directory
from gza.directory.actions import register_worker
from gza.directory.enums import OrganisationKind
from gza.ledger.models import Event
from gza.vault import founding as ceremony
from tests.accounts.factories import principal
from tests.directory.factories import worker_facts

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


FOUNDERS = (
    *("x", "nana", "ნანა", "Nana", "short", *["violet harbour kettle mountain"] * 2),
    *("dato", "დათო", "Dato", "orchard candle velvet river", "differs", *["orchard candle velvet river"] * 2),
    *("anna", "ანა", "Anna", *["lantern copper meadow thunder"] * 2),
)


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
def test_the_founding(answers: list[str], settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answers += FOUNDERS
    founding.setup(escrow=False)
    assert not answers
    told = capsys.readouterr()
    assert "GZA_FUND_KEY=" in told.out
    assert "coordinator of the Fund" in told.err, "the command speaks English, its roles too"
    assert set(User.objects.values_list("role", flat=True)) == {Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR}
    lost = settings.GZA_KEYS / "server.key"
    lost.unlink()
    with pytest.raises(typer.Exit):
        founding.setup(escrow=False)
    assert not lost.exists(), "a new key in the place of the lost one would bar the escrow"


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
@pytest.mark.clause("S2.1", "S7.1")
def test_a_founded_production_knows_the_organisations_and_registers_a_worker(answers: list[str], settings: Any) -> None:
    settings.MODE = "production"
    answers += FOUNDERS
    founding.setup(escrow=False)
    assert not list(doctor._reference())
    (fund,) = (row for row in directory.providers() if row.kind == OrganisationKind.FUND and row.valid_to is None)
    assert directory.service_types().exists()
    nana = principal(User.objects.get(username="nana"))
    entered = register_worker(facts=worker_facts(fund, active_from=clock.today()), by=nana)
    assert list(directory.workers()) == [entered]


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
def test_reference_data_come_with_the_first_start_and_leave_no_event_after(capsys: pytest.CaptureFixture[str]) -> None:
    (finding,) = doctor._reference()
    assert finding.grave
    assert "gza serve" in finding.mend
    synced = Event.objects.filter(verb="directory.synced")
    demo.reference()
    assert synced.count() == 1
    assert "Reference data" in capsys.readouterr().err
    demo.reference()
    assert synced.count() == 1
    assert not capsys.readouterr().err
    assert not list(doctor._reference())


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
def test_production_brings_reference_data_in_before_it_serves(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MODE = "production"
    for name in ("_refuse_bad_production", "_refuse_not_founded", "_refuse_taken"):
        monkeypatch.setattr(serve, name, lambda *_: None)
    monkeypatch.setattr(demo, "prepare", lambda: None)
    behind: list[dict[str, int]] = []
    monkeypatch.setattr(serve, "_run", lambda *_: behind.append(directory.reference_behind()))
    serve.serve()
    assert behind == [{"added": 0, "altered": 0, "disabled": 0}]


@pytest.mark.django_db(databases=["default", "transient"])
def test_doctor_names_roles_in_its_own_language() -> None:
    assert any("coordinator of the Fund" in found.what for found in doctor._people())


def test_every_target_of_make_is_in_its_help() -> None:
    said = subprocess.run(["make", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True).stdout
    made = (ROOT / "Makefile").read_text(encoding="utf-8").partition(".PHONY:")[2].splitlines()[0].split()
    assert [name for name in made if name not in said] == []
    assert "\033[1me2e " in said


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


def test_a_restore_without_the_keys_asks_for_them_and_for_no_new_ones(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.GZA_KEYS, settings.GZA_SHRED = tmp_path / "keys", tmp_path / "shred"
    archive = tmp_path / "old.gza"
    archive.touch()
    with pytest.raises(typer.Exit):
        backup.restore(archive, yes=True)
    said = " ".join(capsys.readouterr().err.split())
    assert "heads.key (GZA_KEYS)" in said
    assert "shred.sqlite3 (GZA_SHRED)" in said
    assert "copy both folders here" in said
    assert not settings.GZA_KEYS.exists()


@pytest.mark.parametrize("mode", ["demo", "production"])
def test_a_missing_key_is_put_back_before_anything_is_founded_anew(settings: Any, mode: str) -> None:
    settings.MODE = mode
    told = faults.plain(MissingMaterial("the key file heads.key cannot be read"))
    assert told is not None
    assert told[1].index("put back the folder GZA_KEYS") < told[1].rindex("gza setup")
    assert ("gza demo" in told[1]) == (mode == "demo")


def test_everybody_whom_the_tutorial_needs_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    tutorial = (ROOT / "docs" / "tutorial" / "first-hour.md").read_text(encoding="utf-8")
    names = {one.username for one in people.PEOPLE}
    needed = names & set(re.findall(r"\*\*(?:[Aa]s )?(\w+)\*\*", tutorial))
    assert set(people.TUTORIAL) >= needed > {"eka", "giorgi", "levan"}
    demo.print_people("http://127.0.0.1:8000/")
    printed = capsys.readouterr().out
    assert [name for name in people.TUTORIAL if people.secret(name) not in printed] == []
    assert {one.role for one in people.PEOPLE if one.username in printed} == {one.role for one in people.PEOPLE}
