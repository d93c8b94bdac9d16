"""No page that everybody opens all day reads a whole table: what is fast among three cases is slow among 300,000."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from gza.law.stages import Stage
from tests.cases.factories import World
from tests.web.asking import enter

pytestmark = [
    pytest.mark.django_db(databases=["default", "transient"]),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the size of tables, empty here"),
]
GROWING = ("cases_", "plans_", "vault_", "ledger_")
SMALL = {
    "plans_budget_line",
    "cases_stage_count",
    "vault_group",
    "vault_group_member",
    "vault_group_key",
    "vault_endorsement",
}
PAGES = (
    "shell:today", "cases:list", "cases:overview", "requests:waiting", "money:queue", "running:reports", "plans:unmet",
)  # fmt: skip


def _plans(client: Client, address: str) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        assert client.get(address).status_code in {200, 404}
    found = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            if sql.startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
                found += [f"{row[3]} <- {sql[-400:]}" for row in cursor.fetchall()]
    return found


def _whole(plan: str) -> bool:
    """Whether a line of a plan says that a growing table is read from end to end, in no order."""
    words = plan.split()
    table = words[1] if words[0] == "SCAN" else ""
    return table.startswith(GROWING) and table not in SMALL and words[2] != "USING"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["coordinator", "director", "worker"])
def test_no_growing_table_is_read_whole(page: str, role: str) -> None:
    world = World()
    plans = _plans(enter(getattr(world, role)), reverse(page))
    assert plans
    assert [one for one in plans if _whole(one)] == []


@pytest.mark.parametrize("page", ["cases:detail", "plans:plan", "requests:case", "money:case", "cases:history"])
def test_no_page_of_a_case_reads_a_growing_table_whole(page: str) -> None:
    world = World()
    case = world.road_to(Stage.NEEDS)
    plans = _plans(enter(world.worker), reverse(page, args=[case.id]))
    assert [one for one in plans if _whole(one)] == []
