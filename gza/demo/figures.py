"""The demonstration's statistics: years counted on paper before, two yearly releases through the real acts."""

import datetime as dt

from gza.core import clock
from gza.statistics import actions, programmes
from gza.statistics.models import Release
from gza.statistics.programmes import Choice

from .people import FOUNDED_DAYS_AGO, Cast, principal

OFFICER, DIRECTOR = "irakli", "tamar"
SECONDS = 1.0  # a demonstration need not be proven the cheapest, only safe
DAYS = (12, 75)  # after the founding: the first release, and the one a year of figures later
BACK = 5
# Invented persons of the five years before this one: sex, age, citizenship, form, route, region; how many each year.
EARLIER = (
    ("female,adult,georgian,sexual,victim,GE-TB", (4, 6, 4, 7, 5)),
    ("female,adult,foreign,sexual,statutory_victim,GE-AJ", (3, 3, 4, 5, 4)),
    ("female,adult,georgian,labour,statutory_victim,GE-IM", (3, 4, 1, 3, 4)),
    ("female,child,georgian,begging,statutory_victim,GE-TB", (3, 3, 3, 4, 4)),
    ("male,adult,georgian,labour,victim,GE-IM", (4, 5, 4, 6, 3)),
    ("male,adult,foreign,labour,victim,GE-KK", (3, 3, 5, 4, 4)),
    ("male,child,georgian,labour,statutory_victim,GE-TB", (3, 3, 3, 3, 4)),
    ("male,adult,georgian,sexual,victim,GE-TB", (1, 0, 1, 0, 0)),
)  # fmt: skip
# From the richest to the poorest: the first that withstands the audit is published.
CHOICES = (
    Choice(("total", "sex", "age", "form", "citizenship", "sex_form", "sex_age")),
    Choice(("total", "sex", "age", "form", "sex_form")),
    Choice(("total", "sex", "age")),
    Choice(("total",)),
)


def register(today: dt.date) -> bytes:
    """The register of the five years before this one, as a file."""
    lines = ["year,sex,age,citizenship,form,route,region"]
    for at in range(BACK):
        year = today.year - BACK + at
        lines += [f"{year},{kind}" for kind, counts in EARLIER for _ in range(counts[at])]
    return "\n".join(lines).encode()


def build(cast: Cast) -> None:
    """Adopt the programme, count, prepare and approve two releases, each on its day."""
    today = clock.today()
    founded = clock.now() - dt.timedelta(days=FOUNDED_DAYS_AGO)
    for at, days in enumerate(DAYS):
        with clock.pretend(founded + dt.timedelta(days=days)):
            if at == 0:
                actions.adopt_programme(content=programmes.shipped(), by=principal(cast, DIRECTOR))
                actions.load_register(data=register(today), by=principal(cast, OFFICER))
            count(cast)
            over = clock.today().year - 1 - (len(DAYS) - 1 - at)
            _publish(cast, tuple(range(today.year - BACK, over + 1)))


def count(cast: Cast) -> None:
    """The officer's extract."""
    row = actions.begin_extract(by=principal(cast, OFFICER))
    while row.finished_at is None:
        row = actions.continue_extract(extract_id=row.id, by=principal(cast, OFFICER))


def _publish(cast: Cast, years: tuple[int, ...]) -> None:
    for choice in CHOICES:
        row: Release = actions.prepare_release(years=years, choice=choice, seconds=SECONDS, by=principal(cast, OFFICER))
        if row.findings == 0:
            seen = bytes(row.fingerprint).hex()
            actions.approve_release(release_id=row.id, seen=seen, by=principal(cast, DIRECTOR))
            return
    raise AssertionError("annual totals alone withstand any audit")
