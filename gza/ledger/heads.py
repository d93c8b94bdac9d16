"""Signed heads, kept outside the database: what tells a cut tail and a recomputed chain."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nacl.exceptions
import nacl.signing
from django.conf import settings

from gza.core import clock, material


@dataclass(frozen=True)
class SignedHead:
    """A head as it was exported: number and hash of the last event, and when."""

    seq: int
    hash: bytes
    at: dt.datetime
    good: bool


def folder() -> Path:
    """Where heads are exported to (``GZA_HEADS``); in a national deployment a disk of another machine."""
    return Path(settings.GZA_HEADS)


@lru_cache(maxsize=4)
def _signing(seed: bytes) -> nacl.signing.SigningKey:
    return nacl.signing.SigningKey(seed)


def _key() -> nacl.signing.SigningKey:
    return _signing(material.key("heads"))


def _message(seq: int, hash_: bytes, at: str) -> bytes:
    return f"gza head 1|{seq}|{hash_.hex()}|{at}".encode()


def export(seq: int, hash_: bytes, at: dt.datetime | None = None) -> None:
    """Append the signed head to the file of its month; one short write, so that processes do not mix."""
    moment = (at or clock.now()).astimezone(dt.UTC)
    stamp = moment.isoformat(timespec="microseconds")
    signature = _key().sign(_message(seq, hash_, stamp)).signature
    line = json.dumps({"seq": seq, "hash": hash_.hex(), "at": stamp, "sig": signature.hex()}) + "\n"
    folder().mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder() / f"{moment:%Y-%m}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def read() -> Iterator[SignedHead]:
    """Every exported head, oldest file first; ``good`` says whether its signature holds."""
    verify_key = _key().verify_key
    for path in sorted(folder().glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield _parse(line, verify_key)


def _parse(line: str, verify_key: nacl.signing.VerifyKey) -> SignedHead:
    try:
        entry = json.loads(line)
        seq, hash_ = int(entry["seq"]), bytes.fromhex(entry["hash"])
        verify_key.verify(_message(seq, hash_, entry["at"]), bytes.fromhex(entry["sig"]))
        return SignedHead(seq, hash_, dt.datetime.fromisoformat(entry["at"]), good=True)
    except (ValueError, KeyError, TypeError, nacl.exceptions.BadSignatureError):
        return SignedHead(-1, b"", clock.now(), good=False)
