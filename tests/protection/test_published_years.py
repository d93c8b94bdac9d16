"""The figures published for 2016 to 2018 (US Trafficking in Persons reports), and GRETA's total for 2015 to 2019."""

import json

import pytest
from typer.testing import CliRunner

from gza.cli.statistics import app
from gza.protection.consistency import check
from gza.protection.documents import figures as read

from .attacker import Attacker

YEARS = ["2015", "2016", "2017", "2018", "2019"]
DIMENSIONS = {
    "year": YEARS,
    "sex": ["female", "male"],
    "age_group": ["adult", "child"],
    "form": ["begging", "labour", "sexual"],
    "route": ["permanent group", "police"],
}
TIP18, TIP19, GRETA = "TIP report 2018", "TIP report 2019", "GRETA"
PUBLISHED = [
    ("2016", {}, 3, TIP18),
    ("2016", {"sex": ["female"]}, 3, TIP18),
    ("2016", {"form": ["sexual"]}, 3, TIP18),
    ("2017", {}, 12, TIP18),
    ("2017", {"sex": ["female"]}, 12, TIP18),
    ("2017", {"age_group": ["child"]}, 1, TIP18),
    ("2017", {"form": ["sexual"]}, 10, TIP18),
    ("2017", {"form": ["labour"]}, 2, TIP18),
    ("2017", {"route": ["police"]}, 8, TIP18),
    ("2017", {"route": ["permanent group"]}, 4, TIP18),
    ("2018", {}, 5, TIP19),
    ("2018", {"sex": ["female"]}, 5, TIP19),
    ("2018", {"age_group": ["child"]}, 2, TIP19),
    ("2018", {"form": ["sexual"]}, 3, TIP19),
    ("2018", {"form": ["begging"]}, 2, TIP19),
    ("2018", {"route": ["police"]}, 5, TIP19),
]


def published(**changed):
    figures = [
        {"where": {"year": [year], **where}, "value": changed.get(f"n{n}", value), "source": source}
        for n, (year, where, value, source) in enumerate(PUBLISHED)
    ]
    return {
        "dimensions": DIMENSIONS,
        "figures": [*figures, {"where": {}, "value": changed.get("all", 66), "source": GRETA}],
    }


def test_all_of_them_can_be_true():
    found = check(read(published()))
    assert found.consistent
    assert found.conflict == ()


def test_what_they_give_away():
    """No man in three years, nobody begging before 2018, no labour in 2018, nobody by the Permanent Group in 2018."""
    found = check(read(published()))
    assert {cell.value for cell in found.pinned} == {0}
    given = [cell.key for cell in found.pinned]

    def told(key):
        year = key["year"]
        return year in {"2016", "2017", "2018"} and (
            key["sex"] == "male"
            or (year == "2016" and key["form"] != "sexual")
            or (year == "2017" and key["form"] == "begging")
            or (year == "2018" and (key["form"] == "labour" or key["route"] == "permanent group"))
        )

    crossed = [
        {"year": year, "sex": sex, "age_group": age, "form": form, "route": route}
        for year in YEARS
        for sex in DIMENSIONS["sex"]
        for age in DIMENSIONS["age_group"]
        for form in DIMENSIONS["form"]
        for route in DIMENSIONS["route"]
    ]
    assert given == [key for key in crossed if told(key)]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"n6": 11}, {3, 6, 7}),  # eleven and two are more than twelve
        ({"n5": 13}, {3, 5}),
        ({"n9": 3}, {3, 8, 9}),
        ({"n12": 6}, {10, 12}),
        ({"all": 19}, {0, 3, 10, 16}),  # the three years together have twenty
    ],
)
def test_a_wrong_figure_is_named_with_the_fewest_that_belie_it(changed, named):
    found = check(read(published(**changed)))
    assert not found.consistent
    assert found.proven
    assert len(found.conflict) == len(named)
    wrong = {16 if name == "all" else int(name[1:]) for name in changed}
    assert wrong <= set(found.conflict)


def microdata() -> list[tuple[str, ...]]:
    """Records with these margins: year, sex, age group, citizenship, form."""
    women = [
        *[("2016", "adult", "sexual")] * 3,
        *[("2017", "adult", "sexual")] * 9,
        ("2017", "child", "sexual"),
        *[("2017", "adult", "labour")] * 2,
        *[("2018", "adult", "sexual")] * 3,
        *[("2018", "child", "begging")] * 2,
    ]
    return [
        (year, "female", age, "foreign" if n % 3 else "georgian", form) for n, (year, age, form) in enumerate(women)
    ]


@pytest.fixture
def made(tmp_path):
    """A release over the three years, with the published figures already in the ledger."""
    data = tmp_path / "microdata.csv"
    lines = ["year,sex,age_group,citizenship,form", *(",".join(record) for record in microdata())]
    data.write_text("\n".join(lines) + "\n", "utf-8")
    said = published()
    said["figures"] = [one for one in said["figures"] if "route" not in one["where"]]
    figures = tmp_path / "figures.json"
    figures.write_text(json.dumps(said), "utf-8")
    ledger, out = tmp_path / "ledger", tmp_path / "release.json"
    runner = CliRunner()
    recorded = runner.invoke(app, ["record", str(figures), "--ledger", str(ledger)])
    assert recorded.exit_code == 0, recorded.stderr
    words = ["release", "--microdata", str(data), "--ledger", str(ledger), "--out", str(out)]
    done = runner.invoke(app, [*words, "--tables", "sex,form", "sex,age_group", "age_group,form", "sex,citizenship"])
    assert done.exit_code == 0, done.stderr
    return runner, ledger, out


def test_a_release_with_these_margins_withstands_the_audit(made):
    runner, ledger, out = made
    done = runner.invoke(app, ["audit", str(out), "--ledger", str(ledger)])
    assert done.exit_code == 0, done.stdout


def test_a_release_with_these_margins_withstands_an_attacker(made):
    _, _, out = made
    names = ("sex", "age_group", "citizenship", "form")
    attacker = Attacker(["year", *names], microdata())
    for year, where, value, _ in PUBLISHED:
        if "route" not in where:
            attacker.hears([year], where, value)
    known = [*attacker.policy(), *attacker.rows]
    attacker.reads(json.loads(out.read_text("utf-8")))
    assert attacker.small
    assert attacker.leaks(known) == []


def test_a_release_changed_by_hand_is_refused(made):
    runner, ledger, out = made
    said = json.loads(out.read_text("utf-8"))
    hidden = [cell for table in said["tables"] for cell in table["cells"] if cell["value"] is None]
    if hidden:
        hidden[0]["value"] = 1
    else:
        said["tables"][0]["cells"][0]["value"] += 1
    out.write_text(json.dumps(said), "utf-8")
    done = runner.invoke(app, ["audit", str(out), "--ledger", str(ledger)])
    assert done.exit_code == 1
    assert "NOT RECORDED" in done.stdout
    assert "ATTACK" in done.stdout


def test_a_ledger_changed_by_hand_is_refused(made):
    runner, ledger, out = made
    for path in sorted(ledger.rglob("*.json*")):
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"2017", b"2018", 1))
        if path.read_bytes() != whole:
            done = runner.invoke(app, ["audit", str(out), "--ledger", str(ledger)])
            assert done.exit_code == 2, path
            assert done.stdout == ""
        path.write_bytes(whole)
    assert runner.invoke(app, ["audit", str(out), "--ledger", str(ledger)]).exit_code == 0
