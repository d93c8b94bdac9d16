"""Taking over a case that already runs on paper (G3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.cases.actions import take_over
from gza.cases.actions.intake import Arrival
from gza.vault import files
from gza.web.cases.forms.base import dated
from gza.web.cases.forms.people import coded_of, person_of, representative_of
from gza.web.cases.forms.takeover import TakeOverForm
from gza.web.cases.views.fund import designable
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves


@require_http_methods(["GET", "HEAD", "POST"])
@serves("G3", "G2")
def paper(request: HttpRequest) -> HttpResponse:
    """Person, coded profile, statuses, worker, consents, needs, the balance; each with the evidence of the paper."""
    who = request.principal
    require("cases.search", who)
    language = request.LANGUAGE_CODE
    form = TakeOverForm(
        request.POST or None, request.FILES or None, workers=designable(request), language=language, office=who.region
    )

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        if form.is_bound:
            form.renew_token()
        return render(request, "cases/take_over.html", {"form": form, "denied": denied}, status=status)

    def do(data: dict[str, Any]) -> Any:
        arrival = Arrival(
            person=person_of(data), coded=coded_of(data), region=data["office"],
            representative=representative_of(data), in_shelter=data["in_shelter"], cooperates=data["cooperates"],
        )  # fmt: skip
        scans = form.paper(lambda upload: files.check(upload) if upload else None)
        return take_over(arrival=arrival, paper=scans, **dated(data), by=who)

    if request.method != "POST":
        return draw(form)
    return submit(
        request, form, do, draw,
        to=lambda case: reverse("cases:detail", args=[case.id]),
        said=_("The case was taken over. What was past order is flagged, nothing was refused for it."),
    )  # fmt: skip
