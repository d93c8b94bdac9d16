"""The pages of the end, of follow-up, of closing and joining: from the first button to the last."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from gza.accounts import actions as accounts
from gza.cases import actions as on_cases
from gza.cases.models import Case
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import CaseEnd, FollowUp, FollowUpContact, Merge, Notice, TerminationRequest, Violation
from gza.plans.queries import ending as queries
from tests.accounts.factories import principal
from tests.cases.factories import Member, World, days_ago
from tests.plans import endings, factories
from tests.web.asking import At, cost, openings, post, text

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def address(name: str, case: Case, *args: Any) -> str:
    return reverse(f"after:{name}", args=[case.id, *args])


def open_case(member: Member, case: Case) -> None:
    """Say why one opens a case outside one's own work."""
    on_cases.open_outside_work(case_id=case.id, why="ფონდის საქმე", minutes_since_sign_in=1, by=member.who)


@pytest.mark.clause("S7.12", "S7.10")
@pytest.mark.parametrize(("language", "words"), [("en", "The term is over"), ("ka", "ვადა გავიდა")])
def test_a_term_shows_as_over_before_the_timer_has_run(world: World, at: At, language: str, words: str) -> None:
    case = endings.running(world, starts_on=days_ago(60), months=1)
    body = at(world.worker, language).get(address("end", case)).content.decode()
    assert words in body
    assert address("notice", case) in body
    assert address("request", case) not in body
    today = at(world.worker, language).get("/").content.decode()
    assert address("notice", case) in today


@pytest.mark.clause("S7.12")
def test_what_is_open_stands_on_the_page_of_the_end(world: World, at: At) -> None:
    case = endings.running(world)
    page = at(world.worker).get(address("end", case))
    assert page.context["end"].left == queries.unspent(case) > 0
    assert "A plan is in force until" in text(page.content)
    for name in ("request", "violation", "in_fact"):
        assert address(name, case) in page.content.decode()
    assert address("close", case) not in page.content.decode()


@pytest.mark.clause("S7.12", "G5")
def test_a_request_is_recorded_by_the_worker_and_answered_by_the_director(world: World, at: At) -> None:
    case = endings.running(world)
    worker = at(world.worker)
    refused = post(worker, address("request", case), changed_need="სამუშაო იპოვა")
    assert refused.status_code == 409
    assert "is in writing" in text(refused.content)
    assert "სამუშაო იპოვა" in refused.content.decode()
    done = post(worker, address("request", case), changed_need="სამუშაო იპოვა", words="გთხოვთ")
    assert done.url == address("end", case)
    row = TerminationRequest.objects.get(case=case)
    before = openings("after.end")
    assert "სამუშაო იპოვა" in worker.get(address("end", case)).content.decode()
    assert openings("after.end") == before + 1
    endings.empower(world.director)
    director = at(world.director)
    assert address("answer", case, row.id) in director.get("/").content.decode()
    assert director.get(address("answer", case, row.id)).status_code == 302
    open_case(world.director, case)
    assert "გთხოვთ" in director.get(address("answer", case, row.id)).content.decode()
    done = post(director, address("answer", case, row.id), granted="yes", reasons="ასე სურს")
    assert done.url == address("end", case)
    case.refresh_from_db()
    assert (case.plan_end, case.stage) == ("request", Stage.COMPLETION)


@pytest.mark.clause("S7.12", "G1")
def test_a_violation_is_recorded_heard_and_warned_of(world: World, at: At) -> None:
    case = endings.running(world)
    worker, coordinator = at(world.worker), at(world.coordinator)
    post(worker, address("violation", case), description="ბინა დააზიანა", gross="yes")
    row = Violation.objects.get(case=case)
    post(worker, address("hearing", case, row.id), present="yes", words="ვნანობ")
    post(coordinator, address("warning", case, row.id), words="კიდევ თუ განმეორდა")
    page = text(worker.get(address("end", case)).content)
    for words in ("ბინა დააზიანა", "ვნანობ", "კიდევ თუ განმეორდა", "gross"):
        assert words in page
    endings.empower(world.director)
    refused = post(at(world.director), address("for_violation", case), reasons="ერთხელ")
    assert refused.status_code == 409
    assert "gross violations on record: 1" in text(refused.content)
    assert "§\xa07.12" in refused.content.decode()


@pytest.mark.clause("S7.12")
def test_an_end_in_fact_is_recorded_by_one_and_confirmed_by_another(world: World, at: At) -> None:
    case = endings.running(world)
    worker, coordinator = at(world.worker), at(world.coordinator)
    post(worker, address("in_fact", case), ground="departure", evidence="ბილეთი ვნახეთ")
    row = CaseEnd.objects.get(case=case)
    assert address("confirm", case, row.id) in coordinator.get("/").content.decode()
    assert address("confirm", case, row.id) not in worker.get("/").content.decode()
    refused = post(worker, address("confirm", case, row.id), holds="yes")
    assert refused.status_code == 409
    assert "ბილეთი ვნახეთ" in refused.content.decode()
    actions.withdraw_end_in_fact(case_id=case.id, end_id=row.id, why="შეცდომა", by=world.worker.who)
    post(worker, address("in_fact", case), ground="death", evidence="ცნობა")
    second = CaseEnd.objects.get(case=case, withdrawn_on=None)
    open_case(world.coordinator, case)
    done = post(coordinator, address("confirm", case, second.id), holds="yes")
    assert done.status_code == 303
    case.refresh_from_db()
    assert case.stage == Stage.ENDED
    page = text(worker.get(address("end", case)).content)
    assert "The case has been closed since" in page


@pytest.mark.clause("S7.12")
@pytest.mark.parametrize(("letter", "word"), [("ka", "გასაჩივრება"), ("en", "complain")])
def test_the_letter_says_how_to_complain_in_the_readers_language(world: World, at: At, letter: str, word: str) -> None:
    case = endings.expired(world)
    worker = at(world.worker)
    assert "cannot say how to complain" in text(worker.get(address("notice", case)).content)
    endings.reachable(world)
    printed = worker.get(f"{address('letter', case)}?letter={letter}").content.decode()
    for words in (endings.POST, endings.TELEPHONE, "გაასაჩივროთ" if letter == "ka" else word):
        assert words in printed
    done = post(worker, f"{address('notice', case)}?letter={letter}", handed="yes", how="ხელზე")
    assert done.status_code == 303
    row = Notice.objects.get(case=case)
    assert row.language == letter
    assert endings.POST in world.worker.who.ring.open(row, "text")


@pytest.mark.clause("S7.11")
def test_follow_up_is_agreed_shown_and_kept_to(world: World, at: At) -> None:
    case = endings.expired(world)
    endings.tell(world, case.id)
    worker = at(world.worker)
    assert "Nothing is agreed" in text(worker.get(address("follow_up", case)).content)
    review = clock.today() + dt.timedelta(days=60)
    post(
        worker, address("agree", case), way="telephone", every_days="30", hour_from="10", hour_to="18",
        method="დის ნომერზე", never="სახლში", review_on=f"{review:%d.%m.%Y}",
    )  # fmt: skip
    assert FollowUp.objects.get(case=case).hour_to == 18
    page = text(worker.get(address("follow_up", case)).content)
    for words in ("დის ნომერზე", "every 30 days", "10:00–18:00", "სახლში"):
        assert words in page
    assert "დის ნომერზე" in worker.get(address("contact", case)).content.decode()
    before = openings("after.follow_up")
    change = worker.get(address("agree", case))
    assert openings("after.follow_up") == before + 1
    assert (change.context["form"].initial["never"], change.context["form"].initial["hour_to"]) == ("სახლში", 18)
    assert "Never: სახლში" in text(change.content)
    assert ">სახლში</textarea>" in change.content.decode().replace("\n", "")
    typed = {"direction": "outgoing", "way": "visit", "reached": "yes", "note": "კარგად არის"}
    asked = post(worker, address("contact", case), **typed)
    assert asked.status_code == 409
    assert "This is not the way that was agreed" in text(asked.content)
    assert "კარგად არის" in asked.content.decode()
    assert post(worker, address("contact", case), **typed, outside_reason="ნომერი გაითიშა").status_code == 303
    assert FollowUpContact.objects.get(case=case).outside
    post(worker, address("contact", case), direction="incoming", way="message", reached="yes")
    assert FollowUpContact.objects.filter(case=case).count() == 2
    post(worker, address("end_follow_up", case))
    assert FollowUp.objects.get(case=case).state == "ended"


@pytest.mark.clause("S7.11", "S7.12", "S3.3")
def test_a_case_is_closed_and_opened_again(world: World, at: At) -> None:
    case = endings.expired(world)
    endings.tell(world, case.id)
    worker, coordinator = at(world.worker), at(world.coordinator)
    post(worker, address("decline", case), words="არ მინდა")
    assert "The beneficiary wants no follow-up" in text(worker.get(address("follow_up", case)).content)
    post(coordinator, address("close", case), why="გზა გავლილია")
    case.refresh_from_db()
    assert case.stage == Stage.ENDED
    page = coordinator.get(reverse("cases:detail", args=[case.id]))
    assert page.status_code == 200
    post(coordinator, address("reopen", case), why="დაბრუნდა", worker=str(world.other.id))
    case.refresh_from_db()
    assert (case.stage, case.worker_id) == (Stage.FOLLOW_UP, world.other.id)
    endings.empower(world.director)
    assert post(at(world.director), address("later_plan", case), reasons="სჭირდება").status_code == 303
    case.refresh_from_db()
    assert case.stage == Stage.INITIAL_PLAN


@pytest.mark.clause("S5.6", "G1")
def test_two_cases_are_joined_by_choice_or_code_and_parted(world: World, at: At) -> None:
    first, second = factories.road_to(world, Stage.NEEDS), factories.road_to(world, Stage.NEEDS)
    coordinator = at(world.coordinator)
    flagged = coordinator.get(reverse("cases:flags", args=[second.id])).content.decode()
    assert address("merge", second) in flagged
    assert f'value="{first.id}"' in coordinator.get(address("merge", second)).content.decode()
    mistyped = post(coordinator, address("merge", second), code="ZZZ-ZZZ", reasons="ნომერი ემთხვევა")
    assert mistyped.status_code == 422
    assert "No case that you may know of has this code" in text(mistyped)
    for typed in ("ZZZ-ZZZ", "ნომერი ემთხვევა"):
        assert typed in mistyped.content.decode()
    assert post(coordinator, address("merge", second), reasons="x").status_code == 422
    assert post(coordinator, address("merge", second), code=first.code, reasons="ნომერი").status_code == 303
    row = Merge.objects.get()
    assert first.code in coordinator.get(reverse("cases:detail", args=[first.id])).content.decode()
    for case in (first, second):
        open_case(world.coordinator, case)
        undo = reverse("after:unmerge", args=[row.case_id, row.id])
        assert undo in coordinator.get(address("end", case)).content.decode()
    refused = post(coordinator, address("merge", first), found=str(second.id), reasons="ნომერი")
    assert refused.status_code == 409
    done = post(coordinator, reverse("after:unmerge", args=[row.case_id, row.id]), reasons="ორი ადამიანია")
    assert done.status_code == 303
    assert not Merge.objects.filter(undone_on=None).exists()


@pytest.mark.clause("S7.12", "S4.1")
def test_the_numbers_of_queries_do_not_grow_with_what_there_is(world: World, at: At) -> None:
    few, many = endings.running(world), endings.running(world)
    for case, count in ((few, 1), (many, 4)):
        for _ in range(count):
            row = actions.record_violation(case_id=case.id, description="x", gross=True, by=world.worker.who)
            actions.hear(case_id=case.id, violation_id=row.id, words="x", by=world.worker.who)
            actions.record_contact(case_id=case.id, direction="incoming", way="visit", note="x", by=world.worker.who)
    client, counts = at(world.worker), {}
    for name in ("end", "follow_up"):
        for case in (few, many):
            counts.setdefault(name, []).append(cost(client, address(name, case)))
    assert all(first == second for first, second in counts.values()), counts
    assert counts["end"][0] <= 45
    assert counts["follow_up"][0] <= 30


def test_no_page_names_a_person_or_a_state_in_its_title(world: World, at: At) -> None:
    case = endings.followed(world)
    client = at(world.worker, "ka")
    for name in ("end", "notice", "follow_up", "agree", "contact", "in_fact"):
        title = re.search(r"<title>(.*?)</title>", client.get(address(name, case)).content.decode(), re.DOTALL)[1]
        assert case.code not in title
        assert "ნინო" not in title


@pytest.mark.clause("G4", "S7.11")
def test_a_case_is_not_opened_again_for_a_key_that_is_not_certified(world: World, at: At) -> None:
    case = endings.expired(world)
    endings.tell(world, case.id)
    post(at(world.worker), address("decline", case), words="არ მინდა")
    coordinator = at(world.coordinator)
    post(coordinator, address("close", case), why="გზა გავლილია")
    accounts.reset_password(user=world.other.user, by=principal("administrator"))
    answer = post(coordinator, address("reopen", case), why="დაბრუნდა", worker=str(world.other.id))
    assert (answer.status_code, "is not certified yet" in text(answer.content)) == (409, True)
    assert "დაბრუნდა" in answer.content.decode()
    case.refresh_from_db()
    assert case.stage == Stage.ENDED
