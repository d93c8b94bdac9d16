"""A person of the crowd: opens pages, fills forms, sends them - once, twice at once, or from two windows.

What the client was told is noted: each acknowledged act, each text and sum that was saved and upon which one. The
examination holds it against the database.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.client import Form, Page, Person

DONE, REFUSED, BUSY = {302, 303}, {404, 409, 422}, 503
PATIENCE = 60.0  # seconds after which an answer counts as a hang
AGAIN = 8  # times a form is sent again when the server was busy
_NEXT = re.compile(r'<section class="next".*?</section>', re.DOTALL)
_HREF = re.compile(r'href="([^"#?]+)')
CASE = re.compile(r"/cases/([0-9a-f-]{36})/")


@dataclass(frozen=True)
class Filled:
    """What is typed into a form, and what it will have meant once acknowledged.

    ``chain`` is kind, subject, the value shown and the value typed; ``mark`` is kind and the text that must stay.
    """

    values: dict[str, str | list[str]]
    chain: tuple[str, str, str, str] | None = None
    mark: tuple[str, str] | None = None


Fill = Callable[[Page, Form], Filled]


@dataclass
class Noted:
    """What everybody was told, and what must never have happened."""

    acts: Counter[tuple[str, str]] = field(default_factory=Counter)  # who, kind of act
    chains: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    marks: list[tuple[str, str, str, str]] = field(default_factory=list)  # kind, case, text, who
    answers: Counter[int] = field(default_factory=Counter)
    collisions: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, what: str) -> None:
        """Something that must not be."""
        with self.lock:
            self.faults.append(what)

    def answer(self, page: Page, took: float) -> None:
        """An answer of the server."""
        with self.lock:
            self.answers[page.status] += 1
            self.slowest = max(self.slowest, took)
            if page.status >= 500 and page.status != BUSY:  # noqa: PLR2004 (an error of the server)
                self.faults.append(f"{page.status} at {page.address}")

    def done(self, who: str, kind: str, case: str, filled: Filled) -> None:
        """An acknowledged act."""
        with self.lock:
            self.acts[who, kind] += 1
            if filled.chain:
                what, subject, base, new = filled.chain
                self.chains.setdefault((what, subject), []).append((base, new))
            if filled.mark:
                self.marks.append((filled.mark[0], case, filled.mark[1], who))


class Actor(threading.Thread):
    """Somebody signed in, with two windows of one browser, who works until told to stop.

    Args:
        name: sign-in name.
        me: the window that signed in.
        noted: where everybody's answers are noted.
        seed: the same seed, the same choices.
        pace: seconds of thought between two acts, at most.
    """

    def __init__(self, name: str, me: Person, noted: Noted, *, seed: int, pace: float) -> None:
        super().__init__(name=name, daemon=True)
        self.me, self.noted, self.pace = me, noted, pace
        self.window = Person(me.origin, timeout=PATIENCE)
        self.window.cookies = me.cookies
        self.rng = random.Random(f"{seed}-{name}")
        self.over = threading.Event()
        self.alive = time.monotonic()
        self.count = 0

    def turn(self) -> None:
        """One thing to do."""
        raise NotImplementedError

    def run(self) -> None:
        """Work on; a hang, a cut connection or a strange page is a fault, a form that is gone is not."""
        while not self.over.is_set():
            self.alive = time.monotonic()
            try:
                self.turn()
            except LookupError:
                with self.noted.lock:
                    self.noted.collisions["came too late"] += 1
            except (http.client.HTTPException, OSError) as error:
                self.noted.fault(f"{self.name} got no answer: {type(error).__name__}: {error}")
            except Exception as error:  # noqa: BLE001 (told at the end, with everything else)
                self.noted.fault(f"{self.name}: {type(error).__name__}: {error}")
            self.over.wait(self.rng.uniform(0, self.pace))

    def text(self, what: str) -> str:
        """A text that nobody else ever writes."""
        self.count += 1
        return f"{what} {self.name}-{self.count}"

    # One window

    def ask(self, address: str, window: Person | None = None) -> Page:
        """Open a page; its answer is noted."""
        began = time.monotonic()
        page = (window or self.me).get(address)
        self.noted.answer(page, time.monotonic() - began)
        if "/sign-in/" in page.address:
            raise PermissionError(f"signed out at {address}")
        if "/open/" in page.address and "/open/" not in address:
            return self._open_outside(page, window or self.me)
        return page

    def _open_outside(self, page: Page, window: Person) -> Page:
        """A registry member says why the case is opened (G4), then goes on to the page."""
        self.noted.collisions["opened outside own work"] += 1
        values: dict[str, str | list[str]] = {"reason": self.text("კითხვა")}
        form = page.form(having="reason")
        answer = window.send(page, form, **values)
        if answer.status in DONE:
            self.noted.done(self.name, "outside", "", Filled(values))
        page = window.get(answer.headers.get("Location", page.address))
        self.noted.answer(page, 0)
        return page

    def links(self, page: Page, pattern: str) -> list[str]:
        """The addresses on a page that match."""
        return sorted({one for one in _HREF.findall(page.text) if re.search(pattern, one)})

    def next_of(self, page: Page) -> str:
        """Where the case page says the next act is done; empty when it is somebody else's."""
        block = _NEXT.search(page.text)
        found = _HREF.findall(block.group(0)) if block else []
        return found[-1] if found else ""

    # Acts

    def act(self, address: str, kind: str, fill: Fill, *, having: str = "", case: str = "") -> list[int]:
        """Open a form, fill it in and send it in one of the ways people do; the answers' statuses.

        Most send it once. Some press twice, some have it open in two windows and send both.

        Raises:
            LookupError: when the form is not there (any more).
        """
        how = self.rng.random()
        pages = [(self.me, self.ask(address))]
        if how < 0.15:  # noqa: PLR2004 (one in seven has the form open twice)
            pages.append((self.window, self.ask(address, self.window)))
        sent: list[tuple[Person, Page, Form, Filled]] = []
        for window, page in pages:
            form = page.form(having=having)
            sent.append((window, page, form, fill(page, form)))
        if how >= 0.85:  # noqa: PLR2004 (as many are impatient and press twice)
            sent.append((self.window, *sent[0][1:]))
        if len(sent) == 1:
            return [self._settled(kind, case, sent[:1], [self._send(*sent[0])])]
        return self._at_once(kind, case, sent, twice=sent[0][2] is sent[1][2])

    def _send(self, window: Person, page: Page, form: Form, filled: Filled) -> Page:
        """Send a form; as long as the server says it is busy, send the very same again."""
        for _ in range(AGAIN):
            began = time.monotonic()
            answer = window.send(page, form, **filled.values)
            self.noted.answer(answer, time.monotonic() - began)
            if answer.status != BUSY:
                break
            time.sleep(self.rng.uniform(0.2, 1))
        return answer

    def _at_once(
        self, kind: str, case: str, sent: list[tuple[Person, Page, Form, Filled]], *, twice: bool
    ) -> list[int]:
        answers: dict[int, Page] = {}
        failed: list[Exception] = []

        def send(place: int) -> None:
            try:
                answers[place] = self._send(*sent[place])
            except (http.client.HTTPException, OSError) as error:
                failed.append(error)

        threads = [threading.Thread(target=send, args=(place,), daemon=True) for place in range(len(sent))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE * 2)
        with self.noted.lock:
            self.noted.collisions["pressed twice" if twice else "two windows"] += 1
        if twice and answers:  # one form, one act, however often it was pressed
            done = [self._settled(kind, case, sent[:1], list(answers.values()))]
        else:
            done = [self._settled(kind, case, [sent[place]], [page]) for place, page in answers.items()]
        if failed:
            raise failed[0]
        return done

    def _settled(self, kind: str, case: str, sent: list[tuple[Person, Page, Form, Filled]], answers: list[Page]) -> int:
        good = [page for page in answers if page.status in DONE]
        if any("/sign-in/" in page.headers.get("Location", "") for page in good):
            raise PermissionError(f"signed out while sending {kind}")
        if good:
            self.noted.done(self.name, kind, case, sent[0][3])
            return good[0].status
        page = answers[0]
        if page.status == 422:  # noqa: PLR2004 (fields were wrong: the crowd fills its forms rightly)
            with self.noted.lock:
                self.noted.unread[f"{kind}: {_errors(page)}"] += 1
        elif page.status not in {*REFUSED, BUSY} and page.status < 500:  # noqa: PLR2004 (those are noted already)
            self.noted.fault(f"{kind} was answered {page.status} at {page.address}")
        return page.status


def _errors(page: Page) -> str:
    """What a page says is wrong, shortly."""
    found = re.findall(r'class="errors".*?</div>', page.text, re.DOTALL)
    return " | ".join(" ".join(re.sub(r"<[^>]*>", " ", one).split())[20:] for one in found)[:200]
