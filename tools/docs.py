"""Makes docs/reference from the product itself; ``--check`` says what is stale."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"


def clauses() -> str:
    """The matrix of clauses as a page."""
    from gza.cli import matrix
    from gza.law import register

    intro = (
        "Made by `make docs`; the same as `gza law matrix`. For each id of the requirements register: the rules that "
        "enforce it, the pages that serve it, the number of tests that prove it."
    )
    lines = [
        "# Clauses",
        "",
        intro,
        "",
        "| id | title | ka | rules | pages | tests |",
        "|---|---|---|---|---|---|",
    ]
    for row in matrix.rows():
        title = register.CLAUSES[row["id"]].title
        rules = "*structure*" if row["kind"] == "structure" else _code(row["rules"], "gza.law.")
        lines.append(
            f"| {row['id']} | {title.en} | {title.ka} | {rules} | {_code(row['views'])} | {len(row['tests'])} |"
        )
    return "\n".join(lines) + "\n"


def _code(names: list[str], prefix: str = "") -> str:
    return "<br>".join(f"`{name.removeprefix(prefix)}`" for name in names)


def states() -> str:
    """The life cycles as diagrams."""
    from tools import statesdoc

    return statesdoc.render()


PAGES = {"clauses.md": clauses, "states.md": states}


def main() -> int:
    """Write the pages, or with ``--check`` compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    import django

    django.setup()
    stale = []
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; make docs mends it")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
