"""Numbers that can be right."""

import pytest

from gza.law import plausible
from gza.law.plausible import Bounds


@pytest.mark.clause("G2")
@pytest.mark.parametrize(("value", "right"), [(0, False), (1, True), (999, True), (1000, False), (None, True)])
def test_a_number_past_its_bounds_is_asked_again(value: int | None, right: bool) -> None:
    verdict = plausible.number(value=value, bounds=plausible.TIMES)
    assert bool(verdict) is right
    if not right:
        assert (verdict.code, verdict.clause) == ("entry.number", "G2")
        assert "999" in verdict.message.en
        assert str(value) in verdict.message.ka


def test_bounds_that_move_with_the_year() -> None:
    assert plausible.budget_year(2026) == Bounds(2007, 2031)
    assert plausible.birth_year(2026) == Bounds(1916, 2026)
    assert plausible.TIMES.limits == {"min_value": 1, "max_value": 999}
