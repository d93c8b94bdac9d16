"""When the Fund considers paying, and under which limits it decides."""

import datetime as dt

import pytest

from gza.law import consideration, funding
from gza.law.consent import Consent, Scope
from gza.law.consideration import Settled
from gza.law.delegation import Capacity, Delegation
from gza.law.funding import Line, Matter, Purse
from gza.law.lifecycles import ConsiderationState as State
from gza.law.status import StatusKind
from gza.law.verdicts import Verdict

DAY = dt.date(2024, 6, 3)
CEILING = 200_000
HELD = [Delegation(Capacity.DIRECTOR, DAY)]
WAY = {"kind": StatusKind.VICTIM, "consents": [Consent(Scope.REINTEGRATION, DAY)]}


def matter(**facts: object) -> Matter:
    values = {
        "state": State.OPEN, "priority": "necessary", "wanted": 50_000, "standing": (), "purse": Purse(0),
        "line": Line(1_000_000), **facts,
    }  # fmt: skip
    return Matter(**values)


def due(**facts: object) -> Verdict:
    return consideration.falls_due(
        **{"priority": "necessary", "needs_provider": True, "uncovered": 6, "untried": 0, "waiting": 0, **facts}
    )


def grant(amount: int = 40_000, delegations: object = HELD, **facts: object) -> Verdict:
    way = {name: facts.pop(name, WAY[name]) for name in WAY}
    return funding.may_grant(matter=matter(**facts), amount=amount, delegations=delegations, on=DAY, **way)


@pytest.mark.clause("S5.5")
def test_consideration_falls_due_when_no_matching_offer_is_left() -> None:
    assert due()
    assert due(uncovered=1)
    assert due(untried=1).code == "requests.offers_left"
    assert due(waiting=1).code == "requests.answers_awaited"
    assert due(uncovered=0).code == "funding.secured"


@pytest.mark.clause("S5.5")
def test_by_itself_it_opens_for_what_is_necessary_and_needs_a_provider() -> None:
    assert due(priority="desired").code == "funding.desired_waits_to_be_asked"
    assert due(needs_provider=False).code == "funding.no_provider_needed"


def asking(*states: State, **facts: object) -> Verdict:
    values = {
        "needs_provider": True, "uncovered": 6, "untried": 0, "waiting": 0, "states": states, "unreleased": False,
        "why": "", **facts,
    }  # fmt: skip
    return consideration.may_ask(**values)


@pytest.mark.clause("S5.5")
def test_the_fund_can_be_asked_for_a_desired_item_and_again_when_something_is_new() -> None:
    assert asking()
    assert asking(State.REFUSED).code == "funding.nothing_new"
    assert asking(State.REFUSED, why="the price has fallen")
    for state in (State.OPEN, State.DEFERRED):
        assert asking(state, why="x").code == "funding.under_way"
    assert asking(State.GRANTED, unreleased=True, why="x").code == "funding.under_way"
    assert asking(waiting=1).code == "requests.answers_awaited"
    assert asking(untried=1).code == "requests.offers_left"
    assert asking(uncovered=0).code == "funding.secured"
    assert asking(uncovered=0, needs_provider=False)


@pytest.mark.clause("S5.3")
def test_how_an_item_stands_to_money() -> None:
    assert consideration.settled(whole=True, state=None, reserved=0) == Settled.SECURED
    assert consideration.settled(whole=False, state=None, reserved=0) == Settled.OPEN
    assert consideration.settled(whole=False, state=State.OPEN, reserved=0) == Settled.OPEN
    assert consideration.settled(whole=False, state=State.REFUSED, reserved=0) == Settled.DECIDED
    assert consideration.settled(whole=False, state=State.GRANTED, reserved=0) == Settled.DECIDED
    assert consideration.settled(whole=False, state=State.DEFERRED, reserved=5) == Settled.DEFERRED
    assert consideration.settled(whole=False, state=State.DEFERRED, reserved=0) == Settled.OPEN
    assert consideration.settled(whole=False, state=State.DROPPED, reserved=0) == Settled.OPEN


@pytest.mark.clause("S5.6")
def test_a_grant_within_every_limit_is_allowed() -> None:
    assert grant()
    assert grant(50_000, purse=Purse(CEILING - 50_000))


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("funding.not_worked_out", {"wanted": None}),
        ("funding.not_positive", {"amount": 0}),
        ("funding.not_positive", {"amount": -1}),
        ("funding.above_need", {"amount": 50_001}),
        ("funding.ceiling", {"purse": Purse(CEILING - 39_999)}),
        ("consideration.grant_not_from_refused", {"state": State.REFUSED}),
        ("status.not_yet", {"kind": StatusKind.PRESUMED}),
        ("consent.reintegration_missing", {"consents": []}),
    ],
)
def test_what_a_grant_is_refused_for(code: str, facts: dict[str, object]) -> None:
    assert grant(**facts).code == code


@pytest.mark.clause("S5.6")
def test_the_refusal_says_what_is_left_in_both_languages() -> None:
    said = grant(purse=Purse(CEILING - 39_999)).message
    assert "GEL\u00a0399.99" in said.en
    assert "399,99\u00a0₾" in said.ka
    assert "2\u00a0000\u00a0₾" in said.ka
    assert "GEL\u00a00" in grant(1, purse=Purse(CEILING + 5)).message.en


@pytest.mark.clause("G6", "S5.6")
def test_the_ceiling_is_the_one_in_force_on_the_day() -> None:
    assert funding.ceiling(DAY) == CEILING


@pytest.mark.clause("S5.3")
def test_the_necessary_comes_first() -> None:
    for open_ in ((Settled.OPEN,), (Settled.DECIDED, Settled.OPEN)):
        assert grant(priority="desired", standing=open_).code == "funding.necessary_first"
        assert grant(priority="necessary", standing=open_)
    done = (Settled.SECURED, Settled.DECIDED, Settled.DEFERRED)
    assert grant(priority="desired", standing=done)


@pytest.mark.clause("S5.3")
def test_what_is_reserved_is_not_spent_on_another_item() -> None:
    assert grant(40_000, purse=Purse(100_000, 60_000))
    assert grant(40_001, purse=Purse(100_000, 60_000)).code == "funding.reserved"
    assert "GEL\u00a0600" in grant(40_001, purse=Purse(100_000, 60_000)).message.en
    assert "GEL\u00a00" in grant(1, purse=Purse(150_000, 60_000)).message.en


@pytest.mark.clause("S4.5")
def test_the_budget_of_the_year_is_not_passed() -> None:
    assert grant(40_000, line=Line(100_000, 50_000, 10_000))
    assert grant(40_001, line=Line(100_000, 50_000, 10_000)).code == "funding.budget"
    assert grant(line=None).code == "funding.no_budget_line"
    assert "2024" in grant(line=None).message.ka


@pytest.mark.clause("G5")
def test_money_is_decided_by_the_delegation() -> None:
    assert grant(delegations=[]).code == "delegation.none"
    common = {"matter": matter(), "reasons": "x", "delegations": [], "on": DAY}
    assert funding.may_refuse(**common).code == "delegation.none"
    assert funding.may_defer(amount=5, **common).code == "delegation.none"
    assert funding.may_release(amount=5, left=5, reasons="x", delegations=[], on=DAY).code == "delegation.none"
    line = {"allotted": 5, "line": Line(0), "year": 2024, "on": DAY}
    assert funding.may_set_line(delegations=[], **line).code == "delegation.none"
    assert funding.may_set_line(delegations=HELD, **line)


@pytest.mark.clause("S5.5")
def test_refusal_deferral_and_release_give_reasons() -> None:
    common = {"matter": matter(wanted=None), "delegations": HELD, "on": DAY}
    assert funding.may_refuse(reasons="no money", **common)
    assert funding.may_refuse(reasons=" ", **common).code == "funding.no_reasons"
    assert funding.may_defer(reasons="", amount=5, **common).code == "funding.no_reasons"
    release = {"amount": 5, "left": 5, "delegations": HELD, "on": DAY}
    assert funding.may_release(reasons="", **release).code == "funding.no_reasons"
    assert funding.may_release(reasons="cheaper", **release)


@pytest.mark.clause("S5.3")
def test_a_deferral_reserves_under_the_limits_of_a_grant() -> None:
    common = {"reasons": "next month", "delegations": HELD, "on": DAY}
    assert funding.may_defer(matter=matter(), amount=50_000, **common)
    assert funding.may_defer(matter=matter(), amount=0, **common).code == "funding.not_positive"
    over = matter(purse=Purse(CEILING - 1))
    assert funding.may_defer(matter=over, amount=2, **common).code == "funding.ceiling"
    refused = matter(state=State.REFUSED)
    assert funding.may_defer(matter=refused, amount=2, **common).code == "consideration.defer_not_from_refused"


@pytest.mark.clause("S5.6")
def test_never_more_is_released_than_is_unspent() -> None:
    common = {"reasons": "x", "delegations": HELD, "on": DAY}
    assert funding.may_release(amount=10, left=10, **common)
    assert funding.may_release(amount=11, left=10, **common).code == "funding.release_above_unspent"
    assert funding.may_release(amount=0, left=10, **common).code == "funding.not_positive"


@pytest.mark.clause("S4.5")
def test_a_budget_line_is_not_lowered_below_what_is_used() -> None:
    common = {"year": 2024, "delegations": HELD, "on": DAY}
    assert funding.may_set_line(allotted=30, line=Line(100, 20, 10), **common)
    assert funding.may_set_line(allotted=29, line=Line(100, 20, 10), **common).code == "funding.line_below_committed"


@pytest.mark.clause("S5.6")
def test_a_sum_names_payee_and_grounds_while_the_matter_is_under_way() -> None:
    common = {"state": State.OPEN, "wanted": 5, "grounds": "three prices", "payee": "a school"}
    assert funding.may_work_out(**common)
    assert funding.may_work_out(**{**common, "state": State.DEFERRED})
    for change, code in (
        ({"state": State.GRANTED}, "funding.closed"),
        ({"wanted": 0}, "funding.not_positive"),
        ({"grounds": " "}, "funding.no_payee"),
        ({"payee": ""}, "funding.no_payee"),
    ):
        assert funding.may_work_out(**{**common, **change}).code == code


@pytest.mark.clause("S5.6", "G1", "G3")
def test_an_opening_balance_past_the_ceiling_is_flagged_not_refused() -> None:
    assert funding.opened(committed=CEILING, on=DAY).flags == ()
    assert funding.opened(committed=CEILING + 1, on=DAY).flags == (funding.OPENING_OVER,)
