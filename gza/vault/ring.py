"""The ring: the opened keys of the signed-in person, one a request. All that is opened or sealed goes through it."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from gza.core.prepared import Among

from .casekeys import CaseKeys
from .circle import Circle
from .crypto import keys
from .crypto.encode import Part, pack
from .enums import GRANTING_ROLES, REGISTRY_ROLES, WHOLE
from .errors import Erased, Locked, NoGrant, ShredMissing, StaleEpoch, Untrusted
from .fields import sealed_field
from .grants import COLUMNS, Granter, GrantRow
from .models import CaseKey, Erasure, Grant
from .sealed import Sealed
from .shred import keystore
from .trust import Cert, Trust, seconds

_KEPT_CASES = 2000


def case_of(row: models.Model) -> uuid.UUID:
    """The case a row belongs to: ``vault_case``, else ``case_id``."""
    value = getattr(row, "vault_case", None) or getattr(row, "case_id", None)
    if not isinstance(value, uuid.UUID):
        raise TypeError(f"{type(row).__name__} does not say to which case it belongs")
    return value


_GRANTS = Among(
    lambda cases, grantees: Grant.objects.filter(case__in=cases, grantee__in=grantees).values_list(*COLUMNS)
)


class Ring:
    """A person's keys. A locked ring knows its person and opens nothing.

    Args:
        person: the user's id.
        opened: the private keys; None for a locked ring.
    """

    def __init__(self, person: uuid.UUID, opened: keys.Keys | None = None) -> None:
        self.person = person
        self._own = opened
        self.trust = Trust()
        self._circle: Circle | None = None
        self._signer: keys.Signer | None = None
        self._certificate: Cert | None = None
        self._cases: dict[uuid.UUID, CaseKeys] = {}
        self._doubted: dict[uuid.UUID, Untrusted] = {}

    def __repr__(self) -> str:
        return f"<Ring {'locked' if self.locked else 'open'}>"

    # The person

    @property
    def locked(self) -> bool:
        """Whether the password has to be given (again)."""
        return self._own is None

    @property
    def opened(self) -> keys.Keys:
        """The opened private keys.

        Raises:
            Locked: when there are none.
        """
        if self._own is None:
            raise Locked("the keys are locked")
        return self._own

    @property
    def circle(self) -> Circle:
        """The groups this person is a member of."""
        if self._circle is None:
            self._circle = Circle(self.opened)
        return self._circle

    @property
    def certificate(self) -> Cert:
        """The person's own certificate, in force now and of these very keys.

        Raises:
            Untrusted: when there is none.
        """
        if self._certificate is None:
            cert = self.trust.user(self.person)
            if cert.sign != self.opened.sign_public:
                raise Untrusted("the certificate is of other keys than these")
            self._certificate = cert
        return self._certificate

    def sign(self, domain: str, *parts: Part) -> bytes:
        """A signature of this person's key, good within ``domain``."""
        if self._signer is None:
            self._signer = keys.Signer(self.opened.sign)
        return self._signer.sign(domain, *parts)

    def granter(self) -> Granter:
        """For one act: makes grants in this person's name.

        Raises:
            Untrusted: when the person's role may not grant.
        """
        cert = self.certificate
        if cert.role not in GRANTING_ROLES:
            raise Untrusted("this role grants no keys")
        return Granter(keys.Signer(self.opened.sign), cert.id, seconds())

    def require_registry(self) -> Cert:
        """The person's certificate, when it is a registry member's.

        Raises:
            Untrusted: when it is not.
        """
        if self.certificate.role not in REGISTRY_ROLES:
            raise Untrusted("only a coordinator or director does this")
        return self.certificate

    # Cases

    def case(self, case: uuid.UUID, *, fresh: bool = False) -> CaseKeys:
        """The opened keys of a case; ``fresh`` also compares the epoch with the case's own, as before every seal.

        Raises:
            Locked, NoGrant, Erased, Tampered, Untrusted, StaleEpoch: when they cannot be had.
        """
        found = self.cases([case]).get(case)
        if found is None:
            self._why_not(case)
            raise NoGrant("no key to this case")
        if fresh and not found.current:
            epoch = CaseKey.objects.filter(case=case, current=True).values_list("epoch", flat=True).first()
            if epoch != found.epoch:
                raise StaleEpoch("the grant is not of the case's present epoch")
            found.current = True
        return found

    def cases(self, wanted: Iterable[uuid.UUID]) -> dict[uuid.UUID, CaseKeys]:
        """The opened keys of those cases that this person can open, in a constant number of queries.

        Raises:
            Locked: when the ring is locked.
            Tampered, Untrusted: when a grant is forged.
        """
        ids = set(wanted)
        missing = ids - self._cases.keys()
        if missing:
            if len(self._cases) > _KEPT_CASES:
                self._cases.clear()
                missing = ids
            self._load(missing)
        return {case: self._cases[case] for case in ids if case in self._cases}

    def key(self, case: uuid.UUID, section: str, epoch: int | None = None) -> bytes:
        """A section's working key (32 bytes), of the present or an earlier epoch; file keys are derived from it.

        Raises:
            Locked, NoGrant, Erased, Tampered, StaleEpoch: when it cannot be had.
        """
        opened = self.case(case, fresh=epoch is None)
        if epoch is not None and epoch < opened.epoch:
            self._link([opened])
        return opened.key(section, epoch)

    def adopt(self, opened: CaseKeys) -> None:
        """Keep keys that a step has just made."""
        self._cases[opened.case] = opened

    def drop(self, case: uuid.UUID) -> None:
        """Forget a case whose keys have changed."""
        self._cases.pop(case, None)

    def _load(self, missing: set[uuid.UUID]) -> None:
        grantees = [self.person, *self.circle.groups()]
        rows = [GrantRow(*row) for row in _GRANTS.rows(missing, grantees)]
        wholes = {row.case for row in rows if row.section == WHOLE and self._opener(row)}
        self.trust.load({row.signer for row in rows})
        secrets = keystore().read({row.case for row in rows})
        for row in sorted(rows, key=lambda each: -each.epoch):
            if row.case in secrets and (row.section == WHOLE or row.case not in wholes):
                self._take(row, secrets[row.case])

    def _opener(self, row: GrantRow) -> keys.Opener | None:
        if row.grantee != self.person:
            return self.circle.opener(row.grantee, row.generation)
        # Sealed to a key that was lost: a co-holder grants again.
        return self.circle.own if row.generation == self.opened.generation else None

    def _take(self, row: GrantRow, shred: bytes) -> None:
        known, opener = self._cases.get(row.case), self._opener(row)
        if opener is None or (known and (row.section in known.granted or known.epoch != row.epoch)):
            return
        try:
            signer = self.trust.signer(row.signer, row.signed_at, GRANTING_ROLES)
        except Untrusted as error:
            self._doubted[row.case] = error
            return
        key = row.open(opener, signer)
        if known is None:
            self._cases[row.case] = CaseKeys(row.case, row.epoch, shred, {row.section: key})
        else:
            known.granted[row.section] = key

    def _why_not(self, case: uuid.UUID) -> None:
        if case in self._doubted:
            raise self._doubted[case]
        if Erasure.objects.filter(case=case).exists():
            raise Erased("the case was erased")
        if case in keystore().erased():
            raise Erased("the case was erased; the restored database does not know it yet")
        holds = Grant.objects.filter(case=case, grantee__in=[self.person, *self.circle.groups()]).exists()
        if holds and not keystore().read([case]):
            raise ShredMissing("the shred keystore has no secret for this case")

    def _link(self, opened: Sequence[CaseKeys]) -> None:
        wanted = {keys_.case: keys_ for keys_ in opened}
        rows = CaseKey.objects.filter(case__in=wanted, epoch__gt=1).values_list("case", "epoch", "links")
        for case, epoch, links in rows:
            wanted[case].links[epoch] = bytes(links)

    # Fields

    def open(self, row: models.Model, name: str) -> str:
        """The text of a sealed field; empty when there is none.

        Raises:
            Locked, NoGrant, Erased, Tampered: when it does not open.
        """
        return self.open_many([row], [name])[0][name]

    def open_many(
        self, rows: Iterable[models.Model], names: Sequence[str], *, otherwise: str | None = None
    ) -> list[dict[str, str]]:
        """The texts of several fields of several rows, of any cases, in a constant number of queries.

        Args:
            rows: instances with those fields.
            names: names of sealed fields, all of which every row has.
            otherwise: what stands for a text of a case this person holds no key to; None raises instead.

        Raises:
            Locked, Tampered: always when so.
            NoGrant, Erased: unless ``otherwise`` is given.
        """
        found = list(rows)
        opened = self.cases({case_of(row) for row in found})
        old = [
            opened[case] for row in found if (case := case_of(row)) in opened and self._older(row, names, opened[case])
        ]
        if old:
            self._link(old)
        return [self._open_row(row, names, opened, otherwise) for row in found]

    @staticmethod
    def _older(row: models.Model, names: Sequence[str], opened: CaseKeys) -> bool:
        values = [getattr(row, name) for name in names]
        return opened.epoch > 1 and any(value is not None and value.epoch < opened.epoch for value in values)

    def _open_row(
        self,
        row: models.Model,
        names: Sequence[str],
        opened: dict[uuid.UUID, CaseKeys],
        otherwise: str | None,
    ) -> dict[str, str]:
        case, texts = case_of(row), {}
        for name in names:
            value = getattr(row, name)
            field = sealed_field(row, name)
            if value is None:
                texts[name] = ""
            elif case in opened and opened[case].holds(field.section):
                texts[name] = opened[case].unseal(field.label, field.section, row.pk, value)
            elif otherwise is not None:
                texts[name] = otherwise
            else:
                self._why_not(case)
                raise NoGrant("no key to this section of the case")
        return texts

    def seal(
        self, model: type[models.Model], row_id: uuid.UUID, name: str, value: str | None, *, case: uuid.UUID
    ) -> Sealed | None:
        """A text sealed for a field of a row, in the case's present epoch; None for no text.

        Raises:
            Locked, NoGrant, Erased, StaleEpoch, Tampered: when there is no key that may seal.
        """
        if not value:
            return None
        field = sealed_field(model, name)
        return self.case(case, fresh=True).seal(field.label, field.section, row_id, value)

    def fill(self, row: models.Model, **values: str | None) -> None:
        """Seal several texts onto a row, saved or not; the case is the row's own."""
        for name, value in values.items():
            setattr(row, name, self.seal(type(row), row.pk, name, value, case=case_of(row)))

    # Drafts and other things sealed to oneself

    def wrap(self, text: bytes, *context: Part) -> bytes:
        """Sealed to this person's own public key."""
        return keys.Sender().seal(self.circle.own.public, text, pack("gza own", self.person, *context))

    def unwrap(self, blob: bytes, *context: Part) -> bytes:
        """What ``wrap`` sealed.

        Raises:
            Tampered: when it was sealed by another, for another purpose, or changed.
        """
        return self.circle.own.open(blob, pack("gza own", self.person, *context))


def ring_of(by: Any) -> Ring:
    """The ring of whoever acts: a ring itself, or a principal that carries one."""
    found = by if isinstance(by, Ring) else by.ring
    if not isinstance(found, Ring):
        raise TypeError("whoever acts on keys has a ring")
    return found
