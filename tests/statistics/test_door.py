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
FIGURES = {"profiles", "overview", "late", "StageCount", "Caseload"}
"""Modules and tables of the cases that count over cases."""


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
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


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
    wrong = [
        f"{module} imports {one}"
        for module, path in _modules(name)
        for one in _imports(path)
        if (name != "documents" and one.startswith(("gza.cases.models", "gza.plans.models")))  # papers of one case
        or (one.startswith("gza.cases.queries") and FIGURES & set(one.split(".")))
    ]
    assert wrong == []


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
