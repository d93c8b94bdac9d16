"""One-time codes are good once, recovery codes are not kept, a device cookie belongs to one account."""

import datetime as dt

import pyotp
import pytest

from gza.accounts import factors
from gza.accounts.models import User
from gza.core import clock
from tests.accounts.factories import make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def nino() -> User:
    user = make_user()
    user.totp = factors.seal_secret(user.id, factors.new_secret())
    user.save()
    return User.objects.get(id=user.id)


def _code(user: User, offset: int = 0) -> str:
    return pyotp.TOTP(factors.open_secret(user)).at(NOON + dt.timedelta(seconds=offset))


def test_a_code_is_good_once(nino: User) -> None:
    with clock.pretend(NOON):
        assert factors.spend_code(nino, _code(nino))
        assert not factors.spend_code(nino, _code(nino))


@pytest.mark.parametrize(("offset", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_good_one_step_early_or_late(nino: User, offset: int, good: bool) -> None:
    with clock.pretend(NOON):
        assert factors.spend_code(nino, _code(nino, offset)) is good


def test_blanks_in_a_code_do_not_matter_and_other_text_is_no_code(nino: User) -> None:
    code = _code(nino)
    with clock.pretend(NOON):
        assert not factors.spend_code(nino, "")
        assert not factors.spend_code(nino, "abcdef")
        assert not factors.spend_code(nino, "१२३४५६")
        assert factors.spend_code(nino, f" {code[:3]} {code[3:]} ")


def test_a_code_of_another_person_is_good_for_them_alone(nino: User) -> None:
    other = make_user()
    assert not factors.spend_code(other, _code(nino))


def test_a_sealed_secret_opens_for_its_own_account_alone(nino: User) -> None:
    other = make_user(totp=bytes(nino.totp))
    with pytest.raises(factors.Unreadable):
        factors.open_secret(other)


def test_every_byte_of_a_sealed_secret_counts(nino: User) -> None:
    sealed = bytes(nino.totp)
    for index in range(len(sealed)):
        nino.totp = sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :]
        with pytest.raises(factors.Unreadable):
            factors.open_secret(nino)


def test_recovery_codes_are_ten_unlike_ones_and_read_without_regard_to_blanks_and_case(nino: User) -> None:
    codes = factors.new_recovery_codes()
    assert len(set(codes)) == factors.RECOVERY_CODES == 10
    digest = factors.recovery_digest(nino.id, codes[0])
    assert digest == factors.recovery_digest(nino.id, codes[0].lower().replace("-", " "))
    assert digest != factors.recovery_digest(make_user().id, codes[0])


def test_a_device_cookie_belongs_to_one_account(nino: User) -> None:
    cookie = factors.device_cookie(nino.id)
    assert factors.known_device(nino.id, cookie)
    assert factors.known_device(make_user().id, cookie) is None
    for forged in ("", ".", "x", cookie[:-1], cookie + "0", f"x{cookie}", "ა.ბ"):
        assert factors.known_device(nino.id, forged) is None
