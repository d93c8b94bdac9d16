"""Where activities stand in time, by the law on timelines (N0.3). Pure: asks ``gza.law.nap``, draws nothing."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gza.law import nap as law

from .document import Activity, Plan


class State(StrEnum):
    """Where an activity stands on a day."""

    DONE = "done"  # delivered
    LATE = "late"  # its window has ended and it is not delivered
    SILENT = "silent"  # it runs throughout, and a half-year has passed without a word
    OPEN = "open"  # something is expected now
    AHEAD = "ahead"  # nothing is expected yet
    OVER = "over"  # it ran throughout, every half-year with a word


class Half(StrEnum):
    """What a half-year is to an activity."""

    NONE = "none"  # does not concern it
    OPEN = "open"  # present or to come, nothing recorded
    GOING = "going"  # present, with a word
    DONE = "done"  # delivered, or passed with a word
    MISSED = "missed"  # passed with nothing recorded


@dataclass(frozen=True)
class Records:
    """What is recorded for the activities of a plan, by number.

    ``delivered`` are those done; ``spoke_on`` the days for which there is an entry or a nil return.
    """

    delivered: frozenset[str] = frozenset()
    spoke_on: Mapping[str, Collection[dt.date]] = field(default_factory=dict)


NOTHING = Records()


@dataclass(frozen=True)
class Standing:
    """One activity on a day: its state, its half-years in the order of the plan's, and the law's flags."""

    state: State
    halves: tuple[Half, ...]
    flags: tuple[str, ...]
    silent: int
    days_left: int | None
    days_late: int | None


def halves(plan: Plan) -> tuple[tuple[dt.date, dt.date], ...]:
    """First and last day of each half-year of the plan."""
    return law.half_years(plan.start, plan.end)


def standing(plan: Plan, activity: Activity, *, today: dt.date, records: Records = NOTHING) -> Standing:
    """Where ``activity`` stands on ``today``."""
    when = activity.timeline
    timeline = law.Timeline(law.TimelineKind(when.kind), when.start, when.end)
    delivered, spoke_on = activity.id in records.delivered, records.spoke_on.get(activity.id, ())
    silent = law.silent_half_years(timeline=timeline, spoke_on=spoke_on, today=today)
    flags = (
        *law.delivery(timeline=timeline, delivered=delivered, today=today).flags,
        *law.silence(timeline=timeline, spoke_on=spoke_on, today=today).flags,
    )
    return Standing(
        state=_state(timeline, flags, today, delivered=delivered),
        halves=tuple(
            _half(timeline, half, spoke_on, today, delivered=delivered) for half in law.half_years(plan.start, plan.end)
        ),
        flags=flags,
        silent=len(silent),
        days_left=(when.end - today).days if when.start <= today <= when.end else None,
        days_late=(today - when.end).days if law.LATE in flags else None,
    )


def _state(timeline: law.Timeline, flags: Collection[str], today: dt.date, *, delivered: bool) -> State:
    if delivered:
        return State.DONE
    if law.LATE in flags:
        return State.LATE
    if law.SILENT in flags:
        return State.SILENT
    if law.NOT_YET in flags:
        return State.AHEAD
    return State.OPEN if today <= timeline.end else State.OVER


def _half(
    timeline: law.Timeline,
    half: tuple[dt.date, dt.date],
    spoke_on: Collection[dt.date],
    today: dt.date,
    *,
    delivered: bool,
) -> Half:
    first, last = half
    if last < timeline.start or first > timeline.end:
        return Half.NONE
    spoke = any(first <= day <= last for day in spoke_on)
    if delivered or (spoke and last < today):
        return Half.DONE
    if spoke:
        return Half.GOING
    # Within a window of several half-years nothing is missed before the last of them has ended.
    ends = last if timeline.kind == law.TimelineKind.THROUGHOUT else timeline.end
    return Half.MISSED if ends < today else Half.OPEN
