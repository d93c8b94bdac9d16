"""A hundred random small countries, their releases year by year, and an attacker who knows all that was published."""

import pytest

from gza.protection.model import Base

from .attacker import EXACT, NARROW, Attacker
from .countries import land
from .trial import run, run_late

SEEDS = range(100)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(0, 100, 10))
def test_nothing_small_is_recovered_in_a_hundred_countries(block):
    made, refused = 0, []
    for seed in SEEDS[block : block + 10]:
        done = run(land(seed, most=40, wide=False), seconds=0.3)
        assert done.leaks == [], seed
        assert done.unsafe == [], seed
        refused += done.refused
        made += done.releases
    assert made >= 10
    assert refused == []  # refused is safe, but no help to anybody


@pytest.mark.slow
@pytest.mark.parametrize("block", range(0, 50, 10))
def test_who_came_late_is_not_to_be_seen_in_the_difference_of_releases(block):
    """The releases after the one that first counts them too: there the year is a revised one no more."""
    made = 0
    for seed in range(block, block + 10):
        done = run_late(land(seed, most=40, wide=False), seconds=0.3)
        assert (done.leaks, done.unsafe, done.refused) == ([], [], []), seed
        made += done.releases
    assert made >= 20


@pytest.mark.parametrize("seed", [5001])
def test_the_search_itself_finds_what_the_audit_lets_pass(seed):
    """Else all is suppressed: safe, and of no use. 5001: no single year of a suppressed window could be small."""
    done = run(land(seed), seconds=1.0)
    assert (done.leaks, done.unsafe, done.refused, done.replaced) == ([], [], [], [])
    assert done.releases == len(land(seed).windows)


def test_the_attacker_finds_what_thresholds_alone_give_away():
    """Each small cell suppressed and nothing else: the classical mistake."""
    records = [("2021", "female", "sexual")] * 9 + [("2021", "male", "sexual")] * 2 + [("2021", "male", "labour")] * 4
    base = Base({"sex": ("female", "male"), "form": ("labour", "sexual")}, {r: records.count(r) for r in records})
    cells = []
    for sex in ("female", "male", "*"):
        for form in ("labour", "sexual", "*"):
            where = {name: (one,) for name, one in (("sex", sex), ("form", form)) if one != "*"}
            n = base.count(["2021"], where)
            cells.append({"key": {"sex": sex, "form": form}, "value": None if 0 < n < 3 else n})
    table = {"dimensions": ["sex", "form"], "years": ["2021"], "cells": cells}
    attacker = Attacker(["year", "sex", "form"], records)
    attacker.reads({"k": 3, "years": ["2021"], "tables": [table]})
    leaks = attacker.leaks(attacker.policy())
    assert {(leak.what, leak.count) for leak in leaks} == {(EXACT, 2)}


def test_the_attacker_finds_what_is_only_nearly_given_away():
    records = [("2021", "a")] * 1 + [("2021", "b")] * 1 + [("2021", "c")] * 9
    table = {
        "dimensions": ["form"],
        "years": ["2021"],
        "cells": [
            {"key": {"form": form}, "value": value} for form, value in (("a", None), ("b", None), ("c", 9), ("*", 11))
        ],
    }
    attacker = Attacker(["year", "form"], records)
    attacker.reads({"k": 3, "years": ["2021"], "tables": [table]})
    assert {leak.what for leak in attacker.leaks(attacker.policy())} == {NARROW}
