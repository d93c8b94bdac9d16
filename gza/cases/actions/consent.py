"""Explanation, consent and withdrawal (S0.1, S3.2, S7.4)."""

import datetime as dt
import hashlib
import json
import os
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases import marks
from gza.cases.enums import (
    OPEN_SERVICES,
    RepresentativeKind,
    Scope,
    ServiceState,
    SignatureForm,
    Signer,
    Topic,
    WithdrawalForm,
)
from gza.cases.models import (
    Consent,
    ConsentScope,
    Declined,
    Explanation,
    RehabilitationService,
    Representative,
    Withdrawal,
)
from gza.cases.queries.consents import Consequences, consequences
from gza.cases.queries.people import may_be_minor
from gza.cases.steps import RESUMERS, Work, keep, on_case, take
from gza.core import clock
from gza.law import consent as rules
from gza.law import lifecycles, plausible, representative
from gza.ledger import work as ledger
from gza.vault.filecheck import Accepted


def record_explanation(
    *,
    case_id: uuid.UUID,
    scope: Scope = Scope.REINTEGRATION,
    topics: Collection[Topic],
    language: str,
    explained_by: uuid.UUID | None = None,
    interpreter: str = "",
    minutes: int | None = None,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Explanation:
    """Record what was explained before a consent is asked for.

    Args:
        case_id: the case.
        scope: what it was about.
        topics: what it went through.
        language: ISO 639-1 code of the language spoken; sealed.
        explained_by: the user who explained; ``by`` when None.
        interpreter: who interpreted, if anybody; sealed.
        minutes: how long it took.
        words: what was asked and answered; sealed.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "cases.record_explanation", case_id, by=by, clause="S7.4", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen, scope=str(scope), interpreter=bool(interpreter.strip()),
    ) as work:  # fmt: skip
        return explained(
            work, scope=scope, topics=topics, language=language, explained_by=explained_by or by.id,
            interpreter=interpreter, minutes=minutes, words=words,
        )  # fmt: skip


def explained(
    work: Work,
    *,
    scope: Scope,
    topics: Collection[Topic],
    language: str,
    explained_by: uuid.UUID | None,
    interpreter: str = "",
    minutes: int | None = None,
    words: str = "",
) -> Explanation:
    """A step: the explanation's row."""
    ledger.require(plausible.number(value=minutes, bounds=plausible.EXPLAINED_MINUTES))
    codes = sorted({Topic(one).value for one in topics})
    work.require(rules.explanation(what=" ".join(codes), language=language, by_whom=str(explained_by or "")))
    return work.fact(
        Explanation, scope=scope, topics=codes, explained_by=explained_by, minutes=minutes,
        with_interpreter=bool(interpreter.strip()),
        texts={"language": language, "interpreter": interpreter, "words": words},
    )  # fmt: skip


@dataclass(frozen=True)
class Signature:
    """How a consent was signed.

    ``strokes`` is what a signature pad gives (any text, sealed); ``scan`` the scanned paper, checked by
    ``vault.files.check``; ``witness`` whoever saw the mark of a person who cannot write. ``child_assents`` is asked for
    a minor alone.
    """

    form: SignatureForm
    strokes: str = ""
    scan: Accepted | None = None
    witness: str = ""
    signer: Signer = Signer.BENEFICIARY
    child_assents: bool | None = None
    court_decision: bool = False


def give_consent(
    *,
    case_id: uuid.UUID,
    scope: Scope | None,
    organisations: Sequence[uuid.UUID] = (),
    signature: Signature,
    language: str,
    wording: str,
    told: bool = True,
    identity: bool = False,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Consent:
    """Record an informed written consent.

    Args:
        case_id: the case.
        scope: rehabilitation or reintegration; None for disclosure to further organisations alone.
        organisations: organisations, by name, to which data may be disclosed.
        signature: how it was signed, and by whom.
        language: ISO 639-1 code of the language it was explained in.
        wording: the text that was signed, as it was shown or printed; sealed, its fingerprint kept.
        told: that the person was told what it covers.
        identity: that the organisations may learn name and telephone number, too.
        happened_on: the day it was signed.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who took it; for rehabilitation the designated worker.
    """
    scopes = ([Scope(scope)] if scope else []) + ([Scope.DISCLOSURE] if organisations else [])
    clause = "S3.2" if scope == Scope.REINTEGRATION else "S0.1"
    with on_case(
        "cases.give_consent", case_id, by=by, clause=clause, may="cases.work", happened_on=happened_on, reason=reason,
        seen=seen, scopes=[one.value for one in scopes], organisations=len(organisations), form=str(signature.form),
    ) as work:  # fmt: skip
        return consented(
            work, scopes=scopes, organisations=organisations, signature=signature, language=language, wording=wording,
            told=told, identity=identity, by_designated_worker=by.id == work.case.worker_id,
        )  # fmt: skip


def consented(
    work: Work,
    *,
    scopes: Sequence[Scope],
    organisations: Sequence[uuid.UUID],
    signature: Signature,
    language: str,
    wording: str,
    told: bool,
    by_designated_worker: bool,
    identity: bool = False,
) -> Consent:
    """A step: the consent's row and one row a scope and organisation."""
    case, day = work.case, work.happened_on
    explanation = _explanation(work) if Scope.REINTEGRATION in scopes else None
    file = keep(work, signature.scan, "cases.consent.file", "narrative")
    work.require(
        rules.may_take(
            scopes=[rules.Scope(one) for one in scopes],
            organisations=[str(one) for one in organisations],
            signed_on_screen=bool(signature.strokes),
            has_scan=file is not None,
            told=told,
            language=language,
            by_designated_worker=by_designated_worker,
            explained_on=explanation.happened_on if explanation else None,
            given_on=day,
        )
    )
    standing_ = ConsentScope.objects.filter(case=case, withdrawn_on=None)
    given = {(row.scope, row.organisation_id) for row in standing_}
    wanted: list[tuple[Scope, uuid.UUID | None]] = [(one, None) for one in scopes if one != Scope.DISCLOSURE]
    wanted += [(Scope.DISCLOSURE, one) for one in organisations]
    for one in wanted:
        state = lifecycles.ConsentState.GIVEN if one in given else lifecycles.ConsentState.ASKED
        work.require(lifecycles.CONSENT.verdict(state, "give"))
    acting = _signer(work, signature)
    content, fingerprint = _sealed_content(work, scopes, organisations, language, wording, identity=identity)
    row = work.fact(
        Consent, explanation=explanation, taken_by=work.by.id, signer=signature.signer, representative=acting,
        child_assents=signature.child_assents, form=signature.form, fingerprint=fingerprint, file_id=file,
        texts={"content": content, "signature": signature.strokes, "witness": signature.witness},
    )  # fmt: skip
    ConsentScope.objects.bulk_create(
        ConsentScope(
            case=case,
            consent=row,
            scope=scope,
            organisation_id=organisation,
            given_on=day,
            identity=identity and organisation is not None,
        )
        for scope, organisation in wanted
    )
    if Scope.REINTEGRATION in scopes:
        case.suspended_on = None
        for step in RESUMERS:
            step(work)
    return row


def _explanation(work: Work) -> Explanation | None:
    rows = Explanation.objects.filter(case=work.case, scope=Scope.REINTEGRATION, superseded=False)
    before = rows.filter(happened_on__lte=work.happened_on).order_by("-happened_on", "-id").first()
    return before or rows.order_by("happened_on").first()


def _signer(work: Work, signature: Signature) -> Representative | None:
    minor = may_be_minor(work.case, work.by.ring, work.happened_on)
    acts = signature.signer == Signer.REPRESENTATIVE
    row = Representative.objects.filter(case=work.case, superseded=False, ended_on=None).first() if acts else None
    work.require(
        representative.may_sign(
            minor=minor,
            represented=row is not None,
            guardianship_body=row is not None and row.kind == RepresentativeKind.GUARDIANSHIP_BODY,
            checked=row is not None and row.conflict is not None,
            conflict=row is not None and bool(row.conflict),
            court_decision=signature.court_decision,
            assent_recorded=signature.child_assents is not None,
        )
    )
    return row


def _sealed_content(
    work: Work,
    scopes: Sequence[Scope],
    organisations: Sequence[uuid.UUID],
    language: str,
    wording: str,
    *,
    identity: bool,
) -> tuple[str, bytes]:
    content = json.dumps(
        {
            "salt": os.urandom(32).hex(),
            "on": work.happened_on.isoformat(),
            "scopes": sorted(one.value for one in scopes),
            "organisations": sorted(str(one) for one in organisations),
            "identity": identity,
            "language": language,
            "wording": wording,
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    return content, hashlib.sha256(content.encode()).digest()


@dataclass(frozen=True)
class Halted:
    """What the layer above stopped: requests to providers, and whether a plan is suspended by it."""

    requests: int = 0
    suspends: bool = False


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal came to: its rows, what it brings about, and the services it stopped."""

    rows: list[Withdrawal]
    consequences: Consequences
    stopped: list[RehabilitationService]


Halt = Callable[[ConsentScope], Halted]
"""What a layer above stops when a scope is withdrawn."""


def withdrawn(
    work: Work,
    *,
    scope_ids: Sequence[uuid.UUID],
    form: WithdrawalForm,
    words: str,
    heard_by: uuid.UUID | None,
    scan: Accepted | None,
    halt: Halt,
) -> Withdrawn:
    """A step: the withdrawal's rows, scope by scope, at once; never refused (G1). The act is ``plans.actions.consent``.

    Open requests for a withdrawn rehabilitation stop here; what else stops ``halt`` does, called for every scope after
    it was marked. The coordinator sees to it that the organisations are told.
    """
    open_rows = ConsentScope.objects.filter(case=work.case, withdrawn_on=None).select_related("organisation")
    scopes = [take(open_rows, id=one) for one in dict.fromkeys(scope_ids)]
    outcome = consequences(work.case, scopes)
    heard = heard_by or work.by.id
    work.require(rules.withdrawal(in_writing=form == WithdrawalForm.WRITTEN, heard_by=str(heard)))
    file = keep(work, scan, "cases.withdrawal.file", "narrative")
    rows: list[Withdrawal] = []
    stopped: list[RehabilitationService] = []
    for scope in scopes:
        services = _stop_services(work) if scope.scope == Scope.REHABILITATION else []
        scope.withdrawn_on = max(work.happened_on, scope.given_on)
        scope.withdrawn_at, scope.withdrawn_by = clock.now(), work.by.id
        scope.save(force_update=True)
        halted = halt(scope)
        rows.append(
            work.fact(
                Withdrawal, scope=scope, form=form, heard_by=heard, file_id=file,
                stopped_requests=len(services) + halted.requests, suspends_plan=halted.suspends,
                texts={"words": words},
            )
        )  # fmt: skip
        stopped += services
    work.flag(marks.CONSENT_WITHDRAWN, rows[0].id if rows else None)
    count = sum(row.stopped_requests for row in rows)
    work.doing.facts = {**work.doing.facts, "scopes": [one.scope for one in scopes], "stopped": count}
    return Withdrawn(rows, outcome, stopped)


def _stop_services(work: Work) -> list[RehabilitationService]:
    rows = list(RehabilitationService.objects.filter(case=work.case, superseded=False, state__in=OPEN_SERVICES))
    for row in rows:
        row.state = ServiceState(lifecycles.REHABILITATION_SERVICE.next(row.state, "stop"))
        row.stopped_on = max(work.happened_on, row.happened_on)
        row.stopped_at, row.stopped_by = clock.now(), work.by.id
        row.save(force_update=True)
    return rows


def decline_consent(
    *,
    case_id: uuid.UUID,
    scope: Scope,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Declined:
    """Record that the person said no; the road goes on without rehabilitation, and waits without reproach otherwise."""
    with on_case(
        "cases.decline_consent", case_id, by=by, clause="S0.1", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen, scope=str(scope),
    ) as work:  # fmt: skip
        given = ConsentScope.objects.filter(case=work.case, scope=scope, withdrawn_on=None).exists()
        state = lifecycles.ConsentState.GIVEN if given else lifecycles.ConsentState.ASKED
        work.require(lifecycles.CONSENT.verdict(state, "decline"))
        return work.fact(Declined, scope=scope, texts={"words": words})
