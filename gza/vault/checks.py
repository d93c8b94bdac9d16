"""System checks: labels are unique, and each sealed field can find its case."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks

from .fields import SealedField


@checks.register(checks.Tags.models)
def sealed_fields(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """E001: a label used twice. E002: a model without a case."""
    found: list[checks.CheckMessage] = []
    seen: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, SealedField):
                continue
            where = f"{model._meta.label}.{field.name}"
            if field.label in seen and not model._meta.proxy:
                text = f"The label {field.label} is used by {seen[field.label]} too."
                found.append(checks.Error(text, obj=model, id="vault.E001"))
            seen[field.label] = where
            names = {other.attname for other in model._meta.concrete_fields}
            if "case_id" not in names and not hasattr(model, "vault_case"):
                text = "A sealed field needs the case: a column case_id or a property vault_case."
                found.append(checks.Error(text, obj=model, id="vault.E002"))
    return found
