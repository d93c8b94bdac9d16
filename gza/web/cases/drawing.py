"""Rows of cases drawn in Python: a list holds fifty of them, and a template would take most of the page's time."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gza.cases.queries.late import COUNTED
from gza.ui import dates, drawing
from gza.ui.drawing import address, escaped, say

People = Mapping[uuid.UUID, Any]


def name_of(user: Any) -> str:
    """A colleague's name in the reader's language; empty for nobody."""
    return str(user.name(drawing.language())) if user is not None else ""


def waiting_rows(
    rows: Iterable[Mapping[str, Any]], people: People, *, but: uuid.UUID | None = None, party: bool = False
) -> SafeString:
    """Rows of cases that wait: the due day, the stage, with whom.

    Args:
        rows: as ``views.lists.waiting_rows`` gives them.
        people: the keepers, by id.
        but: the reader, whose own name is not said.
        party: also whose act is next.
    """
    parts = []
    for one in rows:
        case, keeper = one["case"], people.get(one["case"].holder_id)
        link = address("cases:detail", case.id)
        words = [say(one["party"])] if party else []
        if keeper is not None and keeper.id != but:
            words.append(name_of(keeper))
        attrs = {
            "day": one["due"], "due": True, "title": say(one["label"]), "href": link, "code": case.code,
            "code_href": link, "clause": one["clause"],
        }  # fmt: skip
        parts.append(drawing.row(attrs, ": ".join(words)))
    return mark_safe("".join(parts))  # noqa: S308 (``drawing.row`` escapes)


def flag_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Rows of flags: the day each was raised, what it means, its case."""
    return drawing.rows(
        (
            {
                "day": one["flag"].raised_at, "title": say(one["meaning"].text), "clause": one["flag"].clause,
                "href": address("cases:flags", one["flag"].case_id), "code": one["flag"].case.code,
                "code_href": address("cases:detail", one["flag"].case_id),
            },
            "",
        )
        for one in rows
    )  # fmt: skip


def changed_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Rows of cases that somebody changed: the day, what was done, who did it."""
    parts = []
    for one in rows:
        case, link = one["case"], address("cases:detail", one["case"].id)
        attrs = {"day": case.changed_at, "title": one["words"], "href": link, "code": case.code, "code_href": link}
        parts.append(drawing.row(attrs, name_of(one["who"])))
    return mark_safe("".join(parts))  # noqa: S308 (``drawing.row`` escapes)


def case_rows(rows: Iterable[Mapping[str, Any]], keepers: People, *, own: bool, named: bool) -> SafeString:
    """The list of cases: last change and lateness, stage, small road, keeper and region, code and name.

    Args:
        rows: as ``views.lists.rows`` gives them.
        keepers: who keeps them, by id.
        own: whether they are the reader's, who is not named then.
        named: whether the names are shown.
    """
    mask, flag, parts = drawing.mask(), drawing.marked("change", _("has a flag")), []
    for row in rows:
        case, stop, waiting = row["case"], row["stop"], row["waiting"]
        link, keeper = address("cases:detail", case.id), keepers.get(case.holder_id)
        late = f' <span class="delta is-late">{dates.late(waiting.due)}</span>' if waiting and waiting.days_late else ""
        who = f"{escaped(name_of(keeper))}, " if keeper is not None and not own else ""
        changed = dates.short_day(drawing.day_of(case.changed_at), drawing.language())
        shown = f"<span>{escaped(row['name'])}</span>" if named else mask
        parts.append(
            f'<li class="row"><p class="when">{changed}{late}</p>'
            f'<div class="what"><a href="{link}">{escaped(say(stop.label))}</a>'
            f"{drawing.road_mini(row['at'], row['of'], ended=False)}"
            f"<p>{who}{escaped(row['region'])}{f' {flag}' if case.open_flags else ''}</p></div>"
            f'<p class="which"><a class="code" href="{link}">{escaped(case.code)}</a>{shown}</p>'
            f"{drawing.clause(stop.clause)}</li>"
        )
    return mark_safe("\n".join(parts))  # noqa: S308 (every value is escaped above)


def hit_rows(hits: Iterable[Mapping[str, Any]]) -> SafeString:
    """Hits of a search by name: how alike, who, where the case stands."""
    parts = []
    for hit in hits:
        case, link = hit["case"], address("cases:detail", hit["case"].id)
        alike = escaped(_("%(percent)s%% alike") % {"percent": hit["alike"]})
        parts.append(
            f'<li class="row"><p class="when">{alike}</p><div class="what"><a href="{link}">{escaped(hit["name"])}</a>'
            f"<p>{escaped(say(hit['stop']))}, {escaped(hit['region'])}</p></div>"
            f'<p class="which"><a class="code" href="{link}">{escaped(case.code)}</a></p></li>'
        )
    return mark_safe("".join(parts))  # noqa: S308 (every value is escaped above)


def event_rows(events: Iterable[Mapping[str, Any]]) -> SafeString:
    """What happened in a case: when, what, who, by which clause."""
    refused, lock = drawing.marked("stop", _("refused")), drawing.marked("lock", "")
    language, parts = drawing.language(), []
    for each in events:
        event, who = each["event"], each["who"]
        what = f"<b>{escaped(each['words'])}</b>"
        if event.kind == "opening":
            what = f"{lock} {what}"  # the sentence says that it was opened
        elif event.kind == "refusal":
            what = f"{what} {refused}"
        actor = f"{name_of(who)}, {who.get_role_display()}" if who is not None else _("the system")
        late = ""
        if each["late"]:
            late = ". " + _("Happened on %(day)s.") % {"day": dates.day(event.happened_on, language)}
        parts.append(
            f'<li class="row"><p class="when">{dates.short_day(drawing.day_of(event.at), language)} '
            f'<small>{dates.local(event.at):%H:%M}</small></p><div class="what">{what}'
            f"<p>{escaped(actor)}{escaped(late)}</p></div>{drawing.clause(event.clause)}</li>"
        )
    return mark_safe("\n".join(parts))  # noqa: S308 (every value is escaped above)


def stage_rows(lines: Iterable[Mapping[str, Any]], region: str) -> SafeString:
    """The stages of the overview: how many stand there, how many are late, whose act is next, the term, the clause."""
    cases, late, party, term, rule = _("Cases"), _("Late"), _("Whose act is next"), _("Term, working days"), _("Clause")
    home, narrowed, parts = reverse("cases:list"), f"&amp;region={escaped(region)}" if region else "", []
    for each in lines:
        line, none = each["line"], "–"
        if line.late:
            how = f'<span class="is-late">{line.late}{"+" if line.late >= COUNTED else ""}</span>'
        else:
            how = none if line.late is None else "0"
        parts.append(
            f'<tr><th scope="row"><a href="{home}?stage={escaped(line.stage)}{narrowed}">'
            f"{escaped(say(each['stop'].label))}</a></th>"
            '<td class="stack"><svg class="fig" height="12" aria-hidden="true">'
            f'<rect class="f1" width="{each["width"]}" height="12"/></svg></td>'
            f'<td class="num" data-label="{escaped(cases)}">{line.count}</td>'
            f'<td class="num" data-label="{escaped(late)}">{how}</td>'
            f'<td data-label="{escaped(party)}">{escaped(say(each["party"]))}</td>'
            f'<td class="num" data-label="{escaped(term)}">{none if each["term"] is None else each["term"]}</td>'
            f'<td data-label="{escaped(rule)}">{drawing.clause(line.clause)}</td></tr>'
        )
    return mark_safe("\n".join(parts))  # noqa: S308 (every value is escaped above)
