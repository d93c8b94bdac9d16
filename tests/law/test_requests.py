"""Asking providers: what may be told, what an answer needs, when the Fund has to consider paying."""

import datetime as dt

import pytest

from gza.law import offers, parameters, requests
from gza.law.consent import Consent, Scope
from gza.law.offers import Tried, standing
from gza.law.status import StatusKind

MAY, JUNE, JULY = dt.date(2024, 5, 6), dt.date(2024, 6, 3), dt.date(2024, 7, 1)
NAMED = Consent(Scope.DISCLOSURE, MAY, "ngo")
WHOLE = Consent(Scope.DISCLOSURE, MAY, "ngo", identity=True)
ASKED = {
    "kind": StatusKind.VICTIM, "consents": [Consent(Scope.REINTEGRATION, MAY), NAMED], "initial_agreed": True,
    "organisation": "ngo", "of_fund": False, "in_edition": True, "standing_offer": True, "open_already": False,
    "told": {"service", "months"}, "answer_due": JULY, "months": (1, 6), "on": JUNE,
}  # fmt: skip


def may_ask(**changes):
    return requests.may_ask(**{**ASKED, **changes})


@pytest.mark.clause("S5.4", "G2")
def test_the_months_asked_for_are_months_of_a_plan_in_order():
    assert may_ask(months=(1, 12))
    assert may_ask(months=(0, 3)).code == "plan.no_timetable"
    assert may_ask(months=(4, 3)).code == "plan.timetable_backwards"
    assert may_ask(months=(1, 13)).code == "entry.number"


@pytest.mark.clause("S5.4", "S6.1", "S7.5")
def test_asking_asks_every_rule_of_it():
    assert may_ask()
    assert may_ask(consents=[NAMED]).code == "consent.reintegration_missing"
    assert may_ask(initial_agreed=False).code == "plan.request_before_agreement"
    assert may_ask(consents=ASKED["consents"][:1]).code == "consent.disclosure_missing"
    assert may_ask(in_edition=False, standing_offer=False).code == "requests.not_offered"
    assert may_ask(open_already=True).code == "requests.open_already"
    assert may_ask(answer_due=MAY).code == "requests.due_before_sent"
    assert may_ask(told={"diagnosis"}).code == "requests.too_much_told"
    assert may_ask(told={"name"}).code == "requests.identity_not_consented"


@pytest.mark.clause("S6.1")
def test_the_funds_own_service_leaves_nobody_else_with_anything():
    assert may_ask(of_fund=True, consents=ASKED["consents"][:1], told={"name"})
    assert may_ask(of_fund=True, consents=[]).code == "consent.reintegration_missing"
    assert may_ask(of_fund=True, initial_agreed=False).code == "plan.request_before_agreement"


@pytest.mark.clause("S6.1")
def test_an_offer_newer_than_the_edition_is_flagged():
    assert requests.within_programme(in_edition=True, standing=False).flags == ()
    assert requests.within_programme(in_edition=False, standing=True).flags == ("requests.not_in_edition",)
    assert requests.within_programme(in_edition=False, standing=False).clause == "S6.1"


@pytest.mark.clause("S5.4", "S6.1")
def test_name_and_telephone_need_their_own_consent():
    asked = {"organisation": "ngo", "on": JUNE}
    assert requests.identity_consented(told={"service"}, consents=[], **asked)
    for key in requests.IDENTITY:
        assert not requests.identity_consented(told={key}, consents=[NAMED], **asked)
        assert requests.identity_consented(told={key}, consents=[WHOLE], **asked)
    gone = Consent(Scope.DISCLOSURE, MAY, "ngo", withdrawn_on=JUNE, identity=True)
    assert not requests.identity_consented(told={"name"}, consents=[gone], **asked)
    other = Consent(Scope.DISCLOSURE, MAY, "other", identity=True)
    assert not requests.identity_consented(told={"name"}, consents=[other], **asked)


@pytest.mark.clause("S5.4", "S6.1")
def test_only_the_fields_of_the_form_are_told():
    assert requests.least_data(told=requests.LEAST | requests.IDENTITY)
    assert not requests.least_data(told={"story"})


ANSWER = {
    "state": "sent", "act": "accept", "reason": "", "covers_from": None, "covers_to": None, "month_from": 2,
    "month_to": 6, "answered_on": JUNE, "answer_due": JUNE, "until": JULY,
}  # fmt: skip


@pytest.mark.clause("S5.4")
def test_a_provider_answers_in_time_with_reason_and_months():
    assert requests.may_answer(**ANSWER).flags == ()
    refused = {
        "requests.closed": {"until": MAY},
        "requests.no_reason": {"act": "decline"},
        "requests.no_months": {"act": "partly"},
        "request.accept_not_from_declined": {"state": "declined"},
    }
    for code, change in refused.items():
        assert requests.may_answer(**{**ANSWER, **change}).code == code
    assert requests.may_answer(**{**ANSWER, "until": None}).code == "requests.closed"
    late = requests.may_answer(**{**ANSWER, "answer_due": MAY})
    assert late.flags == ("requests.answered_late",)
    assert requests.may_answer(**{**ANSWER, "state": "unanswered", "answer_due": MAY}).flags == late.flags


@pytest.mark.clause("S5.4")
@pytest.mark.parametrize(
    ("covers", "good"),
    [
        ((2, 5), True), ((3, 6), True), ((2, 6), False), ((1, 3), False), ((5, 7), False), ((4, 3), False),
        ((None, 3), False),
    ],
)  # fmt: skip
def test_a_part_is_less_than_the_whole(covers, good):
    asked = {"covers_from": covers[0], "covers_to": covers[1], "month_from": 2, "month_to": 6}
    assert bool(requests.months_said(state="partly", **asked)) is good
    assert requests.months_said(state="accepted", **asked)


RECORDED = {
    **{key: value for key, value in ANSWER.items() if key not in {"reason", "until"}}, "channel": "telephone",
    "name": "Lia", "has_file": False, "words": "yes",
}  # fmt: skip


@pytest.mark.clause("S5.4", "G1")
def test_an_answer_from_outside_has_a_name_and_evidence():
    assert requests.may_record_answer(**RECORDED)
    refused = {
        "requests.no_name": {"name": " "},
        "requests.no_evidence": {"words": ""},
        "requests.no_months": {"act": "partly"},
        "request.accept_not_from_stopped": {"state": "stopped"},
    }
    for code, change in refused.items():
        assert requests.may_record_answer(**{**RECORDED, **change}).code == code
    assert requests.may_record_answer(**{**RECORDED, "channel": "letter"}).code == "requests.no_evidence"
    letter = {**RECORDED, "channel": "letter", "has_file": True, "words": "", "act": "decline", "answer_due": MAY}
    assert requests.may_record_answer(**letter).flags == ("requests.declined_unreasoned", "requests.answered_late")
    assert requests.evidenced(channel="workplace", name="", has_file=False, words="")


@pytest.mark.clause("S6.1", "G1")
def test_a_service_given_without_an_acceptance_is_flagged():
    assert requests.served(state="accepted").flags == requests.served(state="partly").flags == ()
    assert requests.served(state="sent").flags == ("requests.served_without_request",)


@pytest.mark.clause("S0.1")
def test_what_was_told_is_returned_once_it_was_called_back():
    assert requests.returnable(state="stopped")
    assert requests.returnable(state="withdrawn")
    assert requests.returnable(state="accepted").clause == "S0.1"


@pytest.mark.clause("S5.5")
def test_silence_is_certified_past_the_date_and_one_reminder():
    asked = {"state": "sent", "answer_due": MAY, "reminded_on": JUNE, "today": JULY}
    assert offers.may_certify(**asked)
    assert offers.may_certify(**{**asked, "answer_due": JULY}).code == "requests.not_past_due"
    assert offers.may_certify(**{**asked, "reminded_on": None}).code == "requests.not_reminded"
    assert offers.may_certify(**{**asked, "reminded_on": JULY}).code == "requests.not_reminded"
    assert offers.may_certify(**{**asked, "state": "declined"}).code == "request.certify_not_from_declined"


@pytest.mark.clause("S5.5")
def test_an_offer_is_set_aside_with_the_reason_and_not_while_it_is_asked():
    assert offers.may_set_aside(open_already=False, reason="far")
    assert offers.may_set_aside(open_already=False, reason=" ").code == "requests.aside_unexplained"
    assert offers.may_set_aside(open_already=True, reason="far").code == "requests.aside_while_asked"


def found(*tried, listed=("a", "b"), needs_provider=True):
    return standing(month_from=1, month_to=3, needs_provider=needs_provider, offers=listed, tried=tried)


@pytest.mark.clause("S5.5")
def test_an_item_is_sought_once_every_offer_was_tried():
    assert found(listed=()).sought
    assert (found().sought, found().untried) == (False, ("a", "b"))
    one = found(Tried("a", "declined"))
    assert (one.sought, one.untried) == (False, ("b",))
    assert found(Tried("a", "declined"), Tried("b", None)).sought
    waits = found(Tried("a", "sent"), Tried("b", "unanswered"))
    assert (waits.sought, waits.waiting) == (True, ("a",))
    assert found(Tried("a", "withdrawn"), Tried("b", "stopped")).untried == ("a", "b")


@pytest.mark.clause("S5.5")
def test_what_is_covered_needs_no_further_offer():
    whole = found(Tried("a", "accepted", frozenset({1, 2, 3})))
    assert (whole.sought, whole.uncovered) == (True, frozenset())
    part = found(Tried("a", "partly", frozenset({1})))
    assert (part.sought, part.uncovered) == (False, frozenset({2, 3}))
    assert found(Tried("a", "partly", frozenset({1})), Tried("b", "partly", frozenset({2, 3}))).sought
    assert found(needs_provider=False).sought


@pytest.mark.clause("S5.5")
def test_nobody_is_left_once_no_offer_and_no_answer_is():
    assert offers.nobody_left(untried=0, waiting=0)
    assert "2" in offers.nobody_left(untried=2, waiting=1).message.en
    assert offers.nobody_left(untried=0, waiting=1).code == "requests.answers_awaited"


@pytest.mark.clause("G6")
def test_how_long_what_was_told_opens():
    grace = parameters.value("request_grace_days", JUNE)
    assert requests.disclosed_until(answer_due=JUNE) == JUNE + dt.timedelta(days=grace)
    after = parameters.value("disclosure_after_days", JUNE)
    assert requests.kept_open_until(ends_on=JUNE) == JUNE + dt.timedelta(days=after)
    assert requests.service_end(agreed_on=dt.date(2024, 1, 31), month_to=1) == dt.date(2024, 2, 29)
