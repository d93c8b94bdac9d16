"""The statistics' writers: each a verb, one act, one event.

``by`` is the person with an unlocked ring. Each raises ``Refused`` where the law refuses, with its clause, and
``Http404`` for what one may not know of.
"""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db import IntegrityError

from gza.accounts.enums import Power
from gza.accounts.permissions import hide, require
from gza.accounts.principals import Principal
from gza.cases.queries import profiles
from gza.core import clock
from gza.core.conflicts import Stale
from gza.law import delegation
from gza.law import statistics as rules
from gza.ledger import work
from gza.plans.queries.ending import counted_elsewhere
from gza.protection.model import Figures, fingerprint
from gza.vault import boxes

from . import bases, engine, foreign, queries, steps
from .enums import BASE_BOX, EXTRACT_BOX, ExtractState, ReleaseState, RowKind, Source
from .models import Extract, LedgerRow, Programme, Publication, Release
from .programmes import Choice
from .programmes import Programme as Content

BATCH = 200


def _directs(by: Principal) -> None:
    held = [
        delegation.Delegation(
            delegation.Capacity.DIRECTOR if one.power == Power.OFFICE else delegation.Capacity.ACTING,
            one.valid_from, one.valid_to, one.ended_on,
        )
        for one in by.delegations
    ]  # fmt: skip
    work.require(delegation.decides_for_fund(delegations=held, on=clock.today()))


# The programme


def adopt_programme(*, content: Content, by: Principal) -> Programme:
    """Adopt an edition of the table programme: a signed decision in the Fund's name. The same again changes nothing.

    It is also the decision that annual totals are exact by policy.
    """
    require("statistics.approve", by)
    text, last = content.text(), queries.programme()
    if last is not None and last.content == text:
        return last
    with work.act("statistics.programme_adopted", by=by, clause="N4.3") as doing:
        _directs(by)
        last = queries.programme()
        row = Programme(
            edition=last.edition + 1 if last else 1, content=text,
            fingerprint=bytes.fromhex(fingerprint(text.encode())), adopted_on=clock.today(), adopted_by=by.id,
            signature=by.ring.sign("statistics programme", text),
        )  # fmt: skip
        row.save(force_insert=True)
        doing.subject, doing.facts = row.id, {"edition": row.edition, "tables": len(content.tables)}
    return row


# The extract


def begin_extract(*, by: Principal) -> Extract:
    """Begin an extract from the profiles; one that is being made is gone on with instead."""
    require("statistics.prepare", by)
    if running := queries.running_extract():
        return running
    try:
        with work.act("statistics.extract_begun", by=by, clause="N4.3") as doing:
            row = Extract(begun_by=by.id, total=profiles.recognised_count())
            row.save(force_insert=True)
            steps.seal(EXTRACT_BOX, row.id, bases.write({}), by=by)
            doing.subject, doing.facts = row.id, {"total": row.total}
    except IntegrityError:
        if running := queries.running_extract():  # another browser was as quick
            return running
        raise
    return row


def continue_extract(*, extract_id: uuid.UUID, size: int = BATCH, by: Principal) -> Extract:
    """Open the next profiles, count them by class, forget them. The last batch completes the extract.

    Args:
        extract_id: the extract being made; a complete one is given back as it is.
        size: profiles a batch.
        by: the officer, unlocked.

    Raises:
        vault.errors.Locked: when the session is locked.
    """
    require("statistics.prepare", by)
    with work.act("statistics.profiles_counted", by=by, subject=extract_id, clause="N4.3") as doing:
        row = Extract.objects.select_for_update().filter(id=extract_id, source=Source.PROFILES).first()
        if row is None:
            hide()
        if row.state == ExtractState.DONE:
            return row
        counts = bases.read(boxes.read(EXTRACT_BOX, row.id, by))
        found = profiles.tally(by.ring, bases.classify, after=row.after, size=size, same=counted_elsewhere)
        counts.update(found.counts)
        row.done += found.seen
        row.unopened += found.unopened
        row.after = found.after or row.after
        if found.seen < size:
            _finish(row)
        row.total = max(row.total, row.done)
        row.save(force_update=True)
        steps.seal(EXTRACT_BOX, row.id, bases.write(counts), by=by)
        doing.facts = {"section": "profile", "opened": found.opened, "unopened": found.unopened, "state": row.state}
    return row


def _finish(row: Extract) -> None:
    """Complete; earlier extracts of the same source are needed no more, releases keep what they were made from."""
    row.state, row.finished_at = ExtractState.DONE, clock.now()
    for old in Extract.objects.filter(source=row.source).exclude(id=row.id).values_list("id", flat=True):
        boxes.remove(EXTRACT_BOX, old)


def load_register(*, data: bytes, by: Principal) -> Extract:
    """Load the register of the years before this system, one coded person a line; it replaces the one before.

    Raises:
        bases.BadRegister: with every line that is wrong; nothing is loaded.
    """
    require("statistics.prepare", by)
    counts = bases.parse(data)
    count = counts.total()
    with work.act("statistics.register_loaded", by=by, clause="N4.3") as doing:
        row = Extract(source=Source.REGISTER, begun_by=by.id, total=count, done=count)
        _finish(row)
        row.save(force_insert=True)
        steps.seal(EXTRACT_BOX, row.id, bases.write(counts), by=by)
        doing.subject, doing.facts = row.id, {"persons": count, "years": len(bases.years(counts))}
    return row


# The release


@dataclass(frozen=True)
class Plan:
    """What a release is to be made of: the extract's counts, the programme's choice, what is known already.

    ``anew``: years that were published before are counted as the extract has them now.
    """

    programme: Programme
    extract: Extract
    choice: Choice
    years: tuple[int, ...]
    counts: Counter[bases.Class]
    anew: bool = False

    @property
    def content(self) -> Content:
        """What the programme says."""
        return queries.content_of(self.programme)


def plan_release(*, years: tuple[int, ...], choice: Choice, anew: bool = False, by: Principal) -> Plan:
    """Put together what a release would be made of, and ask the law about all that can be asked before.

    Opens sealed counts; whoever calls it outside an act records the opening.

    Raises:
        Refused: by its cause, as ``prepare_release``.
    """
    require("statistics.prepare", by)
    programme, extract = queries.programme(), queries.last_extract()
    content = queries.content_of(programme) if programme else None
    work.require(rules.in_programme(tables=choice.tables, registered=content.keys if content else ()))
    work.require(rules.extract_done(done=extract is not None and queries.running_extract() is None))
    if programme is None or extract is None:  # the law has refused already
        hide()
    work.require(rules.extract_whole(unopened=extract.unopened))
    work.require(rules.years_over(years=years, today=clock.today()))
    work.require(rules.window(years=len(years), most=queries.content_of(programme).years_at_most))
    work.require(rules.ledger_whole(whole=not queries.broken_rows()))
    return Plan(programme, extract, choice, years, _counts(extract, years, by), anew)


def _counts(extract: Extract, years: tuple[int, ...], by: Principal) -> Counter[bases.Class]:
    register = queries.last_extract(Source.REGISTER)
    held = [extract.id, *([register.id] if register else [])]
    opened = boxes.read_many(EXTRACT_BOX, held, by)
    earlier = bases.read(opened[register.id]) if register else Counter()
    profiles = bases.read(opened[extract.id])
    by_year = bases.by_year(earlier)
    work.require(rules.register_whole(register=by_year, profiles=bases.by_year(profiles)))
    if own := set(years) - set(by_year):
        work.require(
            rules.extract_after(begun_on=extract.begun_at.astimezone(clock.TBILISI).date(), last_year=max(own))
        )
    return bases.together(earlier, profiles)


def preview(
    *, years: tuple[int, ...], choice: Choice, anew: bool = False, seconds: float = engine.SECONDS, by: Principal
) -> engine.Made:
    """What a release would hold and cost; nothing is kept. Whoever shows it records the opening.

    Raises:
        Refused: by its cause, as ``prepare_release``.
    """
    return _protected(plan_release(years=years, choice=choice, anew=anew, by=by), seconds, by)


def _open_ledger(by: Principal) -> None:
    """The ledger of published figures has its first row, with its sealed secret."""
    if queries.head() != queries.GENESIS:
        return
    try:
        with work.act("statistics.ledger_opened", by=by, clause="N4.3") as doing:
            doing.subject = steps.opened(by=by).id
    except IntegrityError:  # another was as quick
        if queries.head() == queries.GENESIS:
            raise


def _protected(plan: Plan, seconds: float, by: Principal) -> engine.Made:
    try:
        return engine.protect(plan, by, seconds=seconds)
    except engine.Nobody:
        work.require(rules.anybody(counted=False))
        raise


def prepare_release(
    *, years: tuple[int, ...], choice: Choice, anew: bool = False, seconds: float = engine.SECONDS, by: Principal
) -> Release:
    """Protect the chosen tables against all that was published before, hold the audit, and put it up for approval.

    One that waits already is returned in the same act: it was prepared anew. The search and the audit take their time
    before the act, so that nobody waits for them.

    Args:
        years: whole years that are over, in order, without a gap.
        choice: tables and readings of the programme.
        anew: years that were published before are counted as the extract has them now; late entries come in so.
        seconds: how long the cheapest pattern is looked for.
        by: the officer, unlocked.

    Raises:
        Refused: a table outside the programme, an unfinished or thin extract, a year not over, a broken ledger, one
            that grew meanwhile.
    """
    require("statistics.prepare", by)
    with work.weighed("statistics.release_prepared", by=by):
        plan = plan_release(years=years, choice=choice, anew=anew, by=by)
    _open_ledger(by)
    head = queries.head()
    with work.weighed("statistics.release_prepared", by=by):
        made = _protected(plan, seconds, by)
    with work.act("statistics.release_prepared", by=by, clause="N4.3") as doing:
        steps.alone()
        work.require(rules.ledger_unmoved(prepared_at=head, now=queries.head()))
        for each in Release.objects.filter(state=ReleaseState.PREPARED):
            each.state, each.reason = ReleaseState.RETURNED, ""
            each.decided_at, each.decided_by = clock.now(), by.id
            each.save(force_update=True)
        last = Release.objects.order_by("-number").first()
        row = Release(
            number=last.number + 1 if last else 1, programme=plan.programme, extract=plan.extract, years=list(years),
            choice=choice.as_json(), k=made.k, content=made.content,
            fingerprint=bytes.fromhex(fingerprint(made.content.encode())), base_sha256=fingerprint(made.base),
            versions=made.versions, cost=made.cost, head=head,
            audit=made.audit, findings=made.findings, prepared_by=by.id,
        )  # fmt: skip
        row.save(force_insert=True)
        steps.seal(BASE_BOX, row.id, made.base, by=by)
        doing.subject = row.id
        doing.facts = {
            "number": row.number,
            "years": len(years),
            "tables": len(choice.tables),
            "findings": made.findings,
        }
    return row


def approve_release(*, release_id: uuid.UUID, seen: str, by: Principal) -> Publication:
    """Approve and publish: the release enters the ledger and stands on the public page from now on.

    Args:
        release_id: the release that waits.
        seen: hex of the fingerprint of what the approver looked at.
        by: who directs the Fund, and did not prepare it.

    Raises:
        Refused: approved by the one who prepared it, a finding of the audit, a ledger that has moved or was changed.
        Stale: when it was decided meanwhile, or is not what was looked at.
    """
    require("statistics.approve", by)
    with work.act("statistics.release_published", by=by, subject=release_id, clause="N4.3") as doing:
        steps.alone()
        row = _waiting(release_id, seen)
        _directs(by)
        work.require(rules.by_two(same_person=row.prepared_by == by.id))
        work.require(rules.audited(held=row.audit is not None))
        work.require(rules.withstands(findings=row.findings or 0))
        work.require(rules.unchanged(same=fingerprint(row.content.encode()) == bytes(row.fingerprint).hex()))
        work.require(rules.threshold_held(k=row.k, on=clock.today()))
        work.require(rules.ledger_whole(whole=not queries.broken_rows()))
        work.require(rules.ledger_unmoved(prepared_at=row.head, now=queries.head()))
        for _year, total, parts in engine.years_of(row.content):
            work.require(rules.small_year_alone(total=total, shown_parts=parts, on=row.prepared_at.date()))
        row.state, row.decided_at, row.decided_by = ReleaseState.PUBLISHED, clock.now(), by.id
        row.save(force_update=True)
        entry = steps.append(RowKind.RELEASE, engine.body(row), row.content, by=by)
        published = Publication(
            release=row, row=entry, number=Publication.objects.count() + 1, content=row.content,
            fingerprint=row.fingerprint, published_by=by.id,
        )  # fmt: skip
        published.save(force_insert=True)
        doing.facts = {
            "number": row.number,
            "publication": published.number,
            "fingerprint": bytes(row.fingerprint).hex(),
        }
    return published


def return_release(*, release_id: uuid.UUID, seen: str, reason: str, by: Principal) -> Release:
    """Return a release to the officer, with the reason; nothing of it is published.

    Raises:
        Stale: when it was decided meanwhile, or is not what was looked at.
    """
    require("statistics.approve", by)
    with work.act("statistics.release_returned", by=by, subject=release_id, clause="N4.3") as doing:
        steps.alone()
        row = _waiting(release_id, seen)
        _directs(by)
        row.state, row.reason = ReleaseState.RETURNED, reason
        row.decided_at, row.decided_by = clock.now(), by.id
        row.save(force_update=True)
        doing.facts = {"number": row.number}
    return row


def _waiting(release_id: uuid.UUID, seen: str) -> Release:
    row = Release.objects.select_for_update().filter(id=release_id).first()
    if row is None:
        hide()
    if row.state != ReleaseState.PREPARED or bytes(row.fingerprint).hex() != seen:
        raise Stale(version=row.number, current={"state": row.get_state_display()}, changed_by=row.decided_by)
    return row


# Figures of others


@dataclass(frozen=True)
class Recorded:
    """What came of recording figures: the row, and what they came to."""

    row: LedgerRow
    findings: foreign.Findings


def record_foreign(*, figures: Figures, organisation: str = "", by: Principal) -> Recorded:
    """Enter what others have published of the same people; every later release takes it into account (G1).

    Figures that contradict what is known are recorded too, flagged, and kept out of the attacker's knowledge.

    Args:
        figures: the figures with their sources, ``year`` among the dimensions.
        organisation: key of the agency whose accepted report it is; empty for any other source.
        by: the officer, unlocked.

    Raises:
        Refused: when it cannot be found out in time whether they contradict what is known.
    """
    require("statistics.record_foreign", by)
    _open_ledger(by)
    with work.weighed("statistics.figures_recorded", by=by):
        held = steps.hold_foreign(figures)
    with work.act("statistics.figures_recorded", by=by, clause="N4.3") as doing:
        steps.alone()
        row, findings = steps.enter_foreign(held, organisation=organisation, by=by)
        doing.subject = row.id
        doing.facts = {"figures": len(figures.figures), "flags": row.flags}
    return Recorded(row, findings)
