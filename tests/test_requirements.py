"""The pinned requirements: hashed, without addresses, none known to be unsound, each with its reason."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PINS = [ROOT / "requirements" / name for name in ("run.txt", "test.txt")]


def pinned(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+) \\$", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_every_pin_has_a_hash_and_no_address(path: Path) -> None:
    text = path.read_text()
    assert "http" not in text
    assert "index" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip() and entry[0] != "#"]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_no_pin_is_below_the_version_known_to_be_sound(path: Path) -> None:
    minimums = tomllib.loads((ROOT / "requirements" / "minimums.toml").read_text())
    pins = pinned(path)
    assert len(pins) > 30
    old = {
        name: pins[name] for name, least in minimums.items() if name in pins and Version(pins[name]) < Version(least)
    }
    assert old == {}


def test_every_dependency_is_pinned_and_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    pins = {name.lower() for name in pinned(PINS[1])}
    for line in wanted:
        assert Requirement(line).name.lower() in pins
        assert re.search(rf'^\s*"{re.escape(line)}",\s+# \S', text, re.MULTILINE), f"{line} has no reason"


def test_what_runs_is_what_is_tested() -> None:
    run, test = pinned(PINS[0]), pinned(PINS[1])
    assert {name: (version, test.get(name)) for name, version in run.items() if test.get(name) != version} == {}
