"""A social worker leaves: whoever opens the day as coordinator or director finds their cases and the keys (S3.3)."""

import pytest
from django.urls import reverse

from gza.accounts import actions as accounts
from gza.accounts import keywork
from gza.cases import actions, queries
from gza.cli import doctor
from gza.law.stages import Stage
from tests.accounts.factories import principal
from tests.cases.factories import World
from tests.web.asking import enter

from .asking import text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
LIST = f"{reverse('cases:list')}?left=on"


@pytest.mark.clause("S3.3")
def test_the_cases_of_who_left_stand_on_today_until_they_are_handed_over(world: World) -> None:
    left = world.road_to(Stage.REHABILITATION_CONSENT)
    kept = world.received(by=world.other)
    chiefs = [enter(world.coordinator), enter(world.director)]
    assert all("cannot sign in" not in text_of(chief.get("/")) for chief in chiefs)
    accounts.disable(user=world.worker.user, by=principal("administrator"))
    for chief in chiefs:
        page = chief.get("/")
        assert "1 open case has a worker who cannot sign in" in text_of(page)
        assert LIST in page.content.decode()
        found = chief.get(LIST).content.decode()
        assert left.code in found
        assert kept.code not in found
    assert any("1 open case(s) have a worker who cannot sign in" in one.what for one in doctor._cases())
    actions.hand_over(case_id=left.id, worker_id=world.other.id, by=world.coordinator.who)
    assert queries.left_behind(world.coordinator.who) == queries.left_behind_in_all() == 0
    assert "cannot sign in" not in text_of(chiefs[0].get("/"))


@pytest.mark.clause("G4")
def test_work_on_keys_that_is_left_stands_on_today(world: World) -> None:
    world.road_to(Stage.REHABILITATION_CONSENT)
    client = enter(world.coordinator)
    assert "Go on with the work on keys" not in text_of(client.get("/"))
    accounts.disable(user=world.worker.user, by=principal("administrator"))
    page = client.get("/")
    assert "Go on with the work on keys" in text_of(page)
    assert reverse("accounts:work") in page.content.decode()
    assert any("work on keys" in one.what for one in doctor._cases())
    keywork.go_on(job=keywork.Job.ROTATE, user_id=world.worker.id, by=world.coordinator.who)
    assert not keywork.unfinished()


@pytest.mark.clause("G4")
def test_a_group_key_of_which_something_is_still_to_be_sealed_anew_is_work_left(world: World) -> None:
    gone = world.member("coordinator")
    world.received()
    accounts.disable(user=gone.user, by=principal("administrator"))
    assert not keywork.unfinished()
    accounts.rotate_after_leaving(user=gone.user, by=world.coordinator.who)
    assert keywork.unfinished()
    keywork.go_on(job=keywork.Job.RESEAL, group="registry", by=world.coordinator.who)
    assert not keywork.unfinished()


@pytest.mark.clause("S3.3", "G4")
def test_who_is_shut_out_counts_only_what_they_may_know_of(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    accounts.disable(user=world.worker.user, by=principal("administrator"))
    actions.shut_out(case_id=case.id, user_id=world.director.id, ground="relative", by=world.coordinator.who)
    assert queries.left_behind(world.director.who) == 0
    assert queries.left_behind(world.coordinator.who) == 1


def test_a_worker_is_not_asked_about_others(world: World) -> None:
    world.received()
    assert "left" not in enter(world.worker).get(reverse("cases:list")).context["filters"].fields
