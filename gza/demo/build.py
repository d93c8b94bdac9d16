"""Builds the synthetic country: organisations, people, the plan, and cases in every stage built so far."""

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Sequence

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.directory import actions as directory
from gza.directory import queries
from gza.directory.models import Organisation
from gza.nap import actions as nap

from . import figures, funds, organisations, people
from .people import FOUNDED_DAYS_AGO, Cast, Someone, principal
from .stories import stories
from .walk import Walker

SMALL = 36
"""Cases of a demonstration nobody asked a number of: walked through the real acts, one by one."""


def built() -> bool:
    """Whether there is a country already."""
    return User.objects.exists()


def build(cases: int = SMALL, *, seed: int = 1, tick: Callable[[str, int, int], None] = lambda *_: None) -> None:
    """Build everything. Small countries are walked through the acts, large ones written in bulk through the models.

    Args:
        cases: how many beneficiaries.
        seed: the same seed gives the same country.
        tick: told what is being done, how much is done and of how much.
    """
    cast = found(seed, tick)
    if cases > SMALL * 10:
        from . import bulk

        bulk.build(cast, cases, seed=seed, tick=tick)
    else:
        walk(cast, cases, seed, tick)


def found(
    seed: int = 1,
    tick: Callable[[str, int, int], None] = lambda *_: None,
    *,
    others: Sequence[Someone] = (),
) -> Cast:
    """Everything but the cases; the printed people, with ``others`` beside those of every demonstration."""
    tick("organisations", 0, 1)
    founded = clock.now() - dt.timedelta(days=FOUNDED_DAYS_AGO)
    with clock.pretend(founded):
        organisations.build(seed)
        tick("people and keys", 0, 1)
        cast = people.found(others)
        _register(cast, seed)
        funds.begin(principal(cast, "tamar"), clock.today().year, (founded + dt.timedelta(FOUNDED_DAYS_AGO)).year)
    tick("the national plan", 0, 1)
    nap.load_shipped(by=Principal(cast.users["sopio"]))
    tick("published figures", 0, 1)
    figures.build(cast)
    return cast


def _register(cast: Cast, seed: int) -> None:
    """The social workers' register, and the first edition of the catalogue."""
    rng = random.Random(seed)  # noqa: S311 (invented data, no secret)
    fund, by = queries.fund_on(clock.today()), principal(cast, "levan")
    if fund is None:
        raise AssertionError("the reference data has the Fund")
    for one in cast.everybody:
        if one.role == Role.SOCIAL_WORKER:
            facts = organisations.worker_facts(rng, fund, one.region, user_id=cast.users[one.username].id)
            email = f"{one.en.lower().replace(' ', '.')}@fund.example"
            facts = dataclasses.replace(facts, name_ka=one.ka, name_en=one.en, email=email)
            row = directory.register_worker(facts=facts, by=by)
            directory.add_training(worker_id=row.id, facts=organisations.training_facts(rng), by=by)
    directory.issue_edition(after=0, by=by)


def walk(cast: Cast, count: int, seed: int = 1, tick: Callable[[str, int, int], None] = lambda *_: None) -> None:
    """Cases walked through the acts, one by one."""
    rng = random.Random(seed)  # noqa: S311 (invented data, no secret)
    today = clock.today()
    providers = list(Organisation.objects.filter(kind__in=["ngo", "international"]).order_by("id"))
    earliest = add_working_days(today - dt.timedelta(days=FOUNDED_DAYS_AGO - 2), 0)
    for number, story in enumerate(stories(count, today=today, seed=seed)):
        worker = cast.workers[number % len(cast.workers)]
        if story.began < earliest:
            story = type(story)(**{**vars(story), "began": earliest})  # noqa: PLW2901 (the same story, later)
        Walker(
            story,
            coordinator=lambda: principal(cast, "levan"),
            director=lambda: principal(cast, "tamar"),
            worker=lambda worker=worker: principal(cast, worker),
            providers=providers,
            rng=rng,
            today=today,
            focal=lambda: principal(cast, "nino"),
        ).walk()
        tick("cases", number + 1, count)


def summary() -> dict[str, int]:
    """How many of what there are."""
    return {
        "cases": Case.objects.count(),
        "accounts": User.objects.count(),
        "organisations": Organisation.objects.count(),
    }
