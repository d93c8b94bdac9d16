"""Uploads stay in memory until they are sealed; nothing of them touches the disk in clear.

Django's own handlers spill past 2.5 MB. This one, the only one in ``FILE_UPLOAD_HANDLERS``, keeps what is
within the limit and lets the rest run through its fingers, so that the form around a file that is too large
still arrives whole (its token with it) and the view can say what is wrong.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from . import refusals

TOTAL_FACTOR = 2  # the files of one form may together have so many times the limit of one
RUNAWAY = 1024**3  # bytes of one request beyond which reading on is pointless; the connection is then given up


class Held(InMemoryUploadedFile):
    """An upload in memory. ``refusal`` is set, and the content empty, when it went past a limit.

    ``size`` is what was sent, also of a refused one.
    """

    refusal: refusals.FileRefused | None = None


def content(upload: "UploadedFile[Any]") -> bytes:
    """The bytes of an upload.

    Raises:
        FileRefused: when it went past a limit, or is empty.
    """
    refusal = getattr(upload, "refusal", None)
    if refusal is not None:
        raise refusal
    upload.seek(0)
    data: bytes = upload.read()
    if not data:
        raise refusals.empty()
    return data


class InMemory(FileUploadHandler):
    """Keeps each file of a request in memory, up to ``GZA_FILE_LIMIT`` bytes each and twice that together."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.limit: int = settings.GZA_FILE_LIMIT
        self.kept = 0  # bytes of all files of this request that are held
        self.seen = 0  # bytes of all files of this request
        self.refusal: refusals.FileRefused | None = None
        self.buffer = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **kwargs)
        self.refusal, self.buffer = None, BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or, past a limit, forget the whole file and only count."""
        size = len(raw_data)
        self.seen += size
        if self.seen > RUNAWAY:
            self._forget(refusals.too_much(self.limit * TOTAL_FACTOR))
            raise StopUpload(connection_reset=True)
        if start + size > self.limit:
            self._forget(refusals.too_large(self.limit))
        elif self.refusal is None and self.kept + size > self.limit * TOTAL_FACTOR:
            self._forget(refusals.too_much(self.limit * TOTAL_FACTOR))
        elif self.refusal is None:
            self.buffer.write(raw_data)
            self.kept += size

    def _forget(self, refusal: refusals.FileRefused) -> None:
        self.kept -= self.buffer.tell()
        self.buffer.close()
        self.buffer = BytesIO()
        self.refusal = refusal

    def file_complete(self, file_size: int) -> Held:
        """The file, or what stands for a refused one."""
        self.buffer.seek(0)
        held = Held(
            self.buffer,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )
        held.refusal = self.refusal
        return held

    def upload_interrupted(self) -> None:
        """Let go of the file that was under way."""
        self.buffer.close()
