"""Every construction gives today what it gave when its first row was sealed."""

import json

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl import bindings

from gza.vault.crypto import sections
from gza.vault.crypto.encode import pack
from tests.vault import vectors

FROZEN = json.loads(vectors.FILE.read_text())
COMPUTED = vectors.compute()


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_a_construction_gives_what_it_always_gave(name: str) -> None:
    assert COMPUTED[name] == FROZEN[name]


def test_nothing_is_frozen_that_nothing_computes() -> None:
    assert set(FROZEN) == set(COMPUTED) | {"recovery", "links"}


def test_frozen_blobs_open() -> None:
    assert vectors.opened(FROZEN) == {
        "recovery": "აღდგენა",
        "link of the case": vectors.secret("case").hex(),
        "link of a section": sections.narrow(vectors.secret("case"), "health").hex(),
        "field": "ნინო",
    }


# The same values by other libraries, so that the vectors prove more than that nothing changed.


def _hkdf(key: bytes, salt: bytes | None, *info: object) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=pack(*info)).derive(key)


def test_hkdf_is_that_of_rfc_5869() -> None:
    assert FROZEN["hkdf"] == _hkdf(vectors.secret("key"), b"salt", "info", 1).hex()
    assert FROZEN["hkdf without salt"] == _hkdf(vectors.secret("key"), None, "info").hex()


def test_a_password_is_argon2id_then_hkdf_with_the_server_key() -> None:
    root = hash_secret_raw("ორი ლურჯი კიბე".encode(), bytes(range(16)), 2, 64, 1, 32, Type.ID)
    assert FROZEN["password wrapping"] == _hkdf(root, vectors.secret("server"), "gza wrapping 1").hex()


def test_a_field_is_hkdf_and_xchacha20_poly1305_and_nothing_else() -> None:
    narrow = _hkdf(vectors.secret("case"), None, "gza narrow 1", "identity")
    working = _hkdf(narrow, vectors.secret("shred"), "gza working 1", vectors.CASE, 1, "identity")
    header = b"\x01\x00\x00\x00\x01"
    context = pack("gza field", "cases.person.first_name", vectors.ROW, vectors.CASE)
    text = ("ნინო".encode() + b"\x80").ljust(33, b"\0")
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, header + context, vectors.NONCE, working)
    assert bytes.fromhex(FROZEN["field"]) == header + vectors.NONCE + sealed


def test_a_box_is_x25519_hkdf_and_xchacha20_poly1305() -> None:
    mine = X25519PrivateKey.from_private_bytes(vectors.secret("ephemeral"))
    public, other = mine.public_key().public_bytes_raw(), bytes.fromhex(FROZEN["box public"])
    point = mine.exchange(X25519PublicKey.from_public_bytes(other))
    key = _hkdf(point, None, "gza box 1", public, other)
    header, text = b"\x01\x00\x00\x00\x00", b"text\x80".ljust(33, b"\0")
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, header + b"context", vectors.NONCE, key)
    assert bytes.fromhex(FROZEN["box"]) == public + header + vectors.NONCE + sealed


def test_a_signature_is_plain_ed25519() -> None:
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(FROZEN["sign public"]))
    public.verify(bytes.fromhex(FROZEN["signature"]), pack("gza signature", "grant", vectors.CASE, 1, "x"))


def test_xchacha20_poly1305_is_that_of_the_draft() -> None:
    # draft-irtf-cfrg-xchacha-03, appendix A.3.1
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        text,
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
        bytes(range(0x40, 0x58)),
        bytes(range(0x80, 0xA0)),
    )
    assert sealed[:16].hex() == "bd6d179d3e83d43b9576579493c0e939"
    assert sealed[-16:].hex() == "c0875924c1c7987947deafd8780acf49"
