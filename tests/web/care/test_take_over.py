"""A case on paper is taken over through its page (G3)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gza.cases import queries
from gza.cases.models import Case
from gza.law.stages import Stage
from tests.cases.factories import World, days_ago
from tests.web.asking import enter
from tests.web.care.people import PNG, html, today, watched

pytestmark = [pytest.mark.django_db, pytest.mark.clause("G3")]


def day(ago: int) -> str:
    return days_ago(ago).strftime("%d.%m.%Y")


def data(world: World, **extra: Any) -> dict[str, Any]:
    return {
        **today(), "first_name": "მარიამი", "last_name": "ხუციშვილი", "sex": "female", "citizenship": "GE",
        "country": "TR", "living_in": "GE-IM", "spoken": "ka", "office": "GE-IM", "file_number": "17/2019",
        "evidence": "არქივი", "balance": "480", "victim_on": day(200), "victim_number": "12-34",
        "worker": str(world.worker.id), "designated_on": day(190), "care_on": day(180),
        "care_scan": SimpleUploadedFile("a.png", PNG, "image/png"), "explained_on": day(150), "life_on": day(160),
        "life_scan": SimpleUploadedFile("b.png", PNG, "image/png"), "consent_language": "ka", "primary_on": day(170),
        "physical": "ექიმი", "needs_on": day(100), "need_0": "სამუშაო", "domain_0": "work",
        "priority_0": "necessary", "why_0": "შემოსავალი არ აქვს", **extra,
    }  # fmt: skip


def test_the_case_enters_where_it_stands(world: World) -> None:
    client = enter(world.coordinator)
    assert client.get(reverse("cases:take_over")).status_code == 200
    with watched() as written:
        response = client.post(reverse("cases:take_over"), data(world))
    assert response.status_code == 303, html(response)
    assert [event.verb for event in written.acts] == ["cases.take_over"]
    case = Case.objects.get()
    assert (case.stage, case.provenance, case.worker_id) == (Stage.INITIAL_PLAN, "taken_over", world.worker.id)
    assert {row.scope for row in queries.scopes_in_force(case)} == {"rehabilitation", "reintegration"}
    assert queries.flags(case), "the consent before the explanation is flagged"


def test_without_balance_it_is_refused_and_nothing_typed_is_lost(world: World) -> None:
    response = enter(world.coordinator).post(reverse("cases:take_over"), data(world, balance=""))
    assert response.status_code == 409
    assert "write zero" in html(response)
    assert "ხუციშვილი" in html(response)
    assert not Case.objects.exists()


def test_a_consent_without_its_scan_answers_422(world: World) -> None:
    response = enter(world.coordinator).post(reverse("cases:take_over"), data(world, care_scan=""))
    assert response.status_code == 422
    assert "its day and its scan" in html(response)


def test_a_social_worker_takes_nothing_over(world: World) -> None:
    assert enter(world.worker).get(reverse("cases:take_over")).status_code == 404
