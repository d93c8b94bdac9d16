"""The code lists: whole, versioned, mapped from the sealed coded profile, and honest about what a standard loses."""

import tomllib
from pathlib import Path

import pytest

import gza.cases
from gza.protection import codes

PICKLISTS = tomllib.loads((Path(gza.cases.__file__).parent / "data" / "picklists.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["sex", "form", "means"])
def test_every_code_of_the_sealed_profile_stands_in_the_lists_under_the_same_name(name: str) -> None:
    ours = {one.key: (one.name.ka, one.name.en) for one in codes.codes(name).codes}
    for row in PICKLISTS[name]:
        assert ours[row["key"]] == (row["ka"], row["en"])


def test_every_value_has_a_name_in_both_languages_and_none_means_the_total() -> None:
    assert codes.book().version
    for found in codes.book().lists.values():
        assert len(set(found.keys)) == len(found.keys)
        assert codes.TOTAL not in found.keys
        for one in found.codes:
            assert one.name.ka.strip()
            assert one.name.en.strip()


def test_unknown_no_and_not_applicable_are_three_answers() -> None:
    said = {one.key: one.missing for one in codes.codes("answer").codes}
    assert said == {
        "yes": None,
        "no": codes.Missing.NO,
        "unknown": codes.Missing.UNKNOWN,
        "not_applicable": codes.Missing.NOT_APPLICABLE,
    }
    assert codes.code("means", "none").missing is codes.Missing.NO
    assert codes.code("means", "not_applicable").missing is codes.Missing.NOT_APPLICABLE


def test_the_leaf_codes_of_ic_tip_stay_empty() -> None:
    found = [codes.project(name, key, "ic_tip") for name, each in codes.book().lists.items() for key in each.keys]
    assert {one.code for one in found} == {None}
    assert not any(one.sure for one in found)
    assert codes.book().standards["ic_tip"].confidence == "none"


@pytest.mark.parametrize(
    ("name", "key", "standard", "expected", "merged"),
    [
        ("sex", "female", "htcds", "Feminine", ()),
        ("sex", "female", "ctdc", "Woman", ()),
        ("sex", "other", "eurostat", "UNK", ("unknown",)),
        ("age_group", "0-8", "ctdc", "0--8", ()),
        ("age_group", "0-8", "eurostat", "Y_LT18", ("9-17",)),
        ("form", "sexual", "sdg", "VC_HTF_DETVSX", ()),
        ("form", "organs", "sdg", "VC_HTF_DETVOG", ()),
        ("means", "debt", "ctdc", "meansDebtBondageEarnings", ("earnings",)),
        ("means", "documents", "htcds", "WithholdsDocuments", ()),
    ],
)
def test_a_projection_says_what_it_loses(
    name: str, key: str, standard: str, expected: str, merged: tuple[str, ...]
) -> None:
    found = codes.project(name, key, standard)
    assert (found.code, found.merged, found.lossy) == (expected, merged, bool(merged))


def test_what_a_standard_cannot_say_is_a_gap_and_no_guess() -> None:
    found = codes.project("form", "several", "ctdc")
    assert (found.code, found.lossy, found.sure) == (None, True, False)
    assert codes.gaps("form", "ctdc") == ("several", "unknown")
    assert codes.gaps("citizenship", "sdg") == codes.codes("citizenship").keys
    assert codes.project("age_group", "18-29", "ctdc").lossy, "one band of ours is four of theirs"


@pytest.mark.parametrize(
    ("born", "year", "expected"),
    [
        (2015, 2023, "0-8"), (2015, 2024, "9-17"), (2006, 2023, "9-17"), (2006, 2024, "18-29"), (1995, 2024, "18-29"),
        (1994, 2024, "30-47"), (1977, 2024, "30-47"), (1976, 2024, "48+"), (None, 2024, "unknown"), (2024, 2024, "0-8"),
    ],
)  # fmt: skip
def test_the_age_group_is_of_the_age_reached_in_the_year(born: int | None, year: int, expected: str) -> None:
    assert codes.age_group(born, year) == expected


def test_nobody_is_counted_before_their_birth() -> None:
    with pytest.raises(ValueError, match="born"):
        codes.age_group(2025, 2024)


@pytest.mark.parametrize(
    ("group", "expected"),
    [("0-8", "child"), ("9-17", "child"), ("18-29", "adult"), ("48+", "adult"), ("unknown", "unknown")],
)
def test_the_ladder_of_age(group: str, expected: str) -> None:
    assert codes.age(group) == expected


@pytest.mark.parametrize(
    ("country", "expected"),
    [("GE", "georgian"), ("UZ", "foreign"), ("stateless", "stateless"), ("unknown", "unknown"), ("", "unknown")],
)
def test_the_ladder_of_citizenship(country: str, expected: str) -> None:
    assert codes.citizenship(country) == expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ((), "unknown"), (("unknown",), "unknown"), (("labour",), "labour"), (("labour", "unknown"), "labour"),
        (("labour", "sexual"), "several"), (("labour", "labour"), "labour"),
    ],
)  # fmt: skip
def test_several_forms_in_one_record_are_a_category_of_their_own(forms: tuple[str, ...], expected: str) -> None:
    assert codes.form(forms) == expected


def test_the_ladder_of_forms_and_of_routes() -> None:
    broad = {key: codes.form_broad(key) for key in codes.codes("form").keys}
    assert {key for key, value in broad.items() if value != "other"} == {"sexual", "labour", "begging"}
    assert codes.route(["victim"]) == "victim"
    assert codes.route(["victim", "statutory_victim"]) == "both"
    with pytest.raises(codes.NoCode):
        codes.route([])
    with pytest.raises(codes.NoCode):
        codes.form_broad("nonsense")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "female"', 'key = "*"', "total"),
        ('key = "male"', 'key = "female"', "twice"),
        ('htcds = "Feminine"', 'htcdx = "Feminine"', "htcdx"),
        ('unsure = ["sdg"]', 'unsure = ["sdgs"]', "no standard"),
        ('missing = "unknown"', 'missing = "perhaps"', "perhaps"),
        ("[standard.sdg]", "[standard.gds]", "standards"),
        ('ka = "ქალი"', "", "ka"),
    ],
)
def test_a_faulty_file_is_refused(old: str, new: str, fault: str) -> None:
    text = Path(codes.__file__).with_name("codes.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(codes.BadCodes, match=fault):
        codes.read(text.replace(old, new, 1))


def test_what_no_list_knows_keeps_its_own_name() -> None:
    assert codes.title("municipality", "en") == "municipality"
    assert codes.label("municipality", "Gori", "ka") == "Gori"
    assert codes.label("sex", "nonsense", "ka") == "nonsense"
    assert codes.label("sex", "female", "ka") == "ქალი"
    for wrong in (("nonsense", "x"), ("sex", "nonsense")):
        with pytest.raises(codes.NoCode):
            codes.code(*wrong)
    with pytest.raises(codes.NoCode):
        codes.project("sex", "female", "nonsense")
