"""An upload stays in memory, and one that is too large is said to be so by the page it was sent from."""

import sys
import tempfile
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.datastructures import MultiValueDict

from gza.vault import refusals, uploads

MEGA = 1024 * 1024
opened: list[tuple[str, str]] = []
listening = False


def _listen(event: str, arguments: tuple) -> None:
    if listening and event == "open" and arguments[1] and set(str(arguments[1])) & set("wax+"):
        opened.append((str(arguments[0]), str(arguments[1])))


sys.addaudithook(_listen)


@pytest.fixture
def writes() -> Iterator[list[tuple[str, str]]]:
    """Every file that is opened for writing by this process, deleted at once or not."""
    global listening  # noqa: PLW0603 (an audit hook cannot be taken off again)
    opened.clear()
    listening = True
    yield opened
    listening = False


def told(request: HttpRequest) -> HttpResponse:
    said = {}
    for name, files in MultiValueDict.lists(request.FILES):
        for file in files:
            try:
                said[name] = len(uploads.content(file))
            except refusals.FileRefused as refused:
                said[name] = refused.code
    return JsonResponse({"files": said, "after": request.POST.get("after", "")})


urlpatterns = [path("told", told)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _bare(settings: object) -> None:
    settings.MIDDLEWARE = []


def send(client: Client, **files: bytes) -> dict:
    body = {name: SimpleUploadedFile(f"{name}.pdf", content) for name, content in files.items()}
    response = client.post("/told", {**body, "after": "the token behind the file"})
    assert response.status_code == 200, response.content
    return response.json()


def test_it_is_the_only_handler() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["gza.vault.uploads.InMemory"]


def test_twenty_megabytes_are_held_without_a_file(client: Client, writes: list) -> None:
    assert send(client, scan=b"x" * (20 * MEGA))["files"] == {"scan": 20 * MEGA}
    assert writes == []


def test_the_ear_hears_django_spill(writes: list) -> None:
    with tempfile.NamedTemporaryFile(suffix=".upload"):
        pass
    assert writes


def test_past_the_limit_the_form_still_arrives_whole(client: Client, writes: list) -> None:
    said = send(client, scan=b"x" * (settings.GZA_FILE_LIMIT + 1))
    assert said == {"files": {"scan": "file.too_large"}, "after": "the token behind the file"}
    assert writes == []


def test_at_the_limit_it_is_taken(client: Client) -> None:
    assert send(client, scan=b"x" * settings.GZA_FILE_LIMIT)["files"] == {"scan": settings.GZA_FILE_LIMIT}


def test_files_are_limited_together_too(client: Client, settings: object) -> None:
    settings.GZA_FILE_LIMIT = MEGA
    said = send(client, a=b"x" * MEGA, b=b"x" * (MEGA + 1), c=b"x" * MEGA, d=b"xx", e=b"")
    assert said["files"] == {
        "a": MEGA,
        "b": "file.too_large",
        "c": MEGA,
        "d": "file.too_much",
        "e": "file.empty",
    }


def test_a_runaway_request_is_given_up(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GZA_FILE_LIMIT = MEGA
    monkeypatch.setattr(uploads, "RUNAWAY", 3 * MEGA)
    request = RequestFactory().post("/told", {"scan": SimpleUploadedFile("a.pdf", b"x" * (4 * MEGA))})
    assert not request.FILES


def test_a_torn_body_leaves_nothing(client: Client) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\nhalf of it'
    response = client.generic("POST", "/told", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert response.json()["files"] == {}


def test_too_long_a_text_beside_the_file_is_a_bad_request(client: Client) -> None:
    response = client.post("/told", {"after": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 400


def test_each_refusal_speaks_both_languages_and_says_what_to_do() -> None:
    made = [
        refusals.too_large(25 * MEGA),
        refusals.too_much(50 * MEGA),
        refusals.empty(),
        refusals.unknown(),
        refusals.lies("PDF", "PNG"),
        refusals.broken(),
        refusals.too_many_pixels(40_000_000),
        refusals.active(refusals.Text("მაკრო", "a macro")),
        refusals.encrypted(),
        refusals.bomb(),
        refusals.infected(),
        refusals.scanner_silent(),
    ]
    assert len({refused.code for refused in made}) == len(made)
    for refused in made:
        for text in (refused.message, *refused.remedy):
            assert text.en.isascii()
            assert any("ა" <= char <= "ჰ" for char in text.ka)
        assert refused.remedy
