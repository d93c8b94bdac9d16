"""What waits for a provider's focal person."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.plans.models import ServiceRequest
from gza.plans.queries import provider as queries
from gza.web.shell.today import Waits, also


def _row(row: ServiceRequest, title: str, *, due: bool = True) -> Waits:
    words = row.service_type.name(get_language() or "ka")
    address = reverse("provider:request", args=[row.id])
    return Waits(title, address, "S5.4", row.answer_due if due else row.stopped_on, f"{words}, {row.reference}", due)


@also(Role.PROVIDER)
def of_provider(who: Principal) -> list[Waits]:
    """Requests past their date (a reminder says so), new ones, read ones, what is to be returned, unread reports."""
    if who.organisation_id is None:
        return []
    found = queries.desk(who)
    reminded = [
        _row(row, _("A reminder: please answer this request") if row.reminded_at else _("Answer this request"))
        for row in found.overdue
    ]
    halted = [_row(row, _("Return or delete what you were told"), due=False) for row in found.to_return]
    new = [_row(row, _("A new request")) for row in found.unread]
    due = [_row(row, _("Answer this request")) for row in found.due]
    parts = [
        Waits(_("A part of a monthly report"), reverse("provider:part", args=[row.id]), "S7.9", row.sent_on)
        for row in found.parts
    ]
    return [*reminded, *halted, *new, *due, *parts]
