"""The blind index: persons are found by the tokens of their names, numbers and birthdays.

Every query reads at most ``LIMIT`` rows a token, newest person first, from the index of the tokens. So it costs the
same however many people share a name; who has a common name is found by the tokens of *pairs* of its parts.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.db import connection

from . import names
from .models import BlindToken
from .names import Kind, Token
from .steps.erasure import on_erase

LIMIT = 100  # hits; what is found is opened and compared in memory, so there are no more
MAX_TOKENS = 200  # of one query; a real name has a few dozen at most
_BATCH = 2000
# A pair outweighs any number of single parts, a number everything: the order a reader expects.
_WEIGHTS = {
    Kind.EXACT: 4,
    Kind.PHONETIC: 1,
    Kind.SOUND_PAIR: 50,
    Kind.BIRTH: 60,
    Kind.PAIR: 200,
    Kind.NUMBER: 10_000,
}
_CERTAIN = {Kind.NUMBER, Kind.PAIR}


@dataclass(frozen=True)
class Hit:
    """A person who matches: the more and the rarer the tokens, the higher the weight. ``kinds`` are what matched."""

    case: uuid.UUID
    person: uuid.UUID
    weight: int
    kinds: frozenset[Kind]


@dataclass(frozen=True)
class Entry:
    """What a person is indexed by."""

    case: uuid.UUID
    person: uuid.UUID
    names: Sequence[str]
    numbers: Sequence[str] = ()
    born: dt.date | None = None

    def tokens(self) -> list[Token]:
        """All tokens of the entry."""
        made = names.of_name(*self.names)
        for number in self.numbers:
            made += names.of_number(number)
        if self.born is not None:
            made += names.of_birth(self.born, *self.names)
        return made


def index_person(
    case: uuid.UUID,
    person: uuid.UUID,
    *,
    names: Sequence[str],
    numbers: Sequence[str] = (),
    born: dt.date | None = None,
) -> None:
    """Index a person, or index them anew after a change; inside the caller's act.

    Args:
        case: the case.
        person: the person's row.
        names: first, last, former and other names, in any order.
        numbers: personal and document numbers.
        born: date of birth, if known.
    """
    BlindToken.objects.filter(case_id=case, person_id=person).delete()
    index_many([Entry(case, person, names, numbers, born)])


def index_many(entries: Iterable[Entry]) -> None:
    """Index people who are not indexed yet; inside the caller's act, in constant memory.

    By plain SQL: a person has ten tokens, and making an object of each would take most of the time.
    """
    quote = connection.ops.quote_name
    columns = ("token", "person_id", "case_id", "kind")
    table = quote(BlindToken._meta.db_table)
    sql = f"INSERT INTO {table} ({', '.join(map(quote, columns))}) VALUES (%s, %s, %s, %s)"  # noqa: S608  # names only
    field = BlindToken._meta.get_field("person_id")

    def rows_of(entry: Entry) -> list[tuple[bytes, Any, Any, int]]:
        person, case = (field.get_db_prep_value(one, connection) for one in (entry.person, entry.case))
        return [(token.value, person, case, token.kind.value) for token in entry.tokens()]

    walk = chain.from_iterable(map(rows_of, entries))
    with connection.cursor() as cursor:
        while rows := list(islice(walk, _BATCH)):
            cursor.executemany(sql, rows)


@on_erase
def forget_case(case: uuid.UUID) -> None:
    """Take a case out of the index; part of its erasure."""
    BlindToken.objects.filter(case_id=case).delete()


def cases_by_name(query: str) -> list[Hit]:
    """Whose name may be meant: at most ``LIMIT`` hits, the likeliest first, in one query."""
    return cases_by_tokens(names.of_name(query))


def cases_by_number(number: str) -> list[Hit]:
    """Who has this personal or document number."""
    return cases_by_tokens(names.of_number(number))


def duplicates(entry: Entry) -> list[Hit]:
    """Who may be the same person as one about to be entered, other than the entry itself.

    The same number, the same pair of names, or the same sound of the names with the same birthday; without a birthday
    on either side the sound alone is too little.
    """
    wanted = [token for token in entry.tokens() if token.kind not in {Kind.EXACT, Kind.PHONETIC}]
    return [
        hit
        for hit in cases_by_tokens(wanted)
        if hit.person != entry.person and (hit.kinds & _CERTAIN or {Kind.SOUND_PAIR, Kind.BIRTH} <= hit.kinds)
    ]


def cases_by_tokens(tokens: Sequence[Token]) -> list[Hit]:
    """At most ``LIMIT`` hits on any of the tokens, the weightiest first and then the newest.

    Several tokens of one group (readings of one part) count once.
    """
    if not tokens:
        return []
    tokens = sorted(tokens, key=lambda token: -_WEIGHTS[token.kind])[:MAX_TOKENS]
    quote = connection.ops.quote_name
    table, token, person, case = map(quote, (BlindToken._meta.db_table, "token", "person_id", "case_id"))
    branch = (
        f"SELECT * FROM (SELECT {case} AS c, {person} AS p, %s AS g, %s AS w, %s AS k FROM {table} "  # noqa: S608 (names of our own; values are parameters)
        f"WHERE {token} = %s ORDER BY {person} DESC LIMIT {LIMIT}) AS t{{}}"
    )
    groups = {group: place for place, group in enumerate(dict.fromkeys((one.kind, one.group) for one in tokens))}
    parameters: list[int | bytes] = []
    for one in tokens:
        parameters += [groups[one.kind, one.group], _WEIGHTS[one.kind], 1 << one.kind, one.value]
    union = " UNION ALL ".join(branch.format(place) for place in range(len(tokens)))
    sql = (
        f"SELECT c, p, SUM(w) AS total, SUM(DISTINCT k) FROM (SELECT DISTINCT c, p, g, w, k FROM ({union}) AS a) AS b "  # noqa: S608 (as above)
        f"GROUP BY c, p ORDER BY total DESC, p DESC LIMIT {LIMIT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_hit(*row) for row in cursor.fetchall()]


def _hit(case: uuid.UUID | str, person: uuid.UUID | str, weight: int, mask: int) -> Hit:
    kinds = frozenset(kind for kind in Kind if int(mask) >> kind & 1)
    return Hit(uuid.UUID(str(case)), uuid.UUID(str(person)), int(weight), kinds)
