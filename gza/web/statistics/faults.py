"""What is wrong with a file of figures, in the reader's language. The sentences are those of the protector's reader."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gza.protection.model import BadInput

MOST = 10
SAID = (
    gettext_noop("a figures file is an object with dimensions and figures"),
    gettext_noop("must be a list"),
    gettext_noop("{} is none of person, case, status"),
    gettext_noop("must be a list of categories, each a text"),
    gettext_noop("no category may be named *, which means the total"),
    gettext_noop("names a category twice"),
    gettext_noop("{} is no year from 1900 to 2099"),
    gettext_noop("must be an object with where and value"),
    gettext_noop("is not among the dimensions"),
    gettext_noop("must be a list of categories"),
    gettext_noop("{} is none of its categories"),
    gettext_noop("{} is no count: a whole number, 0 or more"),
    gettext_noop("must be a text"),
    gettext_noop("is not JSON in UTF-8"),
    gettext_noop("{}: not counted here"),
    gettext_noop("{}: no category that is counted here"),
    gettext_noop("each names its year"),
    gettext_noop("only persons are counted here"),
    gettext_noop("there are none"),
)


def lines(wrong: BadInput) -> list[str]:
    """The first faults, each with its place in the file, and how many more there are."""
    found = []
    for fault in wrong.faults[:MOST]:
        said = _(fault.said).replace("{}", fault.about, 1)
        found.append(f"{fault.where}: {said}." if fault.where else f"{said}.")
    if (more := len(wrong.faults) - MOST) > 0:
        found.append(_("%(count)s more.") % {"count": more})
    return found
