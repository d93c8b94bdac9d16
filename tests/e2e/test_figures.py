"""From the profiles to the public page: the officer and the director at their browsers, and anybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .looks import Looks, assert_no_overflow
from .walkers import Walker

CASES = "3"
PATIENCE = 60_000  # milliseconds: a release is worked out meanwhile
WIDE = {"languages": (), "themes": ("light", "dark"), "widths": (360, 1440)}


@pytest.mark.parametrize("language", ["ka", "en"])
def test_anybody_reads_the_public_page(
    language: str, window: Callable[..., Page], look: Looks, accessible: Callable[[Page], None]
) -> None:
    page = window("ka")
    for name, address in (
        ("public", f"/statistics/{language}/"),
        ("public-first", f"/statistics/{language}/1/"),
        ("public-method", f"/statistics/{language}/method/"),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
        expect(page.locator("html")).to_have_attribute("lang", language)
        for more in page.locator("details.more > summary").all():
            more.click()
        accessible(page)
        look(page, f"figures-{name}-{language}", **WIDE)
        page.set_viewport_size({"width": 360, "height": 900})
        assert_no_overflow(page)
        page.set_viewport_size({"width": 1440, "height": 900})


def test_the_public_page_needs_no_script_and_sets_no_cookie(window: Callable[..., Page]) -> None:
    page = window("en", scripts=False)
    page.context.clear_cookies()
    page.goto("/statistics/en/")
    expect(page.locator("table").first).to_be_visible()
    assert page.locator("script").count() == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_officer_prepares_and_the_director_decides(
    language: str, window: Callable[..., Page], look: Looks, accessible: Callable[[Page], None]
) -> None:
    irakli, tamar = (Walker(name, window(language)) for name in ("irakli", "tamar"))
    irakli.sign_in()
    tamar.sign_in()

    def seen(walker: Walker, name: str, **how: Any) -> None:
        for more in walker.page.locator("main details.more:not([open]) > summary").all():
            more.click()
        accessible(walker.page)
        look(walker.page, f"figures-{name}", **{**WIDE, **how})
        walker.page.set_viewport_size({"width": 360, "height": 900})
        assert_no_overflow(walker.page)
        walker.page.set_viewport_size({"width": 1440, "height": 900})

    seen(irakli, "today")
    for name, address in (("home", "/figures/"), ("programme", "/figures/programme/"), ("ledger", "/figures/ledger/"),
                          ("register", "/figures/register/"), ("extract", "/figures/extract/")):  # fmt: skip
        irakli.open(address)
        seen(irakli, name)
    irakli.page.locator("main form .btn.main").click()
    irakli.page.locator("main .head").get_by_text(re.compile("counted|დათვლილია")).wait_for()
    irakli.page.wait_for_function("() => !document.querySelector('progress')")
    seen(irakli, "extract-done")
    irakli.open("/figures/prepare/")
    seen(irakli, "prepare")
    for table in ("total", "sex", "sex_form"):
        irakli.page.locator(f"[name=tables][value={table}]").check()
    irakli.page.locator("main form[method=get] button[type=submit]").click()
    irakli.page.locator("#cost").wait_for()
    seen(irakli, "preview")
    irakli.send()
    assert re.search(r"/figures/releases/\d+/$", irakli.page.url)
    seen(irakli, "release-waits")
    tamar.open("/")
    seen(tamar, "today-director")
    tamar.open(irakli.page.url)
    seen(tamar, "release-decide")
    tamar.fill(outcome="return", reason="უფრო ფართო კატეგორიებით" if language == "ka" else "With wider categories")
    tamar.send()
    seen(tamar, "release-returned")
    irakli.open("/figures/foreign/")
    irakli.fill(value="40", source="US Trafficking in Persons report, p. 200").send()
    seen(irakli, "foreign")
