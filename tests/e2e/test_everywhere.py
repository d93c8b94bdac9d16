"""Everywhere a link leads: each person of the case side follows every kind of link once, on a telephone and a desk.

Reading changes nothing, so that a link may be followed wherever it leads. Whatever answers is held against axe; nothing
sticks out at 360 pixels; no link leads to a page that is not there, and no Georgian page speaks English.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .looks import assert_accessible, assert_no_overflow
from .walkers import Walker

CASES = "48"  # one at every stop of the road, and some more
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PERIOD = re.compile(r"/\d{4}-\d\d/|/\d+/")
# Other tests walk these, or they answer with a file.
ELSEWHERE = re.compile(
    r"^/(sign-out|language|static|accounts|nap|figures|statistics|directory|catalogue|powers|keys|me|clauses)/"
    r"|/pdf/|/files/|/consent/form/"
)
MOST_CASES = 12  # of each person: enough to meet every stop
# Words of more than three Latin letters, but for addresses of e-mail.
REFERENCE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")
LATIN = re.compile(r"(?<![@.\w])[A-Za-z]{4,}(?![\w.]*@|[\w-]*\.example)")


def kind(address: str) -> str:
    """What pages of one kind have in common: the address without ids, months and questions."""
    return PERIOD.sub("/n/", ID.sub("id", address.partition("?")[0]))


def links(page: Page) -> list[str]:
    """Where the page leads, within the case side."""
    found = page.eval_on_selector_all("a[href]", "all => all.map((each) => each.getAttribute('href').split('#')[0])")
    return [one for one in found if one.startswith("/") and not ELSEWHERE.search(one)]


def english(page: Page) -> set[str]:
    """What a Georgian page says in Latin letters; facts are left out, where names of foreigners stand, and codes."""
    said = page.evaluate("""() => {
        const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
        while (walk.nextNode()) {
            const near = walk.currentNode.parentElement;
            if (!near.closest("[lang=en], script, option, dd, .code, .print")) found.push(walk.currentNode.data);
        }
        return found;
    }""")
    return {text.strip()[:80] for text in said if LATIN.search(REFERENCE.sub("", text))}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("eka", ("/", "/cases/", "/requests/")),
        ("giorgi", ("/", "/cases/", "/requests/")),
        ("levan", ("/", "/cases/", "/requests/", "/reports/", "/unmet/", "/overview/", "/funding/", "/budget/")),
        ("tamar", ("/", "/funding/", "/budget/", "/cases/", "/overview/", "/unmet/")),
        ("nino", ("/", "/provider/requests/", "/provider/reports/")),
    ],
)
def test_every_kind_of_page_a_link_leads_to(name: str, first: tuple[str, ...], window: Callable[..., Page]) -> None:
    walker = Walker(name, window("ka")).sign_in()
    page, faults, seen = walker.page, [], {}
    waiting = list(first)
    while waiting:
        address = waiting.pop(0)
        what = kind(address)
        if seen.get(what, 0) >= (MOST_CASES if what == "/cases/id/" else 1):
            continue
        seen[what] = seen.get(what, 0) + 1
        answer = page.goto(address)
        asked = page.locator("main [name='why']").count()
        if "/open/" in page.url and asked:  # a case outside one's own work opens with a reason
            walker.fill(why="ვამოწმებ").send()
            answer = page.goto(address)
        if answer is None or answer.status != 200:
            faults.append(f"{address}: {answer and answer.status}")
            continue
        waiting += links(page)
        faults += held(page)
    assert not faults, "\n".join(faults)


def held(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = [f"{page.url}: {text}" for text in english(page)]
    for check in (assert_accessible, on_a_telephone):
        try:
            check(page)
        except AssertionError as error:
            found.append(str(error))
    return found


def on_a_telephone(page: Page) -> None:
    """Nothing sticks out."""
    page.set_viewport_size({"width": 360, "height": 900})
    try:
        assert_no_overflow(page)
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})
