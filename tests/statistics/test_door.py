"""The one door: no path but what was published leads a figure of the cases out of the case side."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import gza
from gza.accounts.enums import FUND, Role
from gza.accounts.models import User
from gza.protection.model import YEAR
from gza.statistics import queries
from tests.accounts.factories import make_user, sign_in
from tests.web import matrix

from . import factories, tables

ROOT = Path(gza.__file__).parent
OUTSIDE = [*(str(role) for role in Role if role not in FUND), matrix.ANONYMOUS]
CASES = (
    "gza.cases.queries", "gza.cases.models", "gza.plans.queries", "gza.plans.models", "gza.ledger.models",
    "gza.statistics.models.Extract", "gza.statistics.queries.last_extract", "gza.statistics.queries.running_extract",
)  # fmt: skip
"""Whence a figure of the cases could be taken: rows, counters, events, the officer's extract."""
TAKEN = {
    "gza.documents.plan": {"gza.plans.models.MONTHS", "gza.plans.models.PlanItem", "gza.plans.models.PlanVersion"},
    "gza.documents.report": {"gza.plans.models.MonthlyReport"},
    "gza.web.directory.caseloads": {"gza.cases.queries", "gza.cases.queries.caseloads"},
    "gza.web.statistics.today": {"gza.statistics.queries.running_extract"},
    "gza.web.statistics.views.office": {
        "gza.statistics.models.Extract",
        "gza.statistics.queries.last_extract",
        "gza.statistics.queries.running_extract",
    },
    "gza.web.statistics.views.releases": {"gza.statistics.queries.last_extract"},
}  # fmt: skip
"""What is taken with a reason: papers of one case; the coordinator's caseloads; the officer's own pages."""


@pytest.mark.django_db
class TestPublished:
    """What the door says."""

    def test_a_shown_cell_a_suppressed_one_and_none(self) -> None:
        row = factories.published()
        shown = queries.published(where={"sex": "female"}, year=2022)
        assert (shown.value, shown.why, shown.publication, shown.unit) == (10, queries.SHOWN, row.number, "person")
        hidden = queries.published(where={"sex": "female"}, year=2023)
        assert (hidden.value, hidden.suppressed) == (None, True)
        for asked in ({"where": {"route": "victim"}}, {"year": 1999}, {"where": {"sex": "female"}, "unit": "status"}):
            assert queries.published(**asked).why == queries.UNPUBLISHED

    def test_a_coarser_category_of_the_same_name_is_another_cell(self) -> None:
        factories.published()
        assert queries.published(where={"form": "sexual"}).value == 30
        assert queries.published(where={"form": "other"}).why == queries.UNPUBLISHED

    def test_the_newest_publication_that_has_the_cell_answers(self) -> None:
        factories.published()
        factories.published(tables.release(tables.totals((14, 11, 21, 19), 65)))
        assert queries.published(year=2025).value == 19
        assert queries.published(where={"sex": "male"}, year=2025).publication == 1

    def test_before_the_first_publication_nothing_is_told(self) -> None:
        factories.release()
        assert queries.published(year=2024).why == queries.UNPUBLISHED


def _imports(path: Path) -> Iterator[str]:
    return _taken(path.read_text(encoding="utf-8"), ("gza", *path.relative_to(ROOT).with_suffix("").parts))


def _taken(source: str, here: tuple[str, ...]) -> Iterator[str]:
    """What a module imports, and what it takes by attribute from a module that it imports."""
    tree = ast.parse(source)
    named: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = (
                ".".join((*here[: len(here) - node.level], *filter(None, [node.module]))) if node.level else node.module
            )
            named |= {one.asname or one.name: f"{base}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            named |= {one.asname or one.name: one.name for one in node.names}
    yield from named.values()
    for node in ast.walk(tree):
        parts, root = [], node
        while isinstance(root, ast.Attribute):
            parts.insert(0, root.attr)
            root = root.value
        if parts and isinstance(root, ast.Name) and root.id in named:
            yield ".".join((named[root.id], *parts))


def _modules(*below: str) -> Iterator[tuple[str, Path]]:
    for name in below:
        for path in sorted((ROOT / name).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(("gza", *path.relative_to(ROOT).with_suffix("").parts)), path


def test_only_statistics_counts_profiles() -> None:
    users = {
        name
        for name, path in _modules(*(each.name for each in ROOT.iterdir() if each.is_dir()))
        if any(one.startswith("gza.cases.queries.profiles") for one in _imports(path))
    }
    assert users == {"gza.statistics.actions", "gza.statistics.bases"}


@pytest.mark.parametrize("name", ["nap", "web/nap", "web/statistics", "documents", "ui", "directory", "web/directory"])
def test_nothing_outside_the_case_side_reads_figures_of_the_cases(name: str) -> None:
    wrong = {
        f"{module} takes {one}"
        for module, path in _modules(name)
        for one in _imports(path)
        if one.startswith(CASES) and one not in TAKEN.get(module, set())
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from gza.cases import queries\nlen(queries.notices(1))", "gza.cases.queries.notices"),
        ("import gza.cases.queries as q\nq.overview.numbers()", "gza.cases.queries.overview.numbers"),
        ("from ...cases.models import StageCount", "gza.cases.models.StageCount"),
        ("from gza.statistics import queries as s\ns.last_extract().done", "gza.statistics.queries.last_extract"),
        ("from gza.ledger.models import Event", "gza.ledger.models.Event"),
    ],
)
def test_a_path_past_the_door_is_found_however_it_is_written(source: str, found: str) -> None:
    assert found in {one for one in _taken(source, ("gza", "web", "nap", "views")) if one.startswith(CASES)}


def _reads_cases(sql: str) -> bool:
    return any(f'FROM "{app}_' in sql or f'JOIN "{app}_' in sql or f"FROM {app}_" in sql for app in ("cases", "plans"))


ASKED = sorted(name for name, entry in matrix.entries().items() if entry.method == "get")


@pytest.mark.django_db
@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_shown_outside_the_case_side_reads_a_case(who: str) -> None:
    wrong = []
    for name in ASKED:
        entry = matrix.entries()[name]
        for own in (True, False) if matrix.has_subject(name) else (False,):
            if entry.expected(who, own) != 200:
                continue
            client, user = _as(who)
            call = matrix.call(name, user, own)
            with CaptureQueriesContext(connection) as captured:
                response = client.get(call.path(name), call.data)
            if response.status_code == 200 and any(_reads_cases(one["sql"]) for one in captured.captured_queries):
                wrong.append(name)
    assert sorted(set(wrong) - ALLOWED.get(who, set())) == []


ALLOWED: dict[str, set[str]] = {
    Role.PROVIDER.value: {name for name in ASKED if name.startswith("provider:")} | {"shell:today"},
}
"""Pages outside the case side that read rows of a case, with their reason: a provider's own requests are no figure."""


def _as(who: str) -> tuple[Client, User | None]:
    client = Client()
    if who == matrix.ANONYMOUS:
        return client, None
    user = make_user(who)
    return sign_in(client, user), user


def test_the_door_reads_publications_alone() -> None:
    text = (ROOT / "statistics" / "queries.py").read_text(encoding="utf-8")
    door = text[text.index("def published(") :]
    for word in ("Extract", "ReleaseRow", "boxes", "bases"):
        assert word not in door
    assert YEAR in {name for table in tables.release().tables for name in table.dimensions}
