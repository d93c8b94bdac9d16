"""The commands ``gza statistics check`` and ``gza statistics audit``."""

import json

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app

runner = CliRunner()


def checked(tmp_path, said):
    path = tmp_path / "figures.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")
    return runner.invoke(app, ["check", str(path)])


def test_what_is_printed_is_json_alone(tmp_path):
    figures = [{"where": {"sex": ["female"]}, "value": 5, "source": "report"}, {"value": 5}]
    done = checked(tmp_path, {"dimensions": {"sex": ["female", "male"]}, "figures": figures})
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "consistent": True,
        "conflict": [],
        "pinned": [{"key": {"sex": "female"}, "value": 5}, {"key": {"sex": "male"}, "value": 0}],
    }


def test_the_contradicting_figures_are_given_back_as_they_stood(tmp_path):
    figures = [
        {"where": {"sex": ["male"]}, "value": 1, "note": "kept"},
        {"where": {"sex": ["female"]}, "value": 5},
        {"where": {}, "value": 4, "source": "report"},
    ]
    done = checked(tmp_path, {"dimensions": {"sex": ["female", "male"]}, "figures": figures})
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found == {"consistent": False, "conflict": [figures[1], figures[2]], "pinned": []}


@pytest.mark.parametrize(
    "said",
    [
        "{",
        {"dimensions": {"sex": ["f"]}, "figures": []},
        {"dimensions": {"sex": ["f"]}},
        {"dimensions": {"sex": ["*"]}, "figures": [{"value": 1}]},
    ],
)
def test_a_file_that_cannot_be_used_leaves_with_2_and_prints_nothing(tmp_path, said):
    done = checked(tmp_path, said)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.strip()


@pytest.mark.parametrize(
    "figure",
    [
        {"where": {"colour": ["red"]}, "value": 1},
        {"where": {"sex": ["x"]}, "value": 1},
        {"where": {"sex": []}, "value": 1},
        {"where": {"sex": "f"}, "value": 1},
        {"value": -1},
        {"value": 1.5},
        {"value": True},
        {"value": "5"},
        {"value": 10**400},
        {},
        5,
    ],
)
def test_a_bad_figure_is_named_by_its_number(tmp_path, figure):
    done = checked(tmp_path, {"dimensions": {"sex": ["f", "m"]}, "figures": [{"value": 1}, figure]})
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "figure 2" in done.stderr
