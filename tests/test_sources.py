"""What holds of every source file: no tool is silenced without a reason, and none is too long to be read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = {"gza": 400, "tools": 400, "tests": 450}
BARE = re.compile(r"#\s*(?:type:\s*ignore|noqa)(?:\[[^\]]*\]|:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?\s*$", re.MULTILINE)


def sources() -> Iterator[Path]:
    """Every module that somebody wrote; migrations are made."""
    for folder in LONGEST:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("x = f()  # type: ignore" + "[arg-type]", True),
        ("x = f()  # type: ignore", True),
        ("x = 5  # noqa" + ": S105, PLR2004", True),
        ("x = 5  # noqa", True),
        ("x = f()  # type: ignore" + "[arg-type]  # the stubs say list", False),
        ("x = 5  # noqa" + ": PLR2004 (days of a week)", False),
        ("x = 5  # noqa" + ": S608  # names of ours", False),
    ],
)
def test_the_finder_finds(line: str, bare: bool) -> None:
    assert bool(BARE.search(f"{line}\ny = 1\n")) is bare


def test_no_tool_is_silenced_without_a_reason_beside_it() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BARE.search(line)
    ]
    assert found == []


def test_no_module_is_longer_than_one_reads_at_a_sitting() -> None:
    counts = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {path: count for path, count in counts.items() if count > LONGEST[path.parts[0]]} == {}
