"""What the events of the directory are called where people read of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "directory.synced": _("The list of places and bodies was brought up to date"),
    "directory.training_added": _("A training was recorded"),
    "directory.edition_issued": _("An edition of the list of services was issued"),
    "directory.edition_received": _("An edition of the list of services was received"),
}
