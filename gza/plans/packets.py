"""What a provider is told with a request: a small fixed form, no free text (S5.4, with the least data)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gza.core import languages, places
from gza.directory.enums import Place

FORM = 1
"""The version of the form; what was sent under an earlier one stays readable."""


class Age(models.TextChoices):
    """The age band: nothing nearer is told."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


class Access(models.TextChoices):
    """What a person needs so that a service can be reached and used."""

    STEPLESS = "stepless", _("access without steps")
    HEARING = "hearing", _("help with hearing, or sign language")
    SIGHT = "sight", _("help with seeing")
    READING = "reading", _("help with reading and writing")
    CHILDREN = "children", _("comes with small children")
    WOMAN = "woman", _("wants to be received by a woman")


@dataclass(frozen=True)
class Tell:
    """What the worker chose to tell. ``region`` is an ISO 3166-2 code, ``language`` an ISO 639-1 code."""

    region: str
    place: str
    age: str
    language: str
    access: tuple[str, ...] = ()
    name: bool = False
    telephone: bool = False

    @property
    def told(self) -> set[str]:
        """The keys of the packet that would be made of it."""
        keys = {"form", "service", "months", "region", "place", "age", "language", "access"}
        return keys | {key for key in ("name", "telephone") if getattr(self, key)}


def compose(
    tell: Tell, *, service: str, months: tuple[int, int], name: str = "", telephone: str = ""
) -> dict[str, Any]:
    """The packet, JSON-ready; codes only, but the name and the number where they were chosen.

    Raises:
        ValueError: when a code is not one of the form's.
    """
    served = {one.key for one in places.regions(served=True)}
    bad = [
        *([tell.region] if tell.region not in served else []),
        *([tell.place] if tell.place not in Place.values else []),
        *([tell.age] if tell.age not in Age.values else []),
        *([tell.language] if not languages.known(tell.language) else []),
        *(set(tell.access) - set(Access.values)),
    ]
    if bad:
        raise ValueError("a code is not one of the form's")
    packet: dict[str, Any] = {
        "form": FORM, "service": service, "months": list(months), "region": tell.region, "place": tell.place,
        "age": tell.age, "language": tell.language, "access": sorted(set(tell.access)),
    }  # fmt: skip
    if tell.name:
        packet["name"] = name
    if tell.telephone:
        packet["telephone"] = telephone
    return packet


def _words(kind: type[models.TextChoices]) -> dict[str, str]:
    return {code: str(label) for code, label in kind.choices}


@dataclass(frozen=True)
class Told:
    """A packet in words, as the provider reads it; ``name`` and ``telephone`` are empty where they were not told."""

    months: tuple[int, int]
    region: str
    place: str
    age: str
    language: str
    access: tuple[str, ...]
    name: str = ""
    telephone: str = ""


def read(packet: Mapping[str, Any], language: str) -> Told:
    """A packet in the reader's language."""
    first, last = packet["months"]
    named = _words(Access)
    return Told(
        (first, last),
        places.region_name(packet["region"], language),
        _words(Place).get(packet["place"], ""),
        _words(Age).get(packet["age"], ""),
        languages.language_name(packet["language"], language),
        tuple(named[code] for code in packet["access"] if code in named),
        packet.get("name", ""),
        packet.get("telephone", ""),
    )
