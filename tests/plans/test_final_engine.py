"""The final plan as the database holds it, and its content as it can be checked later."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gza.core import clock
from gza.plans import content, queries
from gza.plans.models import PlanVersion
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import signed
from tests.plans.factories import newest
from tests.plans.finals import newest_initial, unguarded

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.6", "S7.10", "S3.4b")
def test_the_engine_itself_holds_the_plan_together(world: World) -> None:
    case = signed.ready(world, secured=False)
    version = signed.begin(world, case.id, starts_on=dt.date(2027, 3, 1))
    day = {"submitted_on": clock.today(), "submitted_at": clock.now(), "submitted_by": world.worker.id,
           "fingerprint": b"x" * 32, "content": world.worker.who.ring.seal(
               PlanVersion, version.id, "content", "x", case=case.id)}  # fmt: skip
    rows = PlanVersion.objects.filter(id=version.id)
    with pytest.raises(DatabaseError, match="not secured"), transaction.atomic():
        rows.update(state="submitted", **day)
    with pytest.raises(DatabaseError, match="twelve months"), transaction.atomic():
        rows.update(latest_end=dt.date(2028, 3, 1), ends_on=dt.date(2028, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ends_on=dt.date(2028, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        version.items.update(source="provider", request_id=None)
    signed.answered(world, newest_initial(case))
    with pytest.raises(DatabaseError, match=r"append-only|both signatures"), transaction.atomic():
        rows.update(state="in_force", in_force_on=clock.today(), **day)


@pytest.mark.clause("S7.10")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2027-03-01", "2028-02-29"), ("2026-03-01", "2027-02-28"), ("2027-02-28", "2028-02-27"),
        ("2028-02-29", "2029-02-27"), ("2028-02-28", "2029-02-27"), ("2027-01-31", "2028-01-30"),
        ("2027-12-31", "2028-12-30"), ("2028-03-01", "2029-02-28"),
    ],
)  # fmt: skip
def test_the_longest_term_to_the_day_in_law_and_in_the_engine(world: World, first: str, last: str) -> None:
    starts, ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    case = signed.ready(world)
    version = signed.begin(world, case.id, starts_on=starts)
    assert (version.ends_on, version.latest_end) == (ends, ends)
    later = ends + dt.timedelta(days=1)
    with refused("plan.ends_late"):
        signed.fill(world, version, ends_on=later)
    for columns in ({"latest_end": later}, {"latest_end": later, "ends_on": later}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanVersion.objects.filter(id=version.id).update(**columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(version.plan).objects.filter(id=version.plan_id).update(starts_on=starts, latest_end=later)


@pytest.mark.clause("S7.8")
def test_the_content_of_a_final_plan_tells_all_of_it(world: World) -> None:
    case = signed.to_submit(world)
    version = signed.submit(world, case.id)
    ring = world.worker.who.ring
    text = json.loads(ring.open(version, "content"))
    assert len(bytes.fromhex(text["salt"])) == 32
    assert text["items"][0]["organisation"] == str(world.ngo.id)
    assert text["days"] == [version.starts_on.isoformat(), version.ends_on.isoformat()]
    assert content.holds(version, ring)
    assert queries.verify(version, ring).holds


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE plans_item SET ends_on = starts_on WHERE plan_version_id = %s", "rows"),
        ("UPDATE plans_item SET detail = reason WHERE plan_version_id = %s", "sealed"),
        ("UPDATE plans_version SET fingerprint = content WHERE id = %s", "content"),
        ("UPDATE plans_version SET months = 3 WHERE id = %s", "rows"),
    ],
)
def test_whatever_is_changed_behind_the_triggers_shows(world: World, sql: str, broken: str) -> None:
    case = signed.to_sign(world)
    version = newest(case.id)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, [version.id.hex if connection.vendor == "sqlite" else version.id])
    found = queries.verify(PlanVersion.objects.get(id=version.id), world.worker.who.ring)
    assert not found.holds
    assert broken in found.broken
