"""Nothing that is sealed can be found anywhere on the disk, and the search that says so is no blind one."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vault import canaries, canary_story
from tests.vault.canaries import Canaries, World, assert_nowhere

STORY = "tests.vault.canary_story:"
PLANTED = ("first_name", "last_name", "diagnosis", "born", "text", "number", "packet", "draft", "file", "file_name")


def test_every_sealed_column_of_the_stand_is_planted() -> None:
    assert {column.split(".")[1] for column in canary_story.sealed_columns()} <= set(PLANTED)


def test_nothing_sealed_lies_on_the_disk(world: World) -> None:
    flock = Canaries()
    planted = {label: flock.plant(label) for label in PLANTED}
    told = world.run(STORY + "tell", planted=planted)
    assert told["size"] > 19_000_000
    stored = [path for path in world.files() if "/files/" in str(path)]
    assert sum(path.stat().st_size for path in stored) > told["size"]
    for name, key in world.keys.items():
        flock.secret(f"{name} key", key)
    assert_nowhere(flock, world)


def test_canaries_let_out_in_clear_are_found_each_and_a_stranger_is_not(world: World) -> None:
    flocks = {how: Canaries() for how in canary_story.LEAKS}
    world.run(STORY + "leak", texts={how: flock.plant("name") for how, flock in flocks.items()})
    assert world.strays()
    in_the_database = {"row", "deleted row", "session", "event"}
    outside = replace(world, data_folder=None)
    found = {
        how for how, flock in flocks.items() if canaries.search(flock, world if how in in_the_database else outside)
    }
    assert found == set(canary_story.LEAKS) - {"stray"}
    with pytest.raises(AssertionError):
        assert_nowhere(flocks["row"], world)
    stranger = Canaries()
    stranger.plant("name")
    assert canaries.search(stranger, world) == {}
    world.writes.clear()
    assert_nowhere(stranger, world)


def test_nothing_planted_proves_nothing(world: World) -> None:
    with pytest.raises(AssertionError, match="planted"):
        assert_nowhere(Canaries(), world)


def test_a_folder_dropped_while_it_is_searched_hides_no_other(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "row").write_text(name)
    found = []
    for path in canaries.below(tmp_path):
        if not found:
            gone = next(each for each in tmp_path.iterdir() if each.name not in (path.parent.name, "c"))
            shutil.rmtree(gone)
        found.append(path)
    assert len(found) == 2
    with pytest.raises(FileNotFoundError):
        list(canaries.below(tmp_path / "nowhere"))
