"""People come, lose passwords, leave; the Fund is founded and recovered."""

import itertools
import os
import uuid

import pytest

from gza.core import material
from gza.core.actors import SYSTEM
from gza.ledger.models import Event
from gza.vault import errors, founding, jobs, queries, steps, trust
from gza.vault.crypto import kdf, keys
from gza.vault.models import Endorsement, FundShare, Grant, GroupKey, GroupMember, UserKey
from gza.vault.ring import Ring
from tests.vault.factories import Fund, Person
from tests.vault.stand.models import Beneficiary

pytestmark = pytest.mark.django_db


def _row(case: uuid.UUID, who: Person) -> Beneficiary:
    row = Beneficiary(case_id=case)
    who.ring.fill(row, first_name="ნინო")
    row.save()
    return row


def _opens(who: Person, row: Beneficiary) -> bool:
    return bool(who.ring.open_many([row], ["first_name"], otherwise="")[0]["first_name"])


# Founding


def test_the_founding_gives_three_shares_and_groups_that_two_people_hold(fund: Fund) -> None:
    assert len(set(fund.shares)) == 3
    assert {group.kind for group in queries.thin_groups()} == set()
    for kind in ("registry", "statistics", "complaints", "monitor"):
        assert queries.members(kind) == {fund.coordinator.id, fund.director.id}
    assert trust.fund_public().hex() == fund.public


def test_it_is_held_once_and_by_two_people(fund: Fund) -> None:
    people = [founding.Founder(uuid.uuid4(), role, os.urandom(32)) for role in ("coordinator", "director")]
    with pytest.raises(errors.VaultError):
        founding.found(people)
    from gza.vault.models import Fund as FundRow

    FundRow.objects.all().delete()
    with pytest.raises(errors.TooFew):
        founding.found(people[:1])


def test_before_the_founding_nothing_can_be_opened(db: None) -> None:
    with pytest.raises(errors.NotFounded):
        trust.fund_public()
    with pytest.raises(errors.NotFounded):
        trust.Trust().group("registry")


def test_the_funds_key_is_held_by_directors_alone(fund: Fund) -> None:
    second, coordinator = fund.person("director"), fund.person("coordinator")
    with pytest.raises(errors.NoGrant):
        steps.share_fund_key(second.id, by=fund.coordinator.ring)
    with pytest.raises(errors.Untrusted):
        steps.share_fund_key(coordinator.id, by=fund.director.ring)
    steps.share_fund_key(second.id, by=fund.director.ring)
    seed = steps.groups.fund_seed(second.ring)
    assert keys.sign_public(seed).hex() == fund.public
    # A share that was put in place of the true one is not believed.
    steps.groups.seal_fund_key(second.ring.certificate, os.urandom(32))
    with pytest.raises(errors.Untrusted):
        steps.groups.fund_seed(second.ring)


# Passwords


def test_a_changed_password_opens_the_same_keys(fund: Fund) -> None:
    who = fund.person()
    row = _row(fund.case(who), who)
    old, new = who.wrapping, os.urandom(32)
    steps.rewrap(who.ring.opened, new)
    assert _opens(Person(who.id, who.role, new), row)
    with pytest.raises(errors.Tampered):
        queries.open_keys(who.id, old)
    assert queries.open_keys(uuid.uuid4(), new) is None


def test_a_lost_password_costs_no_case_when_a_co_holder_grants_again(fund: Fund) -> None:
    who = fund.person()
    cases = [fund.case(who) for _ in range(5)]
    row = _row(cases[0], who)
    anew = Person(who.id, who.role, os.urandom(32))
    before = queries.fingerprint(who.id)
    steps.make_keys(who.id, anew.wrapping)
    assert queries.fingerprint(who.id) != before
    assert not _opens(anew, row)
    with pytest.raises(errors.Untrusted):
        list(jobs.regrant(who.id, by=fund.director.ring, actor=SYSTEM))
    fund.certify(anew)
    assert queries.waiting_for_regrant(who.id).count() == 5
    done = list(jobs.regrant(who.id, by=fund.director.ring, actor=SYSTEM, size=2))
    assert [(each.done, each.left) for each in done] == [(2, 3), (4, 1), (5, 0)]
    assert _opens(anew, row)
    assert Event.objects.filter(verb="vault.regranted").count() == 3
    assert UserKey.objects.filter(user=who.id).count() == 2


def test_a_coordinator_who_lost_the_password_joins_the_registry_again(fund: Fund) -> None:
    row = _row(fund.case(), fund.director)
    third = fund.person("coordinator")
    anew = Person(third.id, "coordinator", os.urandom(32))
    steps.make_keys(third.id, anew.wrapping)
    assert not _opens(anew, row)
    fund.certify(anew)
    steps.add_member("registry", third.id, by=fund.coordinator.ring)
    assert _opens(anew, row)


def test_nobody_but_a_member_adds_a_member(fund: Fund) -> None:
    worker, officer = fund.person(), fund.person("statistics")
    with pytest.raises(errors.NoGrant):
        steps.add_member("statistics", officer.id, by=worker.ring)
    with pytest.raises(errors.Untrusted):
        steps.add_member("registry", worker.id, by=fund.coordinator.ring)
    with pytest.raises(errors.NotFounded):
        steps.add_member("provider", worker.id, organisation=uuid.uuid4(), by=fund.coordinator.ring)
    with pytest.raises(errors.TooFew):
        steps.make_group("provider", organisation=uuid.uuid4(), members=[worker.id], by=fund.coordinator.ring)


# Leaving


def test_who_leaves_opens_nothing_new_and_a_job_seals_the_registry_again(fund: Fund) -> None:
    leaver, worker = fund.person("coordinator"), fund.person()
    steps.add_member("statistics", leaver.id, by=fund.director.ring)
    own = fund.case(leaver, worker)
    cases = [fund.case(worker) for _ in range(6)]
    rows = [_row(case, worker) for case in (own, *cases)]
    kept = leaver.ring
    kept.circle.groups()
    ring = fund.director.ring
    steps.end_certificates(leaver.id)
    changed = steps.leave_groups(leaver.id, by=ring)
    assert {group.kind for group in changed} == {"registry", "statistics"}
    assert not _opens(leaver, rows[1])
    # Meanwhile everybody else works on: the new generation wraps the one before.
    for who in (fund.coordinator, fund.director):
        assert all(_opens(who, row) for row in rows)
    fresh = fund.case(worker)
    assert fresh not in kept.cases([fresh])
    waiting = queries.waiting_for_reseal("registry")
    assert waiting.count() == 7
    steps_done = jobs.reseal("registry", by=fund.coordinator.ring, actor=SYSTEM, size=3)
    assert next(steps_done).left == 4
    steps_done.close()  # the session ended; another one goes on
    done = list(jobs.reseal("registry", by=fund.director.ring, actor=SYSTEM, size=3))
    assert [(each.done, each.left) for each in done] == [(3, 1), (4, 0)]
    list(jobs.reseal("statistics", by=fund.director.ring, actor=SYSTEM))
    assert not GroupKey.objects.exclude(link=None).exists()
    assert Event.objects.filter(verb="vault.link_destroyed").count() == 2
    for who in (fund.coordinator, fund.director):
        assert all(_opens(who, row) for row in rows)
    # The cases they held by name go to a new epoch.
    assert [each.left for each in jobs.rotate_held(leaver.id, by=fund.director.ring, actor=SYSTEM)] == [0]
    assert queries.epoch(own) == 2
    assert all(_opens(worker, row) for row in rows)


def test_a_leaving_is_never_held_up(fund: Fund) -> None:
    ring = fund.director.ring
    assert steps.leave_groups(fund.coordinator.id, by=ring) == []
    assert {group.kind for group in queries.thin_groups()} == {"registry", "statistics", "complaints", "monitor"}
    assert not GroupMember.objects.filter(user=fund.coordinator.id).exists()


def test_nobody_makes_the_key_that_they_shall_not_know(fund: Fund) -> None:
    with pytest.raises(errors.Untrusted):
        steps.new_generation("registry", without=[fund.director.id], by=fund.director.ring)
    with pytest.raises(errors.Untrusted):
        steps.new_generation("registry", by=fund.person().ring)
    with pytest.raises(errors.NotFounded):
        steps.new_generation("provider", organisation=uuid.uuid4(), by=fund.director.ring)


def test_a_link_to_another_key_is_noticed(fund: Fund) -> None:
    row = _row(fund.case(), fund.director)
    steps.new_generation("registry", by=fund.director.ring)
    newest = GroupKey.objects.get(group__kind="registry", generation=2)
    wrong = keys.Sender().seal(bytes(newest.box_public), os.urandom(32), b"")
    GroupKey.objects.filter(id=newest.id).update(link=wrong)
    with pytest.raises(errors.Tampered):
        fund.coordinator.ring.open(row, "first_name")
    GroupKey.objects.filter(id=newest.id).update(link=None)
    assert not _opens(fund.coordinator, row)


# Recovery


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_any_two_shares_recover_and_no_fewer(fund: Fund, size: int) -> None:
    for some in itertools.combinations(fund.shares, size):
        if size < 2:
            with pytest.raises(errors.BadShare):
                founding.recover(some)
        else:
            recovered = founding.recover(some)
            assert recovered.server == material.key("server")
            assert recovered.index == material.key("index")
            assert recovered.recovery.hex() not in repr(recovered)


def test_when_everybody_is_gone_two_custodians_bring_a_case_back(fund: Fund) -> None:
    worker = fund.person()
    row = _row(fund.case(worker), worker)
    people = [Person(uuid.uuid4(), role, os.urandom(32)) for role in ("coordinator", "director")]
    recovered = founding.recover(fund.shares[1:])
    for who in people:
        steps.make_keys(who.id, who.wrapping)
        founding.certify_by_fund(who.id, role=who.role, fund_seed=recovered.fund)
    ring = founding.with_recovery(people[0].ring, recovered)
    assert ring.open(row, "first_name") == "ნინო"
    steps.new_generation("registry", members=[who.id for who in people], by=ring)
    assert [each.left for each in jobs.reseal("registry", by=ring, actor=SYSTEM)] == [0]
    assert _opens(people[1], row)
    steps.groups.seal_fund_key(people[1].ring.certificate, recovered.fund)
    assert FundShare.objects.filter(user=people[1].id).exists()


def test_new_shares_make_the_old_ones_worthless(fund: Fund) -> None:
    row = _row(fund.case(), fund.director)
    old = founding.recover(fund.shares[:2])
    shares = founding.make_recovery(steps.groups.fund_seed(fund.director.ring))
    with pytest.raises(errors.BadShare):
        founding.recover(fund.shares[:2])
    with pytest.raises(errors.BadShare):
        founding.recover([shares[0], fund.shares[1]])
    with pytest.raises(errors.BadShare):
        founding.with_recovery(fund.director.ring, old)
    assert [each.left for each in jobs.reseal("recovery", by=fund.director.ring, actor=SYSTEM)] == [0]
    stranger = Person(uuid.uuid4(), "coordinator", os.urandom(32))
    steps.make_keys(stranger.id, stranger.wrapping)
    ring = founding.with_recovery(stranger.ring, founding.recover(shares[1:]))
    assert ring.open(row, "first_name") == "ნინო"


def test_shares_of_another_founding_are_refused(fund: Fund) -> None:
    from gza.vault.models import Fund as FundRow

    FundRow.objects.update(sign_public=os.urandom(32))
    with pytest.raises(errors.BadShare):
        founding.recover(fund.shares[:2])


def test_a_lost_server_key_locks_everybody_out_until_two_custodians_bring_it_back(fund: Fund) -> None:
    server, cost = material.key("server"), (1, 8, 1)
    made = kdf.make("ოთხი მოკლე სიტყვა აქ", server, cost)
    person = uuid.uuid4()
    steps.make_keys(person, made.wrapping)
    lost = os.urandom(32)
    assert kdf.check("ოთხი მოკლე სიტყვა აქ", made.encoded, lost) is None
    with pytest.raises(errors.Tampered):
        queries.open_keys(person, kdf.make("ოთხი მოკლე სიტყვა აქ", lost, cost).wrapping)
    found = kdf.check("ოთხი მოკლე სიტყვა აქ", made.encoded, founding.recover(fund.shares[::2]).server)
    assert found is not None
    assert queries.open_keys(person, found.wrapping) is not None


# Certificates


def test_a_renewed_certificate_needs_its_signatures_again(fund: Fund) -> None:
    worker = fund.person()
    fund.certify(worker, days=800)
    assert trust.Trust().user(worker.id).valid_to > trust.seconds() + 799 * 86400
    assert queries.expiring_certificates(500).count() == 3
    assert Endorsement.objects.count() == 4


def test_a_ring_of_lost_keys_signs_nothing(fund: Fund) -> None:
    old = fund.person()
    ring = old.ring
    anew = Person(old.id, old.role, os.urandom(32))
    steps.make_keys(old.id, anew.wrapping)
    fund.certify(anew)
    with pytest.raises(errors.Untrusted):
        steps.open_case(uuid.uuid4(), holders=[], by=ring)


def test_whoever_acts_needs_a_ring(fund: Fund) -> None:
    class Carrier:
        ring = fund.coordinator.ring

    steps.open_case(uuid.uuid4(), holders=[], by=Carrier())
    Carrier.ring = None
    with pytest.raises(TypeError):
        steps.open_case(uuid.uuid4(), holders=[], by=Carrier())
    with pytest.raises(errors.Locked):
        steps.open_case(uuid.uuid4(), holders=[], by=Ring(fund.coordinator.id))
    assert repr(Ring(fund.coordinator.id)) == "<Ring locked>"
    assert Grant.objects.count() == 3
