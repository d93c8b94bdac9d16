"""Two people act at the same moment, in real processes: exactly one wins, and the counters stay true."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def run(script: Path) -> dict[str, Any]:
    """What the script saw, in a process of its own."""
    env = {name: value for name, value in os.environ.items() if name not in {"GZA_VAR", "GZA_TESTING", "GZA_DATABASE"}}
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return run(Path(__file__).with_name("race.py"))


@pytest.fixture(scope="module")
def money() -> dict[str, Any]:
    return run(Path(__file__).with_name("race_money.py"))


@pytest.mark.clause("S3.4b")
def test_of_two_agreements_at_once_one_is_too_late(seen: dict[str, Any]) -> None:
    assert Counter(seen["agree"]) == {"done": 1, "plan.not_pending": 1}
    assert seen["decisions"] == 1


@pytest.mark.clause("S7.6", "S3.4b")
def test_of_two_agreements_to_a_final_plan_at_once_one_is_too_late(seen: dict[str, Any]) -> None:
    assert Counter(seen["agree_final"]) == {"done": 1, "plan.not_pending": 1}


@pytest.mark.clause("S7.8")
def test_signatures_at_once_are_kept_once_and_bring_the_plan_into_force_once(seen: dict[str, Any]) -> None:
    assert Counter(seen["sign_twice"]) == {"done": 1, "signatures.already": 1}
    assert Counter(seen["sign_both"]) == {"done": 1, "signatures.not_fixed": 1}
    assert seen["in_force"] == ["in_force", 2]
    assert seen["both_at_once"] == ["done", "done"]
    assert seen["both_in_force"] == "in_force"


@pytest.mark.clause("S7.2", "S3.3")
def test_of_two_designations_at_once_one_is_too_late(seen: dict[str, Any]) -> None:
    assert Counter(seen["designate"]) == {"done": 1, "designation.already": 1}
    assert seen["designations"] == 1


def test_a_form_sent_three_times_at_once_opens_one_case(seen: dict[str, Any]) -> None:
    assert seen["same_form"] == ["done"] * 3
    assert seen["one_case"] == 1


@pytest.mark.clause("S4.1")
def test_the_counters_stay_true_and_the_ledger_whole(seen: dict[str, Any]) -> None:
    assert seen["many"] == ["done"] * 8
    assert seen["counted"] == 8
    assert seen["loads"]
    assert seen["ledger"] == []


@pytest.mark.clause("S5.6")
def test_fifty_decisions_at_once_never_pass_the_ceiling(money: dict[str, Any]) -> None:
    assert Counter(money["fifty"]) == {"done": 22, "funding.ceiling": 28}
    assert money["fifty_committed"] == [1980_00]
    assert money["fifty_line"] == 1980_00


@pytest.mark.clause("S5.6")
def test_where_no_rule_asks_the_engine_still_holds_the_ceiling(money: dict[str, Any]) -> None:
    assert Counter(money["engine"]) == {"done": 1, "funding.overtaken": 27}
    assert money["engine_committed"] == [2000_00]


@pytest.mark.clause("S4.5")
def test_decisions_for_many_persons_at_once_never_pass_the_budget_line(money: dict[str, Any]) -> None:
    assert Counter(money["line"]) == {"done": 2, "funding.budget": 4}
    assert money["line_left"] == 50_00


@pytest.mark.clause("S5.6", "G5")
def test_of_two_directors_at_once_one_is_too_late_and_a_form_counts_once(money: dict[str, Any]) -> None:
    assert Counter(money["directors"]) == {"done": 1, "consideration.grant_not_from_granted": 1}
    assert Counter(one.partition(":")[0] for one in money["twice"]) == {"done": 1, "Stale": 2}


@pytest.mark.clause("S5.6", "S7.9")
def test_releases_and_payments_at_once_never_pass_what_was_committed(money: dict[str, Any]) -> None:
    assert money["out"].count("done") == 2
    assert money["out_sum"] == 80_00


@pytest.mark.clause("S5.6")
def test_after_all_races_the_books_are_true(money: dict[str, Any]) -> None:
    assert money["true"]
    assert money["most"] == 2000_00
    assert money["ledger"] == []
