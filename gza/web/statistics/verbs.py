"""What the events of the statistics are called where people read of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "statistics.programme_adopted": _("The programme of tables was adopted"),
    "statistics.extract_begun": _("An extract was begun"),
    "statistics.profiles_counted": _("Profiles were counted"),
    "statistics.register_loaded": _("The register of earlier years was loaded"),
    "statistics.previewed": _("A release was tried before it is prepared"),
    "statistics.ledger_opened": _("The ledger of published figures was opened"),
    "statistics.ledger_dumped": _("The ledger of published figures was written out"),
    "statistics.ledger_loaded": _("A ledger of published figures was taken over"),
    "statistics.release_prepared": _("A release was prepared"),
    "statistics.release_published": _("A release was published"),
    "statistics.release_returned": _("A release was returned to the officer"),
    "statistics.figures_recorded": _("Figures of others were entered"),
}
