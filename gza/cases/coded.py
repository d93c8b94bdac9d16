"""The coded profile (T1): what statistics need to know of a person, in codes; pure, no database.

At this size five of these codes name almost anybody, so the profile is one sealed text.
Code lists: ``data/picklists.toml``.
"""

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

from gza.core import languages, places
from gza.law import plausible
from gza.law.verdicts import Text

LISTS = ("sex", "form", "sector", "means", "recruitment", "vulnerability")
STATELESS, UNKNOWN = "stateless", "unknown"
_FILE = Path(__file__).parent / "data" / "picklists.toml"


class NotCoded(ValueError):
    """A value that stands in no code list. ``field`` names the field of ``Coded``; the value is not repeated."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, Text]]:
    with _FILE.open("rb") as file:
        table = tomllib.load(file)
    return {name: {row["key"]: Text(row["ka"], row["en"]) for row in table[name]} for name in LISTS}


def choices(name: str, language: str) -> list[tuple[str, str]]:
    """Codes of one of ``LISTS`` with their names in ``language``, in the order of the list."""
    return [(key, text.say(language)) for key, text in _lists()[name].items()]


def label(name: str, key: str, language: str) -> str:
    """The name of a code; an unheard-of code comes back as it is."""
    return _lists()[name][key].say(language) if key in _lists()[name] else key


@dataclass(frozen=True)
class Coded:
    """The profile. Lists are sorted, so that equal profiles have equal text.

    ``citizenship`` is an ISO 3166-1 code, ``stateless`` or ``unknown``; ``region`` where the person lives now, a key of
    ``places``; ``country`` where the exploitation took place; ``language`` an ISO 639-1 code.
    """

    sex: str = UNKNOWN
    year_of_birth: int | None = None
    citizenship: str = UNKNOWN
    region: str = UNKNOWN
    forms: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    recruitment: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    country: str = UNKNOWN
    language: str = "ka"

    def text(self) -> str:
        """Canonical JSON, to be sealed."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Coded":
        """The profile out of its text; fields of a later edition are passed over."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in json.loads(text).items() if name in known}
        return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})


_MULTIPLE = {
    "forms": "form",
    "sectors": "sector",
    "means": "means",
    "recruitment": "recruitment",
    "vulnerabilities": "vulnerability",
}


@lru_cache(maxsize=1)
def _places() -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset(code for code, _name in places.countries("en")),
        frozenset(region.key for region in places.regions()),
    )


def check(coded: Coded, *, this_year: int) -> Coded:
    """The profile with its lists sorted and single.

    Raises:
        NotCoded: when a value stands in no code list, or nobody alive in ``this_year`` was born in that year.
    """
    if coded.sex not in _lists()["sex"]:
        raise NotCoded("sex")
    for field, name in _MULTIPLE.items():
        if not set(getattr(coded, field)) <= set(_lists()[name]):
            raise NotCoded(field)
    if not plausible.number(value=coded.year_of_birth, bounds=plausible.birth_year(this_year)):
        raise NotCoded("year_of_birth")
    countries, regions = _places()
    if coded.citizenship not in {STATELESS, UNKNOWN} and coded.citizenship not in countries:
        raise NotCoded("citizenship")
    if coded.country != UNKNOWN and coded.country not in countries:
        raise NotCoded("country")
    if coded.region not in regions:
        raise NotCoded("region")
    if not languages.known(coded.language):
        raise NotCoded("language")
    sorted_lists = {field: tuple(sorted(set(getattr(coded, field)))) for field in _MULTIPLE}
    return Coded(**{**asdict(coded), **sorted_lists})
