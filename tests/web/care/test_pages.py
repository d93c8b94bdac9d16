"""Every page: for the worker, for a stranger, in both languages, with a fixed number of queries."""

from typing import Any

import pytest
from django.urls import reverse

from gza.cases import actions
from gza.cases.enums import Place
from gza.law.stages import Stage
from tests.cases import factories
from tests.cases.factories import Member, World
from tests.web.asking import cost, enter
from tests.web.care.people import html, watched

PAGES = (
    "explanation", "consents", "consent_rehabilitation", "consent_reintegration", "consent_disclosure", "withdraw",
    "representative", "story", "primary_needs", "needs", "services", "request_service", "service_given", "emergency",
)  # fmt: skip
SCOPED = (("consent_form", "rehabilitation"), ("consent_form", "disclosure"), ("decline", "reintegration"))


def filled(world: World) -> Any:
    """A case far along the road, with a service asked for."""
    case = world.road_to(Stage.INITIAL_PLAN)
    actions.request_rehabilitation_service(
        case_id=case.id, service_type="medical", organisation_id=world.ngo.id, place=Place.OUTSIDE, by=world.worker.who
    )
    factories.consent(world, case.id, None, organisations=[world.ngo.id])
    return case


def addresses(case: Any) -> list[str]:
    plain = [reverse(f"care:{name}", args=[case.id]) for name in PAGES]
    return plain + [reverse(f"care:{name}", args=[case.id, scope]) for name, scope in SCOPED]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ka", "en"])
def test_each_page_opens_for_the_worker_in_each_language(world: World, language: str) -> None:
    case = filled(world)
    client = enter(world.worker, language)
    for address in addresses(case):
        response = client.get(address)
        assert response.status_code == 200, address
        page = html(response)
        title = page[page.index("<title>") : page.index("</title>")]
        assert case.code not in title, address
        assert f'<html lang="{language}"' in page, address
        assert "{{" not in page, address
        assert "{%" not in page, address
        assert "style=" not in page, address


@pytest.mark.django_db
def test_strangers_find_nothing(world: World) -> None:
    case = filled(world)
    for stranger in (world.other, world.member("auditor")):
        client = enter(stranger)
        assert {client.get(address).status_code for address in addresses(case)} == {404}


READ = {
    "consents",
    "needs",
    "services",
    "primary_needs",
    "withdraw",
    "representative",
    "story",
    "service_given",
    "emergency",
}


@pytest.mark.django_db
def test_the_coordinator_reads_and_does_no_case_work(world: World) -> None:
    case = filled(world)
    client = enter(world.coordinator)
    for name in PAGES:
        status = client.get(reverse(f"care:{name}", args=[case.id])).status_code
        assert status in ({200, 302} if name in READ else {404}), name
    needs = client.get(reverse("care:needs", args=[case.id]))
    assert needs.status_code == 302, "outside one's own work the reason comes first"
    assert client.post(reverse("care:needs", args=[case.id]), {}).status_code in {303, 404}


OPENINGS = {
    "consents": 0, "explanation": 0, "withdraw": 0, "consent_rehabilitation": 1, "needs": 1, "services": 1,
    "primary_needs": 1, "representative": 0, "request_service": 1, "story": 0,
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "count"), OPENINGS.items())
def test_sealed_text_shown_is_one_opening(world: World, name: str, count: int) -> None:
    case = filled(world)
    client = enter(world.worker)
    with watched(case.id) as written:
        assert client.get(reverse(f"care:{name}", args=[case.id])).status_code == 200
    assert len(written.openings) == count
    assert written.acts == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["consents", "needs", "services", "primary_needs", "request_service"])
def test_lists_cost_the_same_however_long(world: World, name: str) -> None:
    case = filled(world)
    client = enter(world.worker)
    address = reverse(f"care:{name}", args=[case.id])
    before = cost(client, address)
    _more(world, world.worker, case)
    assert cost(client, address) == before
    assert before <= LIMITS[name]


LIMITS = {"consents": 12, "needs": 16, "services": 22, "primary_needs": 16, "request_service": 22}


def _more(world: World, member: Member, case: Any) -> None:
    for _number in range(3):
        factories.need(world, case.id)
        factories.primary(world, case.id)
        factories.explain(world, case.id)
        actions.request_rehabilitation_service(
            case_id=case.id, service_type="medical", organisation_id=world.ngo.id, place=Place.OUTSIDE, by=member.who
        )
    factories.consent(world, case.id, None, organisations=[world.clinic.id])
