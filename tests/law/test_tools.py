"""The tools that read the law: the page of states, and mutation."""

import subprocess
import sys
from pathlib import Path

import pytest

from gza.law.lifecycles import TABLES
from gza.law.road import CASE
from gza.law.stages import ROAD
from tools import mutate, statesdoc

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_states_shows_every_table_stop_and_act():
    page = statesdoc.render()
    for stage in ROAD:
        assert f"| `{stage}` |" in page
    for table in (CASE, *TABLES.values()):
        assert f"## {table.title.en}" in page
        for one in table.transitions:
            assert f"{one.source} --> {one.target}: {one.label.en} ({one.clause})" in page


def test_a_stale_page_is_found_and_mended(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(statesdoc, "PAGE", tmp_path / "reference" / "states.md")
    assert statesdoc.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().out
    assert statesdoc.main([]) == 0
    assert statesdoc.main(["--check"]) == 0


def test_the_files_that_prove_a_clause_are_found_quick_ones_of_the_law_first():
    suite = mutate.Suite(
        {"tests/law/a.py::x": ["S3.1"], "tests/law/b.py::y": ["S3.1"], "tests/cases/c.py::z": ["S3.1", "S3.2"]},
        ["tests/law/b.py::y"],
    )
    assert suite.files(("S3.1",), quick=True) == ["tests/law/a.py"]
    assert suite.files(("S3.1",), quick=False) == ["tests/cases/c.py", "tests/law/a.py", "tests/law/b.py"]
    assert suite.files(("S9.9",), quick=False) == []


SURVIVOR = """
import os, sys
sys.path.insert(0, {root!r})
from tools import mutate
watch = mutate.Watch(frozenset({clauses!r}), ({rule!r},))
print(mutate.run(watch, *{files!r})["outcome"])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clauses", "rule", "code"),
    [
        (["S7.5"], "gza.law.plan.first_to_fund", 1),
        (["S7.3"], "gza.law.plan.first_to_fund", 0),
        (["S8.2"], "gza.law.plan.first_to_fund", 5),
    ],
    ids=["a test of its clause misses it", "tests of another clause do not", "there is no test of the clause"],
)
def test_a_rule_turned_into_allowed_is_caught_by_the_tests_of_its_clause_alone(clauses, rule, code):
    script = SURVIVOR.format(root=str(ROOT), clauses=clauses, rule=rule, files=["tests/law/test_plan.py"])
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert f"'code': {code}," in found.stdout, found.stdout + found.stderr
