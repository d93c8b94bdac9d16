"""Work on keys that is left, and going on with it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gza.accounts import keywork
from gza.accounts.permissions import require
from gza.ui.forms import GzaForm
from gza.vault.errors import VaultError
from gza.web.accounts import doors


@require_http_methods(["GET", "HEAD", "POST"])
@doors.fresh(30)
def work(request: HttpRequest) -> HttpResponse:
    """What is left to seal, to renew or to open again; each press of a button does a few seconds of it."""
    require("accounts.certify", request.principal)
    if request.method == "POST":
        _go_on(request)
        return HttpResponseRedirect(reverse("accounts:work"))
    return render(request, "accounts/work.html", {"left": keywork.left(), "plain": GzaForm()})


def _go_on(request: HttpRequest) -> None:
    try:
        job = keywork.Job(request.POST.get("job", ""))
        user = request.POST.get("user", "")
        user_id = uuid.UUID(user) if user else None
        done = keywork.go_on(job=job, group=request.POST.get("group", ""), user_id=user_id, by=request.principal)
    except ValueError as error:
        raise Http404 from error
    except VaultError:
        said = _("Not all of it can be done: a key carries no certificate that holds. Certify it first, then go on.")
        messages.error(request, said)
        return
    said = ngettext("%(n)s key is dealt with.", "%(n)s keys are dealt with.", done) % {"n": done}
    messages.success(request, said)
