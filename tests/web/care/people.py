"""Clients signed in as people of a world, and what the ledger wrote meanwhile."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse

from gza.cases.models import Case
from gza.core import clock
from gza.ledger.models import Event, Kind
from tests.cases.factories import World
from tests.web.asking import enter


class Written:
    """What the ledger has written since; of one case, or of all."""

    def __init__(self, case_id: uuid.UUID | None) -> None:
        self.case_id = case_id
        self.before = set(Event.objects.values_list("id", flat=True))

    def _of(self, kind: Kind) -> list[Event]:
        rows = Event.objects.exclude(id__in=self.before).filter(kind=kind).order_by("seq")
        return list(rows.filter(case=self.case_id) if self.case_id else rows)

    @property
    def acts(self) -> list[Event]:
        return self._of(Kind.ACT)

    @property
    def openings(self) -> list[Event]:
        return self._of(Kind.OPENING)

    @property
    def refusals(self) -> list[Event]:
        return self._of(Kind.REFUSAL)


@contextmanager
def watched(case_id: uuid.UUID | None = None) -> Iterator[Written]:
    """What is written from here on."""
    yield Written(case_id)


def html(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


NEED = {"domain": "work", "description": "სამუშაო", "stated_by": "beneficiary", "priority": "necessary",
        "why": "შემოსავალი არ აქვს"}  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def today() -> dict[str, str]:
    """The fields of a day: today, so that no reason is asked for."""
    return {"happened_on": clock.today().strftime("%d.%m.%Y"), "reason": ""}


def post(world: World, page: str, case: Case, /, *more: Any, **data: Any) -> Any:
    """The worker posts a page of the case as of today."""
    return enter(world.worker).post(reverse(f"care:{page}", args=[case.id, *more]), {**today(), **data})


def done(response: Any, written: Any, verb: str) -> None:
    """It was done, as one act."""
    assert response.status_code == 303, html(response)
    assert [event.verb for event in written.acts] == [verb]
    assert written.refusals == []
