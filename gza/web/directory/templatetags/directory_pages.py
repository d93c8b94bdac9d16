"""Names of places and languages in the reader's language."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.core import languages, places

register = template.Library()


def _say() -> str:
    return get_language() or "ka"


@register.filter
def region_name(code: str) -> str:
    """A region by its name."""
    return places.region_name(code, _say())


@register.filter
def region_names(codes: Iterable[str]) -> str:
    """Regions by their names; all of them are the whole country."""
    found = list(codes)
    if set(found) >= {region.key for region in places.regions(served=True)}:
        return _("the whole country")
    return ", ".join(places.region_name(code, _say()) for code in found)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Languages by their names."""
    return ", ".join(languages.language_name(code, _say()) for code in codes)
