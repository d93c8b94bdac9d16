"""Slowing down guesses, so that nobody can lock a colleague out.

An attempt is counted in buckets before anything is checked. Each bucket lets some attempts through freely; after
them each further one must wait twice as long as the one before, up to a quarter of an hour. An attempt made too
early is refused and not counted. A bucket forgets after an hour without an attempt.

Who shows the cookie of a device that this account signed in from before is counted in that device's bucket alone:
strangers who guess, from one address or from a thousand, never make the owner of a known device wait.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When

from gza.core import clock
from gza.core.transient.models import Throttle

from .subkeys import subkey

CAP = dt.timedelta(minutes=15)
MEMORY = dt.timedelta(hours=1)
FREE_DEVICE, FREE_NETWORK, FREE_STRANGERS, FREE_ADDRESS = 5, 5, 20, 60
_STEPS = 10  # 2 ** 10 seconds are more than CAP


@dataclass(frozen=True)
class Bucket:
    """One counter: its key, which names nobody in clear, and how many attempts it lets through freely."""

    key: str
    free: int


@dataclass(frozen=True)
class Buckets:
    """The counters of one attempt; ``own`` are forgiven when it succeeds, ``shared`` ones never are."""

    own: tuple[Bucket, ...]
    shared: tuple[Bucket, ...] = ()


def _key(kind: str, *parts: str) -> str:
    text = "\x00".join(parts).encode()
    return f"{kind}:{hmac.new(subkey('throttle'), text, hashlib.sha256).hexdigest()[:32]}"


def network(address: str) -> str:
    """The network an address counts as: itself for IPv4, the /64 for IPv6, since a host has the whole of one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((parsed, 64 if parsed.version == 6 else 32), strict=False))  # noqa: PLR2004 (IPv6)


def of_attempt(username: str, address: str, device: str | None) -> Buckets:
    """The buckets of a try to sign in.

    Args:
        username: as typed, whether or not there is such an account.
        address: the client's address.
        device: the id of a known device of this very account, checked beforehand; None for a stranger.
    """
    name, place = username.strip().lower(), network(address)
    if device:
        return Buckets((Bucket(_key("device", name, device), FREE_DEVICE),))
    return Buckets(
        (
            Bucket(_key("network", name, place), FREE_NETWORK),
            Bucket(_key("strangers", name), FREE_STRANGERS),
        ),
        (Bucket(_key("address", place), FREE_ADDRESS),),
    )


def of_session(session_key: str) -> Buckets:
    """The bucket of tries within a session: unlocking it, confirming that it is oneself."""
    return Buckets((Bucket(_key("session", session_key), FREE_DEVICE),))


def delay(count: int, free: int) -> dt.timedelta:
    """How long after the ``count``-th counted attempt the next one may come."""
    if count < free:
        return dt.timedelta(0)
    return min(dt.timedelta(seconds=2 ** min(count - free, _STEPS)), CAP)


def _open(bucket: Bucket, now: dt.datetime) -> Q:
    condition = Q(count__lt=bucket.free) | Q(window_start__lt=now - MEMORY)
    for step in range(_STEPS):
        condition |= Q(count=bucket.free + step, window_start__lte=now - delay(bucket.free + step, bucket.free))
    return condition | Q(count__gte=bucket.free + _STEPS, window_start__lte=now - CAP)


def count(bucket: Bucket) -> dt.timedelta | None:
    """Count one attempt, by one atomic UPDATE; ``window_start`` is the moment of the last counted one.

    Returns:
        None when it was counted and may go on; else how long to wait, and nothing was counted.
    """
    now = clock.now()
    forgotten = When(window_start__lt=now - MEMORY, then=Value(1))
    row = Throttle.objects.filter(key=bucket.key)
    for _ in range(5):
        if row.filter(_open(bucket, now)).update(count=Case(forgotten, default=F("count") + 1), window_start=now):
            return None
        found = row.first()
        if found is not None:
            pause = delay(found.count, bucket.free)
            if pause and found.window_start + pause > now:
                return max(found.window_start + pause - now, dt.timedelta(seconds=1))
            continue  # the row came between the two statements, or its time has just come: count on it
        try:
            with transaction.atomic(using="transient"):
                Throttle.objects.create(key=bucket.key, count=1, window_start=now)
        except IntegrityError:  # another process was first: count on its row
            continue
        return None
    return dt.timedelta(seconds=1)


def take(buckets: Buckets) -> dt.timedelta | None:
    """Count one attempt in each bucket until one says to wait.

    Returns:
        None when it may go on, else how long to wait.
    """
    for bucket in (*buckets.own, *buckets.shared):
        wait = count(bucket)
        if wait is not None:
            return wait
    return None


def forgive(buckets: Buckets) -> None:
    """Forget the attempts before a success; the bucket that all accounts of an address share stays."""
    Throttle.objects.filter(key__in=[bucket.key for bucket in buckets.own]).delete()


def forget_old() -> int:
    """Delete counters that no longer count; returns how many."""
    return Throttle.objects.filter(window_start__lt=clock.now() - MEMORY - CAP).delete()[0]
