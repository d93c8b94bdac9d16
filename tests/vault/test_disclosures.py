"""Disclosures: a provider's own small packet, its end, its answer."""

import datetime as dt
import uuid

import pytest

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.vault import errors, jobs, queries, steps
from gza.vault.models import Disclosure
from tests.vault.factories import Fund, Person
from tests.vault.rows import opens, sealed_row

pytestmark = pytest.mark.django_db


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
    row = sealed_row(case, worker)
    last_day = clock.today() + dt.timedelta(days=30)
    steps.disclose(case, organisation, {"name": "ნინო", "need": "ექიმი"}, last_day, by=worker.ring)
    told = queries.disclosures(organisation).get()
    for who in (focal, colleague, worker, fund.director):
        assert queries.open_disclosure(told, who.ring) == {"name": "ნინო", "need": "ექიმი"}
    assert not opens(focal, row)
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
