"""PDF: refused when it holds a script, a program to start, a file within, or a password (ISO 32000-1).

Names are sought in the bytes themselves and in whatever inflates from them, in every way of writing a name
(``/J#61vaScript``); no parser is believed, because readers disagree about what belongs to the document and a hidden
object hides between two opinions.
"""

import re
import zlib
from collections.abc import Iterator

from gza.law.verdicts import Text
from gza.vault import refusals

MAX_INFLATED = 256 * 1024 * 1024  # bytes, of all streams that are not plain pictures
MAX_STREAMS = 20_000
_FIRST_PIECE = 4 * 1024  # bytes fed to the inflater; doubled each time up to the next
_PIECE = 1024 * 1024
_TAIL = 2048
_LOOK_BACK = (4 * 1024, 64 * 1024)  # how far a stream's dictionary is looked for
_OVERLAP = 64  # longer than any name, each letter written as #xx

_SCRIPT = Text("სკრიპტი", "a script")
_LAUNCH = Text("პროგრამის გაშვება", "a program to start")
_INNER = Text("ჩართული ფაილი", "a file within")
_FORM = Text("ფორმა, რომელიც მონაცემებს აგზავნის", "a form that sends data")
_MEDIA = Text("მულტიმედია", "multimedia")
_OTHER = Text("ბმული სხვა ფაილზე", "a link to another file")
_HIDDEN = Text("დაფარული ობიექტები", "hidden objects")

_FORBIDDEN = {
    "JavaScript": _SCRIPT,
    "Launch": _LAUNCH,
    "EmbeddedFile": _INNER,
    "EmbeddedFiles": _INNER,
    "GoToE": _INNER,
    "GoToR": _OTHER,
    "SubmitForm": _FORM,
    "ImportData": _FORM,
    "XFA": _FORM,
    "RichMedia": _MEDIA,
    "Rendition": _MEDIA,
}


def _name(name: str) -> bytes:
    """A pattern for a name with any of its letters written as ``#xx``."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)
    return "".join(letters).encode()


_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_ACTIVE = re.compile(
    b"/(?:" + b"|".join(b"(?P<%s>%s)" % (name.encode(), _name(name)) for name in _FORBIDDEN) + b")" + _END
)
_ENCRYPTED = re.compile(b"/" + _name("Encrypt") + _END)
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_FIRST, _IMAGE, _OBJECTS, _FILTER = (
    re.compile(b"/" + _name(name) + _END) for name in ("First", "Image", "ObjStm", "Filter")
)
_PLAIN = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])" + _END)
_PARAMETERS = re.compile(b"/(?:" + _name("DecodeParms") + b"|" + _name("DP") + b")" + _END)


def check(data: bytes) -> bytes:
    """The same bytes, when there is nothing against them.

    Raises:
        FileRefused: when it is cut, locked, active, or blows up.
    """
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise refusals.broken()
    if _ENCRYPTED.search(data):
        raise refusals.encrypted()
    _refuse_active(data)
    room = MAX_INFLATED
    for inner in _inflated(data):
        room -= len(inner)
        if room < 0:
            raise refusals.bomb()
        _refuse_active(inner)
    return data


def _refuse_active(data: bytes) -> None:
    found = _ACTIVE.search(data)
    if found:
        raise refusals.active(_FORBIDDEN[str(found.lastgroup)])


def _inflated(data: bytes) -> Iterator[bytes]:
    """Every stream that inflates, in pieces that overlap, so that no name is cut in two.

    Raises:
        FileRefused: when objects are packed in a way that cannot be looked into, or there are too many streams.
    """
    for count, start in enumerate(_STREAM.finditer(data)):
        if count > MAX_STREAMS:
            raise refusals.bomb()
        dictionary = _dictionary(data, start.start())
        packed = _OBJECTS.search(dictionary) or _FIRST.search(dictionary)
        if _IMAGE.search(dictionary) and not packed:
            continue
        read = 0
        for piece in _pieces(data, start.end()):
            read += len(piece)
            yield piece
        if packed and not _readable(dictionary, read):
            raise refusals.active(_HIDDEN)


def _readable(dictionary: bytes, read: int) -> bool:
    """Whether an object stream showed what is in it: not packed, or deflated once and no more."""
    filters = _FILTER.findall(dictionary)
    if not filters:
        return True
    return len(filters) == 1 and bool(_PLAIN.search(dictionary)) and not _PARAMETERS.search(dictionary) and read > 0


def _dictionary(data: bytes, end: int) -> bytes:
    """What stands between the last ``obj`` and the stream."""
    before = b""
    for distance in _LOOK_BACK:
        before = data[max(0, end - distance) : end]
        place = before.rfind(b"obj")
        if place >= 0:
            return before[place:]
    return before


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    tail, place, size = b"", start, _FIRST_PIECE
    try:
        while not inflate.eof:
            fresh = inflate.unconsumed_tail
            if not fresh:
                fresh = data[place : place + size]
                place, size = place + size, min(2 * size, _PIECE)
            if not fresh:
                return
            piece = inflate.decompress(fresh, _PIECE)
            if piece:
                yield tail + piece
                tail = piece[-_OVERLAP:]
    except zlib.error:
        return
