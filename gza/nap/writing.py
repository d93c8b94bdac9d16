"""From a plan to the bytes of a file: JSON for exchange, CSV and XLSX that the import reads back unchanged."""

import csv
import io
import json
from collections.abc import Callable, Iterator

from gza.core.text import for_cell

from .columns import COLUMNS, KEYS
from .document import Activity, Goal, Indicator, Marks, Objective, Plan, as_json
from .enums import Part

WIDTHS = {"title": 60, "printed_text": 40, "note": 40, "note_ka": 40, "leading": 30, "supporting": 30, "partners": 24}


def rows(plan: Plan) -> Iterator[dict[str, str]]:
    """The table of the plan, one row a part, in the order of the document; empty cells left out."""
    for part in plan.parts():
        row = _row(part) | _marks(part.marks)
        yield {key: value for key, value in row.items() if value}


def _marks(marks: Marks) -> dict[str, str]:
    return {
        "source": marks.source,
        "to_confirm": ", ".join(marks.to_confirm),
        "note": marks.note,
        "note_ka": marks.note_ka,
        "title_ka": marks.title_ka,
    }


def _row(part: Plan | Goal | Objective | Activity | Indicator) -> dict[str, str]:
    match part:
        case Plan():
            return {
                "kind": Part.PLAN.value, "id": part.code, "title": part.title, "language": part.language,
                "start": part.start.isoformat(), "end": part.end.isoformat(),
                "adopted_on": part.adopted_on.isoformat() if part.adopted_on else "",
            }  # fmt: skip
        case Goal():
            return {"kind": Part.GOAL.value, "id": part.id, "title": part.title}
        case Objective():
            return {"kind": Part.OBJECTIVE.value, "id": part.id, "parent": part.goal, "title": part.title}
        case Activity():
            return {
                "kind": Part.ACTIVITY.value, "id": part.id, "parent": part.objective, "title": part.title,
                "leading": "; ".join(map(str, part.leading)), "supporting": "; ".join(map(str, part.supporting)),
                "partners": "; ".join(part.partners), "partners_printed": part.partners_printed,
                "timeline": part.timeline.text, "start": part.timeline.start.isoformat(),
                "end": part.timeline.end.isoformat(), "timeline_kind": part.timeline.kind,
                "carried_from": part.carried_from,
            }  # fmt: skip
        case Indicator():
            return {
                "kind": Part.INDICATOR.value, "id": part.code, "parent": part.activity, "title": part.text,
                "printed": str(part.printed), "printed_text": part.printed_text, "type": part.type,
                "unit": part.unit, "target": str(part.target) if part.target else "",
            }  # fmt: skip


def to_json(plan: Plan) -> bytes:
    """The agreed exchange structure, UTF-8, indented."""
    return (json.dumps(as_json(plan), ensure_ascii=False, indent=2) + "\n").encode()


def to_csv(plan: Plan) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show Georgian; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, KEYS, lineterminator="\r\n")
    table.writeheader()
    table.writerows({key: for_cell(value) for key, value in row.items()} for row in rows(plan))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(plan: Plan) -> bytes:
    """One sheet, every cell text: no id becomes a number or a date, no text a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": plan.title})
        sheet = book.add_worksheet("plan")
        head = book.add_format({"bold": True, "bottom": 1})
        cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for at, column in enumerate(COLUMNS):
            sheet.write_string(0, at, column.key, head)
            sheet.set_column(at, at, WIDTHS.get(column.key, 14))
        sheet.freeze_panes(1, 2)
        for number, row in enumerate(rows(plan), start=1):
            for at, key in enumerate(KEYS):
                if key in row:
                    sheet.write_string(number, at, row[key], cell)
        sheet.autofilter(0, 0, number, len(KEYS) - 1)
    return out.getvalue()


FORMATS: dict[str, Callable[[Plan], bytes]] = {"json": to_json, "csv": to_csv, "xlsx": to_xlsx}
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
