"""The money of a case as its pages show it: opened, in the reader's words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gza.accounts import queries as accounts
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases.enums import Priority
from gza.cases.models import Case
from gza.core import clock
from gza.core.money import show
from gza.ledger import work as ledger
from gza.plans import queries
from gza.plans.enums import ConsiderationState
from gza.plans.models import Commitment, Consideration, FundingDecision, PlanItem, Release, ServiceRequest, SetAside
from gza.ui import drawing as ui

MARKS = {
    ConsiderationState.OPEN: "wait",
    ConsiderationState.GRANTED: "done",
    ConsiderationState.REFUSED: "stop",
    ConsiderationState.DEFERRED: "todo",
    ConsiderationState.DROPPED: "end",
}


@dataclass(frozen=True)
class Decided:
    """A decision with its reasons opened, and who took it."""

    row: FundingDecision
    reasons: str
    who: User | None


@dataclass(frozen=True)
class Matter:
    """A consideration with its texts opened and what was decided on it."""

    row: Consideration
    grounds: str
    payee: str
    decided: list[Decided] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """The mark of its state."""
        return MARKS[ConsiderationState(self.row.state)]

    @property
    def waits(self) -> bool:
        """Whether it can be decided on."""
        return self.row.state in {ConsiderationState.OPEN, ConsiderationState.DEFERRED}

    @property
    def late(self) -> bool:
        """Whether the Fund's own term for it has passed."""
        return self.row.state == ConsiderationState.OPEN and self.row.due_on < clock.today()


@dataclass(frozen=True)
class Promised:
    """A commitment with its terms and releases opened."""

    row: Commitment
    payee: str
    terms: str
    releases: list[tuple[Release, str]]

    @property
    def stands(self) -> int:
        """What of it still counts."""
        return self.row.amount - self.row.released

    @property
    def left(self) -> int:
        """What of it is unspent and not released."""
        return self.row.amount - self.row.released - self.row.spent


@dataclass(frozen=True)
class Drawn:
    """The money of a case, opened."""

    money: queries.Money
    matters: list[Matter]
    promised: list[Promised]
    others: int
    askable: list[PlanItem]


def draw(case: Case, who: Principal, language: str) -> Drawn:
    """Open the money of a case for its page; one opening is recorded where there was something to open."""
    page = queries.money_page(case)
    ring = who.ring
    grounds = ring.open_many(page.considerations, ["grounds", "payee_name"])
    reasons = ring.open_many(page.decisions, ["reasons"])
    terms = ring.open_many(page.commitments, ["note"])
    given = ring.open_many(page.releases, ["reasons"])
    people = accounts.users({row.recorded_by for row in page.decisions if row.recorded_by})
    decided: dict[uuid.UUID, list[Decided]] = {}
    for row, text in zip(page.decisions, reasons, strict=True):
        decided.setdefault(row.consideration_id, []).append(Decided(row, text["reasons"], people.get(row.recorded_by)))
    back: dict[uuid.UUID, list[tuple[Release, str]]] = {}
    for release, text in zip(page.releases, given, strict=True):
        back.setdefault(release.commitment_id, []).append((release, text["reasons"]))
    if page.considerations or page.commitments:
        ledger.opening("money.case", by=who, case=case.id, section="narrative")
    names = {
        row.id: payee(row, text["payee_name"], language) for row, text in zip(page.considerations, grounds, strict=True)
    }
    asked = {row.id: names.get(row.consideration_id, "") for row in page.decisions}
    return Drawn(
        page.money,
        [
            Matter(row, text["grounds"], names[row.id], decided.get(row.id, []))
            for row, text in zip(page.considerations, grounds, strict=True)
        ],
        [
            Promised(row, asked.get(row.decision_id, ""), text["note"], back.get(row.id, []))
            for row, text in zip(page.commitments, terms, strict=True)
        ],
        page.others,
        queries.askable(case),
    )


def payee(row: Consideration, name: str, language: str) -> str:
    """Who is paid: an organisation of the directory, or a name."""
    return row.payee.name(language) if row.payee else name


@dataclass(frozen=True)
class Tried:
    """What became of one provider: its name, in words, why, and since when."""

    name: str
    words: str
    why: str
    row: ServiceRequest | SetAside

    @property
    def mark(self) -> str:
        """The mark of what became of it."""
        state = getattr(self.row, "state", "aside")
        return {"accepted": "done", "partly": "part", "sent": "wait"}.get(str(state), "stop")


def tried(case: Case, row: Consideration, who: Principal, language: str) -> list[Tried]:
    """Every provider that was asked or set aside for the item, with the reasons opened."""
    asked, aside = queries.tried(case, row.origin_id)
    replies = who.ring.open_many(asked, ["answer_reason"])
    reasons = who.ring.open_many(aside, ["reason"])
    found = [
        Tried(one.organisation.name(language), _said(one), text["answer_reason"], one)
        for one, text in zip(asked, replies, strict=True)
    ]
    return found + [
        Tried(one.organisation.name(language), str(one.get_ground_display()), text["reason"], one)
        for one, text in zip(aside, reasons, strict=True)
    ]


def _said(row: ServiceRequest) -> str:
    words = str(row.get_state_display())
    if row.covers_from and row.covers_to:
        words += ", " + _("months %(first)s–%(last)s") % {"first": row.covers_from, "last": row.covers_to}
    return words


def one(case: Case, row: Consideration, who: Principal, language: str) -> dict[str, Any]:
    """Everything a decision on one item needs, opened: need, item, sum, what was tried."""
    ring = who.ring
    item = row.origin
    texts = ring.open_many([row], ["grounds", "payee_name"])[0]
    need = ring.open_many([item.need], ["description"])[0]["description"] if item.need else ""
    ledger.opening("money.matter", by=who, case=case.id, subject=row.id, section="narrative")
    return {
        "matter": Matter(row, texts["grounds"], payee(row, texts["payee_name"], language)),
        "item": item,
        "need": need,
        **ring.open_many([item], ["detail", "reason"])[0],
        "tried": tried(case, row, who, language),
    }


def queue_rows(rows: Sequence[Consideration]) -> SafeString:
    """Rows of what the Fund decides on: by when, for what, how much, of which case."""
    return ui.rows(map(_queued, rows))


def _queued(row: Consideration) -> tuple[dict[str, Any], str]:
    language, service = ui.language(), row.origin.service_type
    wanted = show(row.wanted, language) if row.wanted else _("the sum is not worked out yet")
    attrs = {
        "day": row.due_on, "due": True, "title": service.name(language) if service else "", "code": row.case.code,
        "href": ui.address("money:decide", row.case_id, row.id), "code_href": ui.address("money:case", row.case_id),
        "clause": "S5.3" if row.priority == Priority.DESIRED else "S5.5",
    }  # fmt: skip
    return attrs, f"{wanted} · {row.get_priority_display()}"
