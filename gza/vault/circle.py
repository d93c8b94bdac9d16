"""The group keys that one person's own key opens."""

import uuid

from gza.core.prepared import Prepared

from .crypto import keys
from .crypto.encode import pack
from .errors import Tampered
from .models import GroupKey, GroupMember


def member_context(group: uuid.UUID, generation: int, user: uuid.UUID, user_generation: int) -> bytes:
    """What the box of a member is bound to."""
    return pack("gza member", group, generation, user, user_generation)


def link_context(group: uuid.UUID, generation: int) -> bytes:
    """What the link from ``generation`` to the one before is bound to."""
    return pack("gza group link", group, generation)


_MINE = Prepared(
    lambda person: (
        GroupMember.objects.filter(user=person)
        .order_by("key__generation")
        .values_list("generation", "key__group_id", "key__generation", "key__box_public", "blob")
    )
)


class Circle:
    """A person's groups: read in one query, unboxed when first needed, older generations followed by their links."""

    def __init__(self, opened: keys.Keys) -> None:
        self.own = keys.Opener(opened.box)
        self._keys = opened
        self._rows: dict[uuid.UUID, tuple[int, bytes, bytes]] | None = None
        self._openers: dict[tuple[uuid.UUID, int], keys.Opener] = {}

    def groups(self) -> dict[uuid.UUID, tuple[int, bytes, bytes]]:
        """Of each group: generation, public key, this person's box."""
        if self._rows is None:
            self._rows = {
                group: (generation, bytes(public), bytes(blob))
                for mine, group, generation, public, blob in _MINE.rows(self._keys.person)
                if mine == self._keys.generation
            }
        return self._rows

    def add(self, group: uuid.UUID, generation: int, secret: bytes) -> None:
        """Hold a group's secret key that came otherwise: from the custodians' shares, or just made."""
        self._openers[group, generation] = opener = keys.Opener(secret)
        held = self.groups()
        if group not in held or held[group][0] <= generation:
            held[group] = generation, opener.public, b""

    def opener(self, group: uuid.UUID, generation: int) -> keys.Opener | None:
        """What opens boxes sealed to that generation; None when this person is no member or the link is gone.

        Raises:
            Tampered: when a secret does not fit its public key.
        """
        known = self._openers.get((group, generation))
        if known or group not in self.groups():
            return known
        newest, public, blob = self.groups()[group]
        if (group, newest) not in self._openers:
            context = member_context(group, newest, self._keys.person, self._keys.generation)
            self._openers[group, newest] = _fitting(self.own.open(blob, context), public)
        if generation < newest:
            self._follow(group, newest, generation)
        return self._openers.get((group, generation))

    def secret(self, group: uuid.UUID, generation: int) -> bytes | None:
        """The group's secret key itself, to seal it to a new member."""
        opener = self.opener(group, generation)
        return opener.secret if opener else None

    def _follow(self, group: uuid.UUID, newest: int, wanted: int) -> None:
        rows = GroupKey.objects.filter(group=group, generation__gte=wanted, generation__lte=newest)
        found = {generation: (bytes(public), link) for generation, public, link in
                 rows.values_list("generation", "box_public", "link")}  # fmt: skip
        for generation in range(newest, wanted, -1):
            link = found[generation][1] if generation in found else None
            if link is None or generation - 1 not in found:
                return
            secret = self._openers[group, generation].open(bytes(link), link_context(group, generation))
            self._openers[group, generation - 1] = _fitting(secret, found[generation - 1][0])


def _fitting(secret: bytes, public: bytes) -> keys.Opener:
    opener = keys.Opener(secret)
    if opener.public != public:
        raise Tampered("a group's secret key does not fit its public key")
    return opener
