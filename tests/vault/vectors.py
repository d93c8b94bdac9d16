"""Computes the test vector of every construction from fixed inputs; ``vectors.json`` holds what they gave once.

Run as a module it prints them: for a *new* construction. What stands in the file is never changed, for it is what the
product's oldest rows were sealed with.
"""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

from gza.vault.casekeys import CaseKeys, link_of, links_of
from gza.vault.crypto import aead, hkdf, kdf, keys, recovery, sections
from gza.vault.crypto.encode import pack
from gza.vault.models import Disclosure
from gza.vault.steps.disclosures import reply_context, reply_key

FILE = Path(__file__).with_name("vectors.json")
CASE = uuid.UUID("018f4d9e-0000-7000-8000-000000000001")
ROW = uuid.UUID("018f4d9e-0000-7000-8000-000000000002")
USER = uuid.UUID("018f4d9e-0000-7000-8000-000000000003")


def secret(name: str) -> bytes:
    """32 bytes that everybody can make again."""
    return hashlib.sha256(f"gza test {name}".encode()).digest()


NONCE = secret("nonce")[:24]
_TOLD = Disclosure(id=ROW, case=CASE, organisation=USER)


def compute() -> dict[str, Any]:
    """Name of the construction: what it gives, in hex unless it is text."""
    person = keys.Keys(USER, 2, secret("box"), secret("sign"))
    password = kdf.make("ორი ლურჯი კიბე", secret("server"), (2, 64, 1), salt=bytes(range(16)))
    sender = keys.Sender(seed=secret("ephemeral"))
    signer = keys.Signer(person.sign)
    narrow = sections.narrow(secret("case"), "identity")
    working = sections.working(narrow, secret("shred"), CASE, 1, "identity")
    context = aead.field_context("cases.person.first_name", ROW, CASE)
    return {
        "pack": pack("ა", b"\x00", 7, USER, None).hex(),
        "pad": aead.pad("ნინო".encode()).hex(),
        "hkdf": hkdf.derive(secret("key"), "info", 1, salt=b"salt").hex(),
        "hkdf without salt": hkdf.derive(secret("key"), "info").hex(),
        "aead": aead.seal(secret("key"), "ნინო".encode(), b"context", epoch=7, nonce=NONCE).hex(),
        "password encoded": password.encoded,
        "password wrapping": password.wrapping.hex(),
        "box public": person.box_public.hex(),
        "sign public": person.sign_public.hex(),
        "wrapped keys": person.wrap(secret("wrapping"), person.box_public, nonce=NONCE).hex(),
        "box": sender.seal(person.box_public, b"text", b"context", nonce=NONCE).hex(),
        "signature": signer.sign("grant", CASE, 1, "x").hex(),
        "fingerprint": keys.fingerprint(USER, 2, person.box_public, person.sign_public),
        "share": recovery.Share(2, secret("share")).text(),
        "narrow": narrow.hex(),
        "working": working.hex(),
        "field": aead.seal(working, "ნინო".encode(), context, epoch=1, nonce=NONCE).hex(),
        "reply": aead.seal(
            reply_key(secret("packet"), secret("shred"), ROW),
            "კი".encode(),
            reply_context(_TOLD, "plans.request.reply", USER),
            nonce=NONCE,
        ).hex(),
        "link": sections.link(secret("case 2"), secret("case"), CASE, 2, "", nonce=NONCE).hex(),
    }


def opened(frozen: dict[str, Any]) -> dict[str, str]:
    """What today's code reads out of the frozen blobs that have a random part."""
    shares = [recovery.Share(number, secret(f"share {number}")) for number in (1, 2, 3)]
    boxes = {tuple(map(int, pair.split("-"))): bytes.fromhex(box) for pair, box in frozen["recovery"].items()}
    links = bytes.fromhex(frozen["links"])
    health = sections.narrow(secret("case 2"), "health")
    return {
        "recovery": recovery.unseal(boxes, shares[1:]).decode(),
        "link of the case": sections.unlink(secret("case 2"), link_of(links, ""), CASE, 2, "").hex(),
        "link of a section": sections.unlink(health, link_of(links, "health"), CASE, 2, "health").hex(),
        "field": CaseKeys(CASE, 1, secret("shred"), {"": secret("case")}).unseal(
            "cases.person.first_name", "identity", ROW, _sealed(frozen["field"])
        ),
    }


def _sealed(blob: str) -> Any:
    from gza.vault.sealed import Sealed

    return Sealed(bytes.fromhex(blob))


def random_parts() -> dict[str, Any]:
    """Blobs that are different each time; made once."""
    publics = [recovery.Share(number, secret(f"share {number}")).public for number in (1, 2, 3)]
    boxes = recovery.seal("აღდგენა".encode(), publics)
    return {
        "recovery": {f"{first}-{second}": box.hex() for (first, second), box in boxes.items()},
        "links": links_of(secret("case 2"), secret("case"), CASE, 2).hex(),
    }


if __name__ == "__main__":
    print(json.dumps({**compute(), **random_parts()}, indent=1, ensure_ascii=False))  # noqa: T201  # its purpose
