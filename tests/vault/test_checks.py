"""The system checks find a label used twice and a sealed field that cannot find its case."""

import uuid

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from gza.core.models import Row
from gza.vault import checks, ring
from gza.vault.fields import SealedField, sealed_field
from tests.vault.stand.models import Beneficiary


def test_the_product_has_no_such_fault() -> None:
    assert checks.sealed_fields(None) == []


@isolate_apps("tests.vault.stand")
def test_both_faults_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Homeless(Row):
        first = SealedField(label="stand.same", section="identity")
        second = SealedField(label="stand.same", section="identity")

        class Meta:
            app_label = "stand"

    monkeypatch.setattr(apps, "get_models", lambda: [Homeless])
    assert [fault.id for fault in checks.sealed_fields(None)] == ["vault.E002", "vault.E001", "vault.E002"]


def test_a_field_needs_a_known_section_and_keeps_its_label_in_migrations() -> None:
    with pytest.raises(ValueError, match="section"):
        SealedField(label="x", section="wealth")
    _, path, _, kwargs = Beneficiary._meta.get_field("first_name").deconstruct()
    assert path == "gza.vault.fields.SealedField"
    assert kwargs["label"] == "stand.beneficiary.first_name"
    assert kwargs["section"] == "identity"
    with pytest.raises(TypeError):
        Beneficiary._meta.get_field("first_name").value_to_string(Beneficiary())
    with pytest.raises(TypeError):
        sealed_field(Beneficiary, "number")


def test_a_row_has_to_say_its_case() -> None:
    with pytest.raises(TypeError):
        ring.case_of(Beneficiary())
    case = uuid.uuid4()
    assert ring.case_of(Beneficiary(case_id=case)) == case
    assert isinstance(Beneficiary._meta.get_field("case_id"), models.UUIDField)
