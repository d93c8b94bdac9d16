"""What the pages of the plan show, put together from the plan, the directory and the day. No query is made here."""

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext

import gza.nap
from gza.law import nap as law
from gza.law.verdicts import FLAGS, Text
from gza.nap import document as doc
from gza.nap.changes import name
from gza.nap.timelines import Half, Standing, State, halves, standing
from gza.ui.figures import share_of_year

from . import words


@cache
def _short() -> Mapping[str, Mapping[str, str]]:
    path = Path(gza.nap.__file__).parent / "data" / "short_names.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Said:
    """A text and the language it is in, for the ``lang`` attribute."""

    text: str
    lang: str


@dataclass(frozen=True)
class Body:
    """A body on a page: its short and its full name, and those of the units it acts through."""

    key: str
    short: Said
    full: Said
    via: tuple["Body", ...] = ()


@dataclass(frozen=True)
class Names:
    """Names of bodies in the reader's language. ``found`` are rows of the directory by key."""

    found: Mapping[str, Any]
    language: str

    def body(self, agency: doc.Agency) -> Body:
        """The body with its units."""
        return self._body(agency.agency, tuple(self._body(unit) for unit in agency.via))

    def partner(self, partner: str, lang: str) -> Body:
        """A partner: a body, or words in the language of the plan."""
        if doc.is_key(partner):
            return self._body(partner)
        return Body("", Said(partner, lang), Said(partner, lang))

    def short(self, key: str) -> str:
        """The short name of a body."""
        return self._body(key).short.text

    def _body(self, key: str, via: tuple[Body, ...] = ()) -> Body:
        row, short = self.found.get(key), _short().get(key, {})
        full = getattr(row, f"name_{self.language}", "") or getattr(row, "name_ka", "") or key
        return Body(key, Said(short.get(self.language, full), self.language), Said(full, self.language), via)


@dataclass(frozen=True)
class Measured:
    """A measurable part of an indicator on a page; ``target`` is in the reader's language, empty when there is none."""

    part: doc.Indicator
    said: Said
    type: Text
    target: str


@dataclass(frozen=True)
class Row:
    """An activity on a page."""

    activity: doc.Activity
    title: Said
    indicators: tuple[Measured, ...]
    leading: tuple[Body, ...]
    supporting: tuple[Body, ...]
    partners: tuple[Body, ...]
    standing: Standing
    bar: str
    marks: tuple[Promise | str, ...]

    @property
    def within(self) -> bool:
        """Whether it is to be delivered within named half-years."""
        return self.activity.timeline.kind == law.TimelineKind.DELIVER_WITHIN

    @property
    def glyph(self) -> str:
        """The mark of its state."""
        return words.STATES[self.standing.state][0]

    @property
    def state(self) -> str:
        """Its state in words, with the number that goes with it."""
        now, silent = self.standing, self.standing.silent
        if now.state == State.SILENT:
            counted = ngettext("%(count)s half-year without an entry", "%(count)s half-years without an entry", silent)
            return counted % {"count": silent}
        return str(words.STATES[now.state][1])

    @property
    def flags(self) -> tuple[Text, ...]:
        """What the law says about where it stands."""
        return tuple(FLAGS[code].text for code in self.standing.flags)

    @property
    def beside(self) -> tuple[Body, ...]:
        """Supporting agencies, then partners."""
        return (*self.supporting, *self.partners)

    @property
    def to_confirm(self) -> frozenset[str]:
        """The fields to be confirmed, by key."""
        return frozenset(self.activity.marks.to_confirm)


@dataclass(frozen=True)
class Branch:
    """An objective with the activities shown of it."""

    objective: doc.Objective
    title: Said
    marks: tuple[Promise | str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Limb:
    """A goal with the objectives shown of it; ``counts`` are of all its activities, by state."""

    goal: doc.Goal
    title: Said
    branches: tuple[Branch, ...]
    counts: Counter[State]

    @property
    def shown(self) -> int:
        """How many activities are shown."""
        return sum(len(branch.rows) for branch in self.branches)

    @property
    def stack(self) -> list[int]:
        """The counts in the order of the stack figure: done, two grades that have no use here, open, missed, ahead."""
        here = self.counts
        return [
            here[State.DONE] + here[State.OVER], 0, 0, here[State.OPEN],
            here[State.LATE] + here[State.SILENT], here[State.AHEAD],
        ]  # fmt: skip

    @property
    def columns(self) -> list[tuple[str, Promise, int]]:
        """The counts of the table with their marks and words."""
        done = self.counts[State.DONE] + self.counts[State.OVER]
        counts = [*(self.counts[one] for one in COLUMNS[:-1]), done]
        return [(*words.COLUMNS[one], count) for one, count in zip(COLUMNS, counts, strict=True)]


COLUMNS = tuple(words.COLUMNS)


@dataclass(frozen=True)
class Chosen:
    """Filters of the plan page; empty ones let everything through."""

    goal: str = ""
    agency: str = ""
    state: str = ""
    confirm: bool = False

    def keeps(self, row: Row) -> bool:
        """Whether an activity is shown."""
        bodies = (*row.activity.leading, *row.activity.supporting)
        keys = {key for one in bodies for key in (one.agency, *one.via)} | set(row.activity.partners)
        return (
            (not self.agency or self.agency in keys)
            and (not self.state or self.state == row.standing.state)
            and (not self.confirm or bool(row.to_confirm))
        )

    def __bool__(self) -> bool:
        return bool(self.goal or self.agency or self.state or self.confirm)


@dataclass(frozen=True)
class Page:
    """A plan on a day, in the reader's language."""

    plan: doc.Plan
    names: Names
    today: dt.date
    language: str
    chosen: Chosen = Chosen()

    def said(self, part: Any) -> Said:
        """The title of a part, in Georgian where there is a Georgian reading and the reader reads Georgian."""
        ka = part.marks.title_ka
        if self.language == "ka" and ka:
            return Said(ka, "ka")
        return Said(part.text if isinstance(part, doc.Indicator) else part.title, self.plan.language)

    def note(self, part: Any) -> str:
        """The note of a part in the reader's language."""
        marks = part.marks
        return (marks.note_ka if self.language == "ka" else "") or marks.note

    @property
    def title(self) -> Said:
        """The title of the plan."""
        return self.said(self.plan)

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many of each."""
        return self.plan.count()

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every activity by number."""
        return {one.id: self.row(one) for one in self.plan.activities}

    def row(self, activity: doc.Activity) -> Row:
        """One activity."""
        now = standing(self.plan, activity, today=self.today)
        return Row(
            activity, self.said(activity), tuple(self.measured(one) for one in activity.indicators),
            tuple(self.names.body(one) for one in activity.leading),
            tuple(self.names.body(one) for one in activity.supporting),
            tuple(self.names.partner(one, self.plan.language) for one in activity.partners),
            now, self._bar(activity, now), tuple(map(words.field, activity.marks.to_confirm)),
        )  # fmt: skip

    def measured(self, one: doc.Indicator) -> Measured:
        """One measurable part."""
        return Measured(one, self.said(one), law.LABELS[one.type], target(one, self.language))

    @cached_property
    def goals(self) -> list[Limb]:
        """The tree: every goal, with what the filters leave of it."""
        by_objective: dict[str, list[Row]] = {}
        for row in self.rows.values():
            by_objective.setdefault(row.activity.objective, []).append(row)
        limbs = []
        for goal in self.plan.goals:
            objectives = [one for one in self.plan.objectives if one.goal == goal.id]
            every = [row for one in objectives for row in by_objective.get(one.id, [])]
            branches = (
                Branch(
                    one, self.said(one), tuple(map(words.field, one.marks.to_confirm)), self._kept(by_objective, one)
                )
                for one in objectives
                if self.chosen.goal in {"", goal.id}
            )
            shown = tuple(branch for branch in branches if branch.rows or not self.chosen)
            limbs.append(Limb(goal, self.said(goal), shown, Counter(row.standing.state for row in every)))
        return limbs

    def _kept(self, by_objective: dict[str, list[Row]], objective: doc.Objective) -> tuple[Row, ...]:
        return tuple(row for row in by_objective.get(objective.id, []) if self.chosen.keeps(row))

    @property
    def shown(self) -> int:
        """How many activities are shown."""
        return sum(limb.shown for limb in self.goals)

    @cached_property
    def states(self) -> Counter[State]:
        """All activities by state."""
        return Counter(row.standing.state for row in self.rows.values())

    @property
    def most(self) -> int:
        """The most activities a goal has, against which the stacks are drawn."""
        return max((sum(limb.counts.values()) for limb in self.goals), default=1)

    @property
    def columns(self) -> list[tuple[str, Promise]]:
        """The headings of the table of goals: mark and word."""
        return list(words.COLUMNS.values())

    @cached_property
    def heads(self) -> list[tuple[str, bool]]:
        """The names of the half-years, the year with the first of each, and whether it is the present one."""
        found, year = [], 0
        for first, last in halves(self.plan):
            half = _half_name(first)
            found.append((half if first.year == year else f"{first.year} {half}", first <= self.today <= last))
            year = first.year
        return found

    @property
    def now(self) -> float | None:
        """Where today lies in the plan, 0 to 100."""
        return share_of_year(self.today, self.plan.start, self.plan.end)

    def windows(self, row: Row) -> list[tuple[str, Half, Promise]]:
        """The half-years of an activity as a table: name, key, state in words."""
        told = zip(halves(self.plan), row.standing.halves, strict=True)
        return [(f"{first.year} {_half_name(first)}", half, words.HALVES[half]) for (first, _last), half in told]

    def _bar(self, activity: doc.Activity, now: Standing) -> str:
        kind = law.LABELS[activity.timeline.kind].say(self.language)
        told = zip(halves(self.plan), now.halves, strict=True)
        said = [f"{first.year} {_half_name(first)} {words.HALVES[half]}" for (first, _last), half in told]
        return f"{kind}: {', '.join(said)}"

    @cached_property
    def unsettled(self) -> list[tuple[str, Said, list[Promise | str], str]]:
        """What is to be confirmed: number, title, fields, note."""
        return [
            (name(part), self.said(part), [words.field(field) for field in part.marks.to_confirm], self.note(part))
            for part in self.plan.parts()
            if part.marks.to_confirm
        ]

    def bodies(self) -> list[tuple[str, str]]:
        """Every body of the plan, units and partners too, as choices of a filter by name."""
        keys = agencies(self.plan)
        return sorted(((key, self.names.short(key)) for key in keys), key=lambda one: one[1].casefold())


def agencies(plan: doc.Plan, only: Iterable[doc.Activity] | None = None) -> set[str]:
    """The keys of all bodies that a plan, or some of its activities, names."""
    found: set[str] = set()
    for activity in plan.activities if only is None else only:
        for one in (*activity.leading, *activity.supporting):
            found |= {one.agency, *one.via}
        found |= {one for one in activity.partners if doc.is_key(one)}
    return found


def _half_name(first: dt.date) -> str:
    return "I" if first.month == 1 else "II"


def target(one: doc.Indicator, language: str) -> str:
    """The target in words, or nothing: ``24–40``, ``at least 5``."""
    if one.target is None:
        return ""
    low, high = one.target.min, one.target.max
    if one.target.kind == law.TargetKind.RANGE:
        return f"{low}–{high}"
    said = law.LABELS[one.target.kind].say(language).lower()
    return f"{said} {high if low is None else low}"
