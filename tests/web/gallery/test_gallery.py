"""The gallery draws every component, in both languages, under the policy that holds everywhere."""

import re
from pathlib import Path

import pytest

COMPONENTS = Path(__file__).parents[3] / "gza" / "ui" / "templates" / "cotton"
GALLERY = Path(__file__).parents[3] / "gza" / "web" / "gallery" / "templates"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("address", ["", "form/", "print/"])
def test_a_page_is_drawn_in_each_language(client, address, language):
    answer = client.get(f"/gallery/{address}", {"language": language, "theme": "dark"})
    assert answer.status_code == 200
    html = answer.content.decode()
    theme = "light" if address == "print/" else "dark"
    assert f'<html lang="{language}" data-theme="{theme}">' in html
    assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", html)
    assert "{{" not in html
    assert "{%" not in html
    assert "c-" not in re.sub(r"<code>.*?</code>|class=\"[^\"]*\"", "", html).split("<body>")[0]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500, 503])
def test_an_error_page_has_its_status(client, status, caplog):
    answer = client.get(f"/gallery/error/{status}/", {"language": "en"})
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_the_content_policy_allows_nothing_inline(client):
    policy = client.get("/gallery/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_unknown_languages_and_statuses_are_not_found(client):
    assert client.get("/gallery/", {"language": "xx"}).status_code == 404
    assert client.get("/gallery/error/418/").status_code == 404


def test_strangers_do_not_see_the_gallery_in_production(client, settings):
    settings.MODE = "production"
    assert client.get("/gallery/").status_code == 404


def test_wrong_fields_answer_422_with_everything_typed(client):
    answer = client.post("/gallery/form/?language=en", {"amount": "2 400,00", "provider": "<b>x</b>"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2 400,00"' in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert 'href="#id_service"' in html
    assert 'aria-invalid="true"' in html


WHOLE = {
    "service": "dental", "amount": "480", "begins": "02.11.2020", "decided": "01.10.2020", "provider": "X",
    "reason": "Pain", "weight": "necessary", "explained": "on", "form_token": "t",
}  # fmt: skip


def test_a_refusal_answers_409_and_says_what_why_and_what_to_do(client):
    html = client.post("/gallery/form/?language=en", {**WHOLE, "refuse": "1"}).content.decode()
    for words in ("What happened", "Why", "What you can do", "§\u00a05.5", "This is the rule, not your mistake."):
        assert words in html


def test_a_stale_form_answers_409_with_both_versions(client):
    answer = client.post("/gallery/form/?language=en", {**WHOLE, "version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="keep-amount" value="mine" checked' in html
    assert 'name="theirs-amount" value="420"' in html
    assert client.post("/gallery/form/?language=en", {**WHOLE, "version": "2"}).status_code == 200


def test_a_name_is_a_fragment_for_scripts_and_a_page_without(client):
    fragment = client.post("/gallery/name/", headers={"HX-Request": "true"})
    page = client.post("/gallery/name/")
    assert "<html" not in fragment.content.decode()
    assert 'data-shown="30"' in fragment.content.decode()
    assert "<html" in page.content.decode()
    assert page.headers["Vary"].startswith("HX-Request")


def test_every_component_is_in_the_gallery():
    shown = "".join(path.read_text(encoding="utf-8") for path in [*GALLERY.rglob("*.html"), *COMPONENTS.glob("*.html")])
    names = {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")}
    used = set(re.findall(r"<c-([\w-]+)", shown))
    assert names - used - {"fields", "filters"} == set()
