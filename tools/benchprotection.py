"""``make bench-protection``: the engine beside its rivals, on the same microdata, in one run.

    python -m tools.benchprotection --rivals --sizes "40 66 150"

An attacker who knows the annual total, all printed values and each method's rules bounds every small cell of six linked
tables. Small cells are *exact* when one count is left, *narrow* when 0 is left out or k is not reached. The rivals run
in an environment of their own, made from requirements/rivals.txt; one that cannot be had or fails is named as such.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import highspy
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SIZES = (40, 66, 150, 300, 3_000, 100_000)
RIVALS = ("pytauargus", "acro", "cell-key-perturbation")
SMALL = {"sex": 2, "age_group": 4, "citizenship": 3, "form": 5}
LARGE = {"region": 20, "sex": 3, "age_group": 9, "form": 12}
FROM = 3_000  # records from which the large dimensions are used
K, YEAR, STAR, OWN = 3, "2024", "*", "gza"
TOO_LONG = 1_800


@dataclass
class Line:
    """What came of one method at one size."""

    method: str
    note: str
    exact: int = 0
    narrow: int = 0
    small: int = 0
    kept: int = 0
    cells: int = 0
    seconds: float = 0.0
    computed: float = 0.0
    megabytes: float = 0.0
    failed: str = ""


def microdata(size: int) -> tuple[dict[str, int], list[tuple[str, ...]]]:
    """Records with skewed categories, the same for every method and run."""
    dimensions = LARGE if size >= FROM else SMALL
    chance = random.Random(size)
    weights = {name: [1 / (n + 1) ** 1.6 for n in range(count)] for name, count in dimensions.items()}
    return dimensions, [
        tuple(f"{name[0]}{chance.choices(range(count), weights[name])[0]:02}" for name, count in dimensions.items())
        for _ in range(size)
    ]


class Attack:
    """Bounds of sums over the base cells, by one programme that stays warm."""

    def __init__(self, names: list[str], records: list[tuple[str, ...]]) -> None:
        self.names = names
        self.values = [sorted({record[n] for record in records}) for n in range(len(names))]
        self.shape = tuple(len(values) for values in self.values)
        self.table = np.zeros(self.shape, dtype=np.int64)
        for record, count in Counter(records).items():
            self.table[tuple(values.index(one) for values, one in zip(self.values, record, strict=True))] = count
        self.flat = np.arange(self.table.size).reshape(self.shape)

    def columns(self, key: dict[str, str]) -> np.ndarray:
        """The base cells of a table cell."""
        index: list[Any] = []
        for name, values in zip(self.names, self.values, strict=True):
            one = key.get(name, STAR)
            index.append(slice(None) if one == STAR else values.index(one))
        return np.atleast_1d(self.flat[tuple(index)]).ravel()

    def count(self, key: dict[str, str]) -> int:
        """The true count of a table cell."""
        return int(self.table.ravel()[self.columns(key)].sum())

    def bounds(
        self, rows: list[tuple[dict[str, str], int, int | None]], asked: list[dict[str, str]]
    ) -> list[tuple[float, float]]:
        """The least and the most of each asked cell, over fractions: whole numbers can only be narrower."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("simplex_strategy", 4)  # primal: the last corner stays feasible, only the cost is new
        width = self.table.size
        solver.addVars(width, np.zeros(width), np.full(width, highspy.kHighsInf))
        for key, low, high in [({}, self.count({}), self.count({})), *rows]:
            columns = self.columns(key).astype(np.int32)
            top = highspy.kHighsInf if high is None else float(high)
            if low or high is not None:
                solver.addRow(float(low), top, len(columns), columns, np.ones(len(columns)))
        found = []
        every = np.arange(width, dtype=np.int32)
        for key in asked:
            cost = np.zeros(width)
            cost[self.columns(key)] = 1.0
            solver.changeColsCost(width, every, cost)
            pair = []
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
                solver.changeObjectiveSense(sense)
                solver.run()
                pair.append(solver.getInfo().objective_function_value)
            found.append((float(np.ceil(pair[0] - 1e-6)), float(np.floor(pair[1] + 1e-6))))
        return found


def own(path: str, asked: str, out: str) -> None:
    """The engine on one file, in a process of its own."""
    from gza.protection import microdata as reader
    from gza.protection import programme
    from gza.protection.release import prepare

    base = reader.read(Path(path), sorted({name for pair in asked.split() for name in pair.split(",")}))
    began, before = time.perf_counter(), time.process_time()
    made = prepare(base, k=K, specs=programme.asked(asked.split(), base))
    took, computed = time.perf_counter() - began, time.process_time() - before
    tables = [
        [[dict(cell.key), cell.value or 0, cell.value, cell.value is not None] for cell in table.cells]
        for table in made.release.tables
    ]
    said = made.release.certificate
    note = "all tables together, " + ("fewest" if said["optimal"] else f"gap {said['gap']:.0%}")
    if beside := int(made.outcome.notes["guarded"]):
        note += f", {beside} of them for groups, crosses and insiders"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(out).write_text(
        json.dumps({"tables": tables, "seconds": took, "computed": computed, "megabytes": memory, "note": note}),
        encoding="utf-8",
    )


def measured(method: str, python: str, size: int) -> Line:
    """One method at one size: run it, attack what it would publish."""
    dimensions, records = microdata(size)
    names = list(dimensions)
    asked = [",".join(pair) for pair in combinations(names, 2)]
    attack = Attack(names, records)
    with tempfile.TemporaryDirectory(prefix="gza-rivals-") as folder:
        path, out = Path(folder) / "microdata.csv", Path(folder) / "out.json"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["year", *names])
            writer.writerows((YEAR, *record) for record in records)
        if method == OWN:
            command = [python, "-m", "tools.benchprotection", "--own", str(path), " ".join(asked), str(out)]
        else:
            command = [python, str(ROOT / "tools" / "rivalsworker.py"), method, str(path), " ".join(asked), str(out)]
        try:
            where = ROOT if method == OWN else folder  # Tau-Argus leaves its logs where it stands
            done = subprocess.run(command, capture_output=True, text=True, timeout=TOO_LONG, cwd=where, check=False)
        except subprocess.TimeoutExpired:
            return Line(method, "", failed=f"no end in {TOO_LONG} s")
        if not out.exists():
            last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
            return Line(method, "", failed=last[:80])
        said = json.loads(out.read_text(encoding="utf-8"))
    return _attacked(method, said, attack, asked)


def _attacked(method: str, said: dict[str, Any], attack: Attack, asked: list[str]) -> Line:
    every: dict[str, dict[str, str]] = {}
    for pair in asked:
        one, other = pair.split(",")
        for first in (*attack.values[attack.names.index(one)], STAR):
            for second in (*attack.values[attack.names.index(other)], STAR):
                key = {name: at for name, at in ((one, first), (other, second)) if at != STAR}
                every[json.dumps(key, sort_keys=True)] = key
    rows, kept = [], set()
    for cells in said["tables"]:
        for key, low, high, printed in cells:
            if any(
                value not in attack.values[attack.names.index(name)] for name, value in key.items() if value != STAR
            ):
                continue  # a category that no record has
            rows.append((key, low, high))
            if printed and low == high:
                kept.add(json.dumps({name: one for name, one in key.items() if one != STAR}, sort_keys=True))
    small = [key for key in every.values() if 0 < attack.count(key) < K]
    line = Line(method, said["note"], small=len(small), cells=len(every), kept=len(kept & set(every)))
    line.seconds, line.computed, line.megabytes = said["seconds"], said["computed"], said["megabytes"]
    for low, high in attack.bounds(rows, small):
        line.exact += low == high
        line.narrow += low != high and (low > 0 or high < K)
    return line


def environment(folder: str | None) -> tuple[str, str]:
    """The rivals' interpreter, made when it is not there; and why there is none."""
    home = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="gza-rivals-env-"))
    python = home / "bin" / "python"
    if not python.exists():
        print(f"Making the rivals' environment from requirements/rivals.txt in {home} ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
        done = subprocess.run([str(python), *words, str(ROOT / "requirements" / "rivals.txt")], check=False)
        if done.returncode:
            return "", "their environment could not be installed"
    return str(python), ""


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", action="store_true", help="run the rivals too")
    parser.add_argument("--sizes", default=" ".join(map(str, SIZES)))
    parser.add_argument("--environment", help="folder of the rivals' environment, kept between runs")
    parser.add_argument("--own", nargs=3, metavar=("MICRODATA", "TABLES", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.own:
        own(*asked.own)
        return
    python, absent = environment(asked.environment) if asked.rivals else ("", "")
    print("| records | method | small cells | recovered | too narrow | cells kept | seconds | CPU seconds | MB | how |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|---|")
    for size in map(int, asked.sizes.split()):
        for method in (OWN, *(RIVALS if asked.rivals else ())):
            if method != OWN and absent:
                line = Line(method, "", failed=absent)
            else:
                line = measured(method, sys.executable if method == OWN else python, size)
            if line.failed:
                print(f"| {size:,} | {method} | | | | | | | | did not run: {line.failed} |", flush=True)
                continue
            kept = f"{line.kept} of {line.cells}"
            numbers = (
                f"{line.small} | {line.exact} | {line.narrow} | {kept} | {line.seconds:.2f} | {line.computed:.2f}"
                f" | {line.megabytes:.0f}"
            )
            print(f"| {size:,} | {method} | {numbers} | {line.note} |", flush=True)


if __name__ == "__main__":
    main()
