"""For every attack a release made vulnerable to it on purpose, which must be caught; and sound ones that must pass."""

import json

import pytest

from gza.protection.audit import ATTACKS, Ratio, audit
from gza.protection.model import Figure, Figures, Unit

from .made import base, keys, none_shown, published, table

TWO = {"sex": ("female", "male"), "form": ("begging", "labour", "sexual")}


def country(*counts: int, year: str = "2021", unit: Unit = Unit.PERSON, dimensions=TWO):
    """Counts of female begging, labour, sexual, then male, of one year."""
    places = [(year, sex, form) for sex in dimensions["sex"] for form in dimensions["form"]]
    return base(dimensions, {place: n for place, n in zip(places, counts, strict=True) if n}, unit)


def several(**years):
    counts = {}
    for year, listed in years.items():
        counts.update(country(*listed, year=year.strip("y")).counts)
    return base(TWO, counts)


def caught(findings) -> set[str]:
    assert not findings.withstood
    assert {one.attack for one in findings.blocking} <= set(ATTACKS)
    return {one.attack for one in findings.blocking}


SOUND = country(5, 9, 2, 6, 1, 8)  # female sexual 2 and male labour 1 are small


def hides(key):
    """A pattern that holds: all but the margins."""
    return "*" not in key.values()


def corners(key):
    """Four cells of a square, two and two."""
    return key["sex"] != "*" and key["form"] in {"begging", "sexual"}


THREE = {"sex": ("f", "m"), "age": ("a", "b", "c"), "form": ("l", "s", "t")}


def spelled(dimensions, **counts):
    """Base counts by first letters: ``fas=5`` is female, a, s."""
    return base(dimensions, {("2021", *cell): n for cell, n in counts.items()})


def open_to_all(_key):
    return False


def test_a_sound_release_withstands_every_attack():
    found = audit(published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides)))
    assert found.blocking == ()
    assert found.withstood
    assert found.pinned == ()


def test_the_certificate_tells_nothing_of_the_counts():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    said = audit(one).certificate()
    assert set(said) == {"withstood", "bounds", "pinned", "fingerprints"}
    assert said["withstood"] == list(ATTACKS)
    other = country(6, 9, 1, 5, 1, 9)  # prints the same values
    same = audit(published(other, table(other, ("sex", "form"), ("2021",), hides)))
    assert same.certificate() == said


def test_the_certificate_does_not_tell_which_figures_of_others_were_left_aside():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    figure = Figure({"year": ("2021",), "sex": ("female",)}, 16, "report")
    heard = audit(one, figures=[Figures({"year": ("2021",), **TWO}, (figure,))])
    assert heard.withstood
    assert heard.certificate()["fingerprints"] == audit(one).certificate()["fingerprints"]


def test_a_release_that_fails_has_no_certificate():
    found = audit(published(SOUND, table(SOUND, ("sex", "form"), ("2021",))))
    with pytest.raises(ValueError, match="no certificate"):
        found.certificate()


def test_printed_outright():
    found = audit(published(SOUND, table(SOUND, ("sex", "form"), ("2021",))))
    assert any(one.low == one.high == 2 for one in found.blocking)


def test_row_and_column_subtraction():
    lone = keys({"sex": "female", "form": "sexual"})
    found = audit(published(SOUND, table(SOUND, ("sex", "form"), ("2021",), lone)))
    assert "row and column subtraction" in caught(found)
    one = next(one for one in found.blocking if one.attack == "row and column subtraction")
    assert (one.key, one.interval) == ({"sex": "female", "form": "sexual"}, "2")


def test_an_interval_that_is_not_exact_but_too_narrow():
    """Female labour is printed as small as 1, so that the square bounds its corners to 1 or 2."""
    counts = country(1, 30, 1, 1, 30, 30)
    found = audit(published(counts, table(counts, ("sex", "form"), ("2021",), corners)))
    assert "row and column subtraction" in caught(found)
    assert any(one.low != one.high for one in found.blocking)


def test_linked_tables():
    """Sex by age is hidden; sex by form and age by form show that of the f some must be b."""
    dims = {"sex": ("f", "m"), "age": ("a", "b"), "form": ("l", "s", "t")}
    counts = spelled(dims, fal=8, fas=8, fbl=1, mat=6, mbl=7, mbs=8)
    hidden, *shown = (
        table(counts, pair, ("2021",), how)
        for pair, how in ((("sex", "age"), hides), (("sex", "form"), open_to_all), (("age", "form"), open_to_all))
    )
    for one in shown:
        assert "linked tables" not in {found.attack for found in audit(published(counts, hidden, one)).blocking}
    found = audit(published(counts, hidden, *shown))
    assert caught(found) == {"linked tables"}
    assert {one.interval for one in found.blocking} == {"1 to 16"}


def test_same_cell_printed_and_suppressed():
    hidden = table(SOUND, ("sex", "form"), ("2021",), none_shown)
    found = audit(published(SOUND, hidden, table(SOUND, ("sex",), ("2021",))))
    assert "same cell printed and suppressed" in caught(found)


def test_cumulative_minus_previous():
    counts = several(y2020=(9, 9, 5, 9, 9, 8), y2021=(9, 9, 1, 9, 9, 4))
    second = published(
        counts, table(counts, ("sex", "form"), ("2020", "2021")), number=2, versions={"2020": 1, "2021": 2}
    )
    first = published(counts, table(counts, ("sex", "form"), ("2020",)), versions={"2020": 1})
    assert audit(first).withstood
    found = audit(second, before=[first])
    assert caught(found) == {"cumulative minus previous"}
    assert {one.years for one in found.blocking} == {("2021",)}


def test_rolling_windows():
    counts = several(
        y2019=(9, 9, 4, 9, 9, 8), y2020=(9, 9, 9, 9, 9, 8), y2021=(9, 9, 6, 9, 9, 4), y2022=(9, 9, 1, 9, 9, 9)
    )
    versions = {"2019": 1, "2020": 1, "2021": 1, "2022": 2}
    windows = [("2019", "2020", "2021"), ("2020", "2021", "2022"), ("2019",)]
    pages = [
        published(counts, table(counts, ("sex", "form"), years), number=n, versions={y: versions[y] for y in years})
        for n, years in enumerate(windows, start=1)
    ]
    assert audit(pages[0]).withstood
    found = audit(pages[1], before=[pages[0], pages[2]])
    assert caught(found) == {"rolling windows"}
    assert {one.years for one in found.blocking} == {("2022",)}


def test_revised_minus_old():
    old = country(9, 9, 5, 9, 9, 8)
    new = country(9, 9, 6, 9, 9, 8)
    first = published(old, table(old, ("sex", "form"), ("2021",)))
    second = published(new, table(new, ("sex", "form"), ("2021",)), versions={"2021": 2}, number=2)
    assert audit(first).withstood
    assert "revised minus old" in caught(audit(second, before=[first]))


def test_outside_sources():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    dims = {"year": ("2021",), **TWO}
    two = Figures(dims, (Figure({"year": ("2021",), "sex": ("female",), "form": ("begging",)}, 5, "report"),))
    part = Figures(dims, (Figure({"year": ("2021",), "form": ("begging",), "sex": ("male",)}, 6, "report"),))
    for figures in (two, part):
        found = audit(one, figures=[figures])
        assert caught(found) == {"outside sources"}
    pinned = Figures(dims, (Figure({"year": ("2021",), "sex": ("female",), "form": ("sexual",)}, 2, "report"),))
    found = audit(one, figures=[pinned])
    assert [(cell.key["form"], cell.low, cell.high) for cell in found.pinned] == [("sexual", 2, 2)]
    assert found.withstood


def test_who_knows_the_optimiser():
    """A square hides one small cell. Were that 0, none of the four were small, and nothing would have been hidden."""
    counts = country(5, 9, 2, 6, 8, 4)
    found = audit(published(counts, table(counts, ("sex", "form"), ("2021",), corners)))
    assert caught(found) == {"knows the optimiser"}


def test_unknown_by_subtraction():
    counts = base(
        {"sex": ("female", "male", "unknown")}, {("2021", "female"): 9, ("2021", "male"): 7, ("2021", "unknown"): 1}
    )
    found = audit(published(counts, table(counts, ("sex",), ("2021",), keys({"sex": "unknown"}))))
    assert "unknown by subtraction" in caught(found)


def test_quarters_against_the_year():
    counts = base(
        {"quarter": ("1", "2", "3", "4")}, {("2021", "1"): 9, ("2021", "2"): 7, ("2021", "3"): 1, ("2021", "4"): 6}
    )
    found = audit(published(counts, table(counts, ("quarter",), ("2021",), keys({"quarter": "3"}))))
    assert "quarters against the year" in caught(found)


def test_bands_recoded_differently():
    """Neither grouping gives a child of 12 to 17 away; the two together do."""
    ages = ("0-11", "12-17", "18-24", "25+")
    counts = base({"age": ages}, {("2021", age): n for age, n in zip(ages, (8, 1, 2, 9), strict=True)})
    one = table(counts, ("age",), ("2021",), groups={"age": {"0-17": ages[:2], "18+": ages[2:]}})
    two = table(counts, ("age",), ("2021",), groups={"age": {"0-11": ages[:1], "12+": ages[1:]}})
    fine = table(counts, ("age",), ("2021",), keys(*({"age": age} for age in ages)))
    for grouped in (one, fine):
        assert audit(published(counts, grouped)).withstood
    assert "bands recoded differently" in caught(audit(published(counts, one, two, fine)))


def test_rerounded_outputs():
    """Each rounding leaves the small cell up to 4; laid over each other the two leave it at most 2."""
    counts = base({"form": ("a", "b", "c")}, {("2021", "a"): 7, ("2021", "b"): 11, ("2021", "c"): 1})
    one, two = (
        published(counts, table(counts, ("form",), ("2021",), method="rounding", shown=to.get), number=number, base=5)
        for number, to in enumerate(({7: 10, 11: 10, 1: 0, 19: 20}, {7: 5, 11: 15, 1: 0, 19: 20}), start=1)
    )
    assert audit(one).withstood
    assert audit(two).withstood
    assert caught(audit(two, before=[one])) == {"re-rounded outputs"}


def test_whole_numbers():
    """Fractions leave the cell of c from 0 to 7; whole numbers leave no 0."""
    forms = "abcdef"
    counts = base(
        {"form": tuple(forms)}, {("2021", form): n for form, n in zip(forms, (1, 4, 1, 3, 2, 5), strict=True)}
    )
    pairs = [("df", "abce"), ("acef", "bd"), ("ade", "bcf")]
    tables = [
        table(counts, ("form",), ("2021",), groups={"form": {part: tuple(part) for part in pair}}) for pair in pairs
    ]
    fine = table(counts, ("form",), ("2021",), none_shown)
    found = audit(published(counts, fine, *tables))
    assert caught(found) == {"whole numbers"}
    assert [(one.key, one.low) for one in found.blocking] == [({"form": "c"}, 1)]


def test_unpublished_cross():
    """Three tables of two dimensions each; the cross of all three stands in none, and one person in it is found."""
    counts = spelled(THREE, fbs=1, fbt=3, fcl=4, fcs=6, mbs=3, mcs=8)
    tables = [table(counts, pair, ("2021",)) for pair in (("sex", "age"), ("sex", "form"), ("age", "form"))]
    found = audit(published(counts, *tables))
    assert caught(found) == {"unpublished cross"}
    assert [(one.key, one.interval) for one in found.blocking] == [({"sex": "f", "age": "b", "form": "s"}, "1")]


def test_coalition():
    """Four people who know of each other leave no other number for somebody else's cell."""
    counts = spelled(THREE, fat=4, fbl=3, fbs=8, fcl=6, fct=1, mas=3, mbl=4, mbt=6, mcs=8, mct=5)
    found = audit(published(counts, table(counts, ("sex", "age", "form"), ("2021",), hides)))
    assert caught(found) == {"coalition"}
    assert {tuple(one.key.values()) for one in found.blocking} == {("f", "c", "t")}


def test_group_disclosure_by_noughts():
    """How many men there are is hidden; but the noughts printed beside leave them one form only."""
    counts = base(
        {"sex": ("female", "male", "other"), "form": ("labour", "sexual")},
        {("2021", "female", "labour"): 9, ("2021", "female", "sexual"): 9, ("2021", "male", "labour"): 2,
         ("2021", "other", "labour"): 1, ("2021", "other", "sexual"): 2},
    )  # fmt: skip

    def hidden(key):
        return key["sex"] != "*" and key != {"sex": "male", "form": "sexual"}

    found = audit(published(counts, table(counts, ("sex", "form"), ("2021",), hidden)))
    assert caught(found) == {"group disclosure"}
    assert {one.key["sex"] for one in found.blocking} == {"male"}


def test_what_a_large_group_shows_of_a_small_one_in_it_is_by_policy():
    """All four men are in labour, printed; so the one man of 2021 is."""
    counts = several(y2020=(9, 9, 9, 0, 3, 0), y2021=(9, 9, 9, 0, 1, 0))
    found = audit(published(counts, table(counts, ("sex", "form"), ("2020", "2021"))))
    assert "group disclosure" not in {one.attack for one in found.blocking}
    assert any("all 4 in sex male" in one.said for one in found.whole_groups)


def test_nothing_printed_but_what_was_known_is_no_attack():
    """Both cells of the only table are suppressed: no pattern could hide more."""
    counts = base({"age": ("adult", "child")}, {("2021", "adult"): 19, ("2021", "child"): 1})
    assert audit(published(counts, table(counts, ("age",), ("2021",), none_shown))).withstood


def test_a_group_of_k_or_more_in_one_category_is_listed_by_policy():
    counts = country(0, 0, 12, 0, 0, 0)
    found = audit(published(counts, table(counts, ("sex", "form"), ("2021",))))
    assert found.withstood
    assert any("all 12" in one.said for one in found.whole_groups)


def test_insider():
    """To everybody s may be 0, 1 or 2; but 1 it is for the one person in b: s + b + u + v is 2, and u is v."""
    forms = tuple("bsuvzqw")
    counts = base({"form": forms}, {("2021", "b"): 1, ("2021", "s"): 1, ("2021", "z"): 5, ("2021", "q"): 3})
    pairs = (("bsuv", "zqw"), ("uz", "bsvqw"), ("vz", "bsuqw"))
    tables = [table(counts, ("form",), ("2021",), groups={"form": {one: tuple(one) for one in pair}}) for pair in pairs]
    fine = table(counts, ("form",), ("2021",), none_shown)
    report = Figures({"year": ("2021",), "form": forms}, (Figure({"form": ("b", "w")}, 1, "report"),))
    found = audit(published(counts, fine, *tables, k=2), figures=[report])
    assert caught(found) == {"insider"}
    assert {(one.key["form"], one.interval) for one in found.blocking} == {("s", "1")}


def test_what_the_annual_total_gives_is_by_policy():
    counts = base({"form": ("a", "b")}, {("2021", "a"): 1, ("2021", "b"): 1})
    found = audit(published(counts, table(counts, ("form",), ("2021",), none_shown)))
    assert found.withstood
    assert {(one.key["form"], one.interval) for one in found.bounded} == {("a", "0 to 2"), ("b", "0 to 2")}


def test_a_higher_threshold_for_some_cells():
    """Four people are not small for k = 3; for those whom the caller protects up to 5 they are."""
    counts = country(9, 9, 4, 9, 9, 9)
    one = published(counts, table(counts, ("sex", "form"), ("2021",)))
    assert audit(one).withstood
    found = audit(one, threshold=lambda where: 5 if "sexual" in where.get("form", ()) else 0)
    assert {one.key["form"] for one in found.blocking} == {"sexual"}


def test_marks():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    said = json.loads(json.dumps(one.release.as_json()))
    said["tables"][0]["cells"][0]["why"] = "secondary"
    assert caught(audit(one, said=said)) == {"marks"}
    said = json.loads(json.dumps(one.release.as_json()))
    said["tables"][0]["cells"][0]["value"] = "p"
    assert caught(audit(one, said=said)) == {"marks"}
    said = json.loads(json.dumps(one.release.as_json()))
    said["certificate"]["sensitive_cells"] = 1
    assert caught(audit(one, said=said)) == {"marks"}


def test_shares_turned_back():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    among = {"sex": ("female",)}
    shown = Ratio((({**among, "form": ("sexual",)}, 100),), among, ("2021",), "12.5")  # 2 of 16
    assert caught(audit(one, ratios=[shown])) == {"shares turned back"}
    mean = Ratio(
        (({**among, "form": ("sexual",)}, 20), ({**among, "form": ("begging", "labour")}, 40)),
        among,
        ("2021",),
        "37.50",
    )
    assert caught(audit(one, ratios=[mean])) == {"shares turned back"}
    harmless = Ratio(((among, 100),), {}, ("2021",), "51.6")  # 16 of 31, both printed
    assert audit(one, ratios=[harmless]).withstood


def test_linked_unit():
    """A table of cases prints what the table of persons hides."""
    persons = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides))
    cases = country(5, 9, 2, 6, 8, 4, unit=Unit.CASE)
    second = published(cases, table(cases, ("sex", "form"), ("2021",), hides), number=2)
    assert audit(second, before=[persons]).withstood
    many = country(5, 9, 1, 6, 8, 4, unit=Unit.CASE)
    open_one = published(many, table(many, ("sex", "form"), ("2021",)), number=2)
    assert "linked unit" in caught(audit(open_one, before=[persons]))


def test_all_that_annual_totals_leave_open_may_be_suppressed_over_several_years():
    """Nothing small would be suppressed were the one man not there; but what is printed, policy tells anyhow."""
    dimensions = {"sex": ("female", "male")}
    counts = base(dimensions, {("2020", "female"): 20, ("2021", "female"): 22, ("2021", "male"): 1})
    whole = table(counts, ("sex",), ("2020", "2021"), lambda key: key["sex"] != "*")
    assert audit(published(counts, whole)).withstood


def test_a_false_figure():
    one = published(SOUND, table(SOUND, ("sex", "form"), ("2021",), hides, shown=lambda n: n + 1))
    assert "false figure" in caught(audit(one))


def test_a_table_without_its_totals():
    whole = table(SOUND, ("sex", "form"), ("2021",), hides)
    cut = type(whole)(whole.dimensions, whole.years, whole.unit, whole.cells[:-1])
    assert caught(audit(published(SOUND, cut))) == {"false figure"}
