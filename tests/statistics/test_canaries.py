"""True counts and the ledger's secret lie nowhere on the disk in clear, whatever the acts do with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gza.statistics.enums import BASE_BOX, EXTRACT_BOX, SECRET_BOX
from tests.vault.canaries import Canaries, World, assert_nowhere, office


@pytest.fixture
def office_(tmp_path: Path) -> Iterator[World]:
    with office(tmp_path / "office") as world:
        yield world


@pytest.mark.slow
def test_no_true_count_lies_on_the_disk_in_clear(office_: World) -> None:
    flock = Canaries()
    secret, *labels = office_.run("tests.statistics.canary_story:tell", word=flock.plant("salt of the counts"))
    assert labels == sorted([BASE_BOX, EXTRACT_BOX, SECRET_BOX])
    flock.secret("secret of the ledger", bytes.fromhex(secret))
    assert_nowhere(flock, office_)
