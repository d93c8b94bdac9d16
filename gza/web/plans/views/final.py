"""The final plan at its desk: begun, filled, taken back; and an amendment of the plan in force (S7.6, S3.5)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, require
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.directory import queries as directory
from gza.plans import actions, queries
from gza.plans.actions.final_items import as_entered
from gza.plans.enums import ProviderKind, Source, VersionKind, VersionState
from gza.plans.models import PlanItem, PlanVersion
from gza.ui.templatetags.gza_ui import money
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.plans import drawing_final
from gza.web.plans.forms import MOST_ROWS
from gza.web.plans.forms.final import (
    AmendForm,
    BeginFinalForm,
    Choices,
    DropForm,
    FinalForm,
    ReworkForm,
    final_form,
)
from gza.web.plans.forms.initial import SubmitForm
from gza.web.plans.views.drafting import editor, seen_of
from gza.web.plans.views.plan import lacks
from gza.web.shell.clauses import serves

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@serves("S3.4a", "S3.5", "S7.3", "S7.6", "S7.7", "S7.10")
def final(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Begin the final plan, or work on its draft, an amendment's too."""
    case = cases.case_for(request.principal, case_id)
    require("plans.write", request.principal, case)
    row = queries.current(case)
    if row is None or (row.kind == VersionKind.INITIAL and row.state != VersionState.AGREED):
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    if row.kind == VersionKind.INITIAL:
        return _begin(request, case)
    if row.state == VersionState.RETURNED and request.method != "POST":
        return HttpResponseRedirect(reverse("plans:new_draft", args=[case.id]))
    if row.state == VersionState.DRAFT or "rows" in request.POST:
        return _draft(request, case, row)
    return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))


def _begin(request: HttpRequest, case: Case) -> HttpResponse:
    who = request.principal
    form = BeginFinalForm(request.POST or None, initial={"starts_on": clock.today()})

    def do(data: dict[str, Any]) -> Any:
        return actions.begin_final(case_id=case.id, starts_on=data["starts_on"], **dated(data), by=who)

    denied = queries.may_begin_final(case)
    page = ActPage(
        title=_("Begin the final plan"),
        heading=_("Begin the final plan"),
        lede=_("Each item of the agreed initial plan comes with the answer or the money that secures it."),
        button=_("Begin the final plan"),
        clause="S7.6",
        tab="plans:plan",
        said=_("The final plan was begun. Look at each item: who gives it, and on which days."),
        to="plans:final",
        template="plans/final_begin.html",
        context={"lacks": lacks((denied,)) if not denied else []},
    )
    return act_page(request, case, form, page, do)


class FinalDesk:
    """What the form of a final draft is made of: choices of this case, and what is stored."""

    def __init__(self, case: Case, row: PlanVersion, who: Principal, language: str) -> None:
        self.row, self.who, self.case = row, who, case
        self.items = queries.items_of(row)
        firsts = queries.first_items(row.plan_id)
        before = queries.reference_of(row)
        known = {one.id: one for one in firsts}
        if row.ground and before is not None:
            known |= {one.origin: one for one in queries.items_of(before) if one.origin not in known}
            known |= {one.id: one for one in self.items if one.origin == one.id}
        names = {id_: _title(one, language) for id_, one in known.items()}
        proofs = [one for one in queries.proofs(case.id).values() if one.stands or self._used(one.id)]
        bodies = directory.named({one.organisation_id for one in proofs if one.organisation_id})
        called = {id_: _named(body, language) for id_, body in bodies.items()}
        self.choices = Choices(
            origins=[(str(id_), name) for id_, name in names.items()],
            proofs=[
                (str(one.id), drawing_final.proof_label(one, called, names.get(one.origin, ""), money(one.left)))
                for one in proofs
            ],
            services=self._services(language),
            needs=self._needs() if row.ground else (),
            bodies=self._bodies(language) if row.ground or _of_state(firsts) else (),
            amendment=bool(row.ground),
        )  # fmt: skip

    def _used(self, id_: uuid.UUID) -> bool:
        return any(id_ in {one.request_id, one.commitment_id} for one in self.items)

    def _services(self, language: str) -> list[tuple[str, str]]:
        used = {item.service_type for item in self.items if item.service_type}
        types = {
            one.key: one for one in [*directory.service_types("reintegration"), *sorted(used, key=lambda x: x.key)]
        }
        return [(one.key, one.name(language)) for one in types.values()]

    def _needs(self) -> list[tuple[str, str]]:
        needs = cases.needs(self.case)
        texts = self.who.ring.open_many(needs, ["description"])
        return [
            (str(need.id), f"{need.get_domain_display()}: {' '.join(text['description'].split())[:88]}")
            for need, text in zip(needs, texts, strict=True)
        ]

    @staticmethod
    def _bodies(language: str) -> list[tuple[str, str]]:
        rows = directory.organisations(kind="state", on=clock.today())
        return [(str(one.id), _named(one, language)) for one in rows]

    def stored(self) -> dict[str, Any]:
        """The draft as it stands, by field of the form."""
        ring, row = self.who.ring, self.row
        values: dict[str, Any] = {
            "aim": ring.open(row, "aim"), "starts_on": row.starts_on, "ends_on": row.ends_on,
        }  # fmt: skip
        for index, (item, one) in enumerate(zip(self.items, as_entered(row, ring), strict=True)):
            new, free = item.origin == item.id, one.source == Source.FREE
            values |= {
                f"id_{index}": item.id, f"origin_{index}": str(one.origin or ""),
                f"proof_{index}": str(one.proof or (one.source if one.source in _STANDING else "")),
                f"need_{index}": str(one.need_id or "") if new else "",
                f"service_{index}": one.service_type,
                f"kind_{index}": one.provider_kind if new and free else "",
                f"body_{index}": str(one.organisation_id or "") if free else "",
                f"priority_{index}": one.priority, f"first_{index}": one.starts_on, f"last_{index}": one.ends_on,
                f"detail_{index}": one.detail, f"reason_{index}": one.reason, f"change_{index}": one.change,
                f"tried_{index}": one.tried, f"pursued_{index}": one.pursued_by, f"review_{index}": one.review_on,
            }  # fmt: skip
        return values

    def form(self, count: int, data: Mapping[str, Any] | None = None, **kwargs: Any) -> FinalForm:
        """The form with that many rows."""
        return final_form(min(count, MOST_ROWS), data, choices=self.choices, version=self.row.version, **kwargs)


_STANDING = {Source.FREE, Source.UNMET, Source.OUT}


def _title(item: PlanItem, language: str) -> str:
    service = item.service_type.name(language) if item.service_type else ""
    need = item.need.get_domain_display() if item.need else ""
    return f"{item.position}. {': '.join(one for one in (need, service) if one)}"


def _named(body: Any, language: str) -> str:
    first, second = (body.name_ka, body.name_en) if language == "ka" else (body.name_en, body.name_ka)
    return str(first or second)


def _of_state(items: list[PlanItem]) -> bool:
    return any(one.provider_kind == ProviderKind.STATE for one in items)


def _draft(request: HttpRequest, case: Case, row: PlanVersion) -> HttpResponse:
    who = request.principal

    def save(form: FinalForm, data: dict[str, Any]) -> Any:
        return actions.set_final(
            case_id=case.id, version_id=row.id, items=form.items(), starts_on=data["starts_on"],
            ends_on=data["ends_on"], aim=data["aim"], seen=seen_of(form), by=who,
        )  # fmt: skip

    desk = FinalDesk(case, row, who, request.LANGUAGE_CODE)
    return editor(
        request, case, desk, save, template="plans/final_edit.html", key="final",
        said=_("The draft of the plan was saved."), extra={"amendment": bool(row.ground)},
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S3.4a", "S7.8")
def rework(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take an agreed final plan back before it is in force."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    row = queries.to_sign(case) if request.method != "POST" else None
    if request.method != "POST" and (row is None or row.ground):
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    form = ReworkForm(request.POST or None, initial={"read": row.id if row else None})

    def do(data: dict[str, Any]) -> Any:
        return actions.rework_final(case_id=case.id, version_id=data["read"], why=data["why"], **dated(data), by=who)

    page = ActPage(
        title=_("Take the plan back"),
        heading=_("Take the agreed plan back and rework it"),
        lede=_("When the person will not sign it as it is, or an answer fell away. It goes to the Fund again."),
        button=_("Take it back"),
        clause="S3.4a",
        tab="plans:plan",
        said=_("The plan was taken back; a new draft has its items."),
        to="plans:final",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S3.5", "S0.1", "S7.10")
def amend(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Begin an amendment of the plan in force."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    if request.method != "POST" and queries.in_force(case) is None:
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    form = AmendForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.begin_amendment(
            case_id=case.id, ground=data["ground"], why=data["why"], **dated(data), by=who
        )  # fmt: skip

    denied = queries.may_amend(case)
    page = ActPage(
        title=_("Change the plan"),
        heading=_("Change the plan in force"),
        lede=_("A new version is drawn up and signed by both; until then the plan in force stays as it is."),
        button=_("Begin the amendment"),
        clause="S3.5",
        tab="plans:plan",
        said=_("The amendment was begun with the items of the plan in force."),
        to="plans:final",
        template="plans/amend.html",
        context={"lacks": lacks((denied,)) if not denied else []},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S3.5")
def drop(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Drop an amendment that is not signed."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    row = queries.current(case) if request.method != "POST" else None
    open_ = row is not None and row.ground and row.state in {VersionState.DRAFT, VersionState.TO_SIGN}
    if request.method != "POST" and not open_:
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    form = DropForm(request.POST or None, initial={"read": row.id if row else None})

    def do(data: dict[str, Any]) -> Any:
        return actions.drop_amendment(case_id=case.id, version_id=data["read"], why=data["why"], **dated(data), by=who)

    page = ActPage(
        title=_("Drop the amendment"),
        heading=_("Drop the amendment"),
        lede=_("The plan in force goes on as it is; what was drawn up stays to be read."),
        button=_("Drop the amendment"),
        clause="S3.5",
        tab="plans:plan",
        said=_("The amendment was dropped; the plan in force goes on."),
        to="plans:plan",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.6")
def met(request: HttpRequest, case_id: uuid.UUID, unmet_id: uuid.UUID) -> HttpResponse:
    """Record that an unmet need was met after all."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    if not queries.is_unmet(case, unmet_id):
        hide()
    form = SubmitForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.meet_unmet(case_id=case.id, unmet_id=unmet_id, **dated(data), by=who)

    page = ActPage(
        title=_("A need is met"),
        heading=_("Record that the need is met after all"),
        lede=_("It leaves the list of gaps; the plan stays as it was signed."),
        button=_("Record it"),
        clause="S7.6",
        tab="plans:plan",
        said=_("It was recorded that the need is met."),
        to="plans:plan",
    )
    return act_page(request, case, form, page, do)
