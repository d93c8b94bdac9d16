"""Rehabilitation: free, from designation on, waiting for no plan."""

import datetime as dt
import inspect

import pytest

from gza.law import rehabilitation
from gza.law.consent import Consent, Scope

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
CARE = [Consent(Scope.REHABILITATION, MAY)]


@pytest.mark.clause("S0.3")
def test_rehabilitation_costs_the_beneficiary_nothing():
    assert rehabilitation.free(charged_tetri=0)
    assert rehabilitation.free(charged_tetri=1).clause == "S0.3"


@pytest.mark.clause("S0.3", "S7.2")
def test_rehabilitation_is_open_from_the_day_of_designation():
    assert rehabilitation.from_designation(designated_on=MAY, on=MAY)
    assert not rehabilitation.from_designation(designated_on=JUNE, on=MAY)
    assert rehabilitation.from_designation(designated_on=None, on=MAY).code == "rehabilitation.no_worker"


@pytest.mark.clause("S0.3")
def test_rehabilitation_asks_for_no_plan():
    assert not [name for name in inspect.signature(rehabilitation.may_request).parameters if "plan" in name]


@pytest.mark.clause("S7.2")
def test_the_designated_worker_identifies_the_primary_needs():
    assert rehabilitation.needs_by_designated(by_designated_worker=True)
    assert not rehabilitation.needs_by_designated(by_designated_worker=False)


@pytest.mark.clause("S0.3", "G1")
def test_a_service_the_beneficiary_paid_for_is_recorded_and_flagged():
    assert rehabilitation.given(charged_tetri=0).flags == ()
    assert rehabilitation.given(charged_tetri=500).flags == ("rehabilitation.charged",)


@pytest.mark.clause("S0.1", "S0.3", "S7.2")
def test_requesting_a_service_asks_every_rule_of_it():
    asked = {"consents": CARE, "designated_on": MAY, "charged_tetri": 0, "on": JUNE}
    assert rehabilitation.may_request(**asked)
    assert rehabilitation.may_request(**{**asked, "designated_on": None}).code == "rehabilitation.no_worker"
    assert rehabilitation.may_request(**{**asked, "consents": []}).code == "consent.rehabilitation_missing"
    assert rehabilitation.may_request(**{**asked, "charged_tetri": 100}).code == "rehabilitation.cost"


@pytest.mark.clause("S0.1", "S7.2")
def test_primary_needs_follow_designation_and_consent():
    asked = {"consents": CARE, "designated_on": MAY, "by_designated_worker": True, "on": JUNE}
    assert rehabilitation.may_identify_needs(**asked)
    refused = {
        "rehabilitation.no_worker": {"designated_on": None},
        "rehabilitation.not_designated": {"by_designated_worker": False},
        "consent.rehabilitation_missing": {"consents": []},
    }
    for code, change in refused.items():
        assert rehabilitation.may_identify_needs(**{**asked, **change}).code == code


@pytest.mark.clause("G1", "S0.1", "S0.3")
def test_what_was_given_is_recorded_whatever_is_lacking():
    verdict = rehabilitation.may_record_given(consents=[], charged_tetri=500, on=JUNE)
    assert verdict
    assert verdict.flags == ("consent.missing_at_service", "rehabilitation.charged")
