"""One country protected, attacked and audited: what came out."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

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


def run(land: Land, *, seconds: float = 2.0) -> Outcome:
    """Make the releases one after another in one ledger; what the audit refuses is not published.

    ``unsafe`` are releases that the audit let pass and the attacker breaks; ``replaced`` those in whose place it let
    one with more suppressed pass.
    """
    done = Outcome()
    attacker = Attacker(["year", *land.names], land.records)
    with tempfile.TemporaryDirectory(prefix="gza-trial-") as folder:
        for number, years in enumerate(land.windows):
            base = Base(land.categories(), land.counts(years))
            with Ledger.open(Path(folder) / "ledger", secret=bytes(range(32)), at="2026-01-01") as ledger:
                made = prepare(
                    base, k=land.k, specs=programme.asked(land.tables, base), before=Before.of(ledger), seconds=seconds
                )
                known = [*attacker.policy(), *attacker.rows]
                try:
                    passed = audited(made, ledger)
                except Refused as refused:
                    done.refused.append(f"release {number + 1}: {_attacks(refused.findings)}")
                    continue
                made = passed
                if made.refused:
                    done.replaced.append(f"release {number + 1}: {_attacks(made.refused)}")
                attacker.reads(made.release.as_json())
                done.leaks += (leaks := attacker.leaks(known))
                if leaks:
                    done.unsafe.append(f"release {number + 1}")
                publish(made, ledger, target=Path(folder) / f"{number}.json", at="2026-01-01")
            done.releases += 1
            done.cells += made.release.certificate["cells"]
            done.lost += made.release.certificate["lost"]
            done.gap = max(done.gap, made.release.certificate["gap"])
    return done
