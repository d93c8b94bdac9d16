"""Clients signed in as people of a world, and what the ledger wrote meanwhile."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from django.utils import translation

from gza.ledger.models import Event, Kind
from tests.accounts import factories
from tests.cases.factories import Member


def client_of(member: Member, language: str = "en") -> Client:
    """A client signed in as ``member``."""
    factories._wrappings[member.id] = member.keys.wrapping
    with translation.override(language):
        client = factories.sign_in(Client(), member.user)
    client.cookies["gza_lang"] = language
    return client


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
