"""Who signs for whom."""

import datetime as dt

import pytest

from gza.law import representative
from gza.law.representative import age, could_be_minor, is_minor

DAY = dt.date(2024, 5, 6)
SIGNING = {
    "minor": True, "represented": True, "guardianship_body": False, "checked": True, "conflict": False,
    "court_decision": False, "assent_recorded": True,
}  # fmt: skip


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (dt.date(2006, 5, 6), DAY, 18),
        (dt.date(2006, 5, 7), DAY, 17),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18),
    ],
)
def test_age_is_completed_years(born, on, years):
    assert age(born=born, on=on) == years
    assert is_minor(born=born, on=on) is (years < 18)


@pytest.mark.clause("S7.8")
def test_when_only_the_year_is_known_doubt_protects_the_child():
    assert could_be_minor(birth_year=2006, on=DAY)
    assert not could_be_minor(birth_year=2005, on=DAY)


@pytest.mark.clause("S7.8", "S0.1")
def test_a_representative_consents_for_a_minor():
    assert representative.present(minor=True, represented=True)
    assert representative.present(minor=False, represented=False)
    assert representative.present(minor=True, represented=False).code == "representative.absent"


@pytest.mark.clause("S7.8")
def test_a_representative_is_checked_for_conflict_of_interest():
    usual = {"represented": True, "guardianship_body": False}
    assert representative.unconflicted(**usual, checked=True, conflict=False)
    assert representative.unconflicted(**usual, checked=False, conflict=False).code == "representative.unchecked"
    assert representative.unconflicted(**usual, checked=True, conflict=True).code == "representative.conflict"


@pytest.mark.clause("S7.8")
def test_the_guardianship_body_replaces_a_conflicted_representative():
    assert representative.unconflicted(represented=True, guardianship_body=True, checked=False, conflict=False)
    assert representative.unconflicted(represented=False, guardianship_body=False, checked=False, conflict=False)


@pytest.mark.clause("S7.8")
def test_an_adult_signs_alone_unless_a_court_decided_otherwise():
    assert representative.adult_signs_alone(minor=False, represented=False, court_decision=False)
    assert representative.adult_signs_alone(minor=False, represented=True, court_decision=True)
    assert not representative.adult_signs_alone(minor=False, represented=True, court_decision=False)


@pytest.mark.clause("S7.8")
def test_a_childs_assent_is_separate_and_its_lack_flagged():
    assert representative.assent(minor=True, assent_recorded=True).flags == ()
    assert representative.assent(minor=False, assent_recorded=False).flags == ()
    assert representative.assent(minor=True, assent_recorded=False).flags == ("representative.assent_missing",)


@pytest.mark.clause("S7.8", "S0.1")
def test_signing_asks_every_rule_of_it():
    assert representative.may_sign(**SIGNING).flags == ()
    assert representative.may_sign(**{**SIGNING, "assent_recorded": False}).flags == ("representative.assent_missing",)
    refused = {
        "representative.absent": {"represented": False},
        "representative.unchecked": {"checked": False},
        "representative.conflict": {"conflict": True},
        "representative.adult": {"minor": False},
    }
    for code, change in refused.items():
        assert representative.may_sign(**{**SIGNING, **change}).code == code
