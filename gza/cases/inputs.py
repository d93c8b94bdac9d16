"""What acts are given: plain values, cleaned here once, before they are sealed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from gza.cases.enums import Domain, Priority, Recovery, RepresentativeKind, StatedBy
from gza.core.text import clean, clean_line

from .coded import Coded

LONGEST_LINE, LONGEST_TEXT = 400, 20_000


class TooLong(ValueError):
    """A text longer than any page accepts. ``field`` names the field; the text is not repeated."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def line(text: str, field: str = "") -> str:
    """One line: NFC, without control, bidirectional and zero-width characters.

    Raises:
        TooLong: over 400 characters.
    """
    text = clean_line(text)
    if len(text) > LONGEST_LINE:
        raise TooLong(field)
    return text


def words(text: str, field: str = "") -> str:
    """Free text, cleaned alike, lines kept.

    Raises:
        TooLong: over 20,000 characters.
    """
    text = clean(text)
    if len(text) > LONGEST_TEXT:
        raise TooLong(field)
    return text


@dataclass(frozen=True)
class PersonInput:
    """Who a person is (T2). ``birth_date`` where it is known; numbers are texts, a leading zero counts."""

    first_name: str
    last_name: str = ""
    other_names: str = ""
    personal_number: str = ""
    document_number: str = ""
    birth_date: dt.date | None = None
    telephone: str = ""
    email: str = ""
    address: str = ""
    contact_rule: str = ""

    def columns(self) -> dict[str, str]:
        """The texts to seal, by the columns of ``models.Person``."""
        texts = {field.name: getattr(self, field.name) for field in fields(self)}
        texts["birth_date"] = self.birth_date.isoformat() if self.birth_date else ""
        return {name: words(text, name) if name == "contact_rule" else line(text, name) for name, text in texts.items()}


@dataclass(frozen=True)
class PrimaryNeedInput:
    """One primary need as it is entered."""

    recovery: Recovery
    description: str
    urgent: bool = False
    stated_by: Sequence[StatedBy] = (StatedBy.BENEFICIARY,)


@dataclass(frozen=True)
class NeedInput:
    """One reintegration need as it is entered; ``why`` says why it is necessary, or desired."""

    domain: Domain
    description: str
    priority: Priority
    why: str
    stated_by: Sequence[StatedBy] = (StatedBy.BENEFICIARY,)


@dataclass(frozen=True)
class RepresentativeInput:
    """Who acts for a minor."""

    kind: RepresentativeKind
    name: str
    telephone: str = ""
    document_number: str = ""

    def columns(self) -> dict[str, str]:
        """The texts to seal, by the columns of ``models.Representative``."""
        return {name: line(getattr(self, name), name) for name in ("name", "telephone", "document_number")}


def born(person: PersonInput, coded: Coded) -> tuple[dt.date | None, int | None]:
    """Day and year of birth, as far as either is known."""
    year = person.birth_date.year if person.birth_date else coded.year_of_birth
    return person.birth_date, year
