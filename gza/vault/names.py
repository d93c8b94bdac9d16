"""Blind tokens of names: what lets a name be found in any script without the database knowing it.

A name is taken apart; each part, and each pair of parts, gets keys of its own, so that the order of the
parts does not matter. A part has an *exact* key for each of its readings in the canonical alphabet
(``letters``), and a *phonetic* one, its skeleton of consonants. Tokens are HMAC-SHA256 over kind and
key, under the key ``index`` that lies outside the database. What is found is opened, at most a hundred
at a time, and ranked in memory by ``similarity``. Nothing here is cached: names are not to stay in a
server's memory.
"""

import datetime as dt
import enum
import hmac
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from gza.core import material
from gza.core.text import clean_line

from . import letters

TOKEN_BYTES = 16
MAX_PARTS = 8  # of a name; a longer one is no name
MAX_LETTERS = 40  # of a part, canonical
MAX_READINGS = 12  # of a part, before the nominative ending is taken off
MAX_PAIRINGS = 16  # keys of one pair of parts
_AMBIGUOUS = 5  # letters read in more than one way; further ones keep their first reading
_LONGEST_CLUSTER = max(map(len, letters.CLUSTERS))
_SHORTEST_STEM = 4
_SLIP = 0.75  # likeness of two words that may differ by a slip of the pen
_DOUBLED = re.compile(r"(.)\1+")
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


class Kind(enum.IntEnum):
    """What a token is of; also keeps the tokens of one kind from meeting those of another."""

    EXACT = 1
    PHONETIC = 2
    PAIR = 3  # two parts, exact: a full name is found at once however common each part is
    SOUND_PAIR = 4  # two parts, phonetic
    NUMBER = 5  # a personal or document number
    BIRTH = 6  # date of birth and the initial of a part: finds a duplicate under another spelling


@dataclass(frozen=True)
class NameKeys:
    """Keys of a name or part: ``exact`` in the canonical alphabet, ``phonetic`` skeletons."""

    exact: frozenset[str]
    phonetic: frozenset[str]


@dataclass(frozen=True, order=True)
class Token:
    """A blind token with its kind; ``group`` says which part or pair of the name it stands for."""

    kind: Kind
    value: bytes
    group: str


@dataclass(frozen=True)
class Part:
    """One part of a name with its canonical readings, the likeliest first; never without any."""

    text: str
    readings: tuple[str, ...]

    @cached_property
    def skeletons(self) -> tuple[str, ...]:
        """The phonetic keys, in the order of the readings, each once."""
        return tuple(dict.fromkeys(skeleton(reading) for reading in self.readings))


def parts(name: str, known: dict[str, Part] | None = None) -> tuple[Part, ...]:
    """The parts of a name, each once, without particles; split at all but letters, marks, apostrophes.

    Args:
        name: one or more parts of a name, in any order.
        known: parts already read, by their text; new ones are put there.
    """
    known = {} if known is None else known
    text = unicodedata.normalize("NFC", clean_line(name[:1024]).lower())
    found: dict[str, None] = {}
    run = ""
    for char in f"{text} ":
        if char.isalpha() or char in letters.APOSTROPHES:
            run += char
        elif unicodedata.category(char) != "Mn":
            found[run] = None
            run = ""
    words = [word for word in found if any(char.isalpha() for char in word)]
    read = {}
    for word in words[: 2 * MAX_PARTS]:
        if word not in known:
            known[word] = Part(word, _readings(word))
        read[word] = known[word]
    kept = [part for part in read.values() if part.readings[0] not in letters.PARTICLES]
    return tuple(kept or read.values())[:MAX_PARTS]


def keys(name: str) -> NameKeys:
    """The keys of all parts of a name together; empty only for a name without any letter."""
    found = parts(name)
    return NameKeys(
        frozenset(reading for part in found for reading in part.readings),
        frozenset(key for part in found for key in part.skeletons),
    )


def _readings(word: str) -> tuple[str, ...]:
    """The canonical readings of a word; the word itself when nothing of it can be read."""
    units = list(itertools.islice(_units(_simple(word)), 2 * MAX_LETTERS))
    choices = list(dict.fromkeys(unit for unit in units if len(unit) > 1))[:_AMBIGUOUS]
    ways = sorted(itertools.product(*(range(len(unit)) for unit in choices)), key=lambda way: (sum(way), way))
    found: dict[str, None] = {}
    for way in ways[:MAX_READINGS]:
        taken = dict(zip(choices, way, strict=True))
        found[_settle("".join(unit[taken.get(unit, 0)] for unit in units))[:MAX_LETTERS]] = None
    for reading in list(found):
        found.setdefault(_stem(reading))
    return tuple(reading for reading in found if reading) or (word[:MAX_LETTERS],)


def _simple(word: str) -> str:
    """The word with every letter that no table knows taken apart into its base letters."""
    simple = ""
    for char in word[: 4 * MAX_LETTERS]:
        if char in letters.APOSTROPHES:
            simple += "'"
        elif char in letters.LETTERS:
            simple += char
        elif "\u2d00" <= char <= "\u2d25":  # the old church script, in the order of the modern one
            simple += chr(ord(char) - 0x2D00 + 0x10D0)
        else:
            simple += "".join(base for base in unicodedata.normalize("NFKD", char).lower() if base.isalpha())
    return simple


def _units(word: str) -> Iterator[tuple[str, ...]]:
    """Each letter or cluster as its readings; letters of no table stand for themselves."""
    place = 0
    while place < len(word):
        for size in range(min(_LONGEST_CLUSTER, len(word) - place), 0, -1):
            cluster = word[place : place + size]
            heard = letters.CLUSTERS.get(cluster) if size > 1 else letters.LETTERS.get(cluster, (cluster,))
            if heard:
                place += size
                if cluster != "'":
                    yield heard
                break


def _settle(reading: str) -> str:
    """Doubled letters made one and neighbours merged, until nothing changes any more."""
    before = ""
    while before != reading:
        before = reading
        reading = _DOUBLED.sub(r"\1", reading)
        for pair, one in letters.MERGES:
            reading = reading.replace(pair, one)
    return reading


def _stem(reading: str) -> str:
    """Without the Georgian nominative: ივანოვი is Ivanov, დავითი is Davit; -შვილი keeps it everywhere."""
    stem = reading[:-1]
    bare = reading.endswith("i") and len(stem) >= _SHORTEST_STEM and stem[-1] not in letters.VOWELS
    return stem if bare and not reading.endswith("švili") else reading


def skeleton(reading: str) -> str:
    """The phonetic key of a canonical reading: its consonants, ``*`` for a leading vowel.

    Sounds that are mistaken for each other are made one. With fewer than two consonants the vowels are
    kept too, coarsely, or every short name would sound alike.
    """
    sounds = _DOUBLED.sub(r"\1", reading.translate(letters.SOUNDS))
    bones = "".join(sound for sound in sounds if sound not in letters.VOWELS)
    bones = bones[:-1] + bones[-1:].translate(letters.LAST)
    key = ("*" if sounds[:1] in letters.VOWELS else "") + bones
    if len(bones) > 1:
        return key
    vowels = "".join(sound for sound in sounds if sound in letters.VOWELS).translate(letters.DULL)
    return key + ":" + _DOUBLED.sub(r"\1", vowels)


def number(text: str) -> str:
    """A personal or document number in capitals, without blanks; Cyrillic look-alikes made Latin."""
    wide = unicodedata.normalize("NFKC", clean_line(text[:256])).upper()
    return "".join(char for char in wide if char.isalnum()).translate(_LOOK_ALIKE)


def _mac(kind: Kind, value: str, key: bytes) -> bytes:
    return hmac.digest(key, f"gza index 1|{kind.name}|{value}".encode(), "sha256")[:TOKEN_BYTES]


def tokens(kind: Kind, text: str) -> list[bytes]:
    """The tokens of one text under one kind, each once, the likeliest reading first.

    Args:
        kind: ``EXACT`` or ``PHONETIC`` for a name or a part of one, ``NUMBER`` for a number.
        text: what is sought or indexed.

    Raises:
        ValueError: for the kinds that need more than one text; see ``of_name`` and ``of_birth``.
    """
    if kind is Kind.NUMBER:
        values = [bare] if (bare := number(text)) else []
    elif kind is Kind.EXACT:
        values = [reading for part in parts(text) for reading in part.readings]
    elif kind is Kind.PHONETIC:
        values = [key for part in parts(text) for key in part.skeletons]
    else:
        raise ValueError(f"tokens of {kind.name} come from more than one text")
    key = material.key("index")
    return [_mac(kind, value, key) for value in dict.fromkeys(values)]


def of_name(*names: str) -> list[Token]:
    """All tokens of a person's names: first, last, former, patronymic, in any order; no repeats."""
    found = parts(" ".join(names))
    values: dict[tuple[Kind, str], str] = {}
    for place, part in enumerate(found):
        for reading in part.readings:
            values.setdefault((Kind.EXACT, reading), str(place))
        for key in part.skeletons:
            values.setdefault((Kind.PHONETIC, key), str(place))
    for (left, one), (right, other) in itertools.combinations(enumerate(found), 2):
        for value in _couples(one.readings, other.readings):
            values.setdefault((Kind.PAIR, value), f"{left}+{right}")
        for value in _couples(one.skeletons, other.skeletons):
            values.setdefault((Kind.SOUND_PAIR, value), f"{left}+{right}")
    secret = material.key("index")
    return [Token(kind, _mac(kind, value, secret), group) for (kind, value), group in values.items()]


def _couples(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    """Pairs of keys, the likeliest first, written the same way whichever comes first."""
    likely = {(first + second, "+".join(sorted((one, other)))) for (first, one), (second, other) in
              itertools.product(enumerate(ours), enumerate(theirs))}  # fmt: skip
    return list(dict.fromkeys(couple for _rank, couple in sorted(likely)))[:MAX_PAIRINGS]


def of_number(text: str) -> list[Token]:
    """The token of a personal or document number; none for an empty one."""
    return [Token(Kind.NUMBER, value, "number") for value in tokens(Kind.NUMBER, text)]


def of_birth(born: dt.date, *names: str) -> list[Token]:
    """Tokens of a date of birth with the initial sound of each part of the names."""
    initials = sorted({key[:1] for part in parts(" ".join(names)) for key in part.skeletons})
    day, key = born.isoformat(), material.key("index")
    return [Token(Kind.BIRTH, _mac(Kind.BIRTH, f"{day}|{initial}", key), "birth") for initial in initials]


def similarity(one: str, other: str) -> float:
    """How alike two whole names are, 0 to 1: 1 for the same parts in any script and order.

    Each part is matched with one of the other name's so that the sum is greatest. Missing parts cost a
    little, since a search often knows but one of them.
    """
    return Likeness(one).of(other)


class Likeness:
    """How alike many names are to one. What it learns of parts that repeat it keeps, for as long as itself lives."""

    def __init__(self, sought: str) -> None:
        self._sought = parts(sought)
        self._known: dict[str, Part] = {}
        self._scores: dict[str, list[float]] = {}

    def of(self, name: str) -> float:
        """As ``similarity`` of the name and the one sought."""
        found = parts(name, self._known)
        if not found or not self._sought:
            return 0.0
        table = [self._row(part) for part in found]
        if len(found) > len(self._sought):
            table = [list(column) for column in zip(*table, strict=True)]
        fewer, more = sorted((len(found), len(self._sought)))
        best = _assign(table)
        return round(0.8 * best / fewer + 0.2 * best / more, 6)

    def _row(self, part: Part) -> list[float]:
        if part.text not in self._scores:
            self._scores[part.text] = [_alike(part, mine) for mine in self._sought]
        return self._scores[part.text]


def _assign(scores: list[list[float]]) -> float:
    """The greatest sum when every row takes a column of its own; there are no fewer columns than rows."""
    sums = {frozenset[int](): 0.0}
    for row in scores:
        following: dict[frozenset[int], float] = {}
        for taken, total in sums.items():
            for column, score in enumerate(row):
                if column not in taken:
                    key = taken | {column}
                    following[key] = max(following.get(key, 0.0), total + score)
        sums = following
    return max(sums.values())


def _alike(one: Part, other: Part) -> float:
    """1 when a reading is the same, 0.6 to 0.9 when one sounds the same, up to 0.5 for a slip of the pen."""
    if set(one.readings) & set(other.readings):
        return 1.0
    sounds = bool(set(one.skeletons) & set(other.skeletons))
    ratio = 0.0 if sounds else _SLIP - 0.001
    for left, right in itertools.product(one.readings, other.readings):
        if _at_most(left, right) > ratio:
            ratio = max(ratio, _likeness(*sorted((left, right))))
    if sounds:
        return 0.6 + 0.3 * ratio
    return 0.5 * ratio if ratio >= _SLIP else 0.0


def _at_most(one: str, other: str) -> float:
    """What ``_likeness`` cannot exceed: cheap to say, and mostly so little that the rest need not be asked."""
    common = min(sum(char in other for char in one), sum(char in one for char in other))
    return 2 * common / (len(one) + len(other))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
