"""What the columns of the directory are called, and how a value of the change book is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.core import languages, places
from gza.directory.enums import Audience, Channel, Deed, OrganisationKind, Place, ServiceKind
from gza.directory.models import Change

LABELS: dict[str, Any] = {
    "name_ka": _("Name in Georgian"),
    "name_en": _("Name in English"),
    "kind": _("Kind"),
    "abbr": _("Abbreviation"),
    "programmes": _("Programmes"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "web": _("Web page"),
    "address": _("Address of the office"),
    "valid_from": _("From"),
    "valid_to": _("To, the last day"),
    "successor_id": _("Successor"),
    "position": _("Position"),
    "user_id": _("Account"),
    "office_region": _("Office"),
    "education": _("Education"),
    "has_training": _("Training completed"),
    "languages": _("Languages"),
    "regions": _("Regions"),
    "active_from": _("In the register from"),
    "active_to": _("In the register to, the last day"),
    "service_type_id": _("Service"),
    "organisation_id": _("Organisation"),
    "place": _("Place"),
    "audience": _("For whom"),
    "capacity": _("Persons at once"),
    "conditions": _("Conditions"),
    "confirmed_on": _("Confirmed on"),
    "withdrawn_on": _("Withdrawn on"),
    "title": _("Title"),
    "number": _("Number"),
    "signed_on": _("Signed on"),
}
_ENUMS: dict[str, tuple[Any, ...]] = {
    "kind": (OrganisationKind, ServiceKind),
    "place": (Place,),
    "audience": (Audience,),
}
_HIDDEN = {"id", "key", "revision", "form", "parent_id", "confidence", "date_confidence", "disabled_on", "employer_id"}


def shown(name: str, value: Any, language: str) -> str:
    """A kept value as a person reads it; an id is not shown, only that there is one."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "languages":
        return ", ".join(languages.language_name(code, language) for code in value)
    if name in {"regions", "office_region"}:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(places.region_name(code, language) for code in codes)
    for enum in _ENUMS.get(name, ()):
        if value in enum.values:
            return str(enum(value).label)
    if name in {"user_id", "successor_id", "organisation_id"}:
        return str(_("entered"))
    return str(value)


def lines(change: Change, language: str) -> list[tuple[str, str, str]]:
    """What a change changed: name of the field, before, now. For what was added: only what is filled in."""
    before = change.before or {}
    told = []
    for name in change.fields:
        if name in _HIDDEN or name not in LABELS:
            continue
        was, now = shown(name, before.get(name), language), shown(name, change.after.get(name), language)
        if was != now:
            told.append((str(LABELS[name]), was, now))
    return told


def said(change: Change) -> str:
    """What was done, in words."""
    return str(Deed(change.deed).label)


def learned(change: Change) -> str:
    """How the Fund learned of it."""
    return str(Channel(change.channel).label)
