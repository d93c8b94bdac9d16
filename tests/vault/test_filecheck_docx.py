"""DOCX: nothing that acts or loads, no bomb, nothing out of order."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from gza.vault import filecheck
from gza.vault.filecheck import FileKind
from tests.vault.offered import MEGA, code, document, picture, repacked


def put(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


RELS = "word/_rels/document.xml.rels"

TYPE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: bytes, mode: bytes = b' TargetMode="External"') -> Callable[[dict[str, bytes]], None]:
    relation = b'<Relationship Id="rIdX" Type="%s/%s" Target="http://x/"%s/>' % (TYPE, kind, mode)
    return replaced(RELS, b"</Relationships>", relation + b"</Relationships>")


def field(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    return replaced("word/document.xml", b"</w:p>", b"<w:r>" + xml + b"</w:r></w:p>")


@pytest.mark.parametrize(
    "change",
    [
        put("word/vbaProject.bin", b"x"),
        put("word/VBAPROJECT.BIN", b"x"),
        put("word/embeddings/oleObject1.bin", b"x"),
        put("word/activeX/activeX1.xml", b"<x/>"),
        put("word/run.exe", b"MZ"),
        replaced(
            "[Content_Types].xml",
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        related(b"attachedTemplate"),
        related(b"image"),
        related(b"oleObject"),
        related(b"aFChunk", b""),
        related(b"attachedTemplate", b""),
        related(b"image", b' TargetMode="external"'),
        field(b"<w:instrText>DDEAUTO c:\\\\cmd</w:instrText>"),
        field(b"<w:instrText> DD</w:instrText></w:r><w:r><w:instrText>E x</w:instrText>"),
        field(b'<w:fldSimple w:instr="INCLUDEPICTURE http://x"/>'),
        field(b'<w:instrText>IF</w:instrText><w:fldChar w:fldCharType="begin"/><w:instrText>dde x</w:instrText>'),
        put("word/other.dat", b'<w xmlns:w="x"><w:instrText>DDE x</w:instrText></w>'),
    ],
)
def test_a_document_that_acts_or_loads_is_refused(change: Callable[[dict[str, bytes]], None]) -> None:
    assert code(repacked(change), "a.docx") == "file.active"


@pytest.mark.parametrize(
    "change",
    [
        related(b"hyperlink"),
        field(b"<w:instrText>PAGE</w:instrText>"),
        field(b'<w:fldSimple w:instr="DATE"/>'),
        put("word/media/image1.png", picture("PNG")),
    ],
)
def test_links_page_numbers_and_pictures_are_taken(change: Callable[[dict[str, bytes]], None]) -> None:
    assert filecheck.accept(repacked(change), "a.docx").kind is FileKind.DOCX


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put("word/document.xml", LAUGHS), "file.broken"),
        (put("word/document.xml", b"<w:document"), "file.broken"),
        (put("word/x.xml", "<x>DDE</x>".encode("utf-16")), "file.broken"),
        (put("../../etc/x", b"x"), "file.broken"),
        (put("/x", b"x"), "file.broken"),
        (put("WORD/document.xml", b"<x/>"), "file.broken"),
        (lambda parts: parts.pop("[Content_Types].xml"), "file.unknown_type"),
        (lambda parts: parts.update({f"word/{n}.bmp": b"" for n in range(2001)}), "file.bomb"),
        (put("word/media/a.bmp", bytes(30 * MEGA)), "file.bomb"),
    ],
)
def test_a_document_out_of_order_is_refused(change: Callable[[dict[str, bytes]], None], reason: str) -> None:
    assert code(repacked(change), "a.docx") == reason


def test_another_office_format_is_not_a_document() -> None:
    import xlsxwriter

    room = io.BytesIO()
    xlsxwriter.Workbook(room, {"in_memory": True}).close()
    assert code(room.getvalue(), "a.docx") == "file.unknown_type"


def test_a_bomb_that_understates_its_size_is_found_or_broken() -> None:
    made = bytearray(repacked(put("word/media/a.bmp", bytes(30 * MEGA))))
    small, true = struct.pack("<I", 1000), struct.pack("<I", 30 * MEGA)
    assert true in made
    assert code(bytes(made).replace(true, small), "a.docx") in {"file.bomb", "file.broken"}


def test_parts_that_lie_on_top_of_each_other_are_found() -> None:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("a", bytes(range(256)) * 4000)
        info = archive.infolist()[-1]
        for number in range(50):
            twin = zipfile.ZipInfo(f"b{number}")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(info, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    assert code(room.getvalue(), "a.docx") == "file.bomb"


def test_a_locked_document_is_refused() -> None:
    made = bytearray(document())
    place = 0
    while (place := made.find(b"PK\x01\x02", place)) >= 0:
        made[place + 8] |= 1
        place += 4
    assert code(bytes(made), "a.docx") == "file.encrypted"


def test_a_cut_document_is_broken() -> None:
    assert code(document()[:-100], "a.docx") == "file.broken"
