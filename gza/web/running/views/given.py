"""Services of the plan as they are given: always recorded, flagged where the rules say so (S7.9, G1)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import may, require
from gza.cases import queries as cases
from gza.core import clock
from gza.directory import queries as directory
from gza.directory.enums import ServiceKind
from gza.law.verdicts import explain
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.models import Delivery
from gza.plans.queries import running as queries
from gza.web.care.forms.base import dated
from gza.web.care.pages import METHODS, ask_reason, one
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.steps import frame
from gza.web.running import drawing
from gza.web.running.forms import CorrectDeliveryForm, DeliveryForm
from gza.web.running.views import correcting
from gza.web.running.views.correcting import Entries
from gza.web.shell.clauses import serves


@require_safe
@serves("S7.9", "G1", "S0.1")
def given(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was given, the newest first; sealed notes, one opening."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    rows = queries.deliveries_of(case)
    notes = who.ring.open_many(rows, ["note"]) if rows else []
    written = queries.provider_notes(rows, who.ring)
    flagged: dict[uuid.UUID, list[Any]] = {}
    for flag in cases.flags(case, resolved=True):
        if flag.subject:
            flagged.setdefault(flag.subject, []).append(explain(flag.code))
    if rows:
        ledger.opening("plans.given", by=who, case=case.id, section="narrative")
    context = {
        **frame(request, case, "running:year"),
        "rows": [
            {"row": row, "note": note["note"] or written.get(row.id, ""), "flags": flagged.get(row.id, ())}
            for row, note in zip(rows, notes, strict=True)
        ],
        "may_record": may("cases.record", who, case),
    }
    return render(request, "running/given.html", context)


@require_http_methods(METHODS)
@serves("S7.9", "G1", "S0.1")
def deliver(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a service that was given."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    language = request.LANGUAGE_CODE
    items = queries.items_in_force(case)
    form = DeliveryForm(
        request.POST or None,
        items=[(str(item.id), drawing.item_name(item, language)) for item in items if item.service_type_id],
        types=directory.service_types(ServiceKind.REINTEGRATION),
        bodies=directory.standing(clock.today()),
        language=language,
    )

    def do(data: dict[str, Any]) -> Any:
        item = one(items, form.chosen()) if form.chosen() else None
        return actions.record_delivery(
            case_id=case.id,
            item_id=item.id if item else None,
            service_type=item.service_type_id if item else data["service_type"],
            organisation_id=data["organisation"] or (item.organisation_id if item else None),
            request_id=item.request_id if item else None,
            until=data["until"],
            sessions=data["sessions"],
            note=data["note"],
            **dated(data),
            by=who,
        )

    page = ActPage(
        title=_("Record a service that was given"),
        heading=_("Record a service that was given"),
        lede=_("What was given is always recorded. What the plan does not hold is flagged for the coordinator."),
        button=_("Record the service"),
        clause="S7.9",
        tab="running:year",
        draft="given",
        said=_("The service was recorded."),
        to="running:given",
    )
    return act_page(request, case, form, page, do)


_SERVICES = Entries(
    rows=queries.deliveries_of,
    act=actions.correct_delivery,
    form=CorrectDeliveryForm,
    texts=("note",),
    values=("sessions", "happened_on", "until"),
    may="cases.record",
    opening="plans.given",
    to="running:given",
)


def _heading(_row: Delivery) -> str:
    return _("Correct a service that was recorded")


@require_http_methods(METHODS)
@serves("G2", "S7.9")
def correct(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Correct what was recorded of a service; both entries stay."""
    return correcting.correct(request, case_id, row_id, _SERVICES, _heading)
