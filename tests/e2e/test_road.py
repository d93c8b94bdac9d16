"""The whole road, walked by four people in four windows: from the first day to the contact after the plan."""

import calendar
import datetime as dt
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from gza.core import clock

from . import stations
from .looks import Looks, assert_accessible, assert_no_overflow
from .servers import Server
from .stations import Wish
from .walkers import Walker

CASES = "3"
CLOCKED = True
SHOWN = {"ka": ("1440-ka-light",), "en": ("1440-en-light",)}
WISHES = (
    Wish("legal_status", "პირადობის მოწმობა", "necessary", "documents"),
    Wish("education", "მკერავის კურსი", "necessary", "vocational_training"),
    Wish("work", "სამუშაო", "necessary", "employment"),
)
SERVICES = {
    "ka": ("პროფესიული მომზადება", "დასაქმების ხელშეწყობა"),
    "en": ("Vocational training", "Employment support"),
}
HERE = {"ka": "სიტყვა და კანონი", "en": "Word and Law"}  # has a workplace here
ELSEWHERE = {"ka": "რიონის სახლი", "en": "House on the Rioni"}  # answers by telephone


@dataclass
class Walk:
    """Four people on one road, and how a page they pass is looked at."""

    server: Server
    language: str
    look: Looks
    levan: Walker
    eka: Walker
    nino: Walker
    tamar: Walker
    case: str = ""
    today: dt.date = dt.date.min

    def seen(self, walker: Walker, name: str, *, picture: bool = False, **how: Any) -> None:
        """Everybody can use the page; it fits a telephone; it is kept as a picture."""
        page = walker.page
        page.evaluate("document.querySelectorAll('main details.more').forEach((each) => { each.open = true })")
        page.evaluate("scrollTo(0, 0)")  # what the bar at the top covers is no fault of what lies below it
        assert_accessible(page)
        page.set_viewport_size({"width": 360, "height": 900})
        assert_no_overflow(page)
        page.set_viewport_size({"width": 1440, "height": 900})
        how = {"languages": (), "themes": ("light",), "widths": (360, 1440), **how}
        self.look(page, f"road-{name}" if not picture else name, **how, shown=SHOWN[self.language] if picture else ())

    def move(self, days: int) -> None:
        """Days pass; everybody signs in again."""
        self.server.move(days)
        self.today = clock.today() + dt.timedelta(days=days)
        for walker in (self.levan, self.eka, self.nino, self.tamar):
            walker.page.context.clear_cookies(name=re.compile("gza_(?!lang)"))
            walker.sign_in(days)

    def sought(self) -> None:
        """Consent that names the organisations; one is asked here, one on paper, one offer is set aside."""
        eka, said = self.eka, self.language
        eka.open(self.case).next_act()
        self.seen(eka, "requests-none")
        eka.follow("/consent/disclosure/")
        for name in (HERE[said], ELSEWHERE[said]):
            eka.page.get_by_label(name, exact=True).check()
        eka.fill(told="on").draw()
        self.seen(eka, "consent-named")
        eka.send()
        for number in range(2):
            eka.open(f"{self.case}requests/")
            eka.page.locator("main a[href*='/ask/']").first.click()
            eka.fill(place="outside", age="adult").send()
            if number == 0:
                self.seen(eka, "request-shown")
            eka.send()
        eka.open(f"{self.case}requests/").follow("/paper/")
        self.seen(eka, "request-paper")
        eka.open(f"{self.case}requests/")
        eka.page.locator("main a[href*='/aside/']").last.click()
        eka.fill(ground="capacity", why="ჯგუფი სავსეა.")
        self.seen(eka, "request-aside")
        eka.send()
        self.seen(eka, "requests")

    def answered(self) -> None:
        """The provider reads and accepts in its own workplace; the other declined on the telephone."""
        eka, nino = self.eka, self.nino
        nino.open("/provider/requests/")
        self.seen(nino, "workplace")
        nino.page.locator("main .rows .what a").first.click()
        self.seen(nino, "workplace-unread")
        nino.follow("/open/")
        self.seen(nino, "workplace-read")
        nino.send()
        nino.follow("/answer/").fill(answer="accepted", words="ორშაბათს, ათ საათზე, პირველ სართულზე.")
        self.seen(nino, "workplace-answer")
        nino.send()
        self.seen(nino, "workplace-request", picture=True)
        assert stations.NAMES[self.language][1] not in nino.said  # the person's name was not told
        eka.open(f"{self.case}requests/")
        assert "ორშაბათს, ათ საათზე" in eka.said
        eka.page.locator("main a[href$='/answer/']").last.click()
        eka.fill(answer="declined", channel="telephone", name="ლია, კოორდინატორი", words="ადგილი არ გვაქვს.")
        self.seen(eka, "request-recorded")
        eka.send()
        self.seen(eka, "requests-answered")
        eka.open(self.case)
        self.seen(eka, "case-funding")

    def paid_for(self) -> None:
        """The worker works out two sums; the director grants one and refuses the other with reasons."""
        eka, tamar = self.eka, self.tamar
        eka.open(f"{self.case}money/")
        addresses = [one.get_attribute("href") for one in eka.page.locator("main a[href$='/sum/']").all()]
        assert len(addresses) == 2
        for address in addresses:
            eka.open(str(address)).fill(wanted="480,50", payee_name="კოლეჯი „იბერია“", grounds="სამი ფასი შევადარეთ")
            eka.send()
        self.seen(eka, "money")
        tamar.open("/")
        self.seen(tamar, "today-director")
        course, work = SERVICES[self.language]
        for service, outcome, amount, words in (
            (course, "granted", "480,50", "თვეში ერთხელ, ანგარიშ-ფაქტურით."),
            (work, "refused", "", "ჯერ კურსი დაასრულოს."),
        ):
            tamar.open("/funding/").page.locator("main .rows .what a", has_text=service).first.click()
            tamar.fill(outcome=outcome, amount=amount, reasons=words)
            self.seen(tamar, f"money-{outcome}")
            tamar.send()
            assert tamar.page.url.endswith("/funding/"), tamar.said
        eka.open(self.case)
        self.seen(eka, "case-final")

    def drawn_up(self) -> None:
        """The final plan with what secures each item; the need nobody meets stays in sight; the Fund agrees."""
        eka, levan = self.eka, self.levan
        eka.open(self.case).next_act()
        self.seen(eka, "final-begin")
        eka.send()
        self.seen(eka, "final-rows")
        eka.fill(proof_2="unmet")
        eka.send()
        self.seen(eka, "final-wrong")
        review = clock.today() + dt.timedelta(days=40)
        eka.fill(tried_2="ვკითხეთ ყველას.", pursued_2="სოციალური მუშაკი", review_2=f"{review:%d.%m.%Y}").send()
        self.seen(eka, "final-draft")
        eka.follow("/plan/submit/").send()
        levan.open(f"{self.case}plan/decide/")
        levan.fill(outcome="agreed", words="ძებნა გრძელდება.")
        self.seen(levan, "final-decide")
        levan.send()

    def signed(self) -> None:
        """The beneficiary signs with the pointer, the worker on paper; PDF, copy, fingerprint."""
        eka = self.eka
        eka.open(self.case).next_act()
        self.seen(eka, "sign")
        digits = eka.page.locator(".print").first.inner_text()
        eka.follow("/sign/paper/")
        self.seen(eka, "sign-paper")
        eka.open(f"{self.case}plan/sign/").follow("/sign/beneficiary/")
        eka.fill(form="screen").draw()
        self.seen(eka, "sign-pointer")
        eka.send()
        eka.follow("/sign/worker/").fill(form="paper")
        eka.page.set_input_files("main [name=scan]", {"name": "plan.png", "mimeType": "image/png", "buffer": scan()})
        eka.send().page.wait_for_url("**/plan/")  # an upload is sent by the page's script
        assert eka.page.locator(".notice.done").first.is_visible()  # and what was done is said on the next page
        self.seen(eka, "plan-in-force")
        text = self.paper(f"{self.case}plan/pdf/")
        for said in (*digits.split(), "დამოუკიდებელი ცხოვრება", "კოლეჯი „იბერია“"):
            assert squeezed(said) in squeezed(text), said
        eka.open(f"{self.case}plan/fingerprint/").fill(digits=digits[:39]).send()
        self.seen(eka, "fingerprint")
        assert eka.page.locator("main .is-done, main .notice.done").count()
        eka.open(f"{self.case}plan/copy/").fill(outcome="held", note="სახლში სახიფათოა.")
        self.seen(eka, "copy")
        eka.send()

    def paper(self, address: str) -> str:
        """The words of a PDF, as a reader gets them out of it."""
        answer = self.eka.page.request.get(address)
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        if not shutil.which("pdftotext"):
            pytest.skip("pdftotext is not on this machine")
        made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=answer.body(), capture_output=True, check=True)
        return made.stdout.decode()

    def lived(self) -> None:
        """The first month: the provider gives, the Fund pays, the month ends, its report goes to the Fund."""
        eka, nino, levan = self.eka, self.nino, self.levan
        nino.open("/provider/requests/").page.locator("main .rows .what a").first.click()
        nino.follow("/given/").fill(sessions="2", note="საბუთები შევიტანეთ.")
        self.seen(nino, "workplace-given")
        nino.send()
        eka.open(f"{self.case}year/")
        self.seen(eka, "year")
        eka.follow("/given/new/")
        eka.page.locator("main [name=item]").select_option(index=2)
        eka.fill(sessions="3")
        self.seen(eka, "given-new")
        eka.send()
        self.seen(eka, "given")
        eka.open(f"{self.case}spending/payment/")
        eka.page.locator("main [name=commitment]").select_option(index=1)
        eka.fill(amount="500", document="17").send()
        eka.refused("7.9")
        self.seen(eka, "payment-over")
        eka.fill(amount="120,50").send()
        self.seen(eka, "spending")
        began = self.today
        self.move(calendar.monthrange(began.year, began.month)[1] - began.day + 1)
        eka.open("/")
        self.seen(eka, "today-report")
        month = f"{self.case}reports/{began.year}/{began.month}/"
        eka.open(f"{self.case}year/").page.locator("main .next .btn.main").click()
        eka.fill(work_done="საბუთები მზადდება; კურსი დაიწყო და ბენეფიციარი კმაყოფილია.", outlook="პრაქტიკა.")
        self.seen(eka, "report-write")
        eka.send()
        eka.page.locator("main table th a").first.click()
        self.seen(eka, "report", picture=True)
        month = eka.page.url
        text = self.paper(f"{month}pdf/")
        assert squeezed("კურსი დაიწყო") in squeezed(text)
        levan.open("/reports/")
        self.seen(levan, "reports")
        levan.page.locator("main .rows .what a").first.click()
        self.open_with_reason(levan)
        self.seen(levan, "report-fund")
        levan.send()
        nino.open("/provider/reports/").page.locator("main .rows .what a").first.click()
        nino.follow("/open/").send()
        self.seen(nino, "workplace-report")
        assert "120,50" not in nino.said  # paid to somebody else

    @staticmethod
    def open_with_reason(walker: Walker) -> None:
        """A case outside one's own work opens with a reason, where it asks for one."""
        if "/open/" in walker.page.url:
            walker.fill(why="ანგარიშს ვკითხულობ").send()

    def amended(self) -> None:
        """The plan changes on the way: its ground, a new version, compared, signed again, the beneficiary by a mark."""
        eka = self.eka
        eka.open(f"{self.case}plan/amend/").fill(ground="needs", why="სამუშაო იპოვა: კურსი საღამოს ჯგუფში გადადის.")
        self.seen(eka, "amend")
        eka.send()
        eka.fill(detail_1="საღამოს ჯგუფი", change_1="სამუშაო საათების გამო")
        self.seen(eka, "amend-rows")
        eka.send()
        eka.follow("/plan/submit/").send()
        eka.open(f"{self.case}plan/sign/").follow("/sign/beneficiary/")
        eka.fill(form="mark", witness="მარიამ გელაშვილი").draw()
        self.seen(eka, "sign-mark")
        eka.send()
        eka.follow("/sign/worker/").fill(form="screen").draw().send()
        self.seen(eka, "final-plan", picture=True)
        eka.open(f"{self.case}plan/compare/")
        assert "საღამოს ჯგუფი" in eka.said
        self.seen(eka, "compare")

    def ended(self) -> None:
        """The beneficiary asks for the end; the director answers; the notice is handed over."""
        eka, tamar = self.eka, self.tamar
        eka.open(f"{self.case}end/")
        self.seen(eka, "end")
        eka.follow("/end/request/").fill(changed_need="სამუშაო იპოვა", words="გთხოვთ, დაასრულოთ გეგმა.")
        self.seen(eka, "end-request")
        eka.send()
        tamar.open("/")
        self.seen(tamar, "today-end")
        tamar.page.locator("main a[href*='/end/request/']").first.click()
        self.open_with_reason(tamar)
        tamar.fill(granted="yes", reasons="ბენეფიციარის საჭიროება შეიცვალა.")
        self.seen(tamar, "end-answer")
        tamar.send()
        eka.open(self.case).next_act().fill(handed="yes", how="შეხვედრაზე გადაეცა.")
        self.seen(eka, "notice")
        eka.send()
        assert squeezed("116") in squeezed(self.paper(f"{self.case}notice/pdf/"))
        eka.open(f"{self.case}end/")
        self.seen(eka, "end-told")

    def followed(self) -> None:
        """Follow-up as agreed, a contact; money given back, the case closed and opened again."""
        eka, levan, tamar = self.eka, self.levan, self.tamar
        eka.open(f"{self.case}follow-up/").follow("/follow-up/agree/")
        review = self.today + dt.timedelta(days=120)
        eka.fill(way="telephone", every_days="30", method="დის ნომერზე", never="შეტყობინება არ დაუტოვოთ",
                 review_on=f"{review:%d.%m.%Y}")  # fmt: skip
        self.seen(eka, "follow-up-agree")
        eka.send()
        eka.open(self.case).next_act()
        eka.follow("/follow-up/contact/").fill(direction="incoming", way="telephone", reached="yes", note="მუშაობს.")
        self.seen(eka, "contact")
        eka.send()
        self.seen(eka, "follow-up")
        eka.open(self.case)
        self.seen(eka, "case-follow-up")
        levan.open("/overview/")
        self.seen(levan, "overview")
        levan.open(f"{self.case}close/")
        self.open_with_reason(levan)
        levan.fill(why="გეგმა შესრულდა").send()
        levan.refused("7.11")
        self.seen(levan, "close-refused")
        eka.open(f"{self.case}follow-up/").follow("/follow-up/end/")
        self.seen(eka, "follow-up-end")
        eka.send()
        tamar.open(f"{self.case}money/")
        self.open_with_reason(tamar)
        tamar.follow("/release/").fill(amount="360", reasons="კურსი აღარ სჭირდება")
        self.seen(tamar, "release")
        tamar.send()
        levan.open(f"{self.case}close/").fill(why="გეგმა შესრულდა").send()
        levan.open(f"{self.case}end/").follow("/reopen/").fill(why="ისევ სჭირდება დახმარება")
        levan.page.locator("main [name=worker]").select_option(index=1)
        self.seen(levan, "reopen")
        levan.send()
        assert stations.CASE.search(levan.page.url) or "/end/" in levan.page.url


def squeezed(text: str) -> str:
    """Letters and figures alone: hyphens at the ends of lines and spaces fall out."""
    return re.sub(r"[\s\-\u00ad\u2010]+", "", text)


def scan() -> bytes:
    """A small picture, as of a signed paper."""
    kept = io.BytesIO()
    Image.new("L", (60, 80), 255).save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize("language", ["ka", "en"])
def test_four_people_walk_the_whole_road(
    language: str, window: Callable[..., Page], country: Server, look: Looks
) -> None:
    levan, eka, nino, tamar = (Walker(name, window(language)) for name in ("levan", "eka", "nino", "tamar"))
    walk = Walk(country, language, look, levan, eka, nino, tamar)
    walk.move(0)
    walk.case = stations.agreed_plan(levan, eka, language, WISHES)
    walk.sought()
    walk.answered()
    walk.paid_for()
    walk.drawn_up()
    walk.signed()
    walk.lived()
    walk.amended()
    walk.ended()
    walk.followed()
