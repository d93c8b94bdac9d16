"""S5.3, S5.6, S4.5: what the Fund may decide about money, and what may be given back.

Sums are in tetri. The ceiling counts reintegration commitments less formal releases, of one person over all cases,
plans, versions, reopenings and a second status; rehabilitation and state compensation never enter it. That it is a
total per person is our reading of S5.6.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from . import delegation, parameters, plan, plausible
from .consent import Consent
from .consideration import Settled
from .delegation import Delegation
from .lifecycles import CONSIDERATION, ConsiderationState
from .needs import Priority
from .rules import fact, rule
from .status import StatusKind
from .terms import money
from .verdicts import ALLOWED, Allowed, Denied, Text, Verdict, denial, flag, flagged, together


@dataclass(frozen=True)
class Purse:
    """The money of one person on the day: of the ceiling ``committed`` (releases taken off) and ``reserved``."""

    committed: int
    reserved: int = 0


@dataclass(frozen=True)
class Line:
    """The budget line of the year: what was allotted, what is committed and reserved of it."""

    allotted: int
    committed: int = 0
    reserved: int = 0

    @property
    def left(self) -> int:
        """What can still be committed or reserved."""
        return self.allotted - self.committed - self.reserved


_NO_SUM = denial(
    "funding.not_worked_out", "S5.6",
    "თანხა ჯერ არ არის გამოთვლილი.",
    "The sum has not been worked out yet.",
    ("მიუთითეთ თანხა, მიმღები და საფუძველი.", "Give the sum, the payee and the grounds."),
)  # fmt: skip
_NOT_POSITIVE = denial(
    "funding.not_positive", "S5.6",
    "თანხა ნულზე მეტი უნდა იყოს.",
    "The sum must be more than zero.",
    ("შეამოწმეთ თანხა.", "Check the sum."),
)  # fmt: skip
_ABOVE_NEED = denial(
    "funding.above_need", "S5.6",
    "თანხა გეგმაში დასაბუთებულ საჭიროებას მიჰყვება: გამოთვლილია {wanted}, მითითებულია {amount}.",
    "The money follows the needs in the plan: {wanted} was worked out, {amount} is given.",
    ("შეამცირეთ თანხა, ან სთხოვეთ სოციალურ მუშაკს ხელახლა გამოთვლა.",
     "Lower the sum, or ask the social worker to work it out again."),
)  # fmt: skip
_CEILING = denial(
    "funding.ceiling", "S5.6",
    "ფონდი ერთ ადამიანზე არაუმეტეს {ceiling}‑ს ხარჯავს; დარჩენილია {left}, მითითებულია {amount}.",
    "The Fund pays at most {ceiling} per person; {left} is left, {amount} is given.",
    ("შეამცირეთ თანხა.", "Lower the sum."),
    ("თუ გადაწყვეტილი თანხა აღარ არის საჭირო, ოფიციალურად გაათავისუფლეთ ის.",
     "If money decided earlier is not needed any more, release it formally."),
)  # fmt: skip
_RESERVED = denial(
    "funding.reserved", "S5.3",
    "დარჩენილიდან {reserved} გადადებული პუნქტისთვის არის დარეზერვებული; თავისუფალია {left}.",
    "Of what is left, {reserved} is reserved for a deferred item; {left} is free.",
    ("შეამცირეთ თანხა, ან ჯერ გადადებული საკითხი გადაწყვიტეთ.", "Lower the sum, or first decide what was deferred."),
)  # fmt: skip
_NO_LINE = denial(
    "funding.no_budget_line", "S4.5",
    "{year} წლის ბიუჯეტში რეინტეგრაციის თანხა ჯერ არ არის მითითებული.",
    "The budget of {year} has no money for reintegration yet.",
    ("ჩაწერეთ წლის საბიუჯეტო თანხა.", "Enter the budget line of the year."),
)  # fmt: skip
_BUDGET = denial(
    "funding.budget", "S4.5",
    "{year} წლის ბიუჯეტში დარჩენილია {left}, მითითებულია {amount}.",
    "{left} is left in the budget of {year}, {amount} is given.",
    ("შეამცირეთ თანხა, ან გაზარდეთ წლის საბიუჯეტო თანხა.", "Lower the sum, or raise the budget line of the year."),
    ("თქვით უარი მიზეზით; მომავალ წელს საკითხი ხელახლა განიხილება.",
     "Refuse with reasons; the matter can be considered again next year."),
)  # fmt: skip
_LINE_TOO_LOW = denial(
    "funding.line_below_committed", "S4.5",
    "{year} წლისთვის უკვე გადაწყვეტილი ან დარეზერვებულია {used}; თანხა ამაზე ნაკლები ვერ იქნება.",
    "For {year}, {used} is committed or reserved already; the line cannot be lower.",
    ("მიუთითეთ ამაზე არანაკლები თანხა.", "Give at least that sum."),
)  # fmt: skip
_NECESSARY_FIRST = denial(
    "funding.necessary_first", "S5.3",
    "თანხის მოძიებისას უპირატესობა აუცილებელს აქვს: ჯერ გადაუწყვეტელია {open} აუცილებელი პუნქტი.",
    "In seeking funds the necessary has priority: {open} necessary item(s) are not settled yet.",
    ("ჯერ გადაწყვიტეთ აუცილებელი პუნქტები, ან გადადეთ ისინი მიზეზით და თანხის დარეზერვებით.",
     "First decide the necessary items, or defer them with a reason and reserve their money."),
    ("რასაც ორგანიზაცია თავად სთავაზობს, ამას არ ელოდება.", "What a provider gives does not wait for this."),
)  # fmt: skip
_NO_REASONS = denial(
    "funding.no_reasons", "S5.5",
    "უარს, გადადებასა და თანხის გათავისუფლებას მიზეზი ახლავს.",
    "A refusal, a deferral and a release give their reasons.",
    ("დაწერეთ მიზეზი.", "Write the reasons."),
)  # fmt: skip
_UNSPENT = denial(
    "funding.release_above_unspent", "S5.6",
    "გათავისუფლდება მხოლოდ დაუხარჯავი თანხა: დარჩენილია {left}, მითითებულია {amount}.",
    "Only what is unspent can be released: {left} is left, {amount} is given.",
    ("შეამცირეთ თანხა.", "Lower the sum."),
)  # fmt: skip
_NO_PAYEE = denial(
    "funding.no_payee", "S5.6",
    "თანხას მიმღები და საფუძველი სჭირდება: ვის უხდის ფონდი და საიდან მოდის ეს თანხა.",
    "A sum needs its payee and its grounds: whom the Fund would pay, and how the sum comes about.",
    ("მიუთითეთ მიმღები და აღწერეთ, როგორ გამოითვალა თანხა.", "Name the payee, and say how the sum was worked out."),
)  # fmt: skip
_CLOSED = denial(
    "funding.closed", "S5.6",
    "ეს საკითხი უკვე გადაწყვეტილია; თანხა აღარ იცვლება.",
    "This matter is closed already; its sum is not changed any more.",
    ("თუ გარემოება შეიცვალა, სთხოვეთ ფონდს ხელახლა განხილვა.",
     "If things have changed, ask the Fund to consider it again."),
)  # fmt: skip
OVERTAKEN = denial(
    "funding.overtaken", "S5.6",
    "იმავე წამს სხვა გადაწყვეტილება დაფიქსირდა და თანხა აღარ არის საკმარისი.",
    "Another decision was recorded at the same moment, and the money no longer suffices.",
    ("იხილეთ, რამდენია დარჩენილი, და ხელახლა გადაწყვიტეთ.", "Look at what is left, and decide anew."),
)  # fmt: skip
CONSIDERED = Text("განხილვის დაწყება", "The consideration opens")
DECIDED = Text("გადაწყვეტილება", "The decision")
OPENING_OVER = flag(
    "funding.opening_over", "S5.6",
    "საწყისი ნაშთით ფონდის თანხა ზღვარს სცდება.",
    "With the opening balance the Fund's money exceeds the ceiling.",
)  # fmt: skip


def _said(denied: Denied, **facts: Any) -> Denied:
    """The refusal with its places filled in: whole numbers named ``open`` and ``year`` as they are, others as sums."""

    def words(text: Text, language: str) -> str:
        shown = {name: one if name in {"open", "year"} else money(one, language) for name, one in facts.items()}
        return text.say(language).format(**shown)

    return Denied(
        denied.code, denied.clause, Text(words(denied.message, "ka"), words(denied.message, "en")), denied.remedy
    )


def ceiling(on: dt.date) -> int:
    """The most the Fund may commit for one person, as it is in force on that day (G6)."""
    return parameters.value("fund_ceiling", on)


@rule("S5.6")
def worked_out(*, wanted: int | None) -> Verdict:
    """Money is decided upon a sum that was worked out from the need."""
    return ALLOWED if wanted else _NO_SUM


@rule("S5.6")
def accounted_for(*, grounds: str, payee: str) -> Verdict:
    """A sum says whom the Fund would pay and how it comes about."""
    return ALLOWED if grounds.strip() and payee.strip() else _NO_PAYEE


@rule("S5.6")
def under_way(*, state: str) -> Verdict:
    """A sum is worked out while the matter is open or deferred."""
    return ALLOWED if state in {ConsiderationState.OPEN, ConsiderationState.DEFERRED} else _CLOSED


@rule("S5.6")
def positive(*, amount: int) -> Verdict:
    """A sum is more than zero."""
    return ALLOWED if amount > 0 else _NOT_POSITIVE


@rule("S5.6")
def follows_need(*, amount: int, wanted: int) -> Verdict:
    """What is paid follows the needs in the plan: not more than was worked out."""
    return ALLOWED if amount <= wanted else _said(_ABOVE_NEED, wanted=wanted, amount=amount)


@rule("S5.6")
def within_ceiling(*, amount: int, committed: int, on: dt.date) -> Verdict:
    """Never above the ceiling in force on the day, over everything committed for the person."""
    most = ceiling(on)
    if committed + amount <= most:
        return ALLOWED
    return _said(_CEILING, ceiling=most, left=max(0, most - committed), amount=amount)


@rule("S5.3")
def reserve_kept(*, amount: int, purse: Purse, on: dt.date) -> Verdict:
    """What a deferral reserved for another item is not spent on this one."""
    free = ceiling(on) - purse.committed - purse.reserved
    if not purse.reserved or amount <= free:
        return ALLOWED
    return _said(_RESERVED, reserved=purse.reserved, left=max(0, free))


@rule("S4.5")
def within_budget(*, amount: int, line: Line | None, year: int) -> Verdict:
    """The Fund pays as its resources permit: not past the budget line of the year."""
    if line is None:
        return _said(_NO_LINE, year=year)
    return ALLOWED if amount <= line.left else _said(_BUDGET, year=year, left=max(0, line.left), amount=amount)


@rule("S4.5")
def line_holds(*, allotted: int, line: Line, year: int) -> Verdict:
    """A budget line is not lowered below what is committed and reserved of it."""
    used = line.committed + line.reserved
    return ALLOWED if allotted >= used else _said(_LINE_TOO_LOW, year=year, used=used)


@rule("S5.3")
def necessary_first(*, priority: str, standing: Collection[Settled]) -> Verdict:
    """Money for a desired item only when every necessary one is secured, decided, or deferred with its money kept."""
    open_ = sum(1 for one in standing if one == Settled.OPEN)
    return ALLOWED if priority == Priority.NECESSARY or not open_ else _said(_NECESSARY_FIRST, open=open_)


@rule("S5.5")
def explained(*, reasons: str) -> Verdict:
    """The Fund refuses, defers and releases with reasons."""
    return ALLOWED if reasons.strip() else _NO_REASONS


@rule("S5.6")
def unspent(*, amount: int, left: int) -> Verdict:
    """Never more is released than is unspent."""
    return ALLOWED if amount <= left else _said(_UNSPENT, left=left, amount=amount)


@fact("G3", "S5.6")
def opened(*, committed: int, on: dt.date) -> Allowed:
    """The opening balance of a case taken over is a fact: it counts, and past the ceiling it is flagged."""
    return flagged([OPENING_OVER] if committed > ceiling(on) else [])


@dataclass(frozen=True)
class Matter:
    """A consideration before its decision: where it stands, the priority of its item, the sum worked out.

    ``standing`` is how every necessary item of the plan stands; ``purse`` and ``line`` are without what this very
    consideration reserves.
    """

    state: ConsiderationState
    priority: str
    wanted: int | None
    standing: tuple[Settled, ...]
    purse: Purse
    line: Line | None


def may_work_out(*, state: str, wanted: int, grounds: str, payee: str) -> Verdict:
    """All that stands about working out what an item costs."""
    return together(under_way(state=state), positive(amount=wanted), accounted_for(grounds=grounds, payee=payee))


def _pays(matter: Matter, amount: int, on: dt.date) -> Verdict:
    return together(
        worked_out(wanted=matter.wanted),
        positive(amount=amount),
        follows_need(amount=amount, wanted=matter.wanted or 0),
        necessary_first(priority=matter.priority, standing=matter.standing),
        within_ceiling(amount=amount, committed=matter.purse.committed, on=on),
        reserve_kept(amount=amount, purse=matter.purse, on=on),
        within_budget(amount=amount, line=matter.line, year=on.year),
    )


def may_grant(
    *,
    matter: Matter,
    amount: int,
    delegations: Collection[Delegation],
    kind: StatusKind,
    consents: Collection[Consent],
    on: dt.date,
) -> Verdict:
    """All that stands about granting money: who decides, status and consent, the sum against every limit."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        CONSIDERATION.verdict(matter.state, "grant"),
        plan.on_the_way(kind=kind, consents=consents, on=on),
        _pays(matter, amount, on),
    )


def may_defer(
    *, matter: Matter, amount: int, reasons: str, delegations: Collection[Delegation], on: dt.date
) -> Verdict:
    """All that stands about deferring: with reasons, and ``amount`` reserved under the limits a grant has."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        CONSIDERATION.verdict(matter.state, "defer"),
        explained(reasons=reasons),
        _pays(matter, amount, on),
    )


def may_refuse(*, matter: Matter, reasons: str, delegations: Collection[Delegation], on: dt.date) -> Verdict:
    """All that stands about refusing: possible also while no sum was worked out, and after a withdrawal."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        CONSIDERATION.verdict(matter.state, "refuse"),
        explained(reasons=reasons),
    )


def may_release(*, amount: int, left: int, reasons: str, delegations: Collection[Delegation], on: dt.date) -> Verdict:
    """All that stands about giving money back formally; ``left`` is what of the commitment is unspent."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        positive(amount=amount),
        unspent(amount=amount, left=left),
        explained(reasons=reasons),
    )


def may_set_line(*, allotted: int, line: Line, year: int, delegations: Collection[Delegation], on: dt.date) -> Verdict:
    """All that stands about setting the budget line of a year."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        plausible.number(value=year, bounds=plausible.budget_year(on.year)),
        line_holds(allotted=allotted, line=line, year=year),
    )
