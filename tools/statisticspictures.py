"""Draws the pictures of docs/explanation/statistics.md: python -m tools.statisticspictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

WHERE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pictures"
WIDE, HIGH, LEFT, TOP = 104, 40, 24, 56
INK, LINE, SHADE, MARK = "#1f2933", "#9aa5b1", "#e4e7eb", "#b42318"
HIDDEN = "·"


@dataclass(frozen=True)
class Grid:
    """A table to draw: header, rows, the cells to mark, and what stands under it."""

    title: str
    rows: Sequence[Sequence[str]]
    marked: frozenset[tuple[int, int]] = frozenset()
    under: Sequence[str] = ()


def text(
    x: float, y: float, said: str, *, size: int = 15, anchor: str = "start", colour: str = INK, bold: bool = False
) -> str:
    """One line of text."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(said)}</text>'
    )


def grid(one: Grid, left: float) -> tuple[list[str], float, float]:
    """The table as SVG parts, with its right and lower edge."""
    parts = [text(left, TOP - 18, one.title, size=16, bold=True)]
    for row, cells in enumerate(one.rows):
        for column, said in enumerate(cells):
            x, y = left + column * WIDE, TOP + row * HIGH
            head = row == 0 or column == 0
            red = (row, column) in one.marked
            fill = SHADE if head or said == HIDDEN else "#ffffff"
            parts.append(
                f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" fill="{fill}" '
                f'stroke="{MARK if red else LINE}" stroke-width="{3 if red else 1}"/>'
            )
            parts.append(
                text(x + WIDE / 2, y + 26, said, anchor="middle", bold=head or red, colour=MARK if red else INK)
            )
    low = TOP + len(one.rows) * HIGH
    for line, said in enumerate(one.under):
        parts.append(text(left, low + 26 + 22 * line, said))
    return parts, left + len(one.rows[0]) * WIDE, low + 26 + 22 * len(one.under)


def picture(name: str, told: str, *tables: Grid) -> None:
    """Write one picture; ``told`` is read to those who do not see it."""
    parts: list[str] = []
    left, lowest = float(LEFT), 0.0
    for one in tables:
        drawn, right, low = grid(one, left)
        parts += drawn
        left, lowest = right + 2 * LEFT, max(lowest, low)
    WHERE.mkdir(exist_ok=True)
    body = "\n".join(parts)
    (WHERE / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {left:.0f} {lowest:.0f}" '
        f'font-family="sans-serif">\n<title>{escape(told)}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    """Draw all."""
    head = ("", "sexual", "labour", "all")
    picture(
        "subtraction",
        "One suppressed cell is found again by taking what is printed from the total",
        Grid(
            "One cell hidden",
            (head, ("women", "9", "8", "17"), ("men", HIDDEN, "6", "8"), ("all", "11", "14", "25")),
            frozenset({(2, 1)}),
            ("8 men, 6 of them in labour:", "8 - 6 = 2 in the hidden cell."),
        ),
        Grid(
            "Four cells hidden",
            (head, ("women", HIDDEN, HIDDEN, "17"), ("men", HIDDEN, HIDDEN, "8"), ("all", "11", "14", "25")),
            frozenset(),
            ("The hidden cell of men can be", "0, 1, 2 ... up to 8."),
        ),
    )
    years = ("", "sexual", "labour", "all")
    picture(
        "years",
        "A table over two years less the table of the first year gives the second year",
        Grid("Published last year: 2023", (years, ("women", "9", "6", "15")), frozenset()),
        Grid("Published now: 2023 and 2024", (years, ("women", "17", "7", "24")), frozenset()),
        Grid(
            "So everybody knows 2024",
            (years, ("women", "8", "1", "9")),
            frozenset({(1, 2)}),
            ("7 - 6 = 1: one woman,", "in a year when few were known."),
        ),
    )
    picture(
        "noughts",
        "Printed noughts tell the form of everybody in a small group whose size is hidden",
        Grid(
            "How many men there are is hidden",
            (
                ("", "sexual", "labour", "begging", "all"),
                ("women", "9", "8", HIDDEN, HIDDEN),
                ("men", "0", HIDDEN, "0", HIDDEN),
            ),
            frozenset({(2, 1), (2, 3)}),
            ("Whoever knows that a man was recognised", "knows the form: only labour is left."),
        ),
        Grid(
            "The noughts are hidden too",
            (
                ("", "sexual", "labour", "begging", "all"),
                ("women", HIDDEN, "8", HIDDEN, HIDDEN),
                ("men", HIDDEN, HIDDEN, HIDDEN, HIDDEN),
            ),
            frozenset(),
            ("Every form is possible.",),
        ),
    )


if __name__ == "__main__":
    main()
