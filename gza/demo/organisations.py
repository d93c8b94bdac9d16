"""Invented local NGOs and international organisations, their focal persons and offers, and facts of social workers.

No name here is that of a real organisation or person. The same seed gives the same country.
"""

import datetime as dt
import random
import tomllib
import uuid
from dataclasses import dataclass, fields
from pathlib import Path

from gza.core import clock, places
from gza.core.actors import SYSTEM, Actor
from gza.core.calendar import add_months
from gza.directory import actions, queries
from gza.directory.facts import (
    Entered,
    FocalPersonFacts,
    MemorandumFacts,
    OfferFacts,
    OrganisationFacts,
    TrainingFacts,
    WorkerFacts,
)
from gza.directory.models import Offer, Organisation

from .chance import likely


@dataclass(frozen=True)
class _Body:
    ka: str
    en: str
    slug: str
    kind: str
    regions: tuple[str, ...]
    services: tuple[str, ...]
    languages: tuple[str, ...]


_FILE = Path(__file__).parent / "data" / "organisations.toml"
_WHOLE = tuple(region.key for region in places.regions(served=True))
OF_THE_FUND = ("shelter", "crisis_accommodation", "psychological", "legal_aid", "security")
"""What the Fund itself offers (S4.5)."""

_REHABILITATION = {"medical", "crisis_accommodation", "addiction"}
_EITHER = {"shelter", "psychological", "legal_aid", "interpretation", "basic_items", "documents", "security", "cash"}
_CONDITIONS = (
    "",
    "საჭიროა წინასწარი ჩაწერა ტელეფონით.",
    "პირველი შეხვედრა სამი სამუშაო დღის განმავლობაში.",
    "მომსახურება უფასოა; ტრანსპორტირებას ორგანიზაცია უზრუნველყოფს.",
    "ჯგუფი თვეში ერთხელ იწყება.",
)
_WOMEN = (
    ("ნანა", "Nana"), ("თეა", "Tea"), ("ირმა", "Irma"), ("ხათუნა", "Khatuna"), ("მაია", "Maia"), ("ლელა", "Lela"),
    ("სოფიო", "Sopio"), ("ქეთევან", "Ketevan"), ("მარიამ", "Mariam"), ("ეკა", "Eka"), ("თამარ", "Tamar"),
)  # fmt: skip
_MEN = (
    ("გიორგი", "Giorgi"), ("დავით", "Davit"), ("ზურაბ", "Zurab"), ("ლევან", "Levan"), ("ნიკა", "Nika"),
    ("ირაკლი", "Irakli"),
)  # fmt: skip
_SURNAMES = (
    ("ბერაძე", "Beradze"), ("მახარაძე", "Makharadze"), ("წულაია", "Tsulaia"), ("ონიანი", "Oniani"),
    ("ხურციძე", "Khurtsidze"), ("გელაშვილი", "Gelashvili"), ("ჭანტურია", "Chanturia"), ("ლომიძე", "Lomidze"),
    ("ნადირაძე", "Nadiradze"), ("აბულაძე", "Abuladze"), ("ქართველიშვილი", "Kartvelishvili"), ("შონია", "Shonia"),
)  # fmt: skip


@dataclass(frozen=True)
class Built:
    """What was made."""

    organisations: list[Organisation]
    offers: list[Offer]


def bodies() -> list[_Body]:
    """The invented organisations as their file tells them."""
    with _FILE.open("rb") as file:
        rows = tomllib.load(file)["organisation"]
    lists = ("services", "languages")
    return [
        _Body(**{**row, **{name: tuple(row[name]) for name in lists},
                 "regions": _WHOLE if row["regions"] == "all" else tuple(row["regions"])})
        for row in rows
    ]  # fmt: skip


def person(rng: random.Random) -> tuple[str, str]:
    """An invented name in Georgian and in Latin letters."""
    first, last = rng.choice(_WOMEN + _WOMEN + _MEN), rng.choice(_SURNAMES)
    return f"{first[0]} {last[0]}", f"{first[1]} {last[1]}"


def build(seed: int = 1, *, by: Actor = SYSTEM) -> Built:
    """Enter the invented organisations with focal persons, some memoranda, and offers, as of the present day.

    The reference data is brought in line first. Call it within ``core.clock.pretend`` for a past day.
    """
    actions.sync_reference()
    rng, day = random.Random(seed), clock.today()  # noqa: S311 (invented data, no secret)
    built = Built([], [])
    for body in bodies():
        made = actions.add_organisation(facts=_facts(body, rng), by=by)
        built.organisations.append(made)
        actions.add_focal_person(organisation_id=made.pk, facts=_focal(body, rng, day), by=by)
        if likely(rng, 0.6):  # most, not all, have signed one
            signed = MemorandumFacts(
                "თანამშრომლობის მემორანდუმი", day, number=f"{rng.randint(1, 90)}/{day:%y}", valid_to=add_months(day, 24)
            )
            actions.add_memorandum(organisation_id=made.pk, facts=signed, by=by)
        for service in body.services:
            facts = _offer(made.pk, service, regions=body.regions, spoken=body.languages, rng=rng, day=day)
            built.offers.append(actions.add_offer(facts=facts, entered=_letter(rng), by=by))
    fund = queries.fund_on(day)
    if fund and not fund.address:
        known = {one.name: getattr(fund, one.name) for one in fields(OrganisationFacts)}
        known |= {"phone": "116 006", "address": "0102 თბილისი, ფონდის კანცელარია (საჩვენებელი მისამართი)"}
        actions.alter_organisation(organisation_id=fund.pk, facts=OrganisationFacts(**known), by=by)
    for service in OF_THE_FUND if fund else ():
        regions = ("GE-TB", "GE-AJ") if service == "shelter" else _WHOLE
        facts = _offer(fund.pk, service, regions=regions, spoken=("ka", "ru", "en"), rng=rng, day=day)
        built.offers.append(actions.add_offer(facts=facts, by=by))
    return built


def _letter(rng: random.Random) -> Entered:
    return Entered(channel="letter", reference=f"{rng.randint(1, 99):02d}-{rng.randint(1, 400)}")


def _facts(body: _Body, rng: random.Random) -> OrganisationFacts:
    return OrganisationFacts(
        name_ka=body.ka,
        name_en=body.en,
        kind=body.kind,
        phone=f"+995 500 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}",
        email=f"office@{body.slug}.example",
        web=f"https://{body.slug}.example",
    )


def _focal(body: _Body, rng: random.Random, day: dt.date) -> FocalPersonFacts:
    ka, en = person(rng)
    return FocalPersonFacts(
        name_ka=ka,
        name_en=en,
        valid_from=day,
        position=rng.choice(("პროგრამის კოორდინატორი", "დირექტორი", "სოციალური პროგრამების ხელმძღვანელი")),
        email=f"{en.split()[0].lower()}@{body.slug}.example",
        phone=f"+995 500 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}",
    )


def _offer(
    organisation: uuid.UUID,
    service: str,
    *,
    regions: tuple[str, ...],
    spoken: tuple[str, ...],
    rng: random.Random,
    day: dt.date,
) -> OfferFacts:
    kind = "rehabilitation" if service in _REHABILITATION else "both" if service in _EITHER else "reintegration"
    return OfferFacts(
        organisation_id=organisation,
        service_type_id=service,
        kind=kind,
        regions=regions,
        valid_from=day,
        valid_to=add_months(day, 12 * rng.randint(1, 4)) if likely(rng, 0.3) else None,  # some end
        place="shelter" if service == "shelter" else rng.choice(("outside", "outside", "both")),
        audience=rng.choice(("all", "all", "all", "adults", "children" if service == "education" else "adults")),
        capacity=rng.choice((None, 3, 5, 8, 12, 20)),
        languages=spoken,
        conditions=rng.choice(_CONDITIONS),
    )


def worker_facts(
    rng: random.Random, fund: Organisation, region: str, *, user_id: uuid.UUID | None = None
) -> WorkerFacts:
    """The facts of an invented social worker of an office in ``region``, for ``actions.register_worker``."""
    ka, en = person(rng)
    day = clock.today()
    near = rng.sample([key for key in _WHOLE if key != region], k=rng.randint(0, 2))
    return WorkerFacts(
        name_ka=ka,
        name_en=en,
        employer_id=fund.pk,
        office_region=region,
        education=rng.choice(
            (
                f"სოციალური მუშაობის მაგისტრი, თბილისი, {day.year - rng.randint(4, 15)}",
                f"ფსიქოლოგიის ბაკალავრი, ქუთაისი, {day.year - rng.randint(4, 15)}",
                f"სოციალური მუშაობის ბაკალავრი, ბათუმი, {day.year - rng.randint(3, 12)}",
            )
        ),
        has_training=True,
        languages=("ka", *sorted(rng.sample(("en", "ru", "tr", "az", "hy"), k=rng.randint(1, 2)))),
        regions=(region, *sorted(near)),
        active_from=day,
        phone=f"+995 500 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}",
        email=f"{en.split()[0].lower()}.{en.split()[1].lower()}@fund.example",
        user_id=user_id,
    )


def training_facts(rng: random.Random) -> TrainingFacts:
    """An invented training completed within the last two years."""
    return TrainingFacts(
        subject=rng.choice(
            (
                "ტრეფიკინგის მსხვერპლთან გასაუბრება",
                "ტრავმაზე ორიენტირებული დახმარება",
                "ბავშვის საუკეთესო ინტერესების შეფასება",
                "პერსონალური მონაცემების დაცვა სოციალურ მუშაობაში",
            )
        ),
        completed_on=clock.today() - dt.timedelta(days=rng.randint(20, 700)),
        organiser=rng.choice(("ნორდვიკის დახმარების საბჭო", "ფონდი", "ლიმინას მისია")),
        hours=rng.choice((8, 16, 24, 40)),
    )
