"""Two people act at the same moment, in real processes: exactly one wins, and the counters stay true."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    import os

    env = {name: value for name, value in os.environ.items() if name not in {"GZA_VAR", "GZA_TESTING", "GZA_DATABASE"}}
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("race.py"))], env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout.splitlines()[-1])


@pytest.mark.clause("S3.4b")
def test_of_two_agreements_at_once_one_is_too_late(seen: dict[str, Any]) -> None:
    assert Counter(seen["agree"]) == {"done": 1, "plan.not_pending": 1}
    assert seen["decisions"] == 1


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
