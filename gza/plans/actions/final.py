"""The acts on a final plan: begun from the agreed initial one, filled, submitted, returned, agreed, taken back.

Each is one transaction and one event. Common arguments as in ``actions.initial``.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from gza.accounts.principals import Principal
from gza.cases.errors import Stale
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, on_case, seal, take
from gza.law import final as rules
from gza.law import final_items as item_rules
from gza.law import parameters, plan
from gza.law.lifecycles import PLAN_VERSION, PlanState
from gza.law.terms import last_day
from gza.ledger import work as ledger
from gza.plans.enums import Outcome, VersionKind, VersionState
from gza.plans.models import Decision, PlanVersion
from gza.plans.queries import final as reads
from gza.plans.steps import final as steps
from gza.plans.steps import versions

from .final_items import FinalItem, as_entered, put, starting


def begin_final(
    *,
    case_id: uuid.UUID,
    starts_on: dt.date,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Begin the final plan: every item of the agreed initial plan, with the answer or the money that secures it.

    An item with several is there several times; one with neither is there without, to be said why.

    Args:
        case_id: the case.
        starts_on: the plan's first day; its months and those of the items are counted from it.
        happened_on: the day.
        reason: why it is entered late.
        by: the designated worker.
    """
    with on_case(
        "plans.begin_final", case_id, by=by, clause="S7.6", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        kind, _since = law_status(work.case)
        initial = reads.agreed_initial(work.case)
        work.require(
            rules.may_begin(
                kind=kind,
                consents=consents_of(work.case),
                initial_agreed=initial is not None,
                unsought=work.case.items_unsought,
                waiting=work.case.requests_waiting,
                undecided=work.case.considerations_open,
                has_open_version=reads.final_going(work.case),
                on=work.happened_on,
            )
        )
        if initial is None:
            ledger.require(plan.initial_first(initial_agreed=False))
            raise AssertionError("a final plan has an initial one")
        last = take(PlanVersion.objects.filter(plan=initial.plan).order_by("-number"))
        ends_on = last_day(starts_on, initial.months or 1)
        row = work.fact(
            PlanVersion, plan=initial.plan, kind=VersionKind.FINAL, number=last.number + 1, base=initial,
            months=initial.months, starts_on=starts_on, ends_on=ends_on, latest_end=latest_end(starts_on),
            version=last.version + 1, texts={"aim": by.ring.open(initial, "aim")},
        )  # fmt: skip
        put(work, row, starting(initial, starts_on, ends_on, by))
        return _done(work, row)


def latest_end(starts_on: dt.date) -> dt.date:
    """The last day a plan that begins on ``starts_on`` can have (S7.10)."""
    return last_day(starts_on, parameters.value("plan_max_months", starts_on))


def _done(work: Work, row: PlanVersion) -> PlanVersion:
    steps.mirror(work.case, row.plan)
    work.doing.subject = row.id
    work.doing.facts = {**work.doing.facts, "number": row.number}
    return row


def again(work: Work, last: PlanVersion, *, grounds: str = "") -> PlanVersion:
    """A step: a new draft with the content of ``last``, which itself stays as it was."""
    ring = work.by.ring
    row = work.fact(
        PlanVersion, plan=last.plan, kind=last.kind, number=last.number + 1, base=last, months=last.months,
        starts_on=last.starts_on, ends_on=last.ends_on, latest_end=last.latest_end, version=last.version + 1,
        texts={"aim": ring.open(last, "aim"), "grounds": grounds},
    )  # fmt: skip
    put(work, row, as_entered(last, ring))
    return _done(work, row)


def rework_final(
    *, case_id: uuid.UUID, version_id: uuid.UUID, why: str, happened_on: dt.date | None = None, reason: str = "",
    by: Principal,
) -> PlanVersion:  # fmt: skip
    """Take back an agreed final plan that is not in force: the beneficiary will not sign it, or an answer fell away.

    It is superseded; a new draft with its content goes on to the Fund again.
    """
    with on_case(
        "plans.rework_final", case_id, by=by, clause="S3.4a", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        row = _final(work, version_id)
        ledger.require(rules.to_rework(state=PlanState(row.state), amendment=False))
        work.require(item_rules.change_explained(changed=True, explained=bool(why.strip())))
        _on_the_way(work)
        row.state = VersionState(PLAN_VERSION.next(row.state, "supersede"))
        row.save(force_update=True)
        return again(work, row, grounds=why)


def _on_the_way(work: Work) -> None:
    kind, _since = law_status(work.case)
    work.require(plan.on_the_way(kind=kind, consents=consents_of(work.case), on=work.happened_on))


def _final(work: Work, version_id: uuid.UUID, *, seen: int | None = None) -> PlanVersion:
    """A final version that is no amendment.

    Raises:
        Stale: when another has saved it since.
    """
    rows = PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL, ground="").select_related("plan")
    row = take(rows, id=version_id)
    if seen is not None and seen != row.version:
        raise Stale(row)
    return row


def set_final(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    items: Sequence[FinalItem],
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    aim: str = "",
    seen: int | None = None,
    by: Principal,
) -> PlanVersion:
    """Write the draft of a final version anew, an amendment's too: its days, its aim, its items in this order.

    What is incomplete is kept and shown as such; days out of order or past the longest term are refused at once.

    Args:
        case_id: the case.
        version_id: the draft.
        items: all items, in their order.
        starts_on: first day; of a plan that began it stays as it is.
        ends_on: last day.
        aim: what the plan is for; sealed.
        seen: the draft's version the form was made from.
        by: the designated worker.

    Raises:
        Stale: when another has saved the draft since; ``current`` is the draft as it stands.
    """
    with on_case("plans.set_final", case_id, by=by, clause="S7.6", may="plans.write", items=len(items)) as work:
        rows = PlanVersion.objects.filter(case=work.case, kind=VersionKind.FINAL).select_related("plan")
        row = take(rows, id=version_id)
        if (seen is not None and seen != row.version) or row.state == VersionState.RETURNED:
            raise Stale(row)
        kind, _since = law_status(work.case)
        consents = consents_of(work.case)
        ledger.require(plan.may_edit(kind=kind, consents=consents, state=PlanState(row.state), on=work.happened_on))
        if row.plan.starts_on is not None:
            starts_on = row.plan.starts_on
        if starts_on is None or ends_on is None:
            starts_on, ends_on = row.starts_on, row.ends_on
        row.starts_on, row.ends_on = starts_on, ends_on
        ledger.require(rules.term(term=reads.term_of(row)))
        if starts_on is not None and ends_on is not None:
            row.latest_end = row.plan.latest_end or latest_end(starts_on)
            row.months = rules.month_of(starts_on, ends_on)
        row.version += 1
        row.aim = None
        seal(row, by, {"aim": aim})
        row.save(force_update=True)
        put(work, row, items)
        return _done(work, row)


def submit_final(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    seen: int | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> PlanVersion:
    """Submit the draft of a final plan to the Fund: from now on it is what it is, under the fingerprint of its content.

    Its content is refused while incomplete also in a case taken over: only past order is forgiven there (G3).
    """
    with on_case(
        "plans.submit_final", case_id, by=by, clause="S3.4b", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        row = _final(work, version_id, seen=seen)
        facts = reads.facts_of(row, by.ring)
        kind, _since = law_status(work.case)
        state = PlanState(row.state) if row.state != VersionState.RETURNED else PlanState.SUBMITTED
        ledger.require(plan.submittable(state=state))
        ledger.require(rules.whole(items=facts.items, missing=facts.missing, term_=facts.term))
        work.require(
            rules.may_submit(
                kind=kind,
                consents=consents_of(work.case),
                state=state,
                items=facts.items,
                missing=facts.missing,
                term_=facts.term,
                on=work.happened_on,
            ),
            row.id,
        )
        return fix(work, row, "submit")


def fix(work: Work, row: PlanVersion, act: str) -> PlanVersion:
    """A step: seal the content under its fingerprint; by ``submit`` for the Fund, by ``fix`` for the signatures."""
    versions.fix(work, row, act)
    return _done(work, row)


def agree_final(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Decision:
    """Agree to a pending final plan in the Fund's name. With a necessary need unmet the reasons are asked (S7.6).

    What secures its items must still stand. Of two agreements at once, one is too late.
    """
    with on_case(
        "plans.agree_final", case_id, by=by, clause="S7.6", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = _final(work, version_id)
        ledger.require(plan.pending(state=PlanState(row.state)))
        kind, _since = law_status(work.case)
        items = reads.facts_of(row, by.ring).items
        work.require(
            rules.may_agree(
                kind=kind,
                consents=consents_of(work.case),
                state=PlanState(row.state),
                items=items,
                words=words,
                on=work.happened_on,
            ),
            row.id,
        )
        work.doing.facts = {"unmet": rules.unmet_of(items)}
        return _decided(work, row, Outcome.AGREED, words)


def return_final(
    *,
    case_id: uuid.UUID,
    version_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Decision:
    """Return a pending final plan with reasons; the worker then makes a new draft of it (``new_draft``)."""
    with on_case(
        "plans.return_final", case_id, by=by, clause="S3.4b", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = _final(work, version_id)
        ledger.require(plan.may_return(state=PlanState(row.state), reasons=reasons))
        return _decided(work, row, Outcome.RETURNED, reasons)


def _decided(work: Work, row: PlanVersion, outcome: Outcome, words: str) -> Decision:
    made = versions.decide(work, row, outcome, words)
    _done(work, row)
    work.doing.subject = made.id
    return made
