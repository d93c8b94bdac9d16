"""Whatever stands in the ledger, the auditor reads a sentence, in both languages."""

import re

import pytest
from django.utils import translation

import gza
from gza.web.shell import verbs
from tests.web.test_reads import ROOT as WEB

ROOT = WEB.parent
OF_AN_ACT = re.compile(r'\b(?:act|opening|weighed|on_case|by_fund)\(\s*"([a-z_]+\.[a-z_]+)"')


def spoken() -> set[str]:
    """The verbs that the source names where an act or an opening begins."""
    return {verb for path in ROOT.rglob("*.py") for verb in OF_AN_ACT.findall(path.read_text(encoding="utf-8"))}


def test_the_verbs_are_found() -> None:
    assert gza.__file__.startswith(str(ROOT))
    assert {"accounts.sign_in", "statistics.previewed", "vault.founded", "cases.open", "plans.request_end"} <= spoken()


@pytest.mark.parametrize("verb", sorted(spoken()))
def test_an_event_has_its_sentence(verb: str) -> None:
    with translation.override("en"):
        english = str(verbs.words(verb))
    with translation.override("ka"):
        georgian = str(verbs.words(verb))
    assert verb != english != georgian
