"""An attacker who shares nothing with the product: reads release files, sets up one linear programme, asks for bounds.

Everything is worked out anew from the records and the published JSON: which cells are small, what is known, what
follows.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np

STAR = "*"
MOST_WHOLE = 40
EXACT, NARROW = "recovered exactly", "interval too narrow"


@dataclass(frozen=True)
class Leak:
    """A small cell that everything published gives away, and nothing known before did."""

    what: str
    table: str
    key: str
    count: int
    low: int
    high: float


class Attacker:
    """Knows every release, every annual total, and that counts are whole and not negative."""

    def __init__(
        self, names: Sequence[str], records: Iterable[Sequence[str]], more: Iterable[tuple[str, str]] = ()
    ) -> None:
        """``names`` begin with ``year``; a record has one category for each; ``more`` are categories without any."""
        self.names = list(names)
        self.records = [tuple(record) for record in records]
        empty = set(more)
        self.values = [
            sorted({record[n] for record in self.records} | {one for each, one in empty if each == name})
            for n, name in enumerate(self.names)
        ]
        self.cells = list(product(*self.values))
        self.place = {cell: n for n, cell in enumerate(self.cells)}
        self.held = Counter(self.place[record] for record in self.records)
        self.inside = [
            {value: np.array([cell[n] == value for cell in self.cells]) for value in values}
            for n, values in enumerate(self.values)
        ]
        self.rows: list[tuple[frozenset[int], int]] = []
        self.alike: list[tuple[frozenset[int], int]] = []
        self.small: dict[frozenset[int], tuple[str, str, int, int]] = {}

    def block(
        self, years: Iterable[str], key: dict[str, str], groups: dict[str, dict[str, list[str]]]
    ) -> frozenset[int]:
        """The base cells that a published cell sums."""
        allowed = []
        for n, name in enumerate(self.names):
            if name == "year":
                allowed.append(set(years) if key.get(name, STAR) == STAR else {key[name]})
            elif key.get(name, STAR) == STAR:
                allowed.append(set(self.values[n]))
            else:
                allowed.append(set(groups.get(name, {}).get(key[name], [key[name]])))
        taken = np.ones(len(self.cells), dtype=bool)
        for some, inside in zip(allowed, self.inside, strict=True):
            if len(some & set(inside)) < len(inside):
                taken &= np.logical_or.reduce([inside[one] for one in some if one in inside] or [~taken & False])
        return frozenset(np.flatnonzero(taken).tolist())

    def count(self, block: frozenset[int]) -> int:
        return sum(number for place, number in self.held.items() if place in block)

    def reads(self, release: dict) -> None:
        """Take in a release file: what it prints, and which of its cells are small."""
        for year in release["years"]:
            whole = self.block([year], {}, {})
            self.rows.append((whole, self.count(whole)))
        for table in release["tables"]:
            self.lists(table, release["k"])
            for cell in table["cells"]:
                block = self.block(table["years"], cell["key"], table.get("groups", {}))
                if cell["value"] is not None:
                    assert cell["value"] == self.count(block), "a printed value is not the count"
                    self.rows.append((block, cell["value"]))
                years = table["years"] if cell["key"].get("year", STAR) == STAR else [cell["key"]["year"]]
                for some in [years, *[[year] for year in years]]:
                    part = block & self.block(some, {}, {})
                    number = self.count(part)
                    if 0 < number < release["k"]:
                        told = (",".join(table["dimensions"]), json.dumps([cell["key"], some]), number, release["k"])
                        self.small[part] = told

    def lists(self, table: dict, k: int) -> None:
        """In the categories that a table does not list there is nobody: those that it lists add up to its totals."""
        for name in set(table["dimensions"]) - {"year"}:
            listed = {cell["key"][name] for cell in table["cells"]} - {STAR}
            fine = {one for group in listed for one in table.get("groups", {}).get(name, {}).get(group, [group])}
            for absent in set(self.values[self.names.index(name)]) - fine:
                block = self.block(table["years"], {name: absent}, {})
                assert not self.count(block), "a category with somebody in it is not listed"
                self.rows.append((block, 0))
                if len(fine) == 1 and self.count(self.block(table["years"], {}, {})) >= k:
                    self.alike.append((block, 0))  # of k or more that are all alike it may be said

    def hears(self, years: Sequence[str], key: dict[str, list[str]], value: int) -> None:
        """A figure published by somebody else."""
        allowed = [set(key.get(name, self.values[n])) for n, name in enumerate(self.names)]
        allowed[0] = set(years)
        inside = [n for n, cell in enumerate(self.cells) if all(a in b for a, b in zip(cell, allowed, strict=True))]
        self.rows.append((frozenset(inside), value))

    def bounds(
        self, blocks: Sequence[frozenset[int]], rows: Sequence[tuple[frozenset[int], int]], *, whole: bool
    ) -> list[tuple[float, float]]:
        """The least and the most that each block can count."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        number = len(self.cells)
        every = np.arange(number, dtype=np.int32)
        solver.addVars(number, np.zeros(number), np.full(number, highspy.kHighsInf))
        for inside, value in dict.fromkeys(rows):
            index = np.array(sorted(inside), dtype=np.int32)
            solver.addRow(float(value), float(value), len(index), index, np.ones(len(index)))
        if whole:
            solver.changeColsIntegrality(number, every, np.array([highspy.HighsVarType.kInteger] * number))
        return [self._pair(solver, every, block) for block in blocks]

    def _pair(self, solver: highspy.Highs, every: np.ndarray, block: frozenset[int]) -> tuple[float, float]:
        cost = np.zeros(len(every))
        cost[list(block)] = 1.0
        solver.changeColsCost(len(every), every, cost)
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeObjectiveSense(sense)
            solver.run()
            status = solver.getModelStatus()
            if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
                found.append(np.inf)
            else:
                assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
                found.append(solver.getInfo().objective_function_value)
        low, high = found
        return float(np.ceil(low - 1e-6)), high if np.isinf(high) else float(np.floor(high + 1e-6))

    def leaks(self, known_before: Sequence[tuple[frozenset[int], int]], *, most_whole: int = MOST_WHOLE) -> list[Leak]:
        """Small cells whose possible counts leave out 0 or do not reach k, though ``known_before`` left them more.

        All are bounded over fractions; of those that hold, ``most_whole`` drawn by chance over whole numbers too.
        """
        blocks = list(self.small)
        spans = dict(zip(blocks, self.bounds(blocks, self.rows, whole=False), strict=True))
        firm = [block for block in blocks if spans[block][0] <= 0 and spans[block][1] >= self.small[block][3]]
        drawn = random.Random(len(blocks)).sample(firm, min(most_whole, len(firm)))
        spans |= dict(zip(drawn, self.bounds(drawn, self.rows, whole=True), strict=True))
        short = [block for block in blocks if spans[block][0] > 0 or spans[block][1] < self.small[block][3]]
        found = []
        for block, (was_low, was_high) in zip(short, self.bounds(short, known_before, whole=True), strict=True):
            table, key, number, k = self.small[block]
            low, high = spans[block]
            if low <= was_low and min(high, k) >= min(was_high, k):
                continue
            found.append(Leak(EXACT if low == high else NARROW, table, key, number, int(low), high))
        return found

    def policy(self) -> list[tuple[frozenset[int], int]]:
        """The annual totals: what everybody knows whatever is suppressed."""
        wholes = [self.block([year], {}, {}) for year in self.values[0]]
        return [(whole, self.count(whole)) for whole in wholes]
