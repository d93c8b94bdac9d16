"""The first half of the road, walked by three people in three windows: from the first day to the agreed plan."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from . import stations
from .looks import Looks
from .servers import Server
from .walkers import Walker

CASES = "12"
SHOWN = {"ka": ("1440-ka-light",), "en": ("1440-en-light",)}


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
    case = stations.receive(levan, language)
    levan.open("/cases/new/")
    seen(levan, "intake")
    levan.open(case)
    stations.designate(levan, case, "ეკა" if language == "ka" else "Eka")
    seen(levan, "case-designated")

    # The worker: a refusal first, then consent, primary needs, explanation, the other consent.
    eka.open(case)
    eka.open(f"{case}primary-needs/").fill(description_0="ექიმი", recovery_0="physical").send()
    eka.refused("0.1")
    assert eka.page.locator("[name=description_0]").input_value() == "ექიმი"
    seen(eka, "refusal", picture=True)
    stations.consent(eka, case)
    seen(eka, "consent")
    eka.send()
    stations.primary_needs(eka, case)
    stations.explain(eka, case)
    stations.consent(eka, case)
    eka.send()
    stations.needs(eka, case)
    seen(eka, "needs")

    # The initial plan: written, submitted, returned, mended, agreed, frozen.
    eka.open(f"{case}plan/edit/").send()
    stations.draft(eka, case)
    seen(eka, "plan-draft")
    eka.open(f"{case}plan/submit/").send()
    levan.open(f"{case}plan/decide/").fill(outcome="returned", words="რატომ არის კურსი სასურველი?")
    seen(levan, "plan-decide")
    levan.send()
    eka.open(f"{case}plan/new-draft/").send()
    stations.draft(eka, case)
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
