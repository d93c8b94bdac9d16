"""The Fund's money in the invented country: the budget, sums worked out, decisions."""

import random
from collections.abc import Callable

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.law import funding as rules
from gza.plans import actions, queries
from gza.plans.enums import ConsiderationState, FundingOutcome
from gza.plans.models import BudgetLine, Consideration

from .chance import likely

LARI = 100
_ALLOTTED = 120_000 * LARI
COSTS = {
    "shelter": ("ბინის მესაკუთრე", "ორი თვის ქირა და კომუნალური გადასახადი."),
    "documents": ("სანოტარო ბიურო", "ბაჟი, თარგმნა და დამოწმება."),
    "employment": ("სასწავლო ცენტრი „პირველი დღე“", "სამუშაო ტანსაცმელი და მგზავრობა პირველ თვეებში."),
    "vocational_training": (
        "პროფესიული კოლეჯი „იბერია“", "კურსის სრული ღირებულება ხელშეკრულების პროექტის მიხედვით.",
    ),
    "psychological": ("კაბინეტი „მშვიდი ოთახი“", "ათი შეხვედრა; შევადარეთ ორი ფასი."),
    "family": ("ბავშვთა ცენტრი „მზიური“", "დღის ჯგუფის საფასური."),
    "legal_aid": ("საადვოკატო ბიურო „დარბაზი“", "სამი სხდომის საფასური."),
    "medical": ("კლინიკა „ჰიგია“", "მკურნალობის ხარჯთაღრიცხვა; შევადარეთ სამი ფასი."),
    "small_business": ("მაღაზია „ძაფი და ნემსი“", "შევადარეთ სამი ფასი; ავირჩიეთ ყველაზე იაფი."),
}  # fmt: skip
"""Whom the Fund would pay for each kind of service, and how the sum was worked out."""
REASONS = "წლის ბიუჯეტი ამ ეტაპზე სხვა აუცილებელ პუნქტებს სჭირდება; საკითხს დავუბრუნდებით."


def begin(director: Principal, *years: int) -> None:
    """The budget lines of these years, set by who holds the delegation."""
    for year in sorted(set(years)):
        actions.set_budget_line(year=year, allotted=_ALLOTTED, note=f"N 01/{year % 100}", seen=0, by=director)


def widen(director: Principal, cases: int) -> None:
    """Raise the budget lines to what many cases need."""
    for line in BudgetLine.objects.order_by("year"):
        actions.set_budget_line(
            year=line.year, allotted=line.allotted + cases * rules.ceiling(clock.today()), note=line.note,
            seen=line.revision, by=director,
        )  # fmt: skip


def _open(case: Case) -> list[Consideration]:
    rows = Consideration.objects.filter(case=case, state=ConsiderationState.OPEN, superseded=False)
    return list(rows.select_related("origin").order_by("-priority", "id"))


def work_out(case: Case, *, worker: Callable[[], Principal], rng: random.Random, all_of_them: bool = False) -> None:
    """The worker works out what the items cost: all of them, or most."""
    for row in _open(case):
        if row.wanted is None and (all_of_them or likely(rng, 0.7)):  # most are worked out soon
            payee, grounds = COSTS[row.origin.service_type_id]
            actions.set_wanted_sum(
                case_id=case.id, consideration_id=row.id, wanted=10 * LARI * rng.randint(12, 75),
                grounds=grounds, payee_name=payee, by=worker(),
            )  # fmt: skip


def decide(
    case: Case, *, worker: Callable[[], Principal], director: Callable[[], Principal], rng: random.Random
) -> None:
    """Everything that waits is decided: mostly granted as far as the ceiling goes, sometimes deferred or refused."""
    work_out(case, worker=worker, rng=rng, all_of_them=True)
    for row in _open(case):
        money, line = queries.money(case), queries.budget_line(clock.today().year)
        amount = min(row.wanted or 0, money.free, line.left if line else 0)
        outcome = rng.choices(list(FundingOutcome), weights=(80, 8, 12))[0]
        if amount < rules.ceiling(clock.today()) // 100:
            outcome = FundingOutcome.REFUSED
        actions.decide(
            case_id=case.id, consideration_id=row.id, outcome=outcome,
            amount=0 if outcome == FundingOutcome.REFUSED else amount,
            reasons="" if outcome == FundingOutcome.GRANTED else REASONS, by=director(),
        )  # fmt: skip
