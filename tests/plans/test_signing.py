"""Signatures over the content's fingerprint, and the plan that comes into force by them (S7.8, S7.10)."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gza.cases import actions as cases
from gza.cases.coded import Coded
from gza.cases.enums import RepresentativeKind, SignatureForm
from gza.cases.inputs import PersonInput, RepresentativeInput
from gza.cases.models import Flag
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions, queries
from gza.plans.actions import Signed
from gza.plans.actions.signing import bound
from gza.plans.models import Plan, PlanVersion, ServiceRequest, Signature
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago, scan
from tests.cases.support import refused
from tests.plans import signed
from tests.plans.factories import newest
from tests.plans.finals import unguarded

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.8", "S7.10")
@pytest.mark.parametrize("order", [("beneficiary", "worker"), ("worker", "beneficiary")])
def test_with_both_signatures_the_plan_is_in_force_in_the_same_act(world: World, order: tuple[str, str]) -> None:
    case = signed.to_sign(world)
    signed.sign(world, case.id, order[0])
    case.refresh_from_db()
    assert (case.stage, case.in_force_on, newest(case.id).state) == (Stage.SIGNATURES, None, "agreed")
    before = case.version
    signed.sign(world, case.id, order[1])
    case.refresh_from_db()
    version = newest(case.id)
    assert (version.state, version.in_force_on, case.stage) == ("in_force", clock.today(), Stage.RUNNING)
    assert case.version == before + 1
    assert (case.starts_on, case.ends_on, case.final_state) == (version.starts_on, version.ends_on, "in_force")
    plan = Plan.objects.get(case=case)
    assert (plan.starts_on, plan.latest_end) == (version.starts_on, version.latest_end)
    assert case.report_due_on is not None
    assert queries.agreed(case).state == "agreed"
    found = queries.verify(version, world.worker.who.ring)
    assert found.holds, found
    shown = queries.opened(queries.signatures(version), world.worker.who.ring)
    assert {one.row.who: one.strokes for one in shown} == dict.fromkeys(order, signed.STROKES)


@pytest.mark.clause("S7.8")
def test_only_what_is_fixed_is_signed_and_each_signs_once(world: World) -> None:
    case = signed.to_submit(world)
    with refused("signatures.not_fixed"):
        signed.sign(world, case.id)
    signed.submit(world, case.id)
    with refused("signatures.not_fixed"):
        signed.sign(world, case.id)
    signed.agree(world, case.id)
    signed.sign(world, case.id)
    with refused("signatures.already"):
        signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    with refused("signatures.not_fixed"):
        signed.sign(world, case.id, "worker")
    assert Signature.objects.count() == 2


@pytest.mark.clause("S7.8")
def test_a_signature_of_another_plan_is_refused(world: World) -> None:
    case, other = signed.to_sign(world), signed.to_sign(world)
    with refused("signatures.other_content"):
        signed.sign(world, case.id, read=bytes(newest(other.id).fingerprint))
    with refused("signatures.other_content"):
        signed.sign(world, case.id, read=b"")


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(
    ("how", "code"),
    [
        (Signed(SignatureForm.SCREEN, " "), "signatures.no_strokes"),
        (Signed(SignatureForm.PAPER, "M1"), "signatures.no_scan"),
        (Signed(SignatureForm.MARK, "M1"), "signatures.no_witness"),
        (Signed(SignatureForm.MARK, "", witness="ლია"), "signatures.no_strokes"),
    ],
)
def test_a_signature_is_in_writing(world: World, how: Signed, code: str) -> None:
    case = signed.to_sign(world)
    with refused(code):
        signed.sign(world, case.id, signed=how)


@pytest.mark.clause("S7.8")
def test_by_mark_before_a_witness_and_on_paper_with_its_scan(world: World) -> None:
    case = signed.to_sign(world)
    with refused("signatures.worker_marks"):
        signed.sign(world, case.id, "worker", signed=Signed(SignatureForm.MARK, "M1", witness="ლია"))
    mark = signed.sign(world, case.id, signed=Signed(SignatureForm.MARK, "M1 1L2 2", witness="ლია მეზობელი"))
    paper = signed.sign(world, case.id, "worker", signed=Signed(SignatureForm.PAPER, scan=scan()))
    assert paper.file_id is not None
    assert world.worker.who.ring.open(mark, "witness") == "ლია მეზობელი"
    assert newest(case.id).state == "in_force"


@pytest.mark.clause("S7.8")
def test_the_plan_is_read_first_in_a_language_the_person_understands(world: World) -> None:
    case = signed.to_sign(world)
    with refused("signatures.not_read"):
        signed.sign(world, case.id, language=" ")


@pytest.mark.clause("S7.8")
def test_the_designated_worker_signs(world: World) -> None:
    case = signed.to_sign(world)
    cases.hand_over(case_id=case.id, worker_id=world.other.id, by=world.coordinator.who)
    type(case).objects.filter(id=case.id).update(holder_id=world.other.id)
    signed.sign(world, case.id, "worker", by=world.other.who)
    assert newest(case.id).signatures.get().recorded_by == world.other.id


def minor(world: World) -> dict[str, Any]:
    born = clock.today().replace(day=1) - dt.timedelta(days=15 * 366)
    person = PersonInput(first_name="ანა", last_name="ლომიძე", birth_date=born)
    return {"person": person, "coded": Coded(year_of_birth=born.year)}


def of_a_child(world: World, kind: RepresentativeKind = RepresentativeKind.CARER, conflict: bool | None = False) -> Any:
    """A minor's case with its final plan to be signed; everything before was signed by the representative."""
    case = world.received(**minor(world))
    who = RepresentativeInput(kind, "მარიამ", "", "")
    row = cases.add_representative(case_id=case.id, who=who, by=world.worker.who)
    cases.check_representative(case_id=case.id, representative_id=row.id, conflict=False, by=world.worker.who)
    for stop in list(on_cases.STEPS):
        if stop in {Stage.REHABILITATION_CONSENT, Stage.REINTEGRATION_CONSENT}:
            scope = "rehabilitation" if stop == Stage.REHABILITATION_CONSENT else "reintegration"
            by_other = on_cases.signature(signer="representative", child_assents=True)
            on_cases.consent(world, case.id, scope, signature=by_other)
        else:
            on_cases.STEPS[stop](world, case.id)
    signed.answered(world, newest(case.id).items.get())
    signed.sought(world, case.id)
    signed.begin(world, case.id)
    signed.submit(world, case.id)
    signed.agree(world, case.id)
    if conflict is not False:
        cases.end_representative(case_id=case.id, representative_id=row.id, by=world.worker.who)
        row = cases.add_representative(case_id=case.id, who=who, by=world.worker.who)
        if conflict is not None:
            cases.check_representative(case_id=case.id, representative_id=row.id, conflict=conflict,
                                       by=world.worker.who)  # fmt: skip
    return case


@pytest.mark.clause("S7.8")
def test_for_a_minor_the_representative_signs_and_the_child_is_asked_apart(world: World) -> None:
    case = of_a_child(world)
    needed = queries.needed(case, newest(case.id), world.worker.who.ring)
    assert (needed.who, needed.minor, needed.child_asked) == (("representative", "worker"), True, False)
    with refused("signatures.minor"):
        signed.sign(world, case.id)
    signed.sign(world, case.id, "representative")
    child = signed.sign(world, case.id, "child", signed=Signed(SignatureForm.SCREEN, assents=False))
    assert child.assents is False
    signed.sign(world, case.id, "worker")
    assert newest(case.id).state == "in_force"
    codes = set(Flag.objects.filter(case=case).values_list("code", flat=True))
    assert "signatures.child_says_no" in codes
    assert "signatures.assent_missing" not in codes


@pytest.mark.clause("S7.8")
def test_a_missing_assent_is_flagged_when_the_plan_begins(world: World) -> None:
    case = of_a_child(world)
    signed.sign(world, case.id, "representative")
    signed.sign(world, case.id, "worker")
    assert Flag.objects.filter(case=case, code="signatures.assent_missing").exists()


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(("conflict", "code"), [(True, "representative.conflict"), (None, "representative.unchecked")])
def test_a_representative_is_checked_for_conflict_first(world: World, conflict: bool | None, code: str) -> None:
    case = of_a_child(world, conflict=conflict)
    with refused(code):
        signed.sign(world, case.id, "representative")


@pytest.mark.clause("S7.8")
def test_a_guardianship_body_replaces_the_representative(world: World) -> None:
    case = of_a_child(world, RepresentativeKind.GUARDIANSHIP_BODY, conflict=None)
    assert signed.sign(world, case.id, "representative").representative is not None


@pytest.mark.clause("S7.8")
def test_an_adult_signs_alone_and_is_not_asked_for_a_childs_assent(world: World) -> None:
    case = signed.to_sign(world)
    with refused("signatures.not_a_child"):
        signed.sign(world, case.id, "child", signed=Signed(SignatureForm.SCREEN, assents=True))
    with refused("representative.absent"):
        signed.sign(world, case.id, "representative")
    who = RepresentativeInput(RepresentativeKind.PARENT, "მარიამ", "", "")
    row = cases.add_representative(case_id=case.id, who=who, by=world.worker.who)
    cases.check_representative(case_id=case.id, representative_id=row.id, conflict=False, by=world.worker.who)
    with refused("representative.adult"):
        signed.sign(world, case.id, "representative")
    assert signed.sign(world, case.id, "representative", court_decision=True).who == "representative"


@pytest.mark.clause("S7.6", "S7.8")
def test_a_plan_whose_answer_fell_away_does_not_come_into_force(world: World) -> None:
    case = signed.to_sign(world)
    signed.sign(world, case.id)
    row = ServiceRequest.objects.get(case=case)
    actions.withdraw_request(case_id=case.id, request_id=row.id, why="აღარ სურს", by=world.worker.who)
    with refused("final.no_positive_answer"):
        signed.sign(world, case.id, "worker")
    assert (newest(case.id).state, Signature.objects.count()) == ("agreed", 1)


@pytest.mark.clause("S7.8", "G2")
def test_a_signature_is_not_older_than_its_content(db: None) -> None:
    first, last = days_ago(2), clock.today() + dt.timedelta(days=300)
    with signed.on(days_ago(20)):
        world = World()
        case = signed.to_submit(world)
        version = newest(case.id)
        items = signed.entered(world, version, starts_on=first, change="გადაიწია")
        signed.fill(world, version, items, starts_on=first, ends_on=last)
    with signed.on(days_ago(5)):
        signed.submit(world, case.id)
        signed.agree(world, case.id)
    with refused("signatures.before_content"):
        signed.sign(world, case.id, happened_on=days_ago(6), reason="გვიან")
    signed.sign(world, case.id, happened_on=days_ago(5), reason="გვიან")
    signed.sign(world, case.id, "worker")
    case.refresh_from_db()
    assert (case.in_force_on, case.starts_on) == (clock.today(), days_ago(2))
    assert Flag.objects.filter(case=case, code="signatures.began_unsigned").exists()


@pytest.mark.clause("S7.10", "G2")
def test_a_clock_set_back_a_day_neither_lengthens_the_term_nor_turns_the_order_round(db: None) -> None:
    day = dt.date(2027, 3, 1)
    with signed.on(day - dt.timedelta(days=3)):
        world = World()
        case = signed.ready(world)
    with signed.on(day):
        signed.begin(world, case.id)
        signed.submit(world, case.id)
        signed.agree(world, case.id)
        last = newest(case.id).latest_end
    with signed.on(day - dt.timedelta(days=1)):
        signed.sign(world, case.id)
        signed.sign(world, case.id, "worker")
        version = newest(case.id)
        plan = version.plan
    assert (plan.starts_on, plan.latest_end, last) == (day, dt.date(2028, 2, 29), dt.date(2028, 2, 29))
    assert version.in_force_on == day
    assert version.decided_on <= version.in_force_on


@pytest.mark.clause("S7.10")
@pytest.mark.parametrize(("hour", "first"), [(23, "2028-02-28"), (0, "2028-02-29")])
def test_a_day_is_a_day_in_tbilisi(db: None, hour: int, first: str) -> None:
    day = dt.date.fromisoformat(first)
    with signed.on(day, hour):
        assert clock.today() == day
        assert (clock.now().date() == day) is (hour == 23)
        case = signed.running(World())
    version = newest(case.id)
    assert (version.starts_on, version.in_force_on, version.latest_end) == (day, day, dt.date(2029, 2, 27))


@pytest.mark.clause("S7.8")
def test_the_engine_keeps_no_signature_over_another_content(world: World) -> None:
    case, other = signed.to_sign(world), signed.to_sign(world)
    row = signed.sign(world, case.id)
    row.id, row._state.adding = newest(other.id).id, True
    row.plan_version = newest(other.id)
    with pytest.raises(DatabaseError, match="another content"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Signature.objects.update(fingerprint=b"x" * 32)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Signature.objects.all().delete()
    version = newest(case.id)
    with pytest.raises(DatabaseError, match="both signatures"), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(state="in_force", in_force_on=clock.today())
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(ends_on=version.starts_on)


@pytest.mark.clause("S7.8")
def test_a_signature_carried_to_another_plan_shows_as_broken(world: World) -> None:
    case, other = signed.running(world), signed.running(world)
    ring = world.worker.who.ring
    theirs = newest(other.id)
    mine = newest(case.id)
    with unguarded():
        Signature.objects.filter(plan_version=theirs, who="worker").delete()
        Signature.objects.filter(plan_version=mine, who="worker").update(plan_version=theirs, case=other)
    found = queries.verify(theirs, ring)
    assert not found.holds
    assert {"signature", "sealed"} & set(found.broken)
    assert "signature" in found.broken


@pytest.mark.clause("S7.8")
def test_a_drawing_under_another_fingerprint_shows_as_broken(world: World) -> None:
    case = signed.running(world)
    ring = world.worker.who.ring
    version = newest(case.id)
    row = version.signatures.get(who="worker")
    with unguarded():
        ring.fill(row, strokes=bound(b"other", signed.STROKES))
        row.save()
    found = queries.verify(version, ring)
    assert (found.broken, found.signatures) == (("signature",), (row.id,))


@pytest.mark.clause("S7.8")
def test_a_plan_forged_whole_is_betrayed_by_the_ledger(world: World) -> None:
    import hashlib

    case = signed.running(world)
    ring = world.worker.who.ring
    version = newest(case.id)
    text = ring.open(version, "content").replace("დამოუკიდებელი", "სხვანაირი")
    with unguarded():
        ring.fill(version, content=text, aim="სხვანაირი ცხოვრება")
        version.fingerprint = hashlib.sha256(text.encode()).digest()
        version.save()
        for row in version.signatures.all():
            ring.fill(row, strokes=bound(version.fingerprint, signed.STROKES))
            row.fingerprint = version.fingerprint
            row.save()
    assert queries.verify(newest(case.id), ring).broken == ("ledger",)


@pytest.mark.clause("S7.8")
def test_a_copy_is_given_held_for_safety_or_not_wanted(world: World) -> None:
    case = signed.to_sign(world)
    version = newest(case.id)
    common = {"case_id": case.id, "version_id": version.id, "by": world.worker.who}
    with refused("copy.not_signed"):
        actions.record_copy(outcome="given", **common)
    signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    with refused("copy.held_without_reason"):
        actions.record_copy(outcome="held", note=" ", **common)
    actions.record_copy(outcome="held", note="სახლში სახიფათოა; კარადა 3", **common)
    actions.record_copy(outcome="given", language="en", **common)
    assert [row.outcome for row in queries.copies(version)] == ["given", "held"]
