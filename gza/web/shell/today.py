"""Today of each role, derived by query: what is overdue, due, waiting for others, and what changed."""

from typing import Any

from gza.accounts import queries as accounts
from gza.accounts.principals import Principal
from gza.cases import queries
from gza.law.verdicts import explain
from gza.web.cases.verbs import words
from gza.web.cases.views.lists import waiting_rows

from .rooms import rooms_of


def page_of(who: Principal) -> tuple[str, dict[str, Any]]:
    """Template and context of a person's Today."""
    if who.in_fund:
        return "shell/today.html", _of_fund(who)
    return "shell/today_plain.html", {"doors": [room for room in rooms_of(who.role) if room.url != "shell:today"]}


def _of_fund(who: Principal) -> dict[str, Any]:
    found = queries.today(who)
    overdue, due, waiting = (waiting_rows(rows) for rows in (found.overdue, found.due, found.waiting))
    late_answers = [one for one in found.answers if one.answer_due and one.answer_due < found.day]
    people = accounts.users(
        {one["case"].holder_id for one in [*overdue, *due, *waiting]} | {case.changed_by for case in found.changed}
    )
    return {
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
        "late_count": len(overdue) + len(late_answers),
        "calm": not (overdue or due or waiting or found.answers or found.flags or found.changed),
    }
