"""Sealed files: opened for who may read them, each download recorded."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from gza.accounts.permissions import hide
from gza.cases import queries
from gza.ledger import work as ledger
from gza.vault import files
from gza.vault.models import SealedFile
from gza.web.care.pages import ask_reason
from gza.web.shell.clauses import serves


@require_safe
@serves("S0.1", "G2")
def download(request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """The file, under a name that says nothing; verified whole before its first byte is sent."""
    who = request.principal
    case = queries.case_for(who, case_id)
    row = SealedFile.objects.filter(case_id=case.id, id=file_id).first()
    if row is None:
        hide()
    if (asked := ask_reason(request, case)) is not None:
        return asked
    about = files.describe([row], who.ring)[0]
    pieces = files.read(row, who.ring)
    ledger.opening("care.file", by=who, case=case.id, subject=row.id, section=row.section)
    headers = {
        "Content-Type": about.mime,
        "Content-Length": str(about.size),
        "Content-Disposition": f'attachment; filename="document.{about.kind.value}"',
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(pieces, headers=headers)
