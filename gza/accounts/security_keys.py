"""Security keys (FIDO2, WebAuthn level 2) as second factor; the password stays the first.

The state that ``begin`` functions return goes into the session and comes back to ``complete`` once.
"""

from collections.abc import Mapping
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from .models import SecurityKey, User


class KeyRefused(Exception):
    """The answer of a security key does not hold."""


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name="Gza", id=host.rsplit(":", 1)[0]))


def _credentials(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.credential)) for key in user.security_keys.all()]


def begin_adding(user: User, host: str) -> tuple[dict[str, Any], Any]:
    """Options for the browser to make a credential, and the state to keep; keys already there are left out."""
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=user.id.bytes, name=user.username, display_name=user.name("en")),
        _credentials(user),
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return dict(options), state


def complete_adding(user: User, host: str, state: Any, response: Mapping[str, Any], name: str) -> SecurityKey:
    """The new key, not yet stored.

    Raises:
        KeyRefused: when the answer does not fit the question.
    """
    try:
        data = _server(host).register_complete(state, response)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyRefused(str(error)) from error
    credential = data.credential_data
    if credential is None:
        raise KeyRefused("no credential")
    return SecurityKey(
        user=user,
        name=name,
        credential_id=credential.credential_id,
        credential=bytes(credential),
        counter=data.counter,
    )


def begin_asking(user: User, host: str) -> tuple[dict[str, Any], Any]:
    """Options for the browser to ask one of the account's keys, and the state to keep."""
    options, state = _server(host).authenticate_begin(
        _credentials(user), user_verification=UserVerificationRequirement.DISCOURAGED
    )
    return dict(options), state


def complete_asking(user: User, host: str, state: Any, response: Mapping[str, Any]) -> tuple[SecurityKey, int]:
    """The key that answered and its new counter, which the caller stores when it acts on the answer.

    Raises:
        KeyRefused: when no key of the account answered this very question, or its counter went back (a copy).
    """
    try:
        answer = AuthenticationResponse.from_dict(response)
        used = _server(host).authenticate_complete(state, _credentials(user), answer)
        counter = answer.response.authenticator_data.counter
    except (ValueError, KeyError, TypeError) as error:
        raise KeyRefused(str(error)) from error
    key = user.security_keys.filter(credential_id=used.credential_id).first()
    if key is None or (counter <= key.counter and (counter or key.counter)):
        raise KeyRefused("counter")
    return key, counter
