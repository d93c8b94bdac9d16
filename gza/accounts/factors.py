"""Second factors: one-time codes, recovery codes on paper, and the cookie of a known device.

The secret of the one-time codes is needed before anything of the person's is open, so it cannot lie under their own
key: it is sealed (XChaCha20-Poly1305, the account's id as associated data) under a key derived from the server's.
"""

import hashlib
import hmac
import secrets
import uuid

import nacl.bindings
import nacl.exceptions
import nacl.utils
import pyotp
from django.db import IntegrityError, transaction

from gza.core import clock
from gza.core.transient.models import Spent

from .models import User
from .subkeys import subkey

STEP = 30
RECOVERY_CODES = 10
ISSUER = "Gza"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read as something else
_NONCE = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES


class Unreadable(Exception):
    """A sealed secret does not open: another server key, another account, or a changed byte."""


def new_secret() -> str:
    """A fresh secret for one-time codes: 160 bits, base32 (RFC 4226, 6238)."""
    return pyotp.random_base32()


def seal_secret(user_id: uuid.UUID, secret: str) -> bytes:
    """The secret as it is stored with the account."""
    nonce = nacl.utils.random(_NONCE)
    key = subkey("totp")
    return nonce + nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(secret.encode(), user_id.bytes, nonce, key)


def open_secret(user: User) -> str:
    """The secret of the account's one-time codes.

    Raises:
        Unreadable: when it does not open.
    """
    sealed = bytes(user.totp)
    try:
        return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[_NONCE:], user.id.bytes, sealed[:_NONCE], subkey("totp")
        ).decode()
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise Unreadable from error


def secret_address(user: User, secret: str) -> str:
    """The address an authenticator application reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def step_of(secret: str, code: str) -> int | None:
    """The 30-second step whose code this is: the present one, the one before or the one after; else None."""
    typed = "".join(code.split())
    present = int(clock.now().timestamp()) // STEP
    totp, found = pyotp.TOTP(secret), None
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            found = step
    return found


def spend_code(user: User, code: str, *, secret: str | None = None) -> bool:
    """Whether ``code`` is good for the account now; each is good once, by a unique INSERT."""
    if secret is None:
        if not user.totp:
            return False
        secret = open_secret(user)
    step = step_of(secret, code)
    if step is None:
        return False
    try:
        with transaction.atomic(using="transient"):
            Spent.objects.create(key=f"totp:{user.id}:{step}", at=clock.now())
    except IntegrityError:
        return False
    return True


def new_recovery_codes() -> list[str]:
    """Ten codes of ten letters and digits (49 bits each, behind the throttle), in two groups."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(user_id: uuid.UUID, code: str) -> bytes:
    """What is stored of a recovery code; blanks, dashes and case do not matter."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hmac.new(subkey("recovery"), user_id.bytes + plain.encode(), hashlib.sha256).digest()


def _device_mark(user_id: uuid.UUID, device: str) -> str:
    return hmac.new(subkey("device"), user_id.bytes + device.encode(), hashlib.sha256).hexdigest()[:32]


def device_cookie(user_id: uuid.UUID) -> str:
    """The value of a fresh cookie that marks this browser as one the account signed in from."""
    device = secrets.token_urlsafe(12)
    return f"{device}.{_device_mark(user_id, device)}"


def known_device(user_id: uuid.UUID, cookie: str) -> str | None:
    """The device's id when the cookie is one that this account was given; else None."""
    device, _, mark = cookie.partition(".")
    good = hmac.compare_digest(mark.encode(), _device_mark(user_id, device).encode())
    return device if good and device else None
