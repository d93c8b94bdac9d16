"""A file is taken for what it is, and not taken when it lies; the scanner has its say."""

import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator

import pytest

from gza.vault import filecheck
from gza.vault.filecheck import FileKind
from tests.vault.offered import code, document, pdf, picture, stream


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
