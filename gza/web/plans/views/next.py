"""The act that moves a plan on once the Fund agreed to its initial version: whose it is, what is missing for it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts.permissions import may
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.law.verdicts import Denied
from gza.plans import queries
from gza.plans.enums import VersionKind, VersionState
from gza.ui.road import Lack


def lacks(denied: tuple[Denied, ...], href: str = "") -> list[Lack]:
    """What is missing, for the next step."""
    return [Lack(one.message, clause=one.clause, href=href) for one in denied]


def _worker(case: Case, who: Principal, name: str) -> str:
    return reverse(f"plans:{name}", args=[case.id]) if may("plans.write", who, case) else ""


def after_initial(case: Case, page: queries.PlanPage, who: Principal) -> dict[str, Any]:
    """What comes next: the final plan, its agreement, its signatures, an amendment; empty where nothing does."""
    version = page.version
    if version.plan.ended_on is not None:
        return {}
    theirs = _("The next act lies with the social worker.")
    if version.kind == VersionKind.INITIAL:
        denied = queries.may_begin_final(case)
        missing = lacks((denied,)) if isinstance(denied, Denied) else []
        address = "" if missing else _worker(case, who, "final")
        return {
            "heading": _("Draw up the final plan"),
            "lacks": missing,
            "address": address,
            "words": _("Begin the final plan"),
            "note": "" if address or missing else theirs,
        }
    if version.state == VersionState.DRAFT:
        return _draft(case, page, who, theirs)
    if version.state == VersionState.SUBMITTED:
        decide = reverse("plans:decide", args=[case.id]) if may("plans.decide", who, case) else ""
        return {
            "heading": _("The Fund answers the plan"),
            "address": decide,
            "words": _("Answer the plan"),
            "note": "" if decide else _("The plan lies with the Fund and is not changed now."),
        }
    if version.state == VersionState.RETURNED:
        again = _worker(case, who, "new_draft")
        return {
            "heading": _("Go on with a new draft"),
            "address": again,
            "words": _("Begin a new draft"),
            "note": "" if again else theirs,
        }
    if version.state in {VersionState.AGREED, VersionState.TO_SIGN}:
        sign = _worker(case, who, "sign")
        return {
            "heading": _("Have the plan signed"),
            "address": sign,
            "words": _("Go to the signatures"),
            "note": "" if sign else theirs,
        }
    return {}


def _draft(case: Case, page: queries.PlanPage, who: Principal, theirs: str) -> dict[str, Any]:
    version = page.version
    missing = queries.lacking_final(version, queries.facts_on(page, who.ring))
    edit = _worker(case, who, "final")
    done = _("Fix the amendment for signature") if version.ground else _("Submit the plan to the Fund")
    return {
        "heading": _("Complete the plan") if missing else done,
        "lacks": lacks(missing),
        "address": edit and (edit if missing else _worker(case, who, "submit")),
        "words": _("Work on the draft") if missing else done,
        "edit": "" if missing else edit,
        "drop": _worker(case, who, "drop") if version.ground else "",
        "note": "" if edit else theirs,
    }
