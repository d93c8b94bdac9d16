"""Two browsers at the same moment, in real processes: nothing is done twice, nobody meets an error."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.plans.test_races import run

pytestmark = pytest.mark.slow
TOO_LATE = "statistics.ledger_moved"


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return run(Path(__file__).with_name("race.py"))


def test_a_ledger_founded_by_three_at_once_is_one(seen: dict[str, Any]) -> None:
    assert seen["founded"] == ["done"] * 3
    assert seen["rows"] == ["opened", "figures", "figures", "figures"]


def test_one_extract_is_made_however_many_begin_it(seen: dict[str, Any]) -> None:
    assert seen["extract"] == ["done"] * 3
    assert seen["extracts"] == 1


def test_of_two_releases_prepared_at_once_the_later_waits(seen: dict[str, Any]) -> None:
    assert seen["prepare"] == ["done"] * 2
    assert seen["waiting"] == 1


@pytest.mark.clause("N4.3")
def test_a_release_is_published_once_and_not_over_a_figure_it_does_not_know(seen: dict[str, Any]) -> None:
    first, figure, second = seen["publish"]
    assert figure == "done"
    told = Counter([first.partition(":")[0], second.partition(":")[0]])
    assert told in [Counter({"done": 1, "Stale": 1}), Counter({TOO_LATE: 2})]
    assert seen["published"] == told["done"]


def test_after_all_races_the_ledgers_are_true(seen: dict[str, Any]) -> None:
    assert (seen["broken"], seen["ledger"]) == ([], [])
