"""Input that is odd or wrong, through the command: told in words, safe, and nothing half written."""

import errno
import json
import os

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app
from gza.protection import ledger as ledgers

runner = CliRunner()
HEAD = "year,sex,age_group,citizenship,form\n"
MANY = "{year},female,18-24,Georgia,sexual\n" * 7 + "{year},male,25+,Georgia,labour\n" * 5


@pytest.fixture
def release(tmp_path):
    """A release of these lines, and its file where it was written."""

    def made(lines, *tables, out="r.json"):
        (tmp_path / "m.csv").write_text(HEAD + lines, "utf-8")
        words = ["--microdata", tmp_path / "m.csv", "--ledger", tmp_path / "ledger", "--out", tmp_path / out]
        done = runner.invoke(app, ["release", *map(str, words), "--seconds", "3", "--tables", *tables])
        return done, tmp_path / out

    return made


def audit_of(path):
    return runner.invoke(app, ["audit", str(path), "--ledger", str(path.parent / "ledger")])


def values(path):
    return [cell["value"] for table in json.loads(path.read_text("utf-8"))["tables"] for cell in table["cells"]]


def test_a_year_in_which_nobody_was_counted(release):
    """2022 is empty, then somebody is found in it; the two windows must not give them away."""
    done, path = release(MANY.format(year=2021) + MANY.format(year=2023), "sex,form", "year,sex")
    assert done.exit_code == 0, done.stderr
    assert json.loads(path.read_text("utf-8"))["years"] == ["2021", "2023"]
    assert audit_of(path).exit_code == 0
    found = "2022,male,25+,India,begging\n"
    done, later = release(
        MANY.format(year=2021) + found + MANY.format(year=2023), "sex,form", "year,sex", out="later.json"
    )
    assert done.exit_code == 0, done.stderr
    assert json.loads(later.read_text("utf-8"))["certificate"]["thin_years"] == ["2022"]
    assert audit_of(later).exit_code == 0


@pytest.mark.parametrize(
    "lines", ["2021,female,18-24,Georgia,sexual\n", "2021,female,18-24,Georgia,sexual\n" * 12], ids=["one", "alike"]
)
def test_one_victim_and_all_alike(release, lines):
    done, path = release(lines, "sex,form", "age_group,form")
    assert done.exit_code == 0, done.stderr
    assert audit_of(path).exit_code == 0
    count = lines.count("\n")
    assert set(values(path)) <= {None, 0, count}
    assert count in values(path)  # the annual total is exact by policy


@pytest.mark.parametrize("value", [-1, 2.5, "3", True, 10**400])
def test_negative_and_fractional_counts_in_a_release_file(release, value):
    _, path = release(MANY.format(year=2021), "sex,form")
    said = json.loads(path.read_text("utf-8"))
    said["tables"][0]["cells"][0]["value"] = value
    path.write_text(json.dumps(said), "utf-8")
    done = audit_of(path)
    assert done.exit_code != 0
    assert "withstands" not in done.stderr
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit)


def test_a_table_without_its_totals_is_no_release(release):
    _, path = release(MANY.format(year=2021), "sex,form")
    said = json.loads(path.read_text("utf-8"))
    cells = said["tables"][0]["cells"]
    said["tables"][0]["cells"] = [cell for cell in cells if "*" not in cell["key"].values()]
    path.write_text(json.dumps(said), "utf-8")
    done = audit_of(path)
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2021,*,25+,India,labour\n", "line 14"),
        (",male,25+,India,labour\n", "year is empty"),
        ("-3,male,25+,India,labour\n", "is no year"),
        ("2021.5,male,25+,India,labour\n", "is no year"),
        ("2021,male,25+\n", "line 14"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(release, line, said):
    done, path = release(MANY.format(year=2021) + line, "sex,form")
    assert done.exit_code == 1
    assert said in done.stderr
    assert not path.exists()
    assert not (path.parent / "ledger").exists()


def test_a_disk_that_fills_is_told_and_leaves_nothing(release, monkeypatch):
    done, first = release(MANY.format(year=2021), "sex,form")
    assert done.exit_code == 0
    kept = {each: each.read_bytes() for each in (first.parent / "ledger").rglob("*") if each.is_file()}

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ledgers.os, "fsync", full)
    done, path = release(MANY.format(year=2021), "sex,form", out="s.json")
    monkeypatch.undo()
    assert done.exit_code == 1
    assert "No space left" in done.stderr.replace("\n", " ")
    assert not path.exists()
    assert {each: each.read_bytes() for each in (first.parent / "ledger").rglob("*") if each.is_file()} == kept
