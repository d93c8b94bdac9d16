"""Rows made and inserted in bulk are those that the model itself makes and saves."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from gza.accounts.enums import Role
from gza.cases.models import Case, CircumstanceFact
from gza.core import clock, rows
from gza.ledger.models import Event

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
DAY = dt.date(2026, 5, 4)
OPENED: dict[str, Any] = {
    "stage": "presumed", "stage_since": DAY, "region": "GE-TB", "opened_on": DAY, "in_shelter": True,
}  # fmt: skip


def _values(row: models.Model, *but: str) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in but}


def test_a_made_row_has_the_defaults_and_relations_of_a_usual_one() -> None:
    case = Case(**OPENED)
    with clock.pretend(clock.now()):
        usual = CircumstanceFact(case=case, kind="shelter", value=False, happened_on=DAY)
        made = rows.make(CircumstanceFact, case=case, kind="shelter", value=False, happened_on=DAY)
    assert _values(made, "id", "recorded_at") == _values(usual, "id", "recorded_at")
    assert (made.case, made.corrects, made.id.version) == (case, None, 7)
    assert made._state.adding
    assert rows.make(CircumstanceFact, case=case).id != rows.make(CircumstanceFact, case=case).id
    with pytest.raises(KeyError):
        rows.make(CircumstanceFact, colour="red")


def test_inserted_rows_are_read_back_as_saved_ones() -> None:
    many = [Case(**OPENED, holder_id=uuid.uuid4() if number % 2 else None) for number in range(3)]
    rows.insert(many)
    for one in many:
        assert _values(Case.objects.get(id=one.id)) == _values(one)
    facts = {"names": ["ა", 1], "deep": {"x": None}}
    event = Event(
        seq=10**9, at=clock.now(), kind="act", verb="x.y", role=Role.AUDITOR, facts=facts, prev=b"1", hash=b"2"
    )
    rows.insert([event])
    read = Event.objects.get(seq=10**9)
    assert (read.facts, read.at, read.role, bytes(read.hash)) == (facts, event.at, "auditor", b"2")
    rows.insert([])


def test_constraints_hold_for_each_row() -> None:
    wrong = [Case(**OPENED), Case(**{**OPENED, "stage": "nowhere"})]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(wrong)
    assert not Case.objects.exists()


def test_a_model_whose_columns_save_fills_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case._meta.get_field("opened_at"), "auto_now", True, raising=False)
    rows._columns.cache_clear()
    with pytest.raises(TypeError):
        rows.insert([Case(**OPENED)])
    rows._columns.cache_clear()
