"""The public page: for anybody, the same for everybody; no cookie, no script, kept by caches; shown cells alone."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gza.accounts.enums import Role
from tests.accounts.factories import make_user, sign_in
from tests.statistics import factories, tables

pytestmark = pytest.mark.django_db
PAGE = "/statistics/en/"


def text(client: Client, address: str = PAGE) -> str:
    body = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return re.sub(r"\s+", " ", body)


@pytest.mark.clause("N4.3")
def test_it_shows_what_was_published_in_both_languages(client: Client) -> None:
    factories.published()
    assert "64 persons received the status" in text(client)
    assert "Sex by form of exploitation" in text(client)
    assert "64 ადამიანს მიენიჭა" in text(client, "/statistics/ka/")
    assert client.get("/statistics/").content == client.get("/statistics/ka/").content
    assert "Nothing has been published yet" not in text(client)


def test_before_the_first_publication_it_says_so_and_shows_nothing_prepared(client: Client) -> None:
    factories.release()
    assert "Nothing has been published yet" in text(client)
    assert client.get("/statistics/en/1/").status_code == 404


def test_no_cookie_no_script_and_any_cache_may_keep_it(client: Client) -> None:
    factories.published()
    response = client.get(PAGE)
    body = response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "<script" not in body
    assert "csrf" not in body
    assert "form_token" not in body
    assert response.headers["X-Robots-Tag"] == "all"
    again = client.get(PAGE, headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.published(tables.release(tables.totals()))
    assert client.get(PAGE, headers={"if-none-match": response.headers["ETag"]}).status_code == 200


def test_it_is_the_same_page_for_who_is_signed_in(client: Client) -> None:
    factories.published()
    other = sign_in(Client(), make_user(Role.DIRECTOR))
    other.cookies["gza_lang"] = "ka"
    assert other.get(PAGE).content == client.get(PAGE).content


@pytest.mark.parametrize("address", ["/statistics/de/", "/statistics/en/99/", "/statistics/en/1/tables.pdf",
                                     "/statistics/en/1/sheets/nonsense.xlsx", "/statistics/de/method/"])  # fmt: skip
def test_what_is_not_there(client: Client, address: str) -> None:
    factories.published()
    assert client.get(address).status_code == 404


def test_a_suppressed_number_stands_nowhere(client: Client) -> None:
    """Cells of the hand-made tables that are None are drawn with the one mark, in the page and in every file."""
    row = factories.published()
    body = client.get(PAGE).content.decode()
    hidden = sum(cell["value"] is None for table in json.loads(row.content)["tables"] for cell in table["cells"])
    assert hidden == 8
    assert body.count('class="gap"') >= hidden
    read = csv.DictReader(io.StringIO(client.get("/statistics/en/1/tables.csv").content.decode("utf-8-sig")))
    rows = list(read)
    assert len(rows) == factories.counted(row.content)
    assert sum(one["suppressed"] == "1" for one in rows) == sum(one["value"] == "" for one in rows) == hidden


def test_the_files_hold_the_same_cells(client: Client) -> None:
    row = factories.published()
    assert client.get("/statistics/en/1/tables.json").content.decode() == row.content
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/statistics/ka/1/tables.xlsx").content))
    assert len(book.sheet_names) == len(json.loads(row.content)["tables"])
    second = book.get_sheet_by_index(1).to_python()
    assert second[2][0] == "ქალი"
    assert second[2][1:] == [10, "×", 15, 13, 46]


@pytest.mark.parametrize(("key", "heading"), [("glotip", "Female"), ("eurostat", "F")])
def test_the_questionnaires_explain_their_gaps(client: Client, key: str, heading: str) -> None:
    factories.published()
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/statistics/en/1/sheets/{key}.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()[2:]
    women = {int(row[2]): row[3:5] for row in rows if row[1] == heading}
    assert women[2022] == [10, ""]
    assert women[2023][0] == ""
    assert "identified" in women[2023][1]
    assert all(row[3] != "" or row[4] for row in rows)
    assert any("does not count" in row[4] for row in rows)


@pytest.mark.clause("N1.1")
def test_nothing_is_claimed_from_suppressed_cells(client: Client) -> None:
    factories.published(tables.release(tables.totals((5, 11, None, 40), None), tables.by_sex()))
    said = text(client)
    assert "Nothing is claimed from a suppressed cell" in said
    assert "than chance explains (ratio" not in said


def test_the_map_stands_where_regions_are_published(client: Client) -> None:
    factories.published()
    assert 'class="map"' in client.get(PAGE).content.decode()
    factories.published(tables.release(tables.totals()))
    assert 'class="map"' not in client.get(PAGE).content.decode()


def test_it_costs_two_queries(client: Client) -> None:
    for _ in range(3):
        factories.published()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) == 2


def test_the_method_is_explained(client: Client) -> None:
    assert "subtraction" in text(client, reverse("statistics:method", args=["en"]))
