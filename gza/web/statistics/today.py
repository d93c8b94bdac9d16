"""What waits in the room of figures: for the officer who prepares, and for who decides in the Fund's name."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts.enums import REGISTRY, Role
from gza.accounts.principals import Principal
from gza.core import clock
from gza.statistics import queries
from gza.statistics.enums import ReleaseState
from gza.web.shell.today import Waits, also


@also(Role.STATISTICS)
def of_officer(_who: Principal) -> list[Waits]:
    """An extract under way, a release returned, a year that is over and not published."""
    found: list[Waits] = []
    running, waiting = queries.running_extract(), queries.waiting()
    if running is not None:
        note = _("%(done)s of %(total)s profiles") % {"done": running.done, "total": running.total}
        found.append(Waits(_("Go on with the extract"), reverse("statistics:extract"), "N4.3", None, note))
    last = queries.newest_release()
    if last is not None and last.state == ReleaseState.RETURNED and waiting is None:
        address = reverse("statistics:release", args=[last.number])
        found.append(Waits(_("Prepare the returned release anew"), address, "N4.3", last.decided_at))
    year = clock.today().year - 1
    if waiting is None and year not in queries.published_years():
        words = _("Prepare the figures of %(year)s") % {"year": year}
        found.append(Waits(words, reverse("statistics:prepare"), "N4.3"))
    return found


@also(*REGISTRY)
def of_approver(who: Principal) -> list[Waits]:
    """A release that waits, a programme that is not adopted; for who holds the director's powers today."""
    if not who.directs:
        return []
    found = []
    if queries.programme() is None:
        found.append(Waits(_("Adopt the table programme"), reverse("statistics:programme"), "N4.3"))
    waiting = queries.waiting()
    if waiting is not None:
        address = reverse("statistics:release", args=[waiting.number])
        words = _("Decide on release %(number)s of the statistics") % {"number": waiting.number}
        found.append(Waits(words, address, "N4.3", waiting.prepared_at))
    return found
