"""Random small countries and their releases, made as an office would make them."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

NAMES = ("sex", "age_group", "citizenship", "form")
CATEGORIES = {
    "sex": ("female", "male", "unknown"),
    "age_group": ("0-11", "12-17", "18-24", "25-39", "40+"),
    "citizenship": ("georgian", "foreign", "unknown"),
    "form": ("sexual", "labour", "begging", "other", "several"),
}


@dataclass(frozen=True)
class Land:
    """Records (year, then a category of each of ``names``), the tables asked for, k, and the years of each release."""

    seed: int
    names: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...]
    k: int
    windows: tuple[tuple[str, ...], ...]

    def of(self, years: Sequence[str]) -> list[tuple[str, ...]]:
        return [record for record in self.records if record[0] in years]

    def counts(self, years: Sequence[str]) -> Counter:
        return Counter(self.of(years))

    def categories(self, records: Iterable[tuple[str, ...]] = ()) -> dict[str, tuple[str, ...]]:
        """Those of the records, as the command line takes them from the microdata; all where none are given."""
        some = list(records) or self.records
        return {name: tuple(sorted({one[n + 1] for one in some})) for n, name in enumerate(self.names)}


def land(seed: int, *, most: int = 300, wide: bool = True) -> Land:
    """A country of ten victims or more; ``wide`` lets it have all categories."""
    chance = random.Random(seed)
    names = tuple(sorted(chance.sample(NAMES, chance.choice((2, 3, 3, 4) if wide else (2, 3))), key=NAMES.index))
    kept = {name: CATEGORIES[name][: chance.randint(2, len(CATEGORIES[name]) if wide else 3)] for name in names}
    weights = {name: [chance.random() ** 3 + 0.02 for _ in found] for name, found in kept.items()}
    years = tuple(str(2019 + n) for n in range(chance.randint(1, 5 if wide else 3)))
    total = int(10 * (most / 10) ** chance.random())
    records = []
    for n in range(total):
        year = years[n] if n < len(years) else chance.choice(years)  # none without anybody
        records.append((year, *(chance.choices(kept[name], weights[name])[0] for name in names)))
    pairs = [",".join(pair) for size in (1, 2) for pair in combinations(names, size)]
    asked = chance.sample(pairs, min(len(pairs), chance.randint(2, 6)))
    if chance.random() < 0.3 and wide:
        asked[0] = f"year,{asked[0]}"
    windows = [years]
    if len(years) > 1 and chance.random() < 0.7:
        if chance.random() < 0.5:
            windows = [years[: n + 1] for n in range(len(years))]
        else:
            size = chance.randint(1, len(years))
            windows = [years[n : n + size] for n in range(len(years) - size + 1)]
    return Land(seed, names, tuple(records), tuple(asked), chance.choice((3, 3, 3, 5)), tuple(windows))
