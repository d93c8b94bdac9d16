"""Social workers, organisations, offers and the list of services."""

import dataclasses
import datetime as dt

import pytest

from gza.law import directory
from gza.law.directory import WorkerEntry, confirmation_due, lacking_fields

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
ENTRY = WorkerEntry(has_contact=True, has_education=True, languages=1, regions=1, trainings=0, active_from=MAY)


@pytest.mark.clause("S7.1")
def test_a_complete_entry_of_a_social_worker_is_accepted():
    assert directory.worker_complete(entry=ENTRY)
    assert directory.may_enter_worker(entry=ENTRY, by_fund=True)


@pytest.mark.clause("S7.1")
@pytest.mark.parametrize(
    ("change", "key", "word"),
    [
        ({"has_contact": False}, "contact", "contact"),
        ({"has_education": False}, "education", "education"),
        ({"languages": 0}, "languages", "languages"),
        ({"regions": 0}, "regions", "regions"),
        ({"trainings": None}, "training", "training"),
        ({"active_from": None}, "active_from", "active from"),
    ],
)
def test_an_entry_that_lacks_something_is_refused_and_says_what(change, key, word):
    entry = dataclasses.replace(ENTRY, **change)
    verdict = directory.worker_complete(entry=entry)
    assert lacking_fields(entry) == (key,)
    assert verdict.clause == "S7.1"
    assert word in verdict.message.en


@pytest.mark.clause("S7.1")
def test_a_workers_last_day_is_not_before_the_first():
    assert directory.worker_dates(active_from=MAY, active_to=MAY)
    assert directory.worker_dates(active_from=MAY, active_to=None)
    assert directory.worker_dates(active_from=JUNE, active_to=MAY).code == "directory.worker_dates"


@pytest.mark.clause("S1.1", "S7.1")
def test_the_registers_are_kept_by_the_fund():
    assert directory.kept_by_fund(by_fund=True)
    assert directory.kept_by_fund(by_fund=False).clause == "S1.1"


@pytest.mark.clause("S7.1", "S1.1")
def test_entering_a_worker_asks_every_rule_of_it():
    backwards = dataclasses.replace(ENTRY, active_to=MAY - dt.timedelta(days=1))
    assert directory.may_enter_worker(entry=ENTRY, by_fund=False).code == "directory.kept_by_fund"
    assert directory.may_enter_worker(entry=backwards, by_fund=True).code == "directory.worker_dates"
    lacking = dataclasses.replace(ENTRY, languages=0)
    assert directory.may_enter_worker(entry=lacking, by_fund=True).code == "directory.worker_incomplete"


@pytest.mark.clause("S1.1")
def test_cooperation_without_a_memorandum_is_shown_not_refused():
    assert directory.memorandum(in_force=True).flags == ()
    assert directory.memorandum(in_force=False).flags == ("directory.no_memorandum",)


@pytest.mark.clause("S4.2")
def test_an_offer_is_contributed_by_its_provider_or_by_the_fund_for_it():
    assert directory.contributed(own_organisation=True, by_fund=False)
    assert directory.contributed(own_organisation=False, by_fund=True)
    assert directory.contributed(own_organisation=False, by_fund=False).clause == "S4.2"


@pytest.mark.clause("S4.2")
def test_the_fund_compiles_the_list_and_the_list_lists_services():
    assert directory.compiled(by_fund=True)
    assert not directory.compiled(by_fund=False)
    assert directory.has_offers(offers=1)
    assert not directory.has_offers(offers=0)


@pytest.mark.clause("S4.3")
def test_editions_are_numbered_without_gaps():
    assert directory.numbered(last=0, number=1)
    for number in (0, 1, 3):
        verdict = directory.numbered(last=1, number=number)
        assert verdict.code == "directory.edition_number"
        assert "2" in verdict.message.en


@pytest.mark.clause("S4.3")
def test_an_edition_is_not_dated_before_the_last():
    assert directory.issued_in_order(last_on=None, on=MAY)
    assert directory.issued_in_order(last_on=MAY, on=MAY)
    assert not directory.issued_in_order(last_on=JUNE, on=MAY)


@pytest.mark.clause("S4.4")
def test_an_issued_edition_is_kept_as_it_was():
    assert directory.unissued(issued=False)
    assert directory.unissued(issued=True).clause == "S4.4"


@pytest.mark.clause("S4.3")
def test_an_offer_not_confirmed_for_a_quarter_is_seen_and_stays():
    due = confirmation_due(confirmed_on=MAY)
    assert due == dt.date(2024, 8, 6)
    assert directory.confirmed(confirmed_on=MAY, today=due).flags == ()
    late = directory.confirmed(confirmed_on=MAY, today=due + dt.timedelta(days=1))
    assert late.flags == ("directory.offer_unconfirmed",)


@pytest.mark.clause("S6.1")
def test_providers_are_ngos_and_international_organisations():
    for kind in ("ngo", "international", "fund"):
        assert directory.offered_by_provider(kind=kind)
    for kind in ("state", "council", "social_worker"):
        assert directory.offered_by_provider(kind=kind).clause == "S6.1"


@pytest.mark.clause("S6.1")
def test_a_provider_sees_its_own_requests_alone():
    assert directory.own_alone(own_organisation=True)
    assert not directory.own_alone(own_organisation=False)


@pytest.mark.clause("S4.2", "S6.1")
def test_offering_asks_every_rule_of_it():
    assert directory.may_offer(kind="ngo", own_organisation=True, by_fund=False)
    assert not directory.may_offer(kind="state", own_organisation=True, by_fund=False)
    assert not directory.may_offer(kind="ngo", own_organisation=False, by_fund=False)


@pytest.mark.clause("S4.2", "S4.3")
def test_issuing_an_edition_asks_every_rule_of_it():
    issue = {"by_fund": True, "offers": 4, "last": 1, "number": 2, "last_on": MAY, "on": JUNE}
    assert directory.may_issue(**issue)
    refused = {
        "directory.compiled_by_fund": {"by_fund": False},
        "directory.edition_empty": {"offers": 0},
        "directory.edition_number": {"number": 4},
        "directory.edition_date": {"on": MAY - dt.timedelta(days=1)},
    }
    for code, change in refused.items():
        assert directory.may_issue(**{**issue, **change}).code == code
