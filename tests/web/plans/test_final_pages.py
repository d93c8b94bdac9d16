"""The pages of a final plan: its desk, the Fund's answer, signatures, the plan in force, amendments, copies."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from gza.cases.models import Case
from gza.core import clock
from gza.plans.enums import Signatory
from gza.plans.models import PlanItem, UnmetNeed
from gza.web.cases.steps import next_act
from gza.web.running.views.papers import told as paper_of
from tests.cases.factories import World
from tests.plans import purse, signed
from tests.plans.factories import newest
from tests.plans.finals import lacking
from tests.web.asking import At, acts, cost, form_of, post, text

from .test_pages import address

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.6", "S3.4a")
@pytest.mark.parametrize(("language", "words"), [("en", "Begin the final plan"), ("ka", "დაიწყეთ საბოლოო გეგმა")])
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
    later = newest(case.id).ends_on + dt.timedelta(days=365)
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
    assert post(client, address("final", case), aim="სხვისი").status_code == 303
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
    assert fund.post(address("decide", case), posted).status_code == 303
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
    assert first.post(address("decide", case), mine).status_code == 303
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
