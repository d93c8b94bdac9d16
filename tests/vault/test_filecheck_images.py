"""Pictures: nothing rides along, nothing is decoded that is too large."""

import contextlib
import io
import struct
import time
import warnings
import zlib

import pytest
from PIL import Image

from gza.vault import filecheck, refusals
from gza.vault.filecheck import images
from tests.vault.offered import code, picture


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
