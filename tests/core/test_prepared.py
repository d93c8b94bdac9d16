"""A prepared query gives what the query itself gives, for whomever it is asked."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation, User
from gza.core.prepared import Prepared

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def test_rows_and_instances_are_those_of_the_query() -> None:
    people = [User.objects.create(username=name, role=Role.AUDITOR) for name in ("first", "second")]
    rows = Prepared(lambda id_: User.objects.filter(id=id_).values_list("id", "username", "created_at"))
    whole = Prepared(lambda id_: User.objects.filter(id=id_, is_active=True))
    for person in people:
        assert rows.rows(person.id) == list(
            User.objects.filter(id=person.id).values_list("id", "username", "created_at")
        )
        found = whole.one(person.id)
        assert found == person
        assert {f.attname: getattr(found, f.attname) for f in User._meta.concrete_fields} == {
            f.attname: getattr(User.objects.get(id=person.id), f.attname) for f in User._meta.concrete_fields
        }
    assert whole.one(uuid.uuid4()) is None


def test_related_rows_and_days_come_as_the_query_gives_them() -> None:
    today, tomorrow = dt.date(2026, 5, 4), dt.date(2026, 5, 5)
    director = User.objects.create(username="director", role=Role.DIRECTOR)
    other = User.objects.create(username="other", role=Role.DIRECTOR)
    made = Delegation.objects.create(holder=director, power=Power.OFFICE, valid_from=today, order="1")
    asked = Prepared(
        lambda user, day: Delegation.objects.filter(holder=user, valid_from__lte=day).select_related("holder"),
        kinds=(uuid.UUID, dt.date),
    )
    assert asked.all(director.id, tomorrow) == [made]
    with CaptureQueriesContext(connection) as seen:
        assert asked.one(str(director.id), today).holder.username == "director"
    assert len(seen) == 1
    assert asked.all(director.id, today - dt.timedelta(days=1)) == []
    assert asked.all(other.id, tomorrow) == []


def test_a_query_that_does_not_ask_about_its_value_is_no_prepared_query() -> None:
    with pytest.raises(ValueError, match="each of its values"):
        Prepared(lambda _id: User.objects.all()).rows(uuid.uuid4())
