"""The plan's pages: list, tree with filters, activity, downloads; both languages, a constant number of queries."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from gza.accounts.enums import Role
from gza.core import clock
from gza.core.actors import SYSTEM
from gza.directory.actions import sync_reference
from gza.nap import actions, queries
from tests.accounts.factories import make_user, sign_in

from .subjects import small_plan

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.clause("N0.1")]
TREE = "/nap/plan/NAP-2019-2020/"


@pytest.fixture(autouse=True)
def _october_2020() -> Iterator[None]:
    sync_reference(by=SYSTEM)
    with clock.pretend(dt.datetime(2020, 10, 15, 8, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def secretariat(client: Client) -> Client:
    return sign_in(client, make_user(Role.SECRETARIAT))


@pytest.fixture
def _loaded() -> None:
    actions.load_shipped(by=SYSTEM)


def page(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    client.cookies["gza_lang"] = language
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def shown(html: str) -> list[str]:
    return re.findall(r'<tr id="a([\d.]+)"', html)


@pytest.mark.usefixtures("_loaded")
def test_the_list_of_plans(secretariat: Client) -> None:
    small_plan()
    html = page(secretariat, "/nap/")
    assert html.index("NAP-2019-2020") < html.index("P-1")
    assert "24.12.2018" in page(secretariat, "/nap/", "ka")
    assert "/nap/load/" in html
    assert "/nap/load/" not in page(sign_in(Client(), make_user(Role.COUNCIL)), "/nap/")


def test_no_plan_yet(secretariat: Client) -> None:
    assert "Load the plan from" in page(secretariat, "/nap/")
    assert "The Secretariat of the Council loads the plan" in page(sign_in(Client(), make_user(Role.AGENCY)), "/nap/")


@pytest.mark.usefixtures("_loaded")
def test_the_tree_has_every_part(secretariat: Client) -> None:
    html = page(secretariat, TREE)
    plan = queries.document("NAP-2019-2020")
    assert shown(html) == [one.id for one in plan.activities]
    for part in (*plan.goals, *plan.objectives, *plan.activities):
        assert part.title.replace("'", "&#x27;") in html
    assert "6 goals, 24 objectives, 57 activities; 97 indicators in 126 measurable parts." in html
    assert html.count('lang="en"') > 57
    assert re.search(r"Ministry of Justice</span> <small>\(<span", html)  # through its units
    assert '<b lang="en">24–40</b>' in html


@pytest.mark.usefixtures("_loaded")
def test_the_tree_in_georgian_keeps_the_content_in_its_language(secretariat: Client) -> None:
    html = page(secretariat, TREE, "ka")
    assert '<html lang="ka"' in html
    assert "საკოორდინაციო საბჭო" in html
    assert 'lang="en">Elaboration of the 2019-2020 Action Plans' in html
    assert "დასაზუსტებელია" in html


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("goal=3", ["3.1.1", "3.1.2", "3.2.1", "3.2.2", "3.2.3"]),
        ("agency=hsoj", ["5.2.1"]),
        ("agency=gnta", ["2.1.5", "6.1.1"]),
        ("agency=icmpd", ["2.1.7"]),
        ("confirm=on&goal=6", ["6.1.2"]),
        ("goal=1&agency=hsoj", []),
        ("goal=5&state=open", ["5.6.1", "5.7.1", "5.8.1", "5.9.1", "5.10.1"]),
    ],
)
def test_filters_stand_in_the_address(secretariat: Client, query: str, numbers: list[str]) -> None:
    html = page(secretariat, f"{TREE}?{query}")
    assert shown(html) == numbers
    assert ("Show the whole plan" in html) == (not numbers)
    for name, value in (part.split("=") for part in query.split("&")):
        if name != "confirm":
            assert re.search(rf'<option value="{value}" selected', html) or f'value="{value}"' in html


@pytest.mark.usefixtures("_loaded")
def test_filters_are_drop_downs_however_few_their_choices(secretariat: Client) -> None:
    body = secretariat.get(TREE).content.decode()
    assert re.findall(r'<select name="(\w+)"', body) == ["goal", "agency", "state"]
    assert 'type="radio"' not in body


@pytest.mark.usefixtures("_loaded")
def test_a_filter_that_is_not_offered_hides_nothing(secretariat: Client) -> None:
    assert len(shown(page(secretariat, f"{TREE}?goal=9&agency=%00&state=x"))) == 57


@pytest.mark.clause("N0.3")
@pytest.mark.usefixtures("_loaded")
def test_late_only_after_the_window(secretariat: Client) -> None:
    late = ["1.1.2", "2.1.1", "4.1.3", "6.2.3"]
    assert shown(page(secretariat, f"{TREE}?state=late")) == late
    with clock.pretend(dt.datetime(2019, 12, 31, 8, tzinfo=dt.UTC)):
        assert shown(page(secretariat, f"{TREE}?state=late")) == []
        assert "1.1.1" in shown(page(secretariat, f"{TREE}?state=ahead"))
    with clock.pretend(dt.datetime(2021, 1, 1, 8, tzinfo=dt.UTC)):
        assert "6.4.1" in shown(page(secretariat, f"{TREE}?state=late"))


@pytest.mark.clause("N0.3")
@pytest.mark.usefixtures("_loaded")
def test_the_bar_says_in_words_what_it_draws(secretariat: Client) -> None:
    html = page(secretariat, f"{TREE}activity/2.1.1/")
    words = "2019 I nothing recorded, 2019 II nothing recorded, 2020 I does not concern it, 2020 II does not concern it"
    assert f'aria-label="Deliver within: {words}"' in html
    assert html.count('<td data-label="Where it stands">nothing recorded</td>') == 2
    assert "The window has ended and the activity is not delivered." in html


@pytest.mark.usefixtures("_loaded")
def test_an_activity_with_its_source_and_what_is_open(secretariat: Client) -> None:
    html = page(secretariat, f"{TREE}activity/2.2.5/")
    assert "To be confirmed from the original of the plan:" in html
    assert "leading agency, supporting agencies" in html
    assert "The beginning of the agency cell is lost" in html
    assert "Conducting information campaign aiming at protection" in html
    assert re.search(r'<td class="num"[^>]*>52</td><td lang="en">Georgia; \(LELP Social Service Agency', html)
    assert "უწყებების უჯრის დასაწყისი დაკარგულია" in page(secretariat, f"{TREE}activity/2.2.5/", "ka")


@pytest.mark.clause("N0.2")
@pytest.mark.usefixtures("_loaded")
def test_indicators_by_printed_one(secretariat: Client) -> None:
    html = page(secretariat, f"{TREE}activity/2.1.8/")
    assert re.findall(r'<tr id="i([\w.-]+)"', html) == ["2.1.8-1a", "2.1.8-1b", "2.1.8-2"]
    assert "Number of meetings and participants" in html
    assert "Sum of participants" in html
    assert '<td data-label="Target">24–40</td>' in page(secretariat, f"{TREE}activity/2.1.7/")


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    "path", ["plan/NAP-1/", "plan/NAP-2019-2020/activity/9.9.9/", "plan/NAP-2019-2020/download/pdf/"]
)
def test_what_is_not_there(secretariat: Client, path: str) -> None:
    page(secretariat, f"/nap/{path}", status=404)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_downloads(secretariat: Client, kind: str) -> None:
    response = secretariat.get(f"{TREE}download/{kind}/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="nap-2019-2020.{kind}"'
    if kind != "xlsx":  # which bears the second of its making
        assert response.content == queries.export("NAP-2019-2020", kind)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(("path", "count"), [("", 9), ("?agency=mia", 9), ("activity/1.1.1/", 10)])
def test_the_number_of_queries_does_not_grow_with_the_plan(
    secretariat: Client, django_assert_num_queries: Any, path: str, count: int
) -> None:
    small_plan()
    page(secretariat, "/nap/")
    for code in ("NAP-2019-2020", "P-1"):
        with django_assert_num_queries(count):
            page(secretariat, f"/nap/plan/{code}/{path}")


@pytest.mark.usefixtures("_loaded")
def test_no_title_of_a_page_names_more_than_its_kind(secretariat: Client) -> None:
    for path in ("/nap/", TREE, f"{TREE}activity/1.1.1/", "/nap/load/"):
        assert not re.search(r"<title>[^<]*\d", page(secretariat, path))
