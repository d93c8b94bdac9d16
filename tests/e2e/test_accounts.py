"""The door, one's own account and the lock in a real browser, with and without scripts."""

import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from .people import PASSWORD, SECRET
from .servers import Server

_spent: set[tuple[str, str]] = set()


@pytest.fixture(autouse=True)
def _people(server: Server) -> None:
    server.run("tests.e2e.people")


def _code(name: str) -> str:
    """A code that this person has not used in this run: each is good once."""
    while True:
        for step in (0, 30):
            code = pyotp.TOTP(SECRET).at(time.time() + step)
            if (name, code) not in _spent:
                _spent.add((name, code))
                return code
        time.sleep(1)


def _sign_in(page: Page, name: str, following: str = "/me/", base: str = "") -> None:
    page.goto(f"{base}/sign-in/?next={following}")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", _code(name))
    page.click("main button.main")
    page.wait_for_url(f"**{following}")


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_door_is_accessible_and_says_what_is_wrong(visitor, look, accessible: Callable, language: str) -> None:
    page = visitor(language=language)
    page.goto("/sign-in/")
    accessible(page)
    look(page, "sign-in", languages=())
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main button.main")
    expect(page.get_by_role("alert")).to_be_visible()
    accessible(page)


def test_signing_in_works_without_scripts(visitor) -> None:
    page = visitor(scripts=False)
    _sign_in(page, "eka")
    expect(page.locator("h1")).to_have_text("ჩემი პროფილი")


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("lali", ["/me/", "/me/password/", "/me/codes/", "/accounts/", "/accounts/new/", "/confirm/"]),
        ("nino", ["/keys/"]),
        ("gia", ["/powers/", "/powers/new/"]),
    ],
)
def test_every_room_is_accessible(visitor, look, accessible: Callable, name: str, paths: list[str]) -> None:
    page = visitor()
    _sign_in(page, name)
    for path in paths:
        page.goto(path)
        accessible(page)
        look(page, "accounts" + path.replace("/", "-").rstrip("-"), languages=(), themes=("light",))


def test_the_lock_takes_the_keys_away_and_the_password_brings_the_page_back(page: Page) -> None:
    page.clock.install()
    _sign_in(page, "lali", "/accounts/new/")
    page.fill("[name=full_name_en]", "Half typed")
    page.clock.fast_forward("11:00")
    cover = page.locator("#lock")
    expect(cover).to_be_visible()
    page.wait_for_function("() => !document.cookie.includes('gza_key')")
    cover.locator("input[name=password]").fill("wrong")
    cover.get_by_role("button").click()
    expect(page.locator("#lock-error")).to_be_visible()
    cover.locator("input[name=password]").fill(PASSWORD)
    cover.get_by_role("button").click()
    expect(cover).to_be_hidden()
    expect(page.locator("[name=full_name_en]")).to_have_value("Half typed")
    page.click("main button.main")
    expect(page.locator("[name=full_name_en]")).to_have_value("Half typed")
    expect(page.locator(".errors")).to_be_visible()


def test_a_security_key_is_added_and_lets_in(page: Page, server: Server) -> None:
    base = server.url.replace("127.0.0.1", "localhost")  # an address is no domain for a security key
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": False,
                "hasUserVerification": False,
                "automaticPresenceSimulation": True,
            }
        },
    )
    _sign_in(page, "gia", "/me/keys/add/", base)
    page.fill("[name=name]", "blue")
    page.click("[data-key-start]")
    page.wait_for_url("**/me/")
    expect(page.get_by_text("blue")).to_be_visible()
    page.locator("form[action='/sign-out/'] button").click()
    page.wait_for_url("**/sign-in/")
    page.goto(f"{base}/sign-in/?way=key&next=/me/")
    page.fill("[name=username]", "gia")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.main")
    page.wait_for_url("**/sign-in/key/**")
    page.click("[data-key-start]")
    page.wait_for_url("**/me/")
