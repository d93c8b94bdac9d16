"""What the list of a table's categories tells by itself."""

from gza.protection import microdata, programme
from gza.protection.ledger import Ledger
from gza.protection.release import Before, Prepared, prepare

from .test_ledger import released

HEAD = "year,sex,form\n"


def listed(made: Prepared, name: str) -> set[str]:
    return {cell.key[name] for table in made.release.tables for cell in table.cells}


def test_a_category_that_was_listed_once_is_listed_for_good(tmp_path):
    """Else a reader of the second table knows that its two forms add up, which the search would not count on."""
    first = HEAD + "2020,female,labour\n" * 6 + "2020,male,sexual\n" * 5 + "2020,male,begging\n" * 4
    second = HEAD + "2021,male,labour\n" * 6 + "2021,female,sexual\n" * 3 + "2021,male,sexual\n"
    released(tmp_path / "ledger", tmp_path / "a.json", first)
    made = released(tmp_path / "ledger", tmp_path / "b.json", second)
    assert listed(made, "form") == {"labour", "sexual", "begging", "*"}
    again = released(tmp_path / "other", tmp_path / "c.json", second)
    assert listed(again, "form") == {"labour", "sexual", "*"}


def test_what_an_earlier_release_did_not_list_is_known_to_be_nobody(tmp_path):
    first = HEAD + "2020,female,labour\n" * 6 + "2020,male,sexual\n" * 5
    released(tmp_path / "ledger", tmp_path / "a.json", first)
    base = microdata.parse(first + "2021,male,begging\n" * 4)
    with Ledger.open(tmp_path / "ledger", secret=bytes(32), at="x") as ledger:
        made = prepare(base, specs=programme.asked(["sex,form"], base), before=Before.of(ledger), seconds=1)
    nobody = made.world.axes.region({"year": ["2020#2"], "form": ["begging"]})
    assert made.world.known[nobody] == 0


def test_of_a_few_who_are_all_alike_the_list_does_not_say_so(tmp_path):
    few = released(tmp_path / "ledger", tmp_path / "a.json", HEAD + "2020,female,labour\n" * 2)
    assert (listed(few, "sex"), listed(few, "form")) == ({"female", "unknown", "*"}, {"labour", "unknown", "*"})
    assert [cell.value for table in few.release.tables for cell in table.cells if cell.value is not None] == [2]
    many = released(tmp_path / "other", tmp_path / "b.json", HEAD + "2020,female,labour\n" * 3)
    assert listed(many, "form") == {"labour", "*"}
