"""S1.1, S4.2 to S4.4, S6.1, S7.1: social workers, organisations, their offers, editions of the list."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from . import parameters
from .rules import fact, rule
from .terms import add_months
from .verdicts import ALLOWED, Allowed, Denied, Text, Verdict, denial, flag, flagged, together


class ActorKind(StrEnum):
    """The four kinds of actor by whom the process runs (S2.1)."""

    FUND = "fund"
    NGO = "ngo"
    INTERNATIONAL = "international"
    SOCIAL_WORKER = "social_worker"


class ServiceKind(StrEnum):
    """What a service is for."""

    REHABILITATION = "rehabilitation"
    REINTEGRATION = "reintegration"


LABELS: dict[str, Text] = {
    ActorKind.FUND: Text("ფონდი", "The Fund"),
    ActorKind.NGO: Text("ადგილობრივი არასამთავრობო ორგანიზაცია", "Local non-governmental organisation"),
    ActorKind.INTERNATIONAL: Text("საერთაშორისო ორგანიზაცია", "International organisation"),
    ActorKind.SOCIAL_WORKER: Text("სოციალური მუშაკი", "Social worker"),
    ServiceKind.REHABILITATION: Text("რეაბილიტაცია", "Rehabilitation"),
    ServiceKind.REINTEGRATION: Text("რეინტეგრაცია", "Reintegration"),
}
PROVIDERS = frozenset({ActorKind.NGO, ActorKind.INTERNATIONAL})


@dataclass(frozen=True)
class WorkerEntry:
    """What the register of social workers knows of one; counts of what is listed, None: not asked yet."""

    has_contact: bool
    has_education: bool
    languages: int
    regions: int
    trainings: int | None
    active_from: dt.date | None
    active_to: dt.date | None = None


_FIELDS: dict[str, Text] = {
    "contact": Text("საკონტაქტო მონაცემები", "contact"),
    "education": Text("განათლება", "education"),
    "languages": Text("ენები", "languages"),
    "regions": Text("რეგიონები", "regions"),
    "training": Text("ტრენინგები (შეიძლება „არც ერთი“)", "training (may be “none”)"),
    "active_from": Text("მოქმედია დღიდან", "active from"),
}

_INCOMPLETE = denial(
    "directory.worker_incomplete", "S7.1",
    "სოციალურ მუშაკთა ბაზის ჩანაწერს აკლია: {lacking}.",
    "The entry in the database of social workers lacks: {lacking}.",
    ("შეავსეთ, რაც აკლია.", "Fill in what is lacking."),
)  # fmt: skip
_BACKWARDS = denial(
    "directory.worker_dates", "S7.1",
    "სოციალური მუშაკის ბოლო დღე პირველზე ადრეა.",
    "The social worker's last day is earlier than the first.",
    ("შეამოწმეთ ორივე თარიღი.", "Check both dates."),
)  # fmt: skip
_BY_FUND = denial(
    "directory.kept_by_fund", "S1.1",
    "ორგანიზაციების, საკონტაქტო პირებისა და მემორანდუმების რეესტრს ფონდი აწარმოებს.",
    "The register of organisations, focal persons and memoranda is kept by the Fund.",
    ("მისწერეთ ფონდის კოორდინატორს, რა შეიცვალა.", "Write to the Fund's coordinator what has changed."),
)  # fmt: skip
_NOT_OWN_OFFER = denial(
    "directory.not_own_offer", "S4.2",
    "მომსახურების შეთავაზებას თავად ორგანიზაცია წარადგენს, ან ფონდი მისი სახელით.",
    "An offer is put forward by the organisation itself, or by the Fund for it.",
    ("სთხოვეთ ორგანიზაციის საკონტაქტო პირს.", "Ask the focal person of that organisation."),
)  # fmt: skip
_COMPILED_BY_FUND = denial(
    "directory.compiled_by_fund", "S4.2",
    "მომსახურებათა ნუსხას ფონდი ადგენს.",
    "The list of services is compiled by the Fund.",
    ("სთხოვეთ ფონდის კოორდინატორს ახალი გამოცემა.", "Ask the Fund's coordinator for a new edition."),
)  # fmt: skip
_NOT_PROVIDER = denial(
    "directory.not_provider", "S6.1",
    "მომსახურებას ადგილობრივი არასამთავრობო ან საერთაშორისო ორგანიზაცია გვთავაზობს, ან ფონდი.",
    "Services are offered by a local NGO, an international organisation, or the Fund.",
    ("შეამოწმეთ ორგანიზაციის სახე რეესტრში.", "Check the kind of the organisation in the register."),
)  # fmt: skip
_FOREIGN = denial(
    "directory.foreign_request", "S6.1",
    "ორგანიზაცია მხოლოდ საკუთარ მოთხოვნებსა და პუნქტებს ხედავს.",
    "An organisation sees its own requests and items alone.",
    ("მიმართეთ ფონდის კოორდინატორს.", "Turn to the Fund's coordinator."),
)  # fmt: skip
_NUMBER = denial(
    "directory.edition_number", "S4.3",
    "გამოცემები რიგით ინომრება: შემდეგია № {next}.",
    "Editions are numbered in order: the next is No. {next}.",
    ("გამოიყენეთ შემდეგი ნომერი.", "Use the next number."),
)  # fmt: skip
_EDITION_DATE = denial(
    "directory.edition_date", "S4.3",
    "ახალი გამოცემა წინაზე ადრე ვერ გამოიცემა.",
    "A new edition is not issued before the last one.",
    ("შეამოწმეთ გამოცემის თარიღი.", "Check the date of issue."),
)  # fmt: skip
_EMPTY = denial(
    "directory.edition_empty", "S4.2",
    "ნუსხაში არც ერთი მოქმედი მომსახურება არ არის.",
    "There is no service in force to put on the list.",
    ("ჯერ შეიტანეთ ორგანიზაციების შეთავაზებები.", "Enter the organisations' offers first."),
)  # fmt: skip
_EDITION_FROZEN = denial(
    "directory.edition_frozen", "S4.4",
    "გამოცემული ნუსხა ისე ინახება, როგორიც გამოიცა.",
    "An issued list is kept as it was issued.",
    ("შეცვალეთ შეთავაზება და გამოეცით შემდეგი ნომერი.", "Change the offer and issue the next number."),
)  # fmt: skip
UNCONFIRMED = flag(
    "directory.offer_unconfirmed", "S4.3",
    "ორგანიზაციას მომსახურება ბოლო კვარტალში არ დაუდასტურებია.",
    "The organisation has not confirmed the offer within the last quarter.",
)  # fmt: skip
WITHOUT_MEMORANDUM = flag(
    "directory.no_memorandum", "S1.1",
    "ორგანიზაციასთან მოქმედი მემორანდუმი არ არის.",
    "There is no memorandum in force with the organisation.",
)  # fmt: skip


def lacking_fields(entry: WorkerEntry) -> tuple[str, ...]:
    """Keys of what the entry lacks: ``contact education languages regions training active_from``."""
    present = {
        "contact": entry.has_contact,
        "education": entry.has_education,
        "languages": entry.languages > 0,
        "regions": entry.regions > 0,
        "training": entry.trainings is not None,
        "active_from": entry.active_from is not None,
    }
    return tuple(key for key, there in present.items() if not there)


@rule("S7.1")
def worker_complete(*, entry: WorkerEntry) -> Verdict:
    """The register holds each worker's contact, education, languages, regions, training and first day."""
    found = [_FIELDS[key] for key in lacking_fields(entry)]
    if not found:
        return ALLOWED
    ka, en = ", ".join(one.ka for one in found), ", ".join(one.en for one in found)
    message = Text(_INCOMPLETE.message.ka.format(lacking=ka), _INCOMPLETE.message.en.format(lacking=en))
    return Denied(_INCOMPLETE.code, _INCOMPLETE.clause, message, _INCOMPLETE.remedy)


@rule("S7.1")
def worker_dates(*, active_from: dt.date | None, active_to: dt.date | None) -> Verdict:
    """A worker's last day in the register is not before the first."""
    backwards = active_from is not None and active_to is not None and active_to < active_from
    return _BACKWARDS if backwards else ALLOWED


@rule("S1.1", "S7.1")
def kept_by_fund(*, by_fund: bool) -> Verdict:
    """Organisations, focal persons, memoranda and social workers are entered by the Fund."""
    return ALLOWED if by_fund else _BY_FUND


@fact("S1.1")
def memorandum(*, in_force: bool) -> Allowed:
    """Cooperation without a memorandum in force is shown, not refused."""
    return flagged([] if in_force else [WITHOUT_MEMORANDUM])


@rule("S4.2")
def contributed(*, own_organisation: bool, by_fund: bool) -> Verdict:
    """An offer is contributed by its provider, or by the Fund for it."""
    return ALLOWED if own_organisation or by_fund else _NOT_OWN_OFFER


@rule("S4.2")
def compiled(*, by_fund: bool) -> Verdict:
    """The list is compiled by the Fund."""
    return ALLOWED if by_fund else _COMPILED_BY_FUND


@rule("S4.2")
def has_offers(*, offers: int) -> Verdict:
    """A list of services lists services."""
    return ALLOWED if offers > 0 else _EMPTY


@rule("S4.3")
def numbered(*, last: int, number: int) -> Verdict:
    """Editions are numbered without gaps, from 1 (``last`` is 0 before the first)."""
    return ALLOWED if number == last + 1 else _NUMBER.filled(next=last + 1)


@rule("S4.3")
def issued_in_order(*, last_on: dt.date | None, on: dt.date) -> Verdict:
    """An edition is not dated before the last one."""
    return ALLOWED if last_on is None or last_on <= on else _EDITION_DATE


@rule("S4.4")
def unissued(*, issued: bool) -> Verdict:
    """An issued edition is kept as it was."""
    return _EDITION_FROZEN if issued else ALLOWED


def confirmation_due(*, confirmed_on: dt.date) -> dt.date:
    """The day by which a provider confirms or changes an offer again."""
    return add_months(confirmed_on, parameters.value("provider_update_months", confirmed_on))


@fact("S4.3")
def confirmed(*, confirmed_on: dt.date, today: dt.date) -> Allowed:
    """An offer not confirmed for a quarter is seen and reminded; it stays on the list."""
    return flagged([UNCONFIRMED] if today > confirmation_due(confirmed_on=confirmed_on) else [])


@rule("S6.1")
def offered_by_provider(*, kind: str) -> Verdict:
    """Providers are local NGOs and international organisations; the Fund offers its own services."""
    return ALLOWED if kind in PROVIDERS or kind == ActorKind.FUND else _NOT_PROVIDER


@rule("S6.1")
def own_alone(*, own_organisation: bool) -> Verdict:
    """A provider sees and answers its own requests, nothing else of a case."""
    return ALLOWED if own_organisation else _FOREIGN


def may_enter_worker(*, entry: WorkerEntry, by_fund: bool) -> Verdict:
    """All that stands about an entry in the register of social workers."""
    return together(
        kept_by_fund(by_fund=by_fund),
        worker_complete(entry=entry),
        worker_dates(active_from=entry.active_from, active_to=entry.active_to),
    )


def may_offer(*, kind: str, own_organisation: bool, by_fund: bool) -> Verdict:
    """All that stands about entering, changing or confirming an offer of an organisation of that kind."""
    return together(offered_by_provider(kind=kind), contributed(own_organisation=own_organisation, by_fund=by_fund))


def may_issue(*, by_fund: bool, offers: int, last: int, number: int, last_on: dt.date | None, on: dt.date) -> Verdict:
    """All that stands about issuing an edition of the list."""
    return together(
        compiled(by_fund=by_fund),
        has_offers(offers=offers),
        numbered(last=last, number=number),
        issued_in_order(last_on=last_on, on=on),
    )
