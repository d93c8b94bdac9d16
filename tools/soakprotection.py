"""``make soak``, second part: thousands of random small countries protected, audited and attacked.

    python -m tools.soakprotection --countries 2000 --seed 1

Every country makes its releases year after year in one ledger. An attacker who shares no line with the product works
out from the published files what each small cell can be. Nothing small may be recovered exactly or bounded under k, and
the audit may let nothing pass that the attacker breaks. With ``--late`` a year is revised after its first release, and
the difference of the releases is attacked too. Leaves with 1 when any of that happened, and names the seeds.
"""

import argparse
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tests.protection.attacker import EXACT
from tests.protection.countries import land
from tests.protection.trial import Outcome, run, run_late

SAID_EVERY = 50


@dataclass
class Sum:
    """What came of all countries."""

    countries: int = 0
    releases: int = 0
    cells: int = 0
    lost: int = 0
    exact: int = 0
    narrow: int = 0
    unsafe: int = 0
    replaced: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, seed: int, done: Outcome | str, took: float) -> None:
        """One country more; a text is what went wrong."""
        self.countries += 1
        self.seconds.append(took)
        if isinstance(done, str):
            self.failed.append(f"seed {seed}: {done}")
            return
        self.releases += done.releases
        self.cells += done.cells
        self.lost += done.lost
        self.exact += sum(leak.what == EXACT for leak in done.leaks)
        self.narrow += sum(leak.what != EXACT for leak in done.leaks)
        self.unsafe += len(done.unsafe)
        self.replaced += [f"seed {seed}, {what}" for what in done.replaced]
        self.refused += [f"seed {seed}, {what}" for what in done.refused]
        if done.leaks or done.unsafe:
            self.bad.append(seed)


def one(task: tuple[int, int, float, bool]) -> tuple[int, Outcome | str, float]:
    """One country, in a process of its own."""
    seed, most, seconds, late = task
    began = time.monotonic()
    try:
        done: Outcome | str = (run_late if late else run)(land(seed, most=most), seconds=seconds)
    except Exception as error:  # noqa: BLE001 -- whatever goes wrong is a finding of the soak
        done = f"{type(error).__name__}: {error}"
    return seed, done, time.monotonic() - began


def main() -> None:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--countries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the first country")
    parser.add_argument("--most", type=int, default=300, help="most victims")
    parser.add_argument("--seconds", type=float, default=2.0, help="limit of each search")
    parser.add_argument("--late", action="store_true", help="records of a year that come in after its first release")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    tasks = [(asked.seed + n, asked.most, asked.seconds, asked.late) for n in range(asked.countries)]
    total = Sum()
    with ProcessPoolExecutor(asked.jobs) as pool:
        try:
            for seed, done, took in pool.map(one, tasks):
                total.add(seed, done, took)
                if total.countries % SAID_EVERY == 0:
                    said = f"bad seeds {total.bad}, failed {len(total.failed)}, more suppressed {len(total.replaced)}"
                    print(f"{total.countries} countries, {total.releases} releases, {said}", flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            print("Stopped before the end.")
    told(total)
    sys.exit(1 if total.bad or total.failed else 0)


def told(total: Sum) -> None:
    """What came of it."""
    print(f"countries                         {total.countries}")
    print(f"releases published                {total.releases}, {total.cells} cells, {total.lost} suppressed")
    print(f"releases the audit refused        {len(total.refused)}")
    for what in total.refused:
        print(f"    {what}")
    print(f"releases with more suppressed     {len(total.replaced)} (the audit refused what the search proposed)")
    for what in total.replaced:
        print(f"    {what}")
    print(f"small cells recovered exactly     {total.exact}")
    print(f"small cells bounded under k       {total.narrow}")
    print(f"unsafe releases let pass          {total.unsafe}")
    middle, worst = statistics.median(total.seconds), max(total.seconds)
    print(f"seconds a country                 median {middle:.2f}, worst {worst:.2f}")
    for what in total.failed:
        print(f"FAILED  {what}")
    if total.bad:
        print(f"BAD SEEDS  {total.bad}")


if __name__ == "__main__":
    main()
