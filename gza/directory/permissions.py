"""Who may do what in the directory: pure predicates over the person and the row."""

import uuid
from typing import Any, Protocol

from gza.accounts.enums import Role

from .models import Offer, Organisation

_FUND = {Role.COORDINATOR, Role.DIRECTOR}
_READERS = _FUND | {Role.SOCIAL_WORKER}


class Who(Protocol):
    """The signed-in person, as far as these predicates look."""

    @property
    def role(self) -> str:
        """The role."""

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """The organisation the account speaks for."""


def may_read(who: Who, subject: Any = None) -> bool:
    """Organisations, offers and the catalogue: the Fund; a provider only its own organisation and offers."""
    if who.role in _READERS:
        return True
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return False
    if isinstance(subject, Offer):
        return subject.organisation_id == who.organisation_id
    return isinstance(subject, Organisation) and subject.pk == who.organisation_id


def may_manage(who: Who, _subject: Any = None) -> bool:
    """Keep organisations, focal persons, memoranda and all offers (S1.1, S4.2)."""
    return who.role in _FUND


def may_read_workers(who: Who, _subject: Any = None) -> bool:
    """The register of social workers (S7.1): the Fund and the workers themselves."""
    return who.role in _READERS


def may_keep_workers(who: Who, _subject: Any = None) -> bool:
    """Write into the register of social workers (S7.1)."""
    return who.role in _FUND


def may_alter_offer(who: Who, subject: Any = None) -> bool:
    """Change, confirm or withdraw an offer: the Fund, or the provider whose it is (S4.3)."""
    return who.role in _FUND or (who.role == Role.PROVIDER and may_read(who, subject))


def may_issue(who: Who, _subject: Any = None) -> bool:
    """Issue an edition of the catalogue (S4.3)."""
    return who.role in _FUND


def may_acknowledge(who: Who, _subject: Any = None) -> bool:
    """Acknowledge the receipt of an edition (S4.4)."""
    return who.role == Role.SOCIAL_WORKER
