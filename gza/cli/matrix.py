"""The matrix of clauses: rules from ``law``, pages from the URL configuration, tests from their marks."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from gza.law import register, rules

TESTS = Path(__file__).resolve().parents[2] / "tests"


def rows() -> list[dict[str, Any]]:
    """One object for each id of the register, in its order."""
    by_rule, by_view, by_test = _rules(), _views(), _tests(TESTS)
    return [
        {
            "id": clause.id,
            "title": clause.title.en,
            "kind": clause.kind,
            "rules": sorted(by_rule[clause.id]),
            "views": sorted(by_view[clause.id]),
            "tests": sorted(by_test[clause.id]),
        }
        for clause in register.CLAUSES.values()
    ]


def _rules() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, registered in rules.load().items():
        for clause in registered.clauses:
            found[clause].add(name)
    return found


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inner)
        elif entry.name:
            yield f"{space}{entry.name}", entry


def _views() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, pattern in patterns():
        for clause in getattr(pattern.callback, "clauses", ()):
            found[clause].add(name)
    return found


def _marks(nodes: list[ast.expr]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.clause"):
            found.update(argument.value for argument in node.args if isinstance(argument, ast.Constant))
    return found


def _module_marks(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets):
            value = node.value
            return _marks(value.elts if isinstance(value, ast.List | ast.Tuple) else [value])
    return set()


def _tests(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        base = path.relative_to(folder.parent).as_posix()
        for names, marks in _functions(tree.body, [base], _module_marks(tree)):
            for clause in marks:
                found[clause].add("::".join(names))
    return found


def _functions(body: list[ast.stmt], names: list[str], marks: set[str]) -> Iterator[tuple[list[str], set[str]]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield [*names, node.name], marks | _marks(node.decorator_list)
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _functions(node.body, [*names, node.name], marks | _marks(node.decorator_list))
