"""What of the year of a plan waits on Today: reports due for a worker, reports to be read for the Fund."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.core import clock
from gza.core.calendar import add_months
from gza.law import parameters, reporting
from gza.plans.queries import running as queries
from gza.ui import dates
from gza.web.running import drawing
from gza.web.shell.today import Waits, also

SHOWN = 10
"""At most so many of each kind; the list of reports has them all."""


@also(Role.SOCIAL_WORKER)
def reports_due(who: Principal) -> list[Waits]:
    """The oldest report that each own case owes, late ones first, and those due within some days."""
    today, language = clock.today(), get_language() or "ka"
    ahead = today + dt.timedelta(days=parameters.value("reminder_days", today) + 4)
    found = []
    for case in queries.due(who, until=ahead, size=SHOWN):
        month = add_months(reporting.first(case.report_due_on), -1)
        title = _("Report on %(month)s") % {"month": dates.month(month, language)}
        href = drawing.address("write", case, month)
        found.append(Waits(title, href, clause="S7.9", day=case.report_due_on, due=True, case=case))
    return found


@also(Role.COORDINATOR)
def reports_to_read(who: Principal) -> list[Waits]:
    """Reports that wait to be read, the longest waiting first."""
    language = get_language() or "ka"
    return [
        Waits(
            _("Read the report on %(month)s") % {"month": dates.month(one.month, language)},
            drawing.address("report", one.case, one.month),
            clause="S7.9",
            day=one.sent_on,
            case=one.case,
        )
        for one in queries.unread(who, size=SHOWN).rows
    ]


@also(Role.COORDINATOR)
def reports_missing(who: Principal) -> list[Waits]:
    """That reports are late somewhere: one line that leads to the list."""
    late = queries.due(who, until=clock.today() - dt.timedelta(days=1), size=1)
    if not late:
        return []
    return [
        Waits(_("Reports are late"), reverse("running:reports"), clause="S7.9", day=late[0].report_due_on, due=True)
    ]
