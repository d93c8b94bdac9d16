"""Tables put forward as proof, kept beside the base counts: they save a search, and are believed in nothing."""

import json

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app
from gza.protection import programme
from gza.protection.assurance import audited, publish
from gza.protection.audit import Shown, audit
from gza.protection.audit.witness import Witnesses
from gza.protection.ledger import Ledger
from gza.protection.release import Before, prepare

from .made import base, keys, published, table
from .test_release import country

runner = CliRunner()
TABLES = ["sex,form", "age_group,form", "sex,citizenship"]


@pytest.fixture
def kept(tmp_path):
    """A release with its ledger, and the tables that were put forward for it."""
    counts = country(2, 60)
    with Ledger.open(tmp_path / "ledger", secret=bytes(32), at="x") as ledger:
        made = prepare(counts, specs=programme.asked(TABLES, counts), before=Before.of(ledger), seconds=5)
        made = audited(made, ledger)
        publish(made, ledger, target=tmp_path / "r.json", at="x")
    return tmp_path, made


def audit_of(place, name="r.json"):
    return runner.invoke(app, ["audit", str(place / name), "--ledger", str(place / "ledger")])


def test_they_are_kept_and_come_back_as_they_were(kept):
    place, made = kept
    private = json.loads((place / "ledger/base/0002.json").read_text("utf-8"))
    assert made.shown is not None
    assert made.shown.moves
    assert Shown.from_json(private["shown"]) == made.shown
    assert "shown" not in (place / "r.json").read_text("utf-8")


def test_a_later_audit_finds_them_and_need_not_search(kept, monkeypatch):
    place, _ = kept
    asked = []
    real = Witnesses._stretch
    monkeypatch.setattr(Witnesses, "_stretch", lambda *a, **k: asked.append(1) or real(*a, **k))
    assert audit_of(place).exit_code == 0
    assert asked == []


def test_a_release_with_one_cell_more_in_print_is_still_broken(kept):
    place, made = kept
    values = {json.dumps(dict(one.key)): made.base.count(["2021"], {n: (c,) for n, c in one.key.items() if c != "*"})
              for each in made.release.tables for one in each.cells}  # fmt: skip
    said = json.loads((place / "r.json").read_text("utf-8"))
    opened = 0
    for each in said["tables"]:
        for cell in each["cells"]:
            if cell["value"] is None and 0 < values[json.dumps(cell["key"])] < 3:
                cell["value"] = values[json.dumps(cell["key"])]
                opened += 1
    assert opened
    (place / "s.json").write_text(json.dumps(said), "utf-8")
    done = audit_of(place, "s.json")
    assert done.exit_code == 1
    assert "NOT RECORDED" in done.stdout
    assert "ATTACK" in done.stdout


def test_proofs_changed_by_hand_are_refused(kept):
    place, _ = kept
    path = place / "ledger/base/0002.json"
    said = json.loads(path.read_text("utf-8"))
    said["shown"]["moves"] = said["shown"]["moves"][1:]
    path.write_text(json.dumps(said), "utf-8")
    done = audit_of(place)
    assert done.exit_code != 0
    assert "was changed" in done.stderr.replace("\n", " ")


@pytest.mark.parametrize("move", [{"alone": -1}, {"alone": -1, "beside": 1}, {"alone": -5, "beside": 5}])
def test_a_table_that_does_not_fit_what_is_printed_proves_nothing(move):
    """One man alone is suppressed, and given away by the total; moves that would hide him break a printed sum."""
    counts = base({"sex": ["f", "m"]}, {("2021", "f"): 9, ("2021", "m"): 1})
    one = published(counts, table(counts, ("sex",), ("2021",), keys({"sex": "m"})))
    names = {"alone": (("2021", 1), ("m",)), "beside": (("2021", 1), ("f",))}
    truth = {names["beside"]: 9, names["alone"]: 1}
    lie = Shown(("sex",), truth, [{names[where]: by for where, by in move.items()}])
    found = audit(one, shown=lie)
    assert not found.withstood
    assert found.blocking == audit(one).blocking
