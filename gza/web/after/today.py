"""What the end of plans and the time after it ask of the Fund's people today."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts.enums import FUND
from gza.accounts.principals import Principal
from gza.plans.queries.due import due as due_for
from gza.web.shell.today import Waits, also


@also(*FUND)
def of_fund(who: Principal) -> list[Waits]:
    """Terms over, notices owed, requests to decide, ends to confirm, contacts and reviews due (S7.11, S7.12)."""
    due = due_for(who)
    return [
        *(
            Waits(
                _("Confirm that a case ended in fact"), reverse("after:confirm", args=[row.case_id, row.id]), "S7.12",
                row.happened_on, row.get_ground_display(), case=row.case,
            )
            for row in due.confirmations
        ),
        *(
            Waits(
                _("Answer the request to end a plan"), reverse("after:answer", args=[row.case_id, row.id]), "S7.12",
                row.happened_on, case=row.case,
            )
            for row in due.requests
        ),
        *(
            Waits(
                _("A plan's term is over: tell the beneficiary"), reverse("after:notice", args=[case.id]), "S7.12",
                case.ends_on, due=True, case=case,
            )
            for case in due.over
        ),
        *(
            Waits(
                _("Tell the beneficiary of the end"), reverse("after:notice", args=[case.id]), "S7.12",
                case.stage_since, case=case,
            )
            for case in due.notices
        ),
        *(
            Waits(
                _("Contact after the plan"), reverse("after:contact", args=[case.id]), "S7.11", case.next_contact_on,
                due=True, case=case,
            )
            for case in due.contacts
        ),
        *(
            Waits(
                _("Look at follow-up together again"), reverse("after:follow_up", args=[row.case_id]), "S7.11",
                row.review_on, due=True, case=row.case,
            )
            for row in due.reviews
        ),
    ]  # fmt: skip
