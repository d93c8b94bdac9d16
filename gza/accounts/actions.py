"""The writers of accounts: one verb, one transaction, one event."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from gza.core import clock
from gza.core.actors import SYSTEM, Actor
from gza.core.text import clean_line
from gza.law import access
from gza.ledger.work import act, require
from gza.vault import steps as vault
from gza.vault.ring import ring_of

from . import permissions, queries, signing, steps
from .enums import REGISTRY, Language, Power, Way
from .models import Delegation, SecurityKey, User
from .principals import Principal

FACTOR_TERM = dt.timedelta(days=1)


class NameTaken(Exception):
    """There is an account of that name already."""


def _require(name: str, by: Actor, subject: Any = None) -> None:
    if by is not SYSTEM:
        permissions.require(name, by if isinstance(by, Principal) else None, subject)


def create_account(
    *,
    username: str,
    role: str,
    full_name_ka: str = "",
    full_name_en: str = "",
    organisation_id: uuid.UUID | None = None,
    region: str = "",
    language: str = Language.KA,
    by: Actor,
) -> tuple[User, str]:
    """A new account and its temporary password, which is told once and kept nowhere.

    Raises:
        NameTaken: when the name is in use.
        Http404: when ``by`` may not.
    """
    _require("accounts.administer", by)
    try:
        with act("accounts.create", by=by, role=role) as doing:
            with transaction.atomic():
                user = steps.new_account(
                    username=username,
                    role=role,
                    full_name_ka=full_name_ka,
                    full_name_en=full_name_en,
                    organisation_id=organisation_id,
                    region=region,
                    language=language,
                    created_by=by.id,
                )
            doing.subject = user.id
            return user, steps.give_temporary_password(user)
    except IntegrityError as error:
        if User.objects.filter(username=clean_line(username).lower()).exists():
            raise NameTaken from error
        raise


def change_details(
    *,
    user: User,
    full_name_ka: str,
    full_name_en: str,
    organisation_id: uuid.UUID | None,
    region: str,
    by: Actor,
) -> None:
    """Mend names, organisation and region; name and role of an account never change."""
    _require("accounts.administer", by)
    with act("accounts.change_details", by=by, subject=user.id):
        user.full_name_ka, user.full_name_en = clean_line(full_name_ka), clean_line(full_name_en)
        user.organisation_id, user.region = organisation_id, region
        user.save(update_fields=["full_name_ka", "full_name_en", "organisation_id", "region"])


def disable(*, user: User, by: Actor) -> None:
    """Access stops at once: no sign-in, every session void, the certificates ended. Nothing is deleted.

    What the person held is rotated afterwards in a coordinator's session.
    """
    _require("accounts.disable", by, user)
    with act("accounts.disable", by=by, subject=user.id):
        user.is_active, user.disabled_at, user.disabled_by = False, clock.now(), by.id
        user.save(update_fields=["is_active", "disabled_at", "disabled_by"])
        steps.end_sessions(user)
        vault.end_certificates(user.id)
    steps.drop_sessions(user.id)


def enable(*, user: User, by: Actor) -> str:
    """Let the person in again, by a temporary password; new keys are to be certified."""
    _require("accounts.disable", by, user)
    with act("accounts.enable", by=by, subject=user.id):
        user.is_active, user.disabled_at, user.disabled_by = True, None, None
        user.save(update_fields=["is_active", "disabled_at", "disabled_by"])
        typed = steps.give_temporary_password(user)
    steps.drop_sessions(user.id)
    return typed


def reset_password(*, user: User, by: Actor) -> str:
    """A temporary password after a lost one; told once.

    The old keys cannot be opened any more. New ones come with the person's next own password, and a co-holder grants
    again once they are certified.
    """
    _require("accounts.reset", by, user)
    with act("accounts.reset_password", by=by, subject=user.id):
        typed = steps.give_temporary_password(user)
        vault.end_certificates(user.id)
    steps.drop_sessions(user.id)
    return typed


def reset_second_factor(*, user: User, by: Actor) -> None:
    """Forget one-time codes, security keys and recovery codes; sessions end.

    The next sign-in, within a day, is by the password alone and enrols new codes; after that day it needs a
    temporary password.
    """
    _require("accounts.reset", by, user)
    with act("accounts.reset_second_factor", by=by, subject=user.id):
        user.totp, user.totp_since = b"", None
        if not user.must_change:
            user.temporary_until = clock.now() + FACTOR_TERM
        user.save(update_fields=["totp", "totp_since", "temporary_until"])
        user.security_keys.all().delete()
        user.recovery_codes.all().delete()
        steps.end_sessions(user)
    steps.drop_sessions(user.id)


def end_sessions(*, user: User, by: Actor, but: str | None = None) -> None:
    """End every session of the account, all but the one of key ``but`` when a person ends their own others."""
    if not permissions.may("accounts.own", by if isinstance(by, Principal) else None, user):
        _require("accounts.administer", by)
    with act("accounts.end_sessions", by=by, subject=user.id):
        steps.end_sessions(user)
    steps.drop_sessions(user.id, but=but)


def change_password(*, user: User, password: str, by: Principal) -> bytes:
    """One's own new password; every other session ends.

    The first own password (after a temporary one) makes new key pairs, so that whoever knew the temporary one holds
    nothing; any later one wraps the same pairs anew.

    Returns:
        The wrapping key, to open the keys in the present session.

    Raises:
        Locked: when the keys are to be kept and are not open.
    """
    _require("accounts.own", by, user)
    first = user.must_change or not queries.has_keys(user.id)
    with act("accounts.change_password", by=by, subject=user.id, first=first):
        if first:
            wrapping = steps.set_first_password(user, password)
        else:
            wrapping = steps.set_password(user, password, ring_of(by).opened)
        steps.end_sessions(user)
    return wrapping


def enrol_codes(*, user: User, secret: str, by: Principal) -> None:
    """Use one-time codes of this secret from now on; the caller has seen a good one."""
    _require("accounts.own", by, user)
    with act("accounts.enrol_codes", by=by, subject=user.id):
        steps.set_secret(user, secret)


def add_security_key(*, key: SecurityKey, by: Principal) -> None:
    """A further security key of one's own."""
    _require("accounts.own", by, key.user)
    with act("accounts.add_security_key", by=by, subject=key.user_id):
        key.save()


def remove_security_key(*, key: SecurityKey, by: Principal) -> None:
    """One security key less.

    Raises:
        Refused: when it is the last second factor (G4).
    """
    _require("accounts.own", by, key.user)
    with act("accounts.remove_security_key", by=by, subject=key.user_id, clause="G4"):
        owner = User.objects.select_for_update().get(id=key.user_id)
        others = owner.security_keys.exclude(id=key.id).count()
        require(access.factor_left(codes=bool(owner.totp), other_keys=others))
        key.delete()


def make_recovery_codes(*, user: User, by: Principal) -> list[str]:
    """Ten new recovery codes, told once; those before are void."""
    _require("accounts.own", by, user)
    with act("accounts.make_recovery_codes", by=by, subject=user.id):
        return steps.make_recovery_codes(user)


def choose_language(*, user: User, language: str, by: Principal) -> None:
    """The language in which the person is greeted."""
    _require("accounts.own", by, user)
    with act("accounts.choose_language", by=by, subject=user.id, language=language):
        user.language = Language(language)
        user.save(update_fields=["language"])


def sign_in(
    *,
    user: User,
    way: Way,
    recovery_code: str = "",
    key: SecurityKey | None = None,
    counter: int = 0,
    by: Principal,
) -> None:
    """Record a sign-in; spends the recovery code, or moves the counter of the security key.

    Raises:
        NoMatch: when the recovery code is not good, or the key's answer was used meanwhile; nothing is recorded.
    """
    with act("accounts.sign_in", by=by, subject=user.id, way=str(way)):
        if way == Way.RECOVERY and not steps.spend_recovery_code(user, recovery_code):
            raise signing.NoMatch
        if key is not None:
            same = SecurityKey.objects.filter(id=key.id, counter=key.counter)
            if not same.update(counter=counter, used_at=clock.now()):
                raise signing.NoMatch
        user.seen_on = clock.today()
        user.save(update_fields=["seen_on"])


def sign_out(*, by: Principal) -> None:
    """Record that the person left."""
    with act("accounts.sign_out", by=by, subject=by.id):
        pass


def certify(*, user: User, fingerprint: str, by: Principal) -> bool:
    """Sign for a colleague's key after hearing its fingerprint by voice.

    A member of the registry needs two who sign; once the certificate holds, the groups of the role are joined.

    Returns:
        Whether the certificate holds now, or waits for a second signature.

    Raises:
        Untrusted: when what was typed is not the fingerprint of the key at hand, or ``by`` may not sign.
    """
    _require("accounts.certify", by, user)
    with act("accounts.certify", by=by, subject=user.id, role=user.role) as doing:
        waiting = queries.certificate_of(user.id)
        if waiting is None:
            vault.issue_certificate(
                user.id, role=user.role, organisation=user.organisation_id, fingerprint=fingerprint, by=by
            )
        else:
            vault.endorse(waiting.id, fingerprint=fingerprint, by=by)
        holds = queries.is_certified(user.id)
        doing.facts["holds"] = holds
        if holds:
            steps.join_groups(user, by)
    return holds


def rotate_after_leaving(*, user: User, by: Principal) -> int:
    """New keys for every group a person has left, without them; how many groups have changed.

    Raises:
        Untrusted: when ``by`` may not sign group keys.
    """
    _require("accounts.certify", by, user)
    with act("accounts.rotate_after_leaving", by=by, subject=user.id) as doing:
        changed = vault.leave_groups(user.id, by=by)
        doing.facts["groups"] = len(changed)
    return len(changed)


def delegate(
    *,
    holder: User,
    power: Power,
    valid_from: dt.date,
    valid_to: dt.date | None,
    order: str,
    by: Actor,
) -> Delegation:
    """Give the director's powers to a person from one day to another (G5); ``order`` is the number of the paper.

    Raises:
        Http404: when ``by`` may not, or the holder is not one of the Fund's coordinators or its director.
    """
    _require("accounts.delegate", by)
    if holder.role not in REGISTRY or not holder.is_active:
        permissions.hide()
    with act("accounts.delegate", by=by, subject=holder.id, clause="G5", power=str(power)) as doing:
        doing.facts["from"] = valid_from.isoformat()
        doing.facts["to"] = valid_to.isoformat() if valid_to else None
        return Delegation.objects.create(
            holder=holder,
            power=power,
            valid_from=valid_from,
            valid_to=valid_to,
            order=clean_line(order),
            given_by=by.id,
        )


def end_delegation(*, delegation: Delegation, on: dt.date, by: Actor) -> None:
    """End powers before their day; from ``on`` they are not held. Decisions of the days before stand."""
    _require("accounts.delegate", by)
    with act("accounts.end_delegation", by=by, subject=delegation.holder_id, clause="G5", happened_on=on):
        open_rows = Delegation.objects.filter(id=delegation.id, ended_on=None)
        open_rows.update(ended_on=max(on, delegation.valid_from), ended_by=by.id)
