"""The pages of the end and after in the browser: everybody can use them, in both languages and on a telephone."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from . import browsers
from .looks import Looks
from .servers import Server

PAGES: list[tuple[str, str, str]] = [
    ("worker", "running", "end/"), ("worker", "running", "end/violation/"),
    ("worker", "running", "end/violation/{violation}/hearing/"),
    ("coordinator", "running", "end/violation/{violation}/warning/"),
    ("director", "running", "end/request/{asked}/"), ("director", "running", "end/for-violation/"),
    ("worker", "over", "end/"), ("worker", "over", "end/notice/"), ("worker", "over", "end/letter/"),
    ("worker", "told", "follow-up/"), ("worker", "told", "follow-up/agree/"), ("worker", "told", "follow-up/decline/"),
    ("worker", "followed", "follow-up/"), ("worker", "followed", "follow-up/contact/"),
    ("worker", "followed", "follow-up/end/"), ("worker", "gone", "end/in-fact/{waiting}/"),
    ("coordinator", "gone", "end/in-fact/"), ("coordinator", "told", "close/"), ("coordinator", "closed", "reopen/"),
    ("director", "told", "later-plan/"), ("coordinator", "gone", "merge/"), ("worker", "closed", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(browser: Browser) -> Iterator[tuple[Server, dict[str, Any]]]:
    """A server with cases at every stop of the end, and who is signed in."""
    assert browser
    with Server() as server:
        yield server, json.loads(server.run("tests.e2e.end_story").splitlines()[-1])


@pytest.fixture
def window(browser: Browser, told: tuple[Server, dict[str, Any]]) -> Iterator[Callable[[str, str], Page]]:
    """A window of somebody who is signed in; what the content policy or a script complains of fails the test."""
    server, made = told
    with browsers.windows(browser, server) as open_window:
        yield lambda name, language: open_window(language, cookies=made[name])


@pytest.mark.clause("S7.11", "S7.12")
@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_page_of_the_end_and_after_is_accessible(
    language: str,
    window: Callable[[str, str], Page],
    told: tuple[Server, dict[str, Any]],
    look: Looks,
    accessible: Callable[[Page], None],
) -> None:
    made = told[1]
    pages = {name: window(name, language) for name in ("worker", "coordinator", "director")}
    for name, page in pages.items():
        page.goto("/")
        accessible(page)
        look(page, f"after-today-{name}", languages=(), themes=("light",))
    for name, case, path in PAGES:
        page = pages[name]
        answer = page.goto(f"/cases/{made['cases'][case]}/{path.format(**made['rows'])}")
        assert answer is not None
        assert answer.status == 200, (name, case, path, answer.status)
        if "/open/" in page.url:
            page.fill("[name=why]", "ფონდის საქმე")
            page.locator("main form button[type=submit], main form button.main").last.click()
            page.wait_for_url(lambda url: "/open/" not in url)
        accessible(page)
        look(page, f"after-{case}-{path.format(**dict.fromkeys(made['rows'], 'x')).replace('/', '-')}", languages=())
