"""The status decision, and what no rule may ask about the person."""

import dataclasses

import pytest

from gza.law import equality, rules, status
from gza.law.stages import CaseFacts
from gza.law.status import DecidingBody, StatusKind
from gza.law.verdicts import ALLOWED, Verdict

GROUP, POLICE = DecidingBody.PERMANENT_GROUP, DecidingBody.LAW_ENFORCEMENT


@pytest.mark.clause("S3.1")
@pytest.mark.parametrize(
    ("kind", "body"), [(StatusKind.VICTIM, GROUP), (StatusKind.STATUTORY_VICTIM, POLICE), ("victim", "permanent_group")]
)
def test_each_status_is_granted_by_its_own_body(kind, body):
    assert status.decision(kind=kind, body=body)


@pytest.mark.clause("S3.1")
@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (StatusKind.VICTIM, POLICE, "status.other_body"),
        (StatusKind.STATUTORY_VICTIM, GROUP, "status.other_body"),
        (StatusKind.PRESUMED, GROUP, "status.no_decision"),
        ("presumed", "permanent_group", "status.no_decision"),
    ],
)
def test_a_decision_of_another_body_or_none_is_refused(kind, body, code):
    assert status.decision(kind=kind, body=body).code == code


@pytest.mark.clause("S3.1")
def test_the_two_statuses_are_never_merged():
    merged = status.kept_apart(recorded=StatusKind.VICTIM, correction=StatusKind.STATUTORY_VICTIM)
    assert merged.code == "status.merged"
    assert not status.kept_apart(recorded=StatusKind.STATUTORY_VICTIM, correction=StatusKind.VICTIM)
    assert status.kept_apart(recorded=StatusKind.VICTIM, correction=StatusKind.VICTIM)


@pytest.mark.clause("S3.1")
def test_each_of_the_two_statuses_is_in_force_once():
    assert status.once(already=False)
    assert status.once(already=True).code == "status.already"


@pytest.mark.clause("S3.1")
def test_there_is_no_reintegration_plan_before_status():
    assert status.reintegration_open(kind=StatusKind.PRESUMED).code == "status.not_yet"
    assert not status.reintegration_open(kind="presumed")
    assert status.reintegration_open(kind=StatusKind.VICTIM)
    assert status.reintegration_open(kind=StatusKind.STATUTORY_VICTIM)


@pytest.mark.clause("S3.1", "G1")
def test_a_decision_known_before_its_paper_comes_is_recorded_and_flagged():
    assert status.recorded(has_document=True).flags == ()
    assert status.recorded(has_document=False).flags == ("status.document_missing",)
    assert status.may_record(kind=StatusKind.VICTIM, body=GROUP, has_document=False).flags == (
        "status.document_missing",
    )


@pytest.mark.clause("S3.1")
def test_a_presumed_victim_is_received_and_marked_as_such():
    assert status.received(kind=StatusKind.PRESUMED).flags == ("status.received_early",)
    assert status.received(kind=StatusKind.VICTIM).flags == ()


@pytest.mark.clause("S0.2")
def test_nothing_rests_on_shelter_or_cooperation():
    assert equality.reads_neither(facts=["kind", "consents"])
    for fact in ("in_shelter", "cooperates"):
        assert equality.reads_neither(facts=["kind", fact]).clause == "S0.2"


@pytest.mark.clause("S0.2")
def test_no_rule_and_no_fact_of_the_road_reads_them():
    read = {name for found in rules.load().values() for name in found.facts}
    read |= {field.name for field in dataclasses.fields(CaseFacts)}
    assert equality.reads_neither(facts=read)


@pytest.mark.clause("S0.2")
def test_a_rule_that_reads_them_stops_the_programme(monkeypatch):
    monkeypatch.setattr(rules, "RULES", dict(rules.load()))

    @rules.rule("S0.1")
    def unjust(*, cooperates: bool) -> Verdict:
        """Ask what must not be asked."""
        return ALLOWED

    with pytest.raises(TypeError, match=r"S0\.2"):
        rules.load()
