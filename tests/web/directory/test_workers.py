"""Pages of the register of social workers."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from gza.cases.models import Caseload
from gza.core import clock
from gza.directory import actions, queries
from gza.directory.models import SocialWorker, Training
from gza.ledger.models import Event, Kind
from tests.accounts.factories import make_user, principal
from tests.directory.factories import make_fund, make_worker
from tests.web.asking import cost

from .asking import form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
NEW = {
    "name_ka": "ეკა ბერაძე",
    "name_en": "Eka Beradze",
    "phone": "+995 500 11 22 33",
    "office_region": "GE-IM",
    "regions": ["GE-IM", "GE-GU"],
    "languages": ["ka", "ru"],
    "education": "სოციალური მუშაობის ბაკალავრი",
    "has_training": "yes",
    "active_from": "1.2.2020",
}


@pytest.mark.clause("S7.1", "S5.1")
def test_a_social_worker_is_entered_with_all_the_register_wants(coordinator: Client) -> None:
    make_fund()
    account = make_user("social_worker")
    address = reverse("directory:worker_new")
    assert "Agency for State Care" in text_of(coordinator, address)
    posted = form_of(coordinator, address) | NEW | {"user_id": str(account.pk)}
    response = coordinator.post(address, posted)
    row = SocialWorker.objects.get()
    assert response.url == reverse("directory:worker", args=[row.pk])
    assert (row.user_id, row.language_codes, row.region_codes) == (account.pk, ["ka", "ru"], ["GE-GU", "GE-IM"])
    page = text_of(coordinator, response.url)
    assert "Can be designated; 0 open cases." in page
    assert "The trainings are not entered yet" in page
    training = reverse("directory:training_new", args=[row.pk])
    said = form_of(coordinator, training) | {"subject": "გასაუბრება", "completed_on": "1.3.2019", "hours": "16"}
    assert coordinator.post(training, said).status_code == 303
    assert Training.objects.get().hours == 16
    assert "16 hours" in text_of(coordinator, response.url)


@pytest.mark.clause("S7.1")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": ""}, "Neither telephone nor e-mail"),
        ({"education": ""}, "This is empty."),
        ({"languages": []}, "Choose at least one."),
        ({"regions": ["GE-AB"]}, "not among those offered"),
        ({"has_training": ""}, "Choose one of the answers."),
        ({"active_from": "30.2.2020"}, "not a day of the calendar"),
    ],
)
def test_what_the_register_lacks_is_said_beside_its_field(coordinator: Client, wrong: dict, said: str) -> None:
    make_fund()
    address = reverse("directory:worker_new")
    response = coordinator.post(address, form_of(coordinator, address) | NEW | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not SocialWorker.objects.exists()


@pytest.mark.clause("S5.1")
def test_without_the_fund_nobody_is_entered(coordinator: Client) -> None:
    response = coordinator.get(reverse("directory:worker_new"))
    assert response.status_code == 409
    assert "The Fund is not in the directory" in response.content.decode()


@pytest.mark.clause("S7.1")
def test_the_register_shows_the_caseload_and_keeps_its_filters(coordinator: Client) -> None:
    fund = make_fund()
    account = make_user("social_worker")
    busy = make_worker(fund, user_id=account.pk, name_en="Busy Beradze")
    Caseload.objects.create(user_id=account.pk, count=4)
    make_worker(fund, name_en="Other Oniani", regions=("GE-TB",), languages=("ka", "az"))
    page = text_of(coordinator, reverse("directory:workers"))
    assert "Busy Beradze" in page
    assert "Other Oniani" in page
    narrowed = coordinator.get(reverse("directory:workers") + "?region=GE-TB&language=az").content.decode()
    assert "Other Oniani" in narrowed
    assert "Busy Beradze" not in narrowed
    assert '<option value="GE-TB" selected>' in narrowed
    assert "Can be designated; 4 open cases." in text_of(coordinator, reverse("directory:worker", args=[busy.pk]))
    assert "No social worker fits" in text_of(coordinator, reverse("directory:workers") + "?language=fa")
    assert "Busy Beradze" in text_of(coordinator, reverse("directory:workers") + "?region=nowhere")


@pytest.mark.clause("S3.3", "S7.1")
def test_who_leaves_with_open_cases_is_seen_and_who_stays_can_be_resumed(coordinator: Client) -> None:
    account = make_user("social_worker")
    row = make_worker(user_id=account.pk)
    Caseload.objects.create(user_id=account.pk, count=2)
    address = reverse("directory:worker_end", args=[row.pk])
    yesterday = clock.today() - dt.timedelta(days=1)
    posted = form_of(coordinator, address) | {"last_day": f"{yesterday:%d.%m.%Y}"}
    assert coordinator.post(address, posted).status_code == 303
    page = text_of(coordinator, reverse("directory:worker", args=[row.pk]))
    assert "still holds 2 open cases" in page
    assert queries.worker_of(account.pk) is None
    assert row.name("en") not in text_of(coordinator, reverse("directory:workers"))
    assert row.name("en") in text_of(coordinator, reverse("directory:workers") + "?past=on")
    address = reverse("directory:worker_resume", args=[row.pk])
    assert coordinator.post(address, form_of(coordinator, address)).status_code == 303
    assert queries.worker_of(account.pk)


@pytest.mark.clause("S7.1")
def test_a_last_day_before_the_first_is_refused_with_its_clause(coordinator: Client) -> None:
    row = make_worker()
    address = reverse("directory:worker_end", args=[row.pk])
    response = coordinator.post(address, form_of(coordinator, address) | {"last_day": "1.1.2019"})
    assert response.status_code == 409
    body = response.content.decode()
    assert "last day is earlier than the first" in body
    assert "§\xa07.1" in body
    assert "01.01.2019" in body or "1.1.2019" in body
    assert Event.objects.filter(kind=Kind.REFUSAL, verb="directory.worker_ended").count() == 1


@pytest.mark.clause("G2")
def test_a_changed_row_is_saved_and_a_stale_one_shown(coordinator: Client) -> None:
    row = make_worker()
    address = reverse("directory:worker_edit", args=[row.pk])
    stale = form_of(coordinator, address) | NEW
    assert coordinator.post(address, form_of(coordinator, address) | NEW | {"phone": "1"}).status_code == 303
    response = coordinator.post(address, stale)
    assert response.status_code == 409
    body = response.content.decode()
    assert 'class="clash"' in body
    assert NEW["phone"] in body
    assert "Telephone: +995 555 00 00 00 → 1" in text_of(coordinator, reverse("directory:worker", args=[row.pk]))


def test_a_social_worker_reads_the_register_and_changes_nothing(social_worker: Client) -> None:
    row = make_worker()
    assert row.name("en") in text_of(social_worker, reverse("directory:workers"))
    for name in ("worker_edit", "worker_end", "worker_resume", "training_new"):
        assert social_worker.post(reverse(f"directory:{name}", args=[row.pk]), {}).status_code == 409
    assert SocialWorker.objects.get().revision == 1


def test_the_register_costs_the_same_whatever_it_holds(coordinator: Client) -> None:
    fund = make_fund()
    make_worker(fund)
    few = cost(coordinator, reverse("directory:workers"))
    for _ in range(6):
        make_worker(fund)
    assert cost(coordinator, reverse("directory:workers")) == few


def test_pages_of_the_register_follow_one_another(coordinator: Client) -> None:
    fund = make_fund()
    who = principal("coordinator")
    for number in range(60):
        made = make_worker(fund, name_ka=f"ა {number:03d}", name_en=f"Worker {number:03d}")
        assert made
    actions.end_worker(worker_id=made.pk, last_day=clock.today() - dt.timedelta(days=1), by=who)
    first = coordinator.get(reverse("directory:workers") + "?region=GE-IM").content.decode()
    assert "Worker 049" in first
    assert "Worker 050" not in first
    following = dict(x.split("=") for x in first.split('rel="next"')[0].rsplit('href="?', 1)[1][:-2].split("&amp;"))
    assert following["region"] == "GE-IM"
    second = coordinator.get(reverse("directory:workers"), following).content.decode()
    assert "Worker 058" in second
    assert "Worker 059" not in second
    assert 'rel="prev"' in second
