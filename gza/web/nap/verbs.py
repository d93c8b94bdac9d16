"""What the events of the national action plans are called where people read of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "nap.loaded": _("A national action plan was loaded"),
}
