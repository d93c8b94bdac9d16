"""A sealed file opens whole, unchanged and at home, or not at all."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from gza.vault.crypto import stream
from gza.vault.errors import Tampered

KEY, CONTEXT = bytes(range(32)), b"a file of a case"
PIECE, SEALED = stream.PIECE, stream.PIECE + 17
HEADER = 5 + 24


def sealed(data: bytes, *, context: bytes = CONTEXT, epoch: int = 3, key: bytes = KEY) -> bytes:
    return b"".join(stream.seal(key, data, context, epoch=epoch))


def opened(blob: bytes, *, context: bytes = CONTEXT, key: bytes = KEY) -> bytes:
    return b"".join(stream.unseal(key, io.BytesIO(blob), context))


def pieces(blob: bytes) -> tuple[bytes, list[bytes]]:
    body = blob[HEADER:]
    return blob[:HEADER], [body[place : place + SEALED] for place in range(0, len(body), SEALED)]


@pytest.mark.parametrize(
    "size", [0, 1, PIECE - 9, PIECE - 8, PIECE - 7, PIECE, 2 * PIECE - 8, 2 * PIECE, 5 * PIECE + 77]
)
def test_what_is_sealed_opens(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    blob = sealed(data)
    assert opened(blob) == data
    assert len(blob) == stream.size_of(stream.pieces(size))
    assert stream.epoch_of(io.BytesIO(blob)) == 3


@given(st.binary(max_size=200), st.integers(0, 2**32 - 1), st.binary(max_size=20))
@settings(max_examples=30)
def test_any_content_any_epoch_any_context(data: bytes, epoch: int, context: bytes) -> None:
    assert opened(sealed(data, epoch=epoch, context=context), context=context) == data


# Made once: key 00..1f, context as above, epoch 3, content "გზა" ten times. Its padding is cut off here and made again.
def test_a_stream_made_by_hand_opens() -> None:
    """The format, spelt out with libsodium's own functions: whoever changes it makes old files unreadable."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = b"\x01\x00\x00\x00\x03" + bindings.crypto_secretstream_xchacha20poly1305_init_push(state, KEY)
    text = (90).to_bytes(8) + "გზა".encode() * 10
    context = (
        b"b" + len(CONTEXT).to_bytes(4) + CONTEXT + b"b" + (29).to_bytes(4) + header + b"i" + (8).to_bytes(4) + bytes(8)
    )
    blob = header + bindings.crypto_secretstream_xchacha20poly1305_push(state, text.ljust(PIECE, b"\0"), context, 3)
    assert opened(blob) == "გზა".encode() * 10


def test_every_flipped_byte_is_found_where_it_matters() -> None:
    blob = sealed(b"x" * (2 * PIECE))
    places = [*range(HEADER), HEADER, HEADER + 1, HEADER + SEALED - 1, HEADER + SEALED, len(blob) - 1]
    for place in places:
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Tampered):
            opened(changed)


def test_cut_reordered_repeated_swapped_and_lengthened_files_are_found() -> None:
    header, (one, two, three) = pieces(sealed(b"a" * (2 * PIECE + 5)))
    _, (other, *_) = pieces(sealed(b"b" * (2 * PIECE + 5)))
    for wrong in [
        [],
        [one],
        [one, two],
        [one, two, three[:-1]],
        [two, one, three],
        [one, one, three],
        [one, three],
        [three],
        [one, two, three, three],
        [one, two, three, b"x"],
        [other, two, three],
        [one, two, two, three],
    ]:
        with pytest.raises(Tampered):
            opened(header + b"".join(wrong))
    for cut in (0, 4, HEADER - 1):
        with pytest.raises(Tampered):
            opened(header[:cut])
    with pytest.raises(Tampered):
        stream.epoch_of(io.BytesIO(b"\x01\x00"))


def test_another_key_context_or_epoch_does_not_open_it() -> None:
    blob = sealed(b"text")
    with pytest.raises(Tampered):
        opened(blob, key=bytes(32))
    with pytest.raises(Tampered):
        opened(blob, context=b"another file")
    with pytest.raises(Tampered):
        opened(blob[:4] + b"\x04" + blob[5:])


def by_hand(text: bytes, tag: int) -> bytes:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = b"\x01\x00\x00\x00\x03" + bindings.crypto_secretstream_xchacha20poly1305_init_push(state, KEY)
    context = stream._piece_context(CONTEXT, header, 0)
    return header + bindings.crypto_secretstream_xchacha20poly1305_push(state, text.ljust(PIECE, b"\0"), context, tag)


@pytest.mark.parametrize(("text", "tag"), [((10**9).to_bytes(8), 3), ((1).to_bytes(8) + b"x", 2), (b"", 0)])
def test_a_holder_of_the_key_cannot_confuse_the_reader(text: bytes, tag: int) -> None:
    with pytest.raises(Tampered):
        opened(by_hand(text, tag))


def test_sizes_fall_into_few_buckets() -> None:
    counts = {stream.pieces(size) for size in range(0, 25 * 1024 * 1024, 1000)}
    assert len(counts) < 60
    for size in range(0, 25 * 1024 * 1024, 333_333):
        least = -(-(size + 8) // PIECE)
        assert least <= stream.pieces(size) <= max(1, least * 1.13)
