"""The administrator's rooms: the list of accounts, a new one, one in detail and what is done to it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts import actions, queries
from gza.accounts.models import User
from gza.accounts.permissions import find, may, require
from gza.core.paging import page
from gza.directory import queries as directory
from gza.law.verdicts import Denied
from gza.ui.forms import GzaForm
from gza.web.accounts import doors, once_told
from gza.web.accounts.forms import AccountForm, DetailsForm, FilterForm
from gza.web.shell.acts import submit

TEMPORARY = "temporary"


def _detail(user_id: uuid.UUID) -> str:
    return reverse("accounts:detail", kwargs={"user_id": user_id})


def _account(request: HttpRequest, user_id: uuid.UUID, name: str = "accounts.administer") -> User:
    require("accounts.administer", request.principal)
    return find(name, request.principal, queries.listed(), id=user_id)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Accounts by name; filters stand in the address."""
    require("accounts.administer", request.principal)
    form = FilterForm(request.GET)
    found = {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    wanted = {name: str(found.get(name, "")) for name in ("role", "state", "text")}
    rows = page(
        queries.listed(**wanted),
        ("username",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    bodies = directory.named({row.organisation_id for row in rows.rows if row.organisation_id})
    lines = [{"user": row, "organisation": bodies.get(row.organisation_id)} for row in rows.rows]
    context = {"form": form, "page": rows, "lines": lines, "filtered": any(wanted.values())}
    return render(request, "accounts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.fresh(30)
def create(request: HttpRequest) -> HttpResponse:
    """A new account with a temporary password, told once."""
    require("accounts.administer", request.principal)

    def draw(form: GzaForm, *, status: int = 200, denied: Denied | None = None, **_kwargs: Any) -> HttpResponse:
        return render(request, "accounts/create.html", {"form": form, "denied": denied}, status=status)

    if request.method != "POST":
        return draw(AccountForm())
    form = AccountForm(request.POST)

    def do(data: dict[str, Any]) -> uuid.UUID:
        user, temporary = actions.create_account(
            username=data["username"],
            role=data["role"],
            full_name_ka=data["full_name_ka"],
            full_name_en=data["full_name_en"],
            organisation_id=uuid.UUID(data["organisation"]) if data["organisation"] else None,
            region=data["region"],
            language=data["language"],
            by=request.principal,
        )
        once_told.tell(request, TEMPORARY, [str(user.id), temporary])
        return user.id

    try:
        return submit(request, form, do, draw, to=_detail)
    except actions.NameTaken:
        form.add_error("username", _("There is an account of this name. Choose another one."))
        return draw(form, status=422)


@require_safe
def detail(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """One account: what is known of it, and what can be done to it."""
    user = _account(request, user_id)
    told = once_told.told(request, TEMPORARY)
    organisation = directory.organisation(user.organisation_id) if user.organisation_id else None
    context = {
        "user": user,
        "organisation": organisation,
        "security_keys": len(queries.security_keys_of(user)),
        "recovery_left": queries.good_recovery_codes(user.id),
        "sessions": queries.sessions_of(user.id),
        "certified": queries.is_certified(user.id),
        "temporary": told[1] if told and told[0] == str(user.id) else "",
        "may_disable": may("accounts.disable", request.principal, user),
        "plain": GzaForm(),
    }
    return render(request, "accounts/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Mend names, organisation and region."""
    user = _account(request, user_id)

    def draw(form: GzaForm, *, status: int = 200, denied: Denied | None = None, **_kwargs: Any) -> HttpResponse:
        return render(request, "accounts/edit.html", {"form": form, "user": user, "denied": denied}, status=status)

    def do(data: dict[str, Any]) -> None:
        actions.change_details(
            user=user,
            full_name_ka=data["full_name_ka"],
            full_name_en=data["full_name_en"],
            organisation_id=uuid.UUID(data["organisation"]) if data["organisation"] else None,
            region=data["region"],
            by=request.principal,
        )

    if request.method == "POST":
        form = DetailsForm(request.POST, role=user.role)
        return submit(request, form, do, draw, to=_detail(user.id), said=_("The details are changed."))
    initial = {
        "full_name_ka": user.full_name_ka,
        "full_name_en": user.full_name_en,
        "organisation": str(user.organisation_id or ""),
        "region": user.region,
    }
    return draw(DetailsForm(initial=initial, role=user.role))


def _done(request: HttpRequest, user: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(_detail(user.id))


def _temporary(request: HttpRequest, user: User, temporary: str) -> HttpResponse:
    once_told.tell(request, TEMPORARY, [str(user.id), temporary])
    return HttpResponseRedirect(_detail(user.id))


@require_POST
@doors.fresh(30)
def disable(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Access stops at once."""
    user = _account(request, user_id, "accounts.disable")
    if user.is_active:
        actions.disable(user=user, by=request.principal)
    return _done(request, user, _("The account is disabled; its sessions have ended."))


@require_POST
@doors.fresh(30)
def enable(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Let the person in again, with a temporary password."""
    user = _account(request, user_id, "accounts.disable")
    if user.is_active:
        return HttpResponseRedirect(_detail(user.id))
    return _temporary(request, user, actions.enable(user=user, by=request.principal))


@require_POST
@doors.fresh(30)
def reset_password(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """A temporary password after a lost one."""
    user = _account(request, user_id, "accounts.reset")
    if not user.is_active:
        return HttpResponseRedirect(_detail(user.id))
    return _temporary(request, user, actions.reset_password(user=user, by=request.principal))


@require_POST
@doors.fresh(30)
def reset_factor(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Forget the second factor; the next sign-in enrols a new one."""
    user = _account(request, user_id, "accounts.reset")
    actions.reset_second_factor(user=user, by=request.principal)
    return _done(request, user, _("The second factor is forgotten; the next sign-in sets up a new one."))


@require_POST
def end_sessions(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """End every session of the account."""
    user = _account(request, user_id, "accounts.disable")
    actions.end_sessions(user=user, by=request.principal)
    return _done(request, user, _("Every session of the account has ended."))
