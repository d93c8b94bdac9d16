"""The Fund's register of social workers: whom it holds, what it knows of each, who can be designated."""

import datetime as dt
from typing import Any

import pytest

from gza.accounts import actions as accounts
from gza.accounts.queries import waits_for_certificate
from gza.core import clock
from gza.core.conflicts import Stale
from gza.directory import actions, queries
from gza.directory.facts import TrainingFacts, WorkerFacts
from gza.directory.models import SocialWorker
from gza.law import designation
from gza.law.verdicts import Denied
from gza.ledger.work import Refused
from tests.accounts.factories import certified, found, keys_of, make_user, principal

from .factories import DAY, make_fund, make_organisation, make_worker, worker_facts

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.1")
def test_the_register_keeps_contact_education_languages_regions_training_and_dates() -> None:
    row = make_worker(by=principal("coordinator"), has_training=True)
    training = TrainingFacts("ტრეფიკინგის მსხვერპლთან გასაუბრება", dt.date(2019, 11, 1), "IOM", 16)
    actions.add_training(worker_id=row.pk, facts=training, by=principal("coordinator"))
    found = queries.worker(row.pk)
    assert found
    assert (found.language_codes, found.region_codes) == (["ka", "ru"], ["GE-GU", "GE-IM"])
    assert [kept.subject for kept in found.trainings.all()] == [training.subject]
    assert (found.active_from, found.active_to) == (DAY, None)


@pytest.mark.clause("S7.1")
@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"phone": "", "email": ""}, "contact"),
        ({"education": ""}, "education"),
        ({"languages": ()}, "languages"),
        ({"regions": ()}, "regions"),
        ({"has_training": None}, "training"),
    ],
)
def test_a_row_that_lacks_a_fact_of_the_register_is_refused(lacking: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as refused:
        make_worker(**lacking)
    assert refused.value.denied.clause == "S7.1"
    assert said in refused.value.denied.message.en
    assert not SocialWorker.objects.exists()


@pytest.mark.clause("S5.1")
@pytest.mark.parametrize("kind", ["ngo", "international", "state"])
def test_only_an_employee_of_the_fund_is_entered_as_social_worker(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        make_worker(make_organisation(kind))
    assert (refused.value.denied.clause, refused.value.denied.code) == ("S5.1", "designation.not_employed")


@pytest.mark.clause("S7.1")
@pytest.mark.parametrize("role", ["social_worker", "provider", "administrator"])
def test_the_register_is_kept_by_the_fund(role: str) -> None:
    fund, who = make_fund(), principal(role)
    row = make_worker(fund)
    for act in (
        lambda: actions.register_worker(facts=worker_facts(fund), by=who),
        lambda: actions.alter_worker(worker_id=row.pk, facts=worker_facts(fund), by=who),
        lambda: actions.end_worker(worker_id=row.pk, last_day=DAY, by=who),
        lambda: actions.resume_worker(worker_id=row.pk, by=who),
        lambda: actions.add_training(worker_id=row.pk, facts=TrainingFacts("x", DAY), by=who),
    ):
        with pytest.raises(Refused, match="kept_by_fund"):
            act()


@pytest.mark.clause("S5.1")
def test_who_can_be_designated_is_active_employed_and_has_an_account() -> None:
    keys, fund = found(), make_fund()
    account = certified(keys)
    row = make_worker(fund, user_id=account.pk)
    make_worker(fund)
    assert list(queries.designable(on=DAY)) == [row]
    assert list(queries.designable(on=DAY - dt.timedelta(days=1))) == []
    assert list(queries.designable(region="GE-GU", language="ru", on=DAY)) == [row]
    assert list(queries.designable(region="GE-TB", on=DAY)) == []
    assert queries.worker_of(account.pk, on=DAY) == row
    assert queries.as_designated(row) == designation.Worker(True, True, DAY, None)
    nobody = designation.eligible(worker=queries.as_designated(None), on=DAY)
    assert isinstance(nobody, Denied)
    assert nobody.clause == "S5.1"


@pytest.mark.clause("G4", "S5.1")
def test_nobody_is_offered_who_cannot_sign_in_or_whose_key_is_not_certified() -> None:
    keys, fund = found(), make_fund()
    gone, waiting, again, held = certified(keys), make_user(), certified(keys), certified(keys)
    for account in (gone, waiting, again, held):
        make_worker(fund, user_id=account.pk)
    keys_of(waiting)
    admin = principal("administrator")
    accounts.disable(user=gone, by=admin)
    accounts.reset_password(user=again, by=admin)
    assert [row.user_id for row in queries.designable(on=DAY)] == [held.pk]
    assert [who for who in (gone, waiting, again, held) if waits_for_certificate(who.pk)] == [gone, waiting, again]
    with clock.pretend(dt.datetime(2060, 1, 1, tzinfo=dt.UTC)):
        assert not queries.designable(on=DAY).exists()
        assert waits_for_certificate(held.pk)


@pytest.mark.clause("S5.1")
def test_a_worker_who_left_cannot_be_designated_and_one_who_came_back_can() -> None:
    who = principal("coordinator")
    account = make_user("social_worker")
    row = make_worker(user_id=account.pk)
    last = dt.date(2020, 3, 31)
    actions.end_worker(worker_id=row.pk, last_day=last, version=1, by=who)
    assert queries.worker_of(account.pk, on=last)
    assert queries.worker_of(account.pk, on=last + dt.timedelta(days=1)) is None
    actions.resume_worker(worker_id=row.pk, version=2, by=who)
    assert queries.worker_of(account.pk, on=last + dt.timedelta(days=1)) == row


@pytest.mark.clause("S7.1")
def test_the_last_day_is_not_before_the_first() -> None:
    row = make_worker()
    with pytest.raises(Refused, match="worker_dates"):
        actions.end_worker(worker_id=row.pk, last_day=DAY - dt.timedelta(days=1), by=principal("coordinator"))


def test_a_change_of_the_register_replaces_lists_and_tells_who_was_later() -> None:
    who = principal("coordinator")
    row = make_worker()
    loaded = queries.worker(row.pk)
    assert loaded
    facts = WorkerFacts(**{**WorkerFacts.of(loaded).values(), "languages": ("ka", "az"), "regions": ("GE-KK",)})
    actions.alter_worker(worker_id=row.pk, facts=facts, version=1, by=who)
    changed = queries.worker(row.pk)
    assert changed
    assert (changed.language_codes, changed.region_codes) == (["az", "ka"], ["GE-KK"])
    assert queries.changes(row.pk)[0].fields == ["languages", "regions"]
    with pytest.raises(Stale) as stale:
        actions.alter_worker(worker_id=row.pk, facts=facts, version=1, by=who)
    assert stale.value.current["languages"] == ("az", "ka")


@pytest.mark.parametrize("codes", [{"languages": ("ka", "zz")}, {"regions": ("GE-AB",)}, {"regions": ("abroad",)}])
def test_codes_that_are_none_are_not_written(codes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(codes))):
        make_worker(**codes)


def test_the_register_is_read_in_pages_at_a_constant_cost(django_assert_num_queries: Any) -> None:
    fund = make_fund()
    for _ in range(5):
        make_worker(fund)
    with django_assert_num_queries(3):
        page = queries.worker_page(queries.workers(on=DAY))
        assert all(row.language_codes and row.region_codes and row.employer.name_en for row in page.rows)


@pytest.mark.clause("S7.1", "G2")
def test_a_training_has_hours_that_can_be_right() -> None:
    row = make_worker(make_fund())
    with pytest.raises(Refused, match=r"entry\.number"):
        actions.add_training(worker_id=row.pk, facts=TrainingFacts("x", DAY, hours=2001), by=principal("coordinator"))
