"""Who holds a case over its life: granted, taken away, shut out, opened in bulk."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gza.core.actors import SYSTEM
from gza.ledger.models import Event
from gza.vault import errors, jobs, queries, steps
from gza.vault.models import Bar, Certificate, Grant, GroupKey
from tests.vault.factories import Fund
from tests.vault.rows import opens, sealed_row
from tests.vault.stand.models import Beneficiary

pytestmark = pytest.mark.django_db


def test_a_revoked_worker_opens_nothing_new_and_the_others_open_everything(fund: Fund) -> None:
    first, second = fund.person(), fund.person()
    case = fund.case(first, second)
    old = sealed_row(case, first)
    done = steps.revoke(case, first.id, by=fund.coordinator.ring)
    new = sealed_row(case, second)
    assert (done.epoch, done.lost) == (2, [])
    for who in (second, fund.coordinator, fund.director):
        assert opens(who, old)
        assert opens(who, new)
    assert not opens(first, old)
    assert queries.holders(case) == {second.id}


def test_twenty_epochs_back_still_opens_and_the_query_count_stays(fund: Fund) -> None:
    worker = fund.person()
    case = fund.case(worker)
    row = sealed_row(case, worker)
    steps.grant(case, (doctor := fund.person()).id, sections=["identity"], by=worker.ring)
    for _ in range(20):
        steps.rotate(case, by=fund.coordinator.ring)
    assert queries.epoch(case) == 21
    for who in (worker, doctor):
        ring = who.ring
        with CaptureQueriesContext(connection) as seen:
            assert ring.open(row, "first_name") == "ნინო"
        assert len(seen) == 4
    officer = fund.person("statistics")
    steps.add_member("statistics", officer.id, by=fund.coordinator.ring)
    assert officer.ring.open(row, "born") == "1999"


def test_the_ring_that_rotated_goes_on_sealing(fund: Fund) -> None:
    ring, case = fund.coordinator.ring, fund.case()
    before = Beneficiary(case_id=case)
    ring.fill(before, first_name="ძველი")
    steps.rotate(case, by=ring)
    ring.fill(after := Beneficiary(case_id=case), first_name="ახალი")
    assert [ring.open(row, "first_name") for row in (before, after)] == ["ძველი", "ახალი"]
    assert fund.director.ring.open(after, "first_name") == "ახალი"


def test_a_wider_grant_replaces_a_narrow_one_and_not_the_other_way(fund: Fund) -> None:
    who, case = fund.person(), fund.case()
    row = sealed_row(case, fund.coordinator)
    steps.grant(case, who.id, sections=["health"], by=fund.coordinator.ring)
    assert not opens(who, row)
    steps.grant(case, who.id, by=fund.coordinator.ring)
    steps.grant(case, who.id, sections=["health"], by=fund.coordinator.ring)
    assert opens(who, row)
    assert Grant.objects.filter(grantee=who.id).count() == 1
    with pytest.raises(ValueError, match="section"):
        steps.grant(case, who.id, sections=["wealth"], by=fund.coordinator.ring)


def test_a_narrow_holder_grants_no_more_than_they_hold_and_changes_no_key(fund: Fund) -> None:
    doctor, nurse, case = fund.person(), fund.person(), fund.case()
    steps.grant(case, doctor.id, sections=["health"], by=fund.coordinator.ring)
    steps.grant(case, nurse.id, sections=["health"], by=doctor.ring)
    with pytest.raises(errors.NoGrant):
        steps.grant(case, nurse.id, by=doctor.ring)
    with pytest.raises(errors.NoGrant):
        steps.rotate(case, by=doctor.ring)


def test_a_group_can_be_given_a_section(fund: Fund) -> None:
    desk, case = fund.person("data_officer"), fund.case()
    steps.add_member("complaints", desk.id, by=fund.coordinator.ring)
    row = sealed_row(case, fund.coordinator)
    assert not opens(desk, row)
    steps.grant_group(case, "complaints", sections=["identity"], by=fund.coordinator.ring)
    assert opens(desk, row)


@pytest.mark.clause("G4")
def test_a_coordinator_who_is_shut_out_opens_nothing_while_the_registry_works_on(fund: Fund) -> None:
    third, worker = fund.person("coordinator"), fund.person()
    case = fund.case(worker)
    row = sealed_row(case, worker)
    with pytest.raises(errors.Untrusted):
        steps.shut_out(case, third.id, by=third.ring)
    steps.shut_out(case, third.id, by=fund.director.ring)
    new = sealed_row(case, worker)
    for who, can in ((third, False), (fund.coordinator, True), (fund.director, True), (worker, True)):
        assert opens(who, row) is can
        assert opens(who, new) is can
    with pytest.raises(errors.Barred):
        steps.grant(case, third.id, by=worker.ring)
    assert [each.case for each in queries.singly_held()] == [case]
    # The bar outlives later epochs.
    steps.rotate(case, by=worker.ring)
    assert not opens(third, sealed_row(case, worker))
    steps.reopen_to_registry(case, by=worker.ring)
    assert opens(third, new)
    assert set(Grant.objects.filter(case=case, kind="user").values_list("grantee", flat=True)) == {worker.id}


@pytest.mark.clause("G4")
def test_a_new_coordinator_is_given_the_cases_held_singly_but_not_those_they_are_barred_from(fund: Fund) -> None:
    third = fund.person("coordinator")
    first, second = fund.case(), fund.case()
    rows = [sealed_row(case, fund.coordinator) for case in (first, second)]
    for case in (first, second):
        steps.shut_out(case, third.id, by=fund.director.ring)
    fourth = fund.person("coordinator")
    Bar.objects.create(case=second, user=fourth.id)
    assert not opens(fourth, rows[0])
    done = list(jobs.admit(fourth.id, by=fund.director.ring, actor=SYSTEM))
    assert [(each.done, each.left) for each in done] == [(1, 0)]
    assert [opens(fourth, row) for row in rows] == [True, False]


def test_a_holder_without_certificate_falls_out_and_is_named(fund: Fund) -> None:
    worker, second = fund.person(), fund.person()
    case = fund.case(worker, second)
    steps.end_certificates(worker.id)
    assert steps.revoke(case, second.id, by=fund.coordinator.ring).lost == [worker.id]


def test_the_alarm_tells_of_cases_that_too_few_people_hold(fund: Fund) -> None:
    worker = fund.person()
    case, other = fund.case(worker), fund.case()
    assert not queries.thin_cases()
    assert not queries.thin_groups()
    steps.shut_out(case, fund.coordinator.id, by=fund.director.ring)
    assert not queries.thin_cases()  # the worker and the director
    steps.end_certificates(worker.id)
    assert [row.case for row in queries.thin_cases()] == [case]
    Grant.objects.filter(case=other, grantee=GroupKey.objects.get(group__kind="recovery").group_id).delete()
    assert {row.case for row in queries.thin_cases()} == {case, other}
    assert [row.case for row in queries.thin_cases().filter(case__in=[other])] == [other]


def test_cases_opened_in_bulk_are_like_those_opened_singly(fund: Fund) -> None:
    workers = [fund.person() for _ in range(3)]
    cases = [(uuid.uuid4(), [workers[number % 3].id]) for number in range(25)]
    rows = []
    for opened in steps.open_cases_bulk(iter(cases), by=fund.coordinator.ring, size=10):
        row = Beneficiary(case_id=opened.case)
        row.first_name = opened.seal("stand.beneficiary.first_name", "identity", row.id, "ნინო")
        rows.append(row)
    Beneficiary.objects.bulk_create(rows)
    assert [row.case_id for row in rows] == [case for case, _ in cases]
    for who, count in ((workers[0], 9), (fund.director, 25)):
        texts = who.ring.open_many(rows, ["first_name"], otherwise="")
        assert sum(text["first_name"] == "ნინო" for text in texts) == count
    assert not queries.thin_cases()
    assert Certificate.objects.count() == 5
    assert not Event.objects.exists()  # the caller's act writes the event
