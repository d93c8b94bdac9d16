"""A version of a plan as its pages show it: opened, in its groups, its time as months of the plan."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gza.accounts import queries as accounts
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases.enums import Priority
from gza.cases.models import Case, Need
from gza.core import clock
from gza.core.calendar import add_months
from gza.law import plan as rules
from gza.law.verdicts import Denied
from gza.ledger import work as ledger
from gza.plans import content, queries
from gza.plans.enums import VersionState
from gza.plans.models import MONTHS, Decision, PlanItem, PlanVersion
from gza.ui import dates
from gza.ui.figures import Window

_FIRST = dt.date(2001, 1, 1)
"""Any first of January: a plan not yet agreed has no calendar, only months counted from its own first."""
WINDOW = Window(_FIRST, MONTHS)
MARKS = {
    VersionState.DRAFT: "draft",
    VersionState.SUBMITTED: "wait",
    VersionState.RETURNED: "change",
    VersionState.AGREED: "done",
    VersionState.TO_SIGN: "todo",
    VersionState.IN_FORCE: "now",
    VersionState.SUPERSEDED: "end",
    VersionState.DROPPED: "end",
    VersionState.ENDED: "end",
}


@dataclass(frozen=True)
class Line:
    """One item: its place, its texts opened, its months in words and as days of ``WINDOW``."""

    item: PlanItem
    need: Need | None
    detail: str
    reason: str
    lacks: Denied | None = None

    @property
    def desired(self) -> str:
        """``yes`` for a desired item, which is drawn slimmer."""
        return "yes" if self.item.priority == Priority.DESIRED else ""

    @property
    def start(self) -> dt.date | None:
        """The first day in the time-table's window."""
        return add_months(_FIRST, self.item.month_from - 1) if self.item.month_from else None

    @property
    def end(self) -> dt.date | None:
        """The last day in the time-table's window."""
        return add_months(_FIRST, self.item.month_to) - dt.timedelta(days=1) if self.item.month_to else None

    @property
    def months(self) -> str:
        """``months 1–6``; empty while they are not given."""
        first, last = self.item.month_from, self.item.month_to
        if not first:
            return ""
        if first == last:
            return _("month %(number)s") % {"number": first}
        return _("months %(first)s–%(last)s") % {"first": first, "last": last}


@dataclass(frozen=True)
class Group:
    """The items of one priority (S5.2)."""

    key: str
    label: str
    lines: list[Line]


@dataclass(frozen=True)
class Answer:
    """The Fund's answer to a version, with its words opened and who gave it."""

    version: PlanVersion
    decision: Decision
    words: str
    who: User | None


@dataclass(frozen=True)
class Drawn:
    """A version, opened: what a page shows of it."""

    page: queries.PlanPage
    groups: list[Group]
    aim: str
    answers: list[Answer]
    people: dict[Any, User]
    left_out: list[tuple[Need, str]] = field(default_factory=list)
    fingerprint: str = ""
    holds: bool = False
    final: bool = False
    items_template: str = "plans/_items.html"

    @property
    def version(self) -> PlanVersion:
        """The version."""
        return self.page.version

    @property
    def lines(self) -> list[Line]:
        """All items in the order of the groups."""
        return [line for group in self.groups for line in group.lines]

    @property
    def window(self) -> Window:
        """The months of the time-table."""
        return WINDOW

    @property
    def heads(self) -> list[int]:
        """The numbers over the time-table."""
        return list(range(1, MONTHS + 1))

    @property
    def mark(self) -> str:
        """The mark of the version's state."""
        return MARKS[VersionState(self.version.state)]


def lines(page: queries.PlanPage, who: Principal) -> list[Line]:
    """The items of a version, opened."""
    texts = queries.texts_of(page.items, who.ring)
    facts = queries.law_items(page.items)
    today = clock.today()
    verdicts = [rules.may_hold(item=one, months=page.version.months, on=today) for one in facts]
    return [
        Line(item, page.needs.get(item.need_id), **text, lacks=verdict if isinstance(verdict, Denied) else None)
        for item, text, verdict in zip(page.items, texts, verdicts, strict=True)
    ]


def grouped(found: Sequence[Line]) -> list[Group]:
    """The two groups, the necessary first; what is not decided yet stands last, both groups only where filled."""
    labels = [
        (Priority.NECESSARY.value, pgettext("group of items", "necessary")),
        (Priority.DESIRED.value, pgettext("group of items", "desired")),
        ("", _("not yet said whether necessary or desired")),
    ]
    groups = [Group(key, label, [line for line in found if line.item.priority == key]) for key, label in labels]
    return [group for group in groups if group.lines]


def _decisions(page: queries.PlanPage) -> list[tuple[PlanVersion, Decision]]:
    return [(one, one.decision) for one in page.versions if getattr(one, "decision", None)]


def people_of(page: queries.PlanPage, *more: uuid.UUID) -> dict[uuid.UUID, User]:
    """Who submitted a version or answered it, and ``more`` people, by their ids; one query."""
    submitted = {one.submitted_by for one in page.versions if one.submitted_by}
    return accounts.users({*submitted, *(decision.recorded_by for _one, decision in _decisions(page)), *more})


def answers(page: queries.PlanPage, who: Principal, people: dict[uuid.UUID, User]) -> list[Answer]:
    """The Fund's answers to the versions of the plan, opened, the newest first; ``people`` by ``people_of``."""
    decisions = _decisions(page)
    words = who.ring.open_many([decision for _one, decision in decisions], ["reasons"])
    return [
        Answer(one, decision, text["reasons"], people.get(decision.recorded_by))
        for (one, decision), text in zip(decisions, words, strict=True)
    ]


def draw(page: queries.PlanPage, case: Case, who: Principal) -> Drawn:
    """Open an initial version for its page; one opening is recorded, however many texts there are."""
    version = page.version
    people = people_of(page)
    needs = who.ring.open_many(page.left_out, ["description"])
    drawn = Drawn(
        page,
        grouped(lines(page, who)),
        who.ring.open(version, "aim"),
        answers(page, who, people),
        people,
        [(need, text["description"]) for need, text in zip(page.left_out, needs, strict=True)],
        printed(version),
        version.fingerprint is not None and content.holds(version, who.ring),
    )
    ledger.opening("plans.plan", by=who, case=case.id, subject=version.id, section="narrative")
    return drawn


def printed(version: PlanVersion) -> str:
    """The fingerprint in groups of four hexadecimal digits; empty before submission."""
    digits = bytes(version.fingerprint).hex() if version.fingerprint is not None else ""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def note_of(version: PlanVersion, language: str) -> str:
    """What happened to a version last, with its day."""
    if version.in_force_on:
        return _("in force since %(day)s") % {"day": dates.day(version.in_force_on, language)}
    if version.decided_on and version.state == VersionState.RETURNED:
        return _("returned on %(day)s") % {"day": dates.day(version.decided_on, language)}
    if version.decided_on:
        return _("the Fund agreed on %(day)s") % {"day": dates.day(version.decided_on, language)}
    if version.submitted_on and version.ground:
        return _("fixed for signature on %(day)s") % {"day": dates.day(version.submitted_on, language)}
    if version.submitted_on:
        return _("submitted on %(day)s") % {"day": dates.day(version.submitted_on, language)}
    return _("begun on %(day)s") % {"day": dates.day(version.happened_on, language)}


def named(version: PlanVersion) -> str:
    """What a version is: initial, final, or an amendment."""
    return _("amendment") if version.ground else str(version.get_kind_display())


def versions(rows: Iterable[PlanVersion], shown: PlanVersion, case: Case, language: str) -> list[dict[str, Any]]:
    """The versions for ``<c-versions>``, the first first."""
    return [
        {
            "number": row.number,
            "label": f"{named(row)}, {row.get_state_display()}",
            "note": note_of(row, language),
            "href": reverse("plans:version", args=[case.id, row.number]),
            "current": row.id == shown.id,
        }
        for row in sorted(rows, key=lambda one: one.number)
    ]
