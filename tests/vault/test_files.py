"""Files of a case: sealed beside the database, opened by who holds the section, gone with the act or the case."""

import io
import os
import uuid
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gza.core.actors import SYSTEM
from gza.law.verdicts import Denied, Text
from gza.ledger import work
from gza.ledger.work import act, require
from gza.vault import errors, files, refusals, steps
from gza.vault.filecheck import Accepted, FileKind
from gza.vault.models import SealedFile
from tests.vault.factories import Fund

LABEL, SECTION = "cases.consent.scan", "legal"


@pytest.fixture(autouse=True)
def _folder(settings: object, tmp_path: Path) -> None:
    settings.GZA_FILES = tmp_path / "files"


def on_disk() -> list[Path]:
    return [path for path in files.folder().rglob("*") if path.is_file()]


def accepted(data: bytes = b"CANARY" * 20_000, name: str = "თანხმობა ნინო.pdf") -> Accepted:
    return Accepted(FileKind.PDF, name, data, scanned=False)


def stored(fund: Fund, case: uuid.UUID, made: Accepted | None = None, *, section: str = SECTION) -> SealedFile:
    return files.store(made or accepted(), case_id=case, label=LABEL, section=section, by=fund.coordinator.ring)


def test_a_file_is_stored_sealed_and_read_by_its_holders(fund: Fund) -> None:
    worker = fund.person()
    case = fund.case(worker)
    row = stored(fund, case)
    (path,) = on_disk()
    assert path == files.path_of(row.place)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"CANARY" not in path.read_bytes()
    assert "ნინო".encode() not in bytes(SealedFile.objects.get().meta)
    row = SealedFile.objects.get()
    assert b"".join(files.read(row, worker.ring)) == accepted().data
    (told,) = files.describe([row], worker.ring)
    assert (told.name, told.kind, told.size, told.mime) == (
        "თანხმობა ნინო.pdf",
        FileKind.PDF,
        120_000,
        "application/pdf",
    )
    assert not row.scanned
    assert files.missing() == []


def test_an_upload_goes_all_the_way(fund: Fund) -> None:
    content = zlib.compress(b"BT ET")
    data = (
        b"%%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n"
        % (len(content), content)
    )
    row = stored(fund, fund.case(), files.check(SimpleUploadedFile("scan.pdf", data)))
    assert b"".join(files.read(row, fund.director.ring)) == data
    with pytest.raises(refusals.FileRefused):
        files.check(SimpleUploadedFile("scan.pdf", b"MZ" + data))


def test_the_same_file_twice_has_different_fingerprints_and_bytes(fund: Fund) -> None:
    case = fund.case()
    one, other = stored(fund, case), stored(fund, case)
    told = files.describe([one, other], fund.coordinator.ring)
    assert told[0].fingerprint != told[1].fingerprint
    assert files.path_of(one.place).read_bytes() != files.path_of(other.place).read_bytes()


def test_who_holds_no_key_or_another_section_opens_nothing(fund: Fund) -> None:
    narrow, stranger = fund.person(), fund.person()
    case = fund.case()
    steps.grant(case, narrow.id, sections=["health"], by=fund.coordinator.ring)
    row = stored(fund, case)
    own = stored(fund, case, section="health")
    for who in (narrow, stranger):
        with pytest.raises(errors.NoGrant):
            files.read(row, who.ring)
        with pytest.raises(errors.NoGrant):
            files.describe([row], who.ring)
        blank = files.Description("", FileKind.PDF, 0, "")
        assert files.describe([row], who.ring, otherwise=blank) == [blank]
    assert files.describe([own], narrow.ring)[0].size == 120_000
    assert b"".join(files.read(own, narrow.ring)) == accepted().data


def test_files_of_earlier_epochs_stay_readable(fund: Fund) -> None:
    worker = fund.person()
    case = fund.case(worker)
    row = stored(fund, case)
    steps.revoke(case, worker.id, by=fund.coordinator.ring)
    assert b"".join(files.read(row, fund.director.ring)) == accepted().data
    with pytest.raises(errors.NoGrant):
        files.read(row, worker.ring)


def test_descriptions_of_many_files_cost_few_queries(fund: Fund, django_assert_max_num_queries: object) -> None:
    rows = [stored(fund, fund.case()) for _ in range(6)]
    ring = fund.coordinator.ring
    with django_assert_max_num_queries(12):
        assert len(files.describe(rows, ring)) == 6
    with django_assert_max_num_queries(0):
        files.describe(rows, ring)


def test_a_changed_cut_or_swapped_file_does_not_open(fund: Fund) -> None:
    case = fund.case()
    one, other = stored(fund, case), stored(fund, case)
    mine, theirs = files.path_of(one.place), files.path_of(other.place)
    good, ring = mine.read_bytes(), fund.coordinator.ring
    for wrong in [good[:-1], good[:-65_553], good + b"x", good[:99] + b"\0" + good[100:], theirs.read_bytes()]:
        mine.write_bytes(wrong)
        with pytest.raises(errors.Tampered):
            files.read(one, ring)
    mine.unlink()
    with pytest.raises(files.FileMissing):
        files.read(one, ring)
    assert files.missing() == [one.id]


def test_a_row_moved_to_another_case_label_or_section_does_not_open(fund: Fund) -> None:
    case, other = fund.case(), fund.case()
    ring = fund.coordinator.ring
    for change in ({"case_id": other}, {"label": "cases.status.scan"}, {"section": "health"}, {"id": uuid.uuid4()}):
        row = stored(fund, case)
        for name, value in change.items():
            setattr(row, name, value)
        if "label" not in change:
            with pytest.raises(errors.Tampered):
                files.describe([row], ring)
        with pytest.raises(errors.Tampered):
            files.read(row, ring)


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyboardInterrupt()])
def test_a_failed_act_leaves_no_file(fund: Fund, error: BaseException) -> None:
    case = fund.case()

    def fail() -> None:
        with act("cases.consent", by=SYSTEM):
            stored(fund, case)
            assert len(on_disk()) == 1
            raise error

    with pytest.raises(type(error)):
        fail()
    assert on_disk() == []
    assert not SealedFile.objects.exists()


def test_a_refused_act_leaves_no_file(fund: Fund) -> None:
    case = fund.case()

    def refused() -> None:
        with act("cases.consent", by=SYSTEM):
            stored(fund, case)
            require(Denied("x.y", "S0.1", Text("არა", "no")))

    with pytest.raises(work.Refused):
        refused()
    assert on_disk() == []


def test_an_act_that_went_well_keeps_its_file(fund: Fund) -> None:
    case = fund.case()
    with act("cases.consent", by=SYSTEM):
        row = stored(fund, case)
    assert on_disk() == [files.path_of(row.place)]
    with pytest.raises(RuntimeError), act("cases.other", by=SYSTEM):
        raise RuntimeError
    assert len(on_disk()) == 1


def test_a_full_disk_leaves_nothing(fund: Fund, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    case = fund.case()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        stored(fund, case)
    assert on_disk() == []
    assert not SealedFile.objects.exists()


def test_orphans_are_swept_and_nothing_else(fund: Fund) -> None:
    row = stored(fund, fund.case())
    orphan = files.path_of(uuid.uuid4())
    half = orphan.with_name(f".{orphan.name}.part")
    for path in (orphan, half):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert files.sweep() == 0
    assert files.sweep(older_than=-5) == 2
    assert on_disk() == [files.path_of(row.place)]


def test_forgetting_a_file_deletes_its_bytes_after_the_commit(
    fund: Fund, django_capture_on_commit_callbacks: object
) -> None:
    case = fund.case()
    row, kept = stored(fund, case), stored(fund, case)
    with django_capture_on_commit_callbacks(execute=True):
        files.forget(row)
        assert len(on_disk()) == 2
    assert on_disk() == [files.path_of(kept.place)]
    with django_capture_on_commit_callbacks(execute=True):
        steps.erase(case, by=fund.coordinator.ring)
    assert on_disk() == []
    assert not SealedFile.objects.exists()


def test_an_erased_case_keeps_its_old_files_shut(fund: Fund, django_capture_on_commit_callbacks: object) -> None:
    case = fund.case()
    row = stored(fund, case)
    copy = files.path_of(row.place).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        steps.erase(case, by=fund.coordinator.ring)
    files.path_of(row.place).write_bytes(copy)
    with pytest.raises(errors.Erased):
        files.read(row, fund.coordinator.ring)


def test_only_the_sections_of_a_case_are_known(fund: Fund) -> None:
    with pytest.raises(ValueError, match="secret"):
        stored(fund, fund.case(), section="secret")


def test_an_unread_upload_is_read_from_its_beginning() -> None:
    upload = SimpleUploadedFile("a.pdf", b"abc")
    upload.read()
    assert files.uploads.content(upload) == b"abc"
    assert isinstance(upload.file, io.BytesIO)
