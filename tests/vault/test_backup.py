"""A restore is believed when two holders signed it, over the very head it goes on from."""

import pytest

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.ledger import heads
from gza.ledger.models import Event, Head
from gza.ledger.verify import RESTORED, verify
from gza.ledger.work import act
from gza.vault import backup, errors, queries
from gza.vault.shred import keystore
from tests.vault.factories import Fund

pytestmark = pytest.mark.django_db


def _events(count: int) -> None:
    for _ in range(count):
        with act("a.b", by=SYSTEM):
            pass


@pytest.fixture(autouse=True)
def _own_heads(settings, tmp_path) -> None:
    settings.GZA_HEADS = tmp_path / "heads"


def test_two_holders_sign_and_what_was_erased_stays_erased(fund: Fund) -> None:
    case = fund.case()
    keystore().erase({case: clock.now()})
    _events(3)
    # The heads of what the restored database has forgotten.
    heads.export(3, bytes(Event.objects.get(seq=3).hash))
    heads.export(9, bytes(32))
    assert not verify(signed_by_two=backup.signed_by_two).ok
    assert backup.after_restore(by=[fund.coordinator.ring, fund.director.ring], actor=SYSTEM) == 1
    assert queries.is_erased(case)
    report = verify(signed_by_two=backup.signed_by_two)
    assert report.problems == []
    assert report.seq == 4


def test_one_person_twice_and_a_social_worker_restore_nothing(fund: Fund) -> None:
    worker = fund.person()
    with pytest.raises(errors.TooFew):
        backup.after_restore(by=[fund.director.ring, fund.director.ring], actor=SYSTEM)
    with pytest.raises(errors.Untrusted):
        backup.after_restore(by=[fund.director.ring, worker.ring], actor=SYSTEM)
    assert not Event.objects.exists()


def test_a_restore_that_was_moved_or_changed_is_not_believed(fund: Fund) -> None:
    _events(2)
    backup.after_restore(by=[fund.coordinator.ring, fund.director.ring], actor=SYSTEM)
    event = Event.objects.get(verb=RESTORED)
    assert backup.signed_by_two(event)
    good = event.facts
    first, second = good["signatures"]
    worker = fund.person().ring
    foreign = {
        "certificate": str(worker.certificate.id),
        "signature": worker.sign("restore", 2, bytes(event.prev), good["signed_at"], worker.certificate.id).hex(),
    }
    for facts in (
        {}, {**good, "since": 1}, {**good, "signed_at": good["signed_at"] - 1}, {**good, "signatures": [first]},
        {**good, "signatures": [first, first]}, {**good, "signatures": [first, {**second, "signature": "00"}]},
        {**good, "signatures": [first, foreign]}, {**good, "signatures": [first, {"certificate": "x"}]},
        {**good, "signed_at": good["signed_at"] + 10**6}, {**good, "signatures": None},
    ):  # fmt: skip
        event.facts = facts
        assert not backup.signed_by_two(event), facts
    event.facts = good
    event.prev = bytes(32)
    assert not backup.signed_by_two(event)
    event.prev, event.seq = Head.objects.get().hash, 9
    assert not backup.signed_by_two(event)
