"""What waits in the directory: an edition to acknowledge, offers nobody confirmed for a quarter."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.directory import queries
from gza.web.shell.today import Waits, also


@also(Role.SOCIAL_WORKER)
def of_worker(who: Principal) -> list[Waits]:
    """The edition in force that this worker has not acknowledged (S4.4)."""
    edition = queries.edition_due(who.id)
    if edition is None:
        return []
    title = _("Acknowledge edition %(number)s of the list of services") % {"number": edition.number}
    return [Waits(title, reverse("directory:edition", args=[edition.number]), "S4.4", edition.happened_on)]


@also(Role.COORDINATOR)
def of_coordinator(_who: Principal) -> list[Waits]:
    """Offers that their providers have not confirmed for a quarter (S4.3), as one line."""
    count = queries.unconfirmed_count()
    if not count:
        return []
    title = ngettext("%(n)s offer is not confirmed", "%(n)s offers are not confirmed", count)
    return [
        Waits(title % {"n": f"{count}+" if count == queries.COUNTED else count}, reverse("directory:offers"), "S4.3")
    ]
