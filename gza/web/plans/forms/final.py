"""Forms of a final version: its days, its items with what secures each, amendments (S7.3, S7.6, S3.5)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _

from gza.cases.enums import Priority
from gza.law import final
from gza.law import final_items as rules
from gza.law.verdicts import Denied
from gza.plans.actions import FinalItem
from gza.plans.enums import Ground, ProviderKind, Source
from gza.ui import forms
from gza.web.cases.forms.base import DatedForm

from .fields import LaterChoice, LaterDay, LaterProse, Rows, spoken
from .initial import MOST_ROWS, Row

NEW = "new"
STANDING = (Source.FREE, Source.UNMET, Source.OUT)
COLUMNS = (
    "id", "origin", "proof", "need", "service", "kind", "body", "priority", "first", "last", "detail", "reason",
    "change", "tried", "pursued", "review",
)  # fmt: skip
_SAYS = ("proof", "service", "detail", "reason", "tried", "change")
"""Columns of which one has to be filled, for a row to be an item."""


@dataclass(frozen=True)
class Choices:
    """What the rows choose among; ``needs``, ``bodies`` and new items only where an amendment or the plan asks."""

    origins: Sequence[tuple[str, str]]
    proofs: Sequence[tuple[str, str]]
    services: Sequence[tuple[str, str]]
    needs: Sequence[tuple[str, str]] = ()
    bodies: Sequence[tuple[str, str]] = ()
    amendment: bool = False


class FinalForm(Rows):
    """Aim, days and items; the fields of the items are put in by ``final_form``."""

    aim = forms.ProseField(
        label=_("What the plan is for"), required=False, max_length=2000, rows=3,
        help_text=_("In the beneficiary's own words."),
    )  # fmt: skip
    starts_on = LaterDay(label=_("First day of the plan"))
    ends_on = LaterDay(label=_("Last day of the plan"))
    rows = django.IntegerField(widget=django.HiddenInput, min_value=0, max_value=MOST_ROWS)

    def table(self) -> list[Row]:
        """The rows of items, bound."""
        made = []
        for index in range(self.count):
            fields = {name: self[f"{name}_{index}"] for name in (*COLUMNS, "gone") if f"{name}_{index}" in self.fields}
            origin = dict(fields["origin"].field.choices).get(str(fields["origin"].value() or ""), "")
            bad = any(one.errors for one in fields.values())
            made.append(Row(index + 1, fields, bad, origin if fields["origin"].value() else ""))
        return made

    def clean(self) -> dict[str, Any]:
        """What the rules say of an item's days, and of a need left unmet, is said beside it."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        said = final.has_days(starts_on=first, ends_on=last)
        if isinstance(said, Denied) and (first or last) and not self.errors:
            self.add_error("ends_on", spoken(said))
        for index in range(self.count):
            if data.get(f"gone_{index}"):
                continue
            first, last = data.get(f"first_{index}"), data.get(f"last_{index}")
            said = rules.dated(source="", starts_on=first, ends_on=last)
            if isinstance(said, Denied):
                self.add_error(f"last_{index}", spoken(said))
            told = bool(data.get(f"tried_{index}") and data.get(f"pursued_{index}"))
            source = data.get(f"proof_{index}") or ""
            said = rules.unmet_told(source=source, told=told, review_on=data.get(f"review_{index}"))
            if isinstance(said, Denied):
                self.add_error(f"tried_{index}", spoken(said))
        return data

    def items(self) -> list[FinalItem]:
        """The items as typed; rows left empty and rows taken out are not among them."""
        found = []
        for index in range(self.count):
            row = {name: self.cleaned_data.get(f"{name}_{index}") for name in (*COLUMNS, "gone")}
            if row["gone"] or (not row["id"] and not any(row[name] for name in _SAYS)):
                continue
            proof = row["proof"] or ""
            found.append(
                FinalItem(
                    id=row["id"], origin=_uuid(row["origin"]), proof=_uuid(proof),
                    source=proof if proof in STANDING else "", need_id=_uuid(row["need"]),
                    service_type=row["service"] or "", provider_kind=row["kind"] or "",
                    organisation_id=_uuid(row["body"]), priority=row["priority"] or "", starts_on=row["first"],
                    ends_on=row["last"], detail=row["detail"] or "", reason=row["reason"] or "",
                    change=row["change"] or "", tried=row["tried"] or "", pursued_by=row["pursued"] or "",
                    review_on=row["review"],
                )
            )  # fmt: skip
        return found


def _uuid(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _row(index: int, choices: Choices) -> dict[str, Any]:
    none = [("", _("not yet chosen"))]
    drop = {"as_list": False, "required": False}
    standing = [(one.value, one.label) for one in STANDING]
    origins = [*choices.origins, *([(NEW, _("a new item"))] if choices.amendment else [])]
    made: dict[str, Any] = {
        f"id_{index}": django.UUIDField(widget=django.HiddenInput, required=False),
        f"origin_{index}": LaterChoice(
            label=_("Item of the initial plan it descends from"), choices=[*none, *origins], as_list=False
        ),
        f"proof_{index}": LaterChoice(
            label=_("What secures it"), choices=[*none, *choices.proofs, *standing], as_list=False,
            help_text=_("The answers and the money of this case stand first."),
        ),
        f"service_{index}": LaterChoice(label=_("Service"), choices=[*none, *choices.services], as_list=False),
        f"priority_{index}": LaterChoice(label=_("Necessary or desired"), choices=Priority.choices, as_list=True),
        f"first_{index}": LaterDay(label=_("First day")),
        f"last_{index}": LaterDay(label=_("Last day")),
        f"detail_{index}": forms.ProseField(label=_("What exactly"), required=False, max_length=2000, rows=2),
        f"reason_{index}": LaterProse(label=_("Why it is necessary or desired"), max_length=2000, rows=2),
        f"change_{index}": forms.ProseField(
            label=_("What changed, and why"), required=False, max_length=2000, rows=2,
            help_text=_("When service, group, time or description differ from the version before, or it is left out."),
        ),
        f"tried_{index}": forms.ProseField(label=_("What was tried"), required=False, max_length=2000, rows=2),
        f"pursued_{index}": forms.LineField(label=_("Who goes on looking"), required=False, max_length=200),
        f"review_{index}": forms.DayField(label=_("When it is looked at again"), required=False),
        f"gone_{index}": forms.TickField(
            label=_("Take this row out"), required=False, hint=_("It goes when the plan is saved.")
        ),
    }  # fmt: skip
    if choices.amendment:
        made[f"need_{index}"] = forms.ChoiceField(
            label=_("Need a new item answers"), choices=[*none, *choices.needs], **drop
        )
        kinds = [
            (ProviderKind.NONE.value, ProviderKind.NONE.label),
            (ProviderKind.STATE.value, ProviderKind.STATE.label),
        ]
        made[f"kind_{index}"] = forms.ChoiceField(
            label=_("A new item for which no organisation is asked"), choices=[*none, *kinds], **drop
        )
    if choices.bodies:
        made[f"body_{index}"] = forms.ChoiceField(
            label=_("State body that gives it"), choices=[*none, *choices.bodies], **drop
        )
    return made


def final_form(count: int, *args: Any, choices: Choices, **kwargs: Any) -> FinalForm:
    """The form with ``count`` rows of items.

    Args:
        count: how many rows.
        *args: as of ``GzaForm``.
        choices: what the rows choose among.
        **kwargs: as of ``GzaForm``.
    """
    fields: dict[str, Any] = {"count": count}
    for index in range(count):
        fields.update(_row(index, choices))
    kind = type(FinalForm)("FinalForm", (FinalForm,), fields)
    kwargs["initial"] = {"rows": count, **(kwargs.get("initial") or {})}
    return kind(*args, **kwargs)


class BeginFinalForm(DatedForm):
    """Begin the final plan: from which day on it is to run."""

    starts_on = forms.DayField(
        label=_("First day of the plan"),
        help_text=_("Its months are counted from it; the plan ends twelve months later at the latest."),
    )


class ReworkForm(DatedForm):
    """Take an agreed final plan back before it is signed."""

    why = forms.ProseField(label=_("Why it is taken back"), max_length=2000, rows=3)
    read = django.UUIDField(widget=django.HiddenInput)


class AmendForm(DatedForm):
    """Begin an amendment: on which ground, and what changed."""

    ground = forms.ChoiceField(
        label=_("Why the plan changes"), choices=Ground.choices,
        hints={
            Ground.NEEDS: _("something changed in the person's life"),
            Ground.OFFERS: _("an organisation stopped, changed or began to offer something"),
        },
    )  # fmt: skip
    why = forms.ProseField(
        label=_("What changed"), max_length=4000, rows=4, help_text=_("It becomes part of what both sign.")
    )


class DropForm(DatedForm):
    """Drop an amendment; ``read`` is the one that was on the page."""

    why = forms.ProseField(label=_("Why it is dropped"), required=False, max_length=2000, rows=3)
    read = django.UUIDField(widget=django.HiddenInput)
