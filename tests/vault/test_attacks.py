"""What somebody does who can write to the database: each attempt is noticed, none opens or redirects anything."""

import datetime as dt
import os
import uuid

import pytest
from django.db.models import F

from gza.core import clock
from gza.vault import errors, steps, trust
from gza.vault.casekeys import CaseKeys
from gza.vault.crypto import keys
from gza.vault.grants import Granter, Target
from gza.vault.models import CaseKey, Certificate, Endorsement, Grant, GroupKey, GroupMember, UserKey
from gza.vault.sealed import Sealed
from tests.vault.factories import Fund, Person
from tests.vault.stand.models import Beneficiary

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(fund: Fund) -> Person:
    return fund.person()


def _row(case: uuid.UUID, who: Person, **texts: str) -> Beneficiary:
    row = Beneficiary(case_id=case)
    who.ring.fill(row, **(texts or {"first_name": "ნინო"}))
    row.save()
    return row


def _flipped(blob: bytes):
    for place in range(len(blob)):
        yield blob[:place] + bytes([blob[place] ^ 0x40]) + blob[place + 1 :]


def test_ciphertexts_swapped_between_rows_fields_and_cases_do_not_open(fund: Fund, worker: Person) -> None:
    case, other = fund.case(worker), fund.case(worker)
    first = _row(case, worker, first_name="ნინო", last_name="ბერიძე", diagnosis="x")
    second = _row(case, worker, first_name="მარიამ")
    foreign = _row(other, worker, first_name="ანა")
    ring = worker.ring
    for source, name in ((first, "last_name"), (first, "diagnosis"), (second, "first_name"), (foreign, "first_name")):
        target = Beneficiary.objects.get(id=first.id)
        target.first_name = getattr(source, name)
        with pytest.raises(errors.Tampered):
            ring.open(target, "first_name")
    moved = Beneficiary.objects.get(id=first.id)
    moved.case_id = other
    with pytest.raises(errors.Tampered):
        ring.open(moved, "first_name")


def test_every_flipped_byte_of_a_field_is_noticed(fund: Fund, worker: Person) -> None:
    row = _row(fund.case(worker), worker)
    ring = worker.ring
    for changed in _flipped(row.first_name.raw()):
        row.first_name = Sealed(changed)
        with pytest.raises(errors.VaultError):
            ring.open(row, "first_name")


@pytest.mark.parametrize("column", ["blob", "signature"])
def test_every_flipped_byte_of_a_grant_is_noticed(fund: Fund, worker: Person, column: str) -> None:
    case = fund.case(worker)
    grant = Grant.objects.get(case=case, grantee=worker.id)
    for changed in _flipped(bytes(getattr(grant, column))):
        Grant.objects.filter(id=grant.id).update(**{column: changed})
        with pytest.raises(errors.Tampered):
            worker.ring.case(case)


def test_every_other_column_of_a_grant_is_signed(fund: Fund, worker: Person) -> None:
    case, other = fund.case(worker), uuid.uuid4()
    grant = Grant.objects.get(case=case, grantee=worker.id)
    steps.open_case(other, holders=[], by=fund.coordinator.ring)
    for change in (
        {"epoch": 2}, {"section": "health"}, {"signed_at": F("signed_at") + 1}, {"case": other},
    ):  # fmt: skip
        Grant.objects.filter(id=grant.id).update(**change)
        with pytest.raises(errors.Tampered):
            worker.ring.case(change.get("case", case))
        Grant.objects.filter(id=grant.id).update(epoch=1, section="", signed_at=grant.signed_at, case=case, kind="user")
    Grant.objects.filter(id=grant.id).update(signer=fund.director.ring.certificate.id)
    with pytest.raises(errors.Tampered):
        worker.ring.case(case)


def test_a_replaced_public_key_gets_nothing(fund: Fund, worker: Person) -> None:
    case, target = fund.case(), worker.id
    evil = keys.make(target, 1)
    Certificate.objects.filter(user=target).update(box_public=evil.box_public)
    with pytest.raises(errors.Untrusted):
        steps.grant(case, target, by=fund.coordinator.ring)
    UserKey.objects.filter(user=target).update(box_public=evil.box_public)
    with pytest.raises(errors.Tampered):
        _ = worker.ring
    assert not Grant.objects.filter(grantee=target).exists()


def test_every_signed_column_of_a_certificate_matters(fund: Fund, worker: Person) -> None:
    case = fund.case()
    row = Certificate.objects.get(user=worker.id)
    changes = {
        "role": "coordinator", "organisation": uuid.uuid4(), "generation": 2, "sign_public": os.urandom(32),
        "valid_to": row.valid_to + 1, "valid_from": row.valid_from - 1, "founding": True, "user": uuid.uuid4(),
    }  # fmt: skip
    for column, value in changes.items():
        Certificate.objects.filter(id=row.id).update(**{column: value})
        trust.forget()
        with pytest.raises(errors.Untrusted):
            steps.grant(case, value if column == "user" else worker.id, by=fund.coordinator.ring)
        Certificate.objects.filter(id=row.id).update(**{column: getattr(row, column)})
    steps.grant(case, worker.id, by=fund.coordinator.ring)


def test_a_replaced_group_key_gets_nothing(fund: Fund, worker: Person) -> None:
    evil = os.urandom(32)
    GroupKey.objects.filter(group__kind="registry").update(box_public=keys.box_public(evil))
    with pytest.raises(errors.Untrusted):
        fund.case(worker)
    with pytest.raises(errors.Tampered):
        fund.coordinator.ring.circle.opener(GroupKey.objects.get(group__kind="registry").group_id, 1)


def test_an_added_group_generation_signed_by_nobody_who_may_is_refused(fund: Fund, worker: Person) -> None:
    last = GroupKey.objects.get(group__kind="registry")
    ring, public = worker.ring, keys.box_public(os.urandom(32))
    parts = trust.group_parts(last.group_id, "registry", None, 2, public)
    at, signer = trust.seconds(), ring.certificate.id
    GroupKey.objects.create(
        group=last.group, generation=2, box_public=public, signer_id=signer, signed_at=at,
        signature=ring.sign("group key", *parts, at, signer),
    )  # fmt: skip
    with pytest.raises(errors.Untrusted):
        fund.case(worker)


def test_a_forged_grant_is_not_believed_whoever_signs_it(fund: Fund, worker: Person) -> None:
    case = fund.case(worker)
    evil = CaseKeys(case, 1, bytes(32), {"": os.urandom(32)})
    cert = trust.Trust().user(worker.id)
    stranger = keys.make(uuid.uuid4(), 1)
    provider = fund.person("provider", organisation=uuid.uuid4())
    signers = [
        (stranger, cert.id),
        (stranger, fund.coordinator.ring.certificate.id),
        (provider.ring.opened, provider.ring.certificate.id),
    ]
    for opened, certificate in signers:
        forged = Granter(keys.Signer(opened.sign), certificate, trust.seconds()).make(evil, "", Target.of(cert))
        Grant.objects.filter(case=case, grantee=worker.id).delete()
        forged.save()
        with pytest.raises((errors.Tampered, errors.Untrusted)):
            worker.ring.case(case)


def test_a_provider_cannot_open_or_grant_a_case(fund: Fund) -> None:
    provider = fund.person("provider", organisation=uuid.uuid4())
    with pytest.raises(errors.Untrusted):
        steps.open_case(uuid.uuid4(), holders=[], by=provider.ring)


def test_a_grant_of_an_earlier_epoch_opens_what_was_and_seals_nothing(fund: Fund, worker: Person) -> None:
    second = fund.person()
    case = fund.case(worker, second)
    before = _row(case, worker)
    kept = Grant.objects.get(case=case, grantee=worker.id)
    steps.revoke(case, worker.id, by=fund.coordinator.ring)
    after = _row(case, second, first_name="ახალი")
    with pytest.raises(errors.NoGrant):
        worker.ring.open(before, "first_name")
    kept.id = None
    kept.save()
    assert worker.ring.open(before, "first_name") == "ნინო"
    with pytest.raises(errors.Tampered):
        worker.ring.open(after, "first_name")
    with pytest.raises(errors.StaleEpoch):
        worker.ring.fill(before, first_name="x")
    with pytest.raises(errors.StaleEpoch):
        steps.grant(case, worker.id, by=worker.ring)


def test_a_changed_or_missing_link_is_noticed(fund: Fund, worker: Person) -> None:
    case = fund.case(worker)
    row = _row(case, worker)
    steps.rotate(case, by=fund.coordinator.ring)
    assert worker.ring.open(row, "first_name") == "ნინო"
    links = bytes(CaseKey.objects.get(case=case, epoch=2).links)
    for changed in (links[:-700] + bytes(700), b"", os.urandom(len(links)), links[79:] + links[:79]):
        CaseKey.objects.filter(case=case, epoch=2).update(links=changed)
        with pytest.raises(errors.Tampered):
            worker.ring.open(row, "first_name")


def test_an_expired_certificate_gets_nothing_and_grants_nothing(fund: Fund, worker: Person) -> None:
    case = fund.case(worker)
    row = _row(case, worker)
    later = clock.now() + dt.timedelta(days=401)
    with clock.pretend(later):
        with pytest.raises(errors.Expired):
            steps.grant(case, worker.id, by=fund.coordinator.ring)
        with pytest.raises(errors.Expired):
            steps.open_case(uuid.uuid4(), holders=[], by=worker.ring)
        # What was granted in its time still opens.
        assert worker.ring.open(row, "first_name") == "ნინო"
    with clock.pretend(later - dt.timedelta(days=10)):
        fund.certify(worker)
    # The coordinator too has to be renewed before anything new is granted.
    with clock.pretend(later), pytest.raises(errors.Expired):
        steps.grant(case, worker.id, by=fund.coordinator.ring)


def test_one_signature_makes_no_coordinator(fund: Fund, worker: Person) -> None:
    from gza.vault import queries

    who = Person(uuid.uuid4(), "coordinator", os.urandom(32))
    steps.make_keys(who.id, who.wrapping)
    mark = queries.fingerprint(who.id) or ""
    row = steps.issue_certificate(who.id, role="coordinator", fingerprint=mark, by=fund.coordinator.ring)
    steps.endorse(row.id, fingerprint=mark, by=fund.coordinator.ring)
    assert queries.pending_certificates() == [row]
    with pytest.raises(errors.Untrusted):
        steps.add_member("registry", who.id, by=fund.coordinator.ring)
    # Two signatures of one hand, the second under a name that has no certificate that holds.
    Endorsement.objects.create(
        certificate=row, signer=row, signed_at=trust.seconds(),
        signature=who.ring.sign("certificate", *trust.cert_of_row(row).signed(), trust.seconds(), row.id),
    )  # fmt: skip
    with pytest.raises(errors.Untrusted):
        steps.add_member("registry", who.id, by=fund.coordinator.ring)
    steps.endorse(row.id, fingerprint=mark, by=fund.director.ring)
    steps.add_member("registry", who.id, by=fund.coordinator.ring)
    assert who.ring.open(_row(fund.case(worker), worker), "first_name") == "ნინო"


def test_a_wrong_fingerprint_a_social_worker_and_oneself_certify_nobody(fund: Fund, worker: Person) -> None:
    from gza.vault import queries

    mark = queries.fingerprint(worker.id) or ""
    for by, said in (
        (fund.coordinator, "0000 " * 8), (worker, mark), (fund.person(), mark),
    ):  # fmt: skip
        with pytest.raises(errors.Untrusted):
            steps.issue_certificate(worker.id, role="social_worker", fingerprint=said, by=by.ring)
    own = queries.fingerprint(fund.coordinator.id) or ""
    with pytest.raises(errors.Untrusted):
        steps.issue_certificate(fund.coordinator.id, role="director", fingerprint=own, by=fund.coordinator.ring)
    with pytest.raises(errors.Untrusted):
        steps.issue_certificate(uuid.uuid4(), role="director", fingerprint=own, by=fund.coordinator.ring)


def test_the_pinned_key_of_the_fund_is_what_counts(fund: Fund, worker: Person, settings) -> None:
    trust.forget()
    settings.GZA_FUND_KEY = fund.public
    fund.case(worker)
    trust.forget()
    settings.GZA_FUND_KEY = os.urandom(32).hex()
    with pytest.raises(errors.Untrusted):
        fund.case(worker)
    settings.GZA_FUND_KEY, settings.MODE = "", "production"
    with pytest.raises(errors.Untrusted):
        fund.case(worker)


def test_a_stolen_key_certifies_nobody_from_the_moment_of_the_theft(fund: Fund) -> None:
    start = clock.now()
    with clock.pretend(start + dt.timedelta(days=1)):
        early = fund.person()
    with clock.pretend(start + dt.timedelta(days=3)):
        late = fund.person()
    with clock.pretend(start + dt.timedelta(days=4)):
        steps.end_certificates(fund.coordinator.id, since=int((start + dt.timedelta(days=2)).timestamp()))
        case = uuid.uuid4()
        steps.open_case(case, holders=[early.id], by=fund.director.ring)
        with pytest.raises(errors.Untrusted):
            steps.grant(case, late.id, by=fund.director.ring)


def test_a_member_row_of_another_does_not_open(fund: Fund, worker: Person) -> None:
    mine = GroupMember.objects.get(user=fund.coordinator.id, key__group__kind="registry")
    GroupMember.objects.create(key=mine.key, user=worker.id, generation=1, blob=mine.blob)
    with pytest.raises(errors.Tampered):
        worker.ring.circle.secret(mine.key.group_id, 1)
