"""Withdrawal of consent: one act that reaches from the consent to requests and plan (S0.1)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from gza.accounts.principals import Principal
from gza.cases.actions.consent import Halted, Withdrawn, withdrawn
from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.models import ConsentScope
from gza.cases.steps import on_case
from gza.plans.steps import ending, running
from gza.vault.filecheck import Accepted


def withdraw_consent(
    *,
    case_id: uuid.UUID,
    scope_ids: Sequence[uuid.UUID],
    form: WithdrawalForm,
    words: str = "",
    heard_by: uuid.UUID | None = None,
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Withdrawn:
    """Record that a consent was withdrawn, scope by scope, at once; never refused (G1).

    Open requests of a withdrawn rehabilitation stop. With the consent to reintegration its open requests stop, and a
    plan is suspended, not terminated; with a disclosure those to its organisation alone. Providers are told to stop
    and to return or delete what they received. What was done is still reported and paid.

    Args:
        case_id: the case.
        scope_ids: rows of ``ConsentScope`` in force.
        form: in writing, or by word of mouth.
        words: the person's words; sealed.
        heard_by: who heard it; ``by`` when None.
        scan: the scanned paper, checked (``vault.files.check``).
        happened_on: the day.
        reason: why it is entered late.
        by: who records it.
    """
    with on_case(
        "cases.withdraw_consent", case_id, by=by, clause="S0.1", happened_on=happened_on, reason=reason, form=str(form)
    ) as work:

        def halt(scope: ConsentScope) -> Halted:
            if scope.scope == Scope.REINTEGRATION:
                running.end_parts(work)
                return Halted(ending.stop_requests(work), ending.suspend(work))
            if scope.scope == Scope.DISCLOSURE and scope.organisation_id:
                running.end_parts(work, scope.organisation_id)
                return Halted(ending.stop_requests(work, organisation_id=scope.organisation_id))
            return Halted()

        return withdrawn(work, scope_ids=scope_ids, form=form, words=words, heard_by=heard_by, scan=scan, halt=halt)
