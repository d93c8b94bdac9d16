"""Verification names the first bad event, and tells a restore from a cut tail."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.ledger import heads, work
from gza.ledger.apps import guard
from gza.ledger.models import GENESIS, Event, Head, chain
from gza.ledger.verify import RESTORED, Problem, verify

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.fixture
def outside(tmp_path: Path, settings) -> Path:
    settings.GZA_HEADS = tmp_path
    return tmp_path


@pytest.fixture
def eight(outside: Path) -> list[Event]:
    for number in range(8):
        with work.act("a.b", by=SYSTEM, number=number):
            pass
    events = list(Event.objects.order_by("seq"))
    for event in events:
        heads.export(event.seq, bytes(event.hash), event.at)
    return events


@pytest.fixture
def as_owner_of_the_database() -> Iterator[None]:
    """Whoever owns the database can drop the triggers; that is why there is a chain."""
    with connection.cursor() as cursor:
        for table in ("ledger_event", "ledger_head"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")
    yield
    guard()


def recompute(from_seq: int) -> None:
    prev = bytes(Event.objects.filter(seq=from_seq - 1).values_list("hash", flat=True).first() or GENESIS)
    for event in Event.objects.filter(seq__gte=from_seq).order_by("seq"):
        event.prev, event.hash = prev, chain(prev, event.content())
        event.save()
        prev = event.hash
    last = Event.objects.order_by("-seq").first()
    Head.objects.update(seq=last.seq, hash=last.hash)


@pytest.mark.usefixtures("eight")
def test_an_untouched_chain_is_good() -> None:
    report = verify()
    assert (report.ok, report.checked, report.heads) == (True, 8, 8)


@pytest.mark.usefixtures("eight", "as_owner_of_the_database")
def test_an_edited_row_is_named() -> None:
    Event.objects.filter(seq=3).update(facts={"number": 99})
    assert verify().problems == [Problem("edited", 3)]


@pytest.mark.usefixtures("eight", "as_owner_of_the_database")
def test_a_deleted_row_is_named() -> None:
    Event.objects.filter(seq=4).delete()
    assert verify().first_bad == 4


@pytest.mark.usefixtures("eight", "as_owner_of_the_database")
def test_a_cut_tail_is_found_even_when_the_head_row_was_put_back() -> None:
    Event.objects.filter(seq__gt=5).delete()
    Head.objects.update(seq=5, hash=Event.objects.get(seq=5).hash)
    assert verify().problems == [Problem("cut", 6)]


@pytest.mark.usefixtures("eight", "as_owner_of_the_database")
def test_a_recomputed_chain_is_found_by_the_heads_outside() -> None:
    Event.objects.filter(seq=6).update(facts={"number": 99})
    recompute(6)
    assert verify().problems == [Problem("recomputed", 6)]


@pytest.mark.usefixtures("as_owner_of_the_database")
def test_a_restore_signed_by_two_is_told_from_a_cut_tail(eight: list[Event]) -> None:
    Event.objects.filter(seq__gt=5).delete()
    Head.objects.update(seq=5, hash=eight[4].hash)
    with work.act(RESTORED, by=SYSTEM, since=5):
        pass
    assert {problem.fault for problem in verify().problems} >= {"forged_restore"}
    assert verify(signed_by_two=lambda _event: True).ok


@pytest.mark.usefixtures("eight")
def test_a_head_that_somebody_wrote_by_hand_is_found(outside: Path) -> None:
    file = next(outside.glob("*.jsonl"))
    file.write_text(file.read_text().replace('"seq": 8', '"seq": 9'))
    assert "forged_head" in {problem.fault for problem in verify().problems}


def test_heads_are_exported_when_the_act_is_committed(outside: Path, django_capture_on_commit_callbacks) -> None:
    moment = dt.datetime(2020, 10, 15, 9, 12, tzinfo=dt.UTC)
    with clock.pretend(moment), django_capture_on_commit_callbacks(execute=True), work.act("a.b", by=SYSTEM):
        pass
    head = next(heads.read())
    assert (head.seq, head.good, head.at) == (1, True, moment)
    assert next(outside.iterdir()).name == "2020-10.jsonl"
