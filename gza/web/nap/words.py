"""What the plan's states, kinds and fields are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gza.nap.timelines import Half, State

STATES: dict[State, tuple[str, Promise]] = {
    State.LATE: ("late", _("window ended, nothing recorded")),
    State.SILENT: ("wait", _("half-years without an entry")),
    State.OPEN: ("open", _("open")),
    State.AHEAD: ("todo", _("not open yet")),
    State.DONE: ("full", _("delivered")),
    State.OVER: ("full", _("ended, every half-year with an entry")),
}
"""The glyph and the word of each state, in the order in which they ask for attention."""

COLUMNS: dict[State, tuple[str, Promise]] = {
    State.LATE: ("late", _("window ended")),
    State.SILENT: ("wait", _("without an entry")),
    State.OPEN: ("open", _("open")),
    State.AHEAD: ("todo", _("not open yet")),
    State.DONE: ("full", _("done")),
}
"""The columns of the table of goals; the last also counts what ended with every half-year spoken for."""

HALVES: dict[Half, Promise] = {
    Half.NONE: _("does not concern it"),
    Half.OPEN: _("open"),
    Half.GOING: _("under way"),
    Half.DONE: _("done"),
    Half.MISSED: _("nothing recorded"),
}

FIELDS: dict[str, Promise] = {
    "title": _("title"),
    "goal": _("goal"),
    "objective": _("objective"),
    "leading": _("leading agency"),
    "supporting": _("supporting agencies"),
    "partners": _("partners"),
    "timeline": _("timeline"),
    "indicators": _("indicators"),
    "text": _("wording"),
    "type": _("type"),
    "unit": _("unit"),
    "target": _("target"),
    "adopted_on": _("day of adoption"),
    "start": _("first day"),
    "end": _("last day"),
    "language": _("language"),
    "added": _("added"),
    "removed": _("removed"),
}
"""Names of fields as they stand in ``to_confirm`` and in a list of changes."""

PARTS: dict[str, Promise] = {
    "plan": _("plan"),
    "goal": _("goal"),
    "objective": _("objective"),
    "activity": _("activity"),
    "indicator": _("indicator"),
}


def field(name: str) -> Promise | str:
    """The name of a field."""
    return FIELDS.get(name, name)
