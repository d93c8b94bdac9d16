"""What a file is, whether it is whole, and whether it acts by itself: asked before anything is sealed.

``accept`` is the only way in. It trusts neither the name nor the type a browser sends: bytes decide, read twice, by
the table of signatures of ``puremagic`` and by the structure of the type itself.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.conf import settings

from gza.vault import refusals

from . import clamd, docx, images, pdf


class FileKind(enum.StrEnum):
    """The types that are taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"


@dataclass(frozen=True)
class _Type:
    mime: str
    suffixes: tuple[str, ...]
    signature: Callable[[bytes], bool]
    mend: Callable[[bytes], bytes]  # checks the structure; gives the bytes to keep


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    FileKind.PDF: _Type("application/pdf", (".pdf",), lambda data: data.startswith(b"%PDF-"), pdf.check),
    FileKind.JPEG: _Type(
        "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), lambda data: data.startswith(b"\xff\xd8\xff"), images.jpeg
    ),
    FileKind.PNG: _Type("image/png", (".png",), lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), images.png),
    FileKind.WEBP: _Type(
        "image/webp", (".webp",), lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", images.webp
    ),
    FileKind.DOCX: _Type(_OFFICE, (".docx",), lambda data: data.startswith(b"PK\x03\x04"), docx.check),
}
_HEAD = 64 * 1024  # bytes that the table of signatures is shown


@dataclass(frozen=True)
class Accepted:
    """A file that may be sealed. ``data`` may differ from what was sent: images are made anew."""

    kind: FileKind
    name: str
    data: bytes
    scanned: bool

    @property
    def mime(self) -> str:
        """Its media type."""
        return _TYPES[self.kind].mime


def mime(kind: FileKind) -> str:
    """The media type of a kind."""
    return _TYPES[kind].mime


def kind_of(data: bytes) -> FileKind:
    """The kind that both the signatures and our own look agree on.

    Raises:
        FileRefused: when there is none.
    """
    for kind, type_ in _TYPES.items():
        if type_.signature(data):
            try:
                found = {match.mime_type for match in puremagic.magic_string(data[:_HEAD])}
            except (puremagic.PureError, ValueError):
                found = set()
            if type_.mime in found:
                return kind
    raise refusals.unknown()


def accept(data: bytes, name: str) -> Accepted:
    """Check a file to the ground; slow work, to be done before an act begins.

    Args:
        data: the bytes as uploaded.
        name: the name as uploaded; only its ending is compared with what the bytes are.

    Raises:
        FileRefused: with the reason and what to do.
    """
    if not data:
        raise refusals.empty()
    if len(data) > settings.GZA_FILE_LIMIT:
        raise refusals.too_large(settings.GZA_FILE_LIMIT)
    kind = kind_of(data)
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in _TYPES[kind].suffixes:
        raise refusals.lies(suffix.lstrip(".")[:8].upper(), kind.upper())
    mended = _TYPES[kind].mend(data)
    scanned = clamd.scan(data) if settings.GZA_CLAMD else False
    return Accepted(kind, name, mended, scanned)
