"""Subjects of the addresses of accounts."""

import datetime as dt
import json
import secrets
from typing import Any

from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation, SecurityKey, User
from gza.core import clock
from gza.vault import session
from gza.vault.ring import Ring
from tests.accounts.factories import keys_of, make_user
from tests.web.matrix import subject


@subject(
    "accounts:detail",
    "accounts:edit",
    "accounts:disable",
    "accounts:enable",
    "accounts:reset_password",
    "accounts:reset_factor",
    "accounts:end_sessions",
)
def account(who: User | None, own: bool) -> dict[str, Any]:
    return {"user_id": (who if own and who else make_user()).id}


@subject("accounts:certify")
def colleague(who: User | None, own: bool) -> dict[str, Any]:
    return account(who, own)


@subject("accounts:rotate")
def leaver(who: User | None, own: bool) -> dict[str, Any]:
    return {"user_id": (who if own and who else make_user(is_active=False, disabled_at=clock.now())).id}


@subject("accounts:remove_key")
def security_key(who: User | None, own: bool) -> dict[str, Any]:
    owner = who if own and who else make_user()
    key = SecurityKey.objects.create(user=owner, name="key", credential_id=secrets.token_bytes(16), credential=b"x")
    return {"key_id": key.id}


@subject("accounts:resume")
def parked(who: User | None, own: bool) -> dict[str, Any]:
    owner, token = who if own and who else make_user(), secrets.token_urlsafe(12)
    text = json.dumps({"path": "/me/", "fields": [["a", "b"]], "files": False})
    session.seal_draft(Ring(owner.id, keys_of(owner)), f"parked:{token}", text)
    return {"token": token}


@subject("accounts:end_delegation")
def powers(who: User | None, own: bool) -> dict[str, Any]:
    row = Delegation.objects.create(
        holder=who if own and who else make_user(Role.COORDINATOR),
        power=Power.ACTING,
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2020, 2, 1),
        order="1",
    )
    return {"delegation_id": row.id}
