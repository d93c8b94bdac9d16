"""People who may be the one sought: found by blind tokens, opened at most a hundred at a time, ranked by likeness."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases import nameindex
from gza.cases.inputs import PersonInput
from gza.cases.models import Case
from gza.core.ids import uuid7
from gza.vault import names

from .lists import LISTED, all_held, visible
from .people import PEOPLE

MOST = 100
LIKE = 0.5
"""Likeness under which a hit is no hit."""
_NAMES = ("first_name", "last_name", "other_names")


@dataclass(frozen=True)
class Hit:
    """A case of somebody like the one sought; ``score`` from 0 to 1, 1 for the same name in whatever script."""

    case: Case
    name: str
    score: float


def candidates(person: PersonInput) -> list[uuid.UUID]:
    """Cases whose person may be this one, the likeliest first; nothing is opened."""
    return nameindex.twins(uuid7(), person.columns())[:MOST]


def alike(text: str) -> list[uuid.UUID]:
    """Cases of people with such a name or number, the likeliest first; nothing is opened."""
    return nameindex.alike(text)[:MOST]


def best(found: Sequence[uuid.UUID], sought: str, by: Principal) -> list[Hit]:
    """The found cases that ``by`` may know of and can open, ranked; a constant number of queries."""
    return _ranked({case.id: case for case in visible(by).only(*LISTED).filter(id__in=found)}, sought, by, least=0.0)


def own_candidates(text: str, by: Principal) -> list[Hit]:
    """One's own cases by likeness of the name, in memory."""
    return _ranked({case.id: case for case in all_held(by)}, text, by, least=LIKE)


def _ranked(cases: dict[uuid.UUID, Case], sought: str, by: Principal, *, least: float) -> list[Hit]:
    rows = PEOPLE.all(cases)
    opened = by.ring.open_many(rows, _NAMES, otherwise="")
    like, hits = names.Likeness(sought), []
    for row, texts in zip(rows, opened, strict=True):
        name = " ".join(texts[part] for part in _NAMES if texts[part])
        score = like.of(name) if name else 0.0
        if name and score >= least:
            hits.append(Hit(cases[row.case_id], name, score))
    return sorted(hits, key=lambda hit: (-hit.score, str(hit.case.id)))
