"""A Fund with its key ceremony held, and a shred keystore of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gza.vault.shred import keystore
from tests.vault import canaries, factories


@pytest.fixture
def fund(db: None, settings, tmp_path: Path) -> Iterator[factories.Fund]:
    settings.GZA_SHRED = tmp_path / "shred"
    yield factories.fund()
    settings.GZA_SHRED = tmp_path / "shred"
    keystore().close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[canaries.World]:
    """An office of its own, with real files, on the engine of this run."""
    with canaries.office(tmp_path / "office") as made:
        yield made
