"""Invented beneficiaries: who they are, what they need, how far they have come. The same seed, the same people."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from gza.cases.coded import Coded
from gza.cases.enums import Domain, Priority, Recovery, StatusKind
from gza.cases.inputs import PersonInput
from gza.law.stages import ROAD, Stage

from .chance import likely

_GEORGIAN_WOMEN = ("ნინო", "მარიამ", "ანა", "თამარ", "სალომე", "ნათია", "ხატია", "ლიკა", "მზია", "ნესტან", "ია", "დალი")
_GEORGIAN_MEN = ("ზაზა", "გელა", "მამუკა", "ვასილ", "შოთა", "ნოდარ", "გოჩა", "ამირან")
_GEORGIAN_SURNAMES = (
    "წიკლაური", "ხუციშვილი", "მელაძე", "ჭანტურია", "ბერიშვილი", "გოგოლაძე", "კვარაცხელია", "ჯავახიძე", "ფხაკაძე",
    "შენგელია", "თოდუა", "ქავთარაძე", "ღლონტი", "ყიფიანი", "ცერცვაძე", "ძნელაძე",
)  # fmt: skip
_FOREIGN = (
    ("UZ", "uz", "Gulnora", "Yusupova", "Гульнора Юсупова"), ("UZ", "uz", "Dilbar", "Karimova", "Дильбар Каримова"),
    ("UA", "uk", "Оксана", "Гончаренко", "Oksana Honcharenko"),
    ("KG", "ky", "Айгуль", "Токтогулова", "Aigul Toktogulova"),
    ("AZ", "az", "Aynur", "Məmmədova", "Айнур Мамедова"), ("PH", "en", "Maria", "Santos", ""),
)  # fmt: skip
_TOWNS = (
    ("GE-TB", "თბილისი, გლდანი"), ("GE-IM", "ქუთაისი"), ("GE-AJ", "ბათუმი"), ("GE-SZ", "ზუგდიდი"), ("GE-KA", "თელავი"),
    ("GE-SK", "გორი"), ("GE-KK", "რუსთავი"), ("GE-GU", "ოზურგეთი"),
)  # fmt: skip
OFFICES = ("GE-TB", "GE-IM", "GE-AJ", "GE-SZ")
_NEEDS: tuple[tuple[Domain, str, Priority, str, str], ...] = (
    (Domain.HOUSING, "საცხოვრებელი, სანამ სამუშაოს იპოვის", Priority.NECESSARY,
     "სახლში დაბრუნება არ არის უსაფრთხო", "shelter"),
    (Domain.LEGAL_STATUS, "პირადობის მოწმობის აღდგენა",
     Priority.NECESSARY, "საბუთები დამსაქმებელს დარჩა", "documents"),
    (Domain.WORK, "სამუშაო სრულ განაკვეთზე", Priority.NECESSARY, "შემოსავალი არ აქვს", "employment"),
    (Domain.EDUCATION, "მკერავის კურსი", Priority.DESIRED, "ამ ხელობას თავად ირჩევს", "vocational_training"),
    (Domain.MENTAL, "ფსიქოლოგთან შეხვედრები", Priority.NECESSARY,
     "ცუდად სძინავს, მარტო ყოფნის ეშინია", "psychological"),
    (Domain.FAMILY, "შვილთან ურთიერთობის აღდგენა", Priority.DESIRED, "ბავშვი ბებიასთან ცხოვრობს", "family"),
    (Domain.JUSTICE, "ადვოკატი სასამართლოში", Priority.NECESSARY, "მოწმედ არის გამოძახებული", "legal_aid"),
    (Domain.PHYSICAL, "კბილების მკურნალობა", Priority.NECESSARY, "ტკივილი ჭამაში უშლის ხელს", "medical"),
    (Domain.ECONOMIC, "საკერავი მანქანა", Priority.DESIRED, "სახლში მუშაობა უნდა", "small_business"),
)  # fmt: skip
_PRIMARY = (
    (Recovery.PHYSICAL, "ექიმის გასინჯვა და ანალიზები"), (Recovery.PHYSICAL, "მოტეხილი ხელის მკურნალობა"),
    (Recovery.MENTAL, "კრიზისული ფსიქოლოგის შეხვედრა"), (Recovery.MENTAL, "ძილის დარღვევა"),
)  # fmt: skip
_TOLD = (
    "სამუშაოდ წაიყვანეს, საბუთები ჩამოართვეს. გამოქცევაში მეზობელი დაეხმარა.",
    "ინტერნეტში ნახა განცხადება. ადგილზე სხვა სამუშაო დახვდა, ხელფასი არ მისცეს.",
    "ნათესავი სწავლას დაჰპირდა. ორი წელი სახლიდან არ უშვებდნენ.",
    "ვალის გამო მათხოვრობას აიძულებდნენ.",
)
STOPS = (*ROAD, Stage.ENDED)
"""Where a story may stand, in order."""
# How many of a hundred stand where: most live their plan, some have just begun, some have gone on.
_WEIGHTS = (2, 2, 3, 3, 3, 2, 3, 4, 4, 3, 4, 7, 8, 5, 5, 36, 2, 4, 2)
# Of a large country: a third are past the first agreement.
MANY = (4, 4, 6, 6, 6, 4, 6, 8, 8, 6, 8, 5, 4, 2, 2, 11, 1, 3, 6)
_IN_FORCE = STOPS[STOPS.index(Stage.RUNNING) :]


@dataclass(frozen=True)
class NeedStory:
    """A need, and the service the plan asks for it."""

    domain: Domain
    text: str
    priority: Priority
    why: str
    service: str


@dataclass(frozen=True)
class Story:
    """One beneficiary on the way to ``stage``; ``pace`` are the working days before each act on the way there."""

    person: PersonInput
    coded: Coded
    office: str
    stage: Stage
    kinds: tuple[StatusKind, ...]
    began: dt.date
    pace: tuple[int, ...]
    presumed: bool
    in_shelter: bool | None
    cooperates: bool | None
    told: str
    primary: tuple[tuple[Recovery, str], ...]
    needs: tuple[NeedStory, ...]
    language: str
    returned: bool


def _person(rng: random.Random, today: dt.date) -> tuple[PersonInput, str, str, str]:
    # Of age on the first day of the story too, which lies up to 200 days back: a child's road is another.
    born = today - dt.timedelta(days=max(rng.randint(18 * 366, 52 * 365), 19 * 366))
    _region, town = rng.choice(_TOWNS)
    rule = rng.choice(("მხოლოდ დღისით, 17:00-მდე", "შეტყობინება არ დაუტოვოთ", "დარეკეთ დის ნომერზე", ""))
    phone = f"+995 5{rng.randint(50, 99)} {rng.randint(100, 999)} {rng.randint(100, 999)}"
    if likely(rng, 0.22):  # about a fifth are foreigners
        country, language, first, last, other = rng.choice(_FOREIGN)
        person = PersonInput(
            first_name=first, last_name=last, other_names=other,
            birth_date=born if likely(rng, 0.7) else None,  # some have no papers
            telephone=phone, address=town, contact_rule=rule, document_number=f"{country}{rng.randint(10**6, 10**7)}",
        )  # fmt: skip
        return person, "female", country, language
    sex = "female" if likely(rng, 0.75) else "male"  # as the field reports
    person = PersonInput(
        first_name=rng.choice(_GEORGIAN_WOMEN if sex == "female" else _GEORGIAN_MEN),
        last_name=rng.choice(_GEORGIAN_SURNAMES),
        personal_number=f"{rng.randint(0, 62):02d}{rng.randint(10**8, 10**9 - 1)}",
        birth_date=born, telephone=phone, address=town, contact_rule=rule,
    )  # fmt: skip
    return person, sex, "GE", "ka"


def story(rng: random.Random, today: dt.date, stage: Stage | None = None, weights: Sequence[int] = _WEIGHTS) -> Story:
    """One invented beneficiary, begun some weeks before ``today``; without a stage, at one drawn by ``weights``."""
    person, sex, country, language = _person(rng, today)
    stage = stage or rng.choices(STOPS, weights=weights)[0]
    acts = min(STOPS.index(stage), STOPS.index(Stage.RUNNING))
    pace = tuple(rng.choices((0, 1, 2, 3, 5, 9), weights=(20, 30, 22, 14, 10, 4))[0] for _ in range(acts + 1))
    rest = rng.choices((0, 1, 3, 6, 12, 25), weights=(18, 24, 24, 16, 12, 6))[0]
    if stage in _IN_FORCE:
        rest = rng.randint(40, 110)
    began = today - dt.timedelta(days=int(sum(pace) * 1.5) + rest + 1)
    form = rng.choices(("sexual", "labour", "begging", "marriage"), weights=(48, 34, 12, 6))[0]
    kinds = rng.choices(
        ((StatusKind.VICTIM,), (StatusKind.STATUTORY_VICTIM,), (StatusKind.VICTIM, StatusKind.STATUTORY_VICTIM)),
        weights=(45, 45, 10),
    )[0]
    return Story(
        person=person,
        coded=Coded(
            sex=sex, year_of_birth=person.birth_date.year if person.birth_date else None, citizenship=country,
            region=rng.choice(_TOWNS)[0], forms=(form,), country=rng.choice(("GE", "TR", "AE", "RU", "GR")),
            language=language,
        ),
        office=rng.choice(OFFICES),
        stage=stage,
        kinds=kinds,
        began=began,
        pace=pace,
        presumed=likely(rng, 0.3) or stage == Stage.PRESUMED,  # a third come before the decision
        in_shelter=rng.choice((True, False, None)),
        cooperates=rng.choice((True, False, None)),
        told=rng.choice(_TOLD),
        primary=tuple(rng.sample(_PRIMARY, k=rng.randint(1, 2))),
        needs=tuple(
            NeedStory(*one) for one in rng.sample(_NEEDS, k=rng.randint(2, 5))
        ),
        language=language,
        returned=likely(rng, 0.2),  # one plan in five comes back once
    )  # fmt: skip


def stories(count: int, *, today: dt.date, seed: int = 1) -> list[Story]:
    """``count`` beneficiaries; the first stand one at every stop: a small country shows the whole road."""
    rng = random.Random(seed)  # noqa: S311 (invented data, no secret)
    first = [story(rng, today, stage) for stage in STOPS[:count]]
    return first + [story(rng, today) for _ in range(count - len(first))]
