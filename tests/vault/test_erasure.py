"""Erasure: a case that opens for nobody any more, and the keystore that makes it so."""

import shutil
import uuid

import pytest
from django.core import serializers

from gza.core import clock
from gza.vault import errors, queries, shred, steps
from gza.vault.models import CaseKey, Erasure, Grant
from gza.vault.shred import Keystore, keystore
from tests.vault.factories import Fund
from tests.vault.rows import sealed_row

pytestmark = pytest.mark.django_db


def _erase(case: uuid.UUID, capture) -> None:
    with capture(execute=True):
        steps.erase(case)


def test_an_erased_case_opens_for_nobody(fund: Fund, django_capture_on_commit_callbacks) -> None:
    worker = fund.person()
    case, other = fund.case(worker), fund.case(worker)
    row, kept = sealed_row(case, worker), sealed_row(other, worker)
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
    row = sealed_row(case, worker)
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
    row = sealed_row(fund.case(worker), worker)
    settings.GZA_SHRED = tmp_path / "another"
    with pytest.raises(errors.ShredMissing):
        worker.ring.open(row, "first_name")
    keystore().close()


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
