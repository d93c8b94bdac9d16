"""One act, one event; a refusal survives the rollback; nothing is written when the event cannot be."""

import pytest
from django.db import DatabaseError, connection, transaction

from gza.accounts.models import User
from gza.core.actors import SYSTEM
from gza.law.verdicts import Denied, Text
from gza.ledger import work
from gza.ledger.models import Event, Head, Kind

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def test_an_act_writes_one_event_that_follows_the_head() -> None:
    with work.act("accounts.made", by=SYSTEM, clause="G2", count=1):
        User.objects.create(username="nino", role="coordinator")
    event = Event.objects.get()
    assert (event.seq, event.verb, event.facts) == (1, "accounts.made", {"count": 1})
    assert bytes(Head.objects.get().hash) == event.digest()


def test_a_refusal_is_recorded_and_everything_else_rolled_back() -> None:
    denied = Denied("x.y", "S0.1", Text("არა", "no"))

    def make_and_refuse() -> None:
        with work.act("accounts.made", by=SYSTEM):
            User.objects.create(username="nino", role="coordinator")
            work.require(denied)

    with pytest.raises(work.Refused):
        make_and_refuse()
    assert not User.objects.exists()
    event = Event.objects.get()
    assert (event.kind, event.clause, event.facts) == (Kind.REFUSAL, "S0.1", {"code": "x.y"})


@pytest.mark.parametrize("sql", ["UPDATE ledger_event SET verb = 'x'", "DELETE FROM ledger_event"])
def test_the_engine_itself_refuses_to_change_an_event(sql: str) -> None:
    with work.act("a.b", by=SYSTEM):
        pass
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
