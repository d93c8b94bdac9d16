"""Random sequences of real acts over the second half of the road: mirrors, counters and books stay true at each step.

``tests.law.test_sequences_life`` searches the law alone for breaches; here the acts themselves run on the database:
providers, money, versions, amendments, withdrawal at every step, a second status, the end, reopening, a merge.
"""

import pytest

from tests.plans.walking import Walk

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
WEIGHTS = {
    "advance": 60, "time_passes": 4, "clock_set_back": 1, "timer": 2, "withdraw": 2, "consent": 3, "status": 1,
    "hand_over": 1, "begin": 1, "agree_or_return": 1, "ask": 2, "answer": 1, "take_back_or_certify": 2, "aside": 2,
    "ask_for_money": 2, "decide": 3, "release_or_pay": 2, "draw_up": 2, "sign": 2, "rework": 1, "amend": 1, "drop": 1,
    "deliver": 2, "report": 1, "request_end": 1, "violation": 2, "end_in_fact": 1, "after": 2, "merge": 2,
}  # fmt: skip
STEPS = 90


@pytest.mark.slow
@pytest.mark.clause("S0.1", "S3.2", "S3.4a", "S3.5", "S5.4", "S5.5", "S5.6", "S7.6", "S7.8", "S7.9", "S7.10", "S7.11",
                    "S7.12", "G1", "G2", "G3")  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_of_real_acts_leaves_a_false_mirror_or_a_passed_limit(db: None, seed: int) -> None:
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step(walk.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0])
    done = sum(walk.seen[name] for name in walk.names())
    assert done > STEPS // 4, walk.seen  # many come too early or too late; enough of them were done
