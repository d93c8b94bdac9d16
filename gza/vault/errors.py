"""What the vault refuses, and why. Messages name no person and hold no key."""


class VaultError(Exception):
    """Base of everything the vault raises."""


class Tampered(VaultError):
    """A blob, a signature or a key is not what its owner wrote: changed, moved or forged."""


class Locked(VaultError):
    """The session holds no opened keys: the person has to give the password again."""


class NoGrant(VaultError):
    """The person holds no key to the case, or not to this section of it."""


class Erased(NoGrant):
    """The case was erased; nothing opens it any more."""


class ShredMissing(VaultError):
    """The shred keystore has no secret for a case that was not erased: the wrong keystore is mounted."""


class StaleEpoch(VaultError):
    """The key at hand is of an epoch that is no longer the case's own; nothing may be sealed with it."""


class Untrusted(VaultError):
    """A public key has no certificate that holds: nothing is sealed to it and nothing it signed is believed."""


class Expired(Untrusted):
    """The certificate was good and its time is over; a coordinator can renew it."""


class Barred(VaultError):
    """The person is shut out of the case (G4)."""


class TooFew(VaultError):
    """Fewer than two people would hold a key."""


class BadShare(VaultError):
    """A recovery share is mistyped, or is not of this founding."""


class NotFounded(VaultError):
    """The key ceremony has not taken place."""
