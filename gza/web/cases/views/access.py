"""Who can open a case, who is shut out, opening outside one's own work, flags (G1, G4)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.enums import FUND
from gza.accounts.permissions import hide, may, require
from gza.cases import queries
from gza.cases.actions import let_in, open_outside_work, resolve_flag, shut_out
from gza.cases.enums import ShutOutGround
from gza.law.verdicts import explain
from gza.ledger import work as ledger
from gza.web.accounts import doors
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.acts import FlagForm, LetInForm, OpenForm, ShutOutForm
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@serves("G4")
def listed(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who can open the case and who is shut out."""
    who = request.principal
    case = queries.case_for(who, case_id)
    barred = queries.shut_outs(case)
    people = accounts.users({row.user_id for row in barred} | {row.lifted_by for row in barred})
    context = {
        **frame(request, case, "cases:access"),
        "access": queries.access_list(case),
        "barred": barred,
        "people": people,
        "may_coordinate": may("cases.coordinate", who, case),
    }
    return render(request, "cases/access.html", context)


@require_http_methods(_METHODS)
@serves("G4")
def shut(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Shut a colleague out; the keys are changed so that nothing sealed from now on opens to them."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.coordinate", who, case)
    out = {row.user_id for row in queries.shut_outs(case) if not row.lifted_on}
    people = [user for user in accounts.active(*FUND) if user.id not in out]
    form = ShutOutForm(request.POST or None, people=people, language=request.LANGUAGE_CODE, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return shut_out(
            case_id=case.id, user_id=data["person"], ground=ShutOutGround(data["ground"]), words=data["words"],
            seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Shut a colleague out"),
        heading=_("Shut a colleague out of this case"),
        lede=_("For a conflict of interest. From now on they see nothing of the case, and its keys are changed."),
        button=_("Shut out"),
        clause="G4",
        tab="cases:access",
        draft="shut",
        said=_("The colleague was shut out; the keys of the case were changed."),
        to="cases:access",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("G4")
def admit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Let somebody in again; nobody lets in themselves."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.coordinate", who, case)
    out = [row.user_id for row in queries.shut_outs(case) if not row.lifted_on]
    people = accounts.users(set(out))
    form = LetInForm(request.POST or None, people=people.values(), language=request.LANGUAGE_CODE, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return let_in(case_id=case.id, user_id=data["person"], words=data["words"], **dated(data), by=who)

    page = ActPage(
        title=_("Let a colleague in again"),
        heading=_("Let a colleague in again"),
        lede=_("When the conflict of interest is over; another person than the one concerned decides."),
        button=_("Let in"),
        clause="G4",
        tab="cases:access",
        said=_("The colleague can open the case again."),
        to="cases:access",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@doors.fresh()
@serves("G4")
def outside(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Open a case outside one's own work: a reason, and a fresh sign-in."""
    who = request.principal
    case = queries.case_for(who, case_id)
    after = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = reverse("cases:person", args=[case.id])
    form = OpenForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return open_outside_work(
            case_id=case.id, why=data["why"], minutes_since_sign_in=doors.minutes_since(request), by=who
        )

    page = ActPage(
        title=_("Open a case outside your work"),
        heading=_("Say why you open this case"),
        lede=_(
            "It is not among what you work on. Your reason is kept, the opening is recorded, and it holds for today."
        ),
        button=_("Open the case"),
        clause="G4",
        said=_("The case is open to you for today; the opening is recorded."),
    )
    return act_page(request, case, form, page, do, to=after)


@require_http_methods(_METHODS)
@serves("G1")
def flags(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Flags of a case: what happened against a rule; the coordinator looks and settles."""
    who = request.principal
    case = queries.case_for(who, case_id)
    rows = queries.flags(case)
    open_rows = {str(row.id): row for row in rows if not row.resolved_at}
    form = FlagForm(request.POST or None)
    settled = [row for row in rows if row.resolved_at]
    texts: list[dict[str, str]] = []
    if settled and who.ring is not None and queries.own_work(who, case):
        texts = who.ring.open_many(settled, ["resolution"], otherwise="")
        ledger.opening("cases.flags", by=who, case=case.id, section="narrative")
    context: dict[str, Any] = {
        "open": [{"flag": row, "meaning": explain(row.code)} for row in open_rows.values()],
        "settled": [
            {"flag": row, "meaning": explain(row.code), "how": texts[index]["resolution"] if texts else ""}
            for index, row in enumerate(settled)
        ],
        "may_settle": may("cases.coordinate", who, case),
        "people": accounts.users({row.resolved_by for row in settled}),
    }
    if request.method == "POST":
        require("cases.coordinate", who, case)
        every = queries.flags(case, resolved=True)
        chosen = next((row for row in every if str(row.id) == request.POST.get("flag")), None) or hide()
        context["chosen"] = chosen.id
        context["lost"] = chosen.resolved_at is not None

    def do(data: dict[str, Any]) -> Any:
        return resolve_flag(case_id=case.id, flag_id=context["chosen"], how=data["how"], by=who)

    page = ActPage(
        title=_("Flags"),
        heading=_("Flags"),
        lede=_("What happened against a rule is written down all the same, and looked at."),
        button=_("Settle the flag"),
        clause="G1",
        said=_("The flag was settled."),
        to="cases:flags",
        template="cases/flags.html",
        context=context,
    )
    return act_page(request, case, form, page, do)
