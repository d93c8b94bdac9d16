"""Whatever an act of a case is called, people read a sentence."""

import re
from pathlib import Path

from gza.web.cases.verbs import VERBS

ROOT = Path(__file__).resolve().parents[3] / "gza"


def test_every_act_on_a_case_and_every_opening_of_it_has_its_sentence() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for app in ("cases", "plans", "web")
        for path in sorted((ROOT / app).rglob("*.py"))
    )
    verbs = set(re.findall(r'on_case\(\s*"([a-z_.]+)"', source)) | set(
        re.findall(r'ledger\.act\(\s*"([a-z_.]+)"', source)
    )
    verbs |= set(re.findall(r'ledger\.opening\(\s*"([a-z_.]+)", [^)]*case=', source))
    assert len(verbs) > 25
    assert sorted(verbs - VERBS.keys()) == []
