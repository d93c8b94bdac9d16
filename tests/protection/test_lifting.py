"""Moves found among few unknowns at first: the same answers as a programme over all of them."""

import numpy as np
import pytest

from gza.protection.lifting import Lifting
from gza.protection.moves import INFINITE, Goal, Programme, Wish, wish
from gza.protection.pool import Incidence, Pool
from gza.protection.regions import Space

SIDE = 4


def cube(seed: int) -> Space:
    """Random counts over three dimensions of four; the regions are all sums over one dimension."""
    counts = np.random.default_rng(seed).poisson(0.6, size=(SIDE, SIDE, SIDE)).astype(np.int64)
    numbers = np.arange(counts.size).reshape(counts.shape)
    members = [
        np.moveaxis(numbers, axis, -1)[first, second].ravel()
        for axis in range(3)
        for first in range(SIDE)
        for second in range(SIDE)
    ]
    return Space(counts.ravel(), tuple(members))


@pytest.mark.parametrize("seed", range(12))
def test_it_finds_a_move_exactly_where_the_whole_programme_does(seed: int) -> None:
    space = cube(seed)
    chance = np.random.default_rng(100 + seed)
    closed = chance.random(len(space.members)) < 0.6
    nothing = np.zeros(len(space.members), dtype=bool)
    programme, incidence = Programme(space, nothing), Incidence(space)
    for region in np.flatnonzero(~closed):
        for by in (-1, 2):
            goal = Goal(int(region), by)
            whole = programme.nearest(goal, ~closed)
            few = Lifting(space, incidence, closed, [wish(space, goal)]).run(np.array([0, 1], dtype=np.int64))
            assert few.final
            assert (few.steps is None) == (whole is None)
            if few.steps is None:
                continue
            shifts = np.array([few.steps[one].sum() for one in space.members])
            assert np.abs(shifts[closed]).max(initial=0.0) < 1e-6
            assert shifts[region] * np.sign(by) >= abs(by) - 1e-6
            assert (space.start + few.steps > -1e-6).all()


def test_several_wishes_are_fulfilled_together() -> None:
    space = cube(3)
    closed = np.zeros(len(space.members), dtype=bool)
    wishes = [Wish(space.members[0], 2, INFINITE), Wish(np.array([5]), -INFINITE, float(-space.start[5]))]
    found = Lifting(space, Incidence(space), closed, wishes).run(np.array([40], dtype=np.int64))
    assert found.steps is not None
    assert found.steps[space.members[0]].sum() >= 2 - 1e-6
    assert found.steps[5] == pytest.approx(-space.start[5])


def test_the_pool_keeps_more_witnesses_than_it_began_with_room_for() -> None:
    space = cube(1)
    nothing = np.zeros(len(space.members), dtype=bool)
    pool = Pool(space, nothing, ~nothing)
    for at in range(space.start.size):
        for by in (1, 2):
            steps = np.zeros(space.start.size, dtype=np.int64)
            steps[at] = by
            assert pool.add(steps)
    assert len(pool) == len(pool.shifts) == 2 * SIDE**3
    assert pool.touched.sum() == 3 * len(pool)
    assert pool.usable(nothing).size == 0
    assert not pool.fits(0, nothing)
    assert pool.fits(0, ~nothing)
