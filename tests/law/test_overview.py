"""What is late, and with whom."""

import datetime as dt

import pytest

from gza.law import parameters
from gza.law.overview import TERMS, days_late, lateness, term, with_whom
from gza.law.stages import PARTIES, Party, Stage

pytestmark = pytest.mark.clause("S4.1")

SINCE, DUE = dt.date(2024, 9, 6), dt.date(2024, 9, 20)
DAY = dt.timedelta(days=1)


def test_each_term_is_the_one_in_force_when_the_stage_was_entered():
    assert term(stage=Stage.DESIGNATION, since=SINCE) == parameters.value("fund_designation_working_days", SINCE)


@pytest.mark.clause("G5")
def test_a_stage_past_its_term_is_late_and_the_funds_own_term_is_the_funds():
    assert lateness(stage=Stage.AGREED, due=DUE, today=DUE).flags == ("overview.soon",)
    assert lateness(stage=Stage.AGREED, due=DUE, today=DUE + DAY).flags == ("overview.late", "overview.fund_late")


def test_the_workers_term_is_the_workers():
    assert lateness(stage=Stage.PRIMARY_NEEDS, due=DUE, today=DUE + DAY).flags == ("overview.late",)
    assert with_whom(stage=Stage.PRIMARY_NEEDS) == Party.WORKER


def test_days_late_are_counted_from_the_last_day_in_time():
    assert [days_late(due=DUE, today=DUE + number * DAY) for number in (-5, 0, 1, 3)] == [0, 0, 1, 3]


def test_a_term_far_away_is_not_mentioned():
    assert lateness(stage=Stage.NEEDS, due=DUE, today=DUE - 4 * DAY).flags == ()
    assert lateness(stage=Stage.NEEDS, due=DUE, today=DUE - 3 * DAY).flags == ("overview.soon",)


def test_a_person_who_is_thinking_is_never_late():
    assert with_whom(stage=Stage.REINTEGRATION_CONSENT) == Party.BENEFICIARY
    assert term(stage=Stage.REINTEGRATION_CONSENT, since=SINCE) is None
    assert lateness(stage=Stage.REINTEGRATION_CONSENT, due=None, today=SINCE + 900 * DAY).flags == ()
    assert days_late(due=None, today=SINCE + 900 * DAY) == 0


def test_every_term_is_a_parameter_of_ours_in_working_days():
    for name in TERMS.values():
        one = parameters.parameter(name, SINCE)
        assert (one.unit, one.ours) == ("working_days", True)


def test_no_term_runs_for_the_beneficiary_or_the_deciding_body():
    assert not {stage for stage in TERMS if with_whom(stage=stage) in {Party.BENEFICIARY, Party.BODY}}


def test_every_party_has_a_name():
    assert set(PARTIES) == set(Party)
