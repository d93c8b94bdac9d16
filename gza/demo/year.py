"""The year of a plan as the invented people live it: services, payments, monthly reports, some of them late."""

import datetime as dt
import random
from collections.abc import Callable

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.law import reporting
from gza.plans import actions
from gza.plans.models import Commitment, PlanItem
from gza.plans.queries import running as queries

from .funds import LARI

DONE = (
    "შეხვედრები გეგმის მიხედვით მიმდინარეობდა. მომსახურება დადგენილ ვადებში გაიწია; ბენეფიციარი კმაყოფილია.",
    "კურსი გრძელდება, სწავლა არ გაუცდენია. ერთი შეხვედრა ავადმყოფობის გამო გადაიდო.",
    "დამსაქმებელთან გასაუბრება შედგა. საბუთების საქმე ჯერ არ დასრულებულა.",
)
NEXT = ("სტაჟირების დაწყება.", "ფსიქოლოგთან შეხვედრების გაგრძელება.", "")


def tell(
    case: Case,
    *,
    worker: Callable[[], Principal],
    coordinator: Callable[[], Principal],
    rng: random.Random,
    today: dt.date,
) -> None:
    """Every month of the plan up to ``today``: what was given and paid, and its report; the last may still be missing.

    Args:
        case: a case whose plan is in force.
        worker: the designated worker, afresh.
        coordinator: who reads the reports, afresh.
        rng: what chance decides.
        today: no act is later.
    """
    for term in queries.terms(case):
        for month in term.months:
            first, last = term.period(month)
            if first > today:
                return
            _month(case, min(first + dt.timedelta(days=rng.randint(2, 9)), last, today), worker, rng)
            day = add_working_days(reporting.end_of(month), rng.choice((1, 2, 3, 4, 8)))
            if day <= today:
                _report(case, month, day, worker, coordinator, rng, today)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12, 20), clock.TBILISI)


def instalment(amount: int, months: int) -> int:
    """What is paid each month for something that lasts so many months, in tetri: whole lari, the last a little less."""
    return -(-amount // (months * LARI)) * LARI


def _runs(item: PlanItem, day: dt.date) -> bool:
    return bool(item.starts_on and item.ends_on and item.starts_on <= day <= item.ends_on)


def _month(case: Case, day: dt.date, worker: Callable[[], Principal], rng: random.Random) -> None:
    with clock.pretend(min(_noon(day), clock.now())):
        items = queries.items_in_force(case)
        for item in items:
            if _runs(item, day) and item.service_type_id:
                actions.record_delivery(
                    case_id=case.id, service_type=item.service_type_id, item_id=item.id,
                    organisation_id=item.organisation_id, sessions=rng.randint(1, 6), by=worker(),
                )  # fmt: skip
        bought = {item.origin: item for item in items if _runs(item, day)}
        rows = Commitment.objects.filter(case=case, origin_id__in=bought, superseded=False, happened_on__lte=day)
        for money in rows.order_by("id"):
            item = bought[money.origin_id]
            months = len(reporting.months(starts_on=item.starts_on, last_on=item.ends_on))
            share = min(queries.left_of(money), instalment(money.amount, months))
            if share > 0:
                actions.record_payment(
                    case_id=case.id, commitment_id=money.id, amount=share, what="თვის საფასური", by=worker()
                )


def _report(
    case: Case,
    month: dt.date,
    day: dt.date,
    worker: Callable[[], Principal],
    coordinator: Callable[[], Principal],
    rng: random.Random,
    today: dt.date,
) -> None:
    with clock.pretend(min(_noon(day), clock.now())):
        sent = actions.send_report(
            case_id=case.id, month=month, work_done=rng.choice(DONE), outlook=rng.choice(NEXT), by=worker()
        )
    read = add_working_days(day, 3)
    if read <= today:
        with clock.pretend(min(_noon(read), clock.now())):
            actions.read_report(case_id=case.id, report_id=sent.id, by=coordinator())
