"""Regions of Georgia and countries of the world, as pickers and lists show them."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale

from gza.law.verdicts import Text

ABROAD, UNKNOWN = "abroad", "unknown"
_FILE = Path(__file__).parent / "data" / "regions.toml"
# Codes of the Unicode data that are no country of ISO 3166-1: groupings, reservations, pseudo-locales.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])


@dataclass(frozen=True)
class Region:
    """A place of first level.

    ``key`` is its ISO 3166-2 code, or ``abroad`` or ``unknown``; ``kind`` is ``city``, ``region``,
    ``autonomous_republic`` or ``elsewhere``; ``hold`` says whether services can be offered there:
    ``full``, ``part`` or ``none``.
    """

    key: str
    name: Text
    kind: str
    hold: str

    @property
    def served(self) -> bool:
        """Whether a service can be offered there."""
        return self.hold != "none"


@lru_cache(maxsize=1)
def _table() -> dict[str, Region]:
    with _FILE.open("rb") as file:
        rows = tomllib.load(file)["region"]
    return {row["key"]: Region(row["key"], Text(row["ka"], row["en"]), row["kind"], row["hold"]) for row in rows}


def regions(*, elsewhere: bool = True, served: bool = False) -> tuple[Region, ...]:
    """All regions in the order of the pickers.

    Args:
        elsewhere: with ``abroad`` and ``unknown``.
        served: only those where services can be offered.
    """
    return tuple(
        region for region in _table().values()
        if (elsewhere or region.kind != "elsewhere") and (region.served or not served)
    )  # fmt: skip


def region(key: str) -> Region:
    """The region of that key.

    Raises:
        KeyError: when there is none.
    """
    return _table()[key]


def region_name(key: str, language: str) -> str:
    """What the region is called; an empty or unheard-of key comes back as it is."""
    return _table()[key].name.say(language) if key in _table() else key


@lru_cache(maxsize=2)
def _countries(language: str) -> dict[str, str]:
    names = Locale(language).territories
    codes = [code for code in map(str, names) if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY]
    return {code: names[code] for code in sorted(codes, key=lambda code: names[code])}


def countries(language: str) -> tuple[tuple[str, str], ...]:
    """ISO 3166-1 alpha-2 codes with names in ``language`` (``ka``, else English), by name, Georgia first."""
    names = _countries("ka" if language == "ka" else "en")
    return (("GE", names["GE"]), *((code, name) for code, name in names.items() if code != "GE"))


def country_name(code: str, language: str) -> str:
    """The country's name in ``language``; an unheard-of code comes back as it is."""
    return _countries("ka" if language == "ka" else "en").get(code, code)
