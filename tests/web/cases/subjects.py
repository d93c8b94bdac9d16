"""The case that the pages of cases are asked about: own is one that the social worker received and holds."""

import secrets
from typing import Any

from django.urls import URLPattern

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.cases.inputs import PersonInput
from gza.web.cases.urls import urlpatterns
from tests.accounts import factories as accounts
from tests.cases.factories import Member, World
from tests.directory.factories import make_worker
from tests.vault.factories import Person
from tests.web.matrix import subject, takes_arguments

_worlds: list[World] = []


def world() -> World:
    """The world of this test: founded once, as long as its rows are there."""
    if not _worlds or not User.objects.filter(pk=_worlds[-1].coordinator.id).exists():
        _worlds[:] = [World()]
    return _worlds[-1]


def stranger() -> PersonInput:
    """Somebody like nobody else: no flag that the person may be known already."""
    return PersonInput(*("".join(secrets.choice("აბგდევზთიკლმნოპრსტუფქღყშჩცძწჭხჯჰ") for _ in range(9)) for _ in "12"))


def _names() -> list[str]:
    return [f"cases:{one.name}" for one in urlpatterns if isinstance(one, URLPattern) and takes_arguments(one)]


@subject(*_names())
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case whose person was just received."""
    here = world()
    holder = here.worker
    if own and who and who.role == Role.SOCIAL_WORKER:
        keys = Person(who.id, who.role, accounts._wrappings[who.id])
        here.fund.certify(keys)
        holder = Member(who, keys)
        make_worker(here.agency, user_id=who.id)
    return {"case_id": here.received(by=holder, person=stranger()).id}
