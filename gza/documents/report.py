"""A monthly report on paper, as it was sent, or as it would be sent today (S7.9)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gza.core import clock
from gza.core.money import show
from gza.directory.models import Organisation, ServiceType
from gza.law import reporting
from gza.plans.models import MonthlyReport
from gza.ui import dates

from . import press, words
from .press import Block, Paper


@dataclass(frozen=True)
class Told:
    """Everything the paper of a report says, opened.

    ``content`` is what was sealed with the report, or for a draft what would be; ``names`` and ``services`` are of the
    organisations and the types of service that stand in it.
    """

    report: MonthlyReport
    code: str
    content: Mapping[str, Any]
    work_done: str = ""
    outlook: str = ""
    worker: str = ""
    names: Mapping[uuid.UUID, Organisation] = field(default_factory=dict)
    services: Mapping[str, ServiceType] = field(default_factory=dict)
    day: dt.date = field(default_factory=clock.today)


def paper(told: Told, language: str) -> Paper:
    """The report as a paper, in ``ka`` or ``en``."""
    report = told.report
    first, last = (dt.date.fromisoformat(told.content[name]) for name in ("from", "until"))
    span = f"{dates.day(first, language)} – {dates.day(last, language)}"
    blocks: list[Block] = [] if report.sent_on else [press.note(words.DRAFT_REPORT.say(language))]
    blocks.append(
        press.facts(
            [
                (words.CASE.say(language), told.code),
                (words.WORKER.say(language), told.worker),
                (words.REPORTED.say(language), span),
                (words.DUE.say(language), dates.day(report.due_on, language)),
                (words.SENT.say(language), dates.day(report.sent_on, language) if report.sent_on else ""),
                (words.READ.say(language), dates.moment(report.read_at, language) if report.read_at else ""),
            ]
        )
    )
    blocks += [press.heading(words.DONE.say(language)), press.prose(told.work_done or "–")]
    if told.outlook:
        blocks += [press.heading(words.OUTLOOK.say(language)), press.prose(told.outlook)]
    blocks += [*_given(told, language), *_money(told, language), *_parts(told, language)]
    printed = words.PRINTED.filled(day=dates.day(told.day, language)).say(language)
    return Paper(
        title=words.REPORT.say(language),
        language=language,
        day=told.day,
        under=dates.month(report.month, language),
        foot=" · ".join((told.code, dates.month(report.month, language), printed)),
        page_of=words.PAGE.say(language),
        blocks=blocks,
    )


def _name(told: Told, organisation: str, language: str) -> str:
    found = told.names.get(uuid.UUID(organisation)) if organisation else None
    return (found.name_ka if language == "ka" else found.name_en) if found else "–"


def _service(told: Told, key: str, language: str) -> str:
    found = told.services.get(key)
    return found.name(language) if found else words.OUTSIDE.say(language)


def _given(told: Told, language: str) -> list[Block]:
    head = press.heading(words.GIVEN.say(language))
    rows: Sequence[Mapping[str, Any]] = told.content["deliveries"]
    if not rows:
        return [head, press.prose(words.NOTHING_GIVEN.say(language))]
    made = []
    for one in rows:
        day = dates.day(dt.date.fromisoformat(one["on"]), language)
        if one["until"]:
            day = f"{day} – {dates.day(dt.date.fromisoformat(one['until']), language)}"
        service, name = _service(told, one["service"], language), _name(told, one["organisation"], language)
        made.append([service, name, day, str(one["sessions"])])
    titles = (words.SERVICE, words.PROVIDER, words.TIME, words.SESSIONS)
    return [head, press.table([one.say(language) for one in titles], made, widths=[4, 3, 2.6, 1.4], right=[3])]


def _money(told: Told, language: str) -> list[Block]:
    head = press.heading(words.EXPENDITURE.say(language))
    lines = [one for one in told.content["lines"] if one["committed"] or one["paid_total"] or one["invoiced"]]
    if not lines:
        return [head, press.prose(words.NO_MONEY.say(language))]
    columns = ("committed", "paid", "paid_total", "invoiced")
    rows = [
        [
            _service(told, one["service"], language),
            *(show(one[name], language) for name in columns),
            show(one["committed"] - one["paid_total"], language),
        ]
        for one in lines
    ]
    sums = [sum(one[name] for one in lines) for name in columns]
    total = [words.TOTAL.say(language), *(show(one, language) for one in sums), show(sums[0] - sums[2], language)]
    titles = (words.SERVICE, words.COMMITTED, words.PAID_MONTH, words.PAID_ALL, words.INVOICED, words.LEFT)
    widths = [3.2, 1.6, 1.6, 1.6, 1.6, 1.6]
    made = [one.say(language) for one in titles]
    return [head, press.table(made, rows, widths=widths, right=range(1, 6), total=total)]


def _parts(told: Told, language: str) -> list[Block]:
    sent = [(one, words.PART_SENT.say(language)) for one in told.content.get("parts", {})]
    kept = [
        (one, reporting.refusal(code).message.say(language)) for one, code in told.content.get("withheld", {}).items()
    ]
    if not sent and not kept:
        return []
    said = [f"{_name(told, organisation, language)}: {what}" for organisation, what in (*sent, *kept)]
    return [press.heading(words.PARTS.say(language)), press.listing(said)]
