"""Filters of the lists."""

from django.utils.translation import gettext_lazy as _

from gza.core.places import regions
from gza.law.stages import STOPS, Stage
from gza.ui import forms


def _regions(language: str) -> list[tuple[str, object]]:
    return [("", _("all")), *((region.key, region.name.say(language)) for region in regions(elsewhere=False))]


class CaseFilters(forms.GzaForm):
    """What the list is narrowed to; all in the address, none of it personal."""

    stage = forms.ChoiceField(label=_("Stage"), required=False, as_list=False)
    region = forms.ChoiceField(label=_("Office region"), required=False, as_list=False)
    code = forms.LineField(label=_("Case code"), required=False, max_length=12)
    flagged = forms.TickField(label=_("Only with an open flag"), required=False)
    left = forms.TickField(label=_("Only where the worker cannot sign in"), required=False)

    def __init__(self, *args: object, language: str = "ka", own: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["left"]
        self.fields["stage"].choices = [("", _("all")), *((s.value, STOPS[s].label.say(language)) for s in Stage)]
        self.fields["region"].choices = _regions(language)


class RegionFilter(forms.GzaForm):
    """The overview of one office region, or of all."""

    region = forms.ChoiceField(label=_("Office region"), required=False, as_list=False)

    def __init__(self, *args: object, language: str = "ka", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = _regions(language)
