"""Every sealed text of the cases and plans, planted by the real acts, is found nowhere on the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.canaries import Canaries, World, assert_nowhere, office

LATER = (
    "plans.commitment.", "plans.consideration.", "plans.funding.", "plans.release.",
)  # fmt: skip
"""Fields whose acts are not built yet; nothing may stay here."""


@pytest.fixture
def office_(tmp_path: Path) -> Iterator[World]:
    with office(tmp_path / "office") as world:
        yield world


@pytest.mark.slow
def test_nothing_told_of_a_person_lies_on_the_disk_in_clear(office_: World) -> None:
    flock, born = Canaries(), "1937-11-23"
    flock.secret("date of birth", born.encode())
    empty = office_.run("tests.plans.canary_story:tell", word=flock.plant("every text"), born=born)
    assert [label for label in empty if not label.startswith(LATER)] == []
    assert_nowhere(flock, office_)
