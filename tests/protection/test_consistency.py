"""Figures held against each other: against every table there is, where tables are few enough to list."""

from itertools import combinations, product

import numpy as np
import pytest

from gza.protection.consistency import check
from gza.protection.documents import figures as read
from gza.protection.model import BadInput, Figures

SEX = {"sex": ["female", "male"]}
TWO_WAYS = {"sex": ["female", "male"], "form": ["sexual", "labour", "begging"]}


def ask(dimensions, *figures):
    listed = [{"where": where, "value": value} for where, value in figures]
    return check(read({"dimensions": dimensions, "figures": listed}))


def cross(figures: Figures):
    """Every cell of the full cross."""
    return [dict(zip(figures.dimensions, key, strict=True)) for key in product(*figures.dimensions.values())]


def every_table(figures: Figures, most: int):
    """All tables in which every cell is at most ``most``."""
    return [
        dict(zip(map(str, cross(figures)), values, strict=True))
        for values in product(range(most + 1), repeat=len(cross(figures)))
    ]


def fits(figures: Figures, chosen, table) -> bool:
    def total(figure):
        cells = [cell for cell in cross(figures) if all(cell[d] in picked for d, picked in figure.where.items())]
        return sum(table[str(cell)] for cell in cells)

    return all(total(figures.figures[n]) == figures.figures[n].value for n in chosen)


def test_figures_that_can_all_be_true():
    found = ask(SEX, ({}, 12), ({"sex": ["female"]}, 9))
    assert found.consistent
    assert [(cell.key, cell.value) for cell in found.pinned] == [({"sex": "female"}, 9), ({"sex": "male"}, 3)]


def test_only_the_figures_that_contradict_are_named():
    found = ask(
        TWO_WAYS,
        ({}, 12),
        ({"form": ["sexual"]}, 10),
        ({"sex": ["female"]}, 12),
        ({"form": ["labour", "begging"]}, 3),
    )
    assert not found.consistent
    assert found.proven
    assert found.conflict == (0, 1, 3)
    assert not found.pinned


def test_the_smallest_of_two_contradictions_is_named():
    found = ask(
        TWO_WAYS,
        ({}, 12),
        ({"form": ["sexual"]}, 10),
        ({"form": ["labour"]}, 2),
        ({"form": ["begging"]}, 1),  # the four contradict
        ({"sex": ["female"]}, 7),
        ({"sex": ["male"], "form": ["labour"]}, 6),  # two contradict: labour is 2
    )
    assert found.conflict == (2, 5)


def test_one_source_told_twice_is_no_contradiction_and_two_values_are():
    assert ask(SEX, ({}, 3), ({}, 3)).consistent
    assert ask(SEX, ({}, 3), ({"sex": ["female", "male"]}, 4)).conflict == (0, 1)


def test_fractions_would_do_and_whole_numbers_do_not():
    """Three pairs of one sum each: a half in every cell satisfies them, no whole numbers do."""
    three = {"a": ["1", "2", "3"]}
    found = ask(three, ({"a": ["1", "2"]}, 1), ({"a": ["2", "3"]}, 1), ({"a": ["1", "3"]}, 1))
    assert not found.consistent
    assert len(found.conflict) == 3


def test_whole_numbers_force_what_fractions_leave_open():
    """With fractions d may be a half; in whole numbers nothing is left for it."""
    four = {"a": ["1", "2", "3", "4"]}
    found = ask(
        four, ({"a": ["1", "2"]}, 1), ({"a": ["2", "3"]}, 1), ({"a": ["1", "3", "4"]}, 1), ({"a": ["1", "2", "3"]}, 1)
    )
    by_key = {cell.key["a"]: cell.value for cell in found.pinned}
    assert by_key == {"1": 0, "2": 1, "3": 0, "4": 1}


def test_a_total_of_nought_forces_every_cell():
    assert [cell.value for cell in ask(TWO_WAYS, ({}, 0)).pinned] == [0] * 6


def test_a_cell_no_figure_speaks_of_is_free():
    found = ask(TWO_WAYS, ({"sex": ["female"]}, 0))
    assert {cell.key["sex"] for cell in found.pinned} == {"female"}


def test_against_every_table_there_is():
    chance = np.random.default_rng(4)
    seen = {True: 0, False: 0}
    for _ in range(60):
        dimensions = {"a": ["x", "y"], "b": ["u", "v"]}
        figures = []
        for _ in range(int(chance.integers(2, 6))):
            where = {
                name: sorted(set(chance.choice(categories, size=int(chance.integers(1, 3))).tolist()))
                for name, categories in dimensions.items()
                if chance.random() < 0.6
            }
            figures.append({"where": where, "value": int(chance.integers(0, 4))})
        if chance.random() < 0.7:  # most must be possible
            truth = chance.integers(0, 2, size=(2, 2))
            for figure in figures:
                picked = [
                    [categories.index(one) for one in figure["where"].get(name, categories)]
                    for name, categories in dimensions.items()
                ]
                figure["value"] = int(truth[np.ix_(*picked)].sum())
            figures.append({"where": {}, "value": int(truth.sum())})
        else:
            figures.append({"where": {}, "value": int(chance.integers(0, 4))})
        given = read({"dimensions": dimensions, "figures": figures})
        everything = range(len(given.figures))
        tables = every_table(given, 4)
        fitting = [table for table in tables if fits(given, everything, table)]
        found = check(given)
        seen[found.consistent] += 1
        assert found.consistent == bool(fitting)
        if fitting:
            alike = {key: {table[key] for table in fitting} for key in fitting[0]}
            assert {str(cell.key): {cell.value} for cell in found.pinned} == {
                k: v for k, v in alike.items() if len(v) == 1
            }
        else:
            assert len(found.conflict) == smallest_by_trying(given, tables)
            assert not any(fits(given, found.conflict, table) for table in tables)
    assert min(seen.values()) > 10


def smallest_by_trying(given: Figures, tables) -> int:
    held = [{n for n in range(len(given.figures)) if fits(given, [n], table)} for table in tables]
    for size in range(1, len(given.figures) + 1):
        for chosen in combinations(range(len(given.figures)), size):
            if not any(set(chosen) <= holds for holds in held):
                return size
    raise AssertionError("they do not contradict")


def test_many_figures_over_a_large_cross_are_quick():
    chance = np.random.default_rng(1)
    sizes = {"region": 4, "sex": 2, "age": 5, "form": 6}
    dimensions = {name: [f"{name}{n}" for n in range(size)] for name, size in sizes.items()}
    table = chance.poisson(0.15, size=tuple(sizes.values()))
    figures = []
    for one, other in combinations(range(4), 2):
        names = list(sizes)
        for place in np.ndindex(table.shape[one], table.shape[other]):
            index = [slice(None)] * 4
            index[one], index[other] = place
            where = {names[d]: [dimensions[names[d]][p]] for d, p in zip((one, other), place, strict=True)}
            figures.append({"where": where, "value": int(table[tuple(index)].sum())})
    given = {"dimensions": dimensions, "figures": figures}
    found = check(read(given))
    assert found.consistent
    truth = {tuple(k for k in cell.key.values()): cell.value for cell in found.pinned}
    index = {name: {category: n for n, category in enumerate(categories)} for name, categories in dimensions.items()}
    for key, value in truth.items():
        place = tuple(index[name][category] for name, category in zip(dimensions, key, strict=True))
        assert table[place] == value
    assert truth
    figures[0]["value"] += 1
    broken = check(read(given))
    assert not broken.consistent
    assert 0 in broken.conflict


def test_too_large_a_cross_is_refused():
    with pytest.raises(BadInput, match="cells"):
        ask({name: [str(n) for n in range(200)] for name in "abc"}, ({}, 1))
