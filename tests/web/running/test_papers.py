"""The papers of the year: the plan and its reports as PDF, and the check of a printed fingerprint."""

import pytest
from django.db import connection

from gza.plans import actions, freeze
from tests.cases.factories import World
from tests.plans.second_half import Running
from tests.web.asking import At, form_of, openings, text
from tests.web.running.year import MONTH, address, of_month, send

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.7", "S7.8")
@pytest.mark.parametrize("query", ["", "?language=en", "?language=ka&sign=1", "?name=1", "?number=1"])
def test_the_plan_is_a_pdf_under_a_name_that_says_nothing(world: World, at: At, made: Running, query: str) -> None:
    client, opened, named = at(world.worker, "ka"), openings("plans.paper"), openings("cases.name")
    response = client.get(address("plan_pdf", made) + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="document.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF")
    assert openings("plans.paper") == opened + 1
    assert openings("cases.name") == named + ("sign" in query or "name" in query)
    assert client.head(address("plan_pdf", made)).content == b""


def test_a_version_that_is_not_there_has_no_paper(world: World, at: At, made: Running) -> None:
    assert at(world.worker).get(address("plan_pdf", made) + "?number=99").status_code == 404
    assert at(world.worker).get(address("notice_pdf", made)).status_code == 404
    assert at(world.worker).get(of_month("report_pdf", made)).status_code == 404


@pytest.mark.clause("S7.9")
def test_a_report_is_a_pdf_as_draft_and_as_sent(world: World, at: At, made: Running) -> None:
    actions.write_report(case_id=made.case.id, month=MONTH, work_done="მონახაზი", by=world.worker.who)
    client = at(world.worker)
    assert client.get(of_month("report_pdf", made)).content.startswith(b"%PDF")
    send(world, made)
    opened = openings("plans.paper")
    assert client.get(of_month("report_pdf", made) + "?language=en").content.startswith(b"%PDF")
    assert openings("plans.paper") == opened + 1
    assert at(world.coordinator).get(of_month("report_pdf", made)).content.startswith(b"%PDF")


@pytest.mark.clause("S7.8")
def test_a_printed_fingerprint_is_checked(world: World, at: At, made: Running) -> None:
    client = at(world.worker)
    path = address("fingerprint", made)
    digits = bytes(made.version.fingerprint).hex()
    printed = " ".join(digits[at_ : at_ + 4] for at_ in range(0, 16, 4)).upper()
    page = client.post(path, form_of(client, path) | {"digits": printed})
    assert "stored content is unchanged" in text(page.content)
    other = client.post(path, form_of(client, path) | {"digits": "0000 0000 0000 0000"})
    assert "No version of this person" in text(other.content)
    short = client.post(path, form_of(client, path) | {"digits": "0f3a"})
    assert short.status_code == 422


@pytest.mark.clause("S7.8")
def test_a_changed_character_shows_as_broken(world: World, at: At, made: Running) -> None:
    client, path = at(world.worker), address("fingerprint", made)
    posted = {"digits": bytes(made.version.fingerprint).hex()}
    assert "stored content is unchanged" in text(client.post(path, form_of(client, path) | posted).content)
    trigger = "plans_item_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {trigger}")
        else:
            cursor.execute(f"DROP TRIGGER {trigger} ON plans_item")
    item = made.items[0]
    world.worker.who.ring.fill(item, detail="კურსი.")
    item.save(force_update=True)
    assert "no longer matches" in text(client.post(path, form_of(client, path) | posted).content)
    freeze.install()
