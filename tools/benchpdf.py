"""Plan PDF: what printing a plan of twenty items takes, beside a bare compile of the same paper; memory over many.

    python -m tools.benchpdf [--count 200]

Warm and bare take turns on papers that all differ, so that nothing is remembered and whatever else the machine does
falls on both. Passes when the median of the warm ones is at most 150 ms and at most 1.5 times the bare ones, and the
process grew by at most 20 MB from the twentieth paper to the last.
"""

import argparse
import datetime as dt
import os
import resource
import statistics
import sys
import time
from typing import Any

ITEMS, MOST_MS, TIMES_BARE, GROWTH_MB, SETTLED = 20, 150.0, 1.5, 20, 20
KB = 1024


def paper(number: int) -> Any:
    """A final plan of twenty items; each number another text in every item."""
    from gza.cases.models import Need
    from gza.directory.models import Organisation, ServiceType
    from gza.documents import plan
    from gza.plans.models import PlanItem, PlanVersion

    start, end = dt.date(2024, 1, 17), dt.date(2025, 1, 16)
    service = ServiceType(key="education", kind="reintegration", name_ka="განათლება და კურსები", name_en="Education")
    body = Organisation(name_ka="ორგანიზაცია „ნათელი“", name_en="Organisation Nateli", kind="ngo")
    version = PlanVersion(
        kind="final", number=2, state="in_force", months=12, starts_on=start, ends_on=end, submitted_on=start,
        decided_on=start,
    )  # fmt: skip
    items = [
        plan.Item(
            PlanItem(
                position=place, service_type=service, need=Need(domain="education"), organisation=body,
                priority="necessary" if place % 4 else "desired", source="provider", month_from=1, month_to=6,
                starts_on=start, ends_on=dt.date(2024, 7, 16),
            ),
            f"სამკერვალო კურსი და სტაჟირება, {number} და {place}",
            f"საკუთარი შემოსავლისთვის, რომ ცალკე ცხოვრება შეძლოს ({number}.{place})",
            10_000 * (place % 3),
        )
        for place in range(1, ITEMS + 1)
    ]  # fmt: skip
    told = plan.Told(
        version, "R4K71T", items, aim=f"დამოუკიდებელი ცხოვრება {number}", worker="ეკა ბერაძე", day=start,
        fingerprint=" ".join([f"{number:04x}"] * 16),
    )  # fmt: skip
    return plan.paper(told, "ka" if number % 2 else "en")


def _timed(press: Any, made: Any) -> float:
    began = time.perf_counter()
    press(made)
    return 1000 * (time.perf_counter() - began)


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB


def measure(count: int) -> dict[str, Any]:
    """Medians in milliseconds, the growth in MB, and whether every limit holds."""
    from gza.documents import press

    warm, bare, settled, spent = [], [], 0.0, 0.0
    press.pdf(paper(0))
    for number in range(1, count + 1):
        made, began = paper(2 * number), time.process_time()
        warm.append(_timed(press.pdf, made))
        spent += time.process_time() - began
        bare.append(_timed(press.bare, paper(2 * number + 1)))
        if number == SETTLED:
            settled = memory()
    found = {"ms": statistics.median(warm), "bare": statistics.median(bare), "growth_mb": memory() - settled}
    found["processor"] = 1000 * spent / count
    held = found["ms"] <= min(MOST_MS, TIMES_BARE * found["bare"]) and found["growth_mb"] <= GROWTH_MB
    return {**found, "passed": held, "count": count}


def show(found: dict[str, Any]) -> None:
    """One line."""
    verdict = "pass" if found["passed"] else "FAIL"
    print(
        f"Plan PDF, {ITEMS} items, {found['count']} in a row: {found['ms']:.1f} ms ({found['processor']:.1f} of the "
        f"processor), bare {found['bare']:.1f} ms, memory grew by {found['growth_mb']:.1f} MB  {verdict}"
    )


def main() -> int:
    """Run; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchpdf", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")
    import django

    django.setup()
    found = measure(max(asked.count, SETTLED + 1))
    show(found)
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
