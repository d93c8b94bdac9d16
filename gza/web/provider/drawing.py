"""The marks of the provider's pages, and the rows of its list."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gza.core import clock
from gza.plans.enums import RequestState
from gza.plans.models import ServiceRequest
from gza.ui import dates
from gza.ui import drawing as ui

MARKS = {
    RequestState.SENT: "todo", RequestState.ACCEPTED: "done", RequestState.PARTLY: "most",
    RequestState.DECLINED: "stop", RequestState.UNANSWERED: "late", RequestState.WITHDRAWN: "end",
    RequestState.STOPPED: "end",
}  # fmt: skip


def request_rows(rows: Sequence[ServiceRequest]) -> SafeString:
    """Rows of the organisation's requests: when asked, for what, how it stands, by when an answer is due."""
    return ui.rows(map(_request, rows))


def _request(row: ServiceRequest) -> tuple[dict[str, Any], SafeString]:
    language = ui.language()
    attrs = {
        "day": row.happened_on, "title": row.service_type.name(language), "href": ui.address("provider:request", row.id)
    }  # fmt: skip
    mark = ui.marked(MARKS[RequestState(row.state)], row.get_state_display())
    said = f'{mark} <span class="soft">{row.reference}</span>'
    if row.state == RequestState.SENT:
        day, late = {"day": dates.day(row.answer_due, language)}, row.answer_due < clock.today()
        words = _("answer was due by %(day)s") % day if late else _("please answer by %(day)s") % day
        said += f' · <span class="is-late">{ui.escaped(words)}</span>' if late else f" · {ui.escaped(words)}"
        unread = "" if row.seen_at else _("not read yet")
        said += f", {ui.escaped(unread)}" if unread else ""
    return attrs, mark_safe(said)  # noqa: S308 (escaped above)
