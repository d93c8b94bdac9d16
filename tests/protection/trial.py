"""One country protected, attacked and audited: what came out."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gza.protection import programme
from gza.protection.assurance import Refused, audited, publish
from gza.protection.ledger import Ledger
from gza.protection.model import Base
from gza.protection.release import Before, prepare

from .attacker import Attacker, Leak
from .countries import Land


@dataclass
class Outcome:
    """Of all releases of one country."""

    cells: int = 0
    lost: int = 0
    releases: int = 0
    replaced: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    gap: float = 0.0


def _attacks(findings: Sequence[str]) -> str:
    return "; ".join(sorted({one.partition(":")[0] for one in findings}))


LATE = "+"  # a record of 2021 that was entered after the first release is one of the year "2021+" to the attacker


def run(land: Land, *, seconds: float = 2.0) -> Outcome:
    """Make the releases one after another in one ledger; what the audit refuses is not published.

    ``unsafe`` are releases that the audit let pass and the attacker breaks; ``replaced`` those in whose place it let
    one with more suppressed pass.
    """
    done = Outcome()
    attacker = Attacker(["year", *land.names], land.records, _second(land, [land.of(years) for years in land.windows]))
    with tempfile.TemporaryDirectory(prefix="gza-trial-") as folder:
        for years in land.windows:
            base = Base(land.categories(land.of(years)), land.counts(years))
            _release(done, attacker, Path(folder), base, land, seconds)
    return done


def run_late(land: Land, *, seconds: float = 2.0) -> Outcome:
    """As ``run``, where some records of a year come in after its first release, and three releases are made.

    The first without them; the second with them, of other tables; the third of the first's tables again. To the
    attacker the late ones are a year of their own, which only sums with the year they belong to are printed of.
    """
    chance = random.Random(land.seed)
    years = land.windows[-1]
    late = chance.choice([year for year in years if len(land.of([year])) > 1] or years)
    mine = [n for n, record in enumerate(land.records) if record[0] == late]
    held_back = set(chance.sample(mine, min(len(mine) - 1, chance.choice((1, 1, 2, 3)))))
    told = [(record[0] + LATE * (n in held_back), *record[1:]) for n, record in enumerate(land.records)]
    first = Counter(record for n, record in enumerate(land.records) if n not in held_back and record[0] in years)
    done = Outcome()
    attacker = Attacker(["year", *land.names], told, _second(land, [list(first.elements()), land.of(years)]))
    half = max(1, len(land.tables) // 2)
    turns = [(first, land.tables[:half]), (land.counts(years), land.tables[half:]), (land.counts(years), land.tables)]
    with tempfile.TemporaryDirectory(prefix="gza-trial-") as folder:
        for number, (counts, asked) in enumerate(turns):
            after = number > 0 and bool(held_back)
            if asked:
                base = Base(land.categories(counts), counts)
                _release(done, attacker, Path(folder), base, land, seconds, tables=asked, late=late if after else "")
    return done


def _second(land: Land, releases: Sequence[Sequence[tuple[str, ...]]]) -> set[tuple[str, str]]:
    """The categories that tables list beside the one of a few who are all alike."""
    found = set()
    for records in releases:
        for name, listed in land.categories(records).items() if len(records) < land.k else ():
            if len(listed) == 1:
                found.add((name, "other" if listed == ("unknown",) else "unknown"))
    return found


def _release(
    done: Outcome, attacker: Attacker, folder: Path, base: Base, land: Land, seconds: float,
    *, tables: Sequence[str] = (), late: str = "",
) -> None:  # fmt: skip
    """One release more; ``late`` is a year that counts its late records now."""
    with Ledger.open(folder / "ledger", secret=bytes(range(32)), at="2026-01-01") as ledger:
        number = len(ledger.rows)
        made = prepare(
            base, k=land.k, specs=programme.asked(tables or land.tables, base), before=Before.of(ledger),
            seconds=seconds, revision=bool(late),
        )  # fmt: skip
        known = [*attacker.policy(), *attacker.rows]
        try:
            made = audited(made, ledger)
        except Refused as refused:
            done.refused.append(f"release {number}: {_attacks(refused.findings)}")
            return
        if made.refused:
            done.replaced.append(f"release {number}: {_attacks(made.refused)}")
        said = made.release.as_json()
        asked = dict(attacker.small)
        attacker.reads(_with_late(said, late) if late else said)
        if late:  # no table is of those alone who were counted at first, but those that were published then
            alone = [block for block, told in attacker.small.items() if json.loads(told[1])[1] == [late]]
            for block in set(alone) - set(asked):
                del attacker.small[block]
        done.leaks += (leaks := attacker.leaks([*known, *attacker.alike]))
        if leaks:
            done.unsafe.append(f"release {number}")
        publish(made, ledger, target=folder / f"{number}.json", at="2026-01-01")
    done.releases += 1
    done.cells += made.release.certificate["cells"]
    done.lost += made.release.certificate["lost"]
    done.gap = max(done.gap, made.release.certificate["gap"])


def _with_late(said: dict[str, Any], late: str) -> dict[str, Any]:
    """The release, in which ``late`` is two years: the records of the first release, and those that came later."""
    both = [late, late + LATE]
    tables = []
    for table in said["tables"]:
        years = [*table["years"], late + LATE]
        mine = [cell for cell in table["cells"] if cell["key"].get("year") == late]
        tables.append({**table, "years": years, "cells": [cell for cell in table["cells"] if cell not in mine]})
        if not mine:
            continue
        cells = [{"key": {**cell["key"], "year": "*"}, "value": cell["value"]} for cell in mine]
        tables.append({**table, "years": both, "cells": cells})
    return {**said, "years": [*said["years"], late + LATE], "tables": tables}
