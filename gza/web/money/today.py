"""What waits for money: sums to be worked out, decisions that fall due (S5.5, G5)."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.core import money
from gza.plans import queries
from gza.plans.models import Consideration
from gza.web.shell.today import Waits, also


def _waits(row: Consideration, title: str, page: str) -> Waits:
    language = get_language() or "ka"
    service = row.origin.service_type
    note = service.name(language) if service else ""
    if row.wanted:
        note = f"{note}, {money.show(row.wanted, language)}" if note else money.show(row.wanted, language)
    clause = "S5.5" if row.priority == "necessary" else "S5.3"
    address = reverse(f"money:{page}", args=[row.case_id, row.id])
    return Waits(title, address, clause, row.due_on, note, due=True, case=row.case)


@also(Role.SOCIAL_WORKER)
def of_worker(who: Principal) -> list[Waits]:
    """Considerations of one's own cases that nobody has worked a sum out for."""
    return [_waits(row, _("Work out what it costs"), "sum") for row in queries.to_work_out(who)]


@also(Role.DIRECTOR, Role.COORDINATOR)
def of_fund(who: Principal) -> list[Waits]:
    """What the Fund decides on, the first due first: for the director, and for who acts in the director's place."""
    if who.role == Role.COORDINATOR and not who.directs:
        return []
    return [_waits(row, _("Decide whether the Fund pays"), "decide") for row in queries.to_decide(who)]
