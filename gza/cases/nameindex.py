"""The blind index of persons: what is written at intake and sought before one."""

import datetime as dt
import uuid
from collections.abc import Mapping

from gza.vault import names


def tokens(texts: Mapping[str, str]) -> list[names.Token]:
    """All tokens of a person: names, numbers, day of birth with the initials; ``texts`` by ``Person``'s columns."""
    whole = [texts.get(name, "") for name in ("first_name", "last_name", "other_names")]
    found = names.of_name(*whole)
    for name in ("personal_number", "document_number"):
        found += names.of_number(texts.get(name, ""))
    if texts.get("birth_date"):
        found += names.of_birth(dt.date.fromisoformat(texts["birth_date"]), *whole)
    return found


def write(case_id: uuid.UUID, texts: Mapping[str, str]) -> None:
    """Put the tokens of a person in the place of what stood there; inside the caller's act."""


def find(texts: Mapping[str, str], most: int) -> list[uuid.UUID]:
    """Cases that share tokens with a person, the likeliest first, at most ``most``."""
    return []
