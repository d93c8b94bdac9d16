"""Microdata: what is read, and every bad line named."""

import pytest

from gza.protection import microdata, programme
from gza.protection.model import BadInput

HEAD = "year,sex,age_group,citizenship,form\n"


def faults(text, needed=()):
    with pytest.raises(BadInput) as wrong:
        microdata.parse(text, needed)
    return [str(one) for one in wrong.value.faults]


@pytest.mark.clause("N4.3")
def test_several_forms_are_one_category_and_unknown_no_and_not_applicable_stay_apart():
    rows = "2021,female,18-24,Georgia,sexual;labour\n2021,female,18-24,Georgia,sexual | labour\n"
    rows += "2021,unknown,no,not applicable,sexual;sexual\n"
    base = microdata.parse(HEAD + rows)
    assert base.counts == {
        ("2021", "female", "18-24", "Georgia", "several"): 2,
        ("2021", "unknown", "no", "not applicable", "sexual"): 1,
    }


def test_each_bad_line_is_named():
    rows = (
        "2021,female,18-24,Georgia,sexual\n,female,18-24,Georgia,sexual\n21,male,18-24,Georgia,\n2021,*,a,b,c\n2021,a\n"
    )
    said = faults(HEAD + rows)
    assert [one.split(":")[0] for one in said] == ["line 3", "line 4", "line 4", "line 5", "line 6"]
    assert "'21' is no year" in said[1]
    assert "*" in said[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column 'year'"),
        (HEAD, "no records"),
        ("sex,form\nfemale,sexual\n", "no column 'year'"),
        ("year,sex,sex\n2021,a,b\n", "twice"),
        ("year\n2021\n", "none of the columns"),
        (HEAD + '2021,"female,a,b,c\n', "no CSV"),
        (HEAD + "2021,female,a,b,sexual;*\n", "means the total"),
    ],
)
def test_what_cannot_be_used_is_told(text, said):
    assert any(said in one for one in faults(text))


def test_a_column_that_a_table_needs_is_missed():
    assert "line 1: has no column 'region'" in faults(HEAD + "2021,a,b,c,d\n", ["region"])


def test_other_columns_are_read_when_a_table_needs_them_alone():
    base = microdata.parse("id,year,sex,region\n7,2021,female,Kakheti\n", ["region"])
    assert list(base.dimensions) == ["sex", "region"]


def test_rungs_join_what_belongs_together_and_never_the_unknown():
    ages = ["0-12", "13-17", "18-24", "25+", "unknown", "<18", "under 16"]
    assert programme.ladder("age_group", ages) == {
        "child": ("0-12", "13-17", "<18", "under 16"),
        "adult": ("18-24", "25+"),
        "unknown": ("unknown",),
    }
    assert programme.ladder("age_group", ["15-20", "21-30"]) is None  # neither child nor adult
    forms = ["sexual exploitation", "forced labour", "forced begging", "removal of organs", "several", "not applicable"]
    assert programme.ladder("form", forms) == {
        "sexual": ("sexual exploitation",),
        "labour": ("forced labour",),
        "begging": ("forced begging",),
        "other": ("removal of organs", "several"),
        "not applicable": ("not applicable",),
    }
    assert programme.ladder("citizenship", ["Georgia", "India", "Ukraine"]) == {
        "Georgian": ("Georgia",),
        "foreign": ("India", "Ukraine"),
    }
    assert programme.ladder("sex", ["female", "male"]) is None


def test_windows_of_years_hold_every_year_once():
    years = [str(2015 + n) for n in range(8)]
    assert programme.windows(years) == {
        "2015-2019": tuple(years[:5]),
        "2020-2022": tuple(years[5:]),
    }
    assert programme.windows(years[:5]) is None


def test_tables_are_asked_for_by_name():
    base = microdata.parse(HEAD + "2021,female,18-24,Georgia,sexual\n")
    assert [one.dimensions for one in programme.asked(["sex,form", "form,sex", "year,sex"], base)] == [
        ("sex", "form"),
        ("year", "sex"),
    ]
    with pytest.raises(BadInput, match="no dimension 'colour'"):
        programme.asked(["sex,colour"], base)
