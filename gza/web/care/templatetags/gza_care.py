"""Filters of the pages of the work with the person."""

from collections.abc import Sequence

from django import template

from gza.cases.enums import StatedBy

register = template.Library()


@register.filter
def stated(codes: Sequence[str]) -> str:
    """Who stated a need, in words."""
    return ", ".join(str(one.label) for one in StatedBy if one.value in codes)
