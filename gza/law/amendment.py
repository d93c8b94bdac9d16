"""S3.5: a plan in force is changed in writing, on one of two grounds, by a new version with its own signatures."""

import datetime as dt
from collections.abc import Collection

from . import plan
from .consent import Consent
from .final import unmet_in_amendment, whole
from .final_items import FinalItem, Term, unmet_of
from .lifecycles import PLAN_VERSION, PlanState
from .rules import rule
from .status import StatusKind
from .verdicts import ALLOWED, Verdict, denial, together

GROUNDS = ("needs", "offers")

_NO_GROUND = denial(
    "amendment.no_ground", "S3.5",
    "გეგმა იცვლება, როცა საჭიროებები ან შეთავაზებები შეიცვალა; საფუძველი არ არის მითითებული.",
    "A plan changes with changed needs or changed offers; no ground is given.",
    ("აირჩიეთ საფუძველი.", "Choose the ground."),
)  # fmt: skip
_NO_WHY = denial(
    "amendment.not_in_writing", "S3.5",
    "ცვლილება წერილობითია: რა შეიცვალა ადამიანის ცხოვრებაში ან შეთავაზებებში.",
    "An amendment is in writing: what changed in the person's life, or in what is offered.",
    ("დაწერეთ, რა შეიცვალა.", "Write what changed."),
)  # fmt: skip
_NOT_IN_FORCE = denial(
    "amendment.not_in_force", "S3.5",
    "იცვლება მხოლოდ მოქმედი გეგმა.",
    "Only a plan in force is amended.",
    ("სანამ გეგმა ძალაში არ შესულა, მუშაობა მონახაზზე გრძელდება.",
     "While it is not in force, go on with its draft."),
)  # fmt: skip
_RUN_OUT = denial(
    "amendment.term_over", "S7.10",
    "გეგმის ვადა {latest:%d.%m.%Y}‑ს ამოიწურა; ცვლილებით ის არ გრძელდება.",
    "The plan's term ran out on {latest:%d.%m.%Y}; an amendment does not prolong it.",
    ("შემდგომ გეგმაზე ფონდი ცალკე გადაწყვეტილებას იღებს, დასაბუთებით.",
     "A later plan is a decision of its own by the Fund, with reasons."),
)  # fmt: skip
_NOT_FIXABLE = denial(
    "amendment.not_draft", "S3.5",
    "ხელმოსაწერად ცვლილების მონახაზი მზადდება; ეს ვერსია მონახაზი აღარ არის.",
    "The draft of an amendment is fixed for signature; this version is no draft any more.",
    ("ნახეთ გეგმა, როგორც ახლა არის.", "See the plan as it stands."),
)  # fmt: skip
_NOT_DROPPABLE = denial(
    "amendment.not_droppable", "S3.5",
    "გაუქმება შეიძლება, სანამ ცვლილება ხელმოწერილი არ არის.",
    "An amendment is dropped while it is not signed.",
    ("მოქმედ გეგმას ახალი ცვლილება სჭირდება.", "A plan in force needs a new amendment."),
)  # fmt: skip


@rule("S3.5")
def grounded(*, ground: str) -> Verdict:
    """A plan changes on one of two grounds: the needs changed, or what is offered."""
    return ALLOWED if ground in GROUNDS else _NO_GROUND


@rule("S3.5")
def written(*, why: str) -> Verdict:
    """An amendment is in writing."""
    return ALLOWED if why.strip() else _NO_WHY


@rule("S3.5")
def amendable(*, state: PlanState | None) -> Verdict:
    """Only a plan in force is amended."""
    return ALLOWED if state is not None and PLAN_VERSION.find(state, "end") else _NOT_IN_FORCE


@rule("S7.10", "S3.5")
def term_runs(*, latest_end: dt.date | None, on: dt.date) -> Verdict:
    """After the longest term has run out there is nothing to amend."""
    over = latest_end is not None and on > latest_end
    return _RUN_OUT.filled(latest=latest_end) if over else ALLOWED


@rule("S3.5")
def fixable(*, state: PlanState) -> Verdict:
    """The draft of an amendment is fixed for signature, once."""
    return ALLOWED if PLAN_VERSION.find(state, "fix") else _NOT_FIXABLE


@rule("S3.5")
def droppable(*, state: PlanState) -> Verdict:
    """An amendment can be dropped until it is signed."""
    return ALLOWED if PLAN_VERSION.find(state, "drop") else _NOT_DROPPABLE


def may_amend(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState | None,
    has_open_version: bool,
    ground: str,
    why: str,
    latest_end: dt.date | None,
    on: dt.date,
) -> Verdict:
    """All that stands about beginning an amendment; the Fund's agreement does not (S3.5)."""
    return together(
        amendable(state=state),
        plan.on_the_way(kind=kind, consents=consents, on=on),
        plan.one_at_a_time(has_open_version=has_open_version),
        term_runs(latest_end=latest_end, on=on),
        grounded(ground=ground),
        written(why=why),
    )


def may_fix(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState,
    items: Collection[FinalItem],
    unmet_before: int,
    missing: int,
    term_: Term,
    on: dt.date,
) -> Verdict:
    """All that stands about fixing an amendment for signature: the same gates for its items as in any final plan."""
    return together(
        fixable(state=state),
        plan.on_the_way(kind=kind, consents=consents, on=on),
        term_runs(latest_end=term_.latest_end, on=on),
        whole(items=items, missing=missing, term_=term_),
        unmet_in_amendment(unmet_before=unmet_before, unmet=unmet_of(items)),
    )
