"""People are found by any spelling of their names, in one query that costs the same however common the name."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gza.core.ids import uuid7
from gza.vault import index, names, steps
from gza.vault.index import Entry
from gza.vault.models import BlindToken
from gza.vault.names import Kind

pytestmark = pytest.mark.django_db
FIRST = ["ნინო", "გიორგი", "მარიამ", "თამარ", "დავით"]
LAST = ["ბერიძე", "კაპანაძე", "ლომიძე"]


def add(*given: str, **more: object) -> tuple[uuid.UUID, uuid.UUID]:
    case, person = uuid.uuid4(), uuid7()
    index.index_person(case, person, names=given, **more)
    return case, person


def found(query: str) -> list[tuple[uuid.UUID, uuid.UUID]]:
    return [(hit.case, hit.person) for hit in index.cases_by_name(query)]


@pytest.mark.parametrize(
    "query", ["ნინო ბერიძე", "Beridze Nino", "Нино Беридзе", "nino", "БЕРИДЗЕ", "Ნინო", "Nina Beridse"]
)
def test_found_by_any_spelling_order_and_part(query: str) -> None:
    someone = add("ნინო", "ბერიძე")
    add("გიორგი", "ხუციშვილი")
    assert found(query) == [someone]


def test_a_former_name_and_a_patronymic_count_too() -> None:
    someone = add("Гульнора", "Юсупова", "Каримовна", "Назарова")
    for query in ("გულნორა ნაზაროვა", "Yusupova", "კარიმოვნა გულნორა"):
        assert found(query) == [someone]


def test_the_whole_name_comes_before_its_parts_and_letters_before_sound() -> None:
    whole = add("გიორგი", "ბერიძე")
    sound = add("Георгий", "Беридзе")
    part = add("გიორგი", "კაპანაძე")
    add("ნანა", "ლომიძე")
    assert found("Giorgi Beridze") == [whole, sound, part]


def test_nothing_is_found_for_nothing() -> None:
    add("ნინო", "ბერიძე")
    assert found("") == found("123 !") == []
    assert index.cases_by_number("") == []


def test_numbers_are_found_by_themselves() -> None:
    someone = add("ნინო", "ბერიძე", numbers=["01024056789", "AB 1234567"])
    add("ნინო", "ბერიძე", numbers=["01024056780"])
    for number in ("01024 056789", "ab1234567", "АВ-1234567"):
        assert [(hit.case, hit.person) for hit in index.cases_by_number(number)] == [someone]


def test_duplicates_are_told_with_what_matched() -> None:
    day = dt.date(1994, 5, 6)
    case, same = add("გიორგი", "ბერიძე", numbers=["01"], born=day)
    add("გიორგი", "კაპანაძე", born=day)
    add("Георгий", "Беридзе")
    new = Entry(uuid.uuid4(), uuid7(), ["Георгий", "Беридзе"], born=day)
    hits = index.duplicates(new)
    assert hits[0].kinds & {Kind.PAIR, Kind.SOUND_PAIR, Kind.BIRTH}
    assert [(hit.case, hit.person) for hit in index.duplicates(Entry(case, uuid7(), ["X"], ["01"]))] == [(case, same)]
    assert index.duplicates(Entry(case, uuid7(), ["Giorgi", "Lomidze"], born=day)) == []
    sound = Entry(case, uuid7(), ["Georgy", "Beridze"], born=day)
    assert (case, same) in [(hit.case, hit.person) for hit in index.duplicates(sound)]
    own = Entry(case, same, ["გიორგი", "ბერიძე"], ["01"], day)
    assert same not in {hit.person for hit in index.duplicates(own)}


def test_a_changed_name_is_indexed_anew() -> None:
    case, person = add("ნინო", "ბერიძე")
    index.index_person(case, person, names=["ნინო", "ლომიძე"])
    assert found("ბერიძე") == []
    assert found("Lomidze") == [(case, person)]


def test_an_erased_case_is_forgotten() -> None:
    case, _ = add("ნინო", "ბერიძე")
    other = add("ნინო", "ბერიძე")
    steps.erase(case)
    assert found("ნინო ბერიძე") == [other]
    assert not BlindToken.objects.filter(case_id=case).exists()


def test_the_table_holds_no_name_and_no_token_twice() -> None:
    _, person = add("ნინო", "ნინო")
    for row in BlindToken.objects.all():
        assert len(bytes(row.token)) == 16
    row = BlindToken.objects.filter(person_id=person).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BlindToken.objects.bulk_create([BlindToken(token=row.token, person_id=person, case_id=person, kind=1)])


def test_a_hostile_query_is_answered() -> None:
    add("ნინო", "ბერიძე")
    for query in ("cqxwj jwxqc qxcwj xwqjc cjqwx wcxjq jcxqw qwjxc " * 3, "ё" * 10_000, "' OR 1=1 --", "%", "\0"):
        index.cases_by_name(query)


def fill(people: int) -> None:
    def entries() -> object:
        for number in range(people):
            first, last = FIRST[number % len(FIRST)], LAST[number // 7 % len(LAST)]
            yield Entry(uuid.uuid4(), uuid7(), [first, last], [f"{number:011d}"], dt.date(1990, 1, 1 + number % 28))

    index.index_many(entries())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE vault_token")


def work_of(query: str) -> int:
    """What the engine does for a search: instructions of its machine (SQLite), rows its scans give (PostgreSQL)."""
    with CaptureQueriesContext(connection) as captured:
        hits = index.cases_by_name(query)
    assert len(captured) == 1
    assert len(hits) == index.LIMIT
    if connection.vendor == "sqlite":
        steps_taken = [0]

        def step() -> None:
            steps_taken[0] += 100

        connection.connection.set_progress_handler(step, 100)
        index.cases_by_name(query)
        connection.connection.set_progress_handler(None, 0)
        return steps_taken[0]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + captured[0]["sql"])
        return scanned(cursor.fetchone()[0][0]["Plan"])


def scanned(plan: dict) -> int:
    own = plan["Actual Rows"] * plan["Actual Loops"] if "Scan" in plan["Node Type"] else 0
    return int(own + plan.get("Rows Removed by Filter", 0)) + sum(map(scanned, plan.get("Plans", [])))


def test_one_query_and_no_more_work_among_many_than_among_few() -> None:
    queries = ["ნინო ბერიძე", "ნინო", "ბერიძე", "Nino Lomidze"]
    fill(3000)
    few = {query: work_of(query) for query in queries}
    fill(3000)
    for query in queries:
        assert work_of(query) <= 1.2 * few[query]
    # The newest come first among equals.
    weights = [(hit.weight, hit.person) for hit in index.cases_by_name("ნინო")]
    assert weights == sorted(weights, reverse=True)


def test_a_rare_name_is_found_among_common_parts() -> None:
    fill(1000)
    someone = add("ნინო", "წიწიბურა")
    fill(1000)
    assert found("ნინო წიწიბურა")[0] == someone
    assert [hit.person for hit in index.cases_by_name("ბერიძე")] != []


def test_an_open_transaction_of_another_kind_is_left_alone() -> None:
    with transaction.atomic():
        add("ნინო", "ბერიძე")
        assert found("nino")


def test_likeness_orders_what_was_found() -> None:
    sought = "Giorgi Beridze"
    opened = ["Георгий Беридзе", "გიორგი ბერიძე", "გიორგი ბერაძე"]
    assert max(opened, key=lambda name: names.similarity(sought, name)) == "გიორგი ბერიძე"
