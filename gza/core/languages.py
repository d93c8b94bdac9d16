"""Languages people speak, as pickers and lists show them."""

import tomllib
from functools import lru_cache
from pathlib import Path

from babel import Locale

from gza.law.verdicts import Text

_FILE = Path(__file__).parent / "data" / "languages.toml"


@lru_cache(maxsize=1)
def _table() -> dict[str, Text]:
    with _FILE.open("rb") as file:
        rows = tomllib.load(file)["language"]
    return {row["key"]: Text(row["ka"], row["en"]) for row in rows}


def languages() -> tuple[tuple[str, Text], ...]:
    """ISO 639-1 codes with names, in the order of the pickers."""
    return tuple(_table().items())


def choices(language: str) -> list[tuple[str, str]]:
    """Codes with names in ``language``, ready for a picker."""
    return [(key, name.say(language)) for key, name in _table().items()]


@lru_cache(maxsize=2)
def _all(language: str) -> dict[str, str]:
    return dict(Locale(language).languages)


def known(code: str) -> bool:
    """Whether the code names a language at all, offered in pickers or not."""
    return code in _table() or code in _all("en")


def language_name(code: str, language: str) -> str:
    """What the language is called in ``language`` (``ka``, else English); an unheard-of code comes back."""
    if code in _table():
        return _table()[code].say(language)
    return _all("ka" if language == "ka" else "en").get(code, code)
