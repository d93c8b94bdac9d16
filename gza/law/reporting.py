"""S7.9: the year of a plan, month by month: reports, money spent, services given, each provider's own part."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from . import consent
from .consent import Consent, Scope
from .lifecycles import REPORT, ReportState
from .rules import fact, rule
from .terms import add_months, last_day, money
from .verdicts import ALLOWED, DENIALS, Allowed, Denied, Text, Verdict, denial, flag, flagged, together

_NO_MONTH = denial(
    "reporting.no_month_of_plan", "S7.9",
    "ეს თვე გეგმის თვეებს შორის არ არის; ანგარიში გეგმის თითოეულ თვეზე იწერება.",
    "This is none of the plan's months; a report is written on each month of the plan.",
    ("აირჩიეთ თვე გეგმის დასაწყისსა და ბოლოს შორის.", "Choose a month between the plan's first and last day."),
    ("ქაღალდზე დაწყებულ საქმეში ანგარიშები გადმოტანის დღიდან იწერება.",
     "For a case taken over from paper, reports are due from take-over."),
)  # fmt: skip
_NOT_BEGUN = denial(
    "reporting.month_not_begun", "S7.9",
    "ეს თვე ჯერ არ დაწყებულა.",
    "This month has not begun yet.",
    ("დაიწყეთ წერა, როცა თვე დაიწყება.", "Begin to write when the month begins."),
)  # fmt: skip
_NOT_OVER = denial(
    "reporting.month_not_over", "S7.9",
    "ანგარიში მთელ თვეს ეხება, თვე კი ჯერ არ დასრულებულა.",
    "The report is on the whole month, and the month is not over yet.",
    ("შეინახეთ მონახაზი და გაგზავნეთ თვის ბოლო დღიდან.", "Keep the draft and send it from the month's last day on."),
)  # fmt: skip
_EMPTY = denial(
    "reporting.says_nothing", "S7.9",
    "ანგარიშში უნდა ეწეროს, რა გაკეთდა ამ თვეში; თუ არაფერი, ესეც დაწერეთ და დაასახელეთ მიზეზი.",
    "The report says what was done in the month; if nothing was, it says that and why.",
    ("შეავსეთ „რა გაკეთდა“.", "Fill in what was done."),
)  # fmt: skip
_SENT = denial(
    "reporting.sent_already", "S7.9",
    "გაგზავნილი ანგარიში აღარ იცვლება.",
    "A report that was sent is not changed any more.",
    ("შეასწორეთ ის: ძველი და ახალი ანგარიში ორივე დარჩება.", "Correct it: the old report and the new one both stay."),
)  # fmt: skip
_NOT_SENT = denial(
    "reporting.not_sent", "G2",
    "შესწორდება მხოლოდ გაგზავნილი ანგარიში; ეს ჯერ იწერება.",
    "Only a report that was sent is corrected; this one is still being written.",
    ("შეცვალეთ მონახაზი.", "Change the draft."),
)  # fmt: skip
_NO_AMOUNT = denial(
    "reporting.no_amount", "S7.9",
    "თანხა ნულზე მეტი უნდა იყოს.",
    "The amount must be more than nothing.",
    ("ჩაწერეთ თანხა ლარში და თეთრში.", "Enter the amount in lari and tetri."),
)  # fmt: skip
_PAYMENT_OVER = denial(
    "reporting.payment_over", "S7.9",
    "გადახდა გადაწყვეტილ თანხას სცდება: დარჩენილია {left}, მითითებულია {amount}.",
    "The payment passes what was decided: {left} is left, {amount} is given.",
    ("შეამცირეთ გადახდა დარჩენილ თანხამდე.", "Lower the payment to what is left."),
    ("მეტი თანხა ფონდის ახალ გადაწყვეტილებას საჭიროებს; ანგარიშ‑ფაქტურა კი ყოველთვის ჩაიწერება.",
     "More money needs a new decision of the Fund; the invoice can be recorded in any case."),
)  # fmt: skip
_FOREIGN_PART = denial(
    "reporting.foreign_part", "S6.1",
    "ორგანიზაცია ანგარიშიდან მხოლოდ საკუთარ მომსახურებასა და თანხას ხედავს.",
    "An organisation gets of a report its own services and money alone.",
    ("გააგზავნეთ მხოლოდ ამ ორგანიზაციის ნაწილი.", "Send the part of this organisation alone."),
)  # fmt: skip
NO_KEY = denial(
    "reporting.part_without_key", "S7.9",
    "ორგანიზაციას ჯერ არ აქვს სამუშაო ადგილი, სადაც თავის ნაწილს გახსნიდა.",
    "The organisation has no workplace yet where it could open its part.",
    ("გადაეცით მისი ნაწილი ქაღალდზე.", "Hand its part over on paper."),
)  # fmt: skip

LATE_REPORT = flag(
    "reporting.late", "S7.9",
    "ყოველთვიური ანგარიში დაგვიანებით გაიგზავნა.",
    "A monthly report was sent late.",
)  # fmt: skip
INVOICE_OVER = flag(
    "reporting.invoice_over", "S7.9",
    "ანგარიშ‑ფაქტურა დარჩენილ თანხას სცდება.",
    "An invoice passes what is left of the money decided.",
)  # fmt: skip
INVOICE_WITHOUT = flag(
    "reporting.invoice_without_decision", "S7.9",
    "ანგარიშ‑ფაქტურა მოვიდა იმაზე, რაზეც ფონდს თანხა არ გადაუწყვეტია.",
    "An invoice came for something on which the Fund decided no money.",
)  # fmt: skip
PAID_BEFORE = flag(
    "reporting.paid_before_decision", "S5.6",
    "გადახდილია მანამდე, სანამ ფონდი თანხას გადაწყვეტდა.",
    "It was paid before the Fund had decided on the money.",
)  # fmt: skip
DELIVERED_WITHOUT = flag(
    "reporting.delivered_without_plan", "S7.8",
    "მომსახურება გაწეულია მაშინ, როცა ხელმოწერილი გეგმა ძალაში არ იყო.",
    "A service was given while no signed plan was in force.",
)  # fmt: skip
DELIVERED_OUTSIDE = flag(
    "reporting.delivered_outside_plan", "S7.3",
    "გაწეული მომსახურება გეგმაში არ არის.",
    "The service that was given is not in the plan.",
)  # fmt: skip
DELIVERED_AFTER = flag(
    "reporting.delivered_after_end", "S7.10",
    "მომსახურება გეგმის დასრულების შემდეგ არის გაწეული.",
    "A service was given after the end of the plan.",
)  # fmt: skip


def first(day: dt.date) -> dt.date:
    """The first day of the month of ``day``, by which the month is known."""
    return day.replace(day=1)


def end_of(month: dt.date) -> dt.date:
    """The last day of that month."""
    return last_day(first(month), 1)


def months(
    *, starts_on: dt.date | None, last_on: dt.date | None, reports_from: dt.date | None = None
) -> tuple[dt.date, ...]:
    """The months on which reports are due, by their first days, in order; partial ones at either end count whole.

    Args:
        starts_on: the plan's first day; None while none is in force.
        last_on: its last day.
        reports_from: the day from which reports are due in a case taken over (G3).
    """
    if starts_on is None or last_on is None:
        return ()
    month, found = first(max(starts_on, reports_from or starts_on)), []
    while month <= last_on:
        found.append(month)
        month = add_months(month, 1)
    return tuple(found)


def period(
    *, month: dt.date, starts_on: dt.date, last_on: dt.date, reports_from: dt.date | None = None
) -> tuple[dt.date, dt.date]:
    """First and last day of the plan that fall into that month."""
    return max(first(month), starts_on, reports_from or starts_on), min(end_of(month), last_on)


@rule("S7.9", "G3")
def within_plan(*, month: dt.date, months: Collection[dt.date]) -> Verdict:
    """A report is on one of the plan's months; in a case taken over, from take-over on."""
    return ALLOWED if month in months else _NO_MONTH


@rule("S7.9")
def begun(*, month: dt.date, today: dt.date) -> Verdict:
    """A report is written once its month has begun."""
    return ALLOWED if month <= today else _NOT_BEGUN


@rule("S7.9")
def over(*, last_on: dt.date, sent_on: dt.date) -> Verdict:
    """A report is sent on the last day of what it reports on at the earliest."""
    return ALLOWED if sent_on >= last_on else _NOT_OVER


@rule("S7.9")
def tells(*, work_done: str) -> Verdict:
    """A report says what was done, or that nothing was."""
    return ALLOWED if work_done.strip() else _EMPTY


@rule("S7.9", "G2")
def unsent(*, state: ReportState) -> Verdict:
    """A report is written until it is sent; after that it stays as it is."""
    return ALLOWED if REPORT.find(state, "edit") else _SENT


@rule("G2")
def was_sent(*, state: ReportState) -> Verdict:
    """What is corrected by a new report is a report that was sent."""
    return _NOT_SENT if REPORT.find(state, "send") else ALLOWED


@fact("S7.9", "G1")
def punctual(*, due_on: dt.date, sent_on: dt.date) -> Allowed:
    """A late report is taken, and flagged."""
    return flagged([LATE_REPORT] if sent_on > due_on else [])


@rule("S7.9")
def an_amount(*, amount_tetri: int) -> Verdict:
    """Expenditure is of an amount."""
    return ALLOWED if amount_tetri > 0 else _NO_AMOUNT


@rule("S7.9")
def within_commitment(*, amount_tetri: int, left_tetri: int) -> Verdict:
    """No payment above what is left of the money decided for the item."""
    if amount_tetri <= left_tetri:
        return ALLOWED
    ka, en = (
        _PAYMENT_OVER.message.say(language).format(
            left=money(max(left_tetri, 0), language), amount=money(amount_tetri, language)
        )
        for language in ("ka", "en")
    )
    return replace(_PAYMENT_OVER, message=Text(ka, en))


@fact("S7.9", "G1")
def invoiced(*, amount_tetri: int, left_tetri: int | None) -> Allowed:
    """An invoice is recorded whatever it asks; above what is left, or without any decision (None), it is flagged."""
    if left_tetri is None:
        return flagged([INVOICE_WITHOUT])
    return flagged([INVOICE_OVER] if amount_tetri > left_tetri else [])


@fact("S5.6", "G1")
def paid_in_order(*, paid_on: dt.date, decided_on: dt.date) -> Allowed:
    """A payment from before the decision on its money is recorded and flagged."""
    return flagged([PAID_BEFORE] if paid_on < decided_on else [])


@fact("S7.3", "S7.8", "S7.10", "G1")
def delivered(*, on: dt.date, starts_on: dt.date | None, last_on: dt.date | None, in_plan: bool) -> Allowed:
    """A service that was given is recorded, flagged where no plan was in force, it is not in it, or it had ended."""
    found = []
    if starts_on is None or on < starts_on:
        found.append(DELIVERED_WITHOUT)
    elif last_on is not None and on > last_on:
        found.append(DELIVERED_AFTER)
    if not in_plan:
        found.append(DELIVERED_OUTSIDE)
    return flagged(found)


@rule("S6.1", "S7.9")
def own_part(*, organisation: str, concerns: Collection[str]) -> Verdict:
    """What an organisation gets of a report concerns itself alone."""
    return ALLOWED if set(concerns) <= {organisation} else _FOREIGN_PART


def may_write(*, month: dt.date, months: Collection[dt.date], state: ReportState, today: dt.date) -> Verdict:
    """All that stands about writing on a report. No consent is asked: work already done is still reported (S0.1)."""
    return together(within_plan(month=month, months=months), begun(month=month, today=today), unsent(state=state))


def may_send(
    *,
    month: dt.date,
    months: Collection[dt.date],
    state: ReportState,
    last_on: dt.date,
    due_on: dt.date,
    sent_on: dt.date,
    work_done: str,
) -> Verdict:
    """All that stands about sending a report to the Fund."""
    return together(
        within_plan(month=month, months=months),
        unsent(state=state),
        over(last_on=last_on, sent_on=sent_on),
        tells(work_done=work_done),
        punctual(due_on=due_on, sent_on=sent_on),
    )


def may_pay(*, amount_tetri: int, left_tetri: int, paid_on: dt.date, decided_on: dt.date) -> Verdict:
    """All that stands about recording a payment. Work already done is still paid after a withdrawal (S0.1)."""
    return together(
        an_amount(amount_tetri=amount_tetri),
        within_commitment(amount_tetri=amount_tetri, left_tetri=left_tetri),
        paid_in_order(paid_on=paid_on, decided_on=decided_on),
    )


def may_invoice(*, amount_tetri: int, left_tetri: int | None) -> Verdict:
    """All that stands about recording an invoice."""
    return together(an_amount(amount_tetri=amount_tetri), invoiced(amount_tetri=amount_tetri, left_tetri=left_tetri))


def may_record_delivery(
    *,
    consents: Collection[Consent],
    on: dt.date,
    starts_on: dt.date | None,
    last_on: dt.date | None,
    in_plan: bool,
) -> Verdict:
    """A service of the plan that was given: always recorded, with its flags (G1)."""
    return together(
        consent.service_given(consents=consents, scope=Scope.REINTEGRATION, on=on),
        delivered(on=on, starts_on=starts_on, last_on=last_on, in_plan=in_plan),
    )


def may_send_part(
    *, consents: Collection[Consent], organisation: str, concerns: Collection[str], on: dt.date
) -> Verdict:
    """All that stands about sending an organisation its part: the person's consent that names it, and its own alone."""
    return together(
        consent.disclosure(consents=consents, organisation=organisation, on=on),
        own_part(organisation=organisation, concerns=concerns),
    )


def refusal(code: str) -> Denied:
    """Why a part was not sent, by the code kept with the report."""
    return DENIALS[code]
