"""Plans in the database: loaded in one act, read back the same, frozen once adopted but for what is to be confirmed."""

import dataclasses as dc
import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gza.core.actors import SYSTEM
from gza.directory.actions import sync_reference
from gza.law import nap as law
from gza.law.verdicts import Allowed, Denied
from gza.ledger.models import Event, Kind
from gza.ledger.work import Refused
from gza.nap import actions, parsing, queries, writing
from gza.nap.changes import changes, marked
from gza.nap.document import Agency, Plan
from gza.nap.models import Activity, ActivityAgency, Goal, Indicator, Objective, ToConfirm

from .files import ACTIVITY, AGENCIES, GOAL, PLAN, as_csv, small, table

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.clause("N0.1")]
ADOPTED = {"adopted_on": "2018-12-24"}


@pytest.fixture(autouse=True)
def _bodies() -> None:
    sync_reference(by=SYSTEM)


def read(rows: list[dict[str, Any]]) -> Plan:
    found, problems = parsing.parse([table(rows)], agencies=AGENCIES)
    assert found, [(one.cell, one.code) for one in problems]
    return found


def load(rows: list[dict[str, Any]]) -> actions.Loaded:
    return actions.import_plan(read(rows), by=SYSTEM)


def events() -> list[Event]:
    return list(Event.objects.filter(verb="nap.loaded"))


def test_the_shipped_plan_is_loaded_whole_in_one_act(plan: Plan) -> None:
    assert actions.load_shipped(by=SYSTEM) == actions.Loaded("NAP-2019-2020", new=True, changed=(), wrote=True)
    assert queries.document("NAP-2019-2020") == plan
    (event,) = events()
    assert event.clause == "N0.1"
    assert event.facts == plan.count() | {
        "code": "NAP-2019-2020",
        "fingerprint": plan.fingerprint().hex(),
        "changed": 0,
    }
    counted = [model.objects.count() for model in (Goal, Objective, Activity, Indicator, ToConfirm)]
    assert counted == [6, 24, 57, 126, 24]


def test_every_row_leads_to_lines_of_the_kept_source(source: list[str]) -> None:
    actions.load_shipped(by=SYSTEM)
    found = queries.find("NAP-2019-2020")
    assert found
    kept = ["", *found.source_text.split("\n")]
    assert [line.replace("\t", " ").split() for line in kept] == [line.split() for line in source]


def test_loading_it_again_changes_nothing_and_leaves_no_event() -> None:
    actions.load_shipped(by=SYSTEM)
    ids = set(Activity.objects.values_list("id", flat=True))
    again = actions.load_shipped(by=SYSTEM)
    assert (again.new, again.wrote) == (False, False)
    assert len(events()) == 1
    assert set(Activity.objects.values_list("id", flat=True)) == ids


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_import_export(plan: Plan, kind: str) -> None:
    actions.load_shipped(by=SYSTEM)
    written = queries.export(kind=kind)
    again, problems = queries.read_file(f"plan.{kind}", written)
    assert not problems
    assert again
    actions.import_plan(dc.replace(again, code="COPY"), by=SYSTEM)
    assert queries.export("NAP-2019-2020") == writing.to_json(plan)
    assert queries.export("COPY") == writing.to_json(dc.replace(plan, code="COPY"))


def test_reading_costs_the_same_queries_for_a_small_plan_and_a_large(django_assert_num_queries: Any) -> None:
    actions.load_shipped(by=SYSTEM)
    load(small())
    for code in ("NAP-2019-2020", "P-1"):
        with django_assert_num_queries(7):
            queries.document(code)


def test_several_plans_stand_side_by_side_and_carry_over() -> None:
    load(small())
    rows = small(PLAN, code="", id="P-2", start="2021-01-01", end="2022-12-31")
    rows[ACTIVITY] |= {"start": "2021-01-01", "end": "2022-12-31", "carried_from": "P-1/1.1.1"}
    found, problems = queries.read_file("p.csv", as_csv(rows))
    assert not problems
    assert found
    actions.import_plan(found, by=SYSTEM)
    assert [(one.code, one.of_activities, one.of_marks) for one in queries.plans()] == [("P-2", 1, 0), ("P-1", 1, 0)]
    rows[ACTIVITY]["carried_from"] = "P-0/1.1.1"
    _, problems = queries.read_file("p.csv", as_csv(rows))
    assert [(one.column, one.code) for one in problems] == [("carried_from", "unknown_carry")]


def test_a_draft_is_replaced_and_rows_that_stay_keep_their_ids() -> None:
    load(small())
    ids = {one.number: one.id for one in Activity.objects.all()}
    rows = small(GOAL, title="Another goal")
    rows.insert(4, dict(rows[ACTIVITY], id="1.1.2", to_confirm="indicators"))
    loaded = load(rows)
    assert loaded.changed == ("1 title", "1.1.2 added")
    assert {one.number: one.id for one in Activity.objects.all()}["1.1.1"] == ids["1.1.1"]
    assert load(small()).changed == ("1 title", "1.1.2 removed")
    assert [one.number for one in Activity.objects.all()] == ["1.1.1"]


def test_an_activity_moves_to_another_objective_without_losing_its_id() -> None:
    load(small())
    (before,) = Activity.objects.all()
    rows = small()
    for row in rows:
        row.update({"id": "2"} if row["kind"] == "goal" else {})
        row.update({"id": "2.1", "parent": "2"} if row["kind"] == "objective" else {})
        row.update({"parent": "2.1"} if row["kind"] == "activity" else {})
    load(rows)
    (after,) = Activity.objects.all()
    assert (after.id, after.objective.number) == (before.id, "2.1")
    assert [one.number for one in Goal.objects.all()] == ["2"]


def test_an_adopted_plan_stands() -> None:
    load(small(PLAN, **ADOPTED))
    rows = small(PLAN, **ADOPTED)
    rows[GOAL]["title"] = "Another goal"
    with pytest.raises(Refused) as caught:
        load(rows)
    assert (caught.value.denied.code, caught.value.denied.clause) == ("nap.adopted_stands", "N0.1")
    assert "1 title" in caught.value.denied.message.en
    assert Goal.objects.get().title == "A goal"
    assert Event.objects.get(kind=Kind.REFUSAL).verb == "nap.loaded"


def test_what_is_to_be_confirmed_can_be_settled_after_adoption() -> None:
    rows = small(PLAN, **ADOPTED)
    rows[ACTIVITY] |= {"leading": "", "to_confirm": "leading"}
    load(rows)
    rows[ACTIVITY] |= {"leading": "mia", "to_confirm": ""}
    assert load(rows).changed == ("1.1.1 leading",)
    assert not ToConfirm.objects.exists()
    rows[ACTIVITY] |= {"leading": "gpo"}
    with pytest.raises(Refused):
        load(rows)


def test_notes_source_lines_and_georgian_readings_are_mended_at_any_time() -> None:
    load(small(PLAN, **ADOPTED))
    rows = small(PLAN, **ADOPTED)
    rows[GOAL] |= {"title_ka": "მიზანი", "note": "Read twice.", "source": "4"}
    loaded = load(rows)
    assert (loaded.changed, loaded.wrote) == ((), True)
    assert Goal.objects.get().title_ka == "მიზანი"


def test_adoption_is_not_taken_back_by_a_file() -> None:
    load(small(PLAN, **ADOPTED))
    with pytest.raises(Refused):
        load(small())


def test_the_law_on_rereading() -> None:
    told = {"changed": ["1.1.1 leading"], "to_confirm": []}
    assert isinstance(law.reread(adopted=True, **told), Denied)
    assert isinstance(law.reread(adopted=False, **told), Allowed)
    assert isinstance(law.reread(adopted=True, changed=["1.1.1 leading"], to_confirm=["1.1.1 leading"]), Allowed)


def test_changes_are_named_by_field(plan: Plan) -> None:
    first = plan.activities[0]
    other = dc.replace(first, leading=(Agency("mia"),), indicators=first.indicators[:1])
    changed = dc.replace(plan, activities=(other, *plan.activities[1:-1]), end=dt.date(2021, 6, 30))
    assert changes(plan, changed) == ["NAP-2019-2020 end", "1.1.1 leading", "1.1.1 indicators", "6.4.1 removed"]
    assert changes(plan, plan) == []
    assert "2.2.5 leading" in marked(plan)


def test_there_is_no_plan_of_that_code() -> None:
    with pytest.raises(queries.NoPlan):
        queries.export("NAP-1999")


@pytest.mark.clause("N0.2")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE nap_indicator SET type = 'guess'",
        "UPDATE nap_indicator SET target_kind = 'exact', target_min = 1, target_max = 2",
        "UPDATE nap_indicator SET target_kind = 'range', target_min = 2, target_max = 1",
        "UPDATE nap_indicator SET target_min = 1",
        "UPDATE nap_indicator SET target_kind = 'exact'",
        "UPDATE nap_indicator SET target_kind = 'at_most', target_min = 3",
        "UPDATE nap_activity SET timeline_kind = 'some day'",
        "UPDATE nap_activity SET \"end\" = '2018-01-01'",
        "UPDATE nap_activity_agency SET agency = ''",
        "UPDATE nap_activity_agency SET role = 'friend'",
    ],
)
def test_the_database_holds_what_the_parser_promises(change: str) -> None:
    load(small())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_partners_in_words_and_by_key() -> None:
    load(small(ACTIVITY, partners="ngos; Interested local NGOs"))
    rows = ActivityAgency.objects.filter(role="partner").values_list("agency", "words")
    assert list(rows) == [("ngos", ""), ("", "Interested local NGOs")]
