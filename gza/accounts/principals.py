"""The signed-in person as actions and pages see them."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gza.core import clock

from . import queries
from .enums import FUND, REGISTRY, Role
from .models import Delegation, User

if TYPE_CHECKING:
    from gza.vault.ring import Ring


@dataclass
class Principal:
    """Who does something: the person, the role they do it in, and the ring of their opened keys.

    Satisfies ``core.actors.Actor``. ``ring`` is None where nothing sealed is touched (the command line, most
    tests).
    """

    user: User
    ring: "Ring | None" = None
    day: dt.date = field(default_factory=clock.today)

    @property
    def id(self) -> uuid.UUID:
        """The user's id."""
        return self.user.id

    @property
    def role(self) -> str:
        """The role, a value of ``enums.Role``."""
        return str(self.user.role)

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """The organisation the person speaks for."""
        return self.user.organisation_id

    @property
    def region(self) -> str:
        """The region of the person's office, an ISO 3166-2 code, or nothing."""
        return self.user.region

    @cached_property
    def delegations(self) -> list[Delegation]:
        """The director's powers this person holds on the day of the request, by office or by order."""
        return queries.delegations_of(self.user, self.day)

    @property
    def directs(self) -> bool:
        """Whether this person holds the director's powers today (G5); the role alone never gives them."""
        return bool(self.delegations)

    @property
    def in_registry(self) -> bool:
        """Whether the role holds the registry key."""
        return self.role in REGISTRY

    @property
    def in_fund(self) -> bool:
        """Whether the person is an employee of the Fund who works with cases."""
        return self.role in FUND

    def is_a(self, *roles: Role) -> bool:
        """Whether the role is one of these."""
        return self.role in roles

    def __str__(self) -> str:
        """The account's name."""
        return self.user.username
