"""The Fund's money in the browser: a sum worked out, decided on, given back; the queue and the budget."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from gza.demo import people

from . import browsers
from .looks import Looks
from .servers import Server
from .walkers import Walker

CASES = "48"


@pytest.fixture(scope="module")
def country(browser: Browser) -> Iterator[Server]:
    """A server with a small synthetic country in it."""
    assert browser
    with Server() as server:
        server.run("gza", "demo", "--cases", CASES)
        yield server


@pytest.fixture
def window(browser: Browser, country: Server) -> Iterator[Callable[[str], Page]]:
    """A window a person; what the content policy or a script complains of fails the test."""
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
    assert not [fault for fault in faults if not re.search(r"status of (409|422)", fault)], "\n".join(faults)


def link(walker: Walker, ending: str) -> str:
    """The first address on the page that ends so, empty when there is none."""
    found = walker.page.locator(f"main a[href$='{ending}']")
    return str(found.first.get_attribute("href")) if found.count() else ""


@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_sum_is_worked_out_decided_on_and_given_back(
    language: str, window: Callable[[str], Page], look: Looks, accessible: Callable[[Page], None]
) -> None:
    def seen(walker: Walker, name: str) -> None:
        accessible(walker.page)
        look(walker.page, f"money-{name}", languages=())

    tamar = Walker("tamar", window(language)).sign_in()
    seen(tamar, "today-director")
    worker, address = None, ""
    for name in people.WORKERS:
        worker = Walker(name, window(language)).sign_in()
        if address := link(worker.open("/"), "/sum/"):
            break
    assert worker
    assert address, "nothing to work out for any worker"
    seen(worker, "today-worker")

    # The worker: a wrong sum first, explained, then the right one.
    worker.open(address).fill(wanted="ბევრი", payee_name="კოლეჯი „იბერია“", grounds="სამი ფასი შევადარეთ").send()
    assert worker.page.locator("[name=payee_name]").input_value() == "კოლეჯი „იბერია“"
    seen(worker, "sum")
    worker.fill(wanted="480,50").send()
    seen(worker, "case-worker")

    # The director: the queue, everything in one view, above the need refused, then granted, then a part given back.
    tamar.open("/funding/")
    seen(tamar, "queue")
    decide = address.removesuffix("sum/") + "decide/"
    tamar.open(decide).fill(outcome="granted", amount="480,51").send()
    tamar.refused("5.6")
    seen(tamar, "decide")
    tamar.fill(amount="450").send()
    assert tamar.page.url.endswith("/funding/")
    case = re.sub("money/.*", "", address)
    tamar.open(f"{case}open/?next={case}money/").fill(why="ხელშეკრულებას ვამოწმებ").send()
    assert "450" in tamar.said
    seen(tamar, "case")
    tamar.open(link(tamar, "/release/"))
    tamar.fill(amount="50,00", reasons="კურსი იაფი აღმოჩნდა")
    seen(tamar, "release")
    tamar.send()
    tamar.open("/budget/")
    seen(tamar, "budget")
    tamar.page.locator("main table a").first.click()
    seen(tamar, "line")
