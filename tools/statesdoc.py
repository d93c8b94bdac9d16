"""Makes docs/reference/states.md from the tables of the law; ``--check`` says whether it is stale."""

import sys
from pathlib import Path

from gza.law.lifecycles import TABLES, Table
from gza.law.road import CASE
from gza.law.stages import PARTIES, ROAD, STOPS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "states.md"

INTRO = """\
# States

Made by `make docs` from `gza/law/stages.py` and `gza/law/lifecycles.py`. Arrows are acts, with their clauses.

## The stops of the road

A case stands at the stop whose act is to be done next. Stops after *Requests* belong to the second half of the road.

| stop | Georgian | English | clause | lies |
|---|---|---|---|---|"""


def render() -> str:
    """The page."""
    stops = [
        f"| `{stage}` | {STOPS[stage].label.ka} | {STOPS[stage].label.en} | {STOPS[stage].clause} "
        f"| {PARTIES[STOPS[stage].party].en} |"
        for stage in ROAD
    ]
    return "\n\n".join(["\n".join([INTRO, *stops]), *(_section(table) for table in (CASE, *TABLES.values()))]) + "\n"


def _section(table: Table) -> str:
    return "\n\n".join([f"## {table.title.en}", table.title.ka, _diagram(table), _acts(table)])


def _diagram(table: Table) -> str:
    ends = [state for state in table.states if not table.allowed(state)]
    lines = [
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {state}: {label.en}" for state, label in table.states.items()),
        f"    [*] --> {table.start}",
        *(f"    {one.source} --> {one.target}: {one.label.en} ({one.clause})" for one in table.transitions),
        *(f"    {state} --> [*]" for state in ends),
        "```",
    ]
    return "\n".join(lines)


def _acts(table: Table) -> str:
    rows = [
        f"| {table.states[one.source].en} | `{one.act}` | {one.label.en} | {one.label.ka} "
        f"| {table.states[one.target].en} | {one.clause} |"
        for one in table.transitions
    ]
    return "\n".join(["| from | act | English | Georgian | to | clause |", "|---|---|---|---|---|---|", *rows])


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or with ``--check`` compare it."""
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    text = render()
    if not check:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is stale; make docs mends it")
    return 1


if __name__ == "__main__":
    sys.exit(main())
