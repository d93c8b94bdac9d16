"""What is late, and with whom."""

import datetime as dt

import pytest

from gza.law import parameters
from gza.law.overview import TERMS, days_late, due, lateness, with_whom
from gza.law.stages import PARTIES, Party, Stage

pytestmark = pytest.mark.clause("S4.1")

FRIDAY = dt.date(2024, 9, 6)
DAY = dt.timedelta(days=1)


def test_the_fund_designates_within_its_working_days():
    assert due(stage=Stage.DESIGNATION, since=FRIDAY) == dt.date(2024, 9, 11)


def test_holidays_are_no_working_days():
    before_new_year = dt.date(2024, 12, 31)
    assert due(stage=Stage.DESIGNATION, since=before_new_year) > dt.date(2025, 1, 6)


@pytest.mark.clause("G5")
def test_a_stage_past_its_term_is_late_and_the_funds_own_term_is_the_funds():
    last = due(stage=Stage.AGREED, since=FRIDAY)
    assert lateness(stage=Stage.AGREED, since=FRIDAY, today=last).flags == ("overview.soon",)
    assert lateness(stage=Stage.AGREED, since=FRIDAY, today=last + DAY).flags == ("overview.late", "overview.fund_late")
    assert days_late(stage=Stage.AGREED, since=FRIDAY, today=last) == 0
    assert days_late(stage=Stage.AGREED, since=FRIDAY, today=last + 3 * DAY) == 3


def test_the_workers_term_is_the_workers():
    last = due(stage=Stage.PRIMARY_NEEDS, since=FRIDAY)
    assert lateness(stage=Stage.PRIMARY_NEEDS, since=FRIDAY, today=last + DAY).flags == ("overview.late",)
    assert with_whom(stage=Stage.PRIMARY_NEEDS) == Party.WORKER


def test_a_term_far_away_is_not_mentioned():
    assert lateness(stage=Stage.NEEDS, since=FRIDAY, today=FRIDAY + DAY).flags == ()


def test_a_person_who_is_thinking_is_never_late():
    assert with_whom(stage=Stage.REINTEGRATION_CONSENT) == Party.BENEFICIARY
    assert due(stage=Stage.REINTEGRATION_CONSENT, since=FRIDAY) is None
    assert lateness(stage=Stage.REINTEGRATION_CONSENT, since=FRIDAY, today=FRIDAY + 900 * DAY).flags == ()
    assert days_late(stage=Stage.REINTEGRATION_CONSENT, since=FRIDAY, today=FRIDAY + 900 * DAY) == 0


def test_every_term_is_a_parameter_of_ours_in_working_days():
    for name in TERMS.values():
        one = parameters.parameter(name, FRIDAY)
        assert (one.unit, one.ours) == ("working_days", True)


def test_no_term_runs_for_the_beneficiary_or_the_deciding_body():
    assert not {stage for stage in TERMS if with_whom(stage=stage) in {Party.BENEFICIARY, Party.BODY}}


def test_every_party_has_a_name():
    assert set(PARTIES) == set(Party)
