"""Forms of rehabilitation services and emergency help (S0.1, S0.3)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gza.cases.enums import Answer, AnswerForm, EmergencyGround, EmergencyKind, Place
from gza.core import clock
from gza.directory.models import Offer, Organisation, ServiceType
from gza.law import plausible
from gza.ui import forms

from .base import DatedForm, IdField, PickField, organisations, scan_field, title

_CHOOSE = ("", _("choose"))


def _types(rows: Iterable[ServiceType], language: str) -> list[tuple[str, Any]]:
    return [_CHOOSE, *((row.key, row.name_ka if language == "ka" else row.name_en) for row in rows)]


class ServiceFields(DatedForm):
    """Which service of whom: an offer of the catalogue, or a type and an organisation."""

    offer = PickField(
        label=_("Offer of the catalogue"),
        required=False,
        help_text=_("Those that stand today for the office's region."),
    )
    service_type = PickField(label=_("Or another service"), required=False)
    organisation = PickField(label=_("Of which organisation"), required=False)
    place = forms.ChoiceField(label=_("Where"), choices=Place.choices)

    def __init__(
        self,
        *args: Any,
        offers: Iterable[Offer] = (),
        types: Iterable[ServiceType] = (),
        bodies: Iterable[Organisation] = (),
        language: str = "ka",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in offers:
            service = row.service_type.name_ka if language == "ka" else row.service_type.name_en
            value = f"{row.service_type_id}:{row.organisation_id}"
            groups.setdefault(service, []).append((value, title(row.organisation, language)))
        self.fields["offer"].choices = [
            ("", _("none of these")),
            *((k, list(dict(v).items())) for k, v in groups.items()),
        ]
        self.fields["service_type"].choices = _types(types, language)
        self.fields["organisation"].choices = [_CHOOSE, *organisations(bodies, language)]

    def clean(self) -> dict[str, Any]:
        """Either an offer, or a service and who gives it."""
        data = super().clean() or self.cleaned_data
        if not data.get("offer"):
            if not data.get("service_type"):
                self.add_error("service_type", _("Choose an offer above, or a service here."))
            if not data.get("organisation"):
                self.add_error("organisation", _("Choose an offer above, or an organisation here."))
        return data

    def service(self) -> dict[str, Any]:
        """Type, organisation and place as the actions want them."""
        data = self.cleaned_data
        kind, body = data["offer"].split(":") if data["offer"] else (data["service_type"], data["organisation"])
        return {"service_type": kind, "organisation_id": uuid.UUID(body), "place": Place(data["place"])}


class RequestForm(ServiceFields):
    """A rehabilitation service asked for."""

    need = IdField(label=_("Which primary need it answers"), required=False)
    purpose = forms.ProseField(
        label=_("What for"),
        required=False,
        max_length=2000,
        rows=2,
        help_text=_("Stays here; nothing is sent by itself."),
    )
    answer_due = forms.DayField(
        label=_("Answer awaited until"), required=False, help_text=_("Left empty: the usual term.")
    )
    charged = forms.MoneyField(
        label=_("What the person would have to pay"), required=False, zero=True,
        help_text=_("Nothing: rehabilitation is free for the person."),
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [("", _("none in particular")), *needs]

    def clean(self) -> dict[str, Any]:
        """The answer is not awaited before it was asked for."""
        data = super().clean()
        due, day = data.get("answer_due"), data.get("happened_on")
        if due and day and due < day:
            self.add_error("answer_due", _("The answer cannot be awaited before the day of the request."))
        return data


class AnswerFields(DatedForm):
    """What a provider answered, on paper, by telephone or in person."""

    answer = forms.ChoiceField(label=_("The answer"), choices=Answer.choices)
    form = forms.ChoiceField(label=_("How it came"), choices=AnswerForm.choices)
    name = forms.LineField(label=_("Who answered"), max_length=200, help_text=_("Name and position."))
    why = forms.ProseField(
        label=_("What was said, with the reason if it was declined"), required=False, max_length=2000, rows=3
    )
    scan = scan_field(_("Letter or e-mail, as a file"))

    def clean(self) -> dict[str, Any]:
        """A refusal has its reason."""
        data = super().clean() or self.cleaned_data
        if data.get("answer") in {Answer.DECLINED, Answer.PARTLY} and not data.get("why"):
            self.add_error("why", _("Write what was declined and why, as it was said."))
        return data


class GivenForm(ServiceFields):
    """A service that was given: always recorded; what the rules say against it is flagged."""

    until = forms.DayField(
        label=_("Last day"), past=True, required=False, help_text=_("For a service over several days.")
    )
    sessions = forms.NumberField(label=_("How many times"), **plausible.TIMES.limits, initial=1)
    charged = forms.MoneyField(
        label=_("What the person paid"), required=False, zero=True, help_text=_("Should be nothing; write what was so.")
    )
    finished = forms.TickField(label=_("The service is done"), required=False)
    note = forms.ProseField(label=_("What is worth remembering"), required=False, max_length=4000, rows=3)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean()
        last, day = data.get("until"), data.get("happened_on")
        if last and day and last < day:
            self.add_error("until", _("The last day cannot lie before the first."))
        return data


class GivenOnRequestForm(GivenForm):
    """The same for a service that was asked for: what and of whom is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("offer", "service_type", "organisation"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = self.cleaned_data
        last, day = data.get("until"), data.get("happened_on")
        if last and day and last < day:
            self.add_error("until", _("The last day cannot lie before the first."))
        return data


class EmergencyForm(DatedForm):
    """Help that could not wait: ground, person, time. No consent and no status are asked."""

    ground = forms.ChoiceField(label=_("Why it could not wait"), choices=EmergencyGround.choices)
    kind = forms.ChoiceField(label=_("What help was given"), choices=EmergencyKind.choices)
    given_by = forms.LineField(label=_("Who helped"), max_length=200, help_text=_("Name of the person."))
    organisation = IdField(label=_("Of which organisation"), required=False)
    description = forms.ProseField(label=_("What was done"), required=False, max_length=4000, rows=3)
    hour = forms.LineField(label=_("At what time"), max_length=5, help_text=_("hour:minute, for example 23:40"))
    field_order = ("ground", "kind", "given_by", "organisation", "description")

    def __init__(self, *args: Any, bodies: Iterable[Organisation] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("of none")), *organisations(bodies, language)]
        self.order_fields([*(name for name in self.fields if name not in _LAST), *_LAST])

    def clean_hour(self) -> dt.time:
        """The hour of the clock."""
        try:
            return dt.datetime.strptime(self.cleaned_data["hour"].replace(".", ":"), "%H:%M").time()  # noqa: DTZ007 (a time of day)
        except ValueError as error:
            raise ValidationError(_("This is not a time of day. Write it as 23:40.")) from error

    def clean(self) -> dict[str, Any]:
        """The time has passed already."""
        data = super().clean() or self.cleaned_data
        day, hour = data.get("happened_on"), data.get("hour")
        if day and hour:
            data["given_at"] = dt.datetime.combine(day, hour, clock.TBILISI)
            if data["given_at"] > clock.now():
                self.add_error("hour", _("This time has not come yet. Write when help was given."))
        return data


_LAST = ("happened_on", "hour", "reason")
