"""Reads of what is sealed about the person, by a ring; the openings are recorded by whoever shows them."""

import datetime as dt
from collections.abc import Sequence

from gza.cases.coded import Coded
from gza.cases.models import Case, CircumstanceFact, Person, Profile, Representative, Story, TakeOver
from gza.core.prepared import Among, Prepared
from gza.law import representative
from gza.vault.ring import Ring

NAMES = ("first_name", "last_name")
_PERSON = Prepared(lambda case: Person.objects.filter(case=case, superseded=False)[:1])


def person_of(case: Case) -> Person | None:
    """The identity in force."""
    found: Person | None = _PERSON.one(case.id)
    return found


def profile_of(case: Case) -> Profile | None:
    """The coded profile in force."""
    return Profile.objects.filter(case=case, superseded=False).first()


def coded_of(case: Case, ring: Ring) -> Coded:
    """The coded profile, opened; an empty one where there is none.

    Raises:
        vault.errors.NoGrant: when the ring holds no key to the section.
    """
    row = profile_of(case)
    return Coded.read(ring.open(row, "coded")) if row and row.coded else Coded()


PEOPLE = Among(lambda cases: Person.objects.filter(case__in=cases, superseded=False))
"""The identities in force of some cases."""


def names_of(cases: Sequence[Case], ring: Ring, otherwise: str = "") -> dict[object, str]:
    """First and last name by case id, for a list; a constant number of queries.

    Args:
        cases: the rows of the list.
        ring: the keys.
        otherwise: what stands for a case this person holds no key to.
    """
    rows = PEOPLE.all([case.id for case in cases])
    opened = ring.open_many(rows, NAMES, otherwise=otherwise)
    return {
        row.case_id: " ".join(texts[name] for name in NAMES if texts[name])
        for row, texts in zip(rows, opened, strict=True)
    }


def may_be_minor(case: Case, ring: Ring, on: dt.date) -> bool:
    """Whether the person is, or may be, under age on that day; doubt protects the child, ignorance does not accuse.

    With neither day nor year of birth on file the person counts as of age.
    """
    person = person_of(case)
    born = ring.open(person, "birth_date") if person and person.birth_date else ""
    if born:
        return representative.is_minor(born=dt.date.fromisoformat(born), on=on)
    year = coded_of(case, ring).year_of_birth
    return year is not None and representative.could_be_minor(birth_year=year, on=on)


def representative_of(case: Case) -> Representative | None:
    """Who acts for the minor now."""
    return Representative.objects.filter(case=case, superseded=False, ended_on=None).first()


def representatives(case: Case) -> list[Representative]:
    """Everybody who acted for the minor, the newest first."""
    return list(Representative.objects.filter(case=case, superseded=False).order_by("-happened_on", "-id"))


def circumstances(case: Case) -> list[CircumstanceFact]:
    """Shelter and cooperation over time, the newest first."""
    return list(CircumstanceFact.objects.filter(case=case, superseded=False).order_by("-happened_on", "-id"))


def stories(case: Case) -> list[Story]:
    """What was told, the newest first."""
    return list(Story.objects.filter(case=case, superseded=False).order_by("-happened_on", "-id"))


def take_over_of(case: Case) -> TakeOver | None:
    """What came with the paper file, for a case taken over."""
    return TakeOver.objects.filter(case=case, superseded=False).first()
