"""Papers as PDF: what they say can be read out of them, in both languages, by machines and by screen readers."""

import datetime as dt
import re
import shutil
import subprocess
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from gza.documents import glyphs, notice, plan, press, report, words
from gza.plans.models import MonthlyReport
from tests.documents.papers import START, told

MARKS = (
    b"<pdfuaid:part>1</pdfuaid:part>",
    b"<pdfaid:part>2</pdfaid:part>",
    b"<pdfaid:conformance>A</pdfaid:conformance>",
)


def text_of(pdf: bytes) -> str:
    """What a reader gets out of the file; spaces made one."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", made.stdout.decode())


def squeezed(text: str) -> str:
    """Letters and figures alone: hyphens at the ends of lines and spaces fall out."""
    return re.sub(r"[\s\-\u00ad\u2010]+", "", text)


def whole(pdf: bytes) -> bytes:
    """The file with its packed streams beside it."""
    opened = []
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return pdf + b"".join(opened)


@pytest.mark.clause("S7.7", "S7.8")
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("ka", ["სოციალური რეინტეგრაციის ინდივიდუალური გეგმა", "საბოლოო გეგმა, ვერსია 3", "17.01.2024 – 16.01.2025",
                "დასაქმების ხელშეწყობა", "სულ", "აღდგენილია", "ფონდი დაეთანხმა 17.01.2024", "ჯერ არ მოუწერია ხელი"]),
        ("en", ["Individual plan of social reintegration", "Final plan, version 3", "17 Jan 2024", "Employment",
                "In all", "reconstructed", "The Fund agreed on 17 Jan 2024", "Not signed yet"]),
    ],
)  # fmt: skip
def test_a_plan_says_the_same_on_paper(language: str, sentences: list[str]) -> None:
    made = told()
    found = text_of(press.pdf(plan.paper(made, language)))
    own = [made.aim, made.worker, made.name, made.code, made.items[0].detail, made.items[0].reason, "საცხოვრებელი"]
    own.append(made.items[0].payee)
    for sentence in [*sentences, *own]:
        assert squeezed(sentence) in squeezed(found), sentence
    assert squeezed(made.fingerprint) in squeezed(found)
    money = "1 340,50 ₾" if language == "ka" else "GEL 1,340.50"
    assert squeezed(money) in squeezed(found)
    assert found.count("●") == 18  # six months each of three items


def test_a_paper_is_tagged_archival_and_in_its_language() -> None:
    for language in ("ka", "en"):
        made = press.pdf(plan.paper(told(), language))
        content = whole(made)
        for mark in (*MARKS, b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", f"/Lang({language})".encode()):
            assert mark in content, mark
        for tag in (b"/S/Table", b"/S/TH", b"/S/TD", b"/S/H1", b"/S/H2"):
            assert tag in re.sub(rb"\s+(?=/)", b"", content), tag


@pytest.mark.clause("S7.8")
def test_the_sheet_to_sign_has_a_line_for_everybody() -> None:
    found = text_of(press.pdf(plan.paper(told(), "ka", to_sign=True)))
    page = squeezed(found[found.rindex(words.SIGN_HERE.ka) :])  # one page holds lines, names and fingerprint
    for who in (words.BENEFICIARY, words.WORKER, words.REPRESENTATIVE, words.WITNESS, words.DECLARATION):
        assert squeezed(who.ka) in page
    assert squeezed(told().fingerprint) in page
    assert page.count("გვერდი") == 1
    assert words.UNSIGNED.ka not in found


@pytest.mark.clause("S7.8")
def test_a_broken_content_is_said_on_the_paper_itself() -> None:
    assert words.BROKEN.en not in text_of(press.pdf(plan.paper(told(), "en")))
    found = text_of(press.pdf(plan.paper(told(holds=False), "en")))
    assert squeezed(words.BROKEN.en) in squeezed(found)


@pytest.mark.clause("S3.5", "S3.4a")
def test_initial_plan_and_amendment_are_called_so() -> None:
    base = told()
    initial = replace(base, version=type(base.version)(kind="initial", number=1, state="draft"), fingerprint="")
    amended = replace(base, version=type(base.version)(kind="final", number=4, state="to_sign", ground="needs"))
    assert words.INITIAL.en in text_of(press.pdf(plan.paper(initial, "en")))
    assert words.NOT_SUBMITTED.en in text_of(press.pdf(plan.paper(initial, "en")))
    found = text_of(press.pdf(plan.paper(amended, "en")))
    assert "Amendment of the plan, version 4" in found
    assert squeezed(words.NO_AGREEMENT_NEEDED.en) in squeezed(found)


@pytest.mark.parametrize(
    "name", ["ნინო წიკლაური", "Иван Щукин", "Արամ Ղազարյան", "أحمد", "Ελένη", "Şule Ğ", "Zoë Łąka"]
)
def test_names_of_many_scripts_are_printed(name: str) -> None:
    assert glyphs.written(name) == name
    found = squeezed(text_of(press.pdf(plan.paper(told(name=name), "ka"))))
    letters = sorted(squeezed(name))
    assert any(sorted(found[at : at + len(letters)]) == letters for at in range(len(found)))  # right to left or not


def test_what_no_font_holds_is_written_as_its_number_and_never_left_out() -> None:
    assert glyphs.written("中 ₾ \t№") == "<U+4E2D> ₾  №"
    assert glyphs.written("ᲜᲘᲜᲝ") == "ნინო"
    found = text_of(press.pdf(plan.paper(told(name="李 Li"), "en")))
    assert "<U+674E> Li" in found


def test_every_letter_we_use_has_its_glyph() -> None:
    used = {one for text in vars(words).values() if hasattr(text, "ka") for one in text.ka + text.en}
    used |= set("₾№●–—„“”‘’…·−  ")
    assert {one for one in used if ord(one) not in glyphs.printable()} == set()
    assert set(press.fonts().families()) == set(press.FAMILIES)


@pytest.mark.parametrize("parts", ["საცხოვრე-ბელი", "ორგა-ნი-ზა-ციის", "ინდი-ვი-დუა-ლური", "სამუშაო", "Reintegration"])
def test_long_georgian_words_are_parted_between_syllables(parts: str) -> None:
    assert press.broken(parts.replace("-", "")).replace("\u00ad", "-") == parts


def test_a_font_without_a_map_is_refused() -> None:
    font = (glyphs.FONTS / "gza-print-400.ttf").read_bytes()
    assert ord("ა") in glyphs.covered(font)
    assert 0x4E2D not in glyphs.covered(font)
    count = int.from_bytes(font[4:6], "big")
    entry = next(at for at in range(12, 12 + 16 * count, 16) if font[at : at + 4] == b"cmap")
    start = int.from_bytes(font[entry + 8 : entry + 12], "big")
    empty = font[: start + 2] + b"\0\0" + font[start + 4 :]
    with pytest.raises(ValueError, match="Unicode"):
        glyphs.covered(empty)


def test_nothing_is_written_to_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert press.pdf(plan.paper(told(), "ka")).startswith(b"%PDF-1.7")
    assert list(tmp_path.rglob("*")) == []


def test_a_paper_that_cannot_be_set_says_nothing_of_its_content() -> None:
    wrong = press.Paper("title", "en", START, blocks=[{"kind": "secret"}])
    with pytest.raises(press.Wrong) as failed:
        press.pdf(wrong)
    assert "secret" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


def test_a_very_long_item_goes_over_pages_and_loses_nothing() -> None:
    base = told(1)
    words_ = [f"სიტყვა{number}" for number in range(900)]
    long = replace(base, items=[replace(base.items[0], detail=" ".join(words_))])
    found = text_of(press.pdf(plan.paper(long, "ka")))
    assert [one for one in words_ if one not in found] == []


def test_text_is_text_and_never_code() -> None:
    found = text_of(press.pdf(plan.paper(told(aim='#read("/etc/passwd") *bold* $x$ <a> \\ @b'), "en")))
    assert '#read("/etc/passwd") *bold* $x$ <a> \\ @b' in found


def test_the_same_paper_twice_is_the_same_and_others_differ() -> None:
    once, twice = (press.pdf(plan.paper(told(), "ka")) for _ in range(2))
    assert text_of(once) == text_of(twice)
    assert text_of(press.pdf(plan.paper(told(aim="სხვა"), "ka"))) != text_of(once)


@pytest.mark.clause("S7.9")
@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_monthly_report_on_paper(language: str) -> None:
    month = dt.date(2024, 2, 1)
    organisation = told().items[0].row.organisation
    service = told().items[0].row.service_type
    line = {"item": "", "service": "employment", "organisation": str(organisation.id), "planned": True}
    money = {"committed": 50_000, "paid": 10_000, "paid_total": 15_000, "invoiced": 0, "sessions": 2}
    content = {
        "month": "2024-02-01", "from": "2024-02-01", "until": "2024-02-29",
        "lines": [{**line, **money}],
        "deliveries": [
            {"service": "employment", "organisation": str(organisation.id), "on": "2024-02-05", "until": "2024-02-07",
             "sessions": 2},
        ],
        "parts": {}, "withheld": {str(organisation.id): "consent.disclosure_missing"},
    }  # fmt: skip
    made = report.Told(
        MonthlyReport(month=month, due_on=dt.date(2024, 3, 7), state="sent", sent_on=dt.date(2024, 3, 1)), "R4K71T",
        content, "კურსი დაიწყო", "სტაჟირება", "ეკა ბერაძე", {organisation.id: organisation}, {"employment": service},
    )  # fmt: skip
    found = squeezed(text_of(press.pdf(report.paper(made, language))))
    expected = ["კურსი დაიწყო", "სტაჟირება", "R4K71T"]
    expected += (
        ["350 ₾", "ორგანიზაცია „ნათელი“"] if language == "ka" else ["GEL 350", "Organisation Nateli", "29 Feb 2024"]
    )
    for sentence in expected:
        assert squeezed(sentence) in found, sentence
    why = "არ არის" if language == "ka" else "is not in force"
    assert squeezed(why) in found
    empty = replace(made, content={**content, "deliveries": [], "lines": [], "withheld": {}}, outlook="")
    draft = replace(empty, report=MonthlyReport(month=month, due_on=dt.date(2024, 3, 7)))
    found = text_of(press.pdf(report.paper(draft, "en")))
    for sentence in (words.NOTHING_GIVEN, words.NO_MONEY, words.DRAFT_REPORT):
        assert sentence.en in found


@pytest.mark.clause("S7.12")
def test_a_notice_says_how_to_complain() -> None:
    made = notice.Told(
        "გეგმა დასრულდა 16.01.2025.\n\nგისურვებთ წარმატებას.", START, "R4K71T",
        ["ფოსტით: თბილისი", "ტელეფონით: 116 006"],
        name="ნინო", signed_by="დირექტორი",
    )  # fmt: skip
    found = squeezed(text_of(press.pdf(notice.paper(made, "ka"))))
    for sentence in ("გეგმა დასრულდა 16.01.2025.", "116 006", "ფოსტით: თბილისი", words.COMPLAIN.ka, words.NOTICE.ka):
        assert squeezed(sentence) in found
    closing = press.pdf(notice.paper(replace(made, closing=True, complain=()), "en"))
    assert words.NOTICE_CASE.en in text_of(closing)
