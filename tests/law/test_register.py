"""The register of requirements and the registry of rules."""

from importlib import import_module

import pytest

from gza.law import rules
from gza.law.register import CLAUSES, DOCUMENTS
from gza.law.verdicts import ALLOWED, DENIALS, FLAGS, Allowed, Denied, Text, Verdict, denial, explain, flag, together

REGISTER = """
G1 G2 G3 G4 G5 G6 S0.1 S0.2 S0.3 S0.4 S1.1 S1.2 S2.1 S3.1 S3.2 S3.3 S3.4a S3.4b S3.5 S4.1 S4.2 S4.3 S4.4 S4.5
S5.1 S5.2 S5.3 S5.4 S5.5 S5.6 S6.1 S7.1 S7.2 S7.3 S7.4 S7.5 S7.6 S7.7 S7.8 S7.9 S7.10 S7.11 S7.12 S8.1 S8.2
N0.1 N0.2 N0.3 N1.1 N1.2 N2.1 N2.2 N3.1 N3.2 N4.1 N4.2 N4.3 N5.1 N6.1 N6.2 N6.3 N6.4
"""
FIRST_HALF = """
G1 G2 G3 G4 G5 G6 S0.1 S0.2 S0.3 S1.1 S3.1 S3.2 S3.3 S3.4a S3.4b S4.1 S4.2 S4.3 S4.4 S5.1 S5.2 S6.1 S7.1 S7.2
S7.3 S7.4 S7.5 S7.7 S7.8 S7.10 N0.1 N0.2 N0.3
"""
GEORGIAN = range(0x10D0, 0x1100)


def georgian(text: str) -> bool:
    return any(ord(letter) in GEORGIAN for letter in text)


def test_every_clause_of_the_register_is_known_in_its_order():
    assert list(CLAUSES) == REGISTER.split()


def test_every_clause_has_a_title_in_both_languages_and_a_document():
    for clause in CLAUSES.values():
        assert georgian(clause.title.ka), clause.id
        assert clause.title.en, clause.id
        assert not georgian(clause.title.en), clause.id
        assert clause.document == clause.id[0]
        assert clause.document in DOCUMENTS


def test_only_rows_that_define_terms_are_structure():
    assert [clause.id for clause in CLAUSES.values() if clause.kind == "structure"] == ["S2.1"]


def test_every_rule_names_its_clauses_and_says_in_a_line_what_it_holds():
    for found in rules.load().values():
        assert found.clauses
        assert found.summary.endswith((".", "..."))
        assert found.facts


def test_every_clause_of_the_first_half_of_the_road_has_a_rule():
    ruled = rules.by_clause()
    for id_ in FIRST_HALF.split():
        assert ruled[id_], id_


def test_every_refusal_and_flag_speaks_both_languages_and_cites_a_clause():
    rules.load()
    for denied in DENIALS.values():
        assert denied.clause in CLAUSES, denied.code
        assert denied.remedy, denied.code
        for text in (denied.message, *denied.remedy):
            assert georgian(text.ka), denied.code
            assert text.en, denied.code
            assert not georgian(text.en), denied.code
            assert "!" not in text.ka + text.en, denied.code
    for one in FLAGS.values():
        assert one.clause in CLAUSES
        assert georgian(one.text.ka)


def test_a_refusal_cites_a_clause_that_a_rule_speaks_for():
    ruled = rules.by_clause()
    for denied in DENIALS.values():
        assert ruled[denied.clause] or "_not_from_" in denied.code, denied.code


def test_the_dotted_name_of_a_rule_leads_to_it():
    for name in rules.load():
        module, _, path = name.removeprefix("gza.law.").partition(".")
        found = import_module(f"gza.law.{module}")
        for part in path.split("."):
            found = getattr(found, part)
        assert callable(found), name


def test_a_rule_lifted_allows_everything_and_only_while_it_is_lifted():
    from gza.law.needs import prioritised

    assert not prioritised(priority=None)
    with rules.lifted("gza.law.needs.prioritised"):
        assert prioritised(priority=None)
    assert not prioritised(priority=None)


def test_a_rule_that_does_not_exist_cannot_be_lifted():
    with pytest.raises(KeyError), rules.lifted("gza.law.needs.nothing"):
        pass


def _wrong(*clauses: str, documented: bool = True, positional: bool = False) -> None:
    def by_position(fact: int) -> Verdict:
        """Said."""
        return ALLOWED

    def by_name(*, fact: int) -> Verdict:
        """Said."""
        return ALLOWED

    function = by_position if positional else by_name
    if not documented:
        function.__doc__ = None
    rules.rule(*clauses)(function)


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses": ()},
        {"clauses": ("S9.9",)},
        {"clauses": ("S2.1",)},
        {"clauses": ("S5.2",), "documented": False},
        {"clauses": ("S5.2",), "positional": True},
    ],
)
def test_what_is_no_proper_rule_is_not_registered(wrong):
    with pytest.raises(TypeError):
        _wrong(*wrong.pop("clauses"), **wrong)


@pytest.mark.clause("G1")
def test_a_fact_rule_that_refuses_is_an_error_of_ours(monkeypatch):
    monkeypatch.setattr(rules, "RULES", dict(rules.RULES))

    @rules.fact("G1")
    def refuses(*, happened: bool) -> Allowed:
        """Refuse."""
        return Denied("x", "G1", Text("ა", "a"))

    with pytest.raises(TypeError):
        refuses(happened=True)


def test_a_code_is_worded_once():
    rules.load()
    with pytest.raises(ValueError, match="twice"):
        denial("plan.no_items", "S7.3", "ა", "a")
    with pytest.raises(ValueError, match="twice"):
        flag("emergency.given", "S0.1", "ა", "a")


def test_together_gives_the_first_refusal_or_every_flag_once():
    first, second = DENIALS["plan.no_items"], DENIALS["plan.no_needs"]
    assert together(ALLOWED, first, second) is first
    assert together(Allowed(("a", "b")), ALLOWED, Allowed(("b", "c"))) == Allowed(("a", "b", "c"))


def test_a_flag_explains_itself_also_when_it_is_a_refusal_seen_at_take_over():
    assert explain("emergency.given").clause == "S0.1"
    assert explain("designation.before_status").clause == "S7.2"
