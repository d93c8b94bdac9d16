"""The individual plan on paper: initial, final or amended; and the sheet on which it is signed (S7.7, S7.8)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import override

from gza.cases.enums import Priority
from gza.core import clock
from gza.core.calendar import add_months
from gza.core.money import show
from gza.plans.enums import VersionKind, VersionState
from gza.plans.models import MONTHS, PlanItem, PlanVersion
from gza.ui import dates

from . import press, words
from .press import Block, Paper


@dataclass(frozen=True)
class Item:
    """One item as the paper shows it: its row with the texts opened, and the Fund's money in it, in tetri.

    ``payee`` is whom the Fund pays where the directory does not name them.
    """

    row: PlanItem
    detail: str = ""
    reason: str = ""
    amount: int = 0
    payee: str = ""


@dataclass(frozen=True)
class Signed:
    """One signature: whose, when, in which form; ``on`` is None while it is missing."""

    who: str
    on: dt.date | None
    form: str = ""


@dataclass(frozen=True)
class Unmet:
    """A necessary need nobody could meet: which, what was tried, who pursues it, when it is looked at."""

    need: str
    tried: str
    pursued_by: str
    review_on: dt.date


@dataclass(frozen=True)
class Told:
    """Everything the paper of a plan says, opened.

    ``name`` is the beneficiary's, empty for a copy without it; ``holds`` whether the sealed content is that of the
    fingerprint (true before there is one).
    """

    version: PlanVersion
    code: str
    items: Sequence[Item]
    aim: str = ""
    name: str = ""
    worker: str = ""
    signatures: Sequence[Signed] = ()
    unmet: Sequence[Unmet] = ()
    fingerprint: str = ""
    holds: bool = True
    day: dt.date = field(default_factory=clock.today)


def paper(told: Told, language: str, *, to_sign: bool = False) -> Paper:
    """The plan as a paper; with ``to_sign`` a sheet to sign on follows instead of the state of the signatures.

    Args:
        told: what it says.
        language: ``ka`` or ``en``.
        to_sign: whether it is printed to be signed by hand.
    """
    with override(language):
        return _paper(told, language, to_sign)


def kind_of(version: PlanVersion, language: str) -> str:
    """Initial plan, final plan, or amendment."""
    if version.kind == VersionKind.INITIAL:
        return words.INITIAL.say(language)
    return (words.AMENDMENT if version.ground else words.FINAL).say(language)


def _paper(told: Told, language: str, to_sign: bool) -> Paper:
    version = told.version
    number = words.VERSION.filled(number=version.number).say(language)
    blocks: list[Block] = [press.note(words.RECONSTRUCTED.say(language))]
    if not told.holds:
        blocks.insert(0, press.note(words.BROKEN.say(language)))
    blocks += [press.facts(_facts(told, language)), *_items(told, language), *_timetable(told, language)]
    if told.unmet:
        blocks += _unmet(told, language)
    blocks += [press.heading(words.FUND.say(language)), press.prose(_answer(version, language))]
    shown = [press.fingerprint(words.FINGERPRINT.say(language), told.fingerprint, words.CHECK.say(language))]
    shown = shown if told.fingerprint else []
    if to_sign:  # signatures stand on one page with the fingerprint they are given over
        blocks += [press.page(), press.heading(words.SIGN_HERE.say(language)), *shown, *_sheet(told, language)]
    else:
        blocks += [*_signatures(told, language), *shown]
    printed = words.PRINTED.filled(day=dates.day(told.day, language)).say(language)
    foot = [told.code, number, told.fingerprint[:19], printed]
    return Paper(
        title=words.PLAN.say(language),
        language=language,
        day=told.day,
        under=f"{kind_of(version, language)}, {number}: {version.get_state_display()}",
        foot=" · ".join(part for part in foot if part),
        page_of=words.PAGE.say(language),
        blocks=blocks,
    )


def _facts(told: Told, language: str) -> list[tuple[str, str]]:
    version = told.version
    term = _length(version.months, language)
    if version.starts_on and version.ends_on:
        span = f"{dates.day(version.starts_on, language)} – {dates.day(version.ends_on, language)}"
        term = f"{span} ({term})" if term else span
    return [
        (words.CASE.say(language), told.code),
        (words.BENEFICIARY.say(language), told.name),
        (words.WORKER.say(language), told.worker),
        (words.GROUND.say(language), str(version.get_ground_display()) if version.ground else ""),
        (words.TERM.say(language), term),
        (words.AIM.say(language), told.aim),
    ]


def _length(months: int | None, language: str) -> str:
    if not months:
        return ""
    return (words.MONTH if months == 1 else words.MONTHS.filled(months=months)).say(language)


def _items(told: Told, language: str) -> list[Block]:
    blocks: list[Block] = [press.heading(words.ITEMS.say(language))]
    funded = any(item.amount for item in told.items)
    head = [words.SERVICE, words.PROVIDER, words.TIME] + ([words.MONEY] if funded else [])
    groups = ((Priority.NECESSARY, words.NECESSARY), (Priority.DESIRED, words.DESIRED), ("", words.UNDECIDED))
    for key, label in groups:
        found = [item for item in told.items if item.row.priority == key]
        if not found:
            continue
        money = [sum(item.amount for item in found)] if funded else []
        total = ["", words.TOTAL.say(language), "", "", *(show(sum_, language) for sum_ in money)]
        blocks += [
            press.heading(label.say(language), 3),
            press.table(
                ["№", *(one.say(language) for one in head)],
                [_row(item, language, funded) for item in found],
                widths=[0.6, 5.6, 3.4, 2.2, *([1.7] if funded else [])],
                right=[4] if funded else [],
                total=total if funded and money[0] else None,
            ),
        ]
    return blocks


def _row(item: Item, language: str, funded: bool) -> list[str]:
    row = item.row
    service = row.service_type.name(language) if row.service_type else words.NOT_CHOSEN.say(language)
    said = [service, item.detail]
    if row.need:
        said.append(f"{words.NEED.say(language)}: {row.need.get_domain_display()}")
    if item.reason:
        said.append(f"{words.WHY.say(language)}: {item.reason}")
    cells = [
        str(row.position),
        "\n".join(part for part in said if part),
        _provider(item, language),
        _time(row, language),
    ]
    return [*cells, show(item.amount, language) if item.amount else ""] if funded else cells


def _provider(item: Item, language: str) -> str:
    row, said = item.row, [item.payee] if item.payee else []
    if row.organisation:
        said.append(row.organisation.name_ka if language == "ka" else row.organisation.name_en)
    if row.source:
        said.append(str(row.get_source_display()))
    elif row.provider_kind and not said:
        said.append(str(row.get_provider_kind_display()))
    return "\n".join(said) or "–"


def _time(row: PlanItem, language: str) -> str:
    if row.starts_on and row.ends_on:
        return f"{dates.day(row.starts_on, language)} –\n{dates.day(row.ends_on, language)}"
    if row.month_from is None:
        return "–"
    which = words.MONTH_OF_PLAN if row.month_from == row.month_to else words.MONTHS_OF_PLAN
    return which.filled(first=row.month_from, last=row.month_to).say(language)


def held(row: PlanItem, starts_on: dt.date | None, number: int) -> bool:
    """Whether an item's time holds the month of that number of the plan, counted from one."""
    if row.starts_on and row.ends_on and starts_on:
        begins = add_months(starts_on, number - 1)
        return row.starts_on < add_months(starts_on, number) and row.ends_on >= begins
    return row.month_from is not None and row.month_from <= number <= (row.month_to or 0)


def _timetable(told: Told, language: str) -> list[Block]:
    start, length = told.version.starts_on, told.version.months or MONTHS
    if not told.items:
        return []
    rows = []
    for item in told.items:
        service = item.row.service_type
        label = f"{item.row.position}. {service.name(language) if service else words.NOT_CHOSEN.say(language)}"
        rows.append((label, [held(item.row, start, number) for number in range(1, length + 1)]))
    counted = words.COUNTED.filled(day=dates.day(start, language)) if start else words.COUNTED_FROM_START
    return [
        press.heading(words.TIMETABLE.say(language)),
        press.months(
            [str(number) for number in range(1, length + 1)], rows, first=words.SERVICE.say(language), yes="●"
        ),
        press.prose(counted.say(language), quiet=True),
    ]


def _unmet(told: Told, language: str) -> list[Block]:
    head = (words.NEED, words.TRIED, words.PURSUED, words.REVIEW)
    rows = [[one.need, one.tried, one.pursued_by, dates.day(one.review_on, language)] for one in told.unmet]
    return [
        press.heading(words.UNMET.say(language)),
        press.table([one.say(language) for one in head], rows, widths=[2, 4, 3, 2]),
    ]


def _answer(version: PlanVersion, language: str) -> str:
    if version.decided_on:
        said = words.RETURNED if version.state == VersionState.RETURNED else words.AGREED
        return said.filled(day=dates.day(version.decided_on, language)).say(language)
    if version.ground:
        return words.NO_AGREEMENT_NEEDED.say(language)
    if version.submitted_on:
        return words.SUBMITTED.filled(day=dates.day(version.submitted_on, language)).say(language)
    return words.NOT_SUBMITTED.say(language)


def _signatures(told: Told, language: str) -> list[Block]:
    if not told.signatures:
        return []
    rows = []
    for one in told.signatures:
        day = words.SIGNED.filled(day=dates.day(one.on, language)).say(language) if one.on else ""
        rows.append((one.who, day or words.UNSIGNED.say(language), one.form))
    return [press.heading(words.SIGNATURES.say(language)), press.signatures(rows)]


def _sheet(told: Told, language: str) -> list[Block]:
    line = words.NAME_AND_DAY.say(language)
    own = f"{told.name}   {words.DAY.say(language)}" if told.name else line
    worker = f"{told.worker}   {words.DAY.say(language)}" if told.worker else line
    return [
        press.prose(words.DECLARATION.say(language)),
        press.signatures(
            [
                (words.BENEFICIARY.say(language), "", own),
                (words.REPRESENTATIVE.say(language), "", line),
                (words.WORKER.say(language), "", worker),
                (words.WITNESS.say(language), "", line),
            ]
        ),
    ]
