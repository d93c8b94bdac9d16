"""What every fact about a case has in common."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from gza.core import clock
from gza.core.models import Fact


def paired(*names: str) -> Q:
    """A condition for a CHECK: the columns are all empty or all filled (``ended_on``, ``ended_at``, ``ended_by``)."""
    empty, filled = Q(), Q()
    for name in names:
        empty &= Q(**{f"{name}__isnull": True})
        filled &= Q(**{f"{name}__isnull": False})
    return empty | filled


def listed(name: str, choices: type[models.TextChoices]) -> Q:
    """A condition for a CHECK: the column holds one of the codes."""
    return Q(**{f"{name}__in": list(choices.values)})


class CaseFact(Fact):
    """Something that happened in a case.

    ``recorded_on`` is the day in Tbilisi of ``recorded_at``, kept so that the database itself can hold the order of the
    two days. A correction is a new row that ``corrects`` the old one, which stays and is marked ``superseded`` (G2);
    the rows in force are those not superseded.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="%(class)s_rows")
    recorded_on = models.DateField(default=clock.today, editable=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by", editable=False)
    superseded = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        constraints: list[models.BaseConstraint] = [
            models.CheckConstraint(
                condition=Q(happened_on__lte=F("recorded_on")), name="%(app_label)s_%(class)s_not_in_future"
            ),
            models.CheckConstraint(
                condition=Q(happened_on__gte=dt.date(1900, 1, 1)), name="%(app_label)s_%(class)s_not_before_1900"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="%(app_label)s_%(class)s_not_itself"
            ),
        ]

    def __str__(self) -> str:
        """The id: a fact has no name that could be written down."""
        return str(self.id)
