"""Large synthetic countries: the stories of the small one, written in bulk through the same models, sealed for real.

A country of any size begins with the same cases: the colleagues whose sign-ins are printed keep the same caseload in
each, and twenty people bear a name nobody else has, so that countries of different sizes can be compared.
"""

import dataclasses
import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from gza.accounts import steps as accounts
from gza.accounts.enums import Role
from gza.cases.enums import Answer, Place, StatusBody, StatusKind
from gza.cases.inputs import NeedInput, PrimaryNeedInput
from gza.cases.stories import ServiceStory, StatusStory
from gza.core import clock, db
from gza.core.calendar import add_working_days
from gza.directory import actions as directory
from gza.directory import queries
from gza.directory.models import Organisation, SocialWorker
from gza.law.stages import Stage
from gza.ledger import work as ledger
from gza.plans.bulk import ItemStory, PlannedStory, VersionStory, write
from gza.plans.enums import ProviderKind
from gza.vault import queries as vault_queries
from gza.vault import steps as vault

from . import funds, organisations, people
from .bulk_after import Inventor, Scene, named
from .chance import likely
from .people import FOUNDED_DAYS_AGO, Cast, principal
from .stories import MANY, OFFICES, STOPS, Story, stories, story

CASELOAD = 45
"""Cases of each colleague whose sign-in is printed, in a country of any size."""
SOUGHT = "ქსენოფონტე ღვინჯილია"
"""A name that exactly ``SOUGHT_COUNT`` people of every large country bear."""
SOUGHT_COUNT = 20
_MOST_COLLEAGUES = 200
_STEMS = (
    "ბერ", "გელ", "დოლ", "ვაშ", "ზარ", "თავ", "კაპან", "ლაშხ", "მაჭარ", "ნად", "ოდიშ", "პატ", "ჟორჟოლ", "რუხ", "სირ",
    "ტაბატ", "ურუშ", "ფირცხალ", "ქურდ", "ღამბ", "ყურ", "შავ", "ჩიქ", "ცინც", "ძიძ", "წერეთ", "ჭავჭავ", "ხარაბ", "ჯაფ",
    "ბოჭორ", "გურ", "დევდარ", "ელიოზ", "თევზ", "კიკნ", "ლომთ", "მურუს", "ჩხარტ", "სვან", "ხვედელ",
)  # fmt: skip
_ENDINGS = ("აძე", "იძე", "აშვილი", "იშვილი", "ელია", "ავა", "ური", "იანი", "უა", "ელი")


@dataclass(frozen=True)
class _Desk:
    """A social worker: the account, and the row in the register."""

    user: uuid.UUID
    entry: uuid.UUID


def build(cast: Cast, cases: int, *, seed: int, tick: Callable[[str, int, int], None]) -> None:
    """Write ``cases`` beneficiaries in batches, in constant memory; the same seed tells the same stories.

    Args:
        cast: the printed people, with opened rings.
        cases: how many.
        seed: of everything invented.
        tick: told what is being done, how much is done and of how much.
    """
    desks = _desks(cast, cases, seed, tick)
    funds.widen(principal(cast, "tamar"), cases)
    done = 0

    def written(count: int) -> None:
        nonlocal done
        done += count
        tick("cases", done, cases)

    tick("cases", 0, cases)
    write(_told(cast, cases, desks, seed), by=principal(cast, "levan"), tick=written)
    db.survey()


def _desks(cast: Cast, cases: int, seed: int, tick: Callable[[str, int, int], None]) -> list[_Desk]:
    """The printed social workers, then colleagues without a printed sign-in: a caseload stays a caseload."""
    count = min(_MOST_COLLEAGUES, -(-max(cases - CASELOAD * len(people.WORKERS), 0) // CASELOAD))
    with clock.pretend(clock.now() - dt.timedelta(days=FOUNDED_DAYS_AGO)):
        made = _accounts(cast, count, seed, tick)
        _register(cast, made, seed)
    entries = dict(SocialWorker.objects.exclude(user_id=None).values_list("user_id", "id"))
    users = [cast.users[name].id for name in people.WORKERS] + list(made)
    return [_Desk(user, entries[user]) for user in users]


def _accounts(
    cast: Cast, count: int, seed: int, tick: Callable[[str, int, int], None]
) -> dict[uuid.UUID, tuple[str, str, str]]:
    rng, by, made = random.Random(seed), principal(cast, "levan"), {}  # noqa: S311 (invented data, no secret)
    with ledger.act("accounts.colleagues", by=by, people=count):
        for number in range(count):
            ka, en = organisations.person(rng)
            region = OFFICES[number % len(OFFICES)]
            user = accounts.new_account(
                username=f"worker{number + 1}", role=Role.SOCIAL_WORKER, full_name_ka=ka, full_name_en=en, region=region
            )
            accounts.set_first_password(user, people.PASSWORD)
            vault.issue_certificate(
                user.id, role=user.role, fingerprint=vault_queries.fingerprint(user.id) or "", days=400, by=by.ring
            )
            made[user.id] = (ka, en, region)
            tick("colleagues", number + 1, count)
    return made


def _register(cast: Cast, made: dict[uuid.UUID, tuple[str, str, str]], seed: int) -> None:
    rng, by, fund = random.Random(seed), principal(cast, "levan"), queries.fund_on(clock.today())  # noqa: S311 (invented data, no secret)
    if fund is None:
        raise AssertionError("the reference data has the Fund")
    for user, (ka, en, region) in made.items():
        facts = organisations.worker_facts(rng, fund, region, user_id=user)
        directory.register_worker(facts=dataclasses.replace(facts, name_ka=ka, name_en=en), by=by)


def _invented(cases: int, *, today: dt.date, seed: int) -> Iterator[Story]:
    """Stories without end, other surnames than the few of a small country, the sought name among them."""
    rng = random.Random(seed)  # noqa: S311 (invented data, no secret)
    yield from islice(stories(len(STOPS), today=today, seed=seed), cases)
    first, last = SOUGHT.split()
    begin = CASELOAD * len(people.WORKERS)
    for number in range(len(STOPS), cases):
        told = story(rng, today, weights=MANY)
        if begin <= number < begin + SOUGHT_COUNT:
            person = dataclasses.replace(told.person, first_name=first, last_name=last, other_names="")
        elif told.language == "ka":
            person = dataclasses.replace(told.person, last_name=rng.choice(_STEMS) + rng.choice(_ENDINGS))
        else:
            person = told.person
        yield dataclasses.replace(told, person=person)


def _told(cast: Cast, cases: int, desks: list[_Desk], seed: int) -> Iterator[PlannedStory]:
    today, rng = clock.today(), random.Random(seed + 1)  # noqa: S311 (invented data, no secret)
    providers = list(
        Organisation.objects.filter(kind__in=["ngo", "international"]).order_by("name_ka").values_list("id", flat=True)
    )
    earliest = add_working_days(today - dt.timedelta(days=FOUNDED_DAYS_AGO - 2), 0)
    printed = len(people.WORKERS)
    coordinator, scene = cast.users["levan"].id, Scene.of(cast, today)
    for number, told in enumerate(_invented(cases, today=today, seed=seed)):
        early = number < CASELOAD * printed or len(desks) == printed
        desk = desks[number % printed] if early else desks[printed + number % (len(desks) - printed)]
        begun = dataclasses.replace(told, began=max(told.began, earliest))
        yield _planned(
            begun, _days(begun, today), desk=desk, coordinator=coordinator, providers=providers, scene=scene, rng=rng
        )


def _days(told: Story, today: dt.date) -> dict[Stage, dt.date]:
    """The day of each stop that is behind; as ``walk.Walker`` takes them."""
    day, days = add_working_days(told.began, told.pace[0]), {}
    days[Stage.ENDED] = min(day, today)  # stands for the arrival, which is no stop
    reached = min(STOPS.index(told.stage), STOPS.index(Stage.RUNNING))  # the year and the end have days of their own
    for place, stop in enumerate(STOPS[:reached], start=1):
        day = min(add_working_days(day, told.pace[place]), today)
        days[stop] = day
    return days


def _planned(
    told: Story,
    days: dict[Stage, dt.date],
    *,
    desk: _Desk,
    coordinator: uuid.UUID,
    providers: list[uuid.UUID],
    scene: Scene,
    rng: random.Random,
) -> PlannedStory:
    plan = _versions(told, days, rng)
    after = None
    if Stage.AGREED in days:
        after = Inventor(told, days, plan[-1], desk.user, coordinator, scene, rng, clock.today()).invent()
    closed = after.end.answered_on if after and after.end and after.end.closed else None
    designated, primary = days.get(Stage.DESIGNATION), days.get(Stage.PRIMARY_NEEDS)
    granted, asked = days.get(Stage.STATUS), days.get(Stage.PRESUMED)
    return PlannedStory(
        person=told.person,
        coded=told.coded,
        region=told.office,
        opened_on=days[Stage.ENDED],
        received_by=coordinator,
        coordinator_id=coordinator,
        by_registry=True,
        presumed=told.presumed,
        account=told.told,
        in_shelter=told.in_shelter,
        cooperates=told.cooperates,
        asked_on=asked if told.presumed else None,
        statuses=[StatusStory(kind, _body(kind), granted, f"{rng.randint(1, 60)}-{granted:%y}") for kind in told.kinds]
        if granted
        else [],
        worker_id=desk.user if designated else None,
        social_worker_id=desk.entry if designated else None,
        designated_on=designated,
        care_on=days.get(Stage.REHABILITATION_CONSENT),
        primary_on=primary,
        primary_needs=[PrimaryNeedInput(kind, text, urgent=place == 0) for place, (kind, text) in
                       enumerate(told.primary)],
        services=_services(primary, providers, rng) if primary else [],
        explained_on=days.get(Stage.EXPLANATION),
        explained_in=told.language,
        interpreter="" if told.language in {"ka", "en"} else "თარჯიმანი სააგენტოდან",
        reintegration_on=days.get(Stage.REINTEGRATION_CONSENT),
        needs_on=days.get(Stage.NEEDS),
        needs=[NeedInput(one.domain, one.text, one.priority, one.why) for one in told.needs],
        organisations=named(after, scene) if after else (),
        plan=plan,
        after=after,
        closed_on=closed,
        closed_by=coordinator if closed else None,
    )  # fmt: skip


def _body(kind: StatusKind) -> StatusBody:
    return StatusBody.PERMANENT_GROUP if kind == StatusKind.VICTIM else StatusBody.LAW_ENFORCEMENT


def _services(asked: dt.date, providers: list[uuid.UUID], rng: random.Random) -> list[ServiceStory]:
    if not providers or not likely(rng, 0.7):  # most ask for help at once
        return []
    due, today = add_working_days(asked, 10), clock.today()
    told = ServiceStory(
        rng.choice(("medical", "psychological")), rng.choice(providers), Place.OUTSIDE, asked_on=asked, answer_due=due
    )
    answered = add_working_days(asked, rng.randint(1, 8))
    if answered < today and likely(rng, 0.9):  # nearly all answer
        told = dataclasses.replace(told, answer=Answer.ACCEPTED, answered_on=answered)
    return [told]


def _versions(told: Story, days: dict[Stage, dt.date], rng: random.Random) -> list[VersionStory]:
    begun = days.get(Stage.INITIAL_PLAN)
    if begun is None:
        return []
    items = []
    for place, one in enumerate(told.needs):
        first = rng.randint(1, 5)
        last = min(12, first + rng.randint(1, 7))
        items.append(ItemStory(place, one.service, ProviderKind.NGO, first, last, one.text, one.why))
    submitted, agreed = days.get(Stage.SUBMITTED), days.get(Stage.AGREED)
    version = VersionStory(begun, items, 12, "დამოუკიდებელი ცხოვრება", submitted, agreed)
    if not (told.returned and submitted and agreed):
        return [version]
    reasons = "მიუთითეთ, რატომ არის კურსი აუცილებელი."
    back = dataclasses.replace(version, decided_on=submitted, reasons=reasons)
    return [back, dataclasses.replace(version, begun_on=submitted)]
