"""The pages of a final plan: its desk, the Fund's answer, signatures, the plan in force, amendments, copies."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gza.cases.models import Case
from gza.core import clock
from gza.law.stages import Stage
from gza.plans.enums import Signatory
from gza.plans.models import PlanCopy, PlanItem, PlanVersion, Signature, UnmetNeed
from gza.web.cases.steps import next_act
from gza.web.running.views.papers import told as paper_of
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import purse, signed
from tests.plans.factories import newest
from tests.plans.test_final import lacking, unguarded

from .test_pages import At, acts, address, cost, form_of, openings, text

PAD = "M4 30L18 4L30 44"
pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def post(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, form_of(client, path) | changes)


@pytest.mark.clause("S7.6", "S3.4a")
@pytest.mark.parametrize(("language", "words"), [("en", "Begin the final plan"), ("ka", "საბოლოო გეგმის დაწყება")])
def test_after_the_agreement_the_final_plan_comes_next(world: World, at: At, language: str, words: str) -> None:
    case = signed.ready(world)
    client = at(world.worker, language)
    body = client.get(address("plan", case)).content.decode()
    assert words in body
    assert address("final", case) in body
    assert next_act(world.worker.who, case)["address"] == address("final", case)
    before = acts()
    assert post(client, address("final", case), starts_on="01.12.2027").url == address("final", case)
    assert acts() == before + 1
    page = client.get(address("final", case))
    assert page.status_code == 200
    assert page.context["form"].count == 1
    assert client.get(address("edit", case)).url == address("final", case)


@pytest.mark.clause("S7.6")
def test_what_comes_before_the_final_plan_is_said_with_its_clause(world: World, at: At) -> None:
    case = signed.ready(world)
    Case.objects.filter(id=case.id).update(requests_waiting=1)
    client = at(world.worker)
    body = text(client.get(address("plan", case)).content)
    assert "some requests still wait" in body
    response = post(client, address("final", case))
    assert response.status_code == 409
    assert "§\xa07.6" in response.content.decode()


@pytest.mark.clause("S7.3", "S7.6", "S7.7")
def test_items_are_chosen_from_the_answers_and_the_money_of_this_case(world: World, at: At) -> None:
    case = signed.ready(world, needs=2, secured=False)
    first, second = PlanItem.objects.filter(case=case).order_by("position")
    answer, money = signed.answered(world, first), signed.committed(world, second)
    signed.answered(world, signed.newest(signed.ready(world).id).items.get(), world.clinic)
    signed.begin(world, case.id)
    client = at(world.worker)
    page = client.get(address("final", case))
    choices = [value for value, _label in page.context["form"].fields["proof_0"].choices]
    assert choices == ["", str(answer.id), str(money.id), "free", "unmet", "out"]
    assert "the Fund pays, GEL\xa0500" in page.content.decode()
    before = acts()
    response = post(client, address("final", case), detail_0="ახალი დეტალი", change_0="დაზუსტდა")
    assert response.url == address("plan", case)
    assert acts() == before + 1
    shown = text(client.get(address("plan", case)).content)
    assert "ახალი დეტალი" in shown
    assert "დაზუსტდა" in shown
    assert "the Fund pays" in shown


@pytest.mark.clause("S7.6", "S7.7")
def test_whom_the_fund_pays_stands_in_the_plan_and_on_its_paper(world: World, at: At) -> None:
    purse.ready(world)
    money = purse.granted(world)
    signed.sought(world, money.case_id)
    signed.begin(world, money.case_id)
    client, case = at(world.worker), money.case
    assert "სასწავლო ცენტრი" in text(client.get(address("plan", case)).content)
    told = paper_of(newest(case.id), case, world.worker.who, "ka", "")
    assert [one.payee for one in told.items] == ["სასწავლო ცენტრი"]


@pytest.mark.clause("S7.8")
def test_while_somebody_signs_the_page_names_who_is_signed_in(world: World, at: At) -> None:
    case = signed.to_sign(world)
    for signatory in (Signatory.BENEFICIARY, Signatory.WORKER):
        body = at(world.worker).get(address("sign_as", case, signatory.value)).content.decode()
        assert re.search(r'<a href="/me/">\s*[^<\s]', body)


@pytest.mark.clause("S7.6", "S7.7")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_0": "05.05.2027", "last_0": "01.05.2027"}, "ends before it begins"),
        ({"proof_0": "unmet"}, "who pursues it"),
        ({"ends_on": ""}, "first and its last day"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(world: World, at: At, wrong: dict[str, str], said: str) -> None:
    case = signed.to_submit(world)
    client, before = at(world.worker), acts()
    response = client.post(address("final", case), form_of(client, address("final", case)) | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert acts() == before


@pytest.mark.clause("S7.10")
def test_a_term_past_twelve_months_is_refused_with_the_clause_and_nothing_is_lost(world: World, at: At) -> None:
    case = signed.to_submit(world)
    client = at(world.worker)
    later = newest(case.id).ends_on.replace(year=newest(case.id).ends_on.year + 1)
    response = post(client, address("final", case), ends_on=f"{later:%d.%m.%Y}", detail_0="აკრეფილი")
    assert response.status_code == 409
    body = response.content.decode()
    assert "§\xa07.10" in body
    assert "აკრეფილი" in body


@pytest.mark.clause("G2")
def test_two_at_the_final_draft_get_both_versions(world: World, at: At) -> None:
    case = signed.to_submit(world)
    client = at(world.worker)
    stale = form_of(client, address("final", case)) | {"aim": "ჩემი"}
    assert post(client, address("final", case), aim="სხვისი").status_code == 302
    response = client.post(address("final", case), stale)
    assert response.status_code == 409
    assert 'class="clash"' in response.content.decode()
    row = signed.submit(world, case.id)
    late = client.post(address("final", case), stale)
    assert late.status_code == 409
    assert row.state == "submitted"


@pytest.mark.clause("S7.6")
def test_an_added_row_and_one_taken_out(world: World, at: At) -> None:
    case = signed.to_submit(world)
    client = at(world.worker)
    posted = form_of(client, address("final", case)) | {"add": "1"}
    response = client.post(address("final", case), posted)
    assert (response.status_code, response.context["form"].count) == (200, 2)
    origin = str(newest(case.id).items.get().origin)
    posted = form_of(client, address("final", case)) | {"rows": "2", "origin_1": origin, "detail_1": "მეორე"}
    client.post(address("final", case), posted)
    assert newest(case.id).items.count() == 2
    posted = form_of(client, address("final", case)) | {"gone_1": "on"}
    client.post(address("final", case), posted)
    assert newest(case.id).items.count() == 1


@pytest.mark.clause("S3.4b", "S7.6")
def test_it_is_submitted_and_the_fund_agrees_with_reasons_where_a_need_is_unmet(world: World, at: At) -> None:
    case = signed.ready(world, needs=2, secured=False)
    signed.answered(world, PlanItem.objects.filter(case=case).order_by("position").first())
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    signed.fill(world, version, [one, replace(two, **lacking())])
    client, before = at(world.worker), acts()
    page = client.get(address("submit", case))
    assert "ხუთი ორგანიზაცია" in page.content.decode()
    assert post(client, address("submit", case)).url == address("plan", case)
    assert acts() == before + 1
    case.refresh_from_db()
    fund = at(world.coordinator)
    assert next_act(world.coordinator.who, case)["address"] == address("decide", case)
    assert "Answer a final plan" in fund.get(reverse("shell:today")).content.decode()
    response = post(fund, address("decide", case), outcome="agreed")
    assert response.status_code == 409
    assert "necessary need unmet" in text(response.content)
    posted = form_of(fund, address("decide", case)) | {"outcome": "agreed", "words": "ვეძებთ"}
    assert fund.post(address("decide", case), posted).status_code == 302
    assert newest(case.id).state == "agreed"
    assert "ვეძებთ" in client.get(address("plan", case)).content.decode()


@pytest.mark.clause("S3.4b")
def test_of_two_coordinators_the_second_is_told_and_a_double_click_decides_once(world: World, at: At) -> None:
    case = signed.to_submit(world)
    signed.submit(world, case.id)
    first, second = at(world.coordinator), at(world.director)
    mine = form_of(first, address("decide", case)) | {"outcome": "agreed"}
    theirs = form_of(second, address("decide", case)) | {"outcome": "returned", "words": "ჩემი მიზეზები"}
    before = acts()
    assert first.post(address("decide", case), mine).status_code == 302
    first.post(address("decide", case), mine)
    assert acts() == before + 1
    response = second.post(address("decide", case), theirs)
    assert response.status_code == 409
    assert "ჩემი მიზეზები" in response.content.decode()
    assert newest(case.id).state == "agreed"


@pytest.mark.clause("S3.4a", "S3.4b")
def test_after_a_return_and_after_taking_back_a_new_draft_goes_on(world: World, at: At) -> None:
    case = signed.to_submit(world)
    signed.submit(world, case.id)
    signed.give_back(world, case.id)
    client = at(world.worker)
    assert client.get(address("final", case)).url == address("new_draft", case)
    post(client, address("new_draft", case))
    signed.submit(world, case.id)
    signed.agree(world, case.id)
    assert post(client, address("rework", case), why="სხვა ორგანიზაცია უნდა").url == address("final", case)
    assert (newest(case.id).state, newest(case.id).number) == ("draft", 4)
    assert client.get(address("rework", case)).status_code == 302


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
    assert post(client, path, form="mark", signature="M1 1L2 2", witness="ლია").status_code == 302
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
    assert client.post(address("final", case), posted).status_code == 302
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
    assert stale.status_code == 302


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


@pytest.mark.clause("S7.6")
def test_an_unmet_need_is_looked_at_again_and_can_be_met(world: World, at: At) -> None:
    case = signed.ready(world, needs=2, secured=False)
    signed.answered(world, PlanItem.objects.filter(case=case).order_by("position").first())
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    signed.fill(world, version, [one, replace(two, **lacking(review_on=clock.today()))])
    signed.submit(world, case.id)
    signed.agree(world, case.id, words="ვეძებთ")
    signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    client = at(world.worker)
    assert "Look again at an unmet need" in client.get(reverse("shell:today")).content.decode()
    row = UnmetNeed.objects.get()
    path = address("met", case, row.id)
    assert path in client.get(address("plan", case)).content.decode()
    assert post(client, path).url == address("plan", case)
    assert re.search(r"met on \d\d\.\d\d\.\d{4}|met on \d+ \w+ \d{4}", text(client.get(address("plan", case)).content))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["plan", "final", "submit", "compare", "print"])
def test_a_page_of_a_final_plan_costs_the_same_whatever_it_holds(world: World, at: At, name: str) -> None:
    case = signed.to_submit(world)
    client, path = at(world.worker), address(name, case)
    few = cost(client, path)
    version = newest(case.id)
    one = signed.entered(world, version)[0]
    signed.fill(world, version, [one, *[replace(one, id=None)] * 8])
    assert cost(client, path) == few
    assert few <= 60
    assert newest(case.id).items.count() == 9


@pytest.mark.parametrize("name", ["sign", "paper_to_sign"])
def test_a_page_of_signatures_opens_once(world: World, at: At, name: str) -> None:
    case = signed.to_sign(world)
    client = at(world.worker)
    opened = openings("plans.plan")
    assert cost(client, address(name, case)) <= 60
    assert openings("plans.plan") == opened + 2


@pytest.mark.parametrize("name", ["final", "rework", "amend", "drop", "sign", "paper_to_sign", "copy"])
def test_others_find_nothing_of_a_final_plan(world: World, at: At, name: str) -> None:
    case = signed.running(world)
    assert at(world.other).get(address(name, case)).status_code == 404


@pytest.mark.clause("S7.6", "S4.1")
def test_the_fund_sees_every_unmet_need_by_service_and_by_day(world: World, at: At) -> None:
    fund = at(world.coordinator)
    assert "No plan in force carries" in text(fund.get(reverse("plans:unmet")).content)
    codes = []
    for _ in range(2):
        case = signed.ready(world, needs=2, secured=False)
        signed.answered(world, PlanItem.objects.filter(case=case).order_by("position").first())
        version = signed.begin(world, case.id)
        one, two = signed.entered(world, version)
        signed.fill(world, version, [one, replace(two, **lacking())])
        signed.submit(world, case.id)
        signed.agree(world, case.id, words="ვეძებთ")
        signed.sign(world, case.id)
        signed.sign(world, case.id, "worker")
        codes.append(case.code)
        if len(codes) == 1:
            few = cost(fund, reverse("plans:unmet"))
    assert cost(fund, reverse("plans:unmet")) == few
    page = fund.get(reverse("plans:unmet"))
    assert all(code in page.content.decode() for code in codes)
    assert [gap.count for gap in page.context["gaps"]] == [2]
    assert "ხუთი ორგანიზაცია" not in page.content.decode()
    assert text(fund.get(reverse("plans:unmet") + "?region=GE-AJ").content).count(codes[0]) == 0
    assert at(world.worker).get(reverse("plans:unmet")).status_code in {404, 409}
