"""Run as a script: acts on statistics that race, in real processes, on the engine of ``GZA_TEST_ENGINE``.

Prints one JSON object: for each race what every process came to, and what then stands.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.plans.race import alone, race


def main() -> dict[str, Any]:
    """All races."""
    from gza.ledger import verify
    from gza.protection.model import YEAR, Figure
    from gza.statistics import actions, foreign, queries
    from gza.statistics.models import Extract, Release
    from tests.statistics.country import LAST, Country

    country = Country()
    seen: dict[str, Any] = {}

    def figures(source: str) -> Any:
        said = foreign.over([Figure({YEAR: (str(LAST),)}, 30, source)])
        return lambda: actions.record_foreign(figures=said, by=country.officer.who)

    seen["founded"] = race(figures("A"), figures("B"), figures("C"))
    seen["rows"] = [row.kind for row in queries.ledger()]

    country.adopted()
    country.earlier()
    seen["extract"] = race(*[lambda: actions.begin_extract(by=country.officer.who)] * 3)
    seen["extracts"] = Extract.objects.filter(state="running").count()
    country.counted()

    seen["prepare"] = race(*[country.prepared] * 2)
    seen["waiting"] = Release.objects.filter(state="prepared").count()

    row = queries.release(Release.objects.filter(state="prepared").values_list("number", flat=True)[0])
    seen["publish"] = race(lambda: country.approved(row), figures("D"), lambda: country.approved(row))
    seen["published"] = Release.objects.filter(state="published").count()
    seen["broken"] = queries.broken_rows()
    seen["ledger"] = [str(problem) for problem in verify.verify().problems]
    return seen


if __name__ == "__main__":
    with alone():
        sys.stdout.write(json.dumps(main()) + "\n")
