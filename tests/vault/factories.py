"""A founded Fund and people with certified keys, made fast: no password is stretched, no account is needed."""

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.vault import founding, queries, steps
from gza.vault.ring import Ring


@dataclass
class Person:
    """Somebody with keys: ``ring`` is fresh each time it is asked for, as in a new request."""

    id: uuid.UUID
    role: str
    wrapping: bytes = field(repr=False)

    @property
    def ring(self) -> Ring:
        return Ring(self.id, queries.open_keys(self.id, self.wrapping))


@dataclass
class Fund:
    coordinator: Person
    director: Person
    shares: tuple[str, ...]
    public: str

    def person(
        self,
        role: str = "social_worker",
        *,
        organisation: uuid.UUID | None = None,
        user: uuid.UUID | None = None,
    ) -> Person:
        """A certified person; a coordinator or director is signed by both founders and joins the registry."""
        who = Person(user or uuid.uuid4(), role, os.urandom(32))
        steps.make_keys(who.id, who.wrapping)
        self.certify(who, organisation=organisation)
        if role in {"coordinator", "director"}:
            steps.add_member("registry", who.id, by=self.coordinator.ring)
        return who

    def certify(self, who: Person, *, organisation: uuid.UUID | None = None, days: int = 400) -> None:
        mark = queries.fingerprint(who.id)
        assert mark
        row = steps.issue_certificate(
            who.id,
            role=who.role,
            organisation=organisation,
            fingerprint=mark,
            days=days,
            by=self.coordinator.ring,
        )
        if who.role in {"coordinator", "director"}:
            steps.endorse(row.id, fingerprint=mark, by=self.director.ring)

    def case(self, *holders: Person, by: Person | None = None) -> uuid.UUID:
        """A new case held by these people, the registry, the recovery key and (its profile) the statistics group."""
        id_ = uuid.uuid4()
        steps.open_case(id_, holders=[who.id for who in holders], by=(by or self.coordinator).ring)
        return id_


def fund(*, coordinator: uuid.UUID | None = None, director: uuid.UUID | None = None) -> Fund:
    """Hold the key ceremony; give user ids when accounts exist."""
    people = [
        Person(coordinator or uuid.uuid4(), "coordinator", os.urandom(32)),
        Person(director or uuid.uuid4(), "director", os.urandom(32)),
    ]
    founded = founding.found([founding.Founder(who.id, who.role, who.wrapping) for who in people])
    return Fund(people[0], people[1], founded.shares, founded.fund_public)


def rings(people: Sequence[Person]) -> list[Ring]:
    return [who.ring for who in people]
