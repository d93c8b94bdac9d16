"""Code lists of the microdata, and their codes in the standards of the field (``codes.toml``, versioned).

A record is coded in our own lists; a projection to a standard loses what the standard cannot say, and tells so.
*Unknown* (nobody knows), *no* (known not to be) and *not applicable* (the question does not arise) are three answers.
Every figure says what it counts: the list ``unit``.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("codes.toml")
STANDARDS = ("ic_tip", "htcds", "ctdc", "glotip", "eurostat", "sdg")
CONFIDENCE = ("sourced", "high", "medium", "none")
TOTAL = "*"
UNKNOWN, SEVERAL = "unknown", "several"
_BANDS = ((8, "0-8"), (17, "9-17"), (29, "18-29"), (47, "30-47"))
_OLDEST = "48+"
CHILDREN = frozenset({"0-8", "9-17"})
_BROAD = ("sexual", "labour", "begging")


class BadCodes(ValueError):
    """The file of code lists cannot be used."""


class NoCode(KeyError):
    """There is no such list, or no such code in it."""


class Missing(StrEnum):
    """Why there is no value."""

    UNKNOWN = "unknown"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Name:
    """A name in both languages."""

    ka: str
    en: str

    def say(self, language: str) -> str:
        """The name in ``language`` (``ka``, or anything else for English)."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True)
class Standard:
    """A standard we project to: its name, how sure its column is (``CONFIDENCE``), a note."""

    key: str
    name: str
    confidence: str
    note: str


@dataclass(frozen=True)
class Code:
    """A value of a list. ``codes`` are its codes by standard, without those the standard lacks."""

    key: str
    name: Name
    missing: Missing | None
    codes: Mapping[str, str]
    unsure: frozenset[str]


@dataclass(frozen=True)
class CodeList:
    """A list in its order. ``several`` where one record may carry more than one value."""

    name: str
    title: Name
    codes: tuple[Code, ...]
    several: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(one.key for one in self.codes)


@dataclass(frozen=True)
class Projected:
    """What is left of a value in a standard.

    ``code`` is None where the standard has no code for it; ``merged`` are our other values that become the same code
    (what is lost); ``sure`` whether the code was read in the standard itself.
    """

    code: str | None
    merged: tuple[str, ...]
    sure: bool

    @property
    def lossy(self) -> bool:
        """Whether the way back is lost."""
        return self.code is None or bool(self.merged) or "|" in self.code


def _code(list_: str, row: Mapping[str, object], names: Collection[str]) -> Code:
    known = {"key", "ka", "en", "missing", "unsure", *names}
    if strange := row.keys() - known:
        raise BadCodes(f"{list_}: {sorted(strange)}")
    try:
        key, name = str(row["key"]), Name(str(row["ka"]), str(row["en"]))
        missing = Missing(str(row["missing"])) if "missing" in row else None
    except (KeyError, ValueError) as error:
        raise BadCodes(f"{list_}: {error}") from error
    if key == TOTAL:
        raise BadCodes(f"{list_}: * means the total")
    unsure = row.get("unsure", [])
    if not isinstance(unsure, list) or not set(unsure) <= set(names):
        raise BadCodes(f"{list_} {key}: unsure names no standard")
    return Code(key, name, missing, {one: str(row[one]) for one in names if row.get(one)}, frozenset(unsure))


@dataclass(frozen=True)
class Book:
    """All lists of one version."""

    version: str
    standards: Mapping[str, Standard]
    lists: Mapping[str, CodeList]


def read(text: str) -> Book:
    """The lists out of TOML.

    Raises:
        BadCodes: when a row is incomplete, a key stands twice, or a column is of no known standard.
    """
    try:
        table = tomllib.loads(text)
        standards = {
            key: Standard(key, row["name"], row["confidence"], row["note"]) for key, row in table["standard"].items()
        }
        version, rows = str(table["version"]), list(table["list"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadCodes(str(error)) from error
    if set(standards) != set(STANDARDS) or any(one.confidence not in CONFIDENCE for one in standards.values()):
        raise BadCodes("the standards are not those we know")
    lists: dict[str, CodeList] = {}
    for row in rows:
        name = row["name"]
        codes = tuple(_code(name, one, STANDARDS) for one in row["code"])
        if name in lists or len({one.key for one in codes}) != len(codes):
            raise BadCodes(f"{name}: twice")
        lists[name] = CodeList(name, Name(row["ka"], row["en"]), codes, row.get("several", False))
    return Book(version, standards, lists)


@cache
def book() -> Book:
    """The lists as shipped, read once a process."""
    return read(_FILE.read_text(encoding="utf-8"))


def codes(name: str) -> CodeList:
    """A list.

    Raises:
        NoCode: when there is none of that name.
    """
    try:
        return book().lists[name]
    except KeyError as error:
        raise NoCode(name) from error


def code(name: str, key: str) -> Code:
    """A value of a list.

    Raises:
        NoCode: when there is no such list or value.
    """
    for one in codes(name).codes:
        if one.key == key:
            return one
    raise NoCode(f"{name} {key}")


def title(name: str, language: str) -> str:
    """What a list is called; the name itself where there is no such list: any category may be counted."""
    found = book().lists.get(name)
    return found.title.say(language) if found else name


def label(name: str, key: str, language: str) -> str:
    """What a value is called; the key itself where no list has it."""
    found = book().lists.get(name)
    return next((one.name.say(language) for one in found.codes if one.key == key), key) if found else key


def project(name: str, key: str, standard: str) -> Projected:
    """A value in a standard, with what is lost on the way.

    Raises:
        NoCode: when there is no such list, value or standard.
    """
    if standard not in book().standards:
        raise NoCode(standard)
    found = code(name, key)
    said = found.codes.get(standard)
    merged = tuple(
        one.key for one in codes(name).codes if said is not None and one.key != key and one.codes.get(standard) == said
    )
    return Projected(said, merged, standard not in found.unsure and said is not None)


def gaps(name: str, standard: str) -> tuple[str, ...]:
    """The values of a list that a standard has no code for."""
    return tuple(key for key in codes(name).keys if project(name, key, standard).code is None)


# From a coded profile to the lists


def age_group(year_of_birth: int | None, year: int) -> str:
    """The age group by the age reached in ``year``, the year of the first status; only the year of birth is kept.

    Raises:
        ValueError: when the year of birth lies after ``year``.
    """
    if year_of_birth is None:
        return UNKNOWN
    age = year - year_of_birth
    if age < 0:
        raise ValueError("born after the year")
    return next((key for last, key in _BANDS if age <= last), _OLDEST)


def age(group: str) -> str:
    """``child``, ``adult`` or ``unknown`` of an age group.

    Raises:
        NoCode: when there is no such group.
    """
    key = code("age_group", group).key
    if key == UNKNOWN:
        return UNKNOWN
    return "child" if key in CHILDREN else "adult"


def citizenship(country: str) -> str:
    """``georgian``, ``foreign``, ``stateless`` or ``unknown`` of an ISO 3166-1 alpha-2 code or one of the last two."""
    if country in {"stateless", UNKNOWN}:
        return country
    if not country:
        return UNKNOWN
    return "georgian" if country == "GE" else "foreign"


def form(forms: Collection[str]) -> str:
    """The one form of a record: several in one record are the category ``several``; none is ``unknown``.

    ``unknown`` beside a known form says nothing and is passed over.

    Raises:
        NoCode: for a form that stands in no list.
    """
    known = {code("form", one).key for one in forms} - {UNKNOWN}
    if not known:
        return UNKNOWN
    return known.pop() if len(known) == 1 else SEVERAL


def form_broad(key: str) -> str:
    """The form in four groups.

    Raises:
        NoCode: for a form that stands in no list.
    """
    found = code("form", key).key
    return found if found in _BROAD else "other"


def route(kinds: Collection[str]) -> str:
    """The route of the statuses a person holds.

    Raises:
        NoCode: when there is none, or one that stands in no list.
    """
    found = {code("route", one).key for one in kinds}
    if not found:
        raise NoCode("no status")
    return found.pop() if len(found) == 1 else "both"
