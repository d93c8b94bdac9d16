"""The first half of the road, walked by three people in three windows: from the first day to the agreed plan."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from . import browsers
from .looks import Looks
from .servers import Server
from .walkers import Walker

SHOWN = {"ka": ("1440-ka-light",), "en": ("1440-en-light",)}
NAMES = {"ka": ("სალომე", "ბურჭულაძე"), "en": ("Salome", "Burchuladze")}


@pytest.fixture(scope="module")
def country(browser: Browser) -> Iterator[Server]:
    """A server with a small synthetic country in it."""
    assert browser
    with Server() as server:
        server.run("gza", "demo", "--cases", "12")
        yield server


@pytest.fixture
def window(browser: Browser, country: Server) -> Iterator[Callable[..., Page]]:
    """A window a person; whatever the content policy or a script complains of fails the test."""
    contexts, faults = [], []

    def open_window(language: str) -> Page:
        context = browser.new_context(
            base_url=country.url, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "gza_lang", "value": language, "url": country.url}])
        page = context.new_page()
        browsers.watch(page, faults)
        contexts.append(context)
        return page

    yield open_window
    for context in contexts:
        context.close()
    # A refusal and a form with errors answer 4xx on purpose.
    assert not [fault for fault in faults if not re.search(r"status of (409|422)", fault)], "\n".join(faults)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_three_people_walk_from_the_first_day_to_the_agreed_plan(
    language: str, window: Callable[..., Page], look: Looks, accessible: Callable[[Page], None]
) -> None:
    levan, eka, tamar = (Walker(name, window(language)) for name in ("levan", "eka", "tamar"))
    for walker in (levan, eka, tamar):
        walker.sign_in()

    def seen(walker: Walker, name: str, *, picture: bool = False, **how: Any) -> None:
        accessible(walker.page)
        wide = {"languages": (), "themes": ("light", "dark"), "widths": (360, 1440)}
        look(walker.page, name, **{**wide, **how}, shown=SHOWN[language] if picture else ())

    # The coordinator receives a person; a decision is there; a social worker is designated.
    seen(levan, "today-coordinator")
    first, last = NAMES[language]
    levan.open("/cases/new/").fill(first_name=first, last_name=last, year_of_birth="1994", office="GE-IM")
    seen(levan, "intake")
    levan.send()
    if levan.page.locator("input[name=checked]").count():  # somebody alike is known already
        levan.send()
    case = levan.page.url
    assert re.search(r"/cases/[0-9a-f-]{36}/$", case)
    levan.next_act().fill(kind="victim", document_number="12-26").send()
    assert levan.page.url == case
    levan.next_act().fill(worker="ეკა" if language == "ka" else "Eka").send()
    seen(levan, "case-designated")

    # The worker: a refusal first, then consent, primary needs, explanation, the other consent.
    eka.open(case)
    eka.open(f"{case}primary-needs/").fill(description_0="ექიმი", recovery_0="physical").send()
    eka.refused("0.1")
    assert eka.page.locator("[name=description_0]").input_value() == "ექიმი"
    seen(eka, "refusal", picture=True)
    eka.open(case).next_act()
    sign(eka)
    seen(eka, "consent")
    eka.send()
    eka.open(case).next_act().fill(description_0="ექიმის გასინჯვა", recovery_0="physical").send()
    eka.open(case).next_act().fill(topics="importance").fill(minutes="35")
    eka.page.locator("main [name=topics][value=procedure]").check()
    eka.send()
    eka.open(case).next_act()
    sign(eka)
    eka.send()
    for domain, text, priority in (("work", "სამუშაო", "necessary"), ("education", "მკერავის კურსი", "desired")):
        eka.open(f"{case}needs/").fill(domain=domain, description=text, priority=priority, why="ასე სურს").send()
    seen(eka, "needs")

    # The initial plan: written, submitted, returned, mended, agreed, frozen.
    eka.open(f"{case}plan/edit/").send()
    eka.open(f"{case}plan/edit/")
    write_plan(eka)
    eka.send()
    seen(eka, "plan-draft")
    eka.open(f"{case}plan/submit/").send()
    levan.open(f"{case}plan/decide/").fill(outcome="returned", words="რატომ არის კურსი სასურველი?")
    seen(levan, "plan-decide")
    levan.send()
    eka.open(f"{case}plan/new-draft/").send()
    eka.open(f"{case}plan/edit/")
    write_plan(eka)
    eka.send()
    eka.open(f"{case}plan/submit/").send()
    levan.open(f"{case}plan/decide/").fill(outcome="agreed").send()
    eka.open(f"{case}plan/")
    seen(eka, "plan", picture=True)
    eka.open(case)
    seen(eka, "case", picture=True)
    assert eka.page.locator(".road li.on").count() >= 10

    # The director sees it, the worker's day, the national plan.
    tamar.open("/overview/")
    seen(tamar, "overview")
    eka.open("/")
    seen(eka, "today", picture=True)
    tamar.open("/nap/plan/NAP-2019-2020/")
    seen(tamar, "nap", picture=True, themes=("light",), widths=(1440,), full=False)

    # The person takes the consent back: first the consequence, then the act; and it can be walked no further.
    eka.open(f"{case}consent/withdraw/")
    seen(eka, "withdraw")


def sign(walker: Walker) -> None:
    """Tick what was told and sign by the keyboard alternative of the pad."""
    walker.fill(told="on")
    walker.page.locator("main [name=signature-typed]").fill("სალომე ბურჭულაძე")


def write_plan(walker: Walker) -> None:
    """Service, kind of provider, months and reason for each item."""
    walker.fill(aim="დამოუკიდებელი ცხოვრება", months="12")
    for index in range(walker.page.locator("main [name^='service_']").count()):
        service = "employment" if index == 0 else "vocational_training"
        walker.fill(**{
            f"service_{index}": service, f"provider_{index}": "ngo", f"from_{index}": str(1 + index),
            f"to_{index}": str(6 + index), f"detail_{index}": "კურსი და სტაჟირება", f"reason_{index}": "ასე სურს",
        })  # fmt: skip


def test_what_is_not_yours_is_not_there(window: Callable[..., Page], country: Server) -> None:
    """A worker who does not hold a case gets the very page of a case that does not exist."""
    assert country
    eka, maka = Walker("eka", window("ka")).sign_in(), Walker("maka", window("ka")).sign_in()
    href = maka.open("/cases/").page.locator(".rows .what a").first.get_attribute("href")
    foreign = eka.page.goto(href)
    there = eka.page.content()
    missing = eka.page.goto("/cases/01900000-0000-7000-8000-000000000000/")
    assert foreign is not None
    assert missing is not None
    assert (foreign.status, missing.status) == (404, 404)
    strip = re.compile(r'value="[^"]*"|content="[^"]*"|/cases/[0-9a-f-]{36}/')
    assert strip.sub("", there) == strip.sub("", eka.page.content())
