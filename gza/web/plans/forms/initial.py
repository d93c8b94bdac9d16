"""Forms of the initial plan, and of the Fund's answer to any version."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _

from gza.cases.enums import Priority
from gza.core import clock
from gza.law import plan as rules
from gza.law.verdicts import Denied
from gza.plans.actions import ItemInput
from gza.plans.enums import Outcome, ProviderKind
from gza.ui import forms
from gza.web.cases.forms.base import DatedForm

from .fields import LaterChoice, LaterNumber, LaterProse, Rows, spoken

MOST_ROWS = 60
COLUMNS = ("need", "service", "provider", "priority", "from", "to", "detail", "reason")


@dataclass(frozen=True)
class Row:
    """The fields of one item, bound, for the template."""

    number: int
    fields: Mapping[str, Any]
    bad: bool
    title: str


class PlanForm(Rows):
    """Aim, term and items; the fields of the items are put in by ``plan_form``."""

    aim = forms.ProseField(
        label=_("What the plan is for"), required=False, max_length=2000, rows=3,
        help_text=_("In the beneficiary's own words."),
    )  # fmt: skip
    months = LaterNumber(label=_("Term of the plan"), help_text=_("Twelve months at most."))
    rows = django.IntegerField(widget=django.HiddenInput, min_value=0, max_value=MOST_ROWS)
    months.unit = _("months")

    def table(self) -> list[Row]:
        """The rows of items, bound."""
        made = []
        for index in range(self.count):
            fields = {name: self[f"{name}_{index}"] for name in (*COLUMNS, "out")}
            need = dict(fields["need"].field.choices).get(str(fields["need"].value() or ""), "")
            bad = any(one.errors for one in fields.values())
            made.append(Row(index + 1, fields, bad, need if fields["need"].value() else ""))
        return made

    def clean(self) -> dict[str, Any]:
        """What the rules say of the time of an item is said beside its row."""
        data = super().clean() or self.cleaned_data
        for index in range(self.count):
            first, last = data.get(f"from_{index}"), data.get(f"to_{index}")
            if data.get(f"out_{index}") or (first is None and last is None):
                continue
            if f"from_{index}" in self.errors or f"to_{index}" in self.errors:
                continue
            said = rules.timetabled(first_month=first, last_month=last)
            if said and not self.errors.get("months"):
                said = rules.within_term(last_month=last, months=data.get("months"), on=clock.today())
            if isinstance(said, Denied):
                self.add_error(f"to_{index}", spoken(said))
        return data

    def items(self) -> list[ItemInput]:
        """The items as typed; rows left empty and rows taken out are not among them."""
        found = []
        for index in range(self.count):
            row = {name: self.cleaned_data.get(f"{name}_{index}") for name in (*COLUMNS, "out")}
            if row["out"] or not any(row[name] not in {None, ""} for name in COLUMNS):
                continue
            found.append(
                ItemInput(
                    need_id=uuid.UUID(row["need"]) if row["need"] else None, service_type=row["service"] or "",
                    provider_kind=row["provider"] or "", priority=row["priority"] or "", month_from=row["from"],
                    month_to=row["to"], detail=row["detail"] or "", reason=row["reason"] or "",
                )
            )  # fmt: skip
        return found


def _row(index: int, needs: Sequence[tuple[str, str]], services: Sequence[tuple[str, str]]) -> dict[str, Any]:
    none = [("", _("not yet chosen"))]
    drop = {"as_list": False, "required": False}
    return {
        f"need_{index}": LaterChoice(label=_("Need it answers"), choices=[*none, *needs], as_list=False),
        f"service_{index}": forms.ChoiceField(label=_("Service"), choices=[*none, *services], **drop),
        f"provider_{index}": forms.ChoiceField(
            label=_("Kind of provider"), choices=[*none, *ProviderKind.choices], **drop
        ),
        f"priority_{index}": LaterChoice(label=_("Necessary or desired"), choices=Priority.choices, as_list=True),
        f"from_{index}": LaterNumber(label=_("From month")),
        f"to_{index}": LaterNumber(label=_("To month")),
        f"detail_{index}": forms.ProseField(label=_("What exactly"), required=False, max_length=2000, rows=2),
        f"reason_{index}": LaterProse(label=_("Why it is necessary or desired"), max_length=2000, rows=2),
        f"out_{index}": forms.TickField(
            label=_("Take this item out"), required=False, hint=_("It goes when the plan is saved.")
        ),
    }


def plan_form(
    count: int,
    *args: Any,
    needs: Sequence[tuple[str, str]],
    services: Sequence[tuple[str, str]],
    **kwargs: Any,
) -> PlanForm:
    """The form with ``count`` rows of items.

    Args:
        count: how many rows.
        *args: as of ``GzaForm``.
        needs: ids and words of the needs that an item can answer.
        services: keys and names of the types of service.
        **kwargs: as of ``GzaForm``.
    """
    fields: dict[str, Any] = {"count": count}
    for index in range(count):
        fields.update(_row(index, needs, services))
    kind = type(PlanForm)("PlanForm", (PlanForm,), fields)
    kwargs["initial"] = {"rows": count, **(kwargs.get("initial") or {})}
    return kind(*args, **kwargs)


class BeginForm(DatedForm):
    """Begin a draft."""


class SubmitForm(DatedForm):
    """Submit the draft that is shown."""


class DecideForm(DatedForm):
    """The Fund's answer to the version that was read."""

    outcome = forms.ChoiceField(
        label=_("The Fund's answer"),
        choices=[(Outcome.AGREED.value, _("The Fund agrees")), (Outcome.RETURNED.value, _("Return it with reasons"))],
        hints={
            Outcome.AGREED.value: _("What is agreed is frozen; reintegration services can then be requested."),
            Outcome.RETURNED.value: _("The social worker goes on with a new draft; this version stays as it is."),
        },
    )
    words = forms.ProseField(
        label=_("Reasons"), required=False, rows=5,
        help_text=_("For a return: what should change, and why. With an agreement they may be left out."),
    )  # fmt: skip
    read = django.UUIDField(widget=django.HiddenInput)
