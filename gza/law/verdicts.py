"""What a rule answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """A sentence in both languages, Georgian first."""

    ka: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in ``language`` (``ka`` or anything else for English)."""
        return self.ka if language == "ka" else self.en

    def filled(self, **values: object) -> "Text":
        """The sentence with its ``{places}`` filled in, the same in both languages."""
        return Text(self.ka.format(**values), self.en.format(**values))


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

    def filled(self, **values: object) -> "Denied":
        """The same refusal with the ``{places}`` of its sentences filled in."""
        return replace(
            self,
            message=self.message.filled(**values),
            remedy=tuple(text.filled(**values) for text in self.remedy),
        )


Verdict: TypeAlias = Allowed | Denied
ALLOWED = Allowed()


@dataclass(frozen=True)
class Flag:
    """What a flag's code means, for the coordinator who looks at it."""

    code: str
    clause: str
    text: Text


DENIALS: dict[str, Denied] = {}
FLAGS: dict[str, Flag] = {}


def denial(code: str, clause: str, ka: str, en: str, *remedy: tuple[str, str]) -> Denied:
    """Word a refusal once; ``remedy`` are pairs of Georgian and English.

    Raises:
        ValueError: when the code is taken.
    """
    if code in DENIALS:
        raise ValueError(f"{code} is worded twice")
    DENIALS[code] = Denied(code, clause, Text(ka, en), tuple(Text(*pair) for pair in remedy))
    return DENIALS[code]


def flag(code: str, clause: str, ka: str, en: str) -> str:
    """Word a flag once, and give back its code.

    Raises:
        ValueError: when the code is taken.
    """
    if code in FLAGS:
        raise ValueError(f"{code} is worded twice")
    FLAGS[code] = Flag(code, clause, Text(ka, en))
    return code


def explain(code: str) -> Flag:
    """What a flag means. A refusal's code explains itself: past order at take-over is such a flag.

    Raises:
        KeyError: when no rule knows the code.
    """
    if code in FLAGS:
        return FLAGS[code]
    denied = DENIALS[code]
    return Flag(code, denied.clause, denied.message)


def together(*verdicts: Verdict) -> Verdict:
    """The first refusal, in the order given; else allowed with the flags of all."""
    for verdict in verdicts:
        if isinstance(verdict, Denied):
            return verdict
    return flagged(code for verdict in verdicts if isinstance(verdict, Allowed) for code in verdict.flags)


def refusals(*verdicts: Verdict) -> tuple[Denied, ...]:
    """Every refusal, for a page that shows all that is lacking at once."""
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Denied))


def flagged(flags: Iterable[str]) -> Allowed:
    """Allowed with these flags, each once, in the order of their coming."""
    return Allowed(tuple(dict.fromkeys(flags)))
