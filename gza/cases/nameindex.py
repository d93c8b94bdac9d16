"""The blind index of persons: what is written at intake and sought before one."""

import datetime as dt
import uuid
from collections.abc import Mapping

from gza.vault import index, names

_NAMES = ("first_name", "last_name", "other_names")
_NUMBERS = ("personal_number", "document_number")


def entry(case_id: uuid.UUID, person_id: uuid.UUID, texts: Mapping[str, str]) -> index.Entry:
    """What a person is indexed by; ``texts`` by the columns of ``models.Person``."""
    born = texts.get("birth_date", "")
    return index.Entry(
        case_id,
        person_id,
        tuple(texts[name] for name in _NAMES if texts.get(name)),
        tuple(dict.fromkeys(names.number(texts[name]) for name in _NUMBERS if texts.get(name))),
        dt.date.fromisoformat(born) if born else None,
    )


def write(case_id: uuid.UUID, person_id: uuid.UUID, texts: Mapping[str, str]) -> None:
    """Index the person of a case in the place of what stood there; inside the caller's act."""
    index.forget_case(case_id)
    index.index_many([entry(case_id, person_id, texts)])


def twins(person_id: uuid.UUID, texts: Mapping[str, str]) -> list[uuid.UUID]:
    """Cases of people who may be the same person, the likeliest first, each once."""
    found = index.duplicates(entry(person_id, person_id, texts))
    return list(dict.fromkeys(hit.case for hit in found))


def alike(text: str) -> list[uuid.UUID]:
    """Cases of people with such a name or number, the likeliest first, each once; at most ``index.LIMIT``."""
    found = index.cases_by_number(text) if any(char.isdigit() for char in text) else index.cases_by_name(text)
    return list(dict.fromkeys(hit.case for hit in found))
