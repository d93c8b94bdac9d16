"""Forms of the plan's pages."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from gza.accounts.principals import Principal
from gza.nap import document as doc
from gza.nap import queries, writing
from gza.nap.problems import Unreadable
from gza.ui import forms

from . import words

SHOWN_FOR = 3600  # seconds for which a preview can be loaded
MOST_SIGNED = 3_000_000  # characters of the file as the preview carries it along


class PlanFilters(forms.GzaForm):
    """Which activities of a plan to show."""

    goal = forms.ChoiceField(label=_("Goal"), required=False, as_list=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False, as_list=False)
    state = forms.ChoiceField(label=_("Where it stands"), required=False, as_list=False)
    confirm = forms.TickField(label=_("to be confirmed only"), required=False)

    def __init__(self, *args: Any, goals: list[tuple[str, str]], bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        every = [("", _("all"))]
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [*every, *goals]
        self.fields["agency"].choices = [*every, *bodies]
        self.fields["state"].choices = [
            *every,
            *((state.value, word) for state, (_glyph, word) in words.STATES.items()),
        ]
        del self.fields["form_token"]  # it stands in the address and does nothing

    def chosen(self) -> dict[str, Any]:
        """What was chosen; a value that is not offered filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FileForm(forms.GzaForm):
    """The file of a plan."""

    file = forms.FileField(
        label=_("File of the plan"),
        accept=".csv,.xlsx,.docx",
        most_mb=5,
        help_text=_("CSV, XLSX or DOCX, at most 5 MB"),
    )


class LoadForm(forms.GzaForm):
    """What a preview showed, carried along signed: loaded just as it was shown, by the person it was shown to."""

    shown = forms.LineField(max_length=MOST_SIGNED + 1000, widget=HiddenInput)

    def __init__(self, *args: Any, who: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = f"nap.load.{who.id}"

    @classmethod
    def of(cls, plan: doc.Plan, who: Principal) -> "LoadForm":
        """The form under a preview of ``plan``.

        Raises:
            Unreadable: when the plan is too large to be carried along.
        """
        text = writing.to_csv(plan).decode()
        shown = signing.dumps(text, salt=f"nap.load.{who.id}", compress=True)
        if len(shown) > MOST_SIGNED:
            raise Unreadable("too_big", limit=MOST_SIGNED // 1_000_000)
        return cls(who=who, initial={"shown": shown})

    def clean_shown(self) -> doc.Plan:
        """The plan that was shown, read once more against what stands now."""
        try:
            text = signing.loads(self.cleaned_data["shown"], salt=self.salt, max_age=SHOWN_FOR)
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is too old. Choose the file once more."), code="old") from error
        plan, _problems = queries.read_file("plan.csv", text.encode())
        if plan is None:
            raise ValidationError(_("Something changed meanwhile. Choose the file once more."), code="changed")
        return plan
