"""DOCX: a ZIP archive of XML parts (ECMA-376). Refused with macros, objects, fields that load, or links that do.

Nothing is unpacked to the disk. Sizes are counted while inflating, never believed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from gza.law.verdicts import Text
from gza.vault import refusals

MAX_ENTRIES = 2000
MAX_TOTAL = 150 * 1024 * 1024  # bytes of all parts, unpacked
MAX_RATIO = 200  # of a part's size, unpacked, to its size in the archive
_RATIO_FROM = 1024 * 1024  # small parts may shrink as they like
_PIECE = 256 * 1024
_ENCRYPTED_FLAG = 0x1

_MACRO = Text("მაკრო", "a macro")
_OBJECT = Text("ჩართული ობიექტი", "an embedded object")
_LINK = Text("გარე შიგთავსი", "content from outside")
_FIELD = Text("ველი, რომელიც მონაცემებს ტვირთავს", "a field that loads data")

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FORBIDDEN_PARTS = (
    (re.compile(r"vbaproject|vbadata", re.IGNORECASE), _MACRO),
    (re.compile(r"/(embeddings|activex|ctrlprops)/|\.(bin|exe|dll|js|vbs|hta|lnk)$", re.IGNORECASE), _OBJECT),
)
_FORBIDDEN_TYPES = (
    (re.compile(r"macroenabled|vbaproject", re.IGNORECASE), _MACRO),
    (re.compile(r"oleobject|activex", re.IGNORECASE), _OBJECT),
)
_FORBIDDEN_RELATIONS = (
    "/aFChunk", "/oleObject", "/package", "/control", "/vbaProject", "/attachedTemplate", "/frame", "/subDocument",
)  # fmt: skip
_LOADING_FIELDS = re.compile(r"(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # XML in UTF-16
_HEAD = 64
_LONGEST_CODE = 64 * 1024  # letters of one field

Attributes = dict[str, str]


def check(data: bytes) -> bytes:
    """The same bytes, when there is nothing against them.

    Raises:
        FileRefused: when it is no document, locked, active, or a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive, len(data))
            _check_types(archive)
            for info in archive.infolist():
                _check_part(archive, info)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, RuntimeError, ValueError, OSError) as error:
        raise refusals.broken() from error
    return data


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """The list of parts, before any is opened."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise refusals.bomb()
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise refusals.encrypted()
    # Parts that lie on top of each other add up to more than the file.
    if sum(info.compress_size for info in infos) > size or sum(info.file_size for info in infos) > MAX_TOTAL:
        raise refusals.bomb()
    names = [info.filename.lower() for info in infos]
    if len(set(names)) != len(names) or any(_strays(name) for name in names):
        raise refusals.broken()
    if "[content_types].xml" not in names:
        raise refusals.unknown()
    total = 0
    for info in infos:
        part = 0
        for piece in _inflated(archive, info):
            part += len(piece)
            total += len(piece)
            if total > MAX_TOTAL or (part > _RATIO_FROM and part > MAX_RATIO * max(1, info.compress_size)):
                raise refusals.bomb()


def _strays(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or "\0" in name


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refusals.broken()
    with archive.open(info) as part:
        while piece := part.read(_PIECE):
            yield piece


def _check_types(archive: zipfile.ZipFile) -> None:
    """It says of itself that it is a document, and nothing in it says that it is more."""
    info = next(info for info in archive.infolist() if info.filename.lower() == "[content_types].xml")
    types: list[str] = []
    _walk(archive, info, lambda _tag, attributes: types.append(attributes.get("ContentType", "")))
    for said in types:
        for pattern, what in _FORBIDDEN_TYPES:
            if pattern.search(said):
                raise refusals.active(what)
    if _DOCUMENT not in types:
        raise refusals.unknown()


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    name = info.filename.lower()
    for pattern, what in _FORBIDDEN_PARTS:
        if pattern.search(f"/{name}"):
            raise refusals.active(what)
    if name.endswith(".rels"):
        _walk(archive, info, _check_relation)
        return
    # Whatever its name, a part that reads as XML may be the document.
    with archive.open(info) as part:
        head = part.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_WIDE):
        raise refusals.broken()
    if head.startswith(b"<"):
        fields = _Fields()
        _walk(archive, info, fields.start, fields.text)
        fields.check()


def _check_relation(tag: str, attributes: Attributes) -> None:
    """Outside, only what a person has to click: a hyperlink."""
    if tag != "Relationship":
        return
    kind = attributes.get("Type", "")
    if attributes.get("TargetMode", "").lower() == "external" and not kind.endswith("/hyperlink"):
        raise refusals.active(_LINK)
    if kind.endswith(_FORBIDDEN_RELATIONS):
        raise refusals.active(_OBJECT)


class _Fields:
    """Field codes of a part. They may be cut over several runs; put together they must load nothing."""

    def __init__(self) -> None:
        self.code = ""
        self.tag = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        self.tag = tag
        if tag == "fldChar":
            self.check()
        elif tag == "fldSimple":
            self.check()
            self.code = next((value for name, value in attributes.items() if name.endswith("instr")), "")
            self.check()

    def text(self, text: str) -> None:
        if self.tag in {"instrText", "delInstrText"} and len(self.code) < _LONGEST_CODE:
            self.code += text

    def check(self) -> None:
        if _LOADING_FIELDS.match(self.code.strip().upper()):
            raise refusals.active(_FIELD)
        self.code = ""


def _walk(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part of XML in pieces, without a document type, so that no entity can grow.

    Raises:
        FileRefused: when it has one.
        ExpatError: when it is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda tag, attributes: start(tag.rsplit(" ", 1)[-1], attributes)
    if text is not None:
        parser.CharacterDataHandler = text
    for piece in _inflated(archive, info):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_anything: object) -> None:
    raise refusals.broken()
