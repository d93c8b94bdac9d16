"""Pages read through the queries of their app: through no manager, and no query set is refined on the way."""

import ast
from pathlib import Path

import pytest

import gza.web

ROOT = Path(gza.web.__file__).parent
MANAGERS = {"objects", "_default_manager", "_base_manager"}
VERBS = {
    "aggregate", "annotate", "bulk_create", "create", "defer", "distinct", "earliest", "exclude", "extra", "filter",
    "get_or_create", "in_bulk", "iterator", "latest", "only", "order_by", "prefetch_related", "raw",
    "select_for_update", "select_related", "update_or_create", "using", "values_list",
}  # fmt: skip
BARE_VERBS = {"all", "count", "delete", "exists", "first", "last", "save"}
"""Of a database when they are called with nothing: lists, texts and dictionaries have some of these names too."""

OWN_STORE = {
    "shell/once.py": "Spent: which form was sent already; the shell's own transient store",
    "shell/drafts.py": "Draft: what was typed and not sent; the shell's own transient store",
    "accounts/parking.py": "Draft: what is kept over a sign-in; the same store",
}
READ_ALREADY = {
    ("after/views/end.py", "row.hearings.all()"): "prefetched by the queries' violations",
    ("care/views/consents.py", "row.scopes.all()"): "prefetched by the queries' consents",
    ("nap/pages.py", "self.plan.count()"): "a plan in memory counts itself",
    ("shell/middleware.py", "flag.exists()"): "a file",
}


def reads(source: str) -> set[str]:
    """The places of a module that reach for the database by themselves."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and (node.attr in MANAGERS or node.attr.endswith("_set")):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            bare = node.func.attr in BARE_VERBS and not node.args and not node.keywords
            if bare or node.func.attr in VERBS:
                found.add(ast.unparse(node))
    return found


@pytest.mark.parametrize(
    "source",
    [
        "rows = Case.objects",
        "rows = model._default_manager",
        "rows = case.need_set",
        "rows = queries.cases().filter(id=1)",
        "rows = queries.cases().order_by('id')",
        "row = user.security_keys.first()",
        "many = queries.cases().count()",
        "rows = row.units.all()",
        "form.instance.save()",
    ],
)
def test_the_finder_finds(source: str) -> None:
    assert reads(source)


@pytest.mark.parametrize(
    "source",
    ["rows = queries.cases()  # Case.objects", "many = text.count('a')", "first = data.get('first')", "objects = 1"],
)
def test_the_finder_leaves_the_rest(source: str) -> None:
    assert not reads(source)


def test_pages_read_through_queries() -> None:
    modules = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    found = {(name, read) for name, text in modules.items() if name not in OWN_STORE for read in reads(text)}
    assert found == READ_ALREADY.keys()
    assert all(reads(modules[name]) for name in OWN_STORE)
