"""Who acts. Lower layers know an actor by these few attributes; the person behind it is ``accounts``' affair."""

import uuid
from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever does something: a signed-in person, the timer, a command."""

    @property
    def id(self) -> uuid.UUID | None:
        """The user's id; None for the system."""

    @property
    def role(self) -> str:
        """The role in which the act is done, a key of ``accounts.enums.Role`` or ``system``."""


@dataclass(frozen=True)
class System:
    """The machine itself: ``gza tick``, ``gza setup``, the synthetic country."""

    id: None = None
    role: str = "system"


SYSTEM = System()
