"""The others of ``tools.soakcrowd``: who is asked at an organisation, coordinators, a director."""

import datetime as dt
from typing import Any

from tools.client import Form, Page, Person
from tools.crowd import CASE, Actor, Fill, Filled, Noted
from tools.crowdpeople import OfCases, Typed, digits, first, plain


class Provider(Actor):
    """Somebody at an organisation that is asked: reads, answers, records what was given."""

    def turn(self) -> None:
        """One request of one's own."""
        if self.rng.random() < 0.15:  # noqa: PLR2004 (now and then the reports)
            self._part()
            return
        found = self.links(self.ask("/provider/requests/"), r"/provider/requests/[0-9a-f-]{36}/$")
        address = self.rng.choice(found or [""])
        if not address:
            raise LookupError("no request yet")
        page = self.ask(address)
        acts = self.links(page, rf"^{address}[a-z]+/$")
        if not acts:
            raise LookupError("nothing to do here")
        act = self.rng.choice(acts)
        kind = act.strip("/").rsplit("/", 1)[-1]
        if kind == "given" and self.rng.random() < 0.7:  # noqa: PLR2004 (it can be done without end)
            raise LookupError("nothing was given today")
        fills: dict[str, Fill] = {"answer": self._answer, "given": self._given}
        self.act(act, f"provider {kind}", fills.get(kind, plain({})), having="form_token")

    def _answer(self, _page: Page, _form: Form) -> Filled:
        said = self.rng.choice(("accepted", "accepted", "partly", "declined"))
        values: Typed = {"answer": said, "words": self.text("პასუხი")}
        return Filled(values)

    def _given(self, _page: Page, _form: Form) -> Filled:
        return Filled({"sessions": str(self.rng.randint(1, 4)), "note": self.text("მომსახურება")})

    def _part(self) -> None:
        found = self.links(self.ask("/provider/reports/"), r"/provider/reports/[0-9a-f-]{36}/$")
        address = self.rng.choice(found or [""])
        if not address:
            raise LookupError("no report yet")
        self.act(f"{address}open/", "provider part", plain({}), having="form_token")


class Coordinator(OfCases):
    """A coordinator of the Fund."""

    def __init__(self, name: str, me: Person, noted: Noted, *, workers: list[str], **kwargs: Any) -> None:
        super().__init__(name, me, noted, **kwargs)
        self.workers = workers

    def steps(self) -> dict[str, Any]:
        """The coordinator's part of the road."""
        return {"status": self.status, "designation": self.designate, "plan/decide": self.decide}

    def sides(self) -> list[Any]:
        """What a coordinator does beside the road."""
        return [self.receive, self.read, self.read, self.hand_over, self.decide, self.certify, self.work_out]

    def turn(self) -> None:
        """What waits comes first: most of the time a case from Today."""
        if self.rng.random() < 0.7:  # noqa: PLR2004 (most of the time)
            today = self.ask("/")
            found = self.links(today, r"/plan/decide/$") or self.links(today, r"/cases/[0-9a-f-]{36}/$")
            self.cases = [CASE.findall(one)[0] for one in found] or self.cases
        super().turn()

    def receive(self, _case: str) -> None:
        """Somebody new."""

        def fill(_page: Page, _form: Form) -> Filled:
            name = "".join(self.rng.choices("აბგდევზთიკლმნოპრსტუფქღყშ", k=9))
            return Filled({"first_name": name, "last_name": "ხმელიძე", "checked": "1", "account": f"მოყვა {name}"})

        self.act("/cases/new/", "received", fill, having="first_name")

    def status(self, case: str) -> None:
        """The decision on the status."""
        self.simple(
            case, "status", "status", having="kind", kind="victim", document_number=str(self.rng.randint(1, 99))
        )

    def designate(self, case: str) -> None:
        """A social worker."""
        self.simple(case, "designation", "designated", having="worker", worker=self.rng.choice(self.workers))

    def hand_over(self, case: str) -> None:
        """Another social worker, now and then."""
        if self.rng.random() < 0.5:  # noqa: PLR2004 (a case does not change hands every minute)
            raise LookupError("stays where it is")

        def fill(_page: Page, form: Form) -> Filled:
            others = [one for one in form.choices.get("worker", []) if one in self.workers]
            if not others:
                raise LookupError("nobody to hand over to")
            return Filled({"worker": self.rng.choice(others)})

        self.act(f"/cases/{case}/hand-over/", "handed over", fill, having="worker", case=case)

    def decide(self, case: str) -> None:
        """The Fund's answer to a plan."""
        if self.rng.random() < 0.75:  # noqa: PLR2004 (most are good)
            values: Typed = {"outcome": "agreed", "words": "ვეთანხმებით"}
        else:
            values = {"outcome": "returned", "words": self.text("მიუთითეთ, რატომ")}
        self.act(f"/cases/{case}/plan/decide/", "decided", plain(values), having="outcome", case=case)

    def read(self, _case: str) -> None:
        """A report."""
        found = self.links(self.ask("/reports/"), r"/cases/[0-9a-f-]{36}/year/\d{4}-\d{1,2}/$")
        address = self.rng.choice(found or [""])
        if not address:
            raise LookupError("no report waits")
        self.act(address, "report read", plain({}), having="form_token", case=CASE.findall(address)[0])

    def certify(self, case: str) -> None:
        """That no answer came."""
        rows = self.links(self.ask(f"/cases/{case}/requests/"), r"/certify/$")
        if not rows:
            raise LookupError("nothing to certify")
        self.act(self.rng.choice(rows), "certified", plain({}), having="form_token", case=case)


class Director(OfCases):
    """The director: money, and the budget."""

    def turn(self) -> None:
        """Mostly decides; sometimes changes the line of the year."""
        what = self.rng.random()
        if what < 0.2:  # noqa: PLR2004 (one in five)
            self.budget()
        elif what < 0.3:  # noqa: PLR2004 (one in ten)
            self.release(self.pick())
        else:
            self.money()

    def money(self) -> None:
        """A consideration of the queue."""
        found = self.links(self.ask("/funding/"), r"/money/[0-9a-f-]{36}/decide/$")
        address = self.rng.choice(found or [""])
        if not address:
            raise LookupError("no money to decide on")

        def fill(_page: Page, form: Form) -> Filled:
            said = self.rng.choices(("granted", "deferred", "refused"), weights=(75, 10, 15))[0]
            return Filled({"outcome": said, "amount": first(form, "amount") or "100", "reasons": "შევადარეთ ფასები"})

        self.act(address, "money", fill, having="outcome", case=CASE.findall(address)[0])

    def release(self, case: str) -> None:
        """Give a little money back."""
        rows = self.links(self.ask(f"/cases/{case}/money/"), r"/release/$")
        if not rows:
            raise LookupError("nothing to release")
        values: Typed = {"amount": f"{self.rng.randint(1, 9)},50", "reasons": "ფასი შემცირდა"}
        self.act(self.rng.choice(rows), "released", plain(values), having="amount", case=case)

    def budget(self) -> None:
        """The line of this year, upon what it was."""
        year = dt.datetime.now(dt.UTC).year

        def fill(_page: Page, form: Form) -> Filled:
            allotted = f"{self.rng.randint(100_000, 300_000)},{self.rng.randint(10, 99)}"
            return Filled(
                {"allotted": allotted}, ("line", str(year), digits(first(form, "allotted")), digits(allotted))
            )

        self.act(f"/budget/{year}/", "budget line", fill, having="allotted")
