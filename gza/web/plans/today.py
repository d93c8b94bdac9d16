"""What waits at the plans: final plans for the Fund's answer, amendments to sign, unmet needs to look at again."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts.enums import REGISTRY, Role
from gza.accounts.principals import Principal
from gza.core.calendar import add_working_days
from gza.law import parameters
from gza.plans import queries
from gza.web.shell.today import Waits, also


@also(*REGISTRY)
def of_registry(who: Principal) -> list[Waits]:
    """Final plans that wait for the Fund's answer, with the day it is due (a parameter, ours)."""
    found = []
    for row in queries.final_pending(who):
        due = add_working_days(row.submitted_on, parameters.value("fund_agreement_working_days", row.submitted_on))
        address = reverse("plans:decide", args=[row.case_id])
        found.append(Waits(_("Answer a final plan"), address, "S7.6", due, due=True, case=row.case))
    return found


@also(Role.SOCIAL_WORKER)
def of_worker(who: Principal) -> list[Waits]:
    """Amendments fixed and not signed, and unmet needs whose day has come."""
    found = [
        Waits(
            _("Have an amendment signed"), reverse("plans:sign", args=[row.case_id]), "S3.5", row.submitted_on,
            case=row.case,
        )
        for row in queries.amendments_to_sign(who)
    ]  # fmt: skip
    found += [
        Waits(
            _("Look again at an unmet need"), reverse("plans:plan", args=[row.case_id]), "S7.6", row.review_on,
            due=True, case=row.case,
        )
        for row in queries.unmet_to_review(who)
    ]  # fmt: skip
    return found
