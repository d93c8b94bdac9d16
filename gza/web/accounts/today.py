"""What waits at the accounts for a coordinator: keys to certify, group keys to renew after a leaver."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts import keywork, queries
from gza.accounts.enums import HOLDS_KEYS, REGISTRY
from gza.accounts.principals import Principal
from gza.web.shell.today import Waits, also


@also(*HOLDS_KEYS)
def of_holder(who: Principal) -> list[Waits]:
    """One's own key, while nobody has certified it: until then nothing new can be sealed to it."""
    if queries.waits_for_certificate(who.id):
        note = _("A coordinator compares its fingerprint with you by voice; until then nothing new is sealed to you.")
        return [Waits(_("Your key waits for certification"), reverse("accounts:me"), "G4", note=note)]
    return []


@also(*REGISTRY)
def of_registry(who: Principal) -> list[Waits]:
    """Keys nobody has certified, leavers who are still members of a group key, and work on keys that is left."""
    found = []
    for one in queries.uncertified(who.id):
        title = _("Certify the keys of %(name)s") % {"name": one.full_name or one.username}
        found.append(Waits(title, reverse("accounts:certify", args=[one.id]), "G4"))
    for one in queries.leavers():
        title = _("Renew the keys of the groups that %(name)s was in") % {"name": one.full_name or one.username}
        found.append(Waits(title, reverse("accounts:certificates"), "G4"))
    if keywork.unfinished():
        found.append(Waits(_("Go on with the work on keys"), reverse("accounts:work"), "G4"))
    return found
