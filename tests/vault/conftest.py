import pytest

from tests.vault import factories


@pytest.fixture
def fund(db: None) -> factories.Fund:
    return factories.fund()
