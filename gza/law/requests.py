"""S5.4, S6.1, S7.5: asking providers, with the least data, and what they answer.

Months are counted from 1, the plan's first month.
"""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from . import consent, parameters, plan, plausible
from .consent import Consent
from .lifecycles import REQUEST, RequestState
from .rules import fact, rule
from .status import StatusKind
from .terms import add_months
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged, together

LEAST = frozenset({"form", "service", "months", "region", "place", "age", "language", "access"})
"""What a provider is told of a person."""
IDENTITY = frozenset({"name", "telephone"})
"""What it is told only where the beneficiary consented to that, too."""


class Channel(StrEnum):
    """How an answer came."""

    WORKPLACE = "workplace"
    LETTER = "letter"
    EMAIL = "email"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"


WRITTEN = frozenset({Channel.LETTER, Channel.EMAIL})

POSITIVE = frozenset({RequestState.ACCEPTED, RequestState.PARTLY})
UNDONE = frozenset({RequestState.WITHDRAWN, RequestState.STOPPED})
"""A request that was called back tried nothing."""

_NOT_OFFERED = denial(
    "requests.not_offered", "S6.1",
    "ორგანიზაცია თავისი პროგრამის ფარგლებში მონაწილეობს; ამ მომსახურებას ის არ გვთავაზობს.",
    "An organisation takes part within its programmes; it does not offer this service.",
    ("აირჩიეთ ორგანიზაცია, რომელიც ამ მომსახურებას გვთავაზობს.", "Choose an organisation that offers it."),
    ("თუ ორგანიზაციამ ახალი მომსახურება დაიწყო, სთხოვეთ კოორდინატორს ნუსხაში შეტანა.",
     "If the organisation has begun to offer it, ask the coordinator to enter it in the list."),
)  # fmt: skip
_OPEN_ALREADY = denial(
    "requests.open_already", "S5.4",
    "ამ პუნქტზე ორგანიზაციას მოთხოვნა უკვე გაგზავნილი აქვს.",
    "The organisation has been asked about this item already.",
    ("დაელოდეთ პასუხს ან გამოიხმეთ მოთხოვნა.", "Wait for the answer, or withdraw the request."),
)  # fmt: skip
_DUE_EARLY = denial(
    "requests.due_before_sent", "S5.4",
    "პასუხის ვადა მოთხოვნის დღეზე ადრეა.",
    "The answer would be due before the request was sent.",
    ("აირჩიეთ უფრო გვიანი დღე.", "Choose a later day."),
)  # fmt: skip
_TOO_MUCH = denial(
    "requests.too_much_told", "S5.4",
    "ორგანიზაციას მხოლოდ ის ეცნობება, რაც პასუხისთვის აუცილებელია.",
    "An organisation is told only what it needs for an answer.",
    ("დატოვეთ მხოლოდ მოთხოვნის ფორმის ველები.", "Leave nothing but the fields of the request's form."),
)  # fmt: skip
_NO_IDENTITY = denial(
    "requests.identity_not_consented", "S6.1",
    "ბენეფიციარი ამ ორგანიზაციასთან სახელისა და ტელეფონის გაზიარებაზე არ დათანხმებულა.",
    "The beneficiary has not consented to this organisation's learning name or telephone number.",
    ("გაგზავნეთ მოთხოვნა სახელისა და ტელეფონის გარეშე.", "Send the request without name and telephone number."),
    ("ან ჰკითხეთ ბენეფიციარს და ჩაწერეთ თანხმობა.", "Or ask the beneficiary and record the consent."),
)  # fmt: skip
_CLOSED = denial(
    "requests.closed", "S5.4",
    "ეს მოთხოვნა აქ უკვე დახურულია.",
    "This request is closed here.",
    ("დაურეკეთ სოციალურ მუშაკს: ის ჩაწერს თქვენს პასუხს.",
     "Telephone the social worker, who will record your answer."),
)  # fmt: skip
_NO_REASON = denial(
    "requests.no_reason", "S5.4",
    "უარს მიზეზი ახლავს.",
    "An answer that declines gives its reason.",
    ("დაწერეთ ერთი წინადადებით, რატომ.", "Write in one sentence why."),
)  # fmt: skip
_NO_MONTHS = denial(
    "requests.no_months", "S5.4",
    "ნაწილობრივ თანხმობაში ჩანს, მოთხოვნილი თვეებიდან რომლებს ფარავს: {first}‑დან {last}‑მდე, მაგრამ არა ყველას.",
    "An answer in part says which of the months asked for it covers: some of {first} to {last}, not all.",
    ("მიუთითეთ პირველი და ბოლო თვე.", "Give the first and the last month."),
    ("თუ ყველა თვე იფარება, ეს სრული თანხმობაა.", "If all months are covered, accept it whole."),
)  # fmt: skip
_NO_EVIDENCE = denial(
    "requests.no_evidence", "S5.4",
    "სისტემის გარეთ მიღებული პასუხი მტკიცებულებით იწერება: წერილი ფაილად ან საუბრის ჩანაწერი.",
    "An answer that came from outside is recorded with evidence: the letter as a file, or a note of what was said.",
    ("ატვირთეთ წერილი.", "Upload the letter."),
    ("საუბრისთვის დაწერეთ, რა ითქვა.", "For a conversation, write what was said."),
)  # fmt: skip
_NO_NAME = denial(
    "requests.no_name", "S5.4",
    "ჩანაწერში ჩანს, ორგანიზაციიდან ვინ უპასუხა.",
    "The record says who answered for the organisation.",
    ("ჩაწერეთ სახელი და თანამდებობა.", "Write name and position."),
)  # fmt: skip
_NOT_CALLED_BACK = denial(
    "requests.not_called_back", "S0.1",
    "მოთხოვნა გამოხმობილი არ არის: ინფორმაციის დაბრუნება ან წაშლა ჯერ არ არის საჭირო.",
    "The request was not called back: nothing is to be returned or deleted yet.",
    ("უპასუხეთ მოთხოვნას.", "Answer the request."),
)  # fmt: skip
NOT_IN_EDITION = flag(
    "requests.not_in_edition", "S6.1",
    "მოთხოვნილი მომსახურება ნუსხის მოქმედ გამოცემაში ჯერ არ არის.",
    "The service asked for is not in the present edition of the list yet.",
)  # fmt: skip
ANSWERED_LATE = flag(
    "requests.answered_late", "S5.4",
    "ორგანიზაციამ ვადის გასვლის შემდეგ უპასუხა.",
    "The organisation answered after the date.",
)  # fmt: skip
UNREASONED = flag(
    "requests.declined_unreasoned", "S5.4",
    "ორგანიზაციამ უარი მიზეზის გარეშე თქვა.",
    "The organisation declined without a reason.",
)  # fmt: skip
SERVED_UNASKED = flag(
    "requests.served_without_request", "S6.1",
    "მომსახურება გაწეულია ისე, რომ მოთხოვნა მიღებული არ იყო.",
    "A service was given though the request for it stood at no acceptance.",
)  # fmt: skip


@rule("S6.1")
def within_programme(*, in_edition: bool, standing: bool) -> Verdict:
    """A provider is asked for what it offers; an offer newer than the edition is asked for and shown."""
    if in_edition:
        return ALLOWED
    return flagged([NOT_IN_EDITION]) if standing else _NOT_OFFERED


@rule("S5.4")
def one_at_a_time(*, open_already: bool) -> Verdict:
    """An organisation has one open request for an item at a time."""
    return _OPEN_ALREADY if open_already else ALLOWED


@rule("S5.4")
def due_after(*, sent_on: dt.date, answer_due: dt.date) -> Verdict:
    """The answer is due on the day of the request at the earliest."""
    return ALLOWED if answer_due >= sent_on else _DUE_EARLY


@rule("S5.4", "S6.1")
def least_data(*, told: Collection[str]) -> Verdict:
    """A provider is told only what the form of a request holds."""
    return ALLOWED if set(told) <= LEAST | IDENTITY else _TOO_MUCH


@rule("S5.4", "S6.1")
def identity_consented(
    *, told: Collection[str], consents: Collection[Consent], organisation: str, on: dt.date
) -> Verdict:
    """Name or telephone is told only where the consent that names the organisation covers it."""
    if not IDENTITY & set(told):
        return ALLOWED
    covered = consent.in_force(
        consents=[one for one in consents if one.identity], scope=consent.Scope.DISCLOSURE, on=on,
        organisation=organisation,
    )  # fmt: skip
    return ALLOWED if covered else _NO_IDENTITY


@rule("S5.4")
def still_open(*, until: dt.date | None, today: dt.date) -> Verdict:
    """A provider answers here while what it was told is open to it; later it tells the social worker."""
    return ALLOWED if until is not None and today <= until else _CLOSED


@rule("S5.4")
def reasoned(*, state: str, reason: str) -> Verdict:
    """A provider that declines gives its reason."""
    return ALLOWED if state != RequestState.DECLINED or reason.strip() else _NO_REASON


@fact("S5.4", "G1")
def refusal_noted(*, state: str, reason: str) -> Allowed:
    """A refusal that came without a reason is recorded as it came, and flagged."""
    return flagged([UNREASONED] if state == RequestState.DECLINED and not reason.strip() else [])


@rule("S5.4")
def months_said(
    *, state: str, covers_from: int | None, covers_to: int | None, month_from: int, month_to: int
) -> Verdict:
    """An answer in part says which months it covers: some of those asked for, not all."""
    if state != RequestState.PARTLY:
        return ALLOWED
    refused = _NO_MONTHS.filled(first=month_from, last=month_to)
    if covers_from is None or covers_to is None:
        return refused
    inside = month_from <= covers_from <= covers_to <= month_to
    return ALLOWED if inside and (covers_from, covers_to) != (month_from, month_to) else refused


@rule("S5.4")
def evidenced(*, channel: str, name: str, has_file: bool, words: str) -> Verdict:
    """An answer from outside is recorded with who gave it and with evidence: a paper, or what was said."""
    if channel == Channel.WORKPLACE:
        return ALLOWED
    if not name.strip():
        return _NO_NAME
    return ALLOWED if has_file or (channel not in WRITTEN and words.strip()) else _NO_EVIDENCE


@fact("S5.4", "G1")
def lateness(*, answered_on: dt.date, answer_due: dt.date) -> Allowed:
    """An answer past its date is recorded and flagged."""
    return flagged([ANSWERED_LATE] if answered_on > answer_due else [])


@fact("S6.1", "G1")
def served(*, state: str) -> Allowed:
    """A service given on a request that was not accepted is recorded and flagged."""
    return flagged([] if state in {RequestState.ACCEPTED, RequestState.PARTLY} else [SERVED_UNASKED])


@rule("S0.1")
def returnable(*, state: str) -> Verdict:
    """What was told is returned or deleted once the request was called back; until then it is needed."""
    return ALLOWED if state in UNDONE else _NOT_CALLED_BACK


def may_ask(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    initial_agreed: bool,
    organisation: str,
    of_fund: bool,
    in_edition: bool,
    standing_offer: bool,
    open_already: bool,
    told: Collection[str],
    answer_due: dt.date,
    months: tuple[int, int],
    on: dt.date,
) -> Verdict:
    """All that stands about asking a provider; the Fund's own services need no disclosure, since nothing leaves it."""
    way = (
        together(
            plan.on_the_way(kind=kind, consents=consents, on=on), plan.first_to_fund(initial_agreed=initial_agreed)
        )
        if of_fund
        else together(
            plan.may_request_reintegration(
                kind=kind, consents=consents, initial_agreed=initial_agreed, organisation=organisation, on=on
            ),
            identity_consented(told=told, consents=consents, organisation=organisation, on=on),
        )
    )
    return together(
        way,
        within_programme(in_edition=in_edition, standing=standing_offer),
        one_at_a_time(open_already=open_already),
        plan.timetabled(first_month=months[0], last_month=months[1]),
        plausible.number(value=months[1], bounds=plausible.PLAN_MONTH),
        due_after(sent_on=on, answer_due=answer_due),
        least_data(told=told),
    )


def may_answer(
    *,
    state: str,
    act: str,
    reason: str,
    covers_from: int | None,
    covers_to: int | None,
    month_from: int,
    month_to: int,
    answered_on: dt.date,
    answer_due: dt.date,
    until: dt.date | None,
) -> Verdict:
    """All that stands about a provider's own answer; ``act`` is ``accept``, ``partly`` or ``decline``."""
    possible = REQUEST.verdict(state, act)
    if not possible:
        return possible
    to = REQUEST.next(state, act)
    return together(
        still_open(until=until, today=answered_on),
        reasoned(state=to, reason=reason),
        months_said(state=to, covers_from=covers_from, covers_to=covers_to, month_from=month_from, month_to=month_to),
        lateness(answered_on=answered_on, answer_due=answer_due),
    )


def may_record_answer(
    *,
    state: str,
    act: str,
    channel: str,
    name: str,
    has_file: bool,
    words: str,
    covers_from: int | None,
    covers_to: int | None,
    month_from: int,
    month_to: int,
    answered_on: dt.date,
    answer_due: dt.date,
) -> Verdict:
    """All that stands about writing down an answer that came on paper or by telephone."""
    possible = REQUEST.verdict(state, act)
    if not possible:
        return possible
    to = REQUEST.next(state, act)
    return together(
        evidenced(channel=channel, name=name, has_file=has_file, words=words),
        months_said(state=to, covers_from=covers_from, covers_to=covers_to, month_from=month_from, month_to=month_to),
        refusal_noted(state=to, reason=words),
        lateness(answered_on=answered_on, answer_due=answer_due),
    )


def disclosed_until(*, answer_due: dt.date) -> dt.date:
    """The last day on which a request not yet accepted opens: its date and the time a reminder gives."""
    return answer_due + dt.timedelta(days=parameters.value("request_grace_days", answer_due))


def kept_open_until(*, ends_on: dt.date) -> dt.date:
    """The last day on which an accepted request opens: the end of the service and the time to settle it."""
    return ends_on + dt.timedelta(days=parameters.value("disclosure_after_days", ends_on))


def service_end(*, agreed_on: dt.date, month_to: int) -> dt.date:
    """The last day a service can have while its plan has no first day yet: counted from the acceptance."""
    return add_months(agreed_on, month_to)
