"""Sealed files: opened for who may read them, each download recorded."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gza.accounts.permissions import hide
from gza.cases import queries
from gza.ledger import work as ledger
from gza.vault import files
from gza.vault.files import FileMissing
from gza.web.care.pages import ask_reason
from gza.web.shell.clauses import serves


@require_safe
@serves("S0.1", "G2")
def download(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """The file, under a name that says nothing; verified whole before its first byte is sent."""
    who = request.principal
    case = queries.case_for(who, case_id)
    row = queries.file_of(case, file_id)
    if row is None:
        hide()
    if (asked := ask_reason(request, case)) is not None:
        return asked
    about = files.describe([row], who.ring)[0]
    try:
        pieces = files.read(row, who.ring)
    except FileMissing:
        messages.error(request, _("The file is not on the disk. Nothing was opened; tell the administrator."))
        return HttpResponseRedirect(reverse("care:consents", args=[case.id]))
    ledger.opening("care.file", by=who, case=case.id, subject=row.id, section=row.section)
    headers = {
        "Content-Type": about.mime,
        "Content-Length": str(about.size),
        "Content-Disposition": f'attachment; filename="document.{about.kind.value}"',
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(pieces, headers=headers)
