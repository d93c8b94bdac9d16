"""Whatever is wrong with a file of figures is said in the reader's language, with its place in the file."""

import json
from typing import Any

import pytest
from django.utils import translation

from gza.protection.model import BadInput
from gza.statistics import foreign
from gza.web.statistics import faults

YEARS = {"year": ["2020"]}


def one(**said: Any) -> dict[str, Any]:
    """A file with one figure."""
    return {"dimensions": YEARS, "figures": [{"where": {"year": ["2020"]}, "value": 1, **said}]}


FILES: dict[str, Any] = {
    "a figures file is an object with dimensions and figures": [],
    "must be a list": {"dimensions": YEARS, "figures": {}},
    "{} is none of person, case, status": {**one(), "unit": "soul"},
    "must be a list of categories, each a text": {"dimensions": {"year": [2020]}, "figures": []},
    "no category may be named *, which means the total": {"dimensions": {"sex": ["*"]}, "figures": []},
    "names a category twice": {"dimensions": {"sex": ["female", "female"]}, "figures": []},
    "{} is no year from 1900 to 2099": {"dimensions": {"year": ["20"]}, "figures": []},
    "must be an object with where and value": {"dimensions": YEARS, "figures": [7]},
    "is not among the dimensions": one(where={"sex": ["female"]}),
    "must be a list of categories": one(where={"year": "2020"}),
    "{} is none of its categories": one(where={"year": ["2021"]}),
    "{} is no count: a whole number, 0 or more": one(value="x" * 5000),
    "must be a text": one(source=7),
    "is not JSON in UTF-8": None,
    "{}: not counted here": {"dimensions": {"height": ["tall"]}, "figures": []},
    "{}: no category that is counted here": {
        "dimensions": {**YEARS, "sex": ["f"]}, "figures": [{"where": {"year": ["2020"], "sex": ["f"]}, "value": 1}],
    },
    "each names its year": one(where={}),
    "only persons are counted here": {**one(), "unit": "case"},
    "there are none": {"dimensions": YEARS, "figures": []},
}  # fmt: skip


def test_every_sentence_is_met_by_a_file() -> None:
    assert set(FILES) == set(faults.SAID)


@pytest.mark.parametrize("said", FILES)
def test_a_fault_is_said_in_georgian_at_its_place(said: str) -> None:
    file = FILES[said]
    data = b"{" if file is None else json.dumps(file).encode()
    with pytest.raises(BadInput) as wrong:
        foreign.parse(data)
    assert said in [fault.said for fault in wrong.value.faults]
    with translation.override("ka"):
        lines = faults.lines(wrong.value)
        assert all(translation.gettext(fault.said) != fault.said for fault in wrong.value.faults)
    assert len(lines) == len(wrong.value.faults)
    assert all(len(line) < 200 and "{}" not in line for line in lines)


def test_of_many_faults_the_first_are_said_and_the_rest_counted() -> None:
    with pytest.raises(BadInput) as wrong:
        foreign.parse(json.dumps({"dimensions": YEARS, "figures": [7] * 15}).encode())
    with translation.override("en"):
        lines = faults.lines(wrong.value)
    assert lines[0] == "figures[0]: must be an object with where and value."
    assert (len(lines), lines[-1]) == (11, "5 more.")
