"""The Fund with its statistics officer and a director in office; persons with a status; the years counted before."""

import datetime as dt
from typing import Any

from gza.accounts.enums import Power
from gza.accounts.models import Delegation
from gza.cases.coded import Coded
from gza.cases.models import Case
from gza.core import clock
from gza.statistics import actions, programmes
from gza.statistics.models import Extract, Programme, Publication, Release
from gza.statistics.programmes import Choice
from gza.vault import steps
from tests.cases.factories import World, grant

LAST = clock.today().year - 1
YEARS = tuple(range(LAST - 3, LAST + 1))
TABLES = Choice(("total", "sex", "age", "sex_form"))


KINDS = (
    ("female,adult,georgian,sexual,victim,GE-TB", (6, 4, 7, 5)),
    ("female,adult,foreign,sexual,statutory_victim,GE-AJ", (3, 4, 5, 4)),
    ("female,adult,georgian,labour,statutory_victim,GE-IM", (4, 1, 3, 4)),
    ("female,child,georgian,begging,statutory_victim,GE-TB", (3, 3, 4, 4)),
    ("male,adult,georgian,labour,victim,GE-IM", (5, 4, 6, 3)),
    ("male,adult,foreign,labour,victim,GE-KK", (3, 5, 4, 4)),
    ("male,child,georgian,labour,statutory_victim,GE-TB", (3, 3, 3, 4)),
    ("male,adult,georgian,sexual,victim,GE-TB", (1, 1, 0, 0)),
)  # fmt: skip
TOTALS = tuple(sum(counts[at] for _, counts in KINDS) for at in range(len(YEARS)))


def register(rows_a_year: dict[int, int] | None = None) -> bytes:
    """A register of earlier years as a CSV file; ``rows_a_year`` cuts years short."""
    lines = ["year,sex,age,citizenship,form,route,region"]
    for at, year in enumerate(YEARS):
        rows = [f"{year},{kind}" for kind, counts in KINDS for _ in range(counts[at])]
        lines += rows[: (rows_a_year or {}).get(year, len(rows))]
    return "\n".join(lines).encode()


class Country:
    """Who acts: the officer prepares, the director decides."""

    def __init__(self) -> None:
        self.world = World()
        self.officer = self.world.member("statistics")
        steps.add_member("statistics", self.officer.id, by=self.world.coordinator.who)
        self.director = self.world.director
        Delegation.objects.create(
            holder=self.director.user, power=Power.OFFICE, valid_from=clock.today() - dt.timedelta(days=400), order="1"
        )

    def recognised(self, *, on: dt.date | None = None, **coded: Any) -> Case:
        """A person whose status was granted that day."""
        profile = Coded(**{"sex": "female", "year_of_birth": 1991, "citizenship": "GE", "region": "GE-IM",
                           "forms": ("labour",), **coded})  # fmt: skip
        case = self.world.received(coded=profile, presumed=False)
        late = {} if on is None or on == clock.today() else {"happened_on": on, "reason": "entered from paper"}
        grant(self.world, case.id, **late)
        return case

    def adopted(self) -> Programme:
        """The shipped programme."""
        return actions.adopt_programme(content=programmes.shipped(), by=self.director.who)

    def counted(self, size: int = 200) -> Extract:
        """A complete extract."""
        row = actions.begin_extract(by=self.officer.who)
        while row.state == "running":
            row = actions.continue_extract(extract_id=row.id, size=size, by=self.officer.who)
        return row

    def earlier(self, data: bytes | None = None) -> Extract:
        """The register of earlier years, loaded."""
        return actions.load_register(data=data or register(), by=self.officer.who)

    def ready(self) -> None:
        """Everything that comes before a release."""
        self.adopted()
        self.earlier()
        self.counted()

    def prepared(self, years: tuple[int, ...] = YEARS, choice: Choice = TABLES) -> Release:
        """A release that waits."""
        return actions.prepare_release(years=years, choice=choice, seconds=1.0, by=self.officer.who)

    def published(self, years: tuple[int, ...] = YEARS, choice: Choice = TABLES) -> Publication:
        """A release prepared and approved."""
        return self.approved(self.prepared(years, choice))

    def approved(self, row: Release, **extra: Any) -> Publication:
        """The director's approval."""
        values = {"release_id": row.id, "seen": bytes(row.fingerprint).hex(), "by": self.director.who, **extra}
        return actions.approve_release(**values)
