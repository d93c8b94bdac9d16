"""Files as somebody might offer them, and what the check says of one."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from PIL import Image

from gza.vault import filecheck, refusals

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
