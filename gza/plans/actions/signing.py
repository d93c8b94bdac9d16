"""Signatures over a version's content, its coming into force with both of them, the beneficiary's copy (S7.8).

Each is one transaction and one event. Common arguments as in ``actions.initial``.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases.enums import RepresentativeKind, SignatureForm
from gza.cases.models import Representative
from gza.cases.queries.people import may_be_minor, representative_of
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, keep, on_case, take
from gza.law import signatures as rules
from gza.law.lifecycles import PLAN_VERSION, PlanState
from gza.ledger import work as ledger
from gza.plans.enums import CopyOutcome, Signatory, VersionKind, VersionState
from gza.plans.models import Plan, PlanCopy, PlanVersion, Signature
from gza.plans.queries import final as reads
from gza.plans.steps import final as steps
from gza.plans.steps import running
from gza.vault.filecheck import Accepted


@dataclass(frozen=True)
class Signed:
    """How one signed: ``strokes`` of the pad, the checked ``scan`` of a paper, the ``witness`` of a mark.

    ``assents`` is what a child answered; None for anybody else.
    """

    form: SignatureForm
    strokes: str = ""
    scan: Accepted | None = None
    witness: str = ""
    assents: bool | None = None


def sign(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    who: Signatory,
    signed: Signed,
    read: bytes,
    language: str,
    court_decision: bool = False,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Signature:
    """Put one signature under a version; with the last one needed it comes into force in this very act.

    Args:
        case_id: the case.
        version_id: an agreed final version, or an amendment fixed for signature.
        who: whose signature.
        signed: how it was made.
        read: the fingerprint of the content that was read, from the page or the paper; that of the version or refused.
        language: in which language the plan was read.
        court_decision: that a court decided that somebody signs for an adult.
        happened_on: the day of the signature.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.sign", case_id, by=by, clause="S7.8", may="plans.write", happened_on=happened_on, reason=reason,
        who=str(who), form=str(signed.form),
    ) as work:  # fmt: skip
        rows = PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL).select_related("plan")
        row = take(rows, id=version_id)
        acting = _may_sign(work, row, who, signed, read, language, court_decision)
        made = work.fact(
            Signature, plan_version=row, who=who, representative=acting, form=signed.form, fingerprint=row.fingerprint,
            assents=signed.assents if who == Signatory.CHILD else None, language=language,
            file_id=keep(work, signed.scan, "plans.signature.file", "identity"),
            texts={"strokes": bound(bytes(row.fingerprint or b""), signed.strokes), "witness": signed.witness},
        )  # fmt: skip
        work.require(rules.child_heard(who=who, assents=signed.assents), made.id)
        work.doing.facts = {
            **work.doing.facts, "number": row.number, "fingerprint": bytes(row.fingerprint or b"").hex(),
        }  # fmt: skip
        names = Signature.objects.filter(plan_version=row, superseded=False).values_list("who", flat=True)
        if rules.both(signed=list(names)):
            _come_into_force(work, row, list(names))
        return made


def bound(fingerprint: bytes, strokes: str) -> str:
    """What is sealed of a signature: the drawing with the fingerprint it stands under."""
    return json.dumps({"print": fingerprint.hex(), "strokes": strokes})


def _may_sign(
    work: Work, row: PlanVersion, who: Signatory, signed: Signed, read: bytes, language: str, court_decision: bool
) -> Representative | None:
    minor = may_be_minor(work.case, work.by.ring, work.happened_on)
    acting = representative_of(work.case) if who == Signatory.REPRESENTATIVE else None
    fingerprint = bytes(row.fingerprint) if row.fingerprint is not None else None
    already = Signature.objects.filter(plan_version=row, who=who, superseded=False).exists()
    for verdict in (  # not of past order: no take-over makes them mere flags
        rules.fixed(state=PlanState(row.state)),
        rules.same_content(read=read, fingerprint=fingerprint),
        rules.once(already=already),
    ):
        ledger.require(verdict)
    kind, _since = law_status(work.case)
    fixed_on = row.decided_on or row.submitted_on
    if work.happened_on == work.today and fixed_on:  # a clock set back makes no signature older than its content
        fixed_on = min(fixed_on, work.today)
    work.require(
        rules.may_sign(
            kind=kind,
            consents=consents_of(work.case),
            state=PlanState(row.state),
            who=who,
            minor=minor,
            court_decision=court_decision,
            by_designated_worker=work.by.id == work.case.worker_id,
            already=already,
            form=signed.form,
            has_strokes=bool(signed.strokes.strip()),
            has_scan=signed.scan is not None,
            witness=signed.witness,
            language=language,
            read=read,
            fingerprint=fingerprint,
            fixed_on=fixed_on,
            on=work.happened_on,
        )
    )
    work.require(
        rules.may_represent(
            who=who,
            minor=minor,
            represented=acting is not None,
            guardianship_body=acting is not None and acting.kind == RepresentativeKind.GUARDIANSHIP_BODY,
            checked=acting is not None and acting.conflict is not None,
            conflict=acting is not None and bool(acting.conflict),
            court_decision=court_decision,
        )
    )
    return acting


def _come_into_force(work: Work, row: PlanVersion, names: list[str]) -> None:
    """Both have signed: the version is in force, the one before is superseded, the plan has its first day and term."""
    work.require(rules.may_come_into_force(signed=names, items=reads.facts_of(row, work.by.ring).items), row.id)
    minor = Signatory.REPRESENTATIVE in names
    work.require(rules.assent_recorded(minor=minor, recorded=Signatory.CHILD in names), row.id)
    for before in PlanVersion.objects.filter(plan=row.plan, state=VersionState.IN_FORCE):
        before.state = VersionState(PLAN_VERSION.next(before.state, "supersede"))
        before.save(force_update=True)
    plan: Plan = row.plan
    if plan.starts_on is None:
        plan.starts_on, plan.latest_end = row.starts_on, row.latest_end
        plan.save(force_update=True)
    row.state = VersionState(PLAN_VERSION.next(row.state, "sign"))
    row.in_force_on = max(work.happened_on, row.decided_on or work.happened_on, row.submitted_on or work.happened_on)
    row.save(force_update=True)
    if not row.ground:
        work.require(rules.began_before(starts_on=row.starts_on, in_force_on=row.in_force_on), row.id)
    steps.mirror(work.case, plan)
    running.first_report_due(work, plan)
    work.doing.facts = {**work.doing.facts, "in_force": True}


def record_copy(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    outcome: CopyOutcome,
    language: str = "ka",
    note: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanCopy:
    """Record what became of the beneficiary's copy: given, held at the Fund for safety, or not wanted.

    Args:
        case_id: the case.
        version_id: a version that both signed.
        outcome: what became of it.
        language: the language of the copy.
        note: in what way it was given, or why and where it is held; sealed.
        happened_on: the day.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.copy", case_id, by=by, clause="S7.8", may="plans.write", happened_on=happened_on, reason=reason,
        outcome=str(outcome),
    ) as work:  # fmt: skip
        row = take(PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL), id=version_id)
        work.require(rules.copy_of_signed(in_force_on=row.in_force_on))
        work.require(rules.held_with_reason(outcome=outcome, note=note))
        return work.fact(PlanCopy, plan_version=row, outcome=outcome, language=language, texts={"note": note})
