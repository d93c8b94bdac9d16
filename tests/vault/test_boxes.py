"""Texts of a group: opened by its members alone, believed from certified officers, sealed anew after a leaving."""

import uuid

import pytest

from gza.core.actors import SYSTEM
from gza.ledger.models import Event
from gza.vault import boxes, errors, jobs, steps
from gza.vault.models import GroupBox, GroupKey
from gza.vault.ring import Ring

from . import factories
from .factories import Fund, Person

pytestmark = pytest.mark.django_db
LABEL, TEXT = "tests.counts", b'{"2024": 7}'


@pytest.fixture
def fund(db: None) -> Fund:
    return factories.fund()


@pytest.fixture
def officer(fund: Fund) -> Person:
    made = fund.person("statistics")
    steps.add_member("statistics", made.id, by=fund.coordinator.ring)
    return made


def test_members_of_the_group_open_it_and_nobody_else(fund: Fund, officer: Person) -> None:
    subject, worker = uuid.uuid4(), fund.person()
    row = boxes.put("statistics", LABEL, subject, TEXT, by=officer.ring)
    assert TEXT not in bytes(row.blob)
    for who in (officer, fund.coordinator, fund.director):
        assert boxes.read(LABEL, subject, who.ring) == TEXT
    with pytest.raises(errors.NoGrant):
        boxes.read(LABEL, subject, worker.ring)
    with pytest.raises(errors.Locked):
        boxes.read(LABEL, subject, Ring(officer.id))
    with pytest.raises(errors.NotFounded):
        boxes.read(LABEL, uuid.uuid4(), officer.ring)
    boxes.put("statistics", LABEL, subject, b"later", by=officer.ring)
    assert boxes.read(LABEL, subject, officer.ring) == b"later"
    assert GroupBox.objects.count() == 1
    boxes.remove(LABEL, subject)
    assert not GroupBox.objects.exists()


def test_a_box_moved_changed_or_forged_is_refused(fund: Fund, officer: Person) -> None:
    subject = uuid.uuid4()
    row = boxes.put("statistics", LABEL, subject, TEXT, by=officer.ring)
    GroupBox.objects.filter(id=row.id).update(subject=(other := uuid.uuid4()))
    with pytest.raises(errors.Tampered):
        boxes.read(LABEL, other, officer.ring)
    GroupBox.objects.filter(id=row.id).update(subject=subject, blob=bytes(row.blob)[:-1] + b"x")
    with pytest.raises(errors.Tampered):
        boxes.read(LABEL, subject, officer.ring)
    forged = boxes.put("statistics", LABEL, uuid.uuid4(), TEXT, by=fund.person().ring)
    with pytest.raises(errors.Untrusted):
        boxes.read(LABEL, forged.subject, officer.ring)


def test_after_a_leaving_boxes_are_sealed_again_before_the_link_goes(fund: Fund, officer: Person) -> None:
    subjects = [uuid.uuid4() for _ in range(3)]
    for subject in subjects:
        boxes.put("statistics", LABEL, subject, TEXT, by=officer.ring)
    steps.end_certificates(officer.id)
    steps.leave_groups(officer.id, by=fund.director.ring)
    with pytest.raises(errors.NoGrant):
        boxes.read(LABEL, subjects[0], officer.ring)
    assert boxes.waiting("statistics").count() == 3
    list(jobs.reseal("statistics", by=fund.person().ring, actor=SYSTEM))
    assert GroupKey.objects.exclude(link=None).exists(), "who holds no key leaves the link alone"
    done = list(jobs.reseal("statistics", by=fund.director.ring, actor=SYSTEM, size=2))
    assert [(one.done, one.left) for one in done] == [(2, 1), (1, 0)]
    assert Event.objects.filter(verb="vault.boxes_resealed").count() == 2
    assert not GroupKey.objects.exclude(link=None).exists()
    assert boxes.read_many(LABEL, subjects, fund.coordinator.ring) == dict.fromkeys(subjects, TEXT)
