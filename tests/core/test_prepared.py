"""A prepared query gives what the query itself gives, for whomever it is asked."""

import uuid

import pytest

from gza.accounts.enums import Role
from gza.accounts.models import User
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


def test_a_query_about_nobody_is_no_prepared_query() -> None:
    with pytest.raises(ValueError, match="about an id"):
        Prepared(lambda _id: User.objects.all()).rows(uuid.uuid4())
