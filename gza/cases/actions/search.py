"""Finding a person by name, across Georgian, Latin and Cyrillic: by blind tokens, then opened and compared in memory.

One event a search, without a word of what was sought.
"""

from dataclasses import dataclass

from gza.accounts import permissions
from gza.accounts.principals import Principal
from gza.cases.inputs import PersonInput, line
from gza.cases.queries.matches import Hit, alike, best, candidates, own_candidates
from gza.ledger import work as ledger


@dataclass(frozen=True)
class Duplicates:
    """What a duplicate check came to.

    ``ask_coordinator``: there may be a case; a worker without a grant learns this and nothing else. ``hits`` are for
    those who may know: the registry, or a worker's own cases.
    """

    ask_coordinator: bool
    hits: tuple[Hit, ...] = ()


def check_duplicates(*, person: PersonInput, by: Principal) -> Duplicates:
    """Look whether a person may have a case already, before one is opened.

    Args:
        person: names, numbers and date of birth, as far as they are known.
        by: who receives the person.
    """
    permissions.require("cases.receive", by)
    found = candidates(person)
    hits = best(found, f"{person.first_name} {person.last_name} {person.other_names}", by)
    elsewhere = len(found) > len(hits)
    ledger.opening("cases.check_duplicates", by=by, hits=len(hits), elsewhere=elsewhere)
    return Duplicates(ask_coordinator=elsewhere and not by.in_registry, hits=tuple(hits))


def search_names(*, text: str, by: Principal) -> list[Hit]:
    """Cases of people whose name is like ``text``, the most alike first; over all cases, for the registry alone."""
    permissions.require("cases.search", by)
    sought = line(text, "text")
    hits = best(alike(sought), sought, by)
    ledger.opening("cases.search", by=by, hits=len(hits))
    return hits


def search_own(*, text: str, by: Principal) -> list[Hit]:
    """As ``search_names`` over the worker's own caseload, decrypted in memory: finds slips of the pen, too."""
    permissions.require("cases.list", by)
    hits = own_candidates(line(text, "text"), by)
    ledger.opening("cases.search_own", by=by, hits=len(hits))
    return hits
