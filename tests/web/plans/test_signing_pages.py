"""The pages of signatures: on the screen, on paper, the plan in force, amendments, copies."""

import pytest
from django.urls import reverse

from gza.law.stages import Stage
from gza.plans.enums import Signatory
from gza.plans.models import PlanCopy, PlanVersion, Signature
from gza.web.cases.steps import next_act
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import signed
from tests.plans.factories import newest
from tests.plans.finals import unguarded
from tests.web.asking import At, acts, cost, form_of, openings, post, text

from .test_pages import address

PAD = "M4 30L18 4L30 44"
pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.8")
def test_both_sign_on_the_screen_and_the_plan_is_in_force(world: World, at: At) -> None:
    case = signed.to_sign(world)
    client, before = at(world.worker), acts()
    page = client.get(address("sign", case))
    assert [place.who for place in page.context["drawn"].places] == ["beneficiary", "worker"]
    assert next_act(world.worker.who, case)["address"] == address("sign", case)
    path = address("sign_as", case, "beneficiary")
    empty = post(client, path)
    assert empty.status_code == 409
    assert "§\xa07.8" in empty.content.decode()
    assert post(client, path, signature=PAD).url == address("sign", case)
    again = client.post(path, form_of(client, path) | {"signature": PAD})
    assert again.status_code == 409
    assert post(client, address("sign_as", case, "worker"), signature=PAD).url == address("plan", case)
    assert acts() == before + 2
    body = client.get(address("plan", case)).content.decode()
    assert "Signed by both and in force" in text(body)
    assert "nothing was changed since" in text(body)
    assert PAD in body
    case.refresh_from_db()
    assert case.stage == Stage.RUNNING


@pytest.mark.clause("S7.8")
def test_a_page_read_before_the_plan_was_taken_back_signs_nothing(world: World, at: At) -> None:
    from gza.plans import actions

    case = signed.to_sign(world)
    client = at(world.worker)
    path = address("sign_as", case, "beneficiary")
    posted = form_of(client, path) | {"signature": PAD}
    actions.rework_final(case_id=case.id, version_id=newest(case.id).id, why="x", by=world.worker.who)
    signed.submit(world, case.id)
    signed.agree(world, case.id)
    response = client.post(path, posted)
    assert response.status_code == 409
    assert "not this version" in text(response.content)
    assert Signature.objects.count() == 0


@pytest.mark.clause("S7.8")
def test_a_mark_wants_its_witness_and_paper_its_scan(world: World, at: At) -> None:
    case = signed.to_sign(world)
    client = at(world.worker)
    path = address("sign_as", case, "beneficiary")
    assert post(client, path, form="mark", signature="M1 1L2 2").status_code == 422
    assert post(client, path, form="paper").status_code == 409
    assert post(client, path, form="mark", signature="M1 1L2 2", witness="ლია").status_code == 303
    assert client.get(address("sign_as", case, "mayor")).status_code == 404
    assert "witness: ლია" in text(client.get(address("sign", case)).content)


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(
    ("language", "words"), [("ka", "საბოლოო გეგმა, ხელმოსაწერად"), ("en", "Final plan, to be signed")]
)
def test_the_paper_to_sign_carries_the_fingerprint_and_no_name(world: World, at: At, language: str, words: str) -> None:
    case = signed.to_sign(world)
    body = at(world.worker).get(address("paper_to_sign", case) + f"?language={language}").content.decode()
    assert words in body
    assert f'<html lang="{language}"' in body
    assert on_cases.PERSON.last_name not in body
    assert bytes(newest(case.id).fingerprint).hex()[:4] in body


@pytest.mark.clause("S7.8")
def test_a_changed_character_shows_as_broken_on_the_page(world: World, at: At) -> None:
    case = signed.running(world)
    client = at(world.worker)
    item = newest(case.id).items.get()
    with unguarded():
        world.worker.who.ring.fill(item, detail="კურსი და სტაჟირებაა")
        item.save()
    body = text(client.get(address("plan", case)).content)
    assert "It does not match" in body
    assert "nothing was changed since" not in body


@pytest.mark.clause("S3.5", "S3.4a")
def test_an_amendment_is_begun_fixed_signed_and_compared(world: World, at: At) -> None:
    case = signed.running(world)
    first = newest(case.id)
    client = at(world.worker)
    assert address("amend", case) in client.get(address("plan", case)).content.decode()
    response = post(client, address("amend", case), ground="needs", why="მუშაობა დაიწყო")
    assert response.url == address("final", case)
    body = text(client.get(address("plan", case)).content)
    assert f"Version {first.number} is in force until this one is signed" in body
    posted = form_of(client, address("final", case)) | {"detail_0": "საღამოს კურსი", "change_0": "დღისით მუშაობს"}
    assert client.post(address("final", case), posted).status_code == 303
    page = client.get(address("submit", case)).content.decode()
    assert "Fix the amendment for signature" in page
    assert post(client, address("submit", case)).url == address("sign", case)
    assert "Have an amendment signed" in client.get(reverse("shell:today")).content.decode()
    for who in (Signatory.BENEFICIARY, Signatory.WORKER):
        post(client, address("sign_as", case, who.value), signature=PAD)
    assert (newest(case.id).state, PlanVersion.objects.get(id=first.id).state) == ("in_force", "superseded")
    compared = client.get(address("compare", case)).content.decode()
    assert "<mark>საღამოს კურსი</mark>" in compared
    assert "დღისით მუშაობს" in compared
    assert "an earlier version" in text(client.get(address("version", case, first.number)).content)


@pytest.mark.clause("S3.5")
def test_an_amendment_can_be_dropped_and_the_plan_in_force_shows_again(world: World, at: At) -> None:
    case = signed.running(world)
    first = newest(case.id)
    signed.amend(world, case.id)
    client = at(world.worker)
    assert post(client, address("drop", case)).url == address("plan", case)
    page = client.get(address("plan", case))
    assert page.context["drawn"].version.id == first.id
    assert client.get(address("drop", case)).status_code == 302
    signed.amend(world, case.id)
    signed.fix(world, case.id)
    stale = post(client, address("drop", case), why="არ უნდა")
    assert stale.status_code == 303


@pytest.mark.clause("S7.8")
def test_what_became_of_the_copy_is_recorded(world: World, at: At) -> None:
    case = signed.to_sign(world)
    client = at(world.worker)
    assert client.get(address("copy", case)).status_code == 302
    signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    assert "Nothing is recorded of a copy" in text(client.get(address("plan", case)).content)
    assert post(client, address("copy", case), outcome="held", note=" ").status_code == 409
    assert post(client, address("copy", case), outcome="held", note="კარადა 3").url == address("plan", case)
    assert "კარადა 3" in client.get(address("plan", case)).content.decode()
    assert PlanCopy.objects.count() == 1


@pytest.mark.parametrize("name", ["sign", "paper_to_sign"])
def test_a_page_of_signatures_opens_once(world: World, at: At, name: str) -> None:
    case = signed.to_sign(world)
    client = at(world.worker)
    opened = openings("plans.plan")
    assert cost(client, address(name, case)) <= 60
    assert openings("plans.plan") == opened + 2
