"""S7.8: who signs a plan, over what, and when it comes into force; the beneficiary's copy."""

import datetime as dt
from collections.abc import Collection

from . import plan, representative
from .consent import Consent
from .final_items import FinalItem, still_secured
from .lifecycles import PLAN_VERSION, PlanState
from .rules import fact, rule
from .status import StatusKind
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged, together

BENEFICIARY, REPRESENTATIVE, CHILD, WORKER = "beneficiary", "representative", "child", "worker"

_NOT_FIXED = denial(
    "signatures.not_fixed", "S7.8",
    "ხელი მხოლოდ შეთანხმებულ ან ხელმოსაწერად გამზადებულ გეგმას ეწერება.",
    "Only a plan that was agreed, or fixed for signature, is signed.",
    ("საბოლოო გეგმას ჯერ ფონდი ეთანხმება.", "The Fund agrees to a final plan first."),
)  # fmt: skip
_OTHER_CONTENT = denial(
    "signatures.other_content", "S7.8",
    "ხელმოწერა სხვა შინაარსს ეკუთვნის: გეგმა, რომელიც წაიკითხეს, ეს ვერსია არ არის.",
    "The signature belongs to another content: the plan that was read is not this version.",
    ("გახსენით გეგმა თავიდან, წაიკითხეთ ერთად და მაშინ მოაწერინეთ ხელი.",
     "Open the plan again, read it together, then have it signed."),
)  # fmt: skip
_TWICE = denial(
    "signatures.already", "S7.8",
    "ეს ხელმოწერა გეგმას უკვე აქვს.",
    "The plan has this signature already.",
    ("ნახეთ, კიდევ ვისი ხელმოწერა აკლია.", "See whose signature is still missing."),
)  # fmt: skip
_NO_PAD = denial(
    "signatures.no_strokes", "S7.8",
    "ხელმოწერა ცარიელია.",
    "The signature is empty.",
    ("მოაწერინეთ ხელი ეკრანზე, ან აირჩიეთ ქაღალდი.", "Have it signed on the screen, or choose paper."),
)  # fmt: skip
_NO_SCAN = denial(
    "signatures.no_scan", "S7.8",
    "ქაღალდზე მოწერილ ხელმოწერას სკანი ახლავს.",
    "A signature on paper comes with its scan.",
    ("ატვირთეთ ხელმოწერილი გეგმის სკანი.", "Upload the scan of the signed plan."),
)  # fmt: skip
_NO_WITNESS = denial(
    "signatures.no_witness", "S7.8",
    "ვისაც წერა არ შეუძლია, ნიშანს მოწმის თანდასწრებით სვამს.",
    "Who cannot write makes a mark before a witness.",
    ("ჩაწერეთ მოწმის სახელი და გვარი.", "Write down the name of the witness."),
)  # fmt: skip
_OWN_WITNESS = denial(
    "signatures.worker_marks", "S7.8",
    "სოციალური მუშაკი ხელს თვითონ აწერს; ნიშანი მხოლოდ ბენეფიციარისთვისაა.",
    "The social worker signs; a mark is for a beneficiary who cannot write.",
    ("მოაწერეთ ხელი ეკრანზე ან ქაღალდზე.", "Sign on the screen or on paper."),
)  # fmt: skip
_OTHER_WORKER = denial(
    "signatures.other_worker", "S7.8",
    "გეგმას საქმის დანიშნული სოციალური მუშაკი აწერს ხელს.",
    "The designated social worker of the case signs the plan.",
    ("სთხოვეთ დანიშნულ სოციალურ მუშაკს.", "Ask the designated social worker."),
)  # fmt: skip
_MINOR = denial(
    "signatures.minor", "S7.8",
    "არასრულწლოვნის ნაცვლად კანონიერი წარმომადგენელი აწერს ხელს; ბავშვის დასტური ცალკე იწერება.",
    "For a minor the legal representative signs; the child's assent is recorded apart.",
    ("აირჩიეთ კანონიერი წარმომადგენლის ხელმოწერა.", "Choose the signature of the legal representative."),
)  # fmt: skip
_NOT_A_CHILD = denial(
    "signatures.not_a_child", "S7.8",
    "დასტური ცალკე მხოლოდ ბავშვს ეკითხება; სრულწლოვანი თვითონ აწერს ხელს.",
    "Assent is asked of a child alone; an adult signs.",
    ("აირჩიეთ ბენეფიციარის ხელმოწერა.", "Choose the beneficiary's signature."),
)  # fmt: skip
_LANGUAGE = denial(
    "signatures.not_read", "S7.8",
    "ხელმოწერამდე გეგმა ერთად იკითხება იმ ენაზე, რომელიც ადამიანს ესმის.",
    "Before it is signed the plan is read together, in a language the person understands.",
    ("მიუთითეთ, რომელ ენაზე წაიკითხეთ.", "Say in which language it was read."),
)  # fmt: skip
_EARLY = denial(
    "signatures.before_content", "S7.8",
    "ხელმოწერის დღე გეგმის შინაარსის დადგენაზე ადრეა.",
    "The day of the signature is before the day on which the plan's content was fixed.",
    ("შეამოწმეთ თარიღი.", "Check the date."),
)  # fmt: skip
_NOT_BOTH = denial(
    "signatures.not_both", "S7.8",
    "გეგმა ორი ხელმოწერით შედის ძალაში: ბენეფიციარის ან მისი წარმომადგენლის და სოციალური მუშაკის.",
    "A plan comes into force with two signatures: of the beneficiary or representative, and of the social worker.",
    ("მოაწერინეთ ხელი მეორესაც.", "Have the other one sign, too."),
)  # fmt: skip
_NO_COPY = denial(
    "copy.not_signed", "S7.8",
    "ასლი ხელმოწერილ გეგმას აქვს; ეს ვერსია ძალაში არ შესულა.",
    "A copy is of a signed plan; this version did not come into force.",
    ("ჯერ მოაწერინეთ ხელი ორივეს.", "Have both sign first."),
)  # fmt: skip
_HELD_WHY = denial(
    "copy.held_without_reason", "S7.8",
    "თუ ასლი უსაფრთხოებისთვის ფონდში რჩება, მიზეზი და ადგილი იწერება.",
    "When the copy is held for safety, the reason and the place are written down.",
    ("დაწერეთ, რატომ და სად ინახება ასლი.", "Write why and where the copy is held."),
)  # fmt: skip
BEGAN_UNSIGNED = flag(
    "signatures.began_unsigned", "S7.8",
    "გეგმის პირველი დღე ხელმოწერაზე ადრეა.",
    "The plan's first day is before its signatures.",
)  # fmt: skip
ASSENT_MISSING = flag(
    "signatures.assent_missing", "S7.8",
    "გეგმა ძალაში შევიდა, ბავშვის საკუთარი დასტური კი არ ჩაწერილა.",
    "The plan came into force, and the child's own assent is not recorded.",
)  # fmt: skip
CHILD_SAYS_NO = flag(
    "signatures.child_says_no", "S7.8",
    "ბავშვი გეგმას არ ეთანხმება.",
    "The child does not assent to the plan.",
)  # fmt: skip


@rule("S7.8", "S3.5")
def fixed(*, state: PlanState) -> Verdict:
    """Only content that does not change any more is signed."""
    return ALLOWED if PLAN_VERSION.find(state, "sign") else _NOT_FIXED


@rule("S7.8")
def same_content(*, read: bytes, fingerprint: bytes | None) -> Verdict:
    """A signature is over the fingerprint of the very version that was read."""
    return ALLOWED if fingerprint is not None and read == fingerprint else _OTHER_CONTENT


@rule("S7.8")
def once(*, already: bool) -> Verdict:
    """Each signs a version once."""
    return _TWICE if already else ALLOWED


@rule("S7.8")
def in_writing(*, form: str, has_strokes: bool, has_scan: bool) -> Verdict:
    """A signature is drawn on the screen, or stands on paper with its scan; a mark can be either."""
    if form == "paper":
        return ALLOWED if has_scan else _NO_SCAN
    return ALLOWED if has_strokes or (form == "mark" and has_scan) else _NO_PAD


@rule("S7.8")
def witnessed(*, form: str, witness: str) -> Verdict:
    """Who cannot write makes a mark before a witness."""
    return _NO_WITNESS if form == "mark" and not witness.strip() else ALLOWED


@rule("S7.8")
def worker_writes(*, who: str, form: str) -> Verdict:
    """The social worker signs and makes no mark."""
    return _OWN_WITNESS if who == WORKER and form == "mark" else ALLOWED


@rule("S7.8")
def designated(*, who: str, by_designated_worker: bool) -> Verdict:
    """The worker who signs is the one designated."""
    return _OTHER_WORKER if who == WORKER and not by_designated_worker else ALLOWED


@rule("S7.8")
def right_person(*, who: str, minor: bool, court_decision: bool) -> Verdict:
    """An adult signs; for a minor the representative does, and the child is asked apart."""
    if who == BENEFICIARY and minor:
        return _MINOR
    return _NOT_A_CHILD if who == CHILD and not minor and not court_decision else ALLOWED


@rule("S7.8")
def read_together(*, language: str) -> Verdict:
    """The plan is read in a language the person understands before it is signed."""
    return ALLOWED if language.strip() else _LANGUAGE


@rule("S7.8", "G2")
def after_content(*, on: dt.date, fixed_on: dt.date | None) -> Verdict:
    """A signature is not older than the content it stands under."""
    return ALLOWED if fixed_on is None or fixed_on <= on else _EARLY


@rule("S7.8", "S3.5")
def both(*, signed: Collection[str]) -> Verdict:
    """A version comes into force with the signatures of the beneficiary's side and of the worker."""
    theirs = BENEFICIARY in signed or REPRESENTATIVE in signed
    return ALLOWED if theirs and WORKER in signed else _NOT_BOTH


@fact("S7.8")
def began_before(*, starts_on: dt.date, in_force_on: dt.date) -> Allowed:
    """A plan whose first day passed before both had signed is shown to the coordinator; its term stays as it is."""
    return flagged([BEGAN_UNSIGNED] if starts_on < in_force_on else [])


@fact("S7.8")
def assent_recorded(*, minor: bool, recorded: bool) -> Allowed:
    """A child's assent is separate; where it is missing when the plan begins, it is flagged."""
    return flagged([ASSENT_MISSING] if minor and not recorded else [])


@fact("S7.8")
def child_heard(*, who: str, assents: bool | None) -> Allowed:
    """What the child says is written down; a no is shown to the coordinator."""
    return flagged([CHILD_SAYS_NO] if who == CHILD and assents is False else [])


@rule("S7.8")
def copy_of_signed(*, in_force_on: dt.date | None) -> Verdict:
    """A copy is of a plan that both have signed."""
    return _NO_COPY if in_force_on is None else ALLOWED


@rule("S7.8")
def held_with_reason(*, outcome: str, note: str) -> Verdict:
    """A copy that is held for safety says why and where."""
    return _HELD_WHY if outcome == "held" and not note.strip() else ALLOWED


def needed(*, minor: bool, represented: bool = False) -> tuple[str, ...]:
    """Whose signatures a version needs, the beneficiary's side first; a child's assent stands apart from them."""
    return (REPRESENTATIVE if minor or represented else BENEFICIARY, WORKER)


def may_represent(
    *, who: str, minor: bool, represented: bool, guardianship_body: bool, checked: bool, conflict: bool,
    court_decision: bool,
) -> Verdict:  # fmt: skip
    """All that stands about a representative's signature; nothing for anybody else's."""
    if who != REPRESENTATIVE:
        return ALLOWED
    return together(
        representative.present(minor=True, represented=represented),
        representative.unconflicted(
            represented=represented, guardianship_body=guardianship_body, checked=checked, conflict=conflict
        ),
        representative.adult_signs_alone(minor=minor, represented=represented, court_decision=court_decision),
    )


def may_sign(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState,
    who: str,
    minor: bool,
    court_decision: bool,
    by_designated_worker: bool,
    already: bool,
    form: str,
    has_strokes: bool,
    has_scan: bool,
    witness: str,
    language: str,
    read: bytes,
    fingerprint: bytes | None,
    fixed_on: dt.date | None,
    on: dt.date,
) -> Verdict:
    """All that stands about one signature (the representative apart: ``may_represent``)."""
    words_only = who == CHILD
    return together(
        fixed(state=state),
        same_content(read=read, fingerprint=fingerprint),
        once(already=already),
        plan.on_the_way(kind=kind, consents=consents, on=on),
        designated(who=who, by_designated_worker=by_designated_worker),
        right_person(who=who, minor=minor, court_decision=court_decision),
        ALLOWED if words_only else in_writing(form=form, has_strokes=has_strokes, has_scan=has_scan),
        witnessed(form=form, witness=witness),
        worker_writes(who=who, form=form),
        read_together(language=language),
        after_content(on=on, fixed_on=fixed_on),
    )


def may_come_into_force(*, signed: Collection[str], items: Collection[FinalItem]) -> Verdict:
    """All that stands about a version's coming into force: both signatures, and what secures its items still stands."""
    return together(both(signed=signed), still_secured(items=items))
