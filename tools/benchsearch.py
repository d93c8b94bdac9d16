"""What protecting tables costs at several sizes: cells lost, against the sum of each table's own best; time.

    python -m tools.benchsearch [--sizes 40,66,150,300,3000,100000] [--seeds 5] [--seconds 60]

Six linked two-way tables. Small sizes have dimensions of 2, 3, 4 and 4 categories (76 cells with all margins); from
3,000 records on 20, 3, 9 and 12 (6,480 base cells, 696 cells). Categories are drawn with falling shares, so that some
are rare. *Separate* is the sum of what each table loses when it is protected alone, margins counted in each table.
Times are of the search alone, without the audit.
"""

import argparse
import random
import statistics
import time
from collections import Counter
from itertools import combinations

from gza.protection.model import Base, TableSpec
from gza.protection.release import prepare

SMALL, LARGE, FROM = (2, 3, 4, 4), (20, 3, 9, 12), 3000
NAMES = ("sex", "age_group", "citizenship", "form")


def drawn(size: int, seed: int) -> Base:
    """Random microdata of one year."""
    rng = random.Random(seed)
    shape = LARGE if size >= FROM else SMALL
    names = [[f"{name} {number}" for number in range(count)] for name, count in zip(NAMES, shape, strict=True)]
    shares = [[1 / (number + 1) for number in range(count)] for count in shape]
    counts: Counter[tuple[str, ...]] = Counter()
    for _ in range(size):
        picked = (rng.choices(listed, share)[0] for listed, share in zip(names, shares, strict=True))
        counts["2025", *picked] += 1
    kept = {name: tuple(sorted({key[at] for key in counts})) for at, name in enumerate(NAMES, 1)}
    return Base(kept, dict(counts))


def measured(size: int, seeds: int, seconds: float, *, separate: bool) -> str:
    """One row of the table."""
    specs = [TableSpec(pair) for pair in combinations(NAMES, 2)]
    lost, least, alone, times, cells = [], [], [], [], 0
    for seed in range(seeds):
        base = drawn(size, seed)
        began = time.perf_counter()
        made = prepare(base, specs=specs, seconds=seconds)
        times.append(time.perf_counter() - began)
        said = made.release.certificate
        cells = max(cells, said["cells"])
        lost.append(said["lost"])
        least.append(said["least"])
        if separate:
            alone.append(sum(prepare(base, specs=[one], seconds=seconds).lost for one in specs))
    parts = [
        f"{size:,}",
        f"{cells}",
        f"{sum(lost) / seeds:.1f}",
        f"{sum(least) / seeds:.1f}",
        f"{sum(alone) / seeds:.1f}" if separate else "",
        f"{statistics.median(times):.2f} s",
        f"{max(times):.2f} s",
    ]
    return "| " + " | ".join(parts) + " |"


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="40,66,150,300,3000,100000")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--joint-only", action="store_true", help="leave out the tables each alone")
    asked = parser.parse_args()
    print("| records | cells | lost | at least | separate | median | slowest |")
    print("|---|---|---|---|---|---|---|")
    for size in map(int, asked.sizes.split(",")):
        few = asked.seeds if size < FROM else 1
        print(measured(size, few, asked.seconds, separate=not asked.joint_only), flush=True)


if __name__ == "__main__":
    main()
