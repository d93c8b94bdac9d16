"""The examination after the crowd finds what it is there to find."""

import pytest

from gza.cases.models import Case, StageCount
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import Account, BudgetLine
from tests.cases.factories import World
from tests.plans import factories, mirrors, purse
from tools import crowdcheck
from tools.crowd import Filled, Noted

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def examined(noted: Noted, since: int, world: World) -> list[str]:
    return [*crowdcheck._acts(noted, since), *crowdcheck._chains(noted, world.coordinator.who.ring),
            *crowdcheck._marks(noted, world.coordinator.who.ring)]  # fmt: skip


def test_what_was_told_and_is_not_there_is_found_and_what_nobody_was_told_of(world: World) -> None:
    case, who = factories.road_to(world, Stage.SUBMITTED), world.worker.user.username
    since, noted = crowdcheck.newest_event(), Noted()
    noted.done(who, "submit", str(case.id), Filled({}))
    assert examined(noted, since, world) == [f"acknowledged and lost: submit of {who}, 1 told, 0 there"]
    factories.submit(world, case.id)
    assert examined(noted, since, world) == []
    factories.agree(world, case.id)
    fund = world.coordinator.user.username
    assert examined(noted, since, world) == [f"done and not told: decided of {fund}, 0 told, 1 there"]


def test_a_value_written_over_unseen_is_found(world: World) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    since, noted, subject = crowdcheck.newest_event(), Noted(), str(case.id)
    for base, new in (("დამოუკიდებელი ცხოვრება", "პირველი"), ("პირველი", "მეორე")):
        factories.fill(world, case.id, aim=new)
        noted.done(world.worker.user.username, "write plan", subject, Filled({}, ("aim", subject, base, new)))
    assert examined(noted, since, world) == []
    factories.fill(world, case.id, aim="სხვა")
    assert any("'სხვა' stands" in one for one in examined(noted, since, world))
    noted.done(world.worker.user.username, "write plan", subject, Filled({}, ("aim", subject, "პირველი", "სხვა")))
    assert any("2 times upon 'პირველი'" in one for one in examined(noted, since, world))


def test_a_text_that_is_gone_is_found(world: World) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    noted = Noted()
    noted.marks.append(("need", str(case.id), "სამუშაოს პოვნა", "eka"))
    assert list(crowdcheck._marks(noted, world.coordinator.who.ring)) == []
    noted.marks.append(("need", str(case.id), "სხვა", "eka"))
    assert list(crowdcheck._marks(noted, world.coordinator.who.ring)) == [
        "a need that eka was told is saved stands 0 times"
    ]


def test_a_false_mirror_a_false_counter_and_a_false_book_are_found(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    purse.decide(world, row)
    case = row.case
    assert mirrors.differing(case) + mirrors.counters() + mirrors.money(clock.today()) == []
    Case.objects.filter(id=case.id).update(considerations_open=3)
    assert [one for one in mirrors.differing(case) if "considerations is 3" in one]
    StageCount.objects.filter(stage=Case.objects.get(id=case.id).stage).update(count=7)
    assert any("counter of stages" in one for one in mirrors.counters())
    actions.set_budget_line(year=clock.today().year, allotted=BudgetLine.objects.get().allotted + 1, seen=None,
                            by=world.director.who)  # fmt: skip
    assert mirrors.money(clock.today()) == []
    assert Account.objects.get(cases__case=case).committed == row.wanted
