"""The release ledger: chained, whole or not at all, and nothing changed by hand."""

import errno
import json
import os

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app
from gza.protection import ledger as ledgers
from gza.protection import microdata, programme
from gza.protection.assurance import Refused, audited, publish
from gza.protection.audit.record import read
from gza.protection.ledger import Ledger, LedgerBroken
from gza.protection.model import BadInput, Figure, Figures
from gza.protection.recording import record
from gza.protection.release import Before, Disputed, Revised, prepare

SECRET = bytes(range(32))
HEAD = "year,sex,age_group,citizenship,form\n"
ROWS = (
    "2021,female,18-24,Georgia,sexual\n" * 7 + "2021,male,25+,Georgia,labour\n" * 5 + "2021,female,25+,India,labour\n"
)


def opened(folder):
    return Ledger.open(folder, secret=SECRET, at="2026-01-01")


def released(folder, target, text=HEAD + ROWS, **more):
    base = microdata.parse(text)
    with opened(folder) as ledger:
        made = prepare(base, specs=programme.asked(["sex,form"], base), before=Before.of(ledger), seconds=5, **more)
        publish(audited(made, ledger), ledger, target=target, at="2026-01-02")
    return made


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ledger"


def test_what_is_in_the_ledger_is_what_was_written(folder, tmp_path):
    released(folder, tmp_path / "r.json")
    with opened(folder) as ledger:
        assert [row.kind for row in ledger.rows] == ["opened", "release"]
        assert (tmp_path / "r.json").read_bytes() == (folder / "releases/0002.json").read_bytes()
        past = ledger.releases[0]
        assert past.base == microdata.parse(HEAD + ROWS)
        assert past.versions == {"2021": 2}
        assert past.release.as_json() == json.loads((tmp_path / "r.json").read_bytes())
    assert (folder / "secret").stat().st_mode & 0o77 == 0
    assert (folder / "base/0002.json").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("name", ["ledger.jsonl", "secret", "base/0002.json", "releases/0002.json"])
def test_a_file_changed_by_hand_is_refused(folder, tmp_path, name):
    released(folder, tmp_path / "r.json")
    path = folder / name
    text = path.read_text()
    at = max(n for n, one in enumerate(text) if one.isdigit())
    path.write_text(text[:at] + ("7" if text[at] != "7" else "8") + text[at + 1 :])
    with pytest.raises(LedgerBroken), opened(folder):
        pass


@pytest.mark.parametrize("name", ["secret", "base/0002.json", "releases/0002.json"])
def test_a_missing_file_is_refused(folder, tmp_path, name):
    released(folder, tmp_path / "r.json")
    (folder / name).unlink()
    with pytest.raises(LedgerBroken), opened(folder):
        pass


def test_rows_that_were_cut_off_leave_files_that_tell(folder, tmp_path):
    released(folder, tmp_path / "r.json")
    path = folder / "ledger.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(LedgerBroken, match="no row names it"), opened(folder):
        pass


def test_there_must_be_a_ledger_where_none_is_founded(folder):
    with pytest.raises(BadInput, match="no release ledger"), Ledger.open(folder):
        pass


def test_one_run_at_a_time(folder):
    with opened(folder), pytest.raises(BadInput, match="another run"), opened(folder):
        pass


@pytest.mark.parametrize("fails_at", range(8))
def test_a_disk_that_fills_leaves_everything_as_it_was(folder, tmp_path, monkeypatch, fails_at):
    released(folder, tmp_path / "first.json")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    calls, real = [], os.fsync

    def full(handle):
        calls.append(handle)
        if len(calls) > fails_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(ledgers.os, "fsync", full)
    target = tmp_path / "r.json"
    with pytest.raises(OSError, match="No space"):
        released(folder, target)
    monkeypatch.undo()
    with opened(folder) as ledger:
        whole = len(ledger.rows)
        assert whole in {2, 3}
        assert target.exists() == (whole == 3)  # in the ledger if and only if written
    if whole == 2:
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not list(tmp_path.glob(".*.part"))


def test_a_crash_after_the_row_is_finished_by_the_next_run(folder, tmp_path, monkeypatch):
    released(folder, tmp_path / "first.json")
    target = tmp_path / "r.json"
    real = ledgers.Path.replace

    def crash(self, to):
        if to == target:
            raise KeyboardInterrupt
        return real(self, to)

    monkeypatch.setattr(ledgers.Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        released(folder, target)
    monkeypatch.undo()
    assert not target.exists()
    with opened(folder) as ledger:
        assert "was written to" in ledger.mended
        assert target.read_bytes() == (folder / ledger.rows[-1].body["file"]).read_bytes()
    assert not (folder / "pending.json").exists()


def test_other_counts_for_an_old_year_are_refused_unless_meant(folder, tmp_path):
    released(folder, tmp_path / "a.json")
    more = HEAD + ROWS + "2021,male,25+,Georgia,sexual\n"
    with pytest.raises(Revised, match="13 counted then, 14 now"):
        released(folder, tmp_path / "b.json", more)
    made = released(folder, tmp_path / "b.json", more, revision=True)
    assert made.release.certificate["revised"] == [{"year": "2021", "row": 2}]
    cells = {tuple(one.key.values()): one.value for one in made.release.tables[0].cells}
    assert cells["*", "*"] == 14
    assert cells["male", "sexual"] is None  # who compares with the first release would see who was added


def test_figures_of_others_are_held_against_the_ledger(folder, tmp_path):
    released(folder, tmp_path / "a.json")
    years = {"year": ("2021",), "sex": ("female", "male")}
    wrong = Figures(years, (Figure({"sex": ("female",)}, 3, "a report"),))
    right = Figures(years, (Figure({"sex": ("female",)}, 8, "a report"),))
    with opened(folder) as ledger:
        with pytest.raises(Disputed, match="a report"):
            record(ledger, wrong, contested=False, at="x")
        record(ledger, right, contested=False, at="x")
        record(ledger, wrong, contested=True, at="x")
        with pytest.raises(BadInput, match="names no year"):
            record(ledger, Figures({"sex": ("female",)}, (Figure({}, 3),)), contested=False, at="x")
        assert [(one.row, one.contested) for one in ledger.figures] == [(3, False), (4, True)]


def test_a_figure_that_the_microdata_belie_stops_the_release(folder, tmp_path):
    with opened(folder) as ledger:
        record(ledger, Figures({"year": ("2021",)}, (Figure({}, 99, "a report"),)), contested=False, at="x")
    with pytest.raises(Disputed, match="99 contradicts"):
        released(folder, tmp_path / "a.json")
    made = released(folder, tmp_path / "a.json", contested=True)
    assert [one["value"] for one in made.release.certificate["disputed"]] == [99]


def test_of_a_figure_about_a_suppressed_cell_it_is_not_told_that_it_is_untrue(folder, tmp_path):
    """ "0" that is not true would say that there is somebody."""
    with opened(folder) as ledger:
        nobody = Figure({"sex": ("female",), "form": ("labour",)}, 0, "a report")
        dimensions = {"year": ("2021",), "sex": ("female", "male"), "form": ("labour", "sexual")}
        record(ledger, Figures(dimensions, (nobody,)), contested=False, at="x")
    made = released(folder, tmp_path / "a.json", contested=True)
    cell = {"sex": "female", "form": "labour"}
    shown = next(table for table in made.release.tables if set(table.dimensions) == {"sex", "form"})
    assert next(one for one in shown.cells if one.key == cell).value is None
    assert made.release.certificate["disputed"] == []
    assert made.world.disputed == (nobody,) == read(folder).entries[-1].disputed
    assert "a report" not in (tmp_path / "a.json").read_text("utf-8")
    found = CliRunner().invoke(app, ["audit", str(tmp_path / "a.json"), "--ledger", str(folder)])
    assert found.exit_code == 0, found.output


def test_nothing_is_written_that_was_not_audited(folder, tmp_path):
    base = microdata.parse(HEAD + ROWS)
    with opened(folder) as ledger:
        made = prepare(base, before=Before.of(ledger), seconds=2)
        with pytest.raises(Refused, match="not audited"):
            publish(made, ledger, target=tmp_path / "x.json", at="x")
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_fails_after_the_row_is_written_takes_nothing_of_it_back(folder, tmp_path, monkeypatch, error):
    released(folder, tmp_path / "a.json")
    kept = ledgers._sync

    def sync(where):
        kept(where)
        if len((folder / "ledger.jsonl").read_bytes().splitlines()) == 3:
            raise error

    monkeypatch.setattr(ledgers, "_sync", sync)
    with pytest.raises(error):
        released(folder, tmp_path / "b.json")
    monkeypatch.setattr(ledgers, "_sync", kept)
    with opened(folder) as ledger:
        assert len(ledger.rows) == 3
        assert "after it counted" in ledger.mended
    assert (tmp_path / "b.json").read_bytes() == (folder / "releases/0003.json").read_bytes()


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "null", "x", '{"number": "3", "files": []}', '{"number": 99, "files": 5}',
     '{"number": 99, "files": ["../../outside.json"]}', '{"number": 3, "files": [], "target": 7}'],
)  # fmt: skip
def test_a_forged_entry_that_waits_is_refused_and_touches_nothing(folder, tmp_path, text):
    released(folder, tmp_path / "a.json")
    (tmp_path / "outside.json").write_text("kept", "utf-8")
    (folder / "pending.json").write_text(text, "utf-8")
    with pytest.raises(LedgerBroken, match="was changed"), opened(folder):
        pass
    assert (tmp_path / "outside.json").read_text("utf-8") == "kept"


def test_a_founding_that_was_cut_short_is_begun_again(folder, tmp_path):
    folder.mkdir()
    (folder / ".secret.123.part").write_text("half", "utf-8")
    released(folder, tmp_path / "a.json")
    assert not list(folder.glob(".*.part"))


def test_the_audit_sees_what_was_put_after_the_last_row(folder, tmp_path):
    released(folder, tmp_path / "a.json")
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(b"garbage")
    found = CliRunner().invoke(app, ["audit", str(tmp_path / "a.json"), "--ledger", str(folder)])
    assert found.exit_code != 0
    assert "after the last row" in " ".join(found.output.split())
