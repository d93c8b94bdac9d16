"""The social workers of ``tools.soakcrowd``: what one does on the road of a case, and beside it."""

import datetime as dt
import re
from typing import Any

from tools.client import Form, Page
from tools.crowd import CASE, Actor, Fill, Filled

_SIGNED = "სალომე ბურჭულაძე"
Typed = dict[str, str | list[str]]


def plain(values: Typed) -> Fill:
    """The same values, whatever the form shows."""
    return lambda _page, _form: Filled(values)


def first(form: Form, name: str) -> str:
    """What a field shows."""
    return (form.fields.get(name) or [""])[0]


def digits(text: str) -> str:
    """A sum without what only the eye needs."""
    return re.sub(r"\D", "", text)


class OfCases(Actor):
    """Somebody of the Fund: goes from case to case, following what waits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases: list[str] = []

    def pick(self) -> str:
        """A case: one that waits today, or any of one's list."""
        if not self.cases or self.rng.random() < 0.1:  # noqa: PLR2004 (the list is looked at now and then)
            address = self.rng.choice(("/", "/cases/"))
            self.cases = sorted(set(CASE.findall(self.ask(address).text))) or self.cases
        if not self.cases:
            raise LookupError("no case yet")
        return self.rng.choice(self.cases)

    def turn(self) -> None:
        """Do what the case page says is next, or something beside the road."""
        case = self.pick()
        page = self.ask(f"/cases/{case}/")
        tail = self.next_of(page).removeprefix(f"/cases/{case}/").strip("/")
        step = self.steps().get(tail)
        if step is not None and self.rng.random() < 0.85:  # noqa: PLR2004 (mostly the road)
            step(case)
        else:
            self.rng.choice(self.sides())(case)

    def steps(self) -> dict[str, Any]:
        """Page of the next act: how it is done."""
        raise NotImplementedError

    def sides(self) -> list[Any]:
        """What is done beside the road."""
        raise NotImplementedError

    def simple(
        self, case: str, tail: str, kind: str, /, having: str = "happened_on", **values: str | list[str]
    ) -> None:
        """An act whose form is filled alike whatever it shows."""
        self.act(f"/cases/{case}/{tail}/", kind, plain(values), having=having, case=case)

    def work_out(self, case: str) -> None:
        """The sum of a consideration: worked out, or worked out anew upon what is shown."""
        rows = self.links(self.ask(f"/cases/{case}/money/"), r"/money/[0-9a-f-]{36}/sum/$")
        address = self.rng.choice(rows or [""])
        if not address:
            raise LookupError("no sum to work out")

        def fill(_page: Page, form: Form) -> Filled:
            wanted = f"{self.rng.randint(100, 480)},{self.rng.randint(10, 99)}"
            subject = address.strip("/").split("/")[3]
            chain = ("wanted", subject, digits(first(form, "wanted")), digits(wanted))
            return Filled(
                {"wanted": wanted, "payee": "", "payee_name": self.text("კოლეჯი"), "grounds": "სამი ფასი"}, chain
            )

        self.act(address, "sum", fill, having="wanted", case=case)


class Worker(OfCases):
    """A social worker."""

    def steps(self) -> dict[str, Any]:
        """The worker's part of the road."""
        told: Typed = {"told": "on", "signature-typed": _SIGNED}
        return {
            "consent/rehabilitation": lambda case: self.simple(case, "consent/rehabilitation", "consent", **told),
            "consent/reintegration": lambda case: self.simple(case, "consent/reintegration", "consent", **told),
            "primary-needs": lambda case: self.simple(
                case, "primary-needs", "primary", description_0=self.text("ექიმი"), recovery_0="physical"
            ),
            "explanation": lambda case: self.simple(
                case, "explanation", "explained", topics=["importance", "procedure"], minutes="35"
            ),
            "needs": self.need, "plan/edit": self.edit, "plan/submit": self.submit, "requests": self.seek,
            "plan/final": self.final, "plan/sign": self.sign, "year": self.year,
        }  # fmt: skip

    def sides(self) -> list[Any]:
        """What a worker does beside the road."""
        return [
            self.need, self.edit, self.submit, self.seek, self.seek, self.work_out, self.final, self.sign, self.year,
            self.year, self.amend, self.withdraw, self.consent_again,
        ]  # fmt: skip

    def need(self, case: str) -> None:
        """One more need; its words must be found again."""

        def fill(_page: Page, _form: Form) -> Filled:
            text = self.text("საჭიროება")
            values: Typed = {"domain": "work", "description": text, "priority": "necessary", "why": "შემოსავალი"}
            if self.rng.random() < 0.3:  # noqa: PLR2004 (a third is desired)
                values |= {"priority": "desired", "domain": "education"}
            return Filled(values, mark=("need", text))

        self.act(f"/cases/{case}/needs/", "need", fill, having="domain", case=case)

    def edit(self, case: str) -> None:
        """Begin the initial plan, go on after a return, or write its draft; upon the aim that is shown."""
        page = self.ask(f"/cases/{case}/plan/edit/")
        if "/new-draft/" in page.address:
            self.simple(case, "plan/new-draft", "new draft")
        elif "/plan/edit/" in page.address and not any("rows" in form.fields for form in page.forms()):
            self.simple(case, "plan/edit", "begin plan")
        elif "/plan/edit/" in page.address:
            self.act(
                page.address, "write plan", lambda _page, form: self._initial(case, form), having="rows", case=case
            )

    def _initial(self, case: str, form: Form) -> Filled:
        aim = self.text("მიზანი")
        values: Typed = {"aim": aim, "months": "12"}
        for index in range(int(first(form, "rows") or 0)):
            desired = first(form, f"priority_{index}") == "desired"
            values |= {
                f"service_{index}": "vocational_training" if desired else "employment", f"provider_{index}": "ngo",
                f"from_{index}": "1", f"to_{index}": str(self.rng.randint(2, 12)), f"detail_{index}": "კურსი",
                f"reason_{index}": "ასე სურს",
            }  # fmt: skip
        return Filled(values, ("aim", case, first(form, "aim"), aim))

    def submit(self, case: str) -> None:
        """Submit whatever draft there is, or fix an amendment."""
        self.simple(case, "plan/submit", "submit")

    def seek(self, case: str) -> None:
        """Ask a provider, record an answer, set an offer aside, or establish that nobody is left."""
        page = self.ask(f"/cases/{case}/requests/")
        ask = self.links(page, r"/requests/[0-9a-f-]{36}/ask/")
        aside = self.links(page, r"/aside/")
        answer = self.links(page, r"/requests/[0-9a-f-]{36}/answer/$")
        nobody, keep = self.links(page, r"/nobody/$"), self.links(page, r"/keep-open/$")
        if keep and self.rng.random() < 0.3:  # noqa: PLR2004 (now and then)
            self.act(keep[0], "keep open", plain({}), having="form_token", case=case)
        elif nobody:
            self.act(nobody[0], "nobody", plain({}), having="form_token", case=case)
        elif answer and self.rng.random() < 0.5:  # noqa: PLR2004 (answers come while others are asked)
            said = self.rng.choice(("accepted", "accepted", "declined"))
            values: Typed = {"answer": said, "channel": "telephone", "name": "ლია", "words": self.text("გვითხრეს")}
            self.act(self.rng.choice(answer), "answer recorded", plain(values), having="channel", case=case)
        elif ask and self.rng.random() < 0.75:  # noqa: PLR2004 (most are asked)
            self._ask_provider(case, self.rng.choice(ask))
        elif aside:
            values = {"ground": "distance", "why": self.text("შორს არის")}
            self.act(self.rng.choice(aside), "aside", plain(values), having="ground", case=case)
        else:
            raise LookupError("nothing to seek")

    def _ask_provider(self, case: str, address: str) -> None:
        body = address.strip("/").rsplit("/", 1)[-1]
        page = self.ask(f"/cases/{case}/consent/disclosure/")
        form = page.form(having="told")
        if body in form.choices.get("organisations", []) and self.rng.random() < 0.8:  # noqa: PLR2004 (some forget)
            values: Typed = {"told": "on", "signature-typed": _SIGNED, "organisations": [body]}
            self.act(page.address, "consent", plain(values), having="told", case=case)
        tell: Typed = {"place": "outside", "age": "adult"}
        page = self.ask(address)
        shown = self.me.send(page, page.form(having="shown"), **tell)
        self.noted.answer(shown, 0)
        form = shown.form(having="shown")
        answer = self._send(self.me, shown, form, Filled(tell))
        self._settled("ask", case, [(self.me, shown, form, Filled(tell))], [answer])

    def final(self, case: str) -> None:
        """Begin the final plan, go on after a return, or write its draft."""
        page = self.ask(f"/cases/{case}/plan/final/")
        if "/new-draft/" in page.address:
            self.simple(case, "plan/new-draft", "new draft")
        elif "/plan/final/" in page.address and not any("rows" in form.fields for form in page.forms()):
            self.simple(case, "plan/final", "begin final", having="starts_on")
        elif "/plan/final/" in page.address:
            self.act(page.address, "write final", lambda _page, form: self._final(case, form), having="rows", case=case)

    def _final(self, case: str, form: Form) -> Filled:
        aim, values = self.text("მიზანი"), {}
        amendment = any(name.startswith("need_") for name in form.choices)
        review = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)).isoformat()
        for index in range(int(first(form, "rows") or 0)):
            values[f"change_{index}"] = self.text("შეიცვალა")
            if first(form, f"proof_{index}"):
                continue
            values |= {f"first_{index}": "", f"last_{index}": ""}
            if first(form, f"priority_{index}") == "necessary":
                values |= {
                    f"proof_{index}": "unmet", f"tried_{index}": "ვკითხეთ ყველას", f"pursued_{index}": "მუშაკი",
                    f"review_{index}": review,
                }  # fmt: skip
            else:
                values[f"proof_{index}"] = "out"
        if amendment:  # dropped ones would break the chain of aims
            return Filled(dict(values))
        return Filled({**values, "aim": aim}, ("aim", case, first(form, "aim"), aim))

    def sign(self, case: str) -> None:
        """A signature that is missing; now and then the plan is taken back instead, or its copy recorded."""
        page = self.ask(f"/cases/{case}/plan/sign/")
        if "/plan/sign/" not in page.address:
            values: Typed = {"outcome": "held", "note": self.text("ინახება ფონდში")}
            self.act(f"/cases/{case}/plan/copy/", "copy", plain(values), having="outcome", case=case)
            return
        if self.rng.random() < 0.1 and self.links(page, r"/plan/rework/$"):  # noqa: PLR2004 (seldom)
            self.simple(case, "plan/rework", "rework", why=self.text("სხვაგვარად უნდა"))
            return
        if self.rng.random() < 0.1 and self.links(page, r"/plan/drop/$"):  # noqa: PLR2004 (seldom)
            self.simple(case, "plan/drop", "drop")
            return
        who = self.rng.choice(("beneficiary", "worker"))
        values = {"signature-typed": _SIGNED}
        self.act(f"/cases/{case}/plan/sign/{who}/", "sign", plain(values), having="read", case=case)

    def year(self, case: str) -> None:
        """A service given, a payment, a report."""
        what = self.rng.random()
        if what < 0.4:  # noqa: PLR2004 (most is work with people)
            self.act(f"/cases/{case}/given/new/", "delivery", self._given, having="sessions", case=case)
        elif what < 0.6:  # noqa: PLR2004 (some money)
            self.act(f"/cases/{case}/spending/payment/", "payment", self._paid, having="commitment", case=case)
        else:
            months = self.links(self.ask(f"/cases/{case}/year/"), r"/year/\d{4}-\d{1,2}/$")
            self._report(case, self.rng.choice(months or [f"/cases/{case}/year/"]))

    def _given(self, _page: Page, form: Form) -> Filled:
        items = [one for one in form.choices.get("item", []) if one]
        text = self.text("შეხვედრა")
        values: Typed = {"sessions": str(self.rng.randint(1, 4)), "note": text}
        values |= {"item": self.rng.choice(items)} if items else {"service_type": "psychological"}
        return Filled(values, mark=("delivery", text))

    def _paid(self, _page: Page, form: Form) -> Filled:
        choices = [one for one in form.choices.get("commitment", []) if one]
        if not choices:
            raise LookupError("no money to pay from")
        sum_ = f"{self.rng.randint(5, 150)},{self.rng.randint(10, 99)}"
        return Filled({"commitment": self.rng.choice(choices), "amount": sum_, "what": self.text("საფასური")})

    def _report(self, case: str, address: str) -> None:
        page = self.ask(f"{address}write/")
        if not page.address.endswith("/write/"):
            raise LookupError("this report was sent")

        def fill(_page: Page, form: Form) -> Filled:
            text = self.text("გაკეთდა")
            return Filled({"work_done": text}, ("report", address, first(form, "work_done"), text))

        self.act(page.address, "report", fill, having="work_done", case=case)

    def amend(self, case: str) -> None:
        """Change the plan in force."""
        self.simple(case, "plan/amend", "amend", ground="needs", why=self.text("სამუშაო იპოვა"))

    def withdraw(self, case: str) -> None:
        """The person takes a consent back: seldom the consent to reintegration, on which all hangs."""
        if self.rng.random() < 0.6:  # noqa: PLR2004 (it is rare)
            raise LookupError("nothing is withdrawn today")
        page = self.ask(f"/cases/{case}/consent/withdraw/")
        scopes = [one for form in page.forms() for one in form.choices.get("scopes", [])]
        if not scopes:
            raise LookupError("nothing to withdraw")
        address = f"/cases/{case}/consent/withdraw/?chosen=1&scopes={self.rng.choice(scopes)}"
        values: Typed = {"form": "oral", "words": self.text("აღარ მინდა")}
        self.act(address, "withdraw", plain(values), having="heard_by", case=case)

    def consent_again(self, case: str) -> None:
        """The person agrees again, which resumes what a withdrawal had stopped."""
        values: Typed = {"told": "on", "signature-typed": _SIGNED}
        self.simple(case, "consent/reintegration", "consent", having="told", **values)
