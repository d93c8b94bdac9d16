"""A publication as files to take along: the same cells in CSV, JSON and XLSX, and the questionnaires."""

import csv
import io

from gza.core.text import for_cell
from gza.documents.tables import Page, to_book
from gza.protection import codes
from gza.protection.model import TOTAL, Release
from gza.statistics import grids, sheets
from gza.statistics.programmes import Programme

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

KINDS = ("xlsx", "csv", "json")
QUESTIONNAIRES = (("glotip", "GLOTIP"), ("eurostat", "Eurostat"))


def to_json(content: str) -> bytes:
    """The release as it was published, byte for byte."""
    return content.encode()


def to_csv(release: Release) -> bytes:
    """One cell a line, with every dimension of any table as a column; ``*`` is a total, no value is suppressed."""
    names = list(dict.fromkeys(name for table in release.tables for name in table.dimensions))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["table", "years", "unit", *names, "value", "suppressed"])
    for row in grids.flat(release):
        key = row["key"]
        cells = [key.get(name, TOTAL) for name in names]
        value = row["value"]
        shown = "" if value is None else str(value)
        writer.writerow([row["table"], row["years"], row["unit"], *map(for_cell, cells), shown, int(value is None)])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(release: Release, programme: Programme, language: str) -> bytes:
    """A sheet a table, laid out as on the page; a suppressed cell holds ``×``."""
    reader = grids.Reader(release, programme, language)
    pages = []
    for number, grid in enumerate(reader.grids(), 1):
        rows = [[line.label, *("×" if value is None else value for value in line.cells)] for line in grid.lines]
        pages.append(Page(f"{number}", [grid.row_title or grid.title, *grid.heads], rows, grid.title))
    return to_book(pages)


def sheet(release: Release, key: str, language: str) -> bytes:
    """A questionnaire's sheet, every gap explained.

    Raises:
        KeyError: when there is no sheet of that key.
    """
    made = sheets.SHEETS[key](release)
    ka = language == "ka"
    head = (
        ["ცხრილი", "სათაური ან კოდი", "წელი", "რიცხვი", "რატომ არ არის რიცხვი", "სათაური დასაზუსტებელია"]
        if ka
        else ["table", "heading or code", "year", "number", "why there is none", "heading to be confirmed"]
    )
    yes = "დიახ" if ka else "yes"
    rows = [
        [one.table, one.heading, int(one.year), one.value, one.gap.say(language) if one.gap else "",
         "" if one.sure else yes] for one in made.entries
    ]  # fmt: skip
    standard = codes.book().standards[key]
    return to_book([Page(made.title, head, rows, standard.name)])
