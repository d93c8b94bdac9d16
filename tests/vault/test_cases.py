"""Who holds a case over its life: granted, taken away, shut out, disclosed, erased, restored."""

import datetime as dt
import shutil
import uuid

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.ledger.models import Event
from gza.vault import errors, jobs, queries, shred, steps
from gza.vault.models import Bar, CaseKey, Certificate, Disclosure, Erasure, Grant, GroupKey
from gza.vault.shred import Keystore, keystore
from tests.vault.factories import Fund, Person
from tests.vault.stand.models import Beneficiary

pytestmark = pytest.mark.django_db


def _row(case: uuid.UUID, who: Person, text: str = "ნინო") -> Beneficiary:
    row = Beneficiary(case_id=case)
    who.ring.fill(row, first_name=text, born="1999")
    row.save()
    return row


def _opens(who: Person, row: Beneficiary, name: str = "first_name") -> bool:
    return bool(who.ring.open_many([row], [name], otherwise="")[0][name])


def test_a_revoked_worker_opens_nothing_new_and_the_others_open_everything(fund: Fund) -> None:
    first, second = fund.person(), fund.person()
    case = fund.case(first, second)
    old = _row(case, first)
    done = steps.revoke(case, first.id, by=fund.coordinator.ring)
    new = _row(case, second)
    assert (done.epoch, done.lost) == (2, [])
    for who in (second, fund.coordinator, fund.director):
        assert _opens(who, old)
        assert _opens(who, new)
    assert not _opens(first, old)
    assert queries.holders(case) == {second.id}


def test_twenty_epochs_back_still_opens_and_the_query_count_stays(fund: Fund) -> None:
    worker = fund.person()
    case = fund.case(worker)
    row = _row(case, worker)
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
    row = _row(case, fund.coordinator)
    steps.grant(case, who.id, sections=["health"], by=fund.coordinator.ring)
    assert not _opens(who, row)
    steps.grant(case, who.id, by=fund.coordinator.ring)
    steps.grant(case, who.id, sections=["health"], by=fund.coordinator.ring)
    assert _opens(who, row)
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
    row = _row(case, fund.coordinator)
    assert not _opens(desk, row)
    steps.grant_group(case, "complaints", sections=["identity"], by=fund.coordinator.ring)
    assert _opens(desk, row)


@pytest.mark.clause("G4")
def test_a_coordinator_who_is_shut_out_opens_nothing_while_the_registry_works_on(fund: Fund) -> None:
    third, worker = fund.person("coordinator"), fund.person()
    case = fund.case(worker)
    row = _row(case, worker)
    with pytest.raises(errors.Untrusted):
        steps.shut_out(case, third.id, by=third.ring)
    steps.shut_out(case, third.id, by=fund.director.ring)
    new = _row(case, worker)
    for who, can in ((third, False), (fund.coordinator, True), (fund.director, True), (worker, True)):
        assert _opens(who, row) is can
        assert _opens(who, new) is can
    with pytest.raises(errors.Barred):
        steps.grant(case, third.id, by=worker.ring)
    assert [each.case for each in queries.singly_held()] == [case]
    # The bar outlives later epochs.
    steps.rotate(case, by=worker.ring)
    assert not _opens(third, _row(case, worker))
    steps.reopen_to_registry(case, by=worker.ring)
    assert _opens(third, new)
    assert set(Grant.objects.filter(case=case, kind="user").values_list("grantee", flat=True)) == {worker.id}


@pytest.mark.clause("G4")
def test_a_new_coordinator_is_given_the_cases_held_singly_but_not_those_they_are_barred_from(fund: Fund) -> None:
    third = fund.person("coordinator")
    first, second = fund.case(), fund.case()
    rows = [_row(case, fund.coordinator) for case in (first, second)]
    for case in (first, second):
        steps.shut_out(case, third.id, by=fund.director.ring)
    fourth = fund.person("coordinator")
    Bar.objects.create(case=second, user=fourth.id)
    assert not _opens(fourth, rows[0])
    done = list(jobs.admit(fourth.id, by=fund.director.ring, actor=SYSTEM))
    assert [(each.done, each.left) for each in done] == [(1, 0)]
    assert [_opens(fourth, row) for row in rows] == [True, False]


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


# Disclosures


def _provider(fund: Fund) -> tuple[uuid.UUID, Person, Person]:
    organisation = uuid.uuid4()
    people = [fund.person("provider", organisation=organisation) for _ in range(2)]
    steps.make_group(
        "provider", organisation=organisation, members=[who.id for who in people], by=fund.coordinator.ring
    )
    return organisation, people[0], people[1]


def test_a_provider_opens_its_packet_until_its_day_and_nothing_else(fund: Fund) -> None:
    organisation, focal, colleague = _provider(fund)
    _, stranger, _ = _provider(fund)
    worker = fund.person()
    case = fund.case(worker)
    row = _row(case, worker)
    last_day = clock.today() + dt.timedelta(days=30)
    steps.disclose(case, organisation, {"name": "ნინო", "need": "ექიმი"}, last_day, by=worker.ring)
    told = queries.disclosures(organisation).get()
    for who in (focal, colleague, worker, fund.director):
        assert queries.open_disclosure(told, who.ring) == {"name": "ნინო", "need": "ექიმი"}
    assert not _opens(focal, row)
    with pytest.raises(errors.NoGrant):
        queries.open_disclosure(told, stranger.ring)
    with clock.pretend(clock.now() + dt.timedelta(days=32)):
        assert not queries.disclosures(organisation)
        with pytest.raises(errors.NoGrant):
            queries.open_disclosure(told, focal.ring)
        assert queries.open_disclosure(told, worker.ring)
        assert steps.end_due_disclosures() == 1
    told.refresh_from_db()
    assert told.blob is None
    assert queries.open_disclosure(told, worker.ring) == {"name": "ნინო", "need": "ექიმი"}
    with pytest.raises(errors.NoGrant):
        queries.open_disclosure(told, focal.ring)


def test_a_changed_disclosure_is_noticed(fund: Fund) -> None:
    organisation, focal, _ = _provider(fund)
    worker = fund.person()
    row = steps.disclose(fund.case(worker), organisation, {"a": 1}, clock.today(), by=worker.ring)
    for change in (
        {"until": clock.today() + dt.timedelta(days=99)}, {"packet": bytes(row.packet)[:-1] + b"x"},
        {"blob": bytes(row.blob)[:-1] + b"x"}, {"signed_at": 5},
    ):  # fmt: skip
        Disclosure.objects.filter(id=row.id).update(**change)
        with pytest.raises((errors.Tampered, errors.Untrusted)):
            queries.open_disclosure(Disclosure.objects.get(), focal.ring)
        row.save()
    steps.end_disclosure(row.id)
    with pytest.raises(errors.NoGrant):
        queries.open_disclosure(Disclosure.objects.get(), focal.ring)


REPLY = "plans.request.reply"


def test_what_a_provider_writes_back_opens_for_the_holders_of_the_case_for_good(fund: Fund) -> None:
    organisation, focal, colleague = _provider(fund)
    _, stranger, _ = _provider(fund)
    worker, subject = fund.person(), uuid.uuid4()
    case = fund.case(worker)
    row = steps.disclose(case, organisation, {"a": 1}, clock.today(), by=worker.ring)
    blob = steps.reply(row.id, "ადგილი გვაქვს", label=REPLY, subject=subject, by=focal.ring)
    wanted = {"label": REPLY, "subject": subject}
    for who in (focal, colleague, worker, fund.director):
        assert queries.open_reply(row, blob, who.ring, **wanted) == "ადგილი გვაქვს"
    for other in ({"label": "plans.delivery.reply"}, {"subject": uuid.uuid4()}):
        with pytest.raises(errors.Tampered):
            queries.open_reply(row, blob, worker.ring, **{**wanted, **other})
    with pytest.raises(errors.NoGrant):
        queries.open_reply(row, blob, stranger.ring, **wanted)
    with pytest.raises(errors.NoGrant):
        steps.reply(row.id, "x", **wanted, by=stranger.ring)
    steps.rotate(case, by=fund.coordinator.ring)
    steps.end_disclosure(row.id)
    row.refresh_from_db()
    assert queries.open_reply(row, blob, worker.ring, **wanted) == "ადგილი გვაქვს"
    for refused in (lambda: queries.open_reply(row, blob, focal.ring, **wanted),
                    lambda: steps.reply(row.id, "x", **wanted, by=focal.ring)):  # fmt: skip
        with pytest.raises(errors.NoGrant):
            refused()
    with pytest.raises(errors.NoGrant):
        steps.reply(uuid.uuid4(), "x", **wanted, by=focal.ring)


def test_a_disclosure_is_extended_by_who_holds_the_case(fund: Fund) -> None:
    organisation, focal, _ = _provider(fund)
    worker = fund.person()
    row = steps.disclose(fund.case(worker), organisation, {"a": 1}, clock.today(), by=worker.ring)
    later = clock.today() + dt.timedelta(days=60)
    with pytest.raises(errors.VaultError):
        steps.extend(row.id, later, by=focal.ring)
    steps.end_disclosure(row.id)
    steps.extend(row.id, later, by=worker.ring)
    row.refresh_from_db()
    with clock.pretend(clock.now() + dt.timedelta(days=59)):
        assert queries.open_disclosure(row, focal.ring) == {"a": 1}
    with clock.pretend(clock.now() + dt.timedelta(days=62)), pytest.raises(errors.NoGrant):
        queries.open_disclosure(row, focal.ring)
    with pytest.raises(errors.NoGrant):
        steps.extend(uuid.uuid4(), later, by=worker.ring)


def test_when_a_focal_person_leaves_what_was_disclosed_is_sealed_to_the_others(fund: Fund) -> None:
    organisation, focal, colleague = _provider(fund)
    worker = fund.person()
    row = steps.disclose(fund.case(worker), organisation, {"a": 1}, clock.today(), by=worker.ring)
    third = fund.person("provider", organisation=organisation)
    steps.new_generation(
        "provider", organisation=organisation, members=[colleague.id, third.id], by=fund.coordinator.ring
    )
    list(jobs.reseal("provider", organisation=organisation, by=fund.coordinator.ring, actor=SYSTEM))
    row.refresh_from_db()
    for who in (colleague, third):
        assert queries.open_disclosure(row, who.ring) == {"a": 1}
    with pytest.raises(errors.NoGrant):
        queries.open_disclosure(row, focal.ring)


# Erasure


def _erase(case: uuid.UUID, capture) -> None:
    with capture(execute=True):
        steps.erase(case)


def test_an_erased_case_opens_for_nobody(fund: Fund, django_capture_on_commit_callbacks) -> None:
    worker = fund.person()
    case, other = fund.case(worker), fund.case(worker)
    row, kept = _row(case, worker), _row(other, worker)
    gone: list[uuid.UUID] = []
    steps.on_erase(gone.append)
    try:
        _erase(case, django_capture_on_commit_callbacks)
    finally:
        steps.erasure._hooks.remove(gone.append)
    assert gone == [case]
    assert queries.is_erased(case)
    for who in (worker, fund.coordinator):
        with pytest.raises(errors.Erased):
            who.ring.open(row, "first_name")
        assert who.ring.open_many([row, kept], ["first_name"], otherwise="-")[1] == {"first_name": "ნინო"}
    assert keystore().read([case]) == {}
    assert not CaseKey.objects.filter(case=case).exists()


def test_until_the_act_is_committed_the_secret_stays(fund: Fund) -> None:
    case = fund.case()
    steps.erase(case)
    assert keystore().read([case])
    # The machine died in between: the replay ends the work.
    assert queries.is_erased(case)


def test_an_erased_case_does_not_open_from_a_restored_old_database(
    fund: Fund, django_capture_on_commit_callbacks
) -> None:
    worker = fund.person()
    case = fund.case(worker)
    row = _row(case, worker)
    old = serializers.serialize("json", [*CaseKey.objects.filter(case=case), *Grant.objects.filter(case=case)])
    _erase(case, django_capture_on_commit_callbacks)
    # An old database comes back, which knows nothing of the erasure.
    Erasure.objects.all().delete()
    for each in serializers.deserialize("json", old):
        each.save()
    for who in (worker, fund.coordinator, fund.director):
        with pytest.raises(errors.Erased):
            who.ring.open(row, "first_name")
    with django_capture_on_commit_callbacks(execute=True):
        assert steps.replay_erasures() == 1
    assert queries.is_erased(case)
    assert not Grant.objects.filter(case=case).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert steps.replay_erasures() == 0


def test_an_old_copy_of_the_keystore_learns_of_erasures_from_the_database(
    fund: Fund, django_capture_on_commit_callbacks, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = fund.case()
    keystore().copy(tmp_path / "copy.sqlite3")
    _erase(case, django_capture_on_commit_callbacks)
    back = Keystore(tmp_path / "copy.sqlite3")
    assert back.read([case])
    monkeypatch.setitem(shred._stores, keystore().path, back)
    with django_capture_on_commit_callbacks(execute=True):
        assert steps.replay_erasures() >= 1
    assert back.read([case]) == {}
    back.close()


def test_without_the_right_keystore_nothing_opens_and_it_says_so(fund: Fund, settings, tmp_path) -> None:
    worker = fund.person()
    row = _row(fund.case(worker), worker)
    settings.GZA_SHRED = tmp_path / "another"
    with pytest.raises(errors.ShredMissing):
        worker.ring.open(row, "first_name")
    keystore().close()


# The keystore itself


def test_a_secret_is_made_once_and_gone_when_erased(tmp_path) -> None:
    store, case = Keystore(tmp_path / "deep" / "s.sqlite3"), uuid.uuid4()
    first = store.make([case])[case]
    assert store.make([case])[case] == first
    assert store.count() == 1
    assert (store.path.stat().st_mode & 0o077, store.path.parent.stat().st_mode & 0o077) == (0, 0)
    store.erase({case: clock.now()})
    assert list(store.erased()) == [case]
    assert store.read([case]) == {}
    store.close()
    left = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert first not in left


def test_the_copy_is_replaced_never_a_second_one(tmp_path) -> None:
    store = Keystore(tmp_path / "s.sqlite3")
    cases = [uuid.uuid4() for _ in range(1200)]
    secrets = store.make(cases)
    folder = tmp_path / "copies"
    for _ in range(3):
        store.copy(folder / "copy.sqlite3")
    store.erase({cases[0]: clock.now()})
    store.copy(folder / "copy.sqlite3")
    assert [path.name for path in folder.iterdir()] == ["copy.sqlite3"]
    assert (folder / "copy.sqlite3").stat().st_mode & 0o077 == 0
    assert secrets[cases[0]] not in (folder / "copy.sqlite3").read_bytes()
    copy = Keystore(folder / "copy.sqlite3")
    assert copy.read(cases) == {case: secrets[case] for case in cases[1:]}
    copy.close()
    store.close()
    shutil.rmtree(folder)


def test_a_failed_write_leaves_the_keystore_as_it_was(tmp_path) -> None:
    store, case = Keystore(tmp_path / "s.sqlite3"), uuid.uuid4()
    store.make([case])
    with pytest.raises(AttributeError):
        store.erase({case: None})
    assert store.read([case])
    store.close()


# In bulk


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
