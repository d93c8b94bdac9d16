"""Where the next act of each stop is done, and the parts of a case as tabs."""

from typing import Any

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gza.accounts.permissions import may
from gza.accounts.principals import Principal
from gza.cases.enums import FinalState
from gza.cases.models import Case
from gza.law.stages import Stage
from gza.ui.drawing import address

# Stop: (page, permission of its act, words of the button).
ACTS: dict[Stage, tuple[str, str, Promise]] = {
    Stage.PRESUMED: ("cases:status", "cases.record", gettext_lazy("Record what was asked or decided")),
    Stage.STATUS: ("cases:status", "cases.record", gettext_lazy("Record the decision on the status")),
    Stage.DESIGNATION: ("cases:designate", "cases.coordinate", gettext_lazy("Designate a social worker")),
    Stage.REHABILITATION_CONSENT: (
        "care:consent_rehabilitation", "cases.work", gettext_lazy("Ask for consent to rehabilitation"),
    ),
    Stage.PRIMARY_NEEDS: ("care:primary_needs", "cases.work", gettext_lazy("Record the primary needs")),
    Stage.EXPLANATION: ("care:explanation", "cases.work", gettext_lazy("Explain reintegration")),
    Stage.REINTEGRATION_CONSENT: (
        "care:consent_reintegration", "cases.work", gettext_lazy("Ask for consent to reintegration"),
    ),
    Stage.NEEDS: ("care:needs", "cases.work", gettext_lazy("Record the needs together")),
    Stage.INITIAL_PLAN: ("plans:edit", "cases.work", gettext_lazy("Draw up the initial plan")),
    Stage.SUBMITTED: ("plans:submit", "cases.work", gettext_lazy("Submit the plan to the Fund")),
    Stage.AGREED: ("plans:decide", "cases.coordinate", gettext_lazy("Answer the submitted plan")),
    Stage.FINAL_PLAN: ("plans:final", "cases.work", gettext_lazy("Draw up the final plan")),
    Stage.SIGNATURES: ("plans:sign", "cases.work", gettext_lazy("Have the plan signed")),
    Stage.REQUESTS: ("requests:case", "cases.work", gettext_lazy("Ask the providers")),
    Stage.FUNDING: ("money:case", "plans.fund", gettext_lazy("Decide on the money")),
    Stage.RUNNING: ("running:year", "cases.work", gettext_lazy("Look at the year of the plan")),
    Stage.COMPLETION: ("after:notice", "cases.record", gettext_lazy("Tell the beneficiary of the end")),
    Stage.FOLLOW_UP: ("after:follow_up", "cases.record", gettext_lazy("Go on with follow-up")),
}  # fmt: skip
_WITH_FUND = ("plans:decide", "cases.coordinate", gettext_lazy("Answer the submitted plan"))
_TABS: tuple[tuple[str, Promise], ...] = (
    ("cases:detail", gettext_lazy("Overview")),
    ("cases:person", gettext_lazy("Person")),
    ("care:consents", gettext_lazy("Consents")),
    ("care:services", gettext_lazy("Services")),
    ("care:needs", gettext_lazy("Needs")),
    ("plans:plan", gettext_lazy("Plan")),
    ("requests:case", gettext_lazy("Requests")),
    ("money:case", gettext_lazy("Money")),
    ("running:year", gettext_lazy("Year")),
    ("after:end", gettext_lazy("End")),
    ("after:follow_up", gettext_lazy("Follow-up")),
    ("cases:access", gettext_lazy("Access")),
    ("cases:history", gettext_lazy("History")),
)


def _address(name: str, case: Case) -> str:
    try:
        return address(name, case.id)
    except NoReverseMatch:
        return ""


def next_act(who: Principal, case: Case) -> dict[str, Any] | None:
    """Address and words of the act that moves the case on; without an address when it is somebody else's."""
    found = ACTS.get(Stage(case.stage))
    if case.stage == Stage.FINAL_PLAN and case.final_state == FinalState.SUBMITTED:
        found = _WITH_FUND
    if found is None:
        return None
    page, permission, words = found
    return {"address": _address(page, case) if may(permission, who, case) else "", "words": words}


def tabs(case: Case, current: str) -> list[dict[str, Any]]:
    """The parts of a case for ``<c-tabs>``; ``current`` is a URL name."""
    return [
        {"label": label, "href": href, "current": name == current}
        for name, label in _TABS
        if (name != "after:follow_up" or name == current or case.plan_ended_on or case.follow_up)
        and (href := _address(name, case))
    ]


def frame(request: Any, case: Case, current: str) -> dict[str, Any]:
    """What every page of a case shows: the case, its tabs, who asks."""
    return {"case": case, "tabs": tabs(case, current), "tabs_label": _("Parts of the case")}
