"""Who may do what in the directory: pure predicates over the person and the row."""

from typing import Any

from gza.accounts.enums import FUND, REGISTRY, Role
from gza.accounts.permissions import permission
from gza.accounts.principals import Principal

from .models import Offer, Organisation


@permission("directory.read")
def may_read(who: Principal, subject: Any = None) -> bool:
    """Organisations and offers: the Fund; a provider only its own organisation and its own offers."""
    if who.role in FUND:
        return True
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return False
    if isinstance(subject, Offer):
        return subject.organisation_id == who.organisation_id
    return isinstance(subject, Organisation) and subject.pk == who.organisation_id


@permission("directory.read_of")
def may_read_of(who: Principal, subject: Any) -> bool:
    """A row that hangs on an organisation (``subject.organisation``): as the organisation itself."""
    return may_read(who, subject.organisation)


@permission("directory.read_catalogue")
def may_read_catalogue(who: Principal, _subject: Any = None) -> bool:
    """Editions of the list of services: the Fund, and the providers who contribute to it (S4.2)."""
    return who.role in FUND or who.role == Role.PROVIDER


@permission("directory.manage")
def may_manage(who: Principal, _subject: Any = None) -> bool:
    """Keep organisations, focal persons, memoranda and all offers (S1.1, S4.2)."""
    return who.role in REGISTRY


@permission("directory.read_workers")
def may_read_workers(who: Principal, _subject: Any = None) -> bool:
    """The register of social workers (S7.1): the Fund and the workers themselves."""
    return who.role in FUND


@permission("directory.keep_workers")
def may_keep_workers(who: Principal, _subject: Any = None) -> bool:
    """Write into the register of social workers (S7.1)."""
    return who.role in REGISTRY


@permission("directory.alter_offer")
def may_alter_offer(who: Principal, subject: Any = None) -> bool:
    """Change, confirm or withdraw an offer: the Fund, or the provider whose it is (S4.3)."""
    return who.role in REGISTRY or (who.role == Role.PROVIDER and may_read(who, subject))


@permission("directory.issue")
def may_issue(who: Principal, _subject: Any = None) -> bool:
    """Issue an edition of the catalogue (S4.3)."""
    return who.role in REGISTRY


@permission("directory.acknowledge")
def may_acknowledge(who: Principal, _subject: Any = None) -> bool:
    """Acknowledge the receipt of an edition (S4.4)."""
    return who.role == Role.SOCIAL_WORKER
