"""Signatures of a version, whose are still needed, and whether all of it still is what was signed (S7.8)."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.cases.models import Case
from gza.cases.queries.people import may_be_minor, representative_of
from gza.core import clock
from gza.core.prepared import Prepared
from gza.law import signatures as rules
from gza.ledger.models import Event, Kind
from gza.plans import content
from gza.plans.enums import Signatory, VersionState
from gza.plans.models import PlanCopy, PlanItem, PlanVersion, Signature, UnmetNeed
from gza.vault.errors import Tampered
from gza.vault.ring import Ring

from .versions import items_of

_FIXED_BY = ("plans.submit", "plans.submit_final", "plans.fix_amendment")
_SIGNATURES = Prepared(
    lambda version: (
        Signature.objects.filter(plan_version=version, superseded=False)
        .select_related("representative")
        .order_by("recorded_at", "id")
    )
)
_FIXINGS = Prepared(
    lambda case, version: (
        Event.objects.filter(case=case, subject=version, verb__in=_FIXED_BY, kind=Kind.ACT)
        .order_by("-seq")
        .values_list("facts")[:1]
    )
)
_COPIES = Prepared(
    lambda version: PlanCopy.objects.filter(plan_version=version, superseded=False).order_by("-happened_on", "-id")
)


@dataclass(frozen=True)
class Shown:
    """A signature, opened. ``print`` is the fingerprint sealed with the drawing: the row's, or something was moved."""

    row: Signature
    strokes: str
    witness: str
    print: str


def signatures(version: PlanVersion) -> list[Signature]:
    """The signatures under a version in the order of their coming; one query."""
    found: list[Signature] = _SIGNATURES.all(version.id)
    return found


def opened(rows: Sequence[Signature], ring: Ring) -> list[Shown]:
    """Signatures with their drawing and witness.

    Raises:
        vault.errors.Tampered: when a drawing is not the one that was sealed there.
    """
    made = []
    for row, text in zip(rows, ring.open_many(rows, ["strokes", "witness"]), strict=True):
        try:
            found = json.loads(text["strokes"] or "{}")
        except ValueError:
            found = {}
        made.append(Shown(row, found.get("strokes", ""), text["witness"], found.get("print", "")))
    return made


@dataclass(frozen=True)
class Needed:
    """Whose signatures a version needs, the child's assent apart; ``missing`` of them are still to come."""

    who: tuple[Signatory, ...]
    missing: tuple[Signatory, ...]
    minor: bool
    child_asked: bool

    @property
    def complete(self) -> bool:
        """Whether all that are needed are there."""
        return not self.missing


def needed(
    case: Case, version: PlanVersion, ring: Ring, on: dt.date | None = None, rows: Sequence[Signature] | None = None
) -> Needed:
    """Whose signatures are needed on that day, today by default, and which are missing; ``rows`` are those there."""
    minor = may_be_minor(case, ring, on or clock.today())
    signed = {row.who for row in (signatures(version) if rows is None else rows)}
    represented = Signatory.REPRESENTATIVE in signed or (minor and representative_of(case) is not None)
    who = tuple(Signatory(one) for one in rules.needed(minor=minor, represented=represented))
    missing = tuple(one for one in who if one not in signed)
    return Needed(who, missing, minor, Signatory.CHILD in signed)


@dataclass(frozen=True)
class Verification:
    """What a check of a version against itself found.

    ``broken`` are codes: ``content`` (the sealed text is not that of the fingerprint), ``rows`` (the plan as its rows
    tell it is not the sealed text), ``signature`` (one stands under another content), ``ledger`` (the ledger wrote
    another fingerprint down when the content was fixed), ``sealed`` (a sealed text was changed or moved).
    """

    fingerprint: str
    broken: tuple[str, ...] = ()
    signatures: tuple[uuid.UUID, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether everything is what was submitted and signed."""
        return not self.broken


def verify(
    version: PlanVersion,
    ring: Ring,
    *,
    items: Sequence[PlanItem] | None = None,
    rows: Sequence[Signature] | None = None,
    unmet: Sequence[UnmetNeed] | None = None,
) -> Verification:
    """Make the content again out of the rows and compare: text, fingerprint, signatures, ledger.

    Args:
        version: a version that was submitted or fixed.
        ring: keys to the case.
        items: its items as they were just read, if they were.
        rows: its signatures as they were just read, if they were.
        unmet: its unmet needs as they were just read, if they were.

    Raises:
        vault.errors.NoGrant: when the ring holds no key to the case.
    """
    if version.fingerprint is None:
        return Verification("", ("content",))
    print_ = bytes(version.fingerprint)
    broken, bad = [], []
    rows = signatures(version) if rows is None else rows
    try:
        text = ring.open(version, "content")
        if hashlib.sha256(text.encode()).digest() != print_:
            broken.append("content")
        items = items_of(version) if items is None else items
        again, _print = content.of(version, items, ring, salt=content.salt_of(text), unmet=unmet)
        if again != text:
            broken.append("rows")
        bad = [
            one.row.id
            for one in opened(rows, ring)
            if bytes(one.row.fingerprint) != print_ or one.print != print_.hex()
        ]  # fmt: skip
    except Tampered:
        broken.append("sealed")
        bad = [row.id for row in rows if bytes(row.fingerprint) != print_]
    if bad:
        broken.append("signature")
    written = _FIXINGS.rows(version.case_id, version.id)
    if any(facts.get("fingerprint", print_.hex()) != print_.hex() for (facts,) in written):
        broken.append("ledger")
    return Verification(print_.hex(), tuple(dict.fromkeys(broken)), tuple(bad))


def copies(version: PlanVersion) -> list[PlanCopy]:
    """What became of the beneficiary's copies of a version, the newest first."""
    found: list[PlanCopy] = _COPIES.all(version.id)
    return found


def to_sign(case: Case) -> PlanVersion | None:
    """The version that waits for signatures."""
    states = (VersionState.AGREED, VersionState.TO_SIGN)
    rows = PlanVersion.objects.filter(case=case, kind="final", plan__ended_on=None, state__in=states)
    return rows.select_related("plan").order_by("-number").first()
