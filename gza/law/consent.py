"""S0.1, S3.2, S7.4: consent, its scopes, its withdrawal; help in an emergency, which stands outside it.

A consent is to *one* thing: rehabilitation, reintegration, or disclosure to named organisations. The rules
read the consents of a case as ``Consent``, one for each scope (and, for disclosure, each organisation).
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class Scope(StrEnum):
    """What is consented to."""

    REHABILITATION = "rehabilitation"
    REINTEGRATION = "reintegration"
    DISCLOSURE = "disclosure"


LABELS: dict[Scope, Text] = {
    Scope.REHABILITATION: Text("რეაბილიტაცია", "Rehabilitation"),
    Scope.REINTEGRATION: Text("რეინტეგრაცია", "Reintegration"),
    Scope.DISCLOSURE: Text("ინფორმაციის გაზიარება დასახელებულ ორგანიზაციასთან", "Disclosure to a named organisation"),
}


@dataclass(frozen=True)
class Consent:
    """One consent as it stands on file; ``organisation`` (its id as text) only for disclosure.

    ``identity``: the disclosure covers name and telephone number, too. In force from ``given_on`` to the day before
    ``withdrawn_on``: a withdrawal works at once.
    """

    scope: Scope
    given_on: dt.date
    organisation: str = ""
    withdrawn_on: dt.date | None = None
    identity: bool = False


def in_force(*, consents: Collection[Consent], scope: Scope, on: dt.date, organisation: str = "") -> bool:
    """Whether one of the consents covers this scope (and organisation) on that day."""
    return any(
        one.scope == scope
        and one.organisation == organisation
        and one.given_on <= on
        and (one.withdrawn_on is None or on < one.withdrawn_on)
        for one in consents
    )


_REHABILITATION = denial(
    "consent.rehabilitation_missing", "S0.1",
    "რეაბილიტაცია მხოლოდ ადამიანის ინფორმირებული წერილობითი თანხმობით ხორციელდება. "
    "ძალაში მყოფი თანხმობა არ არის.",
    "Rehabilitation rests on the person's informed written consent alone. None is in force.",
    ("აუხსენით ბენეფიციარს და, თუ თანახმაა, ჩაწერეთ თანხმობა რეაბილიტაციაზე.",
     "Explain it to the beneficiary and, if they agree, record the consent to rehabilitation."),
    ("თუ დახმარება გადაუდებელია, ჩაწერეთ გადაუდებელი დახმარება.",
     "If help cannot wait, record emergency help."),
)  # fmt: skip
_REINTEGRATION = denial(
    "consent.reintegration_missing", "S3.2",
    "რეინტეგრაცია მხოლოდ ადამიანის ინფორმირებული წერილობითი თანხმობით ხორციელდება. "
    "ძალაში მყოფი თანხმობა არ არის.",
    "Reintegration rests on the person's informed written consent alone. None is in force.",
    ("აუხსენით ბენეფიციარს რეინტეგრაცია და, თუ თანახმაა, ჩაწერეთ თანხმობა. უარიც პასუხია.",
     "Explain reintegration to the beneficiary and, if they agree, record the consent. No is an answer too."),
)  # fmt: skip
_DISCLOSURE = denial(
    "consent.disclosure_missing", "S0.1",
    "ამ ორგანიზაციასთან ინფორმაციის გაზიარებაზე ბენეფიციარის თანხმობა ძალაში არ არის.",
    "The beneficiary's consent to disclosure to this organisation is not in force.",
    ("ჰკითხეთ ბენეფიციარს სწორედ ამ ორგანიზაციაზე და ჩაწერეთ პასუხი.",
     "Ask the beneficiary about this very organisation and record the answer."),
)  # fmt: skip
_NOT_WRITTEN = denial(
    "consent.not_written", "S0.1",
    "თანხმობა წერილობითი უნდა იყოს: ხელმოწერა ეკრანზე ან ხელმოწერილი ფურცლის სკანი.",
    "A consent is in writing: a signature on the screen, or a scan of the signed paper.",
    ("დაბეჭდეთ თანხმობის ფორმა, ხელი მოაწერინეთ და ატვირთეთ სკანი.",
     "Print the form of consent, have it signed and upload the scan."),
    ("ან მოაწერინეთ ხელი ეკრანზე.", "Or have it signed on the screen."),
)  # fmt: skip
_NOT_INFORMED = denial(
    "consent.not_informed", "S0.1",
    "თანხმობა ინფორმირებული უნდა იყოს: ადამიანმა თავისთვის გასაგებ ენაზე უნდა იცოდეს, რაზე თანხმდება.",
    "A consent is informed: the person must know, in a language they understand, what they agree to.",
    ("აუხსენით გასაგებ ენაზე, საჭიროებისას თარჯიმნით, და ჩაწერეთ ეს.",
     "Explain in a language they understand, with an interpreter if needed, and record it."),
)  # fmt: skip
_ONE_PAPER = denial(
    "consent.not_apart", "S3.2",
    "რეინტეგრაციაზე თანხმობა ცალკეა: ის რეაბილიტაციაზე თანხმობასთან ერთ დოკუმენტში ვერ გაერთიანდება.",
    "Consent to reintegration stands apart: it cannot be one document with consent to rehabilitation.",
    ("აიღეთ ორი თანხმობა, თითოეული საკუთარი ხელმოწერით.", "Take two consents, each with its own signature."),
)  # fmt: skip
_NOTHING = denial(
    "consent.nothing", "S0.1",
    "თანხმობაში არ ჩანს, რაზე თანხმდება ადამიანი.",
    "The consent does not say what the person agrees to.",
    ("მონიშნეთ, რაზე თანხმდება ბენეფიციარი.", "Mark what the beneficiary agrees to."),
)  # fmt: skip
_NO_NAME = denial(
    "consent.no_organisation", "S0.1",
    "ინფორმაციის გაზიარებაზე თანხმობა დასახელებულ ორგანიზაციას ეხება; საერთო თანხმობა არ არსებობს.",
    "Consent to disclosure is to a named organisation; there is no general one.",
    ("დაასახელეთ თითოეული ორგანიზაცია, რომელზეც ბენეფიციარი თანახმაა.",
     "Name each organisation the beneficiary agrees to."),
)  # fmt: skip
_OTHER_WORKER = denial(
    "consent.other_worker", "S7.2",
    "რეაბილიტაციაზე თანხმობას დანიშნული სოციალური მუშაკი იღებს.",
    "Consent to rehabilitation is taken by the designated social worker.",
    ("სთხოვეთ დანიშნულ სოციალურ მუშაკს.", "Ask the designated social worker."),
    ("თუ მუშაკი ჯერ არ არის, სთხოვეთ კოორდინატორს დანიშვნა.",
     "If there is none yet, ask the coordinator to designate one."),
)  # fmt: skip
_NOT_EXPLAINED = denial(
    "consent.not_explained", "S7.4",
    "რეინტეგრაციაზე თანხმობამდე სოციალურმა მუშაკმა მისი მნიშვნელობა და პროცედურები უნდა ახსნას.",
    "Before consent to reintegration the social worker explains its importance and the procedures.",
    ("ჩაწერეთ ახსნა: რა, რომელ ენაზე, ვინ და თარჯიმნის მონაწილეობა.",
     "Record the explanation: what, in which language, by whom, and the interpreter."),
)  # fmt: skip
_EMPTY_EXPLANATION = denial(
    "consent.explanation_incomplete", "S7.4",
    "ახსნის ჩანაწერში ჩანს, რა აიხსნა, რომელ ენაზე და ვის მიერ.",
    "The record of an explanation says what was explained, in which language and by whom.",
    ("შეავსეთ: რა აიხსნა, რომელ ენაზე და ვინ ახსნა.", "Fill in what, the language and who."),
)  # fmt: skip

SERVED_WITHOUT = flag(
    "consent.missing_at_service", "S0.1",
    "მომსახურება გაწეულია ისე, რომ საქმეში იმ დღეს თანხმობა ძალაში არ იყო.",
    "A service was given while no consent was in force on file that day.",
)  # fmt: skip
WITHDRAWN_ORALLY = flag(
    "consent.withdrawn_orally", "S0.1",
    "თანხმობა ზეპირად არის გამოხმობილი და სოციალურმა მუშაკმა ჩაწერა.",
    "The consent was withdrawn by word of mouth and written down by the social worker.",
)  # fmt: skip
WITHDRAWN_UNSIGNED = flag(
    "consent.withdrawn_unnamed", "S0.1",
    "ზეპირი გამოხმობის ჩანაწერში არ ჩანს, ვინ მოისმინა.",
    "The record of a withdrawal by word of mouth does not say who heard it.",
)  # fmt: skip
EMERGENCY_INCOMPLETE = flag(
    "emergency.incomplete", "S0.1",
    "გადაუდებელი დახმარების ჩანაწერს აკლია საფუძველი, ვინ დაეხმარა ან დრო.",
    "The record of emergency help lacks its ground, who helped, or the time.",
)  # fmt: skip
EMERGENCY = flag(
    "emergency.given", "S0.1",
    "გადაუდებელი დახმარება, სტრატეგიის ფარგლებს გარეთ.",
    "Emergency help, outside the Strategy.",
)  # fmt: skip


@rule("S0.1")
def rehabilitation(*, consents: Collection[Consent], on: dt.date) -> Verdict:
    """Rehabilitation is planned, requested and started under a consent in force that covers it."""
    covered = in_force(consents=consents, scope=Scope.REHABILITATION, on=on)
    return ALLOWED if covered else _REHABILITATION


@rule("S3.2", "S0.1")
def reintegration(*, consents: Collection[Consent], on: dt.date) -> Verdict:
    """Reintegration is planned, requested, funded and started under its own consent in force."""
    covered = in_force(consents=consents, scope=Scope.REINTEGRATION, on=on)
    return ALLOWED if covered else _REINTEGRATION


@rule("S0.1")
def disclosure(*, consents: Collection[Consent], organisation: str, on: dt.date) -> Verdict:
    """Nothing is disclosed to an organisation the person did not name in a consent in force."""
    covered = in_force(consents=consents, scope=Scope.DISCLOSURE, on=on, organisation=organisation)
    return ALLOWED if covered and organisation else _DISCLOSURE


@rule("S0.1")
def written(*, signed_on_screen: bool, has_scan: bool) -> Verdict:
    """A consent is in writing: signed on the screen, or on paper with a scan."""
    return ALLOWED if signed_on_screen or has_scan else _NOT_WRITTEN


@rule("S0.1")
def informed(*, told: bool, language: str) -> Verdict:
    """A consent is informed: the person was told what it covers, in a language they understand."""
    return ALLOWED if told and language.strip() else _NOT_INFORMED


@rule("S0.1")
def says_what(*, scopes: Collection[Scope]) -> Verdict:
    """A consent says what it covers."""
    return ALLOWED if scopes else _NOTHING


@rule("S3.2")
def apart(*, scopes: Collection[Scope]) -> Verdict:
    """Consent to reintegration is its own, never one paper with consent to rehabilitation."""
    return _ONE_PAPER if {Scope.REHABILITATION, Scope.REINTEGRATION} <= set(scopes) else ALLOWED


@rule("S0.1", "S3.2")
def names_organisations(*, scopes: Collection[Scope], organisations: Collection[str]) -> Verdict:
    """Disclosure is to organisations by name, each one."""
    named = bool(organisations) and all(one.strip() for one in organisations)
    return _NO_NAME if Scope.DISCLOSURE in scopes and not named else ALLOWED


@rule("S7.2")
def taken_by_designated(*, scopes: Collection[Scope], by_designated_worker: bool) -> Verdict:
    """The designated worker takes the consent to rehabilitation."""
    return _OTHER_WORKER if Scope.REHABILITATION in scopes and not by_designated_worker else ALLOWED


@rule("S7.4")
def explained_before(*, scopes: Collection[Scope], explained_on: dt.date | None, given_on: dt.date) -> Verdict:
    """Consent to reintegration follows the explanation, on the same day at the earliest."""
    if Scope.REINTEGRATION not in scopes:
        return ALLOWED
    return ALLOWED if explained_on is not None and explained_on <= given_on else _NOT_EXPLAINED


@rule("S7.4")
def explanation(*, what: str, language: str, by_whom: str) -> Verdict:
    """An explanation is recorded with what was explained, the language, and by whom."""
    return ALLOWED if what.strip() and language.strip() and by_whom.strip() else _EMPTY_EXPLANATION


@fact("S0.1", "G1")
def service_given(*, consents: Collection[Consent], scope: Scope, on: dt.date) -> Allowed:
    """A service that was given is recorded, flagged when no consent covered it that day."""
    return flagged([] if in_force(consents=consents, scope=scope, on=on) else [SERVED_WITHOUT])


@fact("S0.1")
def withdrawal(*, in_writing: bool, heard_by: str) -> Allowed:
    """A withdrawal is never refused; one by word of mouth is written down by the worker who heard it."""
    if in_writing:
        return ALLOWED
    return flagged([WITHDRAWN_ORALLY, *([] if heard_by.strip() else [WITHDRAWN_UNSIGNED])])


@fact("S0.1", "G1")
def emergency_help(*, ground: str, person: str, has_time: bool) -> Allowed:
    """Emergency help stands outside the Strategy: always recordable, with ground, person and time."""
    complete = ground.strip() and person.strip() and has_time
    return flagged([EMERGENCY, *([] if complete else [EMERGENCY_INCOMPLETE])])


def may_take(
    *,
    scopes: Collection[Scope],
    organisations: Collection[str],
    signed_on_screen: bool,
    has_scan: bool,
    told: bool,
    language: str,
    by_designated_worker: bool,
    explained_on: dt.date | None,
    given_on: dt.date,
) -> Verdict:
    """All that stands about taking a consent (the representative of a minor apart: ``representative``)."""
    return together(
        says_what(scopes=scopes),
        apart(scopes=scopes),
        names_organisations(scopes=scopes, organisations=organisations),
        taken_by_designated(scopes=scopes, by_designated_worker=by_designated_worker),
        explained_before(scopes=scopes, explained_on=explained_on, given_on=given_on),
        informed(told=told, language=language),
        written(signed_on_screen=signed_on_screen, has_scan=has_scan),
    )


@dataclass(frozen=True)
class Consequence:
    """What a withdrawal brings about; shown to the worker before it is recorded."""

    code: str
    clause: str
    text: Text


_STOPS = {
    Scope.REHABILITATION: Consequence(
        "withdrawal.rehabilitation_stops", "S0.1",
        Text("რეაბილიტაციის ღია მოთხოვნები და მომსახურება ჩერდება.",
             "Open requests for rehabilitation, and its services, stop."),
    ),
    Scope.REINTEGRATION: Consequence(
        "withdrawal.requests_stop", "S0.1",
        Text("რეინტეგრაციის ღია მოთხოვნები ჩერდება.", "Open requests for reintegration stop."),
    ),
    Scope.DISCLOSURE: Consequence(
        "withdrawal.disclosure_stops", "S0.1",
        Text("ამ ორგანიზაციას ახალი ინფორმაცია აღარ გაეგზავნება.",
             "Nothing more is disclosed to this organisation."),
    ),
}  # fmt: skip
_RETURN = Consequence(
    "withdrawal.return_or_delete", "S0.1",
    Text("ორგანიზაციებს ეცნობებათ, რომ შეჩერდნენ და მიღებული ინფორმაცია დააბრუნონ ან წაშალონ.",
         "The organisations are told to stop, and to return or delete what they received."),
)  # fmt: skip
_SUSPENDED = Consequence(
    "withdrawal.plan_suspended", "S0.1",
    Text("გეგმა შეჩერებულია და არა შეწყვეტილი; ადამიანს ყოველთვის შეუძლია დაბრუნება.",
         "The plan is suspended, not terminated; the person can always come back."),
)  # fmt: skip
_DONE_IS_PAID = Consequence(
    "withdrawal.done_is_paid", "S0.1",
    Text("უკვე გაწეული მომსახურება ანგარიშში აისახება და ანაზღაურდება.",
         "Work already done is still reported and paid."),
)  # fmt: skip


def consequences(*, scope: Scope, disclosed: bool, has_plan: bool) -> tuple[Consequence, ...]:
    """What the withdrawal of this scope brings about, in the order in which it happens.

    Args:
        scope: what is withdrawn; the other scopes stay in force.
        disclosed: whether anything was disclosed to an organisation under it.
        has_plan: whether there is a reintegration plan, in any state.
    """
    found = [_STOPS[scope]]
    if disclosed:
        found.append(_RETURN)
    if scope == Scope.REINTEGRATION and has_plan:
        found.append(_SUSPENDED)
    if scope != Scope.DISCLOSURE:
        found.append(_DONE_IS_PAID)
    return tuple(found)
