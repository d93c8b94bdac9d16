"""A file is taken for what it is, and not taken when it lies, acts by itself, or blows up."""

import contextlib
import io
import socket
import struct
import threading
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator

import docx
import pytest
from PIL import Image

from gza.vault import filecheck, refusals
from gza.vault.filecheck import FileKind, images

MEGA = 1024 * 1024


def picture(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    room = io.BytesIO()
    image = Image.new(mode, size)
    image.paste(1 if mode in {"1", "P"} else "white", (0, 0, size[0] // 2, size[1] // 2))
    image.save(room, form, **options)
    return room.getvalue()


def document(text: str = "გეგმა") -> bytes:
    made = docx.Document()
    made.add_paragraph(text)
    room = io.BytesIO()
    made.save(room)
    return room.getvalue()


def pdf(*bodies: bytes) -> bytes:
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    for number, body in enumerate(bodies, 10):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def stream(content: bytes, dictionary: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def repacked(change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return room.getvalue()


def code(data: bytes, name: str = "") -> str:
    with pytest.raises(refusals.FileRefused) as refused:
        filecheck.accept(data, name)
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf(), "scan.PDF", FileKind.PDF),
        (pdf(stream(zlib.compress(b"BT (hello) Tj ET"))), "scan", FileKind.PDF),
        (picture("JPEG"), "a.jpeg", FileKind.JPEG),
        (picture("PNG"), "a.png", FileKind.PNG),
        (picture("PNG", mode="P"), "a.png", FileKind.PNG),
        (picture("PNG", mode="1"), "a.png", FileKind.PNG),
        (picture("PNG", mode="I;16"), "a.png", FileKind.PNG),
        (picture("JPEG", mode="CMYK"), "a.jpg", FileKind.JPEG),
        (picture("WEBP"), "a.webp", FileKind.WEBP),
        (picture("WEBP", mode="RGBA", lossless=True), "a.webp", FileKind.WEBP),
        (document(), "გეგმა.docx", FileKind.DOCX),
    ],
)
def test_what_is_honest_is_taken(data: bytes, name: str, kind: FileKind) -> None:
    taken = filecheck.accept(data, name)
    assert (taken.kind, taken.name, taken.scanned) == (kind, name, False)
    assert filecheck.kind_of(taken.data) is kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf(), "scan.jpg"),
        (picture("PNG"), "a.jpg"),
        (document(), "a.pdf"),
        (picture("JPEG"), "a.docx"),
        (pdf(), "x.exe"),
        (pdf(), "x." + "y" * 300),
    ],
)
def test_a_name_that_lies_about_the_type_is_refused(data: bytes, name: str) -> None:
    assert code(data, name) == "file.lies"


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00" + bytes(200),
        b"GIF89a" + bytes(200),
        b"<html><script>alert(1)</script>",
        b"plain text",
        b"\x00",
        b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(100),
        b"\x1f\x8b\x08" + bytes(50),
    ],
)
def test_other_types_are_not_taken(data: bytes) -> None:
    assert code(data, "scan.pdf") == "file.unknown_type"


def test_nothing_and_too_much(settings: object) -> None:
    assert code(b"") == "file.empty"
    settings.GZA_FILE_LIMIT = 100
    assert code(pdf() + bytes(100)) == "file.too_large"


# Pictures


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "CANARY-CAMERA"
    tags.get_ifd(0x8825)[1] = "N"
    return tags.tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_no_metadata_and_stands_upright(form: str) -> None:
    made = picture(form, (60, 40), exif=exif(6))
    assert b"CANARY-CAMERA" in made
    kept = filecheck.accept(made + b"", "").data
    assert b"CANARY" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert seen.size == (40, 60)
        assert not seen.getexif()
        assert seen.convert("L").getpixel((35, 5)) > 200  # top left became top right
        assert seen.convert("L").getpixel((5, 5)) < 50


def test_what_rides_behind_or_within_a_picture_is_left_behind() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "CANARY-TEXT")
    for made in [
        picture("PNG", pnginfo=info) + b"PK\x03\x04CANARY",
        picture("JPEG", comment=b"CANARY-COMMENT") + b"<?php CANARY",
        picture("JPEG", icc_profile=b"CANARY" * 30),
    ]:
        assert b"CANARY" in made
        assert b"CANARY" not in filecheck.accept(made, "").data


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def huge_png() -> bytes:
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def huge_jpeg() -> bytes:
    made = bytearray(picture("JPEG"))
    place = made.index(b"\xff\xc0")
    made[place + 5 : place + 9] = struct.pack(">HH", 10_000, 10_000)
    return bytes(made)


def huge_webp(form: bytes) -> bytes:
    if form == b"VP8X":
        size = (9_999).to_bytes(3, "little")
        body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size + size
    elif form == b"VP8L":
        body = b"VP8L" + struct.pack("<I", 20) + b"\x2f" + (9_999 | 9_999 << 14).to_bytes(4, "little") + bytes(15)
    else:
        body = b"VP8 " + struct.pack("<I", 20) + b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 10_000, 10_000) + bytes(10)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


@pytest.mark.parametrize("data", [huge_png(), huge_jpeg(), huge_webp(b"VP8X"), huge_webp(b"VP8L"), huge_webp(b"VP8 ")])
def test_a_hundred_million_pixels_are_refused_without_decoding(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(*_anything: object) -> None:
        pytest.fail("it was decoded")

    monkeypatch.setattr(images.ImageFile.ImageFile, "load", decoded)
    monkeypatch.setattr(images.PngImagePlugin.PngImageFile, "load", decoded)
    begun = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert code(data) == "file.too_many_pixels"
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_cut_picture_is_broken(form: str) -> None:
    made = picture(form, (400, 400))
    assert code(made[: len(made) // 2]) == "file.broken"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_flipped_byte_breaks_more_than_the_picture(form: str) -> None:
    made = picture(form, (16, 16))
    for place in range(12, len(made), 3):
        hostile = made[:place] + bytes([made[place] ^ 0xFF]) + made[place + 1 :]
        with contextlib.suppress(refusals.FileRefused):  # and nothing else
            filecheck.accept(hostile, "")


# PDF

JS = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    "body",
    [
        JS,
        b"<</S /J#61vaScript /JS 5 0 R>>",
        b"<</S/#4a#61#76#61#53#63#72#69#70#74>>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"<</Names<</EmbeddedFiles 4 0 R>>>>",
        b"<</Type/EmbeddedFile>>",
        b"<</S/SubmitForm/F(http://x)>>",
        b"<</AcroForm<</XFA 4 0 R>>>>",
        b"<</S/GoToR/F(\\\\\\\\host\\\\x)>>",
        b"<</Subtype/RichMedia>>",
        stream(zlib.compress(b"1 0 2 20 " + JS), b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode"),
        stream(zlib.compress(JS), b"/N 2/First 9/Filter[/FlateDecode]"),
        stream(zlib.compress(JS), b"/Subtype/Image/N 2/First 9/Filter/FlateDecode"),
        stream(zlib.compress(JS), b" " * 9000 + b"/Filter/FlateDecode"),
        stream(zlib.compress(b"x" * (1024 * 1024 - 5) + JS), b"/Filter/FlateDecode"),
        stream(zlib.compress(zlib.compress(JS)), b"/Type/ObjStm/N 2/First 9/Filter[/FlateDecode/FlateDecode]"),
        stream(JS.hex().encode(), b"/Type/ObjStm/N 2/First 9/Filter/ASCIIHexDecode"),
        stream(JS.hex().encode(), b"/Type/O#62jStm/N 2/First 9/F#69lter/ASCIIHexDecode"),
        stream(zlib.compress(JS), b"/Type/ObjStm/N 2/First 9/Filter 7 0 R"),
        stream(
            zlib.compress(b"\x01" + bytes(20)),
            b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
        ),
        b"(stream\n" + JS + b"\nendstream)",
    ],
)
def test_an_active_pdf_is_refused_however_it_hides(body: bytes) -> None:
    assert code(pdf(body), "a.pdf") == "file.active"


@pytest.mark.parametrize(
    "body",
    [
        b"<</OpenAction[3 0 R/Fit]>>",
        b"<</S/URI/URI(https://example.ge)>>",
        b"<</Title(JavaScript and Launch)>>",
        b"<</EmbeddedFont/JavaScriptless>>",
        stream(zlib.compress(b"1 0 <</Type/Page>>"), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
        stream(bytes(range(256)) * 50, b"/Subtype/Image/Filter/DCTDecode"),
        stream(b"1 0 <</Type/Page>>", b"/Type/ObjStm/N 1/First 4"),
    ],
)
def test_a_calm_pdf_is_taken(body: bytes) -> None:
    assert filecheck.accept(pdf(body), "a.pdf").kind is FileKind.PDF


def test_a_pdf_of_our_own_printing_press_is_taken() -> None:
    typst = pytest.importorskip("typst")
    made = typst.compile(b'= Plan\n#link("https://example.ge")[x]', format="pdf")
    assert filecheck.accept(made, "a.pdf").data == made


def test_a_locked_cut_or_exploding_pdf_is_refused() -> None:
    assert code(pdf(b"<</Encrypt 5 0 R>>")) == "file.encrypted"
    assert code(pdf()[:-20]) == "file.broken"
    bomb = pdf(*[stream(zlib.compress(bytes(100 * MEGA))) for _ in range(3)])
    assert len(bomb) < MEGA
    assert code(bomb) == "file.bomb"
    begun = time.perf_counter()
    assert code(pdf(b"stream\nx" * 2_000_000)) == "file.bomb"
    assert time.perf_counter() - begun < 10


# DOCX


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


# The scanner


@pytest.fixture
def scanner(settings: object) -> Iterator[Callable[[bytes | None], list[bytes]]]:
    """A clamd of our own that gives one answer and keeps what it was sent."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.GZA_CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
    threads = []

    def answering(answer: bytes | None) -> list[bytes]:
        heard: list[bytes] = []

        def serve() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as file:
                assert file.read(10) == b"zINSTREAM\0"
                while size := struct.unpack(">I", file.read(4))[0]:
                    heard.append(file.read(size))
                if answer is not None:
                    line.sendall(answer)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return heard

    yield answering
    for thread in threads:
        thread.join(5)
    server.close()


def test_a_clean_file_is_marked_as_scanned(scanner: Callable) -> None:
    heard = scanner(b"stream: OK\0")
    data = pdf(stream(b"x" * 200_000, b""))
    assert filecheck.accept(data, "a.pdf").scanned
    assert b"".join(heard) == data


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"stream: Eicar-Test-Signature FOUND\0", "file.infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "file.scanner_silent"),
        (b"", "file.scanner_silent"),
        (None, "file.scanner_silent"),
    ],
)
def test_what_the_scanner_does_not_clear_is_refused(scanner: Callable, answer: bytes | None, reason: str) -> None:
    scanner(answer)
    assert code(pdf(), "a.pdf") == reason


@pytest.mark.parametrize("where", ["127.0.0.1:1", "nowhere", "host:port"])
def test_a_dead_scanner_lets_nothing_pass(where: str, settings: object) -> None:
    settings.GZA_CLAMD = where
    assert code(pdf(), "a.pdf") == "file.scanner_silent"
    assert not filecheck.clamd.alive()


def test_a_scanner_that_answers_is_alive(settings: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.GZA_CLAMD = f"127.0.0.1:{server.getsockname()[1]}"

        def serve() -> None:
            line, _ = server.accept()
            with line:
                assert line.recv(16) == b"zPING\0"
                line.sendall(b"PONG\0")

        thread = threading.Thread(target=serve)
        thread.start()
        assert filecheck.clamd.alive()
        thread.join()
