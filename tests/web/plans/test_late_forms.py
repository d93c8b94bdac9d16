"""A form that was open while the plan went on: it acts on what was on its page or not at all, and says so."""

import pytest

from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import PlanCopy, PlanVersion, Signature
from tests.cases.factories import World
from tests.plans import factories, signed
from tests.plans.factories import newest

from .test_pages import At, acts, address, form_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
PAD = "M4 30L18 4L30 44"


@pytest.mark.clause("S7.8")
def test_a_signature_sent_after_the_plan_came_into_force_is_refused(world: World, at: At) -> None:
    case = signed.to_sign(world)
    client, path = at(world.worker), address("sign_as", case, "worker")
    late = form_of(client, path) | {"signature": PAD}
    for who in ("beneficiary", "worker"):
        signed.sign(world, case.id, who)
    before = acts()
    assert client.post(path, late).status_code == 409
    assert (Signature.objects.count(), acts()) == (2, before)


@pytest.mark.clause("S3.4a")
def test_a_plan_is_taken_back_as_it_was_read(world: World, at: At) -> None:
    case = signed.to_sign(world)
    client, path = at(world.worker), address("rework", case)
    late = form_of(client, path) | {"why": "სხვაგვარად უნდა"}
    actions.rework_final(case_id=case.id, version_id=newest(case.id).id, why="პირველი", by=world.worker.who)
    assert client.post(path, late).status_code == 409
    signed.submit(world, case.id)
    signed.agree(world, case.id)
    assert client.post(path, late).status_code == 409
    assert newest(case.id).state == "agreed"


@pytest.mark.clause("S3.5")
def test_an_amendment_is_dropped_as_it_was_read(world: World, at: At) -> None:
    case = signed.running(world)
    first = signed.amend(world, case.id)
    client, path = at(world.worker), address("drop", case)
    late = form_of(client, path)
    actions.drop_amendment(case_id=case.id, version_id=first.id, by=world.worker.who)
    assert client.post(path, late).status_code == 409
    signed.amend(world, case.id)
    assert client.post(path, late).status_code == 409
    assert newest(case.id).state == "draft"


@pytest.mark.clause("S7.8")
def test_a_copy_is_of_the_version_on_the_page(world: World, at: At) -> None:
    case = signed.running(world)
    client, path = at(world.worker), address("copy", case)
    late = form_of(client, path) | {"outcome": "held", "note": "კარადა 3"}
    before = newest(case.id)
    amended = signed.amend(world, case.id)
    signed.fill(world, amended, signed.entered(world, amended, change="საღამოს ჯგუფი", detail="საღამოს ჯგუფი"))
    signed.fix(world, case.id)
    for who in ("beneficiary", "worker"):
        signed.sign(world, case.id, who)
    assert PlanVersion.objects.get(case=case, state="in_force").id != before.id
    assert client.post(path, late).status_code == 303
    assert PlanCopy.objects.get().plan_version_id == before.id


@pytest.mark.clause("S3.4b")
def test_what_is_typed_into_the_initial_plan_after_its_agreement_is_not_lost(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, path = at(world.worker), address("edit", case)
    late = form_of(client, path) | {"aim": "დაგვიანებული"}
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    signed.sought(world, case.id)
    signed.begin(world, case.id)
    response = client.post(path, late)
    assert response.status_code == 409
    assert "დაგვიანებული" in response.content.decode()
