"""Which versions a year of work rests on: those that were in force, no others (S7.9)."""

import datetime as dt

import pytest

from gza.plans import actions
from gza.plans.queries import running as queries
from tests.cases.factories import World
from tests.plans import factories, signed
from tests.plans.second_half import on

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.9", "G1")
def test_a_version_taken_back_unsigned_was_never_in_force(db: None) -> None:
    """It is superseded like one that was in force; reports and flags do not take it for one."""
    with on(dt.date(2024, 1, 10)):
        world = World()
        case = signed.to_sign(world)
        taken_back = factories.newest(case.id)
        actions.rework_final(case_id=case.id, version_id=taken_back.id, why="სხვაგვარად", by=world.worker.who)
        signed.submit(world, case.id)
        signed.agree(world, case.id)
        origin = taken_back.items.get().origin
        assert not queries.was_planned(case, origin)
    with on(dt.date(2024, 2, 10)):
        for who in ("beneficiary", "worker"):
            signed.sign(world, case.id, who)
    in_force = factories.newest(case.id)
    year = queries.year(case, queries.terms(case)[0])
    assert year.versions == [in_force]
    assert year.version_of(dt.date(2024, 1, 1)) == in_force  # begun in January, signed in February
    assert queries.was_planned(case, origin)
