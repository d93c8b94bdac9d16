"""Today of the Fund's people, derived by query: what is overdue, due, waiting for others, and what changed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gza.accounts import queries as accounts
from gza.accounts.enums import FUND, REGISTRY
from gza.accounts.principals import Principal
from gza.cases import queries
from gza.law.verdicts import explain
from gza.web.shell.today import Waits, also, register
from gza.web.shell.verbs import words

from .views.lists import waiting_rows


@register(*FUND)
def of_fund(who: Principal) -> tuple[str, dict[str, Any]]:
    """Template and context."""
    found = queries.today(who)
    overdue, due, waiting = (waiting_rows(rows) for rows in (found.overdue, found.due, found.waiting))
    late_answers = [one for one in found.answers if one.answer_due and one.answer_due < found.day]
    late_others = [one for one in waiting if one["days_late"]]
    people = accounts.users(
        {one["case"].holder_id for one in [*overdue, *due, *waiting]} | {case.changed_by for case in found.changed}
    )
    return "shell/today.html", {
        "overdue": overdue,
        "due": due,
        "waiting": waiting,
        "answers": found.answers,
        "answers_count": len(found.answers),
        "flags": [{"flag": flag, "meaning": explain(flag.code)} for flag in found.flags],
        "changed": [
            {"case": case, "words": words(case.changed_verb), "who": people.get(case.changed_by)}
            for case in found.changed
        ],
        "stages": [line for line in found.stages if line.count],
        "people": people,
        "late_count": len(overdue) + len(late_others) + len(late_answers),
        "calm": not (overdue or due or waiting or found.answers or found.flags or found.changed),
    }


@also(*REGISTRY)
def of_registry(who: Principal) -> list[Waits]:
    """Open cases whose worker left: nobody is without a social worker (S3.3)."""
    count = queries.left_behind(who)
    if not count:
        return []
    title = ngettext(
        "%(n)s open case has a worker who cannot sign in", "%(n)s open cases have a worker who cannot sign in", count
    )
    return [Waits(title % {"n": count}, f"{reverse('cases:list')}?left=on", "S3.3", note=_("Hand them over."))]
