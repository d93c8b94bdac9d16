"""Organisations, focal persons and memoranda are kept by the Fund; every change shows before and after."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gza.core import clock
from gza.core.conflicts import Stale
from gza.directory import actions, queries
from gza.directory.facts import Entered, FocalPersonFacts, MemorandumFacts, OrganisationFacts
from gza.directory.models import Change, Organisation
from gza.ledger.models import Event, Kind
from gza.ledger.work import Refused
from tests.accounts.factories import make_user, principal

from .factories import make_fund, make_organisation

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
NGO = OrganisationFacts(name_ka="მზის კარი", name_en="Sun Gate", kind="ngo", phone="+995 32 200 00 00")


@pytest.mark.clause("S1.1")
def test_the_coordinator_enters_an_organisation_and_the_act_stands_in_the_ledger() -> None:
    who = principal("coordinator")
    body = actions.add_organisation(facts=NGO, by=who)
    event = Event.objects.get()
    assert (event.verb, event.subject, event.actor, event.clause) == (
        "directory.organisation_added", body.pk, who.id, "S1.1",
    )  # fmt: skip
    assert "მზის კარი" not in str(event.facts)
    assert [body.name_en for body in queries.organisations(kind="ngo", text="ზის კ")] == ["Sun Gate"]


@pytest.mark.clause("S1.1")
@pytest.mark.parametrize("role", ["social_worker", "provider", "agency", "secretariat", "administrator", "auditor"])
def test_nobody_but_the_fund_keeps_the_register_of_organisations(role: str) -> None:
    body = make_organisation()
    who = principal(role)
    with pytest.raises(Refused) as refused:
        actions.alter_organisation(organisation_id=body.pk, facts=NGO, by=who)
    assert (refused.value.denied.code, refused.value.denied.clause) == ("directory.kept_by_fund", "S1.1")
    assert Event.objects.filter(kind=Kind.REFUSAL).count() == 1
    assert Organisation.objects.get(pk=body.pk).name_en != "Sun Gate"


@pytest.mark.clause("G2")
def test_a_change_shows_both_states_and_overwrites_nothing() -> None:
    body = actions.add_organisation(facts=NGO, by=principal("coordinator"))
    changed = OrganisationFacts(**{**NGO.values(), "phone": "+995 32 211 11 11"})
    actions.alter_organisation(organisation_id=body.pk, facts=changed, version=1, by=principal("director"))
    after, before = queries.changes(body.pk)
    assert after.fields == ["phone"]
    assert (after.before["phone"], after.after["phone"]) == ("+995 32 200 00 00", "+995 32 211 11 11")
    assert before.before is None
    for sql in ("UPDATE directory_change SET deed = 'x'", "DELETE FROM directory_change"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_who_saves_an_older_version_is_told_and_nothing_is_written() -> None:
    body = actions.add_organisation(facts=NGO, by=principal("coordinator"))
    other = principal("coordinator")
    actions.alter_organisation(
        organisation_id=body.pk, facts=OrganisationFacts(**{**NGO.values(), "abbr": "SG"}), version=1, by=other
    )
    with pytest.raises(Stale) as stale:
        actions.alter_organisation(organisation_id=body.pk, facts=NGO, version=1, by=principal("coordinator"))
    assert stale.value.version == 2
    assert stale.value.current["abbr"] == "SG"
    assert stale.value.changed_by == other.id
    assert Change.objects.count() == 2


def test_names_of_the_reference_data_are_not_the_offices_to_change_but_contact_is() -> None:
    fund = make_fund()
    facts = OrganisationFacts(**{**OrganisationFacts.of(fund).values(), "name_en": "X", "phone": "116 006"})
    actions.alter_organisation(organisation_id=fund.pk, facts=facts, by=principal("coordinator"))
    fund.refresh_from_db()
    assert fund.name_en.startswith("Agency for State Care")
    assert fund.phone == "116 006"
    assert actions.sync_reference() == {"added": 0, "altered": 0, "disabled": 0}


@pytest.mark.clause("G2")
def test_late_entry_gives_its_reason_and_the_future_is_refused() -> None:
    who = principal("coordinator")
    long_ago = clock.today() - dt.timedelta(days=90)
    with pytest.raises(Refused) as late:
        actions.add_organisation(facts=NGO, entered=Entered(happened_on=long_ago), by=who)
    assert late.value.denied.code == "entry.late"
    with pytest.raises(Refused) as future:
        actions.add_organisation(facts=NGO, entered=Entered(clock.today() + dt.timedelta(days=1)), by=who)
    assert future.value.denied.code == "entry.future"
    said = Entered(long_ago, channel="letter", reference="12/45", late_reason="წერილი დაგვიანდა")
    body = actions.add_organisation(facts=NGO, entered=said, by=who)
    (change,) = queries.changes(body.pk)
    assert (change.happened_on, change.reference) == (long_ago, "12/45")
    assert queries.late_changes() == [change]


@pytest.mark.clause("S1.1")
def test_focal_persons_and_memoranda_of_an_organisation() -> None:
    who = principal("coordinator")
    body = make_organisation()
    account = make_user("provider", organisation_id=body.pk)
    facts = FocalPersonFacts("მარიამ ხუციშვილი", dt.date(2020, 1, 1), email="m@example.ge", user_id=account.pk)
    person = actions.add_focal_person(organisation_id=body.pk, facts=facts, by=who)
    ended = FocalPersonFacts(**{**facts.values(), "valid_to": dt.date(2020, 6, 30)})
    actions.alter_focal_person(focal_person_id=person.pk, facts=ended, version=1, by=who)
    assert list(queries.focal_persons(organisation=body, on=dt.date(2020, 6, 30))) == [person]
    assert list(queries.focal_persons(organisation=body, on=dt.date(2020, 7, 1))) == []
    paper = MemorandumFacts("თანამშრომლობის მემორანდუმი", dt.date(2020, 2, 1), number="7")
    signed = actions.add_memorandum(organisation_id=body.pk, facts=paper, by=who)
    longer = MemorandumFacts(**{**paper.values(), "valid_to": dt.date(2021, 2, 1)})
    actions.alter_memorandum(memorandum_id=signed.pk, facts=longer, version=1, by=who)
    assert [paper.valid_to for paper in queries.memoranda(body)] == [dt.date(2021, 2, 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_ka": ""},
        {"kind": "sect"},
        {"valid_from": dt.date(2020, 1, 2), "valid_to": dt.date(2020, 1, 1)},
    ],
)
def test_the_database_itself_holds_what_an_organisation_is(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**{"name_ka": "ა", "name_en": "a", "kind": "ngo", **wrong})


def test_a_body_is_succeeded_only_after_it_ended_and_never_by_itself() -> None:
    body = make_organisation()
    for change in ({"successor": make_organisation()}, {"successor": body, "valid_to": dt.date(2020, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=body.pk).update(**change)
