"""The demonstration's people at their browsers: signing in, filling a form, pressing the one main act of a page."""

import time
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Locator, Page

from gza.demo import people

_STEP = 30
_DAY = 86_400
# A signature: parts of the pad's width and height.
_INK = ((0.1, 0.7), (0.18, 0.2), (0.24, 0.7), (0.34, 0.35), (0.42, 0.7), (0.5, 0.3), (0.62, 0.72), (0.8, 0.5))


@dataclass
class Walker:
    """Somebody signed in, in a window of their own."""

    name: str
    page: Page

    def sign_in(self, ahead: int = 0) -> "Walker":
        """Through the real door. A code is good once: who comes back within its half minute takes the next one.

        ``ahead``: by how many days the server's clock was moved.
        """
        now = int(time.time()) + ahead * _DAY
        totp = pyotp.TOTP(people.secret(self.name))
        for shift in (0, _STEP, -_STEP):
            self.page.goto("/sign-in/")
            self.page.fill("input[name=username]", self.name)
            self.page.fill("input[name=password]", people.PASSWORD)
            self.page.fill("input[name=code]", totp.at(now + shift))
            self.page.locator("main button[type=submit]").first.click()
            self.page.wait_for_load_state()
            if "/sign-in/" not in self.page.url:
                return self
        raise AssertionError(f"{self.name} could not sign in: {self.page.locator('main').inner_text()[:400]}")

    def open(self, address: str) -> "Walker":
        """Go to an address; it must answer."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status < 400, f"{address}: {answer.status}"
        return self

    def form(self, name: str) -> Locator:
        """The form that holds the field of that name."""
        return self.page.locator("form", has=self.page.locator(f"[name='{name}']")).first

    def fill(self, **values: str) -> "Walker":
        """Type into fields, choose from lists, tick radios and boxes, by field name."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']")
            kind = field.first.evaluate("e => e.tagName + ':' + (e.type || '')")
            if kind.startswith("SELECT"):
                self._choose(field.first, value)
            elif kind in {"INPUT:radio", "INPUT:checkbox"}:
                chosen = self.page.locator(f"main [name='{name}'][value='{value}']") if value != "on" else field
                chosen.first.check()
            else:
                field.first.fill(value)
        return self

    @staticmethod
    def _choose(field: Locator, value: str) -> None:
        options = field.evaluate("e => [...e.options].map(o => [o.value, o.textContent])")
        exact = next((each for each, _words in options if each == value), None)
        field.select_option(exact or next(each for each, words in options if value in words))

    def send(self) -> "Walker":
        """Press the main act of the page's form."""
        self.page.locator("main form[method=post] .btn.main").last.click()
        self.page.wait_for_load_state()
        return self

    def next_act(self) -> "Walker":
        """From the case page, on to the act that moves it on."""
        self.page.locator(".next .btn.main").click()
        self.page.wait_for_load_state()
        return self

    def link(self, ending: str) -> str:
        """The first address in the page's main part that ends so, empty when there is none."""
        found = self.page.locator(f"main a[href$='{ending}']")
        return str(found.first.get_attribute("href")) if found.count() else ""

    def follow(self, ending: str) -> "Walker":
        """Go where the first link of the main part leads that ends so, as a person goes."""
        self.page.locator(f"main a[href$='{ending}']:visible").first.click()
        self.page.wait_for_load_state()
        return self

    def draw(self) -> "Walker":
        """Sign on the pad with the pointer."""
        pad = self.page.locator("main [data-pad-field] svg[role=img]")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        for at, (x, y) in enumerate(_INK):
            self.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=6)
            if at == 0:
                self.page.mouse.down()
        self.page.mouse.up()
        return self

    def refused(self, clause: str) -> str:
        """The refusal on the page; it cites the clause and says what can be done."""
        refusal = self.page.locator(".refusal")
        refusal.wait_for()
        text = refusal.inner_text()
        assert f"§ {clause}" in text.replace("\u00a0", " "), text
        assert refusal.locator("ol li").count() >= 1
        return text

    @property
    def said(self) -> str:
        """What the page says in its main part."""
        return self.page.locator("main").inner_text()
