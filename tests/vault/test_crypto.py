"""The constructions by themselves: what was sealed opens, and nothing else does."""

import hashlib
import itertools
import os
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gza.vault.crypto import aead, kdf, keys, recovery, sections
from gza.vault.crypto.encode import pack
from gza.vault.errors import BadShare, Tampered

KEY = bytes(range(32))
CASE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
CHEAP = (1, 8, 1)
PART = st.one_of(st.none(), st.text(max_size=8), st.binary(max_size=8), st.uuids(), st.integers(0, 2**64 - 1))


def _flips(blob: bytes):
    for place in range(len(blob)):
        for mask in (0x01, 0x80):
            yield blob[:place] + bytes([blob[place] ^ mask]) + blob[place + 1 :]


@given(st.lists(PART, max_size=5), st.lists(PART, max_size=5))
def test_two_lists_never_give_the_same_bytes(one: list, other: list) -> None:
    same = len(one) == len(other) and all(type(a) is type(b) and a == b for a, b in zip(one, other, strict=True))
    assert (pack(*one) == pack(*other)) == same


def test_what_has_no_encoding_is_refused() -> None:
    with pytest.raises(TypeError):
        pack(1.5)
    with pytest.raises(OverflowError):
        pack(-1)


@given(st.binary(max_size=10_000), st.integers(0, 2**32 - 1))
def test_what_is_sealed_opens_with_its_epoch_in_the_header(text: bytes, epoch: int) -> None:
    blob = aead.seal(KEY, text, b"context", epoch=epoch)
    assert aead.unseal(KEY, blob, b"context") == text
    assert aead.epoch_of(blob) == epoch


def test_a_length_says_its_bucket_only() -> None:
    lengths = {len(aead.seal(KEY, b"x" * size, b"")) for size in range(33)}
    assert len(lengths) == 1
    sizes = {aead.bucket(size) for size in range(20_000)}
    assert len(sizes) == 12
    assert all(aead.bucket(size) > size for size in range(20_000))


def test_every_flipped_bit_and_every_cut_is_noticed() -> None:
    blob = aead.seal(KEY, "ნინო".encode(), b"context", epoch=3)
    for changed in itertools.chain(_flips(blob), (blob[:size] for size in range(len(blob))), [blob + b"\0"]):
        with pytest.raises(Tampered):
            aead.unseal(KEY, changed, b"context")
    with pytest.raises(Tampered):
        aead.unseal(KEY, blob, b"contexu")
    with pytest.raises(Tampered):
        aead.unseal(bytes(32), blob, b"context")


def test_a_text_without_padding_is_refused() -> None:
    with pytest.raises(Tampered):
        aead.unpad(bytes(8))
    with pytest.raises(Tampered):
        aead.epoch_of(b"\x01")


def test_a_box_opens_for_its_recipient_within_its_context_only() -> None:
    mine, other = keys.Opener(os.urandom(32)), keys.Opener(os.urandom(32))
    sender = keys.Sender()
    boxes = [sender.seal(mine.public, text, b"here") for text in (b"one", b"two")]
    assert [mine.open(box, b"here") for box in boxes] == [b"one", b"two"]
    for changed in (*_flips(boxes[0]), boxes[0][:31], b""):
        with pytest.raises(Tampered):
            mine.open(changed, b"here")
    for opener, context in ((other, b"here"), (mine, b"there")):
        with pytest.raises(Tampered):
            opener.open(boxes[0], context)


def test_a_public_key_of_low_order_is_refused() -> None:
    with pytest.raises(Tampered):
        keys.Sender().seal(bytes(32), b"x", b"")


def test_an_opener_forgets_old_senders_and_still_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_KEPT", 2)
    mine = keys.Opener(os.urandom(32))
    for _ in range(5):
        assert mine.open(keys.Sender().seal(mine.public, b"x", b""), b"") == b"x"


def test_a_signature_holds_for_its_key_domain_and_parts_only() -> None:
    signer = keys.Signer(KEY)
    signature = signer.sign("grant", CASE, 1)
    keys.verify(signer.public, signature, "grant", CASE, 1)
    attempts = [
        (signer.public, signature, "certificate", (CASE, 1)),
        (signer.public, signature, "grant", (CASE, 2)),
        (signer.public, signature, "grant", (CASE, "1")),
        (keys.Signer(bytes(32)).public, signature, "grant", (CASE, 1)),
        (signer.public, b"", "grant", (CASE, 1)),
        (b"short", signature, "grant", (CASE, 1)),
        *((signer.public, changed, "grant", (CASE, 1)) for changed in _flips(signature)),
    ]
    for public, changed, domain, parts in attempts:
        with pytest.raises(Tampered):
            keys.verify(public, changed, domain, *parts)


def test_keys_unwrap_for_their_person_only() -> None:
    mine = keys.make(CASE, 1)
    blob = mine.wrap(KEY, "x")
    assert keys.Keys.unwrap(KEY, blob, CASE, 1, "x") == mine
    for key, person, generation, context in (
        (bytes(32), CASE, 1, "x"), (KEY, OTHER, 1, "x"), (KEY, CASE, 2, "x"), (KEY, CASE, 1, "y"),
    ):  # fmt: skip
        with pytest.raises(Tampered):
            keys.Keys.unwrap(key, blob, person, generation, context)
    for secret in (mine.box.hex(), mine.sign.hex(), str(mine.box)):
        assert secret not in repr(mine)


def test_a_fingerprint_can_be_read_out_and_differs() -> None:
    first, second = keys.fingerprint(CASE, 1), keys.fingerprint(CASE, 2)
    assert first != second
    assert [len(group) for group in first.split()] == [4] * 8


def test_a_password_gives_its_keys_with_the_same_server_key_only() -> None:
    made = kdf.make("გზა და სახლი", KEY, CHEAP)
    found = kdf.check("გზა და სახლი", made.encoded, KEY)
    assert found is not None
    assert found.wrapping == made.wrapping
    assert made.wrapping.hex() not in repr(made)
    assert kdf.check("გზა და სახლი ", made.encoded, KEY) is None
    assert kdf.check("გზა და სახლი", made.encoded, bytes(32)) is None
    for odd in ("", "x", "gza1$1,8$a$b", "gza1$1,8,1$!$b", made.encoded.replace("gza1", "gza9")):
        assert kdf.check("გზა და სახლი", odd, KEY) is None


def test_composed_and_decomposed_passwords_are_the_same() -> None:
    made = kdf.make("caf\u00e9 caf\u00e9 caf\u00e9", KEY, CHEAP)
    assert kdf.check("cafe\u0301 cafe\u0301 cafe\u0301", made.encoded, KEY)


def test_any_two_shares_open_and_none_alone() -> None:
    shares = recovery.make()
    boxes = recovery.seal(b"the secret", [share.public for share in shares])
    for size in range(4):
        for some in itertools.permutations(shares, size):
            if size < 2:
                with pytest.raises(BadShare):
                    recovery.unseal(boxes, some)
            else:
                assert recovery.unseal(boxes, some) == b"the secret"
    with pytest.raises(BadShare):
        recovery.unseal(boxes, [shares[0], shares[0]])
    with pytest.raises(BadShare):
        recovery.unseal(boxes, [shares[0], recovery.make()[1]])


@pytest.mark.parametrize("number", range(24))
def test_a_printed_share_is_read_as_people_type_it_and_a_slip_is_noticed(number: int) -> None:
    share = recovery.Share(1 + number % 3, hashlib.sha256(f"share {number}".encode()).digest())
    text = share.text()
    assert share.secret.hex() not in repr(share)
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("O", "0").replace("I", "1")):
        assert recovery.read(typed) == share
    letters = [place for place, sign in enumerate(text) if sign != "-" and place > 3]
    for place in letters:
        wrong = "A" if text[place] != "A" else "C"
        with pytest.raises(BadShare):
            recovery.read(text[:place] + wrong + text[place + 1 :])
    for odd in ("", "GZA-", "GZA-?", text[:-3], text + "AA"):
        with pytest.raises(BadShare):
            recovery.read(odd)


def test_sections_cases_epochs_and_shred_secrets_give_unrelated_keys() -> None:
    narrow = sections.narrow(KEY, "health")
    made = {
        narrow, sections.narrow(KEY, "legal"), sections.working(narrow, KEY, CASE, 1, "health"),
        sections.working(narrow, bytes(32), CASE, 1, "health"), sections.working(narrow, KEY, OTHER, 1, "health"),
        sections.working(narrow, KEY, CASE, 2, "health"), sections.working(narrow, KEY, CASE, 1, "legal"),
    }  # fmt: skip
    assert len(made) == 7


def test_a_link_leads_back_within_its_case_epoch_and_section_only() -> None:
    blob = sections.link(KEY, bytes(32), CASE, 2, "")
    assert len(blob) == sections.LINK_SIZE
    assert sections.unlink(KEY, blob, CASE, 2, "") == bytes(32)
    for key, case, epoch, section in (
        (bytes(32), CASE, 2, ""), (KEY, OTHER, 2, ""), (KEY, CASE, 3, ""), (KEY, CASE, 2, "health"),
    ):  # fmt: skip
        with pytest.raises(Tampered):
            sections.unlink(key, blob, case, epoch, section)
