"""Steps of the Fund's money: accounts, considerations that open and fall away, mirrors on the case (S5.5, S5.6)."""

import datetime as dt

from django.db.models import Max

from gza.cases.models import Case, TakeOver
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, follows
from gza.core import calendar, clock
from gza.law import consideration as due_rules
from gza.law import funding as rules
from gza.law import parameters
from gza.law import plan as plan_rules
from gza.law.lifecycles import CONSIDERATION
from gza.plans.enums import CommitmentKind, ConsiderationState, DropGround
from gza.plans.models import Account, AccountCase, Commitment, Consideration, FundingDecision, PlanItem
from gza.plans.queries.funding import UNDER_WAY
from gza.plans.queries.requests import Seeking, seeking
from gza.plans.queries.search import standing_items


def account_of(case: Case) -> Account:
    """The account the case counts against, opened at first need and locked until the act ends.

    A case taken over brings the balance of its paper along (G3); a balance corrected since is followed.
    """
    row = AccountCase.objects.filter(case=case).first()
    if row is None:
        row = AccountCase.objects.create(case=case, account=Account.objects.create())
    follow_balance(case)
    return Account.objects.select_for_update().get(id=row.account_id)


@follows(TakeOver)
def balance_corrected(work: Work, taken: TakeOver) -> None:
    """The opening balance of a case taken over was mended: it counts as it is now, flagged above the ceiling (G1)."""
    follow_balance(work.case)
    found = Account.objects.filter(cases__case=work.case).first()
    committed = found.committed if found else taken.balance
    for code in rules.opened(committed=committed, on=work.happened_on).flags:
        work.flag(code, taken.id)


def follow_balance(case: Case) -> int:
    """Let the opening commitment of a case that has an account say what its take-over says; that balance, in tetri.

    A balance from which something was paid or released stays as it is: the money has moved on.
    """
    taken = TakeOver.objects.filter(case=case, superseded=False).first()
    balance = taken.balance if taken else 0
    old = Commitment.objects.filter(case=case, kind=CommitmentKind.OPENING, superseded=False).first()
    row = AccountCase.objects.filter(case=case).first()
    if row is None or balance == (old.amount if old else 0) or (old and (old.released or old.spent)):
        return balance
    if old:
        old.superseded = True
        old.save(update_fields=["superseded"])
    if taken and balance:
        Commitment.objects.create(
            case=case, account_id=row.account_id, kind=CommitmentKind.OPENING, amount=balance, corrects=old,
            ceiling=rules.ceiling(taken.happened_on), happened_on=taken.happened_on, recorded_by=taken.recorded_by,
        )  # fmt: skip
    return balance


def join_accounts(case: Case, other: Case) -> Account:
    """Let two cases of one person count against one account, which may pass the ceiling by that: a fact (G1)."""
    kept = account_of(case)
    moved = account_of(other)
    if kept.id != moved.id:
        for row in AccountCase.objects.filter(account=moved):
            row.account = kept
            row.save(update_fields=["account"])
        kept.refresh_from_db()
    return kept


def split_account(case: Case) -> Account:
    """Give a case an account of its own again: the two were not one person. What was committed in it goes along."""
    row = AccountCase.objects.filter(case=case).first()
    if row is None or row.account.cases.count() == 1:
        return account_of(case)
    row.account = Account.objects.create()
    row.save(update_fields=["account"])
    return Account.objects.select_for_update().get(id=row.account_id)


def open_considerations(work: Work) -> list[Consideration]:
    """Open a consideration for every item for which the law says it falls due; let those fall away that do not hold.

    Called by every act that changes what providers answered, or which items stand. Those newly opened.
    """
    case, found = work.case, seeking(work.case)
    rows = list(Consideration.objects.filter(case=case, superseded=False).exclude(state=ConsiderationState.DROPPED))
    _let_fall(work, rows, found)
    considered = {row.origin_id for row in rows if row.state != ConsiderationState.DROPPED}
    wanting = [one for one in found if one.item.id not in considered and _due(one)]
    opened = []
    if wanting and _on_the_way(work):
        opened = [new_consideration(work, one.item) for one in wanting]
    mirror(work)
    return opened


def _due(one: Seeking) -> bool:
    return bool(due_rules.falls_due(priority=one.item.priority, needs_provider=one.needs_provider, **one.counts))


def _on_the_way(work: Work) -> bool:
    kind, _since = law_status(work.case)
    return bool(plan_rules.on_the_way(kind=kind, consents=consents_of(work.case), on=work.happened_on))


def _let_fall(work: Work, rows: list[Consideration], found: list[Seeking]) -> None:
    given = {one.item.id for one in found if one.needs_provider and not one.standing.uncovered}
    there = {one.item.id for one in found}
    for row in rows:
        if row.state in UNDER_WAY and row.origin_id not in there:
            _drop(row, DropGround.REMOVED, work.happened_on)
        elif row.state in UNDER_WAY and row.origin_id in given:
            _drop(row, DropGround.SECURED, work.happened_on)


def new_consideration(work: Work, item: PlanItem) -> Consideration:
    """A consideration of an item, without a sum yet; it falls due within the Fund's own term (G5, ours)."""
    day = work.happened_on
    return Consideration.objects.create(
        case=work.case, origin=item, priority=item.priority, happened_on=day, recorded_by=work.by.id,
        recorded_at=clock.now(), recorded_on=work.today, due_on=due_on(day),
    )  # fmt: skip


def due_on(day: dt.date) -> dt.date:
    """The last day on which the Fund decides in time what opened on ``day``."""
    return calendar.add_working_days(day, parameters.value("fund_funding_working_days", day))


def drop_open(work: Work, why: DropGround | str = DropGround.ENDED) -> list[Consideration]:
    """Let every consideration under way fall away, with the money reserved for it: the consent or the plan ended."""
    rows = list(Consideration.objects.filter(case=work.case, state__in=UNDER_WAY, superseded=False))
    for row in rows:
        _drop(row, DropGround(why), work.happened_on)
    mirror(work)
    return rows


def _drop(row: Consideration, why: DropGround, day: dt.date) -> None:
    row.state = ConsiderationState(CONSIDERATION.next(row.state, "drop"))
    row.dropped_for, row.reserved, row.line = why, 0, None
    row.closed_on, row.version = max(day, row.happened_on), row.version + 1
    row.save(force_update=True)


def mirror(work: Work) -> None:
    """Let the case show how many considerations wait and when money was last decided on."""
    case = work.case
    waiting = Consideration.objects.filter(case=case, state=ConsiderationState.OPEN, superseded=False)
    case.considerations_open = waiting.count()
    decided = FundingDecision.objects.filter(case=case, superseded=False)
    if standing_items(case):
        case.funded_on = decided.aggregate(last=Max("happened_on"))["last"]
