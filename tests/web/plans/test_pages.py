"""The pages of a plan, from none to the agreed one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gza.accounts.enums import Role
from gza.cases.models import Case
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans import actions
from gza.plans.models import PlanItem, PlanVersion
from tests.accounts import factories as accounts
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import factories
from tests.web.asking import At, acts, cost, form_of, openings, text

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def address(name: str, case: Case, *args: Any) -> str:
    return reverse(f"plans:{name}", args=[case.id, *args])


@pytest.mark.clause("S7.3")
@pytest.mark.parametrize(("language", "words"), [("en", "There is no plan yet"), ("ka", "გეგმა ჯერ არ არის")])
def test_without_a_plan_the_page_teaches_the_next_step(world: World, at: At, language: str, words: str) -> None:
    case = factories.road_to(world, Stage.INITIAL_PLAN)
    body = at(world.worker, language).get(address("plan", case)).content.decode()
    assert words in body
    assert address("edit", case) in body
    assert address("edit", case) not in at(world.coordinator, language).get(address("plan", case)).content.decode()


@pytest.mark.clause("S7.3")
def test_before_the_needs_the_page_says_what_comes_first(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.NEEDS)
    body = at(world.worker).get(address("plan", case)).content.decode()
    assert "no reintegration need is recorded yet" in body
    assert address("edit", case) not in body


@pytest.mark.clause("S7.3", "S3.4a")
def test_a_plan_is_begun_from_the_needs_by_one_act(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.INITIAL_PLAN)
    client, before = at(world.worker), acts()
    response = client.post(address("edit", case), form_of(client, address("edit", case)))
    assert response.url == address("edit", case)
    assert acts() == before + 1
    assert PlanItem.objects.filter(case=case).count() == 1


def test_beginning_a_plan_in_two_windows_leads_both_to_the_editor(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.INITIAL_PLAN)
    client = at(world.worker)
    one, other = (form_of(client, address("edit", case)) for _each in range(2))
    assert client.post(address("edit", case), one).status_code == 303
    before = acts()
    second = client.post(address("edit", case), other)
    assert (second.status_code, second.url) == (303, address("edit", case))
    assert acts() == before
    assert client.get(second.url).status_code == 200


@pytest.mark.clause("S5.2", "S7.7", "S7.10")
def test_items_are_set_by_one_act_and_shown_in_their_groups(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, before = at(world.worker), acts()
    posted = form_of(client, address("edit", case))
    posted |= {"months": "10", "from_0": "2", "to_0": "5", "detail_0": "მკერავის კურსი", "priority_0": "desired"}
    assert client.post(address("edit", case), posted).url == address("plan", case)
    assert acts() == before + 1
    opened = openings("plans.plan")
    page = client.get(address("plan", case))
    assert openings("plans.plan") == opened + 1
    assert "months 2–5" in text(page.content)
    assert "მკერავის კურსი" in text(page.content)
    assert [group.key for group in page.context["drawn"].groups] == ["desired"]
    assert 'aria-label="months 2–5"' in page.content.decode()
    assert "necessary" in text(page.content)


@pytest.mark.clause("S7.7")
def test_a_row_is_added_without_losing_or_saving_anything(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, before = at(world.worker), acts()
    posted = form_of(client, address("edit", case)) | {"detail_0": "აკრეფილი", "to_0": "77", "add": "1"}
    response = client.post(address("edit", case), posted)
    assert response.status_code == 200
    assert response.context["form"].count == 2
    assert "აკრეფილი" in response.content.decode()
    assert 'class="errors"' not in response.content.decode()
    assert acts() == before


@pytest.mark.clause("S7.7")
def test_an_added_item_is_kept_an_empty_one_is_not_and_one_can_be_taken_out(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    posted = form_of(client, address("edit", case)) | {"rows": "3", "detail_1": "მეორე"}
    client.post(address("edit", case), posted)
    assert PlanItem.objects.filter(case=case).count() == 2
    posted = form_of(client, address("edit", case)) | {"out_0": "on"}
    client.post(address("edit", case), posted)
    assert PlanItem.objects.filter(case=case).count() == 1


@pytest.mark.clause("S7.7", "S7.10")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from_0": "5", "to_0": "2"}, "ends before it begins"),
        ({"from_0": "2", "to_0": ""}, "first and last month"),
        ({"months": "4", "to_0": "6"}, "ends in month 6"),
        ({"from_0": "x"}, "number"),
    ],
)
def test_what_is_wrong_with_the_months_is_said_beside_the_row(
    world: World, at: At, wrong: dict[str, str], said: str
) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, before = at(world.worker), acts()
    response = client.post(address("edit", case), form_of(client, address("edit", case)) | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert acts() == before


@pytest.mark.clause("S7.10")
def test_more_than_twelve_months_are_refused_with_the_clause_and_nothing_is_lost(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    posted = form_of(client, address("edit", case)) | {"months": "13", "detail_0": "აკრეფილი"}
    response = client.post(address("edit", case), posted)
    assert response.status_code == 409
    body = response.content.decode()
    assert "§\xa07.10" in body
    assert "12 months at most" in body
    assert "აკრეფილი" in body
    assert Event.objects.filter(kind=Kind.REFUSAL, verb="plans.set_items").count() == 1


@pytest.mark.clause("G2")
def test_two_at_the_draft_get_both_versions_and_choose(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    stale = form_of(client, address("edit", case)) | {"aim": "ჩემი", "detail_0": "ჩემი დეტალი"}
    fresh = form_of(client, address("edit", case)) | {"aim": "სხვისი", "rows": "2", "detail_1": "მეორე პუნქტი"}
    assert client.post(address("edit", case), fresh).status_code == 303
    response = client.post(address("edit", case), stale)
    assert response.status_code == 409
    body = response.content.decode()
    assert 'class="clash"' in body
    assert "Item 2: What exactly" in body
    for words in ("ჩემი", "სხვისი", "ჩემი დეტალი", "მეორე პუნქტი"):
        assert words in body
    both = response.context["form"]
    answer = {name: values[-1] for name, values in both.data.lists()}
    answer |= {"detail_1": "", "theirs-detail_1": "მეორე პუნქტი", "keep-detail_1": "theirs", "keep-aim": "mine"}
    assert client.post(address("edit", case), answer).status_code == 303
    row = factories.newest(case.id)
    assert world.worker.who.ring.open(row, "aim") == "ჩემი"
    assert row.items.count() == 2


def test_a_form_of_an_earlier_draft_never_passes_for_one_of_the_new_draft(world: World, at: At) -> None:
    """The draft was submitted, returned and begun anew while another window still showed the first one."""
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    stale = form_of(client, address("edit", case)) | {"aim": "ძველი ფანჯრიდან"}
    version = factories.newest(case.id)
    common = {"case_id": case.id, "version_id": version.id}
    actions.submit(**common, by=world.worker.who)
    actions.return_with_reasons(**common, reasons="დააზუსტეთ", by=world.coordinator.who)
    again = actions.new_draft(case_id=case.id, by=world.worker.who)
    assert again.version == version.version + 1
    assert client.post(address("edit", case), stale).status_code == 409
    assert world.worker.who.ring.open(factories.newest(case.id), "aim") != "ძველი ფანჯრიდან"


def test_what_is_typed_after_the_submission_is_not_lost(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    posted = form_of(client, address("edit", case)) | {"detail_0": "აკრეფილი"}
    factories.submit(world, case.id)
    response = client.post(address("edit", case), posted)
    assert response.status_code == 409
    assert "აკრეფილი" in response.content.decode()
    assert client.get(address("edit", case)).status_code == 302


@pytest.mark.clause("S3.4b", "S5.2", "S7.7")
def test_submission_shows_what_is_lacking_with_its_clause(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    factories.fill(world, case.id, months=None, items=factories.items(case.id, month_from=None, month_to=None))
    client = at(world.worker)
    page = client.get(address("submit", case)).content.decode()
    assert "§\xa07.7" in page
    assert "§\xa07.10" in page
    before = acts()
    response = client.post(address("submit", case), form_of(client, address("submit", case)))
    assert response.status_code == 409
    assert acts() == before


@pytest.mark.clause("S3.4b")
def test_a_plan_is_submitted_by_one_act_and_then_lies_with_the_fund(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, before = at(world.worker), acts()
    response = client.post(address("submit", case), form_of(client, address("submit", case)))
    assert response.url == address("plan", case)
    assert acts() == before + 1
    assert "lies with the Fund" in text(client.get(address("plan", case)).content)
    assert client.get(address("submit", case)).status_code == 302
    assert client.get(address("new_draft", case)).status_code == 302


@pytest.mark.clause("S3.4b")
def test_a_draft_changed_meanwhile_is_not_submitted_unseen(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.worker)
    posted = form_of(client, address("submit", case))
    factories.fill(world, case.id, aim="სხვა")
    assert client.post(address("submit", case), posted).status_code == 409
    assert factories.newest(case.id).state == "draft"


@pytest.mark.clause("S3.4b", "S7.5")
def test_the_fund_agrees_by_one_act_and_the_fingerprint_stands(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.AGREED)
    client, before = at(world.coordinator), acts()
    posted = form_of(client, address("decide", case)) | {"outcome": "agreed"}
    assert client.post(address("decide", case), posted).status_code == 303
    assert acts() == before + 1
    page = text(at(world.worker).get(address("plan", case)).content)
    assert bytes(factories.newest(case.id).fingerprint).hex()[:4] in page
    assert "the one that was submitted and agreed" in page


@pytest.mark.clause("S3.4b")
def test_of_two_coordinators_the_second_is_refused_and_keeps_the_words(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.AGREED)
    second = at(world.director)
    posted = form_of(second, address("decide", case)) | {"outcome": "returned", "words": "ჩემი მიზეზები"}
    factories.agree(world, case.id)
    response = second.post(address("decide", case), posted)
    assert response.status_code == 409
    body = response.content.decode()
    assert "§\xa03.4" in body
    assert "ჩემი მიზეზები" in body
    assert factories.newest(case.id).state == "agreed"


@pytest.mark.clause("S3.4b")
def test_an_answer_is_to_the_version_that_was_read(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.AGREED)
    client = at(world.coordinator)
    posted = form_of(client, address("decide", case)) | {"outcome": "agreed"}
    factories.give_back(world, case.id)
    factories.actions.new_draft(case_id=case.id, by=world.worker.who)
    factories.submit(world, case.id)
    assert client.post(address("decide", case), posted).status_code == 409
    assert factories.newest(case.id).state == "submitted"


@pytest.mark.clause("S3.4b")
def test_a_return_wants_reasons_and_an_answer_wants_an_outcome(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.AGREED)
    client = at(world.coordinator)
    response = client.post(
        address("decide", case), form_of(client, address("decide", case)) | {"outcome": "returned", "words": "  "}
    )
    assert response.status_code == 409
    assert "returned with reasons" in text(response.content)
    assert client.post(address("decide", case), form_of(client, address("decide", case))).status_code == 422


@pytest.mark.clause("S3.4a", "S3.4b")
def test_after_a_return_the_worker_goes_on_and_compares(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.AGREED)
    factories.give_back(world, case.id, reasons="დასაბუთება აკლია")
    client, before = at(world.worker), acts()
    assert client.get(address("edit", case)).url == address("new_draft", case)
    page = client.get(address("plan", case)).content.decode()
    assert "დასაბუთება აკლია" in page
    assert address("new_draft", case) in page
    response = client.post(address("new_draft", case), form_of(client, address("new_draft", case)))
    assert response.url == address("edit", case)
    assert acts() == before + 1
    factories.fill(world, case.id, items=factories.items(case.id, month_to=8), aim="სხვა მიზანი")
    opened = openings("plans.compare")
    compared = client.get(address("compare", case))
    assert openings("plans.compare") == opened + 1
    assert "<mark>months 1–8</mark>" in compared.content.decode()
    assert "სხვა მიზანი" in compared.content.decode()
    assert "No item differs" in text(client.get(address("compare", case) + "?a=1&b=1").content)
    assert client.get(address("compare", case) + "?a=1&b=9").status_code == 404
    earlier = text(client.get(address("version", case, 1)).content)
    assert "an earlier version, as it was" in earlier
    assert "დასაბუთება აკლია" in earlier
    assert client.get(address("version", case, 7)).status_code == 404


@pytest.mark.clause("S3.4a")
@pytest.mark.parametrize(("language", "words"), [("ka", "მომსახურება და ვადები"), ("en", "Services and time-table")])
def test_a_plan_is_printed_in_either_language_without_the_name(world: World, at: At, language: str, words: str) -> None:
    case = factories.road_to(world, Stage.AGREED)
    body = at(world.worker, "en").get(address("print", case) + f"?language={language}").content.decode()
    assert words in body
    assert f'<html lang="{language}"' in body
    assert on_cases.PERSON.last_name not in body


def test_outside_ones_own_work_the_reason_comes_first(world: World, at: At) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client = at(world.coordinator)
    for name in ("plan", "compare", "print"):
        assert client.get(address(name, case)).url.startswith(reverse("cases:open", args=[case.id]))
    assert openings("plans.plan") == 0


@pytest.mark.parametrize("name", ["plan", "edit", "submit", "decide", "new_draft", "compare", "print"])
def test_others_find_nothing(world: World, at: At, name: str) -> None:
    case = factories.road_to(world, Stage.AGREED)
    assert at(world.other).get(address(name, case)).status_code == 404
    stranger = accounts.sign_in(Client(), accounts.make_user(Role.STATISTICS))
    assert stranger.get(address(name, case)).status_code == 404


@pytest.mark.parametrize("name", ["plan", "edit", "submit", "compare", "print"])
def test_a_page_costs_the_same_whatever_the_plan_holds(world: World, at: At, name: str) -> None:
    case = factories.road_to(world, Stage.SUBMITTED)
    client, path = at(world.worker), address(name, case)
    few = cost(client, path)
    one = factories.items(case.id)[0]
    factories.fill(world, case.id, items=[one] * 9)
    assert cost(client, path) == few
    assert few <= 40
    assert PlanVersion.objects.get().items.count() == 9
