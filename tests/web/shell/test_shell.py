"""What every page shares: language, one-time forms, drafts, Today of each role."""

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from gza.accounts.enums import Role
from gza.cases.models import StageCount
from gza.core import clock, db
from gza.core.actors import SYSTEM
from gza.core.transient.models import Draft
from gza.ledger.work import act, opening
from gza.ui.forms import GzaForm
from gza.web.shell import middleware, once
from gza.web.shell.acts import submit
from tests.accounts.factories import make_user, sign_in
from tests.web.asking import text

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["ka", "en"])
def test_today_of_every_role_opens(client: Client, role: Role, language: str) -> None:
    sign_in(client, make_user(role))
    client.cookies["gza_lang"] = language
    response = client.get(reverse("shell:today"))
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_the_language_is_chosen_and_one_comes_back(client: Client) -> None:
    sign_in(client, make_user(Role.COORDINATOR))
    assert 'lang="ka"' in client.get("/clauses/").content.decode()
    response = client.post(reverse("shell:language"), {"language": "en", "next": "/clauses/"})
    assert response.url == "/clauses/"
    assert 'lang="en"' in client.get("/clauses/").content.decode()
    away = client.post(reverse("shell:language"), {"language": "xx", "next": "https://example.org/"})
    assert away.url == reverse("shell:today")
    assert "gza_lang" not in away.cookies


def test_a_get_cannot_write() -> None:
    def view(request: object) -> None:
        StageCount.objects.create(stage="needs", region="GE-TB", count=1)

    with pytest.raises(db.ReadOnly):
        middleware.read_only(view)(RequestFactory().get("/"))


def test_a_form_is_good_once() -> None:
    done = []
    with once.spend("k"):
        done.append(1)
    with pytest.raises(once.AlreadyDone), once.spend("k"):
        done.append(2)
    assert done == [1]


def test_an_act_that_failed_can_be_sent_again() -> None:
    with pytest.raises(ValueError, match="no"), once.spend("k"):
        raise ValueError("no")
    with once.spend("k"):
        pass


def test_a_form_still_under_way_waits_and_a_dead_one_is_taken_over() -> None:
    assert once._take("form:k")
    with pytest.raises(once.StillGoing), once.spend("k", wait=0.1):
        pass
    with clock.pretend(clock.now() + clock.dt.timedelta(seconds=once.PATIENCE + 1)), once.spend("k", wait=0.1):
        pass


def test_drafts_are_kept_sealed_and_thrown_away(client: Client) -> None:
    user = make_user(Role.SOCIAL_WORKER)
    sign_in(client, user)
    address = reverse("shell:draft", args=["intake-0123456789abcdef"])
    assert client.post(address, {"first_name": "ნინო"}).status_code == 200
    row = Draft.objects.get(user=user.id)
    assert "ნინო".encode() not in b"".join(bytes(v) for v in vars(row).values() if isinstance(v, bytes | memoryview))
    assert client.post(address, {"account": "ა" * 200_001}).status_code == 409
    assert client.post(reverse("shell:discard", args=["intake-0123456789abcdef"])).url == reverse("shell:today")
    assert not Draft.objects.filter(user=user.id).exists()


def test_the_ledger_is_read_by_auditors_and_filtered(client: Client) -> None:
    sign_in(client, make_user(Role.AUDITOR))
    client.cookies["gza_lang"] = "en"
    response = client.get(reverse("shell:ledger"))
    assert response.status_code == 200
    assert "No such event" in client.get(f"{reverse('shell:ledger')}?verb=nothing.such").content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "A social worker was designated"), ("ka", "მუშაკი დაინიშნა")])
def test_the_ledger_says_in_words_what_was_done(client: Client, language: str, words: str) -> None:
    for verb in ("cases.designate", "shell.test"):
        with act(verb, by=SYSTEM):
            pass
    sign_in(client, make_user(Role.AUDITOR))
    client.cookies["gza_lang"] = language
    body = client.get(reverse("shell:ledger")).content.decode()
    assert words in body
    assert "<code>cases.designate</code>" in body
    assert body.count("shell.test") == 1  # without a sentence, once and not twice


@pytest.mark.parametrize(("language", "words"), [("en", "The plan was opened"), ("ka", "გეგმა გაიხსნა")])
def test_the_ledger_says_once_that_something_was_opened(client: Client, language: str, words: str) -> None:
    for verb in ("plans.plan", "shell.test"):
        opening(verb, by=SYSTEM)
    sign_in(client, make_user(Role.AUDITOR))
    client.cookies["gza_lang"] = language
    rows = [text(row) for row in client.get(reverse("shell:ledger")).content.decode().split("<tr>")]
    assert sum(f"{words} plans.plan" in row for row in rows) == 1
    other = next(row for row in rows if "shell.test" in row)
    assert ("opened" if language == "en" else "გაიხსნა") in other  # no sentence, so the kind is said
    assert not [row for row in rows if "plans.plan" in row and ("opened The" in row or row.count("გაიხსნა") > 1)]


@pytest.mark.clause("G6")
def test_a_number_names_its_source_in_the_language_of_the_page(client: Client) -> None:
    sign_in(client, make_user(Role.COUNCIL))
    client.cookies["gza_lang"] = "ka"
    body = client.get(reverse("shell:clauses")).content.decode()
    assert "სტრატეგიის 5.6" in body
    assert "Strategy 5.6" not in body


@pytest.mark.parametrize(("method", "status"), [("get", 302), ("post", 303)])
def test_after_a_form_the_browser_is_told_to_get_the_next_page(client: Client, method: str, status: int) -> None:
    assert getattr(client, method)(reverse("accounts:me")).status_code == status


def test_a_script_that_sends_a_file_is_told_the_next_page_and_does_not_use_up_its_message(client: Client) -> None:
    answer = client.post(reverse("accounts:me"), headers={"X-Gza-Upload": "1"})
    assert (answer.status_code, answer.content, "Location" in answer.headers) == (204, b"", False)
    assert answer.headers["X-Gza-To"].startswith(reverse("accounts:sign_in"))


def test_clauses_can_be_pointed_at(client: Client) -> None:
    sign_in(client, make_user(Role.COUNCIL))
    assert 'id="S3.1"' in client.get(reverse("shell:clauses")).content.decode()


def test_health_says_nothing_else(client: Client) -> None:
    assert client.get(reverse("shell:health")).json() == {"ok": True}


def test_a_double_click_leads_to_where_the_first_one_went(client: Client) -> None:
    sign_in(client, make_user("coordinator"))
    request = RequestFactory().post("/new/", {"form_token": "t"})
    request.session = client.session
    request._messages = FallbackStorage(request)
    made = iter(("/made/1/", "/made/2/"))
    answers = [
        submit(request, GzaForm(request.POST), lambda _data: next(made), lambda *_a, **_k: HttpResponse(), to=str)
        for _each in range(2)
    ]
    assert [answer.url for answer in answers] == ["/made/1/", "/made/1/"]
