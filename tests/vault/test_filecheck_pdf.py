"""PDF: nothing active, however it hides."""

import time
import zlib

import pytest

from gza.vault import filecheck
from gza.vault.filecheck import FileKind
from tests.vault.offered import MEGA, code, pdf, stream

JS = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    "body",
    [
        JS,
        b"<</S /J#61vaScript /JS 5 0 R>>",
        b"<</S/#4a#61#76#61#53#63#72#69#70#74>>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"<</Names<</EmbeddedFiles 4 0 R>>>>",
        b"<</Type/EmbeddedFile>>",
        b"<</S/SubmitForm/F(http://x)>>",
        b"<</AcroForm<</XFA 4 0 R>>>>",
        b"<</S/GoToR/F(\\\\\\\\host\\\\x)>>",
        b"<</Subtype/RichMedia>>",
        stream(zlib.compress(b"1 0 2 20 " + JS), b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode"),
        stream(zlib.compress(JS), b"/N 2/First 9/Filter[/FlateDecode]"),
        stream(zlib.compress(JS), b"/Subtype/Image/N 2/First 9/Filter/FlateDecode"),
        stream(zlib.compress(JS), b" " * 9000 + b"/Filter/FlateDecode"),
        stream(zlib.compress(b"x" * (1024 * 1024 - 5) + JS), b"/Filter/FlateDecode"),
        stream(zlib.compress(zlib.compress(JS)), b"/Type/ObjStm/N 2/First 9/Filter[/FlateDecode/FlateDecode]"),
        stream(JS.hex().encode(), b"/Type/ObjStm/N 2/First 9/Filter/ASCIIHexDecode"),
        stream(JS.hex().encode(), b"/Type/O#62jStm/N 2/First 9/F#69lter/ASCIIHexDecode"),
        stream(zlib.compress(JS), b"/Type/ObjStm/N 2/First 9/Filter 7 0 R"),
        stream(
            zlib.compress(b"\x01" + bytes(20)),
            b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
        ),
        b"(stream\n" + JS + b"\nendstream)",
    ],
)
def test_an_active_pdf_is_refused_however_it_hides(body: bytes) -> None:
    assert code(pdf(body), "a.pdf") == "file.active"


@pytest.mark.parametrize(
    "body",
    [
        b"<</OpenAction[3 0 R/Fit]>>",
        b"<</S/URI/URI(https://example.ge)>>",
        b"<</Title(JavaScript and Launch)>>",
        b"<</EmbeddedFont/JavaScriptless>>",
        stream(zlib.compress(b"1 0 <</Type/Page>>"), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
        stream(bytes(range(256)) * 50, b"/Subtype/Image/Filter/DCTDecode"),
        stream(b"1 0 <</Type/Page>>", b"/Type/ObjStm/N 1/First 4"),
    ],
)
def test_a_calm_pdf_is_taken(body: bytes) -> None:
    assert filecheck.accept(pdf(body), "a.pdf").kind is FileKind.PDF


def test_a_pdf_of_our_own_printing_press_is_taken() -> None:
    typst = pytest.importorskip("typst")
    made = typst.compile(b'= Plan\n#link("https://example.ge")[x]', format="pdf")
    assert filecheck.accept(made, "a.pdf").data == made


def test_a_locked_cut_or_exploding_pdf_is_refused() -> None:
    assert code(pdf(b"<</Encrypt 5 0 R>>")) == "file.encrypted"
    assert code(pdf()[:-20]) == "file.broken"
    bomb = pdf(*[stream(zlib.compress(bytes(100 * MEGA))) for _ in range(3)])
    assert len(bomb) < MEGA
    assert code(bomb) == "file.bomb"
    begun = time.perf_counter()
    assert code(pdf(b"stream\nx" * 2_000_000)) == "file.bomb"
    assert time.perf_counter() - begun < 10
