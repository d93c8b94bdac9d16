"""The acts on the Fund's money: the sum worked out, the decision, the release, the budget line (S5.3, S5.5, S5.6).

Common arguments as in ``cases.actions``. Each raises ``Refused`` where the law refuses, ``Http404`` for what one may
not know of, and ``cases.errors.Stale`` where the form is stale. Sums are in tetri.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.db.models import F

from gza.accounts import permissions
from gza.accounts.principals import Principal
from gza.cases.actions import correct
from gza.cases.errors import Stale
from gza.cases.models import TakeOver
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, on_case, seal, take
from gza.core import clock
from gza.directory.models import Organisation
from gza.law import consideration as due_rules
from gza.law import delegation, entry
from gza.law import funding as rules
from gza.law import plan as plan_rules
from gza.law.lifecycles import CONSIDERATION
from gza.law.verdicts import Verdict
from gza.ledger import work as ledger
from gza.plans import money_triggers, queries
from gza.plans.enums import ConsiderationState, FundingOutcome
from gza.plans.models import BudgetLine, Commitment, Consideration, FundingDecision, Release
from gza.plans.queries import funding as reads
from gza.plans.queries.requests import seeking
from gza.plans.steps import funding as steps

_ACTS = {FundingOutcome.GRANTED: "grant", FundingOutcome.REFUSED: "refuse", FundingOutcome.DEFERRED: "defer"}


def ask_for_money(
    *,
    case_id: uuid.UUID,
    origin_id: uuid.UUID,
    why: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Consideration:
    """Ask the Fund to consider an item that does not fall due by itself: a desired one, or one decided before.

    Args:
        case_id: the case.
        origin_id: the item of the plan that stands, as it was first written.
        why: why, and what has changed since it was decided; sealed.
        happened_on: the day.
        reason: why it is entered late.
        by: who works on the case.
    """
    with on_case(
        "plans.ask_for_money", case_id, by=by, clause="S5.3", may="plans.work_out", happened_on=happened_on,
        reason=reason,
    ) as work:  # fmt: skip
        found = next((one for one in seeking(work.case) if one.item.id == origin_id), None)
        if found is None:
            permissions.hide()
        kind, _since = law_status(work.case)
        _strictly(work, plan_rules.on_the_way(kind=kind, consents=consents_of(work.case), on=work.happened_on))
        earlier = Consideration.objects.filter(case=work.case, origin=found.item, superseded=False)
        paid = Commitment.objects.filter(case=work.case, origin=found.item, superseded=False, amount__gt=F("released"))
        states = [state for state in earlier.values_list("state", flat=True) if state != ConsiderationState.DROPPED]
        _strictly(
            work,
            due_rules.may_ask(
                needs_provider=found.needs_provider, **found.counts, states=states, unreleased=paid.exists(), why=why
            ),
        )
        row = steps.new_consideration(work, found.item)
        seal(row, by, {"grounds": why, "entry_reason": work.reason})
        row.save(force_update=True)
        steps.mirror(work)
        work.doing.subject = row.id
        return row


def set_wanted_sum(
    *,
    case_id: uuid.UUID,
    consideration_id: uuid.UUID,
    wanted: int,
    grounds: str,
    payee_id: uuid.UUID | None = None,
    payee_name: str = "",
    seen: int | None = None,
    by: Principal,
) -> Consideration:
    """Work out what the item costs: the sum, who is paid, and how the sum comes about.

    Args:
        case_id: the case.
        consideration_id: the consideration.
        wanted: the sum.
        grounds: how it comes about: offers compared, prices; sealed.
        payee_id: who would be paid, of the directory.
        payee_name: who would be paid, where not in the directory; sealed.
        seen: the consideration's version the form was made from.
        by: who works on the case.
    """
    with on_case("plans.set_wanted_sum", case_id, by=by, clause="S5.6", may="plans.work_out", wanted=wanted) as work:
        row = _seen(work, consideration_id, seen)
        work.require(rules.may_work_out(state=row.state, wanted=wanted, grounds=grounds,
                                        payee=payee_name or str(payee_id or "")))  # fmt: skip
        if payee_id is not None:
            take(Organisation.objects.all(), id=payee_id)
        row.wanted, row.payee_id, row.version = wanted, payee_id, row.version + 1
        row.grounds = row.payee_name = None
        seal(row, by, {"grounds": grounds, "payee_name": payee_name})
        row.save(force_update=True)
        work.doing.subject = row.id
        return row


def decide(
    *,
    case_id: uuid.UUID,
    consideration_id: uuid.UUID,
    outcome: FundingOutcome | str,
    amount: int = 0,
    reasons: str = "",
    terms: str = "",
    seen: int | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> FundingDecision:
    """Decide for the Fund: grant a sum, refuse with reasons, or defer with reasons and the money reserved.

    Args:
        case_id: the case.
        consideration_id: the consideration.
        outcome: what is decided.
        amount: what is granted, or reserved by a deferral; nothing for a refusal.
        reasons: why; sealed.
        terms: on what terms it is paid; sealed with the commitment.
        seen: the consideration's version the decision was made upon.
        happened_on: the day of the decision; its ceiling, budget line and delegation count.
        reason: why it is entered late.
        by: who holds the delegation (G5).
    """
    outcome = FundingOutcome(outcome)
    with on_case(
        f"plans.fund_{outcome.value}", case_id, by=by, clause="S5.6", may="plans.fund", happened_on=happened_on,
        reason=reason, amount=amount,
    ) as work, _held_by_the_engine():  # fmt: skip
        row = _seen(work, consideration_id, seen)
        day = work.happened_on
        account = steps.account_of(work.case)
        line = BudgetLine.objects.select_for_update().filter(year=day.year).first()
        matter = queries.matter(work.case, row, account=account, line=line)
        _strictly(work, delegation.decides_for_fund(delegations=queries.law_delegations(by, work.today), on=work.today))
        _strictly(work, entry.follows(
            first=rules.CONSIDERED, first_on=row.happened_on, then=rules.DECIDED, then_on=day))  # fmt: skip
        _strictly(work, _verdict(work, matter, outcome, amount, reasons))
        row.state = ConsiderationState(CONSIDERATION.next(row.state, _ACTS[outcome]))
        deferred = outcome == FundingOutcome.DEFERRED
        row.reserved, row.line = (amount, line) if deferred else (0, None)
        row.closed_on, row.version = None if deferred else day, row.version + 1
        row.save(force_update=True)
        held = delegation.holds(delegations=queries.law_delegations(by, day), on=day)
        made = work.fact(
            FundingDecision, consideration=row, outcome=outcome, capacity=held.capacity if held else "",
            amount=0 if outcome == FundingOutcome.REFUSED else amount, texts={"reasons": reasons},
        )  # fmt: skip
        if outcome == FundingOutcome.GRANTED:
            work.fact(
                Commitment, account=account, decision=made, line=line, origin=row.origin, priority=row.priority,
                payee=row.payee, amount=amount, ceiling=rules.ceiling(day), texts={"note": terms},
            )  # fmt: skip
        steps.mirror(work)
        return made


def _verdict(work: Work, matter: rules.Matter, outcome: FundingOutcome, amount: int, reasons: str) -> Verdict:
    held = queries.law_delegations(work.by, work.happened_on)
    common: dict[str, Any] = {"matter": matter, "delegations": held, "on": work.happened_on}
    if outcome == FundingOutcome.REFUSED:
        return rules.may_refuse(reasons=reasons, **common)
    if outcome == FundingOutcome.DEFERRED:
        return rules.may_defer(amount=amount, reasons=reasons, **common)
    kind, _since = law_status(work.case)
    return rules.may_grant(amount=amount, kind=kind, consents=consents_of(work.case), **common)


def release(
    *,
    case_id: uuid.UUID,
    commitment_id: uuid.UUID,
    amount: int,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Release:
    """Give money of a commitment back formally: the ceiling and the budget line have it again.

    Args:
        case_id: the case.
        commitment_id: the commitment.
        amount: what is given back, at most what is unspent.
        reasons: why; sealed.
        happened_on: the day.
        reason: why it is entered late.
        by: who holds the delegation (G5).
    """
    with on_case(
        "plans.release", case_id, by=by, clause="S5.6", may="plans.fund", happened_on=happened_on, reason=reason,
        amount=amount,
    ) as work, _held_by_the_engine():  # fmt: skip
        row = take(Commitment.objects.select_for_update().filter(case=work.case, superseded=False), id=commitment_id)
        _strictly(work, delegation.decides_for_fund(delegations=queries.law_delegations(by, work.today), on=work.today))
        _strictly(
            work,
            rules.may_release(
                amount=amount, left=row.amount - row.released - row.spent, reasons=reasons,
                delegations=queries.law_delegations(by, work.happened_on), on=work.happened_on,
            ),
        )  # fmt: skip
        return work.fact(Release, commitment=row, amount=amount, texts={"reasons": reasons})


def record_opening_balance(*, case_id: uuid.UUID, balance: int, why: str, by: Principal) -> None:
    """Mend the opening balance of a case taken over (G2, G3); over the ceiling it is flagged, never refused (G1).

    Args:
        case_id: the case.
        balance: what of the Fund's money was committed on paper.
        why: what the mistake was; sealed.
        by: a coordinator.
    """
    taken = take(TakeOver.objects.filter(case_id=case_id, superseded=False))
    permissions.require("plans.fund", by, taken.case)
    correct(case_id=case_id, row=taken, why=why, columns={"balance": balance}, by=by)


def set_budget_line(*, year: int, allotted: int, note: str = "", seen: int | None = None, by: Principal) -> BudgetLine:
    """Set the Fund's money for social reintegration in a year.

    Args:
        year: the year.
        allotted: the sum.
        note: on what it rests: number and day of the order.
        seen: the line's revision the form was made from; 0 for a year without one.
        by: who holds the delegation (G5).

    Raises:
        Stale: when another has set it since.
    """
    permissions.require("plans.budget", by)
    with ledger.act(
        "plans.set_budget_line", by=by, clause="S4.5", year=year, allotted=allotted
    ) as doing, _held_by_the_engine():  # fmt: skip
        today = clock.today()
        row = BudgetLine.objects.select_for_update().filter(year=year).first()
        if seen is not None and seen != (row.revision if row else 0):
            raise Stale(row or BudgetLine(year=year, allotted=0))
        ledger.require(
            rules.may_set_line(
                allotted=allotted, line=reads.law_line(row) or rules.Line(0), year=year,
                delegations=queries.law_delegations(by, today), on=today,
            )
        )  # fmt: skip
        made = {"allotted": allotted, "note": note, "changed_at": clock.now(), "changed_by": by.id}
        if row is None:
            row = BudgetLine.objects.create(year=year, **made)
        else:
            for name, value in {**made, "revision": row.revision + 1}.items():
                setattr(row, name, value)
            row.save(update_fields=[*made, "revision"])
        doing.subject = row.id
        return row


def _seen(work: Work, consideration_id: uuid.UUID, seen: int | None) -> Consideration:
    rows = Consideration.objects.filter(case=work.case, superseded=False).select_related("origin", "payee")
    row = take(rows, id=consideration_id)
    if seen is not None and seen != row.version:
        raise Stale(row)
    return row


def _strictly(work: Work, verdict: Verdict) -> None:
    """Money is decided here and now: no rule gives way to the past of a paper file, as ``Work.require`` would."""
    ledger.require(verdict)
    work.require(verdict)


@contextmanager
def _held_by_the_engine() -> Iterator[None]:
    """Say in the law's words what the engine refused: another decision was quicker than the rules could see.

    Raises:
        Refused: in the place of the engine's own error.
    """
    try:
        yield
    except DatabaseError as error:
        told = str(error)
        passed = isinstance(error, IntegrityError) and "budget_not_passed" in told
        if passed or any(words in told for words in (money_triggers.CEILING, money_triggers.RELEASED)):
            ledger.require(rules.OVERTAKEN)
        raise
