"""The officer's and the approver's pages: one act a form, refusals with their clause, the same number of queries."""

import io
import itertools
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError
from django.test import Client

from gza.ledger.models import Kind
from gza.statistics import actions, engine, programmes, queries
from gza.statistics.models import Release
from gza.statistics.programmes import Choice
from tests.statistics.country import LAST, YEARS, Country, register
from tests.web.asking import cost, enter
from tests.web.cases.asking import events, text_of

pytestmark = pytest.mark.django_db
CHOICE = {"first": YEARS[0], "last": LAST, "tables": ["total", "sex"]}


@pytest.fixture
def country(db: None, monkeypatch: pytest.MonkeyPatch) -> Country:
    monkeypatch.setattr(engine, "SECONDS", 1.0)
    return Country()


def token(client: Client, address: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """The hidden fields of the page's last form."""
    body = client.get(address, data or {}).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(form_token|seen)" value="([^"]*)"', body))


def test_the_extract_is_begun_and_goes_on_batch_by_batch(country: Country) -> None:
    country.recognised()
    client = enter(country.officer)
    with events((Kind.ACT, "statistics.extract_begun")):
        assert client.post("/figures/extract/", token(client, "/figures/extract/")).status_code == 303
    page = client.get("/figures/extract/")
    assert 'hx-trigger="load' in page.content.decode()
    assert "0 of 1 profiles are counted" in text_of(page)
    with events((Kind.ACT, "statistics.profiles_counted")):
        client.post("/figures/extract/on/", token(client, "/figures/extract/"))
    assert "1 profile was counted" in text_of(client.get("/figures/extract/"))
    with events():
        assert client.post("/figures/extract/on/", {}).status_code == 303


def test_a_register_is_loaded_or_every_bad_line_is_named(country: Country) -> None:
    client = enter(country.officer)
    address = "/figures/register/"
    bad = io.BytesIO(b"year,sex,route\n2020,woman,victim\n20,female,victim\n")
    bad.name = "r.csv"
    with events():
        response = client.post(address, {**token(client, address), "file": bad})
    assert response.status_code == 422
    assert "Line 2, sex: “woman”" in text_of(response)
    assert "Line 3: “" in text_of(response)
    good = io.BytesIO(register())
    good.name = "r.csv"
    with events((Kind.ACT, "statistics.register_loaded")):
        assert client.post(address, {**token(client, address), "file": good}).status_code == 303


@pytest.mark.parametrize(("language", "said"), [("en", "is no year that is over"), ("ka", "დასრულებული წელი არ არის")])
def test_a_line_of_a_year_that_is_not_over_is_named(country: Country, language: str, said: str) -> None:
    client, address = enter(country.officer, language), "/figures/register/"
    line = f"\n{LAST + 1},male,adult,georgian,labour,victim,GE-IM".encode()
    page = client.post(address, {**token(client, address), "file": SimpleUploadedFile("r.csv", register() + line)})
    assert (page.status_code, said in text_of(page)) == (422, True)


def test_a_preview_opens_and_keeps_nothing_and_the_release_is_prepared_then(country: Country) -> None:
    country.ready()
    client = enter(country.officer)
    with events((Kind.OPENING, "statistics.previewed")):
        page = client.get("/figures/prepare/", CHOICE)
    assert page.status_code == 200
    assert "Cells hidden now" in text_of(page)
    assert not Release.objects.exists()
    assert page.content.decode().count('class="note meanwhile"') == 2  # it is long work; both buttons say so meanwhile
    with events((Kind.ACT, "statistics.ledger_opened"), (Kind.ACT, "statistics.release_prepared")):
        done = client.post("/figures/prepare/", {**token(client, "/figures/prepare/"), **CHOICE})
    assert done.headers["Location"] == "/figures/releases/1/"
    assert "waits for a second person" in text_of(client.get("/figures/releases/1/"))


def test_one_release_after_another_is_prepared_from_its_preview(country: Country) -> None:
    country.ready()
    client = enter(country.officer)
    for number in (1, 2):
        done = client.post("/figures/prepare/", {**token(client, "/figures/prepare/", CHOICE), **CHOICE})
        assert (done.status_code, done.headers["Location"]) == (303, f"/figures/releases/{number}/")


def test_what_is_wrong_with_a_choice_is_said(country: Country) -> None:
    country.ready()
    client = enter(country.officer)
    wrong = client.get("/figures/prepare/", {**CHOICE, "first": LAST, "last": YEARS[0]})
    assert (wrong.status_code, "lies before the first" in text_of(wrong)) == (422, True)
    nobody = client.get("/figures/prepare/", {**CHOICE, "first": LAST - 15, "last": LAST - 15})
    assert (nobody.status_code, "Nobody was counted in these years" in text_of(nobody)) == (409, True)


def test_before_programme_and_extract_the_page_teaches_what_comes_first(country: Country) -> None:
    client = enter(country.officer)
    assert "programme is not adopted" in text_of(client.get("/figures/prepare/"))
    country.adopted()
    assert "There is no extract yet" in text_of(client.get("/figures/prepare/"))


@pytest.mark.clause("N4.3", "G5")
def test_the_director_adopts_approves_or_returns(country: Country) -> None:
    country.earlier()
    country.counted()
    client = enter(country.director)
    with events((Kind.ACT, "statistics.programme_adopted")):
        client.post("/figures/programme/", token(client, "/figures/programme/"))
    row = country.prepared()
    address = f"/figures/releases/{row.number}/"
    seen = token(client, address)
    with events():
        silent = client.post(address, {**seen, "outcome": "return"})
    assert (silent.status_code, "Say why" in text_of(silent)) == (422, True)
    with events((Kind.ACT, "statistics.release_published")):
        done = client.post(address, {**token(client, address), "outcome": "approve"}, follow=True)
    assert "The release is published" in text_of(done)
    body = done.content.decode()
    for file in ("tables.csv", "tables.json", "tables.xlsx", "sheets/glotip.xlsx", "sheets/eurostat.xlsx"):
        found = re.search(rf'href="(/statistics/[a-z]+/1/{file})"', body)
        assert found
        assert client.get(found[1]).status_code == 200
    stale = client.post(address, {**seen, "outcome": "approve"})
    assert stale.status_code in {404, 409}


@pytest.mark.clause("N4.3")
def test_who_prepared_it_is_refused_with_the_clause(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(prepared_by=country.director.id)
    client = enter(country.director)
    address = f"/figures/releases/{row.number}/"
    with events((Kind.REFUSAL, "statistics.release_published")):
        response = client.post(address, {**token(client, address), "outcome": "approve"})
    assert response.status_code == 409
    assert "approved by another person" in text_of(response)
    assert "N 4.3" in text_of(response).replace("\u00a0", " ")


def test_the_officer_does_not_decide(country: Country) -> None:
    country.ready()
    row = country.prepared()
    client = enter(country.officer)
    address = f"/figures/releases/{row.number}/"
    assert "outcome" not in client.get(address).content.decode()
    with events():
        assert client.post(address, {"outcome": "approve", "seen": bytes(row.fingerprint).hex()}).status_code == 404
    assert not queries.publications().exists()


def test_figures_of_others_are_entered_and_a_conflict_is_named(country: Country) -> None:
    client = enter(country.officer)
    address = "/figures/foreign/"
    founded = [(Kind.ACT, "statistics.ledger_opened")]
    for value, of, source in (("3", "", "Report A"), ("5", "sex:female", "Report B")):
        with events(*founded, (Kind.ACT, "statistics.figures_recorded")):
            said = {"year": LAST, "of": of, "value": value, "source": source}
            assert client.post(address, {**token(client, address), **said}).status_code == 303
        founded = []
    page = text_of(client.get(address))
    assert "A smallest set that cannot all be true" in page
    assert page.count("Report A") == 2


@pytest.mark.clause("N4.3")
def test_a_file_of_too_many_figures_is_refused_and_the_way_out_named(country: Country) -> None:
    client, address = enter(country.officer), "/figures/foreign/"
    dimensions = {name: list(programmes.categories(name)) for name in ("sex", "form", "region")}
    dimensions["year"] = [str(year) for year in range(1900, 2100)]
    cross = itertools.product(*dimensions.values())
    places = [{name: [one] for name, one in zip(dimensions, each, strict=True)} for each in cross]
    said = {"dimensions": dimensions, "figures": [{"where": one, "value": 1, "source": "x"} for one in places[:8000]]}
    file = SimpleUploadedFile("figures.json", json.dumps(said).encode())
    page = client.post(address, {**token(client, address), "file": file})
    assert (page.status_code, "Divide the file" in text_of(page)) == (409, True)
    assert "This is the rule, not your mistake. The refusal is in the ledger." in text_of(page)


@pytest.mark.parametrize("error", [IntegrityError, OperationalError])
def test_a_collision_that_no_rule_foresaw_keeps_what_was_typed_and_is_logged_without_it(
    country: Country, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: type[Exception]
) -> None:
    client, address = enter(country.officer), "/figures/foreign/"
    said = {"year": LAST, "of": "", "value": "41", "source": "Report of the year"}

    def collide(**_: Any) -> None:
        raise error("Key (source)=(Report of the year)")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "record_foreign", collide)
        page = client.post(address, {**token(client, address), **said})
    assert (page.status_code, "yours was not recorded" in text_of(page)) == (409, True)
    assert "This is the rule" not in text_of(page)  # no clause forbade it, and the ledger knows nothing of it
    assert "is in the ledger" not in text_of(page)
    assert 'value="Report of the year"' in page.content.decode()
    assert caplog.messages == [f"an act met another in statistics:foreign: {error.__name__}"]
    again = dict(re.findall(r'<input type="hidden" name="(form_token)" value="([^"]*)"', page.content.decode()))
    assert client.post(address, {**again, **said}).status_code == 303


@pytest.mark.parametrize("address", ["/figures/", "/figures/ledger/", "/figures/foreign/", "/figures/programme/"])
def test_pages_cost_the_same_with_more_rows(country: Country, address: str) -> None:
    from tests.statistics import factories

    client = enter(country.officer)
    factories.published()
    one = cost(client, address)
    for _ in range(3):
        factories.published()
    assert cost(client, address) == one


@pytest.mark.parametrize("language", ["ka", "en"])
def test_today_says_what_waits(country: Country, language: str) -> None:
    country.ready()
    officer, director = enter(country.officer, language), enter(country.director, language)
    word = "მოამზადეთ" if language == "ka" else f"Prepare the figures of {LAST}"
    assert word in text_of(officer.get("/"))
    country.prepared()
    word = "მიიღეთ გადაწყვეტილება სტატისტიკის" if language == "ka" else "Decide on release 1"
    assert word in text_of(director.get("/"))


@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_map_is_made_from_a_published_table_of_regions(country: Country, language: str) -> None:
    country.ready()
    country.published(choice=Choice(("total", "region")))
    body = Client().get(f"/statistics/{language}/").content.decode()
    assert body[body.index('class="tiles"') :].count("<li") > 10
    file = Client().get(f"/statistics/{language}/1/tables.json").json()
    assert next(one for one in file["tables"] if one["dimensions"] == ["region"])["cells"]
    assert "revised minus old" in file["certificate"]["audit"]["withstood"]


def test_an_older_publication_says_that_there_is_a_newer_one(country: Country) -> None:
    country.ready()
    country.published()
    country.published()
    assert "There is a newer publication" in text_of(Client().get("/statistics/en/1/"))
    assert "There is a newer publication" not in text_of(Client().get("/statistics/en/2/"))
    assert Client().get("/statistics/en/0/").status_code == 404
    assert Client().get("/statistics/en/0/tables.csv").status_code == 404


def test_after_a_decision_elsewhere_the_page_says_how_the_release_stands(country: Country) -> None:
    country.ready()
    row = country.prepared()
    client, address = enter(country.director), f"/figures/releases/{row.number}/"
    seen = token(client, address)
    country.approved(row)
    page = client.post(address, {**seen, "outcome": "approve"})
    assert (page.status_code, "It waits for a second person" in text_of(page)) == (409, False)
    assert "Published on" in text_of(page)


def test_a_release_with_findings_is_not_offered_for_approval_first(country: Country) -> None:
    country.ready()
    row = country.prepared()
    Release.objects.filter(id=row.id).update(findings=2)
    body = enter(country.director).get(f"/figures/releases/{row.number}/").content.decode()
    chosen = re.findall(r'<input[^>]*name="outcome"[^>]*checked[^>]*>', body)
    assert [re.findall(r'value="(\w+)"', one) for one in chosen] == [["return"]]
