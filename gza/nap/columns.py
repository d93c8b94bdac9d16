"""The table a plan is written in: one row a part, one column a field. The same for CSV, XLSX and DOCX.

========== ==========================================================================================
plan       id = code, title, start, end, adopted_on (empty: a draft), language
goal       id, title
objective  id, parent = goal, title
activity   id, parent = objective, title, leading, supporting, partners, timeline, start, end, timeline_kind
indicator  id = code, parent = activity, title, printed, printed_text, type, unit, target
========== ==========================================================================================

Bodies: ``moj (psda, tcj); mia``. Partners: keys, or words where no key fits. Target: empty, ``exactly 2``,
``at least 5``, ``at most 3``, ``24 to 40``. Dates: ``2019-07-01`` or ``01.07.2019``, or a date cell.
"""

from dataclasses import dataclass

from gza.law.verdicts import Text

from .enums import Part

EVERY = frozenset(Part)


@dataclass(frozen=True)
class Column:
    """A column: its key (the English heading), the Georgian heading, which parts fill it, which cannot do without."""

    key: str
    ka: str
    parts: frozenset[str]
    needed: frozenset[str] = frozenset()
    longest: int = 2000

    @property
    def name(self) -> Text:
        """The heading in both languages."""
        return Text(self.ka, self.key)


def _of(*parts: Part) -> frozenset[str]:
    return frozenset(parts)


_A, _I, _P = _of(Part.ACTIVITY), _of(Part.INDICATOR), _of(Part.PLAN)
_UNDER = _of(Part.OBJECTIVE, Part.ACTIVITY, Part.INDICATOR)
_DATED = _of(Part.PLAN, Part.ACTIVITY)

COLUMNS = (
    Column("kind", "სახე", EVERY, EVERY, 20),
    Column("id", "ნომერი", EVERY, EVERY, 32),
    Column("parent", "ეკუთვნის", _UNDER, _UNDER, 32),
    Column("title", "დასახელება", EVERY, EVERY),
    Column("leading", "წამყვანი", _A, longest=1000),
    Column("supporting", "მხარდამჭერი", _A, longest=1000),
    Column("partners", "პარტნიორი", _A, longest=1000),
    Column("partners_printed", "პარტნიორი როგორც წერია", _A),
    Column("timeline", "ვადა", _A, _A, 200),
    Column("start", "დასაწყისი", _DATED, _DATED, 20),
    Column("end", "დასასრული", _DATED, _DATED, 20),
    Column("timeline_kind", "ვადის სახე", _A, _A, 20),
    Column("printed", "ინდიკატორის რიგი", _I, _I, 4),
    Column("printed_text", "ინდიკატორი როგორც წერია", _I),
    Column("type", "ტიპი", _I, _I, 20),
    Column("unit", "ერთეული", _I, _I, 60),
    Column("target", "სამიზნე", _I, longest=60),
    Column("language", "ენა", _P, longest=2),
    Column("adopted_on", "დამტკიცდა", _P, longest=20),
    Column("carried_from", "გადმოტანილია", _A, longest=64),
    Column("source", "წყაროს სტრიქონი", EVERY, longest=120),
    Column("to_confirm", "დასაზუსტებელი", EVERY, longest=200),
    Column("note", "შენიშვნა ინგლისურად", EVERY),
    Column("note_ka", "შენიშვნა", EVERY),
    Column("title_ka", "დასახელება ქართულად", EVERY),
)
KEYS = tuple(column.key for column in COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
HEADINGS = {column.key: column.key for column in COLUMNS} | {column.ka: column.key for column in COLUMNS}
ALWAYS = ("kind", "id", "title", "source")
"""Columns without which a table is not read at all."""

COLUMNS_OF = {
    Part.OBJECTIVE: ("parent",),
    Part.ACTIVITY: (
        "parent", "leading", "supporting", "partners", "timeline", "start", "end", "timeline_kind",
    ),
    Part.INDICATOR: ("parent", "printed", "type", "unit", "target"),
    Part.PLAN: ("start", "end"),
}  # fmt: skip
"""Columns that must be there, be they empty, once a table holds a part of that kind."""

KINDS = {part.value: part for part in Part} | {
    "გეგმა": Part.PLAN,
    "მიზანი": Part.GOAL,
    "ამოცანა": Part.OBJECTIVE,
    "აქტივობა": Part.ACTIVITY,
    "ინდიკატორი": Part.INDICATOR,
}
