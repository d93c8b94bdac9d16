"""Keys and certificates of people."""

import hmac
import uuid
from typing import Any

from django.db.models import Q

from gza.core import clock
from gza.vault.crypto import keys
from gza.vault.errors import Untrusted
from gza.vault.models import Certificate, Endorsement, UserKey
from gza.vault.ring import Ring, ring_of
from gza.vault.trust import Cert, Trust, cert_of_row, forget, seconds

CERTIFICATE_DAYS = 400


def make_keys(user: uuid.UUID, wrapping: bytes) -> keys.Keys:
    """New key pairs, wrapped under the key of the person's password; the pairs before end with their certificates.

    After a lost password nothing sealed to the old pairs opens any more: a co-holder grants again.
    """
    last = UserKey.objects.filter(user=user).order_by("-generation").first()
    if last:
        UserKey.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
        end_certificates(user)
    made = keys.make(user, last.generation + 1 if last else 1)
    UserKey.objects.create(
        user=user, generation=made.generation, box_public=made.box_public, sign_public=made.sign_public,
        wrapped=made.wrap(wrapping, made.box_public, made.sign_public),
    )  # fmt: skip
    return made


def rewrap(opened: keys.Keys, wrapping: bytes) -> None:
    """A changed password: the same pairs under the new wrapping key."""
    wrapped = opened.wrap(wrapping, opened.box_public, opened.sign_public)
    UserKey.objects.filter(user=opened.person, generation=opened.generation).update(wrapped=wrapped)


def new_certificate(
    user: uuid.UUID, *, role: str, organisation: uuid.UUID | None, days: int, founding: bool = False
) -> Certificate:
    """A certificate of the keys in use, saved, believed by nobody yet.

    Raises:
        Untrusted: when the person has no keys.
    """
    key = UserKey.objects.filter(user=user, ended_at=None).first()
    if key is None:
        raise Untrusted("the person has made no keys yet: they sign in once first")
    now = seconds()
    return Certificate.objects.create(
        user=user, role=role, organisation=organisation, generation=key.generation, box_public=key.box_public,
        sign_public=key.sign_public, valid_from=now, valid_to=now + days * 86400, founding=founding,
    )  # fmt: skip


def issue_certificate(
    user: uuid.UUID,
    *,
    role: str,
    organisation: uuid.UUID | None = None,
    fingerprint: str,
    days: int = CERTIFICATE_DAYS,
    by: Any,
) -> Certificate:
    """Certify a person's keys after comparing the fingerprint by voice; a registry member needs a second ``endorse``.

    Args:
        user: the person.
        role: the role the keys act in.
        organisation: the person's organisation.
        fingerprint: as it was read out by the person.
        days: how long it holds.
        by: a coordinator or director, another person than ``user``.

    Raises:
        Untrusted: when the fingerprint differs, or the signer may not sign this.
    """
    certificate = new_certificate(user, role=role, organisation=organisation, days=days)
    return endorse(certificate.id, fingerprint=fingerprint, by=by)


def endorse(certificate: uuid.UUID, *, fingerprint: str, by: Any) -> Certificate:
    """Sign a certificate after comparing the fingerprint by voice. Twice by the same person counts once.

    Raises:
        Untrusted: when the fingerprint differs, or the signer may not sign this.
    """
    ring = ring_of(by)
    own = ring.require_registry()
    row = Certificate.objects.get(id=certificate)
    cert = cert_of_row(row)
    if row.user == ring.person:
        raise Untrusted("nobody certifies themselves")
    if not hmac.compare_digest("".join(fingerprint.split()), cert.fingerprint().replace(" ", "")):
        raise Untrusted("the fingerprint is not the one that was read out")
    if not Endorsement.objects.filter(certificate=row, signer=own.id).exists():
        sign_certificate(cert, signer=own.id, with_=ring)
    return row


def sign_certificate(cert: Cert, *, signer: uuid.UUID | None, with_: Ring | keys.Signer) -> None:
    """Put a signature under a certificate; ``signer`` is None for the Fund's own key."""
    at = seconds()
    signature = with_.sign("certificate", *cert.signed(), at, signer)
    Endorsement.objects.create(certificate_id=cert.id, signer_id=signer, signed_at=at, signature=signature)


def end_certificates(user: uuid.UUID, *, since: int | None = None) -> None:
    """End a person's certificates; of a stolen key ``since`` (Unix seconds) may lie in the past.

    Certificates that rest on what was signed since then end with them.
    """
    moment = seconds() if since is None else since
    rows = Certificate.objects.filter(user=user).filter(Q(ended_at=None) | Q(ended_at__gt=moment))
    ids = list(rows.values_list("id", flat=True))
    rows.update(ended_at=moment)
    forget()
    if since is None:
        return
    endorsed = Endorsement.objects.filter(signer__in=ids, signed_at__gt=moment)
    for row in Certificate.objects.filter(endorsements__in=endorsed, ended_at=None).distinct():
        if not Trust().holds(cert_of_row(row)):
            end_certificates(row.user, since=row.valid_from - 1)
