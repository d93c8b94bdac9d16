"""Controlled rounding: adds up, near the truth, small cells at 0, and never over what was released already."""

import json

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app
from gza.protection import programme
from gza.protection.assurance import audited, publish
from gza.protection.ledger import Ledger
from gza.protection.model import TOTAL, BadInput
from gza.protection.release import Before, prepare
from gza.protection.rounding import prepare_rounded

from .test_release import cells, country


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize("seed", range(4))
def test_it_adds_up_and_keeps_small_cells_at_nought(seed, tmp_path):
    base = country(seed, 90, ("2020", "2021"))
    specs = programme.asked(["sex,form", "age_group,form"], base)
    with Ledger.open(tmp_path / "ledger", secret=bytes(32), at="x") as ledger:
        made = prepare_rounded(base, specs=specs, before=Before.of(ledger))
        publish(audited(made, ledger), ledger, target=tmp_path / "r.json", at="x")
        for refused in (prepare, prepare_rounded):
            with pytest.raises(BadInput, match="ledger row 2"):
                refused(base, specs=specs, before=Before.of(ledger))
    step = made.release.certificate["base"]
    assert step > 3
    for table in made.release.tables:
        shown = cells(table)
        for key, value in shown.items():
            where = {d: (c,) for d, c in zip(table.dimensions, key, strict=True) if c != TOTAL}
            count = base.count(base.years, where)
            assert value % step == 0
            assert abs(value - count) < step
            assert value == 0 or not 0 < count < 3
        for key, value in shown.items():
            for at, category in enumerate(key):
                if category == TOTAL:
                    parts = [v for k, v in shown.items() if k[at] != TOTAL and (*k[:at], TOTAL, *k[at + 1 :]) == key]
                    assert sum(parts) == value


def test_the_command_rounds(tmp_path):
    rows = "2021,female,18-24,Georgia,sexual\n" * 9 + "2021,male,25+,India,labour\n" * 6
    rows += "2021,female,25+,India,labour\n" * 5 + "2021,male,18-24,Georgia,sexual\n" * 2
    (tmp_path / "m.csv").write_text("year,sex,age_group,citizenship,form\n" + rows, "utf-8")
    words = ["--microdata", tmp_path / "m.csv", "--ledger", tmp_path / "ledger", "--out", tmp_path / "r.json"]
    done = CliRunner().invoke(app, ["release", *map(str, words), "--rounded", "--tables", "sex,form"])
    assert done.exit_code == 0, done.stderr
    said = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert said["tables"][0]["method"] == "rounding"
    assert all(one["value"] % said["certificate"]["base"] == 0 for one in said["tables"][0]["cells"])
