"""Opening of XLSX and DOCX files that may be hostile: nothing is handed on that was not measured first.

The file is unpacked part by part under limits of size, number and ratio, and packed anew: what was measured is what
gets read, whatever a second directory or a false size in the file may say.
"""

import io
import re
import zipfile
import zlib

from .problems import Unreadable

MEGABYTE = 1 << 20
MOST_PARTS = 200
MOST_UNPACKED = 24 * MEGABYTE
HIGHEST_RATIO = 120  # honest sheets of text stay under 30
SMALL = MEGABYTE  # below this the ratio says nothing
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def parts(data: bytes) -> dict[str, bytes]:
    """The unpacked parts of a ZIP container by name.

    Raises:
        Unreadable: ``bomb`` past a limit; ``unreadable`` when damaged, encrypted or with an XML entity in it.
    """
    found: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise Unreadable("bomb")
            for member in members:
                if member.filename in found or member.flag_bits & 1:
                    raise Unreadable("unreadable")
                with archive.open(member) as file:
                    content = file.read(MOST_UNPACKED - total + 1)
                total += len(content)
                if total > MOST_UNPACKED or (total > SMALL and total > HIGHEST_RATIO * len(data)):
                    raise Unreadable("bomb")
                found[member.filename] = content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise Unreadable("unreadable") from error
    if any(_ENTITIES.search(one) for name, one in found.items() if name.endswith((".xml", ".rels"))):
        raise Unreadable("unreadable")
    return found


def pack(found: dict[str, bytes]) -> io.BytesIO:
    """A clean container with just these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer
