"""Cleaning of what people type, before anything else looks at it."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD, 0x061C, 0x180E]
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """NFC, without control, bidirectional and zero-width characters, without blanks at the ends."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()


def clean_line(text: str) -> str:
    """As ``clean``, with every run of white space made one blank."""
    return " ".join(clean(text).split())


def whole(text: str, *, digits: int) -> int | None:
    """The whole number that ``text`` says in at most ``digits`` digits; None when it says none."""
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None


def for_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
