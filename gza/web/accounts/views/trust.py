"""The coordinator's and director's rooms: colleagues' keys, and who holds the director's powers."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts import actions, queries
from gza.accounts.enums import REGISTRY, Power
from gza.accounts.models import Delegation
from gza.accounts.permissions import find, hide, may, require
from gza.core import clock
from gza.law.verdicts import Denied
from gza.ui.forms import GzaForm
from gza.vault import queries as vault
from gza.vault.errors import VaultError
from gza.web.accounts import doors
from gza.web.accounts.forms import CertifyForm, DelegationForm, EndForm
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

UNPROCESSABLE = 422


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Colleagues' keys: who waits for a signature, and whose keys are to be renewed after leaving."""
    require("accounts.certify", request.principal)
    context = {"rows": queries.certifiable(), "leavers": queries.leavers(), "plain": GzaForm()}
    return render(request, "accounts/certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.fresh(30)
def certify(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Sign for a colleague's key: the fingerprint is typed as it was read out, never shown here."""
    require("accounts.certify", request.principal)
    colleague = find("accounts.certify", request.principal, queries.active(), id=user_id)
    form, status = CertifyForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                holds = actions.certify(
                    user=colleague, fingerprint=form.cleaned_data["fingerprint"], by=request.principal
                )
            except VaultError:
                form.add_error(
                    "fingerprint",
                    _(
                        "This is not the fingerprint of the key that lies here. Have it read out once more; "
                        "if it differs again, do not sign and tell the data protection officer."
                    ),
                )
            else:
                said = (
                    _("The certificate holds.") if holds else _("Signed. A second colleague signs too, then it holds.")
                )
                messages.success(request, said)
                return HttpResponseRedirect(reverse("accounts:certificates"))
        status = UNPROCESSABLE
    context = {
        "colleague": colleague,
        "form": form,
        "has_keys": vault.fingerprint(colleague.id) is not None,
        "certificate": queries.certificate_of(colleague.id),
        "holds": queries.is_certified(colleague.id),
    }
    return render(request, "accounts/certify.html", context, status=status)


@require_POST
@doors.fresh(30)
def rotate(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """New group keys after somebody has left."""
    require("accounts.certify", request.principal)
    user = find("accounts.certify", request.principal, queries.listed(state="disabled"), id=user_id)
    actions.rotate_after_leaving(user=user, by=request.principal)
    messages.success(request, _("The group keys are renewed without this person."))
    return HttpResponseRedirect(reverse("accounts:work"))


@serves("G5")
@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    """Who holds the director's powers, today and on other days (G5)."""
    if not request.principal.in_fund:
        hide()
    today = clock.today()
    rows = [{"row": row, "in_force": row.in_force(today)} for row in queries.delegations()]
    context = {
        "rows": rows,
        "now": queries.delegation_on(today),
        "may_delegate": may("accounts.delegate", request.principal),
        "end_form": EndForm(initial={"on": today}),
    }
    return render(request, "accounts/powers.html", context)


@serves("G5")
@require_http_methods(["GET", "HEAD", "POST"])
@doors.fresh(30)
def delegate(request: HttpRequest) -> HttpResponse:
    """Give the director's powers for dated days (G5)."""
    require("accounts.delegate", request.principal)

    def draw(form: GzaForm, *, status: int = 200, denied: Denied | None = None, **_kwargs: Any) -> HttpResponse:
        return render(request, "accounts/delegate.html", {"form": form, "denied": denied}, status=status)

    def do(data: dict[str, Any]) -> Delegation:
        return actions.delegate(
            holder=find("accounts.delegate", request.principal, queries.active(*REGISTRY), id=data["holder"]),
            power=Power(data["power"]),
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            order=data["order"],
            by=request.principal,
        )

    if request.method != "POST":
        return draw(DelegationForm(initial={"valid_from": clock.today(), "power": Power.ACTING}))
    to, said = reverse("accounts:powers"), _("The powers are given.")
    return submit(request, DelegationForm(request.POST), do, draw, to=to, said=said)


@serves("G5")
@require_POST
@doors.fresh(30)
def end_delegation(request: HttpRequest, delegation_id: uuid.UUID) -> HttpResponse:
    """End powers before their day (G5)."""
    require("accounts.delegate", request.principal)
    row = find("accounts.delegate", request.principal, queries.all_delegations(), id=delegation_id)

    def draw(form: GzaForm, *, status: int = 200, denied: Denied | None = None, **_kwargs: Any) -> HttpResponse:
        return render(request, "accounts/end_powers.html", {"form": form, "row": row, "denied": denied}, status=status)

    def do(data: dict[str, Any]) -> None:
        actions.end_delegation(delegation=row, on=data["on"], by=request.principal)

    return submit(request, EndForm(request.POST), do, draw, to=reverse("accounts:powers"), said=_("The powers end."))
