"""From tables of cells to a plan, or to a report of what is wrong, by cell. Pure: no database, no clock."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeAlias

from gza.core.text import clean_line
from gza.law import nap as law
from gza.law.verdicts import Denied, Text, Verdict

from . import cells, reading
from .columns import ALWAYS, BY_KEY, COLUMNS_OF, HEADINGS, KINDS, Column
from .document import Activity, Goal, Indicator, Marks, Objective, Plan, Timeline
from .enums import CONFIRMABLE, Part
from .problems import Problems

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_CARRIED = re.compile(r"([0-9A-Za-z][0-9A-Za-z._-]*)/([0-9A-Za-z][0-9A-Za-z._-]*)")
Days: TypeAlias = tuple[dt.date | None, dt.date | None]
_ABOVE = {Part.OBJECTIVE: Part.GOAL, Part.ACTIVITY: Part.OBJECTIVE, Part.INDICATOR: Part.ACTIVITY}


@dataclass
class Line:
    """A row of the file: where it stands, what kind it is, its cells as clean text or typed values by column key."""

    sheet: str
    row: int
    kind: Part
    cells: dict[str, Any]
    report: Problems

    def fault(self, column: str, code: str, value: object = "", **facts: object) -> None:
        """Report the cell of that column."""
        self.report.add(self.sheet, self.row, column, code, value, **facts)

    def ask(self, column: str, verdict: Verdict) -> bool:
        """Report what the law has against the cell of that column; whether it has nothing."""
        if isinstance(verdict, Denied):
            self.report.deny(self.sheet, self.row, column, verdict, self.cells.get(column))
        return bool(verdict)

    def text(self, column: str) -> str:
        """The cell as one clean line; empty when there is none."""
        return cells.as_text(self.cells.get(column))

    @property
    def id(self) -> str:
        """The id as written."""
        return self.text("id")


def read(
    name: str, data: bytes, *, agencies: Collection[str], earlier: Collection[str] | None = None
) -> tuple[Plan | None, Problems]:
    """Read a plan file.

    Args:
        name: the file's name, for its ending.
        data: the file.
        agencies: the keys of all known bodies.
        earlier: what can be carried over, ``CODE/number``; None: not checked.

    Returns:
        The plan and an empty report, or None and what is wrong.

    Raises:
        Unreadable: when nothing of the file can be read.
    """
    return parse(reading.read(name, data), agencies=agencies, earlier=earlier)


def parse(
    tables: list[reading.Table], *, agencies: Collection[str], earlier: Collection[str] | None = None
) -> tuple[Plan | None, Problems]:
    """As ``read``, from tables."""
    report = Problems()
    lines = [line for table in tables for line in _lines(table, report)]
    _ids(lines, report)
    plan = _Builder(lines, frozenset(agencies), earlier, report).plan()
    return (None if report else plan), report


def _lines(table: reading.Table, report: Problems) -> list[Line]:
    top = next(at for at, row in enumerate(table.rows) if any(map(reading.filled, row)))
    columns: dict[int, Column] = {}
    for at, heading in enumerate(table.rows[top]):
        words = cells.as_text(heading)
        key = HEADINGS.get(words) or HEADINGS.get(words.lower())
        if key and BY_KEY[key] in columns.values():
            report.add(table.name, top + table.first, key, "double_column", words)
        elif key:
            columns[at] = BY_KEY[key]
        elif words:
            report.add(table.name, top + table.first, words[:20], "unknown_column", words)
    here = {column.key for column in columns.values()}
    missing = [key for key in ALWAYS if key not in here]
    lines = [] if missing else _rows(table, top, columns, report)
    kinds = {line.kind for line in lines}
    missing += sorted({key for kind in kinds for key in COLUMNS_OF.get(kind, ()) if key not in here})
    for key in missing:
        report.add(table.name, top + table.first, key, "missing_column", name=BY_KEY[key].name)
    for line in lines:  # a missing column is one fault, not one a row
        line.cells.update(dict.fromkeys(missing))
    return lines


def _rows(table: reading.Table, top: int, columns: dict[int, Column], report: Problems) -> list[Line]:
    lines = []
    for at in range(top + 1, len(table.rows)):
        row = table.rows[at]
        if not any(map(reading.filled, row)):
            continue
        values = {column.key: row[n] if n < len(row) else None for n, column in columns.items()}
        number = at + table.first
        bad = {columns[n].key: table.faults[at, n] for n in columns if (at, n) in table.faults}
        for key, code in bad.items():
            report.add(table.name, number, key, code, values[key])
        kind = KINDS.get(cells.as_text(values["kind"]).lower())
        if kind is None:
            if "kind" not in bad:
                _no_kind(table.name, number, values["kind"], report)
            continue
        lines.append(Line(table.name, number, kind, values, report))
        _bounds(lines[-1], columns, bad)
    return lines


def _no_kind(sheet: str, row: int, value: Any, report: Problems) -> None:
    if reading.filled(value):
        report.add(sheet, row, "kind", "unknown_kind", value)
    else:
        report.add(sheet, row, "kind", "needed", name=BY_KEY["kind"].name)


def _bounds(line: Line, columns: dict[int, Column], bad: dict[str, str]) -> None:
    for column in columns.values():
        value = line.text(column.key)
        if column.key in bad:
            line.cells[column.key] = None
        elif value and line.kind not in column.parts:
            line.fault(column.key, "not_here", value, name=column.name)
        elif len(value) > column.longest:
            line.fault(column.key, "too_long", value, count=len(value), limit=column.longest)
            line.cells[column.key] = value[: column.longest]
        elif value.startswith("#") and value.rstrip("!?").isupper():
            line.fault(column.key, "broken_error", value)
        elif not value and line.kind in column.needed:
            line.fault(column.key, "needed", name=column.name)


def _ids(lines: list[Line], report: Problems) -> None:
    """Ids: written as text, well formed, unique; each part under one of the level above; no circle."""
    by_id: dict[str, Line] = {}
    for line in lines:
        for column in ("id", "parent"):
            _id(line, column)
        if line.id and line.id in by_id:
            line.fault("id", "double_id", line.id, first=by_id[line.id].row)
        by_id.setdefault(line.id, line)
    for line in lines:
        above = _ABOVE.get(line.kind)
        if above and line.text("parent"):
            _parent(line, above, by_id)
    plans = [line for line in lines if line.kind == Part.PLAN]
    if len(plans) != 1:
        where = plans[-1] if plans else None
        sheet, row = (where.sheet, where.row) if where else (lines[0].sheet if lines else "", 0)
        report.add(sheet, row, "kind" if where else "", "plan_rows", count=len(plans))


def _id(line: Line, column: str) -> None:
    value = line.cells.get(column)
    if isinstance(value, (dt.date, bool)) or (isinstance(value, float) and not value.is_integer()):
        line.fault(column, "id_as_number", value)
    elif line.text(column) and not _ID.fullmatch(line.text(column)):
        line.fault(column, "bad_id", value)


def _parent(line: Line, above: Part, by_id: dict[str, Line]) -> None:
    parent = line.text("parent")
    circle = _circle(line, by_id)
    if circle:
        line.fault("parent", "cycle", " → ".join(circle))
    elif parent not in by_id:
        line.fault("parent", "orphan", parent)
    elif by_id[parent].kind != above:
        line.fault("parent", "wrong_parent", parent, name=Text(_kind_ka(above), above.value))


def _kind_ka(kind: Part) -> str:
    return next(word for word, part in KINDS.items() if part == kind and word != part.value)


def _circle(line: Line, by_id: dict[str, Line]) -> list[str]:
    way, here = [line.id], line.text("parent")
    while here and here in by_id:
        way.append(here)
        if here == line.id:
            return way
        if here in way[:-1]:
            return []  # a circle further up: reported there
        here = by_id[here].text("parent")
    return []


def _column(code: str, timeline: law.Timeline, first: dt.date) -> str:
    """Which cell a refused window is to be mended in."""
    if code == "nap.not_throughout":
        return "timeline_kind"
    if code == "nap.outside_plan":
        return "start" if timeline.start < first else "end"
    begins = timeline.start == law.half_year(timeline.start)[0]
    return "start" if code == "nap.half_years" and not begins else "end"


class _Builder:
    """Puts the parts together; whatever cannot be read is reported and left out."""

    def __init__(
        self, lines: list[Line], agencies: frozenset[str], earlier: Collection[str] | None, report: Problems
    ) -> None:
        self.of = {kind: [line for line in lines if line.kind == kind] for kind in Part}
        self.agencies = agencies
        self.earlier = earlier
        self.report = report
        self.start: dt.date | None = None
        self.end: dt.date | None = None

    def plan(self) -> Plan | None:
        """The plan; None when its own row is missing or its days cannot be read."""
        head = self.of[Part.PLAN][0] if self.of[Part.PLAN] else None
        if head:
            self.start, self.end = self._window(head)
            adopted = cells.day(head, "adopted_on") if head.text("adopted_on") else None
            language = head.text("language") or "en"
            cells.choice(head, "language", language, ("ka", "en"))
        goals = [Goal(one.id, one.text("title"), self._marks(one)) for one in self.of[Part.GOAL]]
        objectives = [
            Objective(one.id, one.text("parent"), one.text("title"), self._marks(one))
            for goal in goals
            for one in self._under(Part.OBJECTIVE, goal.id)
        ]
        activities = [
            self._activity(one, objective.id)
            for objective in objectives
            for one in self._under(Part.ACTIVITY, objective.id)
        ]
        if head is None or self.start is None or self.end is None:
            return None
        return Plan(
            head.id, head.text("title"), adopted, self.start, self.end, language,
            tuple(goals), tuple(objectives), tuple(one for one in activities if one), self._marks(head),
        )  # fmt: skip

    def _under(self, kind: Part, parent: str) -> list[Line]:
        return [line for line in self.of[kind] if line.text("parent") == parent]

    def _window(self, line: Line, kind: str = law.TimelineKind.DELIVER_WITHIN) -> Days:
        """The days of a plan or a timeline, where the law has nothing against them."""
        start, end = cells.day(line, "start"), cells.day(line, "end")
        if start is None or end is None:
            return None, None
        timeline = law.Timeline(law.TimelineKind(kind), start, end)
        first, last = self.start or start, self.end or end
        verdict = law.window(timeline=timeline, plan_start=first, plan_end=last)
        if isinstance(verdict, Denied):
            line.ask(_column(verdict.code, timeline, first), verdict)
            return None, None
        return start, end

    def _marks(self, line: Line) -> Marks:
        names = tuple(part for part in re.split(r"[,;]\s*", line.text("to_confirm").strip(" ,;")) if part)
        possible = sorted(CONFIRMABLE[line.kind])
        for name in names:
            if name not in possible:
                line.fault("to_confirm", "not_confirmable", name, name=", ".join(possible))
        source = cells.source(line)
        line.ask("source", law.traceable(source_line=cells.first_number(source)))
        return Marks(source, names, line.text("note"), line.text("note_ka"), line.text("title_ka"))

    def _activity(self, line: Line, objective: str) -> Activity | None:
        marks = self._marks(line)
        leading = cells.agencies(line, "leading", self.agencies)
        supporting = cells.agencies(line, "supporting", self.agencies)
        partners = cells.partners(line, self.agencies)
        timeline = self._timeline(line)
        below = self._under(Part.INDICATOR, line.id)
        unsettled = [name for name, there in (("leading", line.text("leading")), ("indicators", below)) if not there]
        line.ask("to_confirm", law.never_guessed(unsettled=unsettled, to_confirm=marks.to_confirm))
        indicators = [self._indicator(one) for one in below]
        self._ordinals(below)
        carried = line.text("carried_from")
        if carried and not _CARRIED.fullmatch(carried):
            line.fault("carried_from", "bad_carry", carried)
        elif carried and self.earlier is not None and carried not in self.earlier:
            line.fault("carried_from", "unknown_carry", carried)
        if timeline is None or None in indicators:
            return None
        return Activity(
            line.id, objective, line.text("title"), leading, supporting, partners, line.text("partners_printed"),
            timeline, tuple(one for one in indicators if one), carried, marks,
        )  # fmt: skip

    def _timeline(self, line: Line) -> Timeline | None:
        kind = line.text("timeline_kind")
        if not cells.choice(line, "timeline_kind", kind, list(law.TimelineKind)):
            return None
        start, end = self._window(line, kind)
        return Timeline(line.text("timeline"), start, end, kind) if start and end else None

    def _indicator(self, line: Line) -> Indicator | None:
        kind, target = line.text("type"), cells.target(line)
        if kind and line.ask("type", law.typed(type_=kind)) and target:
            bounds = {"kind": target.kind, "least": target.min, "most": target.max}
            line.ask("target", law.target(type_=kind, **bounds))
        printed = cells.ordinal(line, "printed")
        words = line.text("title")
        if printed is None:
            return None
        as_printed = clean_line(line.text("printed_text")) or words
        return Indicator(
            line.id, line.text("parent"), printed, as_printed, words, kind, line.text("unit"), target, self._marks(line)
        )  # fmt: skip

    def _ordinals(self, lines: list[Line]) -> None:
        seen = {number for line in lines if (number := cells.number(line.text("printed"))) is not None}
        for missing in sorted(set(range(1, max(seen, default=0))) - seen)[:1]:
            lines[0].fault("printed", "printed_gap", missing)
