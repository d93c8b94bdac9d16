"""Certifying colleagues' keys by voice, and the director's dated powers."""

import datetime as dt

import pytest
from django.test import Client

from gza.accounts import queries
from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation, User
from gza.accounts.principals import Principal
from gza.core import clock
from gza.ledger.models import Event
from gza.vault import queries as vault
from tests.accounts.factories import found, keys_of, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chiefs(db: None) -> tuple[User, User]:
    """The founding coordinator and director."""
    fund = found()
    return User.objects.get(id=fund.coordinator.id), User.objects.get(id=fund.director.id)


def _read_out(user: User) -> str:
    keys_of(user)
    mark = vault.fingerprint(user.id)
    assert mark
    return mark


def test_a_social_worker_is_certified_by_one_who_listened(client: Client, chiefs: tuple[User, User]) -> None:
    sign_in(client, chiefs[0])
    nino = make_user()
    mark = _read_out(nino)
    assert queries.uncertified(chiefs[0].id) == [nino]
    assert mark not in client.get(f"/keys/{nino.id}/").content.decode()
    assert (
        client.post(f"/keys/{nino.id}/", {"fingerprint": mark[:-1] + str((int(mark[-1]) + 1) % 10)}).status_code == 422
    )
    assert client.post(f"/keys/{nino.id}/", {"fingerprint": mark[:-3]}).status_code == 422
    assert not queries.is_certified(nino.id)
    assert client.post(f"/keys/{nino.id}/", {"fingerprint": mark.replace(" ", "-")}).status_code == 303
    assert queries.is_certified(nino.id)
    assert queries.uncertified(chiefs[0].id) == []
    assert Event.objects.get().facts == {"role": "social_worker", "holds": True}


def test_a_coordinator_needs_two_and_then_joins_the_registry(chiefs: tuple[User, User]) -> None:
    lali = make_user(Role.COORDINATOR)
    mark = _read_out(lali)
    assert [queries.uncertified(chief.id) for chief in chiefs] == [[lali], [lali]]
    for number, chief in enumerate(chiefs):
        assert queries.is_certified(lali.id) is False
        page = sign_in(Client(), chief).post(f"/keys/{lali.id}/", {"fingerprint": mark})
        assert page.status_code == 303
        assert len([row for row in queries.certifiable() if row.state == "half"]) == 1 - number
        assert [queries.uncertified(one.id) for one in chiefs] == ([[], [lali]], [[], []])[number]
    assert queries.is_certified(lali.id)
    assert lali.id in vault.members("registry")


def test_the_same_person_signing_twice_counts_once(client: Client, chiefs: tuple[User, User]) -> None:
    sign_in(client, chiefs[0])
    lali = make_user(Role.COORDINATOR)
    for _ in range(2):
        client.post(f"/keys/{lali.id}/", {"fingerprint": _read_out(lali)})
    assert not queries.is_certified(lali.id)


def test_an_organisations_key_begins_with_its_second_person(client: Client, chiefs: tuple[User, User]) -> None:
    sign_in(client, chiefs[0])
    first = make_user(Role.PROVIDER)
    second = make_user(Role.PROVIDER, organisation_id=first.organisation_id)
    client.post(f"/keys/{first.id}/", {"fingerprint": _read_out(first)})
    assert vault.members("provider", first.organisation_id) == set()
    client.post(f"/keys/{second.id}/", {"fingerprint": _read_out(second)})
    assert vault.members("provider", first.organisation_id) == {first.id, second.id}


def test_nobody_certifies_themselves(client: Client, chiefs: tuple[User, User]) -> None:
    sign_in(client, chiefs[0])
    assert client.get(f"/keys/{chiefs[0].id}/").status_code == 404


def test_keys_of_a_person_who_left_are_renewed(client: Client, chiefs: tuple[User, User]) -> None:
    from gza.accounts import actions
    from tests.accounts.factories import principal

    lali = make_user(Role.COORDINATOR)
    for chief in chiefs:
        sign_in(Client(), chief).post(f"/keys/{lali.id}/", {"fingerprint": _read_out(lali)})
    actions.disable(user=lali, by=principal(Role.ADMINISTRATOR))
    assert not queries.is_certified(lali.id)
    assert queries.leavers() == [lali]
    sign_in(client, chiefs[0])
    client.post(f"/keys/{lali.id}/rotate/")
    assert vault.members("registry") == {one.id for one in chiefs}
    assert queries.leavers() == []


@pytest.mark.clause("G5")
def test_the_director_gives_the_powers_for_dated_days(client: Client, chiefs: tuple[User, User]) -> None:
    coordinator, director = chiefs
    sign_in(client, director)
    today = clock.today()
    typed = {"holder": str(coordinator.id), "power": "acting", "valid_from": f"{today:%d.%m.%Y}", "order": "01/5"}
    assert client.post("/powers/new/", typed | {"valid_to": ""}).status_code == 422
    yesterday = today - dt.timedelta(days=1)
    assert client.post("/powers/new/", typed | {"valid_to": f"{yesterday:%d.%m.%Y}"}).status_code == 422
    assert client.post("/powers/new/", typed | {"valid_to": f"{today:%d.%m.%Y}"}).status_code == 303
    assert Principal(coordinator).directs
    assert not Principal(coordinator, day=today + dt.timedelta(days=1)).directs
    event = Event.objects.get()
    assert (event.clause, event.subject) == ("G5", coordinator.id)


@pytest.mark.clause("G5")
def test_powers_ended_early_are_not_held_from_that_day(client: Client, chiefs: tuple[User, User]) -> None:
    coordinator, director = chiefs
    today = clock.today()
    row = Delegation.objects.create(
        holder=coordinator, power=Power.ACTING, valid_from=today - dt.timedelta(days=5),
        valid_to=today + dt.timedelta(days=5), order="1",
    )  # fmt: skip
    sign_in(client, director)
    assert client.post(f"/powers/{row.id}/end/", {"on": f"{today:%d.%m.%Y}"}).status_code == 303
    assert not Principal(coordinator).directs
    assert Principal(coordinator, day=today - dt.timedelta(days=1)).directs


@pytest.mark.clause("G5")
def test_an_acting_officer_may_not_be_a_social_worker(client: Client, chiefs: tuple[User, User]) -> None:
    sign_in(client, chiefs[1])
    today = f"{clock.today():%d.%m.%Y}"
    typed = {"holder": str(make_user().id), "power": "acting", "valid_from": today, "valid_to": today, "order": "1"}
    assert client.post("/powers/new/", typed).status_code == 422
    assert not Delegation.objects.exists()
