"""Reference rows come from their files by key, again and again, and nothing is ever deleted."""

import datetime as dt
from typing import Any

import pytest

from gza.directory import actions, queries, steps
from gza.directory.models import Organisation, ServiceType
from gza.ledger.models import Event

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.fixture
def synced() -> dict[str, int]:
    return actions.sync_reference()


@pytest.mark.clause("S2.1")
def test_every_body_of_the_plan_and_the_four_kinds_of_actor_have_their_place(synced: dict[str, int]) -> None:
    bodies = queries.by_keys(row["key"] for row in steps.reference("agencies"))
    assert len(bodies) == Organisation.objects.count() == 34
    assert bodies["asc"].kind == bodies["state_fund"].kind == "fund"
    assert bodies["iom"].kind == "international"
    assert bodies["ccpd"].parent == bodies["mia"]
    assert all(body.name_ka and body.name_en and body.confidence for body in bodies.values())
    assert ServiceType.objects.count() == 23


def test_a_second_time_changes_nothing_and_leaves_no_event(synced: dict[str, int]) -> None:
    assert synced == {"added": 57, "altered": 0, "disabled": 0}
    assert actions.sync_reference() == {"added": 0, "altered": 0, "disabled": 0}
    assert Event.objects.count() == 1


def test_what_the_file_says_wins_and_what_the_office_wrote_stays(synced: dict[str, int]) -> None:
    Organisation.objects.filter(key="psda").update(name_en="Agency", phone="032 000 00 00")
    assert actions.sync_reference() == {"added": 0, "altered": 1, "disabled": 0}
    agency = Organisation.objects.get(key="psda")
    assert (agency.name_en, agency.phone) == ("LEPL Public Service Development Agency", "032 000 00 00")


def test_a_key_that_left_its_file_is_disabled_and_comes_back(
    synced: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: steps.reference(name) for name in ("agencies", "services")}

    def without(name: str) -> list[dict[str, Any]]:
        return [row for row in files[name] if row["key"] not in {"gnta", "other"}]

    with monkeypatch.context() as patched:
        patched.setattr(steps, "reference", without)
        assert actions.sync_reference() == {"added": 0, "altered": 0, "disabled": 2}
        assert Organisation.objects.get(key="gnta").disabled_on
        assert "other" not in {service.key for service in queries.service_types()}
        assert "gnta" not in {body.key for body in queries.organisations()}
    assert actions.sync_reference() == {"added": 0, "altered": 2, "disabled": 0}
    assert Organisation.objects.get(key="gnta").disabled_on is None


@pytest.mark.clause("S2.1")
@pytest.mark.parametrize(
    ("asked", "day", "answer"),
    [
        ("state_fund", dt.date(2019, 12, 31), "state_fund"),
        ("state_fund", dt.date(2020, 1, 1), "asc"),
        ("asc", dt.date(2019, 12, 31), "state_fund"),
        ("asc", dt.date(2026, 1, 1), "asc"),
        ("moj", dt.date(2007, 7, 19), "moj"),
    ],
)
def test_which_body_stood_there_on_a_day(synced: dict[str, int], asked: str, day: dt.date, answer: str) -> None:
    found = queries.organisation_on(queries.by_keys([asked])[asked], day)
    assert found
    assert found.key == answer


@pytest.mark.parametrize(("day", "key"), [(dt.date(2019, 6, 1), "state_fund"), (dt.date(2020, 1, 1), "asc")])
def test_the_fund_of_a_day(synced: dict[str, int], day: dt.date, key: str) -> None:
    found = queries.fund_on(day)
    assert found
    assert found.key == key


def test_no_body_where_none_stood_or_several_did() -> None:
    ended = Organisation.objects.create(
        name_ka="ა", name_en="a", kind="state", valid_from=dt.date(2010, 1, 1), valid_to=dt.date(2015, 12, 31)
    )
    assert queries.organisation_on(ended, dt.date(2009, 1, 1)) is None
    assert queries.organisation_on(ended, dt.date(2016, 1, 1)) is None
    merged = Organisation.objects.create(
        name_ka="გ", name_en="c", kind="state", valid_from=dt.date(2016, 1, 1), valid_to=None
    )
    Organisation.objects.create(
        name_ka="ბ", name_en="b", kind="state", valid_to=dt.date(2015, 12, 31), successor=merged
    )
    Organisation.objects.filter(pk=ended.pk).update(successor=merged)
    assert queries.organisation_on(merged, dt.date(2012, 1, 1)) is None
    before = queries.organisation_on(merged, dt.date(2009, 1, 1))
    assert before
    assert before.name_en == "b"
