"""The opened keys of one case: what seals and opens its fields."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from .crypto import aead, sections
from .enums import SECTIONS, WHOLE
from .errors import NoGrant, StaleEpoch, Tampered
from .sealed import Sealed


@dataclass
class CaseKeys:
    """Keys of a case as one ring holds them.

    ``granted`` holds the case key under ``WHOLE``, or the narrow keys of some sections; all of ``epoch``.
    ``links`` are the links of later epochs down to the wanted one, read only when something older is met.
    """

    case: uuid.UUID
    epoch: int
    shred: bytes = field(repr=False)
    granted: dict[str, bytes] = field(repr=False)
    links: dict[int, bytes] = field(default_factory=dict, repr=False)
    current: bool = False  # whether the epoch was compared with the case's own
    _working: dict[tuple[str, int], bytes] = field(default_factory=dict, repr=False)

    @property
    def whole(self) -> bool:
        """Whether the grant is of the whole case."""
        return WHOLE in self.granted

    def holds(self, section: str) -> bool:
        """Whether this section can be opened."""
        return self.whole or section in self.granted

    def granted_key(self, section: str, epoch: int | None = None) -> bytes:
        """The case key (``section`` empty) or a section's narrow key, of ``epoch`` (default: the present).

        Raises:
            NoGrant: when the grant does not reach so far.
            StaleEpoch: when ``epoch`` is later than the grant.
            Tampered: when a link between two epochs is missing or false.
        """
        wanted = self.epoch if epoch is None else epoch
        if wanted > self.epoch:
            raise StaleEpoch("something was sealed in a later epoch than this grant's")
        own = self.granted.get(section)
        key = self.granted.get(WHOLE) if own is None else own
        if key is None:
            raise NoGrant("the grant does not reach to this section")
        by_whole = own is None
        for at in range(self.epoch, wanted, -1):
            blob = link_of(self.links.get(at, b""), WHOLE if by_whole else section)
            key = sections.unlink(key, blob, self.case, at, WHOLE if by_whole else section)
        return sections.narrow(key, section) if by_whole else key

    def key(self, section: str, epoch: int | None = None) -> bytes:
        """The working key of a section: 32 bytes, from which also file keys are derived.

        Raises:
            NoGrant, StaleEpoch, Tampered: see ``granted_key``.
        """
        wanted = self.epoch if epoch is None else epoch
        kept = self._working.get((section, wanted))
        if kept is None:
            narrow = self.granted_key(section, wanted)
            kept = sections.working(narrow, self.shred, self.case, wanted, section)
            self._working[section, wanted] = kept
        return kept

    def seal(self, label: str, section: str, row: uuid.UUID, text: str) -> Sealed:
        """A text sealed to a field of a row of this case, in the present epoch."""
        context = aead.field_context(label, row, self.case)
        return Sealed(aead.seal(self.key(section), text.encode(), context, epoch=self.epoch))

    def unseal(self, label: str, section: str, row: uuid.UUID, sealed: Sealed) -> str:
        """The text of a field.

        Raises:
            Tampered: when the blob is not this field's of this row.
        """
        blob = sealed.raw()
        context = aead.field_context(label, row, self.case)
        epoch = aead.epoch_of(blob)
        try:
            return aead.unseal(self.key(section, epoch), blob, context).decode()
        except StaleEpoch as error:
            raise Tampered("a blob claims an epoch its case never had") from error


def links_of(new: bytes, old: bytes, case: uuid.UUID, epoch: int) -> bytes:
    """All links from ``epoch`` to the one before: of the case key, then of each section's narrow key."""
    whole = sections.link(new, old, case, epoch, WHOLE)
    return whole + b"".join(
        sections.link(sections.narrow(new, name), sections.narrow(old, name), case, epoch, name) for name in SECTIONS
    )


def link_of(links: bytes, section: str) -> bytes:
    """The one link out of ``links_of``.

    Raises:
        Tampered: when it is not there.
    """
    place = 0 if section == WHOLE else 1 + SECTIONS.index(section)
    part = links[place * sections.LINK_SIZE : (place + 1) * sections.LINK_SIZE]
    if len(part) != sections.LINK_SIZE:
        raise Tampered("a link between two epochs is missing")
    return part


OpenCases = Mapping[uuid.UUID, CaseKeys]
