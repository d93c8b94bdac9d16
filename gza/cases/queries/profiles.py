"""The figures of the cases, as counts: what leaves this layer for ``statistics``, and for nothing else.

The coded profile is opened, handed to a classification and forgotten; only how many fell into each class goes out. No
id, no code of a case.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from gza.cases.coded import Coded
from gza.cases.models import Case, Profile, StatusDecision
from gza.vault.models import Erasure
from gza.vault.ring import Ring

SIZE = 500


@dataclass(frozen=True)
class Recognised:
    """A person with a status, as a classification sees them: profile, statuses in force with their days."""

    coded: Coded
    statuses: tuple[tuple[str, dt.date], ...]

    @property
    def first_on(self) -> dt.date:
        """The day of the first status."""
        return min(day for _kind, day in self.statuses)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of status held."""
        return tuple(kind for kind, _day in self.statuses)


@dataclass(frozen=True)
class Tally:
    """A batch counted. ``after`` is where the next begins; ``unopened`` are profiles this ring holds no key to.

    ``seen`` are all cases of the batch, those of a person who is counted in another case among them.
    """

    counts: Counter[Hashable] = field(default_factory=Counter)
    opened: int = 0
    unopened: int = 0
    seen: int = 0
    after: uuid.UUID | None = None


def _recognised() -> QuerySet[Case]:
    decisions = StatusDecision.objects.filter(case=OuterRef("pk"), superseded=False, annulled_on=None)
    erased = Erasure.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(Exists(decisions), ~Exists(erased))


def recognised_count() -> int:
    """How many cases have a status in force and were not erased: the length of the work, for its progress."""
    return _recognised().count()


def _nobody(_cases: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
    return ()


def tally(
    ring: Ring,
    classify: Callable[[Recognised], Hashable],
    *,
    after: uuid.UUID | None = None,
    size: int = SIZE,
    same: Callable[[Collection[uuid.UUID]], Collection[uuid.UUID]] = _nobody,
) -> Tally:
    """Count one batch of recognised persons by class; four queries and the ring's own, whatever the size.

    Args:
        ring: of a member of the statistics group (or the registry), open.
        classify: gives the class of a person.
        after: the end of the batch before.
        size: persons a batch.
        same: gives of some cases those whose person is counted in another case.

    Raises:
        Locked: when the ring is locked.
        Tampered: when a profile was changed by hand.
    """
    rows = _recognised().order_by("id")
    cases = list((rows.filter(id__gt=after) if after else rows).values_list("id", flat=True)[:size])
    statuses: dict[uuid.UUID, list[tuple[str, dt.date]]] = defaultdict(list)
    decisions = StatusDecision.objects.filter(case__in=cases, superseded=False, annulled_on=None)
    for case, kind, day in decisions.order_by("happened_on", "id").values_list("case_id", "kind", "happened_on"):
        statuses[case].append((kind, day))
    counted = set(cases) - set(same(cases))
    profiles = list(Profile.objects.filter(case__in=counted, superseded=False))
    texts = ring.open_many(profiles, ["coded"], otherwise="")
    counts: Counter[Hashable] = Counter()
    for row, text in zip(profiles, texts, strict=True):
        if text["coded"]:
            counts[classify(Recognised(Coded.read(text["coded"]), tuple(statuses[row.case_id])))] += 1
    opened = sum(counts.values())
    return Tally(counts, opened, len(counted) - opened, len(cases), cases[-1] if cases else None)
