"""G4: who is shut out of a case, and how a case outside one's own work is opened."""

import datetime as dt
from enum import StrEnum

from . import parameters
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class Ground(StrEnum):
    """Why a person is shut out."""

    RELATIVE = "relative"
    LINKED_PERPETRATOR = "linked_perpetrator"
    WISH = "wish"
    OTHER = "other"


LABELS: dict[Ground, Text] = {
    Ground.RELATIVE: Text("ნათესავი ან ახლობელი", "Relative or close to the person"),
    Ground.LINKED_PERPETRATOR: Text("კავშირი სავარაუდო დამნაშავესთან", "Link to a suspected perpetrator"),
    Ground.WISH: Text("ბენეფიციარის სურვილი", "The beneficiary's wish"),
    Ground.OTHER: Text("სხვა", "Other"),
}


class Part(StrEnum):
    """Whose part an act is, among those who see the case."""

    WORKER = "worker"
    FUND = "fund"
    DIRECTOR = "director"


_PARTS = {
    Part.WORKER: denial(
        "access.workers_part", "S3.3",
        "ამას საქმის დანიშნული სოციალური მუშაკი აკეთებს.",
        "This is the part of the case's designated social worker.",
        ("სთხოვეთ სოციალურ მუშაკს, ან გადააბარეთ საქმე სხვა მუშაკს.",
         "Ask the social worker, or hand the case over to another."),
    ),
    Part.FUND: denial(
        "access.funds_part", "S4.1",
        "ამას ფონდის კოორდინატორი აკეთებს.",
        "This is the part of the Fund's coordinator.",
        ("სთხოვეთ თქვენს კოორდინატორს.", "Ask your coordinator."),
    ),
    Part.DIRECTOR: denial(
        "access.directors_part", "G5",
        "ამას ის წყვეტს, ვისაც ამ დღეს დირექტორის უფლებამოსილება აქვს.",
        "This is decided by who holds the director's powers on that day.",
        ("ნახეთ, ვის აქვს დღეს უფლებამოსილება, და მიმართეთ მას.", "See who holds the powers today, and turn to them."),
    ),
}  # fmt: skip
_SHUT_OUT = denial(
    "access.shut_out", "G4",
    "ეს ადამიანი ინტერესთა შეუთავსებლობის გამო ამ საქმეს ჩამოშორებულია.",
    "This person is shut out of the case for a conflict of interest.",
    ("აირჩიეთ სხვა ადამიანი.", "Choose another person."),
)  # fmt: skip
_NO_GROUND = denial(
    "access.no_ground", "G4",
    "ჩამოშორებას საფუძველი სჭირდება: რაში მდგომარეობს ინტერესთა შეუთავსებლობა.",
    "Shutting somebody out needs a ground: what the conflict of interest is.",
    ("აირჩიეთ საფუძველი; „სხვის“ შემთხვევაში დაწერეთ, რა.",
     "Choose the ground; if it is another one, write which."),
)  # fmt: skip
_OWN = denial(
    "access.own_return", "G4",
    "ჩამოშორებული ადამიანი საკუთარ ჩამოშორებას თვითონ ვერ გააუქმებს.",
    "Who is shut out cannot lift this for themselves.",
    ("სთხოვეთ სხვა კოორდინატორს ან დირექტორს.", "Ask another coordinator, or the director."),
)  # fmt: skip
_NO_REASON = denial(
    "access.no_reason", "G4",
    "საქმე თქვენს საქმეებში არ შედის; მის გასახსნელად მიზეზია საჭირო. მიზეზი ჟურნალში ჩაიწერება.",
    "The case is outside your own work; opening it needs a reason, which is recorded.",
    ("დაწერეთ ერთი წინადადებით, რატომ გჭირდებათ საქმე.", "Write in one sentence why you need the case."),
)  # fmt: skip
_STALE = denial(
    "access.stale_sign_in", "G4",
    "იმ საქმის გასახსნელად, რომელიც თქვენს საქმეებში არ შედის, ახალი ავტორიზაციაა საჭირო.",
    "Opening a case outside your own work needs a fresh sign-in.",
    ("გაიარეთ ავტორიზაცია ხელახლა; რაც დაწერეთ, შენახულია.", "Sign in again; what you wrote is kept."),
)  # fmt: skip
_LAST_FACTOR = denial(
    "access.last_factor", "G4",
    "ეს თქვენი ერთადერთი მეორე ფაქტორია.",
    "This is your only second factor.",
    ("ჯერ გამართეთ ერთჯერადი კოდები.", "Set up one-time codes first."),
)  # fmt: skip
_CANNOT_SIGN_IN = denial(
    "access.cannot_sign_in", "G4",
    "მომხმარებელი გათიშულია: {who_ka} სისტემაში ვეღარ შედის და საქმეს ვერ გახსნის.",
    "The account of {who_en} is disabled: they cannot sign in any more and could not open the case.",
    ("აირჩიეთ სხვა ადამიანი.", "Choose another person."),
)  # fmt: skip
_NOT_CERTIFIED = denial(
    "access.not_certified", "G4",
    "{who_ka}: ამ ადამიანის გასაღები ჯერ დამოწმებული არ არის, ამიტომ მისთვის ვერაფერი დაილუქება.",
    "The key of {who_en} is not certified yet, so nothing can be sealed to it.",
    ("კოორდინატორი ანაბეჭდს ხმით ადარებს და გასაღებს ამოწმებს: „გასაღებები“.",
     "A coordinator compares the fingerprint by voice and certifies the key: Keys."),
)  # fmt: skip
UNUSUAL = flag(
    "access.unusual_volume", "G4",
    "ერთ დღეში უჩვეულოდ ბევრი საქმე გაიხსნა.",
    "Unusually many cases were opened in one day.",
)  # fmt: skip


@rule("S3.3", "S4.1", "G5")
def own_part(*, part: Part, theirs: bool) -> Verdict:
    """What one sees of a case but is another's part to do is refused, with whose part it is."""
    return ALLOWED if theirs else _PARTS[part]


@rule("G4")
def not_shut_out(*, shut_out: bool) -> Verdict:
    """Who is shut out of a case is not designated to it, and gets no key to it."""
    return _SHUT_OUT if shut_out else ALLOWED


@rule("G4")
def key_holds(*, active: bool, certified: bool, who_ka: str, who_en: str) -> Verdict:
    """A case is sealed to, and by, those alone who can sign in and whose key carries a certificate that holds."""
    if not active:
        return _CANNOT_SIGN_IN.filled(who_ka=who_ka, who_en=who_en)
    return ALLOWED if certified else _NOT_CERTIFIED.filled(who_ka=who_ka, who_en=who_en)


@rule("G4")
def has_ground(*, ground: Ground | None, words: str) -> Verdict:
    """Shutting somebody out names its ground; another ground than the listed ones needs words."""
    if ground is None:
        return _NO_GROUND
    return _NO_GROUND if ground == Ground.OTHER and not words.strip() else ALLOWED


@rule("G4")
def lifted_by_another(*, own: bool) -> Verdict:
    """Nobody lets themselves back into a case."""
    return _OWN if own else ALLOWED


@rule("G4")
def factor_left(*, codes: bool, other_keys: int) -> Verdict:
    """Nobody takes away their last second factor: one-time codes or another security key stay (ours)."""
    return ALLOWED if codes or other_keys else _LAST_FACTOR


@rule("G4")
def reason_given(*, own_work: bool, reason: str) -> Verdict:
    """Opening a case outside one's own work asks for a reason."""
    return ALLOWED if own_work or reason.strip() else _NO_REASON


@rule("G4")
def freshly_signed_in(*, own_work: bool, minutes_since_sign_in: int, on: dt.date) -> Verdict:
    """Opening a case outside one's own work asks for a fresh sign-in."""
    fresh = minutes_since_sign_in <= parameters.value("fresh_sign_in_minutes", on)
    return ALLOWED if own_work or fresh else _STALE


@fact("G4")
def volume(*, openings_today: int, on: dt.date) -> Allowed:
    """Unusually many openings by one person in a day raise an alarm; they are not refused."""
    return flagged([UNUSUAL] if openings_today >= parameters.value("unusual_openings_per_day", on) else [])


def may_open(*, own_work: bool, reason: str, minutes_since_sign_in: int, openings_today: int, on: dt.date) -> Verdict:
    """All that stands about opening a case. ``own_work``: designated, or asked to by an act of the Fund."""
    return together(
        reason_given(own_work=own_work, reason=reason),
        freshly_signed_in(own_work=own_work, minutes_since_sign_in=minutes_since_sign_in, on=on),
        volume(openings_today=openings_today, on=on),
    )
