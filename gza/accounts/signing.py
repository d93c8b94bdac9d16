"""The checks of a sign-in, apart from pages and cookies: throttle, password, second factor.

Every attempt is counted before anything is checked; an account that is not there costs the same queries and the same
Argon2id pass as one that is; what failed is never told apart in the answer.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from gza.core import clock

from . import factors, passwords, queries, throttle
from .models import User

_NOBODY = uuid.UUID(int=0)


class NotSignedInError(Exception):
    """Base of what ends a sign-in."""


class MustWait(NotSignedInError):
    """Too many attempts; nothing was checked."""

    def __init__(self, wait: dt.timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, at least one."""
        return max(1, round(self.wait.total_seconds()))


class NoMatch(NotSignedInError):
    """Name, password or second factor is not right; which one is not said."""


class TemporaryOver(NotSignedInError):
    """The password was right, but the days given for a first sign-in are over; an administrator gives new ones."""


@dataclass
class Passed:
    """The password was right: whose it is, the key that opens their keys, the counters to forgive at the end."""

    user: User
    wrapping: bytes = field(repr=False)
    buckets: throttle.Buckets


def password(username: str, typed: str, *, address: str, cookie: str = "") -> Passed:
    """Count the attempt and check the password.

    Args:
        username: as typed.
        typed: the password as typed.
        address: the client's address.
        cookie: the cookie of a known device, if there was one.

    Raises:
        MustWait, NoMatch, TemporaryOver: see there.
    """
    user = queries.user_named(username)
    device = factors.known_device(user.id if user else _NOBODY, cookie)
    buckets = throttle.of_attempt(username, address, device if user else None)
    wait = throttle.take(buckets)
    if wait is not None:
        raise MustWait(wait)
    return _checked(user, typed, buckets)


def again(user: User, typed: str, session_key: str) -> Passed:
    """Count an attempt within a session and check the password: to unlock, or to confirm that it is oneself.

    Raises:
        MustWait, NoMatch: see there.
    """
    buckets = throttle.of_session(session_key)
    wait = throttle.take(buckets)
    if wait is not None:
        raise MustWait(wait)
    return _checked(user, typed, buckets)


def _checked(user: User | None, typed: str, buckets: throttle.Buckets) -> Passed:
    found = passwords.check(user, typed)
    if user is None or found is None or not user.is_active:
        raise NoMatch
    if user.temporary_until is not None and user.temporary_until < clock.now():
        raise TemporaryOver
    return Passed(user, found.wrapping, buckets)


def code(passed: Passed, typed: str) -> None:
    """Check and spend a one-time code.

    Raises:
        NoMatch: when it is not good, or was used before.
    """
    if not factors.spend_code(passed.user, typed):
        raise NoMatch
