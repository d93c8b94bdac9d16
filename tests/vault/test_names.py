"""A name is found in Georgian, Latin and Cyrillic, whichever part comes first."""

import datetime as dt
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gza.vault import letters, names
from gza.vault.names import Kind

# Spellings of the same person: every pair must share an exact key in each part.
SAME_LETTERS = [
    ("ნინო ბერიძე", "Nino Beridze", "Нино Беридзе"),
    ("გოჩა ხუციშვილი", "Gocha Khutsishvili", "Гоча Хуцишвили"),
    ("ციცინო წერეთელი", "Tsitsino Tsereteli", "Цицино Церетели"),
    ("ჟუჟუნა ჟვანია", "Zhuzhuna Zhvania", "Жужуна Жвания"),
    ("გულნორა იუსუფოვა", "Gulnora Yusupova", "Гульнора Юсупова"),
    ("ნაზგულ ჯუღაშვილი", "Nazgul Jughashvili", "Назгуль Джугашвили"),
    ("ქეთევან ჩხეიძე", "Ketevan Chkheidze", "Кетеван Чхеидзе"),
    ("მანანა ღოღობერიძე", "Manana Ghoghoberidze", "Манана Гогоберидзе"),
    ("ყარამან ყიფიანი", "Karaman Kipiani", "Караман Кипиани"),
    ("თამარ ძიძიგური", "Tamar Dzidziguri", "Тамар Дзидзигури"),
    ("ლაშა ჭანტურია", "Lasha Chanturia", "Лаша Чантурия"),
    ("მაია პაპავა", "Maia Papava", "Майя Папава"),
    ("შორენა შენგელია", "Shorena Shengelia", "Шорена Шенгелия"),
    ("ხატია მესხი", "Khatia Meskhi", "Хатия Месхи"),
    ("სალომე სხირტლაძე", "Salome Skhirtladze", "Саломе Схиртладзе"),
    ("ნათია ცხადაძე", "Natia Tskhadadze", "Натия Цхададзе"),
    ("ლევან ივანოვი", "Levan Ivanov", "Леван Иванов"),
    ("ნატალია პეტროვა", "Natalya Petrova", "Наталья Петрова"),
    ("იულია კოვალენკო", "Yulia Kovalenko", "Юлия Коваленко"),
    ("ელენე დადიანი", "Yelene Dadiani", "Елене Дадиани"),
    ("ჰუსეინ ჰასანოვი", "Huseyn Hasanov", "Гусейн Гасанов"),
    ("მარინე აბაშიძე", "Marine Abashidze", "Марине Абашидзе"),
    ("ვახტანგ კახიძე", "Vakhtang Kakhidze", "Вахтанг Кахидзе"),
    ("ზაირა ქურდიანი", "Zaira Kurdiani", "Заира Курдиани"),
    ("ფატიმა მაღრაძე", "Fatima Maghradze", "Фатима Маградзе"),
    ("ოქსანა ბოიკო", "Oksana Boiko", "Оксана Бойко"),
    ("ანა-მარია კვარაცხელია", "Anna Maria Kvaratskhelia", "Анна-Мария Кварацхелия"),
    ("ნესტან ჯავახიშვილი", "Nestan Javakhishvili", "Нестан Джавахишвили"),
    ("ლილი ტყეშელაშვილი", "Lili Tkeshelashvili", "Лили Ткешелашвили"),
    ("სოფიო ფეიქრიშვილი", "Sopio Peikrishvili", "Сопио Пеикришвили"),
]
# Two spellings of the same letters, other alphabets and habits of writing.
SAME_LETTERS_TWO = [
    ("ციცინო", "Cicino"),
    ("წერეთელი", "Wereteli"),
    ("ყაზბეგი", "Qazbegi"),
    ("ხაჩიძე", "Xachidze"),
    ("ალექსანდრა", "Alexandra"),
    ("ჯანა", "Djana"),
    ("ჯანა", "Dzhana"),
    ("ჟანა", "Jana"),
    ("მამედოვა", "Mamedova"),
    ("ალიევა", "Əliyeva"),
    ("გულნარა", "Gülnarə"),
    ("შაჰინ", "Şahin"),
    ("ჩინარა", "Çinara"),
    ("ჯამილა", "Cəmilə"),
    ("ჰაიკ", "Հայկ"),
    ("ანუშ", "Անուշ"),
    ("სარქსიან", "Սարկսյան"),
    ("გოლნორა", "Go'lnora"),
    ("გულნორა", "Gʻulnora"),
    ("ულუგბეკ", "Oʻlugbek"),
    ("ულუღბეკ", "Улуғбек"),
    ("ჯასურ", "Ҷасур"),
    ("ფიოდორ", "Пиодор"),
    ("ფედორ", "Фёдор"),
    ("ნინო", "ᲜᲘᲜᲝ"),
    ("ნინო", "NINO"),
    ("ნინო", "ნინ\u200bო"),
    ("Sona Mamed qizi", "Сона Мамед кызы"),
    ("გიორგი", "ⴂⴈⴍⴐⴂⴈ"),
    ("Νίνα", "Нина"),
    ("Ольга", "ოლგა"),
    ("Эльмира", "ელმირა"),
    ("Zoë", "ზოე"),
    ("O'Brien", "ობრენ"),
]
# The same person under another form of the name: the skeleton must meet, the exact key need not.
SAME_SOUND = [
    ("გიორგი", "Георгий"),
    ("გიორგი", "Giorgi"),
    ("გიორგი", "Georgy"),
    ("დავითი", "Давид"),
    ("დავით", "David"),
    ("მიხეილ", "Михаил"),
    ("ელენე", "Елена"),
    ("ნინო", "Нина"),
    ("ალექსანდრე", "Александр"),
    ("იუსუფოვა", "Юсупов"),
    ("Məmmədov", "Мамедов"),
    ("Muhammad", "Мухаммед"),
    ("ზარანდია", "Зарандая"),
    ("ჩიჩინაძე", "Cicinadze"),
    ("ნარგიზა", "Наргиз"),
    ("იოსებ", "Иосип"),
    ("ეკატერინე", "Ekaterina"),
    ("ლია", "Лиа"),
    ("ია", "Ия"),
]
# Other people: neither key may meet.
DIFFERENT = [
    ("ნინო", "მანანა"),
    ("ბერიძე", "კობერიძე"),
    ("ბერიძე", "ბერუაშვილი"),
    ("Tamar", "Tatia"),
    ("ხუციშვილი", "ხუციძე"),
    ("გელაშვილი", "გოგლაშვილი"),
    ("Давид", "Данил"),
    ("ლია", "ლალი"),
    ("ია", "ეკა"),
    ("Юсупова", "Усманова"),
    ("Мария", "Марина"),
    ("ალი", "ელისო"),
    ("Иванова", "Петрова"),
]


def every(triple: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(itertools.combinations(triple, 2))


@pytest.mark.parametrize(("one", "other"), [pair for triple in SAME_LETTERS for pair in every(triple)])
def test_the_same_name_has_the_same_letters_in_every_script(one: str, other: str) -> None:
    left, right = names.parts(one), names.parts(other)
    assert len(left) == len(right)
    for ours, theirs in zip(left, right, strict=True):
        assert set(ours.readings) & set(theirs.readings), (ours, theirs)
    assert names.similarity(one, other) == 1


@pytest.mark.parametrize(("one", "other"), SAME_LETTERS_TWO)
def test_other_alphabets_and_habits_of_writing_lead_to_the_same_letters(one: str, other: str) -> None:
    assert names.keys(one).exact & names.keys(other).exact, (names.keys(one), names.keys(other))


@pytest.mark.parametrize(("one", "other"), SAME_SOUND)
def test_another_form_of_the_name_sounds_the_same(one: str, other: str) -> None:
    assert names.keys(one).phonetic & names.keys(other).phonetic, (names.keys(one), names.keys(other))
    assert names.similarity(one, other) >= 0.6


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_people_are_other_people(one: str, other: str) -> None:
    ours, theirs = names.keys(one), names.keys(other)
    assert not ours.exact & theirs.exact
    assert not ours.phonetic & theirs.phonetic
    assert names.similarity(one, other) <= 0.5


def test_exact_is_nearer_than_sound_and_sound_nearer_than_a_stranger() -> None:
    sought = "Giorgi Khutsishvili"
    ladder = ["გიორგი ხუციშვილი", "Георгий Хуцишвили", "გიორგი ხარაიშვილი", "ნანა ბერიძე"]
    scores = [names.similarity(sought, name) for name in ladder]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert scores[1] > 0.85
    assert scores[-1] < 0.3


def test_one_part_alone_still_finds_the_whole_name() -> None:
    assert 0.85 < names.similarity("ბერიძე", "Nino Beridze") < 1


def test_particles_between_names_are_no_parts() -> None:
    assert [part.text for part in names.parts("Əliyeva Sona Mamed qızı")] == ["əliyeva", "sona", "mamed"]
    assert [part.text for part in names.parts("Оглы")] == ["оглы"]


def test_a_hostile_name_costs_little_and_stays_small() -> None:
    begun = time.perf_counter()
    for name in ["c" * 10_000, "cqxwj" * 2_000, "ё г " * 2_500, "ა-" * 5_000, "\u0301" * 10_000, "ﷺ" * 1_000]:
        assert len(names.of_name(name)) < 800
        names.similarity(name, "cqxwj jwxqc " * 8)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("name", ["", "   ", "123", "---", "''", "\u202e"])
def test_what_has_no_letter_has_no_key(name: str) -> None:
    assert names.keys(name) == names.NameKeys(frozenset(), frozenset())
    assert names.of_name(name) == []
    assert names.similarity(name, "ნინო") == 0


LETTER = st.text(min_size=1, max_size=40).filter(lambda text: any(char.isalpha() for char in text))
KNOWN = st.text(alphabet=[*sorted(letters.LETTERS), "'", "-", " "], min_size=1, max_size=30).filter(
    lambda text: any(char.isalpha() for char in text)
)
NAME = st.one_of(LETTER, KNOWN, st.sampled_from([name for triple in SAME_LETTERS for name in triple]))


@given(NAME)
def test_never_empty_for_letters(name: str) -> None:
    found = names.keys(name)
    assert found.exact
    assert found.phonetic
    assert all(found.exact)
    assert all(found.phonetic)


@given(NAME)
def test_a_key_is_its_own_key(name: str) -> None:
    for key in names.keys(name).exact:
        assert key in names.keys(key).exact


@given(NAME)
def test_a_name_is_like_itself_in_either_case(name: str) -> None:
    assert names.keys(name) == names.keys(name)
    assert names.similarity(name, name) == 1


@given(st.lists(NAME, min_size=1, max_size=3), st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_parts_does_not_matter(several: list[str], random: object) -> None:
    found = [part.text for name in several for part in names.parts(name)][: names.MAX_PARTS]
    shuffled = sorted(found, key=lambda _: random.random())
    one, other = " ".join(found), " ".join(shuffled)
    assert names.keys(one) == names.keys(other)
    assert {(token.kind, token.value) for token in names.of_name(one)} == {
        (token.kind, token.value) for token in names.of_name(other)
    }


@given(NAME, NAME)
@settings(max_examples=60)
def test_likeness_goes_both_ways_and_stays_between_0_and_1(one: str, other: str) -> None:
    score = names.similarity(one, other)
    assert 0 <= score <= 1
    assert score == names.similarity(other, one)


def test_tokens_are_short_keyed_and_apart_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    (exact,) = names.tokens(Kind.EXACT, "ნინო")
    assert len(exact) == names.TOKEN_BYTES
    assert names.tokens(Kind.EXACT, "Нино") == [exact]
    monkeypatch.setattr(names, "_mac", lambda kind, value, _key: f"{kind.name}|{value}".encode())
    made = [token.value for token in names.of_name("ანა ანა")] + names.tokens(Kind.NUMBER, "ანა")
    assert len(set(made)) == len(made) == 3


def test_another_index_key_gives_other_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    before = names.tokens(Kind.EXACT, "ნინო")
    monkeypatch.setattr(names.material, "key", lambda _name: bytes(32))
    assert names.tokens(Kind.EXACT, "ნინო") != before
    # A vector, so that a change of the construction is seen: every index would have to be made anew.
    assert names.tokens(Kind.EXACT, "ნინო")[0].hex() == "7a7fd28101e16407c60c48319a725c91"


def test_pairs_meet_across_scripts_and_order() -> None:
    one = {token.value for token in names.of_name("ნინო", "ბერიძე") if token.kind is Kind.PAIR}
    other = {token.value for token in names.of_name("Беридзе Нино") if token.kind is Kind.PAIR}
    assert one == other
    assert len(one) == 1


@pytest.mark.parametrize(("one", "other"), [("01 024 056789", "01024056789"), ("ав-1234567", "AB1234567")])
def test_numbers_are_compared_without_their_dress(one: str, other: str) -> None:
    assert names.of_number(one) == names.of_number(other)
    assert names.of_number(" - ") == []


def test_a_birthday_with_an_initial_finds_the_other_spelling() -> None:
    day = dt.date(1994, 5, 6)
    one = {token.value for token in names.of_birth(day, "გიორგი")}
    assert one & {token.value for token in names.of_birth(day, "Georgy", "Smith")}
    assert not one & {token.value for token in names.of_birth(day, "ნინო")}
    assert not one & {token.value for token in names.of_birth(dt.date(1994, 6, 5), "გიორგი")}


def test_one_text_makes_no_pair() -> None:
    with pytest.raises(ValueError, match="PAIR"):
        names.tokens(Kind.PAIR, "ნინო")
