"""The pages of the year of a plan: reports written, sent, read and corrected, money, services, papers."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gza.cases.enums import Scope
from gza.core import clock
from gza.ledger.models import Event, Kind
from gza.plans import actions, freeze
from gza.plans.models import Delivery, Expenditure, MonthlyReport
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago
from tests.plans import second_half
from tests.plans.second_half import Running

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
At = Callable[..., Client]


def first_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


START = first_of(days_ago(40))
MONTH = START


@pytest.fixture
def made(world: World) -> Iterator[Running]:
    """A plan in force since the first of a past month."""
    return second_half.run(world, starts_on=START)


def address(name: str, made: Running, *args: Any) -> str:
    return reverse(f"running:{name}", args=[made.case.id, *args])


def of_month(name: str, made: Running, month: dt.date = MONTH) -> str:
    return address(name, made, month.year, month.month)


def text(body: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.decode()))


def form_of(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    posted = {"form_token": re.search(r'name="form_token" value="([^"]+)"', response.content.decode())[1]}
    for bound in response.context["form"]:
        value = bound.value()
        if bound.name == "form_token" or value in {None, False, ""}:
            continue
        posted[bound.html_name] = f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
    return posted


def acts() -> int:
    return Event.objects.filter(kind=Kind.ACT).count()


def openings(verb: str) -> int:
    return Event.objects.filter(kind=Kind.OPENING, verb=verb).count()


def send(world: World, made: Running, **extra: Any) -> MonthlyReport:
    values = {"work_done": "კურსი მიმდინარეობს", "outlook": "სტაჟირება", **extra}
    return actions.send_report(case_id=made.case.id, month=MONTH, **values, by=world.worker.who)


@pytest.mark.clause("S7.9")
@pytest.mark.parametrize(("language", "words"), [("en", "No plan is in force yet"), ("ka", "გეგმა ჯერ არ მოქმედებს")])
def test_before_a_plan_the_year_says_what_comes_first(world: World, at: At, language: str, words: str) -> None:
    case = world.received()
    body = at(world.worker, language).get(reverse("running:year", args=[case.id])).content.decode()
    assert words in body


@pytest.mark.clause("S7.9", "S7.10")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_year_shows_each_month_with_its_report_services_and_money(
    world: World, at: At, made: Running, language: str
) -> None:
    client = at(world.worker, language)
    page = client.get(address("year", made))
    cells = page.context["cells"]
    assert cells[0].month == MONTH
    assert len(cells) == 12
    assert cells[0].mark in {"late", "due"}
    assert of_month("write", made) in page.content.decode()
    send(world, made)
    actions.record_payment(
        case_id=made.case.id, commitment_id=made.commitments[0].id, amount=120_00, by=world.worker.who
    )
    page = client.get(address("year", made))
    assert page.context["cells"][0].mark == "wait"
    assert page.context["totals"] == {"committed": 500_00, "paid_total": 120_00, "left": 380_00}
    assert ("GEL 380" if language == "en" else "380 ₾") in page.content.decode().replace("\u00a0", " ")
    assert of_month("write", made) not in at(world.coordinator).get(address("year", made)).content.decode()


@pytest.mark.clause("S7.9")
def test_a_report_begins_with_what_was_recorded_and_is_kept_then_sent(world: World, at: At, made: Running) -> None:
    late = {"happened_on": MONTH + dt.timedelta(days=3), "reason": "ავადმყოფობა"}
    actions.record_delivery(
        case_id=made.case.id, service_type="employment", item_id=made.items[0].id, organisation_id=world.ngo.id,
        sessions=4, **late, by=world.worker.who,
    )  # fmt: skip
    actions.record_payment(
        case_id=made.case.id, commitment_id=made.commitments[0].id, amount=33_00, **late, by=world.worker.who
    )
    client, before = at(world.worker), acts()
    posted = form_of(client, of_month("write", made))
    assert "4 times" in posted["work_done"]
    assert "GEL\u00a033" in posted["work_done"]
    posted |= {"work_done": "მხოლოდ მონახაზი", "keep": "1"}
    assert client.post(of_month("write", made), posted).url == address("year", made)
    assert MonthlyReport.objects.get().state == "draft"
    posted = form_of(client, of_month("write", made))
    assert posted["work_done"] == "მხოლოდ მონახაზი"
    assert client.post(of_month("write", made), posted | {"outlook": "ზაფხული"}).url == address("year", made)
    assert acts() == before + 2
    assert MonthlyReport.objects.get().state == "sent"
    assert client.get(of_month("write", made)).url == of_month("report", made)


@pytest.mark.clause("S7.9")
def test_an_empty_report_is_refused_with_the_clause(world: World, at: At, made: Running) -> None:
    client = at(world.worker)
    posted = form_of(client, of_month("write", made)) | {"work_done": "", "outlook": "რჩება აკრეფილი"}
    response = client.post(of_month("write", made), posted)
    assert response.status_code == 409
    assert "§\xa07.9" in response.content.decode()
    assert "რჩება აკრეფილი" in response.content.decode()


@pytest.mark.clause("S7.9")
def test_a_month_that_is_not_over_is_only_kept(world: World, at: At, made: Running) -> None:
    month = first_of(clock.today())
    client = at(world.worker)
    path = of_month("write", made, month)
    page = client.get(path)
    if page.context["sendable"]:
        pytest.skip("today is the last day of its month")
    assert "The month is not over" in page.content.decode()
    assert client.post(path, form_of(client, path) | {"work_done": "ჯერჯერობით"}).status_code == 302
    assert MonthlyReport.objects.get().state == "draft"
    ahead = of_month("write", made, first_of(clock.today() + dt.timedelta(days=45)))
    assert client.get(ahead).url == address("year", made)


@pytest.mark.clause("S7.9")
def test_months_outside_the_plan_have_no_page(world: World, at: At, made: Running) -> None:
    client = at(world.worker)
    for month in (dt.date(2001, 1, 1), START + dt.timedelta(days=400)):
        assert client.get(of_month("report", made, first_of(month))).status_code == 404
        assert client.get(of_month("write", made, first_of(month))).status_code == 404
    assert client.get(f"/cases/{made.case.id}/year/2024-13/").status_code == 404


@pytest.mark.clause("S7.9", "S4.1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_fund_finds_reads_and_marks_a_report(world: World, at: At, made: Running, language: str) -> None:
    send(world, made)
    client = at(world.coordinator, language)
    listed = client.get(reverse("running:reports")).content.decode()
    assert of_month("report", made) in listed
    opened = openings("plans.report")
    page = client.get(of_month("report", made))
    assert page.status_code == 200
    assert "კურსი მიმდინარეობს" in page.content.decode()
    assert openings("plans.report") == opened + 1
    before = acts()
    response = client.post(of_month("report", made), form_of(client, of_month("report", made)))
    assert response.url == reverse("running:reports")
    assert acts() == before + 1
    assert MonthlyReport.objects.get().state == "read"
    assert of_month("report", made) not in client.get(reverse("running:reports")).content.decode()


@pytest.mark.clause("S7.9")
def test_a_report_marked_by_another_is_refused_in_place(world: World, at: At, made: Running) -> None:
    report = send(world, made)
    client = at(world.coordinator)
    posted = form_of(client, of_month("report", made))
    actions.read_report(case_id=made.case.id, report_id=report.id, by=world.director.who)
    response = client.post(of_month("report", made), posted)
    assert response.status_code == 409


@pytest.mark.clause("G2", "S7.9")
def test_a_report_corrected_meanwhile_is_not_marked_or_replaced_unseen(world: World, at: At, made: Running) -> None:
    report, path, again = send(world, made), of_month("report", made), of_month("correct", made)
    fund, worker = at(world.coordinator), at(world.worker)
    mark, late = form_of(fund, path), form_of(worker, again) | {"why": "გამორჩა", "work_done": "ჩემი"}
    actions.correct_report(
        case_id=made.case.id, report_id=report.id, why="შეცდომა", work_done="სხვისი", by=world.worker.who
    )
    assert fund.post(path, mark).status_code == 409
    response = worker.post(again, late)
    assert response.status_code == 409
    assert MonthlyReport.objects.get(superseded=False).state == "sent"
    seen = {name: values[-1] for name, values in response.context["form"].data.lists()}
    assert worker.post(again, seen).status_code == 302  # upon the other's report, having been told of it


@pytest.mark.clause("G2", "S7.9")
def test_a_report_is_corrected_and_the_page_says_what_changed(world: World, at: At, made: Running) -> None:
    send(world, made)
    actions.record_delivery(
        case_id=made.case.id, service_type="employment", happened_on=MONTH, reason="გვიან", by=world.worker.who
    )
    client = at(world.worker)
    assert "recorded or corrected after the report was sent" in text(client.get(of_month("report", made)).content)
    posted = form_of(client, of_month("correct", made)) | {"why": "გამორჩა", "work_done": "ახალი ტექსტი"}
    assert client.post(of_month("correct", made), posted).status_code == 302
    page = client.get(of_month("report", made))
    assert "ახალი ტექსტი" in page.content.decode()
    assert "Earlier report, replaced" in page.content.decode()
    assert MonthlyReport.objects.count() == 2


@pytest.mark.clause("S6.1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_report_says_which_organisation_got_nothing_and_why(
    world: World, at: At, made: Running, language: str
) -> None:
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.clinic.id])
    send(world, made)
    page = at(world.worker, language).get(of_month("report", made))
    withheld = {str(message.en) for _body, message, _clause in page.context["opened"].withheld}
    assert len(withheld) == 2  # one without a consent, one without a workplace
    assert "§\xa00.1" in page.content.decode() or "§ 0.1" in page.content.decode()


@pytest.mark.clause("S7.9")
def test_a_payment_is_recorded_and_one_tetri_too_much_refused(world: World, at: At, made: Running) -> None:
    client, before = at(world.worker), acts()
    choice = str(made.commitments[0].id)
    posted = form_of(client, address("pay", made)) | {"commitment": choice, "amount": "500,01", "what": "კურსი"}
    response = client.post(address("pay", made), posted)
    assert response.status_code == 409
    assert "500.01" in response.content.decode()
    posted = form_of(client, address("pay", made)) | {"commitment": choice, "amount": "500", "document": "AB-7"}
    assert client.post(address("pay", made), posted).url == address("money", made)
    assert acts() == before + 1
    assert Expenditure.objects.get().amount == 500_00
    opened = openings("plans.money")
    page = client.get(address("money", made)).content.decode()
    assert "AB-7" in page
    assert openings("plans.money") == opened + 1


@pytest.mark.clause("S7.9", "G1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_an_invoice_is_recorded_flagged_and_corrected(world: World, at: At, made: Running, language: str) -> None:
    client = at(world.worker, language)
    posted = form_of(client, address("invoice", made)) | {"amount": "700", "payee": str(world.ngo.id)}
    assert client.post(address("invoice", made), posted).status_code == 302
    row = Expenditure.objects.get()
    page = client.get(address("money", made)).content.decode()
    assert ("no money" if language == "en" else "თანხა არ გადაუწყვეტია") in page
    path = address("correct_money", made, row.id)
    posted = form_of(client, path) | {"amount": "0", "why": "სხვისი იყო"}
    assert client.post(path, posted).status_code == 302
    page = text(client.get(address("money", made)).content)
    assert ("did not take place" if language == "en" else "არ მომხდარა") in page
    assert client.get(path).status_code == 404


@pytest.mark.clause("S7.9", "G1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_services_are_recorded_in_and_outside_the_plan_and_corrected(
    world: World, at: At, made: Running, language: str
) -> None:
    client = at(world.worker, language)
    posted = form_of(client, address("deliver", made)) | {"item": str(made.items[1].id), "sessions": "3"}
    assert client.post(address("deliver", made), posted).url == address("given", made)
    row = Delivery.objects.get()
    assert (row.organisation_id, row.sessions, made.fresh().open_flags) == (world.clinic.id, 3, 0)
    posted = form_of(client, address("deliver", made)) | {"service_type": "education"}
    assert client.post(address("deliver", made), posted).status_code == 302
    page = client.get(address("given", made)).content.decode()
    assert ("is not in the plan" if language == "en" else "გეგმაში არ არის") in page
    path = address("correct_given", made, row.id)
    posted = form_of(client, path) | {"sessions": "0", "why": "არ მომხდარა"}
    assert client.post(path, posted).status_code == 302
    assert ("was not given" if language == "en" else "არ გაწეულა") in text(client.get(address("given", made)).content)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "Choose an item of the plan"),
        ({"service_type": "education", "until": "01.01.2001"}, "before the first"),
        ({"service_type": "education", "sessions": "0"}, "Between 1 and 999"),
    ],
)
def test_what_is_wrong_with_a_service_is_said(world: World, at: At, made: Running, wrong: dict, said: str) -> None:
    client = at(world.worker)
    response = client.post(address("deliver", made), form_of(client, address("deliver", made)) | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()


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


@pytest.mark.clause("G4")
def test_who_is_outside_is_asked_for_a_reason_or_finds_nothing(world: World, at: At, made: Running) -> None:
    names = ("money", "given", "plan_pdf", "fingerprint")
    for name in names:
        assert at(world.coordinator).get(address(name, made)).url.startswith(reverse("cases:open", args=[made.case.id]))
        assert at(world.other).get(address(name, made)).status_code == 404
    assert at(world.other).get(of_month("report", made)).status_code == 404
    assert at(world.other).get(reverse("running:reports")).status_code == 404


@pytest.mark.clause("S7.9", "S4.1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_today_shows_reports_that_are_due_and_reports_to_be_read(
    world: World, at: At, made: Running, language: str
) -> None:
    own = at(world.worker, language).get("/").content.decode()
    assert of_month("write", made) in own
    assert of_month("write", made) not in at(world.other).get("/").content.decode()
    fund = at(world.coordinator, language).get("/").content.decode()
    assert reverse("running:reports") in fund
    send(world, made)
    assert of_month("write", made) not in at(world.worker, language).get("/").content.decode()
    assert of_month("report", made) in at(world.coordinator, language).get("/").content.decode()
    actions.read_report(case_id=made.case.id, report_id=MonthlyReport.objects.get().id, by=world.coordinator.who)
    assert of_month("report", made) not in at(world.coordinator, language).get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "limit"),
    [("year", 20), ("money", 26), ("given", 24), ("report", 30), ("reports", 14), ("write", 26), ("plan_pdf", 30)],
)
def test_pages_cost_the_same_queries_whatever_they_hold(
    world: World, at: At, made: Running, name: str, limit: int
) -> None:
    def path() -> str:
        if name == "reports":
            return reverse("running:reports")
        return of_month(name, made) if name in {"report", "write"} else address(name, made)

    client = at(world.coordinator if name == "reports" else world.worker)
    counts = []
    if name == "report":
        send(world, made)
    for number in (1, 5):
        for _ in range(number):
            late = {"happened_on": MONTH, "reason": "გვიან", "by": world.worker.who}
            actions.record_delivery(
                case_id=made.case.id, service_type="employment", organisation_id=world.ngo.id, item_id=made.items[0].id,
                note="ა", **late,
            )  # fmt: skip
            actions.record_payment(
                case_id=made.case.id, commitment_id=made.commitments[0].id, amount=1_00, what="ბ", **late
            )
            if name == "reports":
                second_half.run(world, starts_on=START)
        client.get(path())
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path()).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= limit
