"""The pages of the year of a plan: reports written, sent, read and corrected, money, services, papers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gza.cases.enums import Scope
from gza.core import clock
from gza.plans import actions
from gza.plans.models import MonthlyReport
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import second_half
from tests.plans.second_half import Running
from tests.web.asking import At, acts, form_of, openings, text
from tests.web.running.year import MONTH, START, address, first_of, of_month, send

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


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
    assert client.post(path, form_of(client, path) | {"work_done": "ჯერჯერობით"}).status_code == 303
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
def test_a_report_is_corrected_and_the_page_says_what_changed(world: World, at: At, made: Running) -> None:
    send(world, made)
    actions.record_delivery(
        case_id=made.case.id, service_type="employment", happened_on=MONTH, reason="გვიან", by=world.worker.who
    )
    client = at(world.worker)
    assert "recorded or corrected after the report was sent" in text(client.get(of_month("report", made)).content)
    posted = form_of(client, of_month("correct", made)) | {"why": "გამორჩა", "work_done": "ახალი ტექსტი"}
    assert client.post(of_month("correct", made), posted).status_code == 303
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
