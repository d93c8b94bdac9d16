"""A virus scanner over TCP: clamd's INSTREAM command (clamd(8)). Only bytes go there, never a name."""

import logging
import socket
import struct

from django.conf import settings

from gza.vault import refusals

TIMEOUT = 30  # seconds for the whole answer to come
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
log = logging.getLogger(__name__)


def address() -> tuple[str, int]:
    """Host and port of ``GZA_CLAMD``.

    Raises:
        ValueError: when it is not ``host:port``.
    """
    host, _, port = settings.GZA_CLAMD.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError("GZA_CLAMD is host:port")
    return host.strip("[]"), int(port)


def scan(data: bytes) -> bool:
    """True when the scanner found nothing.

    Raises:
        FileRefused: when it found something, or gives no answer that can be understood.
    """
    try:
        answer = _ask(data)
    except (OSError, ValueError) as error:
        log.warning("clamd does not answer: %s", type(error).__name__)
        raise refusals.scanner_silent() from error
    if answer.endswith(b"FOUND"):
        log.warning("clamd: %s", answer.decode("ascii", "replace"))
        raise refusals.infected()
    if answer != b"stream: OK":
        log.warning("clamd answers: %s", answer.decode("ascii", "replace"))
        raise refusals.scanner_silent()
    return True


def alive() -> bool:
    """Whether the scanner answers at all. For ``gza doctor``."""
    try:
        with socket.create_connection(address(), timeout=5) as line:
            line.sendall(b"zPING\0")
            return line.recv(16).startswith(b"PONG")
    except (OSError, ValueError):
        return False


def _ask(data: bytes) -> bytes:
    with socket.create_connection(address(), timeout=TIMEOUT) as line:
        line.sendall(b"zINSTREAM\0")
        view = memoryview(data)
        for start in range(0, len(data), _PIECE):
            piece = view[start : start + _PIECE]
            line.sendall(struct.pack(">I", len(piece)))
            line.sendall(piece)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            heard = line.recv(_LONGEST_ANSWER)
            if not heard:
                break
            answer += heard
    return answer.rstrip(b"\0\n")
