"""The Fund's money in the browser: a sum worked out, decided on, given back; the queue and the budget."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gza.demo import people

from .looks import Looks
from .walkers import Walker

CASES = "48"


@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_sum_is_worked_out_decided_on_and_given_back(
    language: str, window: Callable[[str], Page], look: Looks, accessible: Callable[[Page], None]
) -> None:
    def seen(walker: Walker, name: str) -> None:
        accessible(walker.page)
        look(walker.page, f"money-{name}", languages=())

    tamar = Walker("tamar", window(language)).sign_in()
    seen(tamar, "today-director")
    tamar.open("/overview/")
    accessible(tamar.page)
    look(tamar.page, "overview", languages=(), shown=(f"1440-{language}-light",))
    worker, address = None, ""
    for name in people.WORKERS:
        worker = Walker(name, window(language)).sign_in()
        if address := worker.open("/").link("/sum/"):
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
    tamar.follow("/release/")
    tamar.fill(amount="50,00", reasons="კურსი იაფი აღმოჩნდა")
    seen(tamar, "release")
    tamar.send()
    tamar.open("/budget/")
    seen(tamar, "budget")
    tamar.page.locator("main table a").first.click()
    seen(tamar, "line")
