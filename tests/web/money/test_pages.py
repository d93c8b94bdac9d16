"""The pages of the Fund's money: of a case, the queue, the budget."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans.models import BudgetLine, Commitment, Consideration, Release
from tests.cases.factories import World
from tests.plans import factories, purse
from tests.plans.purse import LARI
from tests.web.asking import At, acts, cost, form_of, openings, text

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def of(row: Any, name: str) -> str:
    return reverse(f"money:{name}", args=[row.case_id, row.id])


def page(row: Any) -> str:
    return reverse("money:case", args=[row.case_id])


@pytest.mark.clause("S5.5", "S5.6")
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("GEL 2,000 is free", "of GEL 2,000")), ("ka", ("2 000 ₾", "აუცილებელი"))],
)
def test_the_money_of_a_case_says_what_is_free_and_what_waits(
    world: World, at: At, language: str, words: tuple[str, ...]
) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    opened = openings("money.case")
    body = at(world.worker, language).get(page(row))
    said = text(body.content).replace("\u00a0", " ")
    if language == "en":
        assert "GEL 2,000 of GEL 2,000 is free" in said
        assert "Worked out: GEL 500, to სასწავლო ცენტრი" in said
        assert "სამი ფასი შევადარეთ" in said
    for word in words if language == "ka" else ():
        assert word in said
    assert openings("money.case") == opened + 1
    assert of(row, "sum") in body.content.decode()
    assert of(row, "decide") not in body.content.decode()
    assert of(row, "decide") in at(world.director).get(page(row)).content.decode()


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize(("typed", "tetri"), [("480", 48000), ("480,5", 48050), ("1 340.50", 134050),
                                              ("1,340.50 GEL", 134050)])  # fmt: skip
def test_the_worker_works_out_the_sum_with_comma_or_point(world: World, at: At, typed: str, tetri: int) -> None:
    row = purse.considered(world, wanted=None)[0]
    client, before = at(world.worker), acts()
    posted = form_of(client, of(row, "sum")) | {"wanted": typed, "payee_name": "კოლეჯი", "grounds": "ფასი"}
    assert client.post(of(row, "sum"), posted).url == page(row)
    assert acts() == before + 1
    row.refresh_from_db()
    assert row.wanted == tetri


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize("wrong", [{"wanted": "-5"}, {"wanted": "ბევრი"}, {"wanted": "0"}, {"wanted": "12.345"},
                                   {"payee_name": ""}, {"grounds": ""}])  # fmt: skip
def test_a_wrong_sum_is_explained_and_nothing_typed_is_lost(world: World, at: At, wrong: dict[str, str]) -> None:
    row = purse.considered(world, wanted=None)[0]
    client = at(world.worker)
    typed = {"wanted": "480", "payee_name": "კოლეჯი", "grounds": "ჩემი ფასები"} | wrong
    response = client.post(of(row, "sum"), form_of(client, of(row, "sum")) | typed)
    assert response.status_code == 422
    for value in typed.values():
        assert value in response.content.decode()
    row.refresh_from_db()
    assert row.wanted is None


@pytest.mark.clause("S5.6", "G5")
def test_the_director_decides_with_everything_in_one_view(world: World, at: At) -> None:
    purse.ready(world, allotted=10_000 * LARI)
    row = purse.considered(world)[0]
    client, before, opened = at(world.director), acts(), openings("money.matter")
    body = text(client.get(of(row, "decide")).content).replace("\u00a0", " ")
    for words in ("სამუშაოს პოვნა", "GEL 500", "სასწავლო ცენტრი", "GEL 10,000 of GEL 10,000", "No provider"):
        assert words in body
    assert openings("money.matter") == opened + 1
    posted = form_of(client, of(row, "decide")) | {"outcome": "granted", "amount": "450,00", "terms": "ორ ნაწილად"}
    assert client.post(of(row, "decide"), posted).url == reverse("money:queue")
    assert acts() == before + 1
    assert Commitment.objects.get().amount == 45000
    assert client.post(of(row, "decide"), posted).status_code == 303
    assert Commitment.objects.count() == 1
    assert text(at(world.worker).get(page(row)).content).count("სასწავლო ცენტრი") == 2
    assert "GEL 450" in text(at(world.worker).get(page(row)).content).replace("\u00a0", " ")


@pytest.mark.clause("S5.6")
def test_a_tetri_above_the_ceiling_is_refused_with_its_clause_and_nothing_is_lost(world: World, at: At) -> None:
    purse.ready(world)
    first, second = purse.considered(world, "necessary", "necessary", wanted=1500 * LARI)
    purse.decide(world, first)
    client = at(world.director)
    posted = form_of(client, of(second, "decide")) | {
        "outcome": "granted", "amount": "500,01", "reasons": "ჩემი სიტყვები",
    }  # fmt: skip
    response = client.post(of(second, "decide"), posted)
    assert response.status_code == 409
    body = response.content.decode()
    assert "§\xa05.6" in body
    assert "GEL\xa0500 is left" in body
    assert "ჩემი სიტყვები" in body
    assert Event.objects.filter(kind=Kind.REFUSAL, verb="plans.fund_granted").count() == 1


@pytest.mark.clause("G5")
def test_without_the_delegation_the_page_says_so_and_the_decision_is_refused(world: World, at: At) -> None:
    purse.budget()
    row = purse.considered(world)[0]
    client = at(world.director)
    page_ = client.get(of(row, "decide")).content.decode()
    assert "You hold no delegation today" in page_
    posted = form_of(client, of(row, "decide")) | {"outcome": "granted", "amount": "10"}
    response = client.post(of(row, "decide"), posted)
    assert response.status_code == 409
    assert "You hold no delegation to decide" in response.content.decode()


@pytest.mark.clause("S5.6")
def test_of_two_directors_the_second_sees_that_it_was_decided(world: World, at: At) -> None:
    purse.ready(world)
    second = world.member("director")
    purse.delegated(second)
    row = purse.considered(world)[0]
    client = at(second)
    posted = form_of(client, of(row, "decide")) | {"outcome": "refused", "reasons": "ჩემი მიზეზები"}
    purse.decide(world, row)
    response = client.post(of(row, "decide"), posted)
    assert response.status_code == 409
    assert "ჩემი მიზეზები" in response.content.decode()
    row.refresh_from_db()
    assert row.state == "granted"


@pytest.mark.clause("S5.3")
def test_a_desired_item_is_asked_for_and_its_decision_says_what_comes_first(world: World, at: At) -> None:
    purse.ready(world)
    case = purse.agreed(world, "necessary", "desired")
    item = purse.actions_items(case)[1]
    address = reverse("money:ask", args=[case.id, item.id])
    worker = at(world.worker)
    assert address in worker.get(reverse("money:case", args=[case.id])).content.decode()
    assert worker.post(address, form_of(worker, address)).status_code == 303
    row = Consideration.objects.get(origin=item)
    purse.worked_out(world, row, 100 * LARI)
    row.refresh_from_db()
    client = at(world.director)
    assert "1 necessary item is not settled" in text(client.get(of(row, "decide")).content)
    posted = form_of(client, of(row, "decide")) | {"outcome": "granted", "amount": "100"}
    assert "§\xa05.3" in client.post(of(row, "decide"), posted).content.decode()


@pytest.mark.clause("S5.3")
@pytest.mark.parametrize(("outcome", "amount", "status"), [("deferred", "300", 303), ("deferred", "", 422),
                                                           ("granted", "", 422), ("refused", "", 303)])  # fmt: skip
def test_a_deferral_names_its_sum_a_refusal_needs_none(
    world: World, at: At, outcome: str, amount: str, status: int
) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    client = at(world.director)
    posted = form_of(client, of(row, "decide")) | {"outcome": outcome, "amount": amount, "reasons": "მიზეზი"}
    assert client.post(of(row, "decide"), posted).status_code == status
    row.refresh_from_db()
    if status == 303:
        assert (row.state, row.reserved) == (outcome, 30000 if outcome == "deferred" else 0)


@pytest.mark.clause("S5.6")
def test_money_is_released_by_one_act(world: World, at: At) -> None:
    purse.ready(world)
    row = purse.granted(world)
    client, before = at(world.director), acts()
    posted = form_of(client, of(row, "release"))
    assert posted["amount"] == "500"
    assert client.post(of(row, "release"), posted | {"amount": "500,01", "reasons": "იაფი"}).status_code == 409
    posted = form_of(client, of(row, "release")) | {"amount": "120,5", "reasons": "იაფი აღმოჩნდა"}
    assert client.post(of(row, "release"), posted).url == reverse("cases:detail", args=[row.case_id])
    assert acts() == before + 1
    assert Release.objects.get().amount == 12050
    said = text(at(world.worker).get(page(row)).content).replace("\u00a0", " ")
    assert "GEL 120.50 released" in said


@pytest.mark.clause("G3", "G2")
def test_the_opening_balance_of_a_paper_file_is_mended(world: World, at: At) -> None:
    from tests.cases.test_takeover import taken_over

    case = taken_over(world, balance=48_000)
    client, address = at(world.coordinator), reverse("money:balance", args=[case.id])
    posted = form_of(client, address)
    assert posted["balance"] == "480"
    assert client.post(address, posted | {"balance": "2 000,01", "why": "ორი ორდერი"}).status_code == 303
    case.refresh_from_db()
    assert "funding.opening_over" in [flag.code for flag in case.flags.all()]
    assert "passes the ceiling by GEL 0.01" in text(at(world.worker).get(
        reverse("money:case", args=[case.id])).content).replace("\u00a0", " ")  # fmt: skip
    other = factories.road_to(world, Stage.REQUESTS)
    assert client.get(reverse("money:balance", args=[other.id])).status_code == 302


@pytest.mark.clause("S5.5", "G5")
def test_the_queue_shows_the_first_due_first_and_what_is_late(world: World, at: At) -> None:
    purse.ready(world)
    rows = [purse.considered(world)[0] for _ in range(3)]
    Consideration.objects.filter(id=rows[2].id).update(due_on=clock.today() - dt.timedelta(days=365))
    client = at(world.director)
    body = client.get(reverse("money:queue")).content.decode()
    places = [body.index(of(rows[number], "decide")) for number in (2, 0, 1)]
    assert places == sorted(places)
    assert "is-late" in body
    assert "days late" in text(body)
    assert at(world.worker).get(reverse("money:queue")).status_code == 404


@pytest.mark.clause("S4.5", "G5")
def test_the_budget_of_a_year_is_entered_changed_and_never_below_what_is_used(world: World, at: At) -> None:
    purse.delegated(world.director)
    client = at(world.director)
    assert "no budget line" in text(client.get(reverse("money:queue")).content)
    new = reverse("money:new_line")
    posted = form_of(client, new) | {"allotted": "40 000", "note": "N 12"}
    assert client.post(new, posted).url == reverse("money:budget")
    purse.granted(world)
    year = clock.today().year
    address = reverse("money:line", args=[year])
    stale = form_of(client, address)
    response = client.post(address, form_of(client, address) | {"allotted": "499,99"})
    assert response.status_code == 409
    assert "§\xa04.5" in response.content.decode()
    assert client.post(address, form_of(client, address) | {"allotted": "500"}).status_code == 303
    late = client.post(address, stale | {"allotted": "700"})
    assert late.status_code == 409
    assert "Nothing you typed is lost" in late.content.decode()
    said = text(client.get(reverse("money:budget")).content).replace("\u00a0", " ")
    assert "GEL 500" in said
    assert client.post(new, form_of(client, new) | {"year": "1990", "allotted": "5"}).status_code == 422
    assert client.get(reverse("money:line", args=[1999])).status_code == 404
    assert BudgetLine.objects.get().allotted == 500 * LARI


@pytest.mark.clause("S4.1", "S5.5")
def test_today_names_what_waits_for_money(world: World, at: At) -> None:
    purse.ready(world)
    row = purse.considered(world, wanted=None)[0]
    assert of(row, "sum") in at(world.worker).get("/").content.decode()
    purse.worked_out(world, row, 100)
    assert of(row, "sum") not in at(world.worker).get("/").content.decode()
    assert of(row, "decide") in at(world.director).get("/").content.decode()


@pytest.mark.clause("S5.6")
def test_the_pages_cost_the_same_however_many_rows_there_are(world: World, at: At) -> None:
    purse.ready(world)
    one, many = purse.considered(world), purse.considered(world, *["necessary"] * 4, wanted=200 * LARI)
    for row in (one[0], *many[:3]):
        purse.decide(world, row, amount=100 * LARI)
        purse.give_back(world, Commitment.objects.get(decision__consideration=row), 5)
    worker, director = at(world.worker), at(world.director)
    assert cost(worker, page(one[0])) == cost(worker, page(many[0]))
    few = cost(director, reverse("money:queue"))
    purse.considered(world, *["necessary"] * 4)
    assert cost(director, reverse("money:queue")) == few
    assert re.search(r"\d", str(few))
