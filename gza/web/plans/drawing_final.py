"""A final version as its pages show it: who gives what on which days, what secures it, what stays unmet, signatures."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases.enums import Priority
from gza.cases.models import Case, Need
from gza.core import clock
from gza.law import final_items as rules
from gza.law.verdicts import Denied
from gza.ledger import work as ledger
from gza.plans import content, queries
from gza.plans.enums import Signatory, Source, VersionState
from gza.plans.models import PlanCopy, PlanItem, PlanVersion, UnmetNeed
from gza.plans.queries import papers
from gza.ui.figures import Window
from gza.web.plans import drawing

SIGNED_BY = (Signatory.BENEFICIARY, Signatory.REPRESENTATIVE, Signatory.CHILD, Signatory.WORKER)


@dataclass(frozen=True)
class Lack:
    """An unmet need: what was tried, who goes on looking."""

    row: UnmetNeed
    tried: str
    pursued_by: str


@dataclass(frozen=True)
class FinalLine:
    """One item: its texts opened, what secures it, its days."""

    item: PlanItem
    need: Need | None
    detail: str
    reason: str
    change: str
    unmet: Lack | None = None
    lacks: Denied | None = None
    payee: str = ""  # whom the Fund pays where the directory does not name them

    @property
    def desired(self) -> str:
        """``yes`` for a desired item, which is drawn slimmer."""
        return "yes" if self.item.priority == Priority.DESIRED else ""

    @property
    def start(self) -> dt.date | None:
        """The first day."""
        return self.item.starts_on

    @property
    def end(self) -> dt.date | None:
        """The last day."""
        return self.item.ends_on

    @property
    def months(self) -> str:
        """The days in words, for readers and the comparison."""
        if not self.item.starts_on or not self.item.ends_on:
            return ""
        return f"{self.item.starts_on:%d.%m.%Y}–{self.item.ends_on:%d.%m.%Y}"


@dataclass(frozen=True)
class Place:
    """Where one signs: who, the signature when it is there, whether it is needed and not there."""

    who: Signatory
    shown: queries.Shown | None
    missing: bool
    by: User | None = None


@dataclass(frozen=True)
class FinalDrawn:
    """A final version, opened: what a page shows of it. Names as of ``drawing.Drawn``."""

    page: queries.PlanPage
    groups: list[drawing.Group]
    aim: str
    grounds: str
    answers: list[drawing.Answer]
    people: dict[Any, User]
    facts: queries.Facts
    checked: queries.Verification | None
    places: list[Place]
    needed: queries.Needed | None
    copies: list[tuple[PlanCopy, str]]
    in_force: PlanVersion | None
    left_out: list[tuple[Need, str]] = field(default_factory=list)
    final: bool = True
    items_template: str = "plans/_final_items.html"

    @property
    def version(self) -> PlanVersion:
        """The version."""
        return self.page.version

    @property
    def lines(self) -> list[Any]:
        """All items in the order of the groups."""
        return [line for group in self.groups for line in group.lines]

    @property
    def fingerprint(self) -> str:
        """The fingerprint in groups of four digits."""
        return drawing.printed(self.version)

    @property
    def holds(self) -> bool:
        """Whether all of it still is what was submitted and signed."""
        return self.checked is not None and self.checked.holds

    @property
    def window(self) -> Window:
        """The months of the time-table: those of the plan, thirteen where it does not begin on a first."""
        first = self.version.starts_on or clock.today()
        return Window(first, 12 if first.day == 1 else 13)

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The names of the months over the time-table."""
        return self.window.heads(clock.today())

    @property
    def today(self) -> dt.date | None:
        """The mark of today in the time-table, while the plan runs."""
        return clock.today() if self.version.state == VersionState.IN_FORCE else None

    @property
    def mark(self) -> str:
        """The mark of the version's state."""
        return drawing.MARKS[VersionState(self.version.state)]


def lines(page: queries.PlanPage, facts: queries.Facts, who: Principal) -> list[FinalLine]:
    """The items of a final version, opened."""
    unmet = facts.unmet
    lacks = {
        row.origin_id: Lack(row, **text)
        for row, text in zip(unmet, who.ring.open_many(unmet, content.UNMET_TEXTS), strict=True)
    }  # fmt: skip
    texts = who.ring.open_many(page.items, content.FINAL_TEXTS)
    payees = papers.payees_of(page.items, who.ring)
    verdicts = [rules.may_hold(item=one, term=facts.term) for one in facts.items]
    return [
        FinalLine(
            item, page.needs.get(item.need_id), **text,
            unmet=lacks.get(item.origin) if item.source == Source.UNMET else None,
            lacks=verdict if isinstance(verdict, Denied) else None,
            payee=payees.get(item.id, ""),
        )
        for item, text, verdict in zip(page.items, texts, verdicts, strict=True)
    ]  # fmt: skip


def grouped(found: Sequence[FinalLine]) -> list[drawing.Group]:
    """What is carried out, the necessary first; then what stays unmet, and what was left out."""
    inside = [line for line in found if line.item.source not in {Source.UNMET, Source.OUT}]
    groups = drawing.grouped(inside)
    for source, label in (
        (Source.UNMET, _("unmet: nobody could give it yet")),
        (Source.OUT, _("left out since the version before")),
    ):
        rows: list[Any] = [line for line in found if line.item.source == source]
        if rows:
            groups.append(drawing.Group(source.value, label, rows))
    return groups


def draw(page: queries.PlanPage, case: Case, who: Principal) -> FinalDrawn:
    """Open a final version for its page; one opening is recorded, however many texts there are."""
    version = page.version
    facts = queries.facts_on(page, who.ring)
    signatures = queries.signatures(version)
    signed = {one.row.who: one for one in queries.opened(signatures, who.ring)} if signatures else {}
    fixed = version.fingerprint is not None
    needed = queries.needed(case, version, who.ring, rows=signatures) if fixed else None
    copies = queries.copies(version)
    notes = who.ring.open_many(copies, ["note"])
    left_out = who.ring.open_many(page.left_out, ["description"])
    people = drawing.people_of(page, *(row.recorded_by for row in signatures))
    in_force = next((one for one in page.versions if one.state == VersionState.IN_FORCE), None)
    drawn = FinalDrawn(
        page,
        grouped(lines(page, facts, who)),
        who.ring.open(version, "aim"),
        who.ring.open(version, "grounds"),
        drawing.answers(page, who, people),
        people,
        facts,
        queries.verify(version, who.ring, items=page.items, rows=signatures, unmet=facts.unmet) if fixed else None,
        [
            Place(
                one, signed.get(one.value), needed is not None and one in needed.missing,
                people.get(signed[one.value].row.recorded_by) if one.value in signed else None,
            )
            for one in SIGNED_BY
            if one.value in signed or (needed and (one in needed.who or (needed.minor and one == Signatory.CHILD)))
        ],
        needed,
        [(row, text["note"]) for row, text in zip(copies, notes, strict=True)],
        in_force if in_force is not None and in_force.id != version.id else None,
        [(need, text["description"]) for need, text in zip(page.left_out, left_out, strict=True)],
    )  # fmt: skip
    ledger.opening("plans.plan", by=who, case=case.id, subject=version.id, section="narrative")
    return drawn


def proof_label(proof: queries.Proof, names: dict[uuid.UUID, str], of: str, money: str) -> str:
    """What a proof is called among the choices: whose answer, or which sum of the Fund, and for what."""
    if proof.source == Source.FUND:
        text = _("the Fund pays, %(sum)s") % {"sum": money}
    else:
        name = names.get(proof.organisation_id, "") if proof.organisation_id else ""
        text = _("%(name)s said yes in part") if proof.partial else _("%(name)s said yes")
        text %= {"name": name}
    return f"{text} · {of}" if of else text
