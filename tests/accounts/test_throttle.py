"""Guessing is slowed down, and nobody can lock a colleague out by it."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.db import connections

from gza.accounts import factors, throttle
from gza.core import clock
from gza.core.transient.models import Throttle
from tests.accounts.factories import make_user

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ADDRESS = "203.0.113.7"


@pytest.fixture
def still() -> Iterator[None]:
    """No time passes: a slow machine would wait out the first delays."""
    with clock.pretend(NOON):
        yield


def _tries(buckets: throttle.Buckets, count: int) -> list[dt.timedelta | None]:
    return [throttle.take(buckets) for _ in range(count)]


@pytest.mark.django_db
def test_each_attempt_past_the_free_ones_waits_twice_as_long() -> None:
    bucket = throttle.Bucket("k", 3)
    with clock.pretend(NOON):
        assert [throttle.count(bucket) for _ in range(3)] == [None] * 3
        assert throttle.count(bucket) == SECOND
    with clock.pretend(NOON + SECOND):
        assert throttle.count(bucket) is None
        assert throttle.count(bucket) == 2 * SECOND
    with clock.pretend(NOON + 3 * SECOND):
        assert throttle.count(bucket) is None
        assert throttle.count(bucket) == 4 * SECOND


@pytest.mark.django_db
def test_an_attempt_made_too_early_is_not_counted() -> None:
    bucket = throttle.Bucket("k", 1)
    with clock.pretend(NOON):
        _ = [throttle.count(bucket) for _ in range(9)]
    assert Throttle.objects.get(key="k").count == 1


@pytest.mark.django_db
def test_no_wait_is_longer_than_a_quarter_of_an_hour_and_an_hour_forgets() -> None:
    bucket, now = throttle.Bucket("k", 1), NOON
    for _ in range(30):
        with clock.pretend(now):
            wait = throttle.count(bucket)
        now += wait or dt.timedelta(0)
    assert max(throttle.delay(count, 1) for count in range(99)) == throttle.CAP
    with clock.pretend(now + throttle.MEMORY + SECOND):
        assert throttle.count(bucket) is None
    assert Throttle.objects.get(key="k").count == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("still")
def test_strangers_never_make_a_known_device_wait() -> None:
    nino = make_user(username="nino")
    device = factors.known_device(nino.id, factors.device_cookie(nino.id))
    for host in range(200):
        throttle.take(throttle.of_attempt("nino", f"203.0.113.{host}", None))
    _tries(throttle.of_attempt("nino", ADDRESS, None), 50)
    assert throttle.take(throttle.of_attempt("nino", "198.51.100.1", None)) is not None
    assert throttle.take(throttle.of_attempt("nino", ADDRESS, device)) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("still")
def test_guessing_one_name_does_not_slow_another_at_the_same_address() -> None:
    _tries(throttle.of_attempt("nino", ADDRESS, None), 30)
    assert throttle.take(throttle.of_attempt("lali", ADDRESS, None)) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("still")
def test_one_password_tried_on_many_names_is_slowed_by_address() -> None:
    waits = [throttle.take(throttle.of_attempt(f"name{n}", ADDRESS, None)) for n in range(80)]
    assert waits[:60] == [None] * 60
    assert all(wait is not None for wait in waits[60:])


@pytest.mark.django_db
@pytest.mark.usefixtures("still")
def test_success_forgives_ones_own_attempts_and_not_those_of_the_address() -> None:
    buckets = throttle.of_attempt("nino", ADDRESS, None)
    _tries(buckets, 4)
    throttle.forgive(buckets)
    assert [row.count for row in Throttle.objects.all()] == [4]
    assert Throttle.objects.get().key == buckets.shared[0].key


@pytest.mark.django_db
def test_no_key_holds_a_name_or_an_address() -> None:
    throttle.take(throttle.of_attempt("nino", ADDRESS, None))
    for key in Throttle.objects.values_list("key", flat=True):
        assert "nino" not in key
        assert ADDRESS not in key


@pytest.mark.parametrize(
    ("address", "expected"),
    [("203.0.113.7", "203.0.113.7/32"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", "unknown")],
)
def test_a_network_is_a_host_or_its_64(address: str, expected: str) -> None:
    assert throttle.network(address) == expected


@pytest.mark.django_db
def test_old_counters_are_deleted() -> None:
    with clock.pretend(NOON):
        throttle.count(throttle.Bucket("old", 3))
    with clock.pretend(NOON + throttle.MEMORY + throttle.CAP + SECOND):
        throttle.count(throttle.Bucket("new", 3))
        assert throttle.forget_old() == 1
    assert Throttle.objects.get().key == "new"


_COUNTER = """
import django
django.setup()
from gza.accounts.throttle import Bucket, count
for _ in range(50):
    assert count(Bucket("race", 1000)) is None
"""
_READER = """
import django
django.setup()
from gza.core.transient.models import Throttle
print(Throttle.objects.get().count)
"""


def _environment(tmp_path: Path) -> dict[str, str]:
    settings = connections["transient"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        url = f"sqlite:///{tmp_path / 'transient.sqlite3'}"
    else:
        url = f"postgres://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    return {**os.environ, "GZA_TRANSIENT": url, "DJANGO_SETTINGS_MODULE": "gza.config.settings"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_five_hundred_counts_of_ten_processes_at_once_are_five_hundred(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    run = [sys.executable, "-W", "ignore"]
    if "sqlite" in environment["GZA_TRANSIENT"]:
        migrate = [*run, "-m", "django", "migrate", "--database", "transient", "-v", "0"]
        subprocess.run(migrate, env=environment, check=True)
    processes = [subprocess.Popen([*run, "-c", _COUNTER], env=environment) for _ in range(10)]
    assert [process.wait(120) for process in processes] == [0] * 10
    told = subprocess.run([*run, "-c", _READER], env=environment, check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "500"


@pytest.mark.django_db
def test_a_row_made_by_another_between_two_statements_is_counted_on() -> None:
    bucket = throttle.Bucket("k", 5)

    def late(query: object) -> Throttle | None:
        if not Throttle.objects.filter(key="k").exists():
            Throttle.objects.create(key="k", count=1, window_start=clock.now())
        return Throttle.objects.get(key="k")

    with mock.patch("django.db.models.query.QuerySet.first", late):
        assert throttle.count(bucket) is None
    assert Throttle.objects.get(key="k").count == 2
