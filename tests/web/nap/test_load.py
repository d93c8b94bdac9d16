"""Loading a plan in the browser: faults by cell, a preview that writes nothing, one act, nothing twice."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core.actors import SYSTEM
from gza.directory.actions import sync_reference
from gza.ledger.models import Event, Kind
from gza.nap import queries
from gza.nap.models import Plan
from tests.accounts.factories import make_user, sign_in
from tests.nap.files import ACTIVITY, DATA, GOAL, PLAN, as_csv, as_docx, as_xlsx, small

from .subjects import small_plan

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.clause("N0.1")]


@pytest.fixture
def who() -> User:
    sync_reference(by=SYSTEM)
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def secretariat(client: Client, who: User) -> Client:
    client.cookies["gza_lang"] = "en"
    return sign_in(client, who)


def send(client: Client, name: str, data: bytes, status: int) -> str:
    response = client.post("/nap/load/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def hidden(html: str) -> dict[str, str]:
    _, _, form = html.partition('action="/nap/load/confirm/"')
    return {name: re.search(rf'name="{name}" value="([^"]+)"', form)[1] for name in ("shown", "form_token")}


def confirm(client: Client, form: dict[str, str]) -> Any:
    return client.post("/nap/load/confirm/", form)


@pytest.mark.parametrize(("name", "make"), [("p.csv", as_csv), ("p.xlsx", as_xlsx), ("p.docx", as_docx)])
def test_read_shown_and_loaded(secretariat: Client, who: User, name: str, make: Any) -> None:
    html = send(secretariat, name, make(small()), 200)
    assert "The file is sound. Nothing is loaded yet." in html
    assert not Plan.objects.exists()
    response = confirm(secretariat, hidden(html))
    assert (response.status_code, response["Location"]) == (303, "/nap/plan/P-1/")
    assert queries.document("P-1").count()["activities"] == 1
    assert Event.objects.get(verb="nap.loaded").actor == who.id
    assert "The plan is loaded." in secretariat.get("/nap/plan/P-1/").content.decode()


def test_a_second_click_loads_nothing_twice(secretariat: Client) -> None:
    form = hidden(send(secretariat, "p.csv", as_csv(small()), 200))
    confirm(secretariat, form)
    assert confirm(secretariat, form).status_code == 303
    assert Event.objects.filter(verb="nap.loaded").count() == 1


def test_the_real_plan(secretariat: Client) -> None:
    html = send(secretariat, "plan.csv", (DATA / "nap-2019-2020.csv").read_bytes(), 200)
    assert "97, in 126 measurable parts" in html
    assert confirm(secretariat, hidden(html)).status_code == 303
    assert "stands just so already" in send(secretariat, "plan.csv", (DATA / "nap-2019-2020.csv").read_bytes(), 200)


def test_faults_by_cell_in_both_languages(secretariat: Client) -> None:
    rows = small(GOAL, title="=1+1")
    rows[ACTIVITY] |= {"leading": "fbi", "start": "soon", "end": "2021-06-30"}
    html = send(secretariat, "p.csv", as_csv(rows), 422)
    assert "3 cells of the file are to be mended." in html
    for column, words in (
        ("title", "holds a formula"),
        ("leading", "agency key “fbi”"),
        ("start", "“soon” is no date"),
    ):
        assert re.search(rf'<th scope="row">{column}</th>.*?{words}', html)
    secretariat.cookies["gza_lang"] = "ka"
    assert "უწყების გასაღები „fbi“ უცნობია" in send(secretariat, "p.csv", as_csv(rows), 422)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("p.csv", b"", "empty"),
        ("p.pdf", b"%PDF-1.7 ...", "ending .pdf"),
        ("p.xlsx", b"PK\x03\x04nothing", "cannot be read"),
        ("p.csv", "kind,id".encode("utf-16"), "UTF-8"),
        ("p.csv", b"<script>alert(1)</script>", "is missing"),
    ],
)
def test_what_cannot_be_read(secretariat: Client, name: str, data: bytes, words: str) -> None:
    html = send(secretariat, name, data, 422)
    assert words in html
    assert "<script>alert" not in html


def test_no_file(secretariat: Client) -> None:
    response = secretariat.post("/nap/load/", {})
    assert response.status_code == 422
    assert "No file is chosen" in response.content.decode()


def test_changes_are_shown_before_a_draft_is_replaced(secretariat: Client) -> None:
    small_plan()
    html = send(secretariat, "p.csv", as_csv(small(GOAL, title="Another goal")), 200)
    assert "look at what would change" in html
    assert confirm(secretariat, hidden(html)).status_code == 303
    assert queries.document("P-1").goals[0].title == "Another goal"


def test_an_adopted_plan_stands_and_the_page_says_why(secretariat: Client) -> None:
    rows = small(PLAN, adopted_on="2018-12-24")
    other = [dict(row) for row in rows]
    other[GOAL]["title"] = "Another goal"
    html = send(secretariat, "p.csv", as_csv(other), 200)
    small_plan(adopted_on="2018-12-24")
    refused = send(secretariat, "p.csv", as_csv(other), 409)
    assert "An adopted plan stands" in refused
    assert "N0.1" in refused
    assert 'action="/nap/load/confirm/"' not in refused
    response = confirm(secretariat, hidden(html))  # a preview from before the other was loaded
    assert response.status_code == 409
    assert "An adopted plan stands" in response.content.decode()
    assert Event.objects.get(kind=Kind.REFUSAL).clause == "N0.1"
    assert queries.document("P-1").goals[0].title == "A goal"


def test_a_preview_is_good_for_who_saw_it_and_untouched(secretariat: Client) -> None:
    form = hidden(send(secretariat, "p.csv", as_csv(small()), 200))
    colleague = sign_in(Client(), make_user(Role.SECRETARIAT))
    for client, shown in ((colleague, form["shown"]), (secretariat, form["shown"][:-2]), (secretariat, "x")):
        response = confirm(client, form | {"shown": shown})
        assert response.status_code == 422
    assert "too old" in response.content.decode()
    assert not Plan.objects.exists()
