"""The notice of the end of a plan, or of a case, with how to complain by post and telephone (S7.12)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gza.ui import dates

from . import press, words
from .press import Paper


@dataclass(frozen=True)
class Told:
    """Everything the notice says.

    ``text`` is the letter itself; ``complain`` says how to complain, a way a line; ``name`` is the person's, empty for
    a copy without it; ``closing`` is set when it is the case that closes.
    """

    text: str
    day: dt.date
    code: str
    complain: Sequence[str] = ()
    name: str = ""
    signed_by: str = ""
    closing: bool = False


def paper(told: Told, language: str) -> Paper:
    """The notice as a paper, in ``ka`` or ``en``."""
    day = dates.day(told.day, language)
    title = words.NOTICE_CASE if told.closing else words.NOTICE
    blocks = [
        press.facts([(words.BENEFICIARY.say(language), told.name), (words.CASE.say(language), told.code)]),
        *(press.prose(part) for part in told.text.split("\n\n") if part.strip()),
    ]
    if told.complain:
        blocks += [press.heading(words.COMPLAIN.say(language)), press.listing(told.complain)]
    blocks.append(
        press.signatures(
            [
                (words.SIGNED_FOR_FUND.say(language), "", f"{told.signed_by}   {words.DAY.say(language)}".strip()),
                (words.RECEIVED.say(language), "", words.NAME_AND_DAY.say(language)),
            ]
        )
    )
    return Paper(
        title=title.say(language), language=language, day=told.day, under=day, foot=told.code,
        page_of=words.PAGE.say(language), blocks=blocks,
    )  # fmt: skip
