"""What a rule answers."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """A sentence in both languages, Georgian first."""

    ka: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in ``language`` (``ka`` or anything else for English)."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True)
class Allowed:
    """The rule has nothing against it. ``flags`` are codes of what shall be shown to the coordinator (G1)."""

    flags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True."""
        return True


@dataclass(frozen=True)
class Denied:
    """The rule refuses the act.

    ``code`` is stable (``consent.reintegration_missing``), ``clause`` an id of the register (``S3.2``),
    ``message`` why, ``remedy`` what the person can do, each one act.
    """

    code: str
    clause: str
    message: Text
    remedy: tuple[Text, ...] = ()

    def __bool__(self) -> bool:
        """False, so that a verdict can be asked in a condition."""
        return False


Verdict: TypeAlias = Allowed | Denied
ALLOWED = Allowed()
