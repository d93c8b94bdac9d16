"""What waits about requests: for the worker, and for who certifies in the Fund's name."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.accounts.enums import REGISTRY, Role
from gza.accounts.principals import Principal
from gza.plans.models import ServiceRequest
from gza.plans.queries import requests as queries
from gza.web.shell.today import Waits, also

SHOWN = 20


def _words(row: ServiceRequest) -> str:
    said = get_language() or "ka"
    return f"{row.service_type.name(said)}: {row.organisation.name_ka if said == 'ka' else row.organisation.name_en}"


def _waits(row: ServiceRequest, title: str) -> Waits:
    address = reverse("requests:case", args=[row.case_id])
    return Waits(title, address, "S5.4", row.answer_due, _words(row), due=True, case=row.case)


@also(Role.SOCIAL_WORKER)
def of_worker(who: Principal) -> list[Waits]:
    """Answers past their date; accepted requests that are about to close for their provider."""
    late = [_waits(row, _("A provider has not answered")) for row in queries.waiting(who, late=True, size=SHOWN).rows]
    closing = [
        Waits(
            _("Keep an accepted request open"), reverse("requests:case", args=[row.case_id]), "S6.1", row.answered_on,
            _words(row), case=row.case,
        )
        for row in queries.closing(who, SHOWN)
    ]  # fmt: skip
    return [*late, *closing]


@also(*REGISTRY)
def of_registry(who: Principal) -> list[Waits]:
    """Requests past their date and reminded: a coordinator certifies that no answer came (S5.5)."""
    return [
        Waits(
            _("Certify that no answer came"), reverse("requests:certify", args=[row.case_id, row.id]), "S5.5",
            row.answer_due, _words(row), due=True, case=row.case,
        )
        for row in queries.to_certify(who, SHOWN)
    ]  # fmt: skip
