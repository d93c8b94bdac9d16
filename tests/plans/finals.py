"""Parts of a final plan that several tests need."""

import datetime as dt
from typing import Any

from django.db import connection

from gza.core import clock
from gza.plans.models import PlanItem

LACKING = {"source": "unmet", "proof": None, "tried": "ხუთი ორგანიზაცია", "pursued_by": "ნინო", "starts_on": None,
           "ends_on": None}  # fmt: skip


def lacking(**extra: Any) -> dict[str, Any]:
    """What makes an item an unmet need, to be looked at in a month."""
    return {**LACKING, "review_on": clock.today() + dt.timedelta(days=30), **extra}


def newest_initial(case: Any) -> PlanItem:
    """The first item of the initial plan."""
    return PlanItem.objects.filter(case=case, plan_version__kind="initial").order_by("position").first()


class unguarded:  # noqa: N801 (reads as a word)
    """Within, the triggers of the plans are gone: as for somebody with the database in their hands."""

    def __enter__(self) -> None:
        from gza.plans import freeze

        with connection.cursor() as cursor:
            for table, names in freeze.names().items():
                for name in names:
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    def __exit__(self, *_error: object) -> None:
        from gza.plans import freeze

        freeze.install()
