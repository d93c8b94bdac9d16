"""What a leaver and a lost password leave behind is seen by the registry and worked off, a part at a time."""

import pytest
from django.http import Http404

from gza.accounts import keywork
from gza.accounts.actions import disable
from gza.accounts.enums import Role
from gza.accounts.keywork import Job
from gza.accounts.models import User
from gza.law.stages import Stage
from gza.vault import queries as vault
from gza.vault.errors import NoGrant
from tests.cases.factories import World

pytestmark = pytest.mark.django_db


def test_the_cases_a_leaver_held_get_new_keys_without_them() -> None:
    world = World()
    cases = [world.road_to(Stage.PRIMARY_NEEDS) for _ in range(3)]
    assert keywork.left() == []
    disable(user=world.worker.user, by=world.member(Role.ADMINISTRATOR).who)
    (one,) = keywork.left()
    assert (one.job, one.user, one.count) == (Job.ROTATE, User.objects.get(id=world.worker.id), 3)
    assert keywork.go_on(job=Job.ROTATE, user_id=world.worker.id, by=world.coordinator.who) == 3
    assert keywork.left() == []
    for case in cases:
        assert world.worker.id not in vault.holders(case.id)
        world.coordinator.who.ring.case(case.id)
        with pytest.raises(NoGrant):
            world.worker.who.ring.case(case.id)


def test_it_stops_after_its_seconds_and_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    for _ in range(3):
        world.road_to(Stage.PRIMARY_NEEDS)
    disable(user=world.worker.user, by=world.member(Role.ADMINISTRATOR).who)
    monkeypatch.setattr(keywork, "SECONDS", -1.0)
    real = keywork.jobs.rotate_held
    monkeypatch.setattr(keywork.jobs, "rotate_held", lambda user, **more: real(user, **{**more, "size": 1}))
    for left in (2, 1):
        assert keywork.go_on(job=Job.ROTATE, user_id=world.worker.id, by=world.coordinator.who) == 1
        assert [one.count for one in keywork.left()] == [left]


def test_nobody_outside_the_registry_works_on_keys() -> None:
    world = World()
    with pytest.raises(Http404):
        keywork.go_on(job=Job.RESEAL, group="registry", by=world.worker.who)
