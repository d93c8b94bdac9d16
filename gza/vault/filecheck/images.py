"""Pictures are made anew from their pixels: no place, camera, thumbnail or stowaway of the original survives."""

import io
import threading
from collections.abc import Callable

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from gza.vault import refusals

MAX_PIXELS = 40_000_000  # an A4 page at 600 dots an inch has 35 million
_QUALITY = 90
_ORIENTATION = 0x0112  # EXIF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Pixels take far more memory than the file: one picture at a time in a process.
_turn = threading.Lock()


def jpeg(data: bytes) -> bytes:
    """A JPEG made anew.

    Raises:
        FileRefused: see ``_anew``.
    """
    return _anew(data, JpegImagePlugin.JpegImageFile, _save_jpeg)


def png(data: bytes) -> bytes:
    """A PNG made anew.

    Raises:
        FileRefused: see ``_anew``.
    """
    return _anew(data, PngImagePlugin.PngImageFile, _save_png)


def webp(data: bytes) -> bytes:
    """A WebP made anew.

    Raises:
        FileRefused: see ``_anew``.
    """
    _bound(*_webp_size(data))  # the decoder takes its memory as soon as it is made
    return _anew(data, WebPImagePlugin.WebPImageFile, _save_webp)


def _bound(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise refusals.too_many_pixels(MAX_PIXELS)
    if width < 1 or height < 1:
        raise refusals.broken()


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (WebP container specification; RFC 6386; VP8L)."""
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    raise refusals.broken()


def _anew(
    data: bytes, open_: Callable[[io.BytesIO], ImageFile.ImageFile], save: Callable[[Image.Image], bytes]
) -> bytes:
    """Open with the one plug-in of the type, look at the size before any pixel, decode, turn upright, save bare.

    Raises:
        FileRefused: when there are too many pixels, or the picture cannot be read to its end.
    """
    with _turn:
        try:
            with open_(io.BytesIO(data)) as picture:
                _bound(*picture.size)
                picture.load()
                turn = _orientation(picture)
                bare = _bare(picture)
            return save(_upright(bare, turn))
        except refusals.FileRefused:
            raise
        except MemoryError:
            raise refusals.too_many_pixels(MAX_PIXELS) from None
        except Exception as error:
            # A decoder under hostile bytes raises almost anything; whatever it is, the picture cannot be read.
            raise refusals.broken() from error


def _orientation(picture: ImageFile.ImageFile) -> int:
    """The way it was held, 1 when that cannot be read."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (broken metadata are dropped anyway)
        return 1


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, in a mode that every type can hold."""
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode not in {"1", "L", "LA", "RGB", "RGBA"}:
        picture = picture.convert("L" if picture.mode.startswith("I;16") else "RGB")
    return picture.copy()


def _upright(picture: Image.Image, turn: int) -> Image.Image:
    picture = picture.transpose(_TURNS[turn]) if turn in _TURNS else picture
    picture.info = {}
    return picture


def _save_jpeg(picture: Image.Image) -> bytes:
    room = io.BytesIO()
    picture.convert("L" if picture.mode in {"1", "L", "LA"} else "RGB").save(room, "JPEG", quality=_QUALITY)
    return room.getvalue()


def _save_png(picture: Image.Image) -> bytes:
    room = io.BytesIO()
    picture.save(room, "PNG")
    return room.getvalue()


def _save_webp(picture: Image.Image) -> bytes:
    room = io.BytesIO()
    alpha = picture.mode in {"LA", "RGBA"}
    picture.convert("RGBA" if alpha else "RGB").save(room, "WEBP", quality=_QUALITY, method=2)
    return room.getvalue()
