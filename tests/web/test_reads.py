"""Pages read through the queries of their app, never through a manager of their own."""

import ast
from pathlib import Path

import gza.web

ROOT = Path(gza.web.__file__).parent
MANAGERS = {"objects", "_default_manager", "_base_manager"}
OWN_STORE = {
    "shell/once.py": "Spent: which form was sent already; the shell's own transient store",
    "shell/drafts.py": "Draft: what was typed and not sent; the shell's own transient store",
    "accounts/parking.py": "Draft: what is kept over a sign-in; the same store",
}


def managed(source: str) -> bool:
    """Whether a module reaches for the manager of a model."""
    return any(isinstance(node, ast.Attribute) and node.attr in MANAGERS for node in ast.walk(ast.parse(source)))


def test_the_finder_finds() -> None:
    assert managed("def f():\n    return Case.objects.filter(id=1)")
    assert managed("rows = model._default_manager")
    assert not managed("rows = queries.cases()  # Case.objects\nobjects = 1")


def test_pages_read_through_queries() -> None:
    found = {str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if managed(path.read_text(encoding="utf-8"))}
    assert found == OWN_STORE.keys()
