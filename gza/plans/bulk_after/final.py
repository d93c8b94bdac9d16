"""The final plan: its items with what secures them, the needs left unmet, the Fund's agreement, both signatures."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from gza.accounts.enums import Role
from gza.cases.batch import Batch, Written
from gza.cases.enums import SignatureForm
from gza.core.rows import make
from gza.law import final as rules
from gza.law.terms import last_day
from gza.plans import content
from gza.plans.actions.final import latest_end
from gza.plans.actions.signing import bound
from gza.plans.enums import Outcome, ProviderKind, Signatory, Source, VersionKind, VersionState
from gza.plans.models import Decision, PlanCopy, PlanItem, PlanVersion, Signature, UnmetNeed

from .going import Going, worker
from .stories import FinalStory


def tell(batch: Batch, of: Written, going: Going, told: FinalStory) -> tuple[PlanVersion, list[PlanItem]]:
    """The final version in whatever state its days make it, and its items."""
    who, plan, months = worker(of), going.initial.plan, going.agreed.months
    ends_on = last_day(told.starts_on, months)
    state = VersionState.IN_FORCE if told.signed_on else VersionState.DRAFT
    if not told.signed_on and told.submitted_on:
        state = VersionState.AGREED if told.agreed_on else VersionState.SUBMITTED
    row: PlanVersion = batch.fact(
        of, PlanVersion, told.begun_on, who, plan=plan, kind=VersionKind.FINAL, number=going.initial.number + 1,
        base=going.initial, months=rules.month_of(told.starts_on, ends_on), starts_on=told.starts_on,
        ends_on=ends_on, latest_end=latest_end(told.starts_on), state=state, version=2, texts={"aim": told.aim},
    )  # fmt: skip
    batch.act(of, "plans.begin_final", told.begun_on, who, clause="S7.6", subject=row.id, number=row.number)
    items, unmet, said = _final_items(batch, of, going, row, told)
    batch.act(of, "plans.set_final", told.begun_on, who, clause="S7.6", subject=row.id, items=len(items))
    if told.submitted_on:
        _submitted(batch, of, row, told, said, unmet)
    if told.agreed_on:
        coordinator = of.story.coordinator_id
        row.decided_on, row.decided_by = told.agreed_on, coordinator
        row.decided_at = batch.evening(told.agreed_on)
        made = batch.fact(
            of, Decision, told.agreed_on, coordinator, plan_version=row, outcome=Outcome.AGREED,
            texts={"reasons": told.words},
        )  # fmt: skip
        batch.act(
            of, "plans.agree_final", told.agreed_on, coordinator, role=Role.COORDINATOR, clause="S7.6",
            subject=made.id, unmet=len(unmet), number=row.number,
        )  # fmt: skip
    if told.signed_on:
        _signed(batch, of, row, told, told.signed_on)
        plan.starts_on, plan.latest_end = row.starts_on, row.latest_end
    return row, items


def _final_items(
    batch: Batch, of: Written, going: Going, version: PlanVersion, told: FinalStory
) -> tuple[list[PlanItem], list[dict[str, Any]], list[dict[str, Any]]]:
    """The items as ``begin_final`` makes them: one for each answer and each sum that secures them."""
    rows: list[PlanItem] = []
    unmet: list[tuple[uuid.UUID, dict[str, Any]]] = []
    said: list[dict[str, Any]] = []
    for place, first in enumerate(going.items):
        given, granted = going.told.secured(place)
        proofs: list[dict[str, Any]] = [
            {"source": Source.PROVIDER, "request_id": going.requests[going.told.asks.index(one)].id,
             "organisation_id": one.organisation_id, "provider_kind": _kind(going, one.organisation_id)}
            for one in given
        ] + [
            {"source": Source.FUND, "commitment_id": going.commitments[number].id, "provider_kind": ProviderKind.FUND}
            for number, _one in granted
        ]  # fmt: skip
        lacking = going.told.source(place, str(first.priority))
        texts = _texts(of, going, place) | {"change": told.out if lacking == Source.OUT else ""}
        for proof in proofs or [{"source": lacking, "provider_kind": first.provider_kind}]:
            days: dict[str, Any] = {}
            if proofs:
                starts, ends = rules.days_of(told.starts_on, first.month_from or 1, first.month_to or 1)
                days = {"starts_on": starts, "ends_on": min(ends, version.ends_on or ends),
                        "month_from": first.month_from, "month_to": first.month_to}  # fmt: skip
            row = make(
                PlanItem, case=of.case, plan_version=version, position=len(rows) + 1, need_id=first.need_id,
                priority=first.priority, service_type_id=first.service_type_id, origin=first.origin, **proof, **days,
            )  # fmt: skip
            rows.append(batch.row(of, row, texts))
            said.append(content.final_item_of(row, texts))
        if lacking == Source.UNMET:
            lack = {"tried": told.tried, "pursued_by": told.pursued_by}
            need = batch.fact(
                of, UnmetNeed, told.begun_on, worker(of), plan_version=version, origin=first, need_id=first.need_id,
                service_type_id=first.service_type_id, review_on=told.starts_on + dt.timedelta(days=30), texts=lack,
            )  # fmt: skip
            unmet.append((first.id, content.unmet_of(need, lack)))
    return rows, [one for _id, one in sorted(unmet, key=lambda pair: pair[0])], said


def _kind(going: Going, organisation: uuid.UUID) -> str:
    kind = going.kinds[organisation]
    return kind if kind in ProviderKind.values else ProviderKind.NGO


def _texts(of: Written, going: Going, place: int) -> dict[str, str]:
    item = of.story.plan[-1].items[place]  # type: ignore[attr-defined]  # a planned story
    return {"detail": item.detail, "reason": item.reason}


def _submitted(
    batch: Batch,
    of: Written,
    row: PlanVersion,
    told: FinalStory,
    items: Sequence[dict[str, Any]],
    unmet: Sequence[dict[str, Any]],
) -> None:
    if told.submitted_on is None:
        raise TypeError("a submission has its day")
    more = {
        "version": str(row.id),
        "days": [row.starts_on.isoformat() if row.starts_on else "", row.ends_on.isoformat() if row.ends_on else ""],
        "ground": "",
        "grounds": "",
        "unmet": list(unmet),
    }
    text, row.fingerprint = content.text_of(row, told.aim, items, more=more)
    batch.seal(of, row, {"content": text})
    row.submitted_on, row.submitted_by = told.submitted_on, worker(of)
    row.submitted_at = batch.evening(told.submitted_on)
    batch.act(
        of, "plans.submit_final", told.submitted_on, worker(of), clause="S3.4b", subject=row.id, number=row.number,
        fingerprint=bytes(row.fingerprint).hex(),
    )  # fmt: skip


def _signed(batch: Batch, of: Written, row: PlanVersion, told: FinalStory, day: dt.date) -> None:
    who, print_ = worker(of), bytes(row.fingerprint or b"")
    for signatory in (Signatory.BENEFICIARY, Signatory.WORKER):
        made = batch.fact(
            of, Signature, day, who, plan_version=row, who=signatory, form=SignatureForm.SCREEN, fingerprint=print_,
            texts={"strokes": bound(print_, told.strokes)},
        )  # fmt: skip
        last = {"in_force": True} if signatory == Signatory.WORKER else {}
        batch.act(
            of, "plans.sign", day, who, clause="S7.8", subject=made.id, who=str(signatory), form="screen",
            number=row.number, fingerprint=print_.hex(), **last,
        )  # fmt: skip
    row.in_force_on = day
    if told.copy:
        made = batch.fact(
            of, PlanCopy, day, who, plan_version=row, outcome=told.copy, texts={"note": told.copy_note}
        )  # fmt: skip
        batch.act(of, "plans.copy", day, who, clause="S7.8", subject=made.id, outcome=str(told.copy))
