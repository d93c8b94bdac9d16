"""Consent, its withdrawal, and emergency help."""

import datetime as dt

import pytest

from gza.law import consent
from gza.law.consent import Consent, Scope, consequences, in_force

MAY, JUNE, JULY = dt.date(2024, 5, 6), dt.date(2024, 6, 3), dt.date(2024, 7, 1)
CARE = Consent(Scope.REHABILITATION, MAY)
RETURN = Consent(Scope.REINTEGRATION, MAY)
TAKING = {
    "scopes": {Scope.REHABILITATION}, "organisations": [], "signed_on_screen": True, "has_scan": False, "told": True,
    "language": "ka", "by_designated_worker": True, "explained_on": None, "given_on": MAY,
}  # fmt: skip


@pytest.mark.clause("S0.1")
def test_rehabilitation_is_allowed_under_its_consent():
    assert consent.rehabilitation(consents=[CARE], on=JUNE)


@pytest.mark.clause("S0.1")
@pytest.mark.parametrize(
    "consents",
    [[], [RETURN], [Consent(Scope.REHABILITATION, JULY)], [Consent(Scope.REHABILITATION, MAY, withdrawn_on=JUNE)]],
    ids=["none at all", "to reintegration only", "given later", "withdrawn that day"],
)
def test_rehabilitation_without_a_consent_in_force_is_refused(consents):
    verdict = consent.rehabilitation(consents=consents, on=JUNE)
    assert not verdict
    assert (verdict.code, verdict.clause) == ("consent.rehabilitation_missing", "S0.1")


@pytest.mark.clause("S3.2", "S0.1")
def test_reintegration_needs_a_consent_of_its_own():
    assert consent.reintegration(consents=[CARE, RETURN], on=JUNE)
    verdict = consent.reintegration(consents=[CARE], on=JUNE)
    assert (verdict.code, verdict.clause) == ("consent.reintegration_missing", "S3.2")


@pytest.mark.clause("S0.1")
def test_a_consent_works_until_the_day_before_its_withdrawal_and_again_once_given_anew():
    first = Consent(Scope.REINTEGRATION, MAY, withdrawn_on=JUNE)
    again = Consent(Scope.REINTEGRATION, JULY)
    for day, covered in ((JUNE - dt.timedelta(days=1), True), (JUNE, False), (JULY, True)):
        assert in_force(consents=[first, again], scope=Scope.REINTEGRATION, on=day) is covered


@pytest.mark.clause("S0.1")
def test_disclosure_is_to_the_organisation_the_person_named_and_to_no_other():
    named = [Consent(Scope.DISCLOSURE, MAY, organisation="warm-hearth")]
    assert consent.disclosure(consents=named, organisation="warm-hearth", on=JUNE)
    assert not consent.disclosure(consents=named, organisation="new-shore", on=JUNE)


@pytest.mark.clause("S0.1")
def test_a_disclosure_consent_without_a_name_discloses_to_nobody():
    assert not consent.disclosure(consents=[Consent(Scope.DISCLOSURE, MAY)], organisation="", on=JUNE)


@pytest.mark.clause("S0.1")
def test_the_withdrawal_for_one_organisation_leaves_the_others():
    both = [
        Consent(Scope.DISCLOSURE, MAY, "warm-hearth", withdrawn_on=JUNE),
        Consent(Scope.DISCLOSURE, MAY, "new-shore"),
    ]
    assert not consent.disclosure(consents=both, organisation="warm-hearth", on=JUNE)
    assert consent.disclosure(consents=both, organisation="new-shore", on=JUNE)


@pytest.mark.clause("S0.1")
def test_a_consent_is_in_writing_on_the_screen_or_on_paper():
    assert consent.written(signed_on_screen=True, has_scan=False)
    assert consent.written(signed_on_screen=False, has_scan=True)
    assert consent.written(signed_on_screen=False, has_scan=False).code == "consent.not_written"


@pytest.mark.clause("S0.1")
def test_a_consent_is_informed_in_a_language_the_person_understands():
    assert consent.informed(told=True, language="ru")
    assert not consent.informed(told=False, language="ru")
    assert not consent.informed(told=True, language=" ")


@pytest.mark.clause("S0.1")
def test_a_consent_says_what_it_covers():
    assert consent.says_what(scopes={Scope.REINTEGRATION})
    assert not consent.says_what(scopes=set())


@pytest.mark.clause("S3.2")
def test_one_paper_does_not_carry_consent_to_rehabilitation_and_to_reintegration():
    assert consent.apart(scopes={Scope.REINTEGRATION, Scope.DISCLOSURE})
    assert consent.apart(scopes={Scope.REHABILITATION, Scope.REINTEGRATION}).code == "consent.not_apart"


@pytest.mark.clause("S0.1", "S3.2")
def test_disclosure_names_each_organisation():
    scopes = {Scope.REINTEGRATION, Scope.DISCLOSURE}
    assert consent.names_organisations(scopes=scopes, organisations=["warm-hearth"])
    assert consent.names_organisations(scopes={Scope.REINTEGRATION}, organisations=[])
    assert not consent.names_organisations(scopes=scopes, organisations=[])
    assert not consent.names_organisations(scopes=scopes, organisations=["warm-hearth", " "])


@pytest.mark.clause("S7.2")
def test_the_designated_worker_takes_the_consent_to_rehabilitation():
    care = {Scope.REHABILITATION}
    assert consent.taken_by_designated(scopes=care, by_designated_worker=True)
    assert consent.taken_by_designated(scopes=care, by_designated_worker=False).clause == "S7.2"
    assert consent.taken_by_designated(scopes={Scope.REINTEGRATION}, by_designated_worker=False)


@pytest.mark.clause("S7.4")
def test_consent_to_reintegration_follows_the_explanation():
    scopes = {Scope.REINTEGRATION}
    assert consent.explained_before(scopes=scopes, explained_on=MAY, given_on=MAY)
    assert not consent.explained_before(scopes=scopes, explained_on=None, given_on=MAY)
    assert not consent.explained_before(scopes=scopes, explained_on=JUNE, given_on=MAY)
    assert consent.explained_before(scopes={Scope.REHABILITATION}, explained_on=None, given_on=MAY)


@pytest.mark.clause("S7.4")
def test_an_explanation_says_what_in_which_language_and_by_whom():
    told = {"what": "the plan", "language": "ka", "by_whom": "the worker"}
    assert consent.explanation(**told)
    for part in told:
        assert not consent.explanation(**{**told, part: " "}), part


@pytest.mark.clause("S0.1", "G1")
def test_a_service_given_without_consent_is_recorded_and_flagged():
    assert consent.service_given(consents=[CARE], scope=Scope.REHABILITATION, on=JUNE).flags == ()
    without = consent.service_given(consents=[], scope=Scope.REHABILITATION, on=JUNE)
    assert without
    assert without.flags == ("consent.missing_at_service",)


@pytest.mark.clause("S0.1")
def test_a_withdrawal_is_never_refused_also_by_word_of_mouth():
    assert consent.withdrawal(in_writing=True, heard_by="").flags == ()
    assert consent.withdrawal(in_writing=False, heard_by="worker").flags == ("consent.withdrawn_orally",)
    assert consent.withdrawal(in_writing=False, heard_by="").flags == (
        "consent.withdrawn_orally",
        "consent.withdrawn_unnamed",
    )


@pytest.mark.clause("S0.1", "G1")
def test_emergency_help_is_always_recordable_with_ground_person_and_time():
    assert consent.emergency_help(ground="bleeding", person="doctor", has_time=True).flags == ("emergency.given",)
    for lacking in ({"ground": ""}, {"person": " "}, {"has_time": False}):
        verdict = consent.emergency_help(**{"ground": "bleeding", "person": "doctor", "has_time": True, **lacking})
        assert verdict
        assert "emergency.incomplete" in verdict.flags


@pytest.mark.clause("S0.1", "S3.2", "S7.2", "S7.4")
def test_taking_a_consent_asks_every_rule_of_it():
    assert consent.may_take(**TAKING)
    returning = {**TAKING, "scopes": {Scope.REINTEGRATION, Scope.DISCLOSURE}, "organisations": ["a"]}
    assert consent.may_take(**{**returning, "explained_on": MAY})
    refused = {
        "consent.nothing": {"scopes": set()},
        "consent.not_apart": {"scopes": {Scope.REHABILITATION, Scope.REINTEGRATION}},
        "consent.no_organisation": {"scopes": {Scope.DISCLOSURE}},
        "consent.other_worker": {"by_designated_worker": False},
        "consent.not_explained": {"scopes": {Scope.REINTEGRATION}},
        "consent.not_informed": {"told": False},
        "consent.not_written": {"signed_on_screen": False},
    }
    for code, change in refused.items():
        assert consent.may_take(**{**TAKING, **change}).code == code


@pytest.mark.clause("S0.1")
def test_a_withdrawal_suspends_the_plan_stops_requests_and_pays_what_was_done():
    codes = [one.code for one in consequences(scope=Scope.REINTEGRATION, disclosed=True, has_plan=True)]
    assert codes == [
        "withdrawal.requests_stop",
        "withdrawal.return_or_delete",
        "withdrawal.plan_suspended",
        "withdrawal.done_is_paid",
    ]


@pytest.mark.clause("S0.1")
def test_the_withdrawal_of_one_scope_does_not_touch_the_other():
    codes = [one.code for one in consequences(scope=Scope.REHABILITATION, disclosed=False, has_plan=True)]
    assert codes == ["withdrawal.rehabilitation_stops", "withdrawal.done_is_paid"]
    codes = [one.code for one in consequences(scope=Scope.DISCLOSURE, disclosed=True, has_plan=True)]
    assert codes == ["withdrawal.disclosure_stops", "withdrawal.return_or_delete"]
