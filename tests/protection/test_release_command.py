"""The commands ``gza statistics release`` and ``gza statistics record``."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from gza.cli import statistics
from gza.cli.statistics import app

runner = CliRunner()
HEAD = "year,sex,age_group,citizenship,form\n"
ROWS = (
    "2021,female,18-24,Georgia,sexual\n" * 7 + "2021,male,25+,Georgia,labour\n" * 5 + "2021,female,25+,India,labour\n"
)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "m.csv").write_text(HEAD + ROWS, "utf-8")
    return tmp_path


def run(place, *more, out="r.json", microdata="m.csv"):
    words = ["--microdata", place / microdata, "--ledger", place / "ledger", "--out", place / out, "--seconds", "5"]
    return runner.invoke(app, ["release", *map(str, words), *more])


@pytest.mark.clause("N4.3")
def test_a_release_has_the_form_that_is_promised_and_passes_the_audit(place):
    done = run(place, "--tables", "sex,form", "year,sex")
    assert done.exit_code == 0, done.stderr
    said = json.loads((place / "r.json").read_text("utf-8"))
    assert {"k", "years", "tables", "certificate"} == set(said)
    assert (said["k"], said["years"]) == (3, ["2021"])
    first, second = said["tables"]
    assert first["dimensions"] == ["sex", "form"]
    assert first["unit"] == "person"
    assert {"key": {"sex": "*", "form": "*"}, "value": 13} in first["cells"]
    assert {"key": {"sex": "female", "form": "labour"}, "value": None} in first["cells"]
    assert {"key": {"year": "2021", "sex": "*"}, "value": 13} in second["cells"]
    audited = runner.invoke(app, ["audit", str(place / "r.json"), "--ledger", str(place / "ledger")])
    assert audited.exit_code == 0, audited.stdout


def test_bad_lines_are_named_and_nothing_is_written(place):
    (place / "m.csv").write_text(HEAD + ROWS + ",female,a,b,c\n", "utf-8")
    done = run(place)
    assert done.exit_code == 1
    assert "line 15: year is empty" in done.stderr
    assert not (place / "r.json").exists()
    assert not (place / "ledger").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tables", "sex,colour"], "colour"),
        (["--k", "1"], "not between"),
        (["--unit", "crime"], "no unit"),
        (["sex,form"], "belongs to no option"),
        (["--tables", "sex", "--wrong"], "--wrong"),
    ],
)
def test_what_cannot_be_done_is_told(place, more, said):
    done = run(place, *more)
    assert done.exit_code != 0
    assert said in done.stderr
    assert not (place / "r.json").exists()


def test_that_the_audit_had_more_suppressed_is_told(place, monkeypatch):
    made = "knows the optimiser: of [2021] nothing suppressed could be small"
    kept = statistics.audited
    monkeypatch.setattr(statistics, "audited", lambda *given, **more: replace(kept(*given, **more), refused=(made,)))
    done = run(place, "--tables", "sex,form")
    assert done.exit_code == 0, done.stderr
    assert f"more is suppressed; {made}" in " ".join(done.stderr.split())
    assert "optimiser:" not in (place / "r.json").read_text("utf-8")


def test_the_release_may_not_lie_in_the_ledger(place):
    done = run(place, out="ledger/r.json")
    assert done.exit_code == 1
    assert "private ledger" in done.stderr


def test_the_microdata_are_not_written_over(place):
    kept = (place / "m.csv").read_bytes()
    done = run(place, "--tables", "sex,form", out="m.csv")
    assert done.exit_code == 1
    assert "holds the microdata" in " ".join(done.stderr.split())
    assert (place / "m.csv").read_bytes() == kept


def test_a_table_of_too_many_cells_is_refused_at_once(place):
    names = [f"c{n}" for n in range(20)]
    lines = [
        ",".join(["year", *names]),
        *(",".join(["2021", *("ab"[n >> at & 1] for at in range(20))]) for n in range(40)),
    ]
    (place / "w.csv").write_text("\n".join(lines), "utf-8")
    done = run(place, "--tables", ",".join(names[:6]), ",".join(names), microdata="w.csv")
    assert done.exit_code == 1
    assert "drop dimensions" in " ".join(done.stderr.split())


def test_code_lists_name_categories_that_nobody_has(place):
    lists = {"sex": ["female", "male", "other"], "form": ["sexual", "labour", "begging"]}
    (place / "lists.json").write_text(json.dumps(lists), "utf-8")
    done = run(place, "--tables", "sex,form", "--categories", str(place / "lists.json"))
    assert done.exit_code == 0, done.stderr
    cells = json.loads((place / "r.json").read_text("utf-8"))["tables"][0]["cells"]
    assert {"sex": "other", "form": "begging"} in [one["key"] for one in cells]
    (place / "lists.json").write_text(json.dumps({"sex": ["female"]}), "utf-8")
    refused = run(place, "--tables", "sex,form", "--categories", str(place / "lists.json"))
    assert refused.exit_code == 1
    assert "'male' is not on the list" in refused.stderr


def test_a_second_release_knows_the_first_and_a_ledger_changed_by_hand_is_refused(place):
    assert run(place, "--tables", "sex,form").exit_code == 0
    (place / "more.csv").write_text(HEAD + ROWS + "2022,male,25+,India,labour\n" * 4, "utf-8")
    done = run(place, "--tables", "sex,form", out="s.json", microdata="more.csv")
    assert done.exit_code == 0, done.stderr
    rows = place / "ledger" / "ledger.jsonl"
    rows.write_bytes(rows.read_bytes().replace(b'"k":3', b'"k":2', 1))
    again = run(place, "--tables", "sex,form", out="t.json", microdata="more.csv")
    assert again.exit_code == 1
    assert "changed by hand" in again.stderr.replace("\n", " ")
    assert not (place / "t.json").exists()


def test_figures_of_others_are_recorded_or_refused(place):
    figures = {"dimensions": {"year": ["2021"], "sex": ["female", "male"]}, "figures": []}
    path = place / "f.json"

    def entered(*listed, more=()):
        path.write_text(json.dumps({**figures, "figures": list(listed)}), "utf-8")
        return runner.invoke(app, ["record", str(path), "--ledger", str(place / "ledger"), *more])

    assert run(place, "--tables", "sex,form").exit_code == 0
    assert entered({"where": {"sex": ["female"]}, "value": 8, "source": "report"}).exit_code == 0
    wrong = entered({"where": {"sex": ["female"]}, "value": 9, "source": "other report"})
    assert wrong.exit_code == 1
    assert "other report" in wrong.stderr
    for value in (-1, 2.5, True, "3"):
        bad = entered({"where": {"sex": ["female"]}, "value": value})
        assert bad.exit_code == 1
        assert "figures[0].value" in bad.stderr
    assert entered().exit_code == 1
    assert entered({"where": {"sex": ["female"]}, "value": 9}, more=["--contested"]).exit_code == 0
