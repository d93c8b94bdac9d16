"""A page that reads cannot write, on either engine; an opening lifts that for its one transaction."""

import pytest
from django.db import connection, transaction

from gza.accounts.models import User
from gza.core import db
from gza.core.actors import SYSTEM
from gza.ledger import work
from gza.ledger.models import Event, Kind

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def test_a_write_inside_a_read_only_request_is_refused() -> None:
    with pytest.raises(db.ReadOnly), db.read_only(), transaction.atomic():
        User.objects.create(username="nino", role="coordinator")
    assert not User.objects.exists()


def test_reading_is_allowed() -> None:
    with db.read_only():
        assert not User.objects.exists()


def test_an_opening_is_recorded_inside_a_read_only_request() -> None:
    with db.read_only():
        work.opening("cases.identity", by=SYSTEM, count=3)
        with pytest.raises(db.ReadOnly), transaction.atomic():
            User.objects.create(username="nino", role="coordinator")
    event = Event.objects.get()
    assert (event.kind, event.facts) == (Kind.OPENING, {"count": 3})


def test_the_engine_is_writable_again_afterwards() -> None:
    with db.read_only():
        pass
    User.objects.create(username="nino", role="coordinator")
    assert User.objects.count() == 1


@pytest.mark.django_db(databases=["default", "transient"], transaction=True)
def test_the_engine_itself_refuses_past_python() -> None:
    with db.read_only():
        raw = connection.connection.cursor()
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            raw.execute("DELETE FROM account")


def test_the_triggers_stand() -> None:
    assert db.triggers("ledger_event") == {"ledger_event_no_update", "ledger_event_no_delete"}
