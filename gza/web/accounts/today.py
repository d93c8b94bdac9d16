"""What waits at the accounts for a coordinator: keys to certify, group keys to renew after a leaver."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts import queries
from gza.accounts.enums import REGISTRY
from gza.accounts.principals import Principal
from gza.web.shell.today import Waits, also


@also(*REGISTRY)
def of_registry(who: Principal) -> list[Waits]:
    """People whose new keys nobody has certified, and leavers who are still members of a group key."""
    found = []
    for one in queries.uncertified(who.id):
        title = _("Certify the keys of %(name)s") % {"name": one.full_name or one.username}
        found.append(Waits(title, reverse("accounts:certify", args=[one.id]), "G4"))
    for one in queries.leavers():
        title = _("Renew the keys of the groups that %(name)s was in") % {"name": one.full_name or one.username}
        found.append(Waits(title, reverse("accounts:certificates"), "G4"))
    return found
