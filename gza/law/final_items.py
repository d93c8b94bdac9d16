"""S3.4a, S5.2, S7.3, S7.6, S7.7: one item of a final plan, and what secures it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from . import needs, plan
from .rules import rule
from .verdicts import ALLOWED, Verdict, denial, together

PROVIDER, FUND, FREE, UNMET, OUT = "provider", "fund", "free", "unmet", "out"
"""What secures an item; an *unmet* need stays visible, what is *out* is shown with its reason and not carried out."""
IN = frozenset({PROVIDER, FUND, FREE})


@dataclass(frozen=True)
class FinalItem:
    """One item of a final plan as its rules see it.

    ``answered``: the request it names was answered in its favour, for what it descends from. ``funded``: the commitment
    it names stands for that, not wholly given back. ``needs_neither``: the agreed initial plan meant neither a provider
    nor money for it. ``descends``: its origin is an item of the agreed initial plan, or it is new in an amendment.
    ``changed``: service, group, time or description differ from the version before; ``explained``: it says why.
    ``told``: for an unmet need, what was tried and who pursues it. ``covers`` are the first and last day that a partial
    answer covers.
    """

    source: str
    priority: str | None = None
    has_need: bool = True
    has_reason: bool = True
    has_service: bool = True
    has_provider: bool = True
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    descends: bool = True
    answered: bool = False
    funded: bool = False
    needs_neither: bool = False
    changed: bool = False
    explained: bool = False
    fell_away: bool = False
    told: bool = False
    review_on: dt.date | None = None
    covers: tuple[dt.date, dt.date] | None = None


@dataclass(frozen=True)
class Term:
    """First and last day of a final plan; ``latest_end`` is set once the plan came into force and then binds."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    latest_end: dt.date | None = None


_NO_SOURCE = denial(
    "final.no_source", "S7.6",
    "არ ჩანს, რითი არის პუნქტი უზრუნველყოფილი.",
    "It is not said what secures this item.",
    ("აირჩიეთ დადებითი პასუხი ან ფონდის გადაწყვეტილება.", "Choose the positive answer or the Fund's decision."),
    ("აუცილებელი საჭიროება, რომელიც ვერავინ უზრუნველყო, გეგმაში რჩება როგორც დაუკმაყოფილებელი.",
     "A necessary need that nobody could meet stays on the plan as unmet."),
)  # fmt: skip
_NO_ANSWER = denial(
    "final.no_positive_answer", "S7.6",
    "საბოლოო გეგმის პუნქტს ორგანიზაციის დადებითი პასუხი სჭირდება; ამ პუნქტს ის არ აქვს.",
    "An item of the final plan has a provider's positive answer; this one has none.",
    ("სთხოვეთ მომსახურება ორგანიზაციას.", "Ask an organisation for the service."),
    ("თუ ვერავინ უზრუნველყოფს, საკითხს ფონდი განიხილავს.", "If nobody gives it, the Fund considers paying."),
)  # fmt: skip
_NO_MONEY = denial(
    "final.no_commitment", "S7.6",
    "ამ პუნქტზე ფონდს თანხა არ გამოუყვია, ან ის სრულად გათავისუფლებულია.",
    "The Fund has committed no money for this item, or all of it was given back.",
    ("დაელოდეთ ფონდის გადაწყვეტილებას, ან აირჩიეთ სხვა წყარო.",
     "Wait for the Fund's decision, or choose another source."),
)  # fmt: skip
_NEEDS_SOMETHING = denial(
    "final.needs_provider", "S7.6",
    "პირველადი გეგმის მიხედვით ამ პუნქტს მიმწოდებელი სჭირდება.",
    "By the initial plan this item needs a provider.",
    ("აირჩიეთ დადებითი პასუხი ან ფონდის გადაწყვეტილება.", "Choose the positive answer or the Fund's decision."),
)  # fmt: skip
_ONLY_NECESSARY = denial(
    "final.unmet_desired", "S7.6",
    "დაუკმაყოფილებლად აუცილებელი საჭიროება რჩება; სასურველი პუნქტი გეგმიდან მიზეზით ამოიღება.",
    "What stays as unmet is a necessary need; a desired item is left out with its reason.",
    ("ამოიღეთ სასურველი პუნქტი და მიუთითეთ მიზეზი.", "Leave the desired item out and say why."),
)  # fmt: skip
_UNTOLD = denial(
    "final.unmet_untold", "S7.6",
    "დაუკმაყოფილებელ საჭიროებას ახლავს: რა სცადეთ, ვინ აგრძელებს ძებნას და როდის გადაიხედება.",
    "An unmet need says what was tried, who pursues it and when it is looked at again.",
    ("შეავსეთ სამივე.", "Fill in all three."),
)  # fmt: skip
_REVIEW_LATE = denial(
    "final.review_outside", "S7.6",
    "დაუკმაყოფილებელი საჭიროება გეგმის ვადაში გადაიხედება.",
    "An unmet need is looked at again within the plan's term.",
    ("აირჩიეთ დღე გეგმის დაწყებიდან დასრულებამდე.", "Choose a day between the plan's first and last day."),
)  # fmt: skip
_KEEP_NECESSARY = denial(
    "final.necessary_left_out", "S7.6",
    "აუცილებელი საჭიროება გეგმიდან არ ამოიღება, სანამ საჭიროება არსებობს.",
    "A necessary need is not left out of the plan while it stands.",
    ("დატოვეთ ის როგორც დაუკმაყოფილებელი.", "Keep it as unmet."),
    ("თუ საჭიროება აღარ არის, ჯერ ეს ჩაწერეთ საჭიროებებში.",
     "If the need fell away, first record that among the needs."),
)  # fmt: skip
_NO_ORIGIN = denial(
    "final.no_origin", "S3.4a",
    "საბოლოო გეგმის პუნქტი შეთანხმებული პირველადი გეგმიდან მოდის.",
    "An item of the final plan descends from the agreed initial plan.",
    ("აირჩიეთ პირველადი გეგმის პუნქტი.", "Choose the item of the initial plan."),
    ("ახალი საჭიროება მოქმედი გეგმის ცვლილებით ემატება.", "A new need is added by an amendment of the plan in force."),
)  # fmt: skip
_UNEXPLAINED = denial(
    "final.change_unexplained", "S3.4a",
    "საბოლოო გეგმაში ჩანს, რა შეიცვალა და რატომ.",
    "The final plan shows what changed and why.",
    ("დაწერეთ ცვლილების მიზეზი.", "Write why it changed."),
)  # fmt: skip
_ASKED_FOR = denial(
    "final.item_asked_for", "S3.4a",
    "ამ პუნქტისთვის უკვე არის მოთხოვნა ან თანხა; ის უკვალოდ არ იშლება.",
    "Something was already asked, or money begun, for this item; it is not taken away without a trace.",
    ("მონიშნეთ ამოღებულად და მიუთითეთ მიზეზი.", "Mark it as left out and say why."),
)  # fmt: skip
_NO_SERVICE = denial(
    "final.no_service", "S7.3",
    "საბოლოო გეგმის პუნქტს კონკრეტული მომსახურება აქვს.",
    "An item of the final plan has a concrete service.",
    ("აირჩიეთ მომსახურება.", "Choose the service."),
)  # fmt: skip
_NO_PROVIDER = denial(
    "final.no_provider", "S7.3",
    "საბოლოო გეგმაში ჩანს, ვინ უზრუნველყოფს პუნქტს.",
    "The final plan names who provides an item.",
    ("აირჩიეთ ორგანიზაცია.", "Choose the organisation."),
)  # fmt: skip
_NO_DAYS = denial(
    "final.no_days", "S7.3",
    "საბოლოო გეგმის პუნქტს პირველი და ბოლო დღე აქვს.",
    "An item of the final plan has its first and its last day.",
    ("მიუთითეთ ორივე დღე.", "Give both days."),
)  # fmt: skip
_DAYS_BACKWARDS = denial(
    "final.days_backwards", "S7.7",
    "პუნქტი დაწყებამდე მთავრდება.",
    "The item ends before it begins.",
    ("შეამოწმეთ ორივე დღე.", "Check both days."),
)  # fmt: skip
_OUTSIDE = denial(
    "final.item_outside_term", "S7.10",
    "პუნქტი გეგმის ვადაში უნდა ჩაეტიოს: {starts:%d.%m.%Y} – {ends:%d.%m.%Y}.",
    "The item lies within the plan's term: {starts:%d.%m.%Y} to {ends:%d.%m.%Y}.",
    ("შეცვალეთ პუნქტის დღეები, ან გეგმის ვადა.", "Change the days of the item, or the term of the plan."),
)  # fmt: skip
_BEYOND_ANSWER = denial(
    "final.beyond_answer", "S7.6",
    "ორგანიზაცია ნაწილობრივ დათანხმდა: {first:%d.%m.%Y} – {last:%d.%m.%Y}. პუნქტი ამ დროს სცდება.",
    "The organisation agreed in part: {first:%d.%m.%Y} to {last:%d.%m.%Y}. The item goes beyond that.",
    ("დანარჩენი დრო ცალკე პუნქტად ჩაწერეთ, სხვა წყაროთი.",
     "Enter the rest as an item of its own, with another source."),
)  # fmt: skip


@rule("S7.6")
def secured(*, source: str, answered: bool, funded: bool, needs_neither: bool) -> Verdict:
    """Every item in the plan has a positive answer or the Fund's money, or needs neither."""
    if source in {UNMET, OUT}:
        return ALLOWED
    if source == PROVIDER:
        return ALLOWED if answered else _NO_ANSWER
    if source == FUND:
        return ALLOWED if funded else _NO_MONEY
    if source == FREE:
        return ALLOWED if needs_neither else _NEEDS_SOMETHING
    return _NO_SOURCE


@rule("S7.6")
def within_answer(
    *, covers: tuple[dt.date, dt.date] | None, starts_on: dt.date | None, ends_on: dt.date | None
) -> Verdict:
    """An item that rests on a partial answer keeps to the time it covers; the rest is an item of its own."""
    if covers is None or starts_on is None or ends_on is None:
        return ALLOWED
    first, last = covers
    return ALLOWED if first <= starts_on and ends_on <= last else _BEYOND_ANSWER.filled(first=first, last=last)


@rule("S7.6")
def only_necessary_unmet(*, source: str, priority: str | None) -> Verdict:
    """Only a necessary need stays on the plan as unmet."""
    return _ONLY_NECESSARY if source == UNMET and priority != needs.Priority.NECESSARY else ALLOWED


@rule("S7.6")
def unmet_told(*, source: str, told: bool, review_on: dt.date | None) -> Verdict:
    """An unmet need says what was tried, who pursues it, and when it is looked at again."""
    return _UNTOLD if source == UNMET and not (told and review_on) else ALLOWED


@rule("S7.6")
def reviewed_in_time(*, source: str, review_on: dt.date | None, starts_on: dt.date, ends_on: dt.date) -> Verdict:
    """An unmet need is looked at again within the plan's term."""
    if source != UNMET or review_on is None:
        return ALLOWED
    return ALLOWED if starts_on <= review_on <= ends_on else _REVIEW_LATE


@rule("S7.6", "S5.2")
def necessary_kept(*, source: str, priority: str | None, fell_away: bool) -> Verdict:
    """A necessary need is not left out while it stands; nobody to meet it makes it unmet."""
    kept = source != OUT or priority != needs.Priority.NECESSARY or fell_away
    return ALLOWED if kept else _KEEP_NECESSARY


@rule("S3.4a")
def descends(*, descends: bool) -> Verdict:
    """Every item descends from the agreed initial plan; what is new comes in by an amendment."""
    return ALLOWED if descends else _NO_ORIGIN


@rule("S3.4a", "S3.5")
def change_explained(*, changed: bool, explained: bool) -> Verdict:
    """What changed since the version before says why."""
    return ALLOWED if explained or not changed else _UNEXPLAINED


@rule("S3.4a")
def not_asked_for(*, asked_for: bool) -> Verdict:
    """An item for which something was asked stays to be seen."""
    return _ASKED_FOR if asked_for else ALLOWED


@rule("S7.3")
def concrete(*, source: str, has_service: bool, has_provider: bool) -> Verdict:
    """The final plan names concrete services and who provides them."""
    if source not in IN:
        return ALLOWED
    if not has_service:
        return _NO_SERVICE
    return ALLOWED if has_provider else _NO_PROVIDER


@rule("S7.3", "S7.7")
def dated(*, source: str, starts_on: dt.date | None, ends_on: dt.date | None) -> Verdict:
    """Every item in the final plan has its first and last day, in order."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return _DAYS_BACKWARDS
    return _NO_DAYS if source in IN and (starts_on is None or ends_on is None) else ALLOWED


@rule("S7.10", "S7.7")
def within_plan(*, starts_on: dt.date | None, ends_on: dt.date | None, first: dt.date, last: dt.date) -> Verdict:
    """No item lies outside the plan's term."""
    inside = (starts_on is None or first <= starts_on) and (ends_on is None or ends_on <= last)
    return ALLOWED if inside else _OUTSIDE.filled(starts=first, ends=last)


def may_hold(*, item: FinalItem, term: Term) -> Verdict:
    """All that stands about one item of a final plan."""
    found = [
        plan.answers_need(has_need=item.has_need),
        descends(descends=item.descends),
        needs.prioritised(priority=item.priority),
        needs.reasoned(reason="x" if item.has_reason else ""),
        secured(
            source=item.source, answered=item.answered, funded=item.funded, needs_neither=item.needs_neither
        ),
        only_necessary_unmet(source=item.source, priority=item.priority),
        necessary_kept(source=item.source, priority=item.priority, fell_away=item.fell_away),
        unmet_told(source=item.source, told=item.told, review_on=item.review_on),
        concrete(source=item.source, has_service=item.has_service, has_provider=item.has_provider),
        dated(source=item.source, starts_on=item.starts_on, ends_on=item.ends_on),
        within_answer(covers=item.covers, starts_on=item.starts_on, ends_on=item.ends_on),
    ]  # fmt: skip
    if term.starts_on is not None and term.ends_on is not None:
        first, last = term.starts_on, term.ends_on
        found += [
            within_plan(starts_on=item.starts_on, ends_on=item.ends_on, first=first, last=last),
            reviewed_in_time(source=item.source, review_on=item.review_on, starts_on=first, ends_on=last),
        ]
    return together(*found, change_explained(changed=item.changed, explained=item.explained))


def counted(items: Iterable[FinalItem]) -> int:
    """How many items are carried out: neither unmet nor left out."""
    return sum(one.source in IN for one in items)


def unmet_of(items: Iterable[FinalItem]) -> int:
    """How many necessary needs stay unmet."""
    return sum(one.source == UNMET for one in items)


def still_secured(*, items: Iterable[FinalItem]) -> Verdict:
    """That every answer and every commitment the items rest on still stands."""
    return together(
        *(
            secured(source=one.source, answered=one.answered, funded=one.funded, needs_neither=one.needs_neither)
            for one in items
        )
    )
