"""Forms: cleaned, measured, answered in the reader's language, never lost."""

import datetime as dt

import pytest
import time_machine
from django import forms as django_forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from gza.ui import forms
from gza.ui.forms.errors import listed


class Sample(forms.GzaForm):
    line = forms.LineField(label="Line", max_length=20, required=False)
    prose = forms.ProseField(label="Prose", required=False)
    plain = django_forms.CharField(label="Plain", required=False)
    day = forms.DayField(label="Day", required=False)
    money = forms.MoneyField(label="Money", most=2000_00, required=False)
    month = forms.MonthField(label="Month", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], required=False)
    many = forms.ManyChoicesField(label="Many", choices=[("a", "A"), ("b", "B")], required=False)
    sure = forms.YesNoField(label="Sure", required=False)
    tick = forms.TickField(label="Tick", required=False)
    number = forms.NumberField(label="Number", min_value=1, max_value=9, required=False)
    secret = django_forms.CharField(label="Secret", widget=django_forms.PasswordInput, required=False, strip=False)
    file = forms.FileField(label="File", most_mb=1, required=False)
    signature = forms.SignatureField(label="Signature", required=False)


def cleaned(**data):
    form = Sample(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def fault(name, value, language="en"):
    with translation.override(language):
        form = Sample({name: value})
        assert not form.is_valid(), f"{value!r} was taken"
        return str(form.errors[name][0])


def test_what_is_typed_is_cleaned_before_anything_else():
    data = cleaned(line="  a\u202eb\u200bc   d ", prose="x\r\ny\x00", plain=" \u2066z ")
    assert (data["line"], data["prose"], data["plain"]) == ("abc d", "x\ny", "z")


def test_a_password_is_left_as_it_is():
    assert cleaned(secret=" a\u200bb ")["secret"] == " a\u200bb "


@pytest.mark.parametrize("name", ["line", "prose", "plain", "day", "money", "month", "number", "signature"])
def test_ten_thousand_characters_get_a_plain_answer(name):
    said = fault(name, "x" * 10_000)
    assert said
    assert "Ensure" not in said


def test_too_long_is_said_with_numbers_in_both_languages_and_not_cut_by_the_browser():
    assert fault("line", "x" * 30) == "Too long: at most 20 characters fit, this has 30. Shorten it."
    assert fault("line", "x" * 30, "ka").startswith("ძალიან გრძელია: ეტევა არაუმეტეს 20")
    assert "maxlength" not in str(Sample()["line"])


@time_machine.travel("2020-10-15T08:00:00+04:00")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31.02.2020", "not a day"),
        ("15.10.20", "four digits"),
        ("15.10.1820", "1820"),
        ("15.10.2202", "2202"),
        ("x", "not a day"),
    ],
)
def test_an_impossible_day_is_refused_with_the_way_out(typed, code):
    assert code in fault("day", typed)
    assert fault("day", typed, "ka") != fault("day", typed, "en")


@time_machine.travel("2020-10-15T08:00:00+04:00")
def test_a_day_may_have_to_be_past_or_to_come_or_between():
    class Limits(forms.GzaForm):
        past = forms.DayField(past=True)
        future = forms.DayField(future=True)
        early = forms.DayField(earliest=dt.date(2020, 10, 1))
        late = forms.DayField(latest=lambda: dt.date(2020, 10, 31))

    with translation.override("en"):
        form = Limits({"past": "16.10.2020", "future": "14.10.2020", "early": "30.09.2020", "late": "01.11.2020"})
        assert not form.is_valid()
    assert {name: errors.as_data()[0].code for name, errors in form.errors.items()} == {
        "past": "ahead", "future": "gone", "early": "early", "late": "late",
    }  # fmt: skip
    assert Limits({"past": "15.10.2020", "future": "15.10.2020", "early": "1.10.2020", "late": "31/10/2020"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "tetri"), [("480", 480_00), ("1 340,50", 1340_50), ("1340.5 ₾", 1340_50), ("2000", 2000_00)]
)
def test_money_becomes_tetri(typed, tetri):
    assert cleaned(money=typed)["money"] == tetri


def test_money_beyond_the_limit_says_by_how_much():
    assert fault("money", "2400") == "GEL\u00a0400 over the limit of GEL\u00a02,000. Lower the amount."
    assert "400\u00a0₾" in fault("money", "2400", "ka")
    assert "more than zero" in fault("money", "0")
    assert "too large" in fault("money", "9" * 12)
    assert "not an amount" in fault("money", "-5")


def test_thousands_parted_by_a_comma_are_taken_where_the_page_writes_them_so():
    with translation.override("en"):
        assert cleaned(money="2,000")["money"] == 2000_00
        assert cleaned(money="2,5")["money"] == 2_50
    assert "not an amount" in fault("money", "0,500")
    assert "ლარებში" in fault("money", "2,000", "ka") or "თანხა" in fault("money", "2,000", "ka")


def test_money_is_shown_as_people_write_it():
    assert 'value="1\u00a0340,50"' in str(Sample(initial={"money": 1340_50})["money"])


def test_a_month_is_its_first_day():
    assert cleaned(month="ოქტომბერი 2020")["month"] == dt.date(2020, 10, 1)


def test_not_asked_is_neither_yes_nor_no():
    assert [cleaned(sure=typed)["sure"] for typed in ("yes", "no", "")] == [True, False, None]
    assert "checked" in str(Sample(initial={"sure": False})["sure"])


def test_few_choices_stand_open_and_many_go_into_a_drop_down():
    many = [(str(number), str(number)) for number in range(20)]
    assert isinstance(forms.ChoiceField(choices=many).widget, django_forms.Select)
    assert isinstance(forms.ChoiceField(choices=many[:3]).widget, django_forms.RadioSelect)
    assert isinstance(forms.ChoiceField(choices=many[:3], as_list=False).widget, django_forms.Select)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_error_is_ours_and_in_the_readers_language(language):
    class Needed(Sample):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for field in self.fields.values():
                field.required = True

    wrong = {"kind": "z", "many": ["z"], "number": "x", "form_token": "t"}
    with translation.override(language):
        for data in ({}, wrong):
            form = Needed(data)
            assert not form.is_valid()
            for name, errors in form.errors.items():
                georgian = any("ა" <= letter <= "ჰ" for letter in str(errors[0]))
                assert georgian == (language == "ka"), f"{name}: {errors[0]}"
                assert not str(errors[0]).startswith(("This field", "Enter a", "Select a")), f"{name}: {errors[0]}"


def test_a_sentence_of_a_field_s_own_stays():
    class Own(forms.GzaForm):
        line = forms.LineField(error_messages={"required": "Say who."})

    form = Own({})
    assert form.errors["line"] == ["Say who."]


def test_the_summary_leads_to_each_wrong_field():
    form = Sample({"money": "x", "kind": "z"})
    faults = listed(form)
    assert [(each.href, each.label) for each in faults] == [("#id_money", "Money"), ("#id_kind_0", "Kind")]
    assert listed(Sample()) == []


def test_a_file_that_is_too_large_is_named_with_its_size():
    with translation.override("en"):
        form = Sample({}, {"file": SimpleUploadedFile("a.pdf", b"x" * (1024 * 1024 + 1))})
        assert form.errors["file"] == ["The file has 2 MB; at most 1 MB are taken. Choose a smaller one."]


@pytest.mark.parametrize("value", ["M1 2L3 4L5 6M7 8", "name:ნინო ნიმუშელი"])
def test_a_signature_is_strokes_or_a_typed_name(value):
    assert cleaned(signature=value)["signature"] == value


@pytest.mark.parametrize("value", ["M1 2L3", '"/><script>', "M1 2z", "data:image/png;base64,AAAA", "name:  "])
def test_a_signature_is_nothing_else(value):
    assert fault("signature", value)


def test_a_name_typed_without_scripts_counts():
    assert cleaned(**{"signature": "", "signature-typed": " ნინო  ნიმუშელი "})["signature"] == "name:ნინო ნიმუშელი"


def test_a_form_has_one_token_of_its_own_under_one_name():
    first, second = Sample(), Sample(prefix="x")
    assert first["form_token"].value() != second["form_token"].value()
    assert 'name="form_token"' in str(second["form_token"])


def test_days_need_our_own_field():
    class Wrong(forms.GzaForm):
        day = django_forms.DateField()

    with pytest.raises(ImproperlyConfigured):
        Wrong()


STORED = {
    "line": "theirs",
    "money": 420_00,
    "day": dt.date(2020, 11, 30),
    "kind": "a",
    "many": ["b"],
    "sure": False,
    "tick": True,
}


def stale_form(**changes):
    data = {
        "version": "1",
        "line": "mine",
        "money": "480,00",
        "day": "30.11.2020",
        "kind": "b",
        "many": ["a", "b"],
        "sure": "no",
    }
    return Sample({**data, **changes}, version=2)


def test_a_stale_form_is_noticed():
    assert stale_form().is_stale(2)
    assert not stale_form(version="2").is_stale(2)


def test_both_versions_stand_side_by_side():
    form = stale_form()
    assert form.is_valid()
    conflict = form.conflict(STORED, 2)
    shown = {each.name: (each.mine, each.theirs) for each in conflict.differences if not each.same}
    assert shown == {
        "line": ("mine", "theirs"), "money": ("480", "420"), "kind": ("B", "A"), "many": ("A, B", "B"),
        "tick": ("არა", "დიახ"),
    }  # fmt: skip
    assert conflict.count == 5
    assert {each.name for each in conflict.hidden} >= {"form_token", "version"}


def test_the_answers_come_back_through_the_same_form():
    form = stale_form()
    assert form.is_valid()
    conflict = form.conflict(STORED, 2)
    posted = {field.html_name: field.value() for field in conflict.hidden}
    for each in conflict.differences:
        posted[each.name] = list(each.mine_values)
        if not each.same:
            posted[f"theirs-{each.name}"] = list(each.theirs_values)
            posted[f"keep-{each.name}"] = "theirs" if each.name in {"money", "many", "tick"} else "mine"
    again = Sample(posted, version=2)
    assert again.is_valid(), again.errors
    assert not again.is_stale(2)
    kept = again.cleaned_data
    assert (kept["line"], kept["money"], kept["many"], kept["tick"], kept["kind"]) == ("mine", 420_00, ["b"], True, "b")
    assert kept["day"] == dt.date(2020, 11, 30)
    assert kept["sure"] is False


@pytest.mark.parametrize(("language", "said"), [("en", "Between 1 and 9."), ("ka", "1‑დან 9‑მდე.")])
@pytest.mark.parametrize("typed", ["0", "10"])
def test_a_number_past_a_bound_is_told_both(language: str, said: str, typed: str) -> None:
    with translation.override(language):
        form = Sample({"number": typed})
        assert form.errors["number"] == [said]
    assert "number" not in Sample({"number": "9"}).errors


def test_an_upload_may_be_as_large_as_the_installation_takes(settings):
    settings.GZA_FILE_LIMIT = 3 * 1024 * 1024
    field = forms.FileField()
    assert field.clean(SimpleUploadedFile("a.pdf", b"x" * settings.GZA_FILE_LIMIT))
    with pytest.raises(ValidationError, match="3"):
        field.clean(SimpleUploadedFile("a.pdf", b"x" * (settings.GZA_FILE_LIMIT + 1)))
