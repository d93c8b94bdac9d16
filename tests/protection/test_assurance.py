"""What is offered to the audit where it refuses what the search proposed."""

from dataclasses import replace

import pytest

from gza.protection import assurance, programme, search
from gza.protection.assurance import Refused, attacked, audited
from gza.protection.ledger import Ledger
from gza.protection.model import Base
from gza.protection.release import Before, Prepared, prepare

from .countries import land


def proposal(seed: int) -> Prepared:
    """The first release of a random country."""
    found = land(seed)
    base = Base(found.categories(), found.counts(found.windows[0]))
    return prepare(base, k=found.k, specs=programme.asked(found.tables, base), seconds=1.0)


def test_a_proposal_that_withstands_stays_as_it_is():
    first = proposal(5001)
    made, found = attacked(first, Before(), 1)
    assert found.withstood
    assert made.refused == ()
    assert made.release.tables == first.release.tables


def test_in_place_of_a_refused_proposal_one_with_a_cell_more_is_found():
    """20340: of one year of the window nothing suppressed could be small."""
    first = proposal(20340)
    made, found = attacked(first, Before(), 1)
    assert found.withstood
    assert [one.partition(":")[0] for one in made.refused] == ["knows the optimiser"]
    assert made.lost == first.lost + 1 < first.composed.problem.cells.sum()
    said = made.release.certificate
    assert (said["lost"], said["optimal"]) == (made.lost, False)
    assert said["gap"] == round((made.lost - said["least"]) / made.lost, 4)


def test_where_no_other_holds_everything_is_suppressed_that_totals_leave_open():
    first = proposal(20326)
    made, found = attacked(first, Before(), 1)
    assert found.withstood
    assert made.lost == first.composed.problem.cells.sum()
    printed = {cell.value for table in made.release.tables for cell in table.cells} - {None}
    assert printed == set(made.release.certificate["totals"].values())


def test_what_takes_too_long_ends_with_everything(monkeypatch):
    monkeypatch.setattr(assurance, "AGAIN_SECONDS", -1.0)
    first = proposal(20340)
    made, found = attacked(first, Before(), 1)
    assert found.withstood
    assert made.lost == first.composed.problem.cells.sum()


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_what_breaks_whatever_is_suppressed_is_refused(tmp_path, monkeypatch, method):
    """A printed value that is not the count; nothing is offered in place of a rounded release."""
    first = proposal(5001)
    wrong = replace(first.base, counts={key: n + 1 for key, n in first.base.counts.items()})
    tried = []
    kept = assurance._suppressed
    monkeypatch.setattr(assurance, "_suppressed", lambda *given: tried.append(given) or kept(*given))
    said = {**first.release.certificate, "method": method}
    changed = replace(first, base=wrong, release=replace(first.release, certificate=said))
    with (
        Ledger.open(tmp_path / "ledger", secret=bytes(32), at="2026-01-01") as ledger,
        pytest.raises(Refused, match="false figure"),
    ):
        audited(changed, ledger)
    assert bool(tried) is (method == "suppression")


def test_when_all_time_is_over_everything_that_is_not_proven_is_suppressed(monkeypatch):
    monkeypatch.setattr(search, "GRACE", -9.0)
    found = land(20326)
    base = Base(found.categories(), found.counts(found.windows[0]))
    made = prepare(base, k=found.k, specs=programme.asked(found.tables, base), seconds=1e-9)
    _, audit = attacked(made, Before(), 1)
    assert audit.withstood
    assert made.release.certificate["optimal"] is False
