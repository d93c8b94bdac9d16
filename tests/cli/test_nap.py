"""``gza nap``: a faulty file is reported by cell and leaves with 1; the results alone go to the standard output."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gza.cli.nap import app
from gza.nap.models import Plan
from tests.nap.files import ACTIVITY, DATA, GOAL, PLAN, as_csv, as_xlsx, small

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.clause("N0.1")]


def run(*arguments: str | Path) -> tuple[int, bytes, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_the_shipped_plan_in_and_out(tmp_path: Path) -> None:
    code, out, err = run("import", DATA / "nap-2019-2020.csv", "--source", DATA / "nap-2019-2020.source.txt")
    assert (code, out) == (0, b"")
    assert "57 activities" in err.replace("\n", " ")
    code, out, _ = run("export", "--format", "json")
    assert code == 0
    assert len(json.loads(out)["activities"]) == 57
    code, out, _ = run("export", "--plan", "NAP-2019-2020", "--format", "xlsx", "--to", tmp_path / "plan.xlsx")
    assert (code, out) == (0, b"")
    code, _, err = run("import", tmp_path / "plan.xlsx")
    assert code == 0
    assert "nothing was changed" in err.replace("\n", " ")


def test_faults_by_cell(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(as_xlsx(small(GOAL, title="=1+1")))
    code, out, err = run("import", file)
    assert (code, out) == (1, b"")
    assert "title" in err
    assert "formula" in err
    assert not Plan.objects.exists()


def test_what_is_not_read_and_what_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(b"")
    assert run("import", file)[0] == 1
    rows = small(PLAN, adopted_on="2018-12-24")
    file.write_bytes(as_csv(rows))
    assert run("import", file)[0] == 0
    rows[ACTIVITY]["leading"] = "gpo"
    file.write_bytes(as_csv(rows))
    code, _, err = run("import", file)
    assert code == 1
    assert "N0.1" in err


@pytest.mark.parametrize("arguments", [("--plan", "NAP-1"), ("--format", "pdf")])
def test_nothing_to_export(arguments: tuple[str, str]) -> None:
    code, out, err = run("export", *arguments)
    assert (code, out) == (1, b"")
    assert "→" in err
