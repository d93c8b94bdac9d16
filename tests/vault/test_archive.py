"""A backup brings an office back, whole and as it was, but nothing that was erased since; and it holds no key."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gza.vault import archive
from tests.vault import canaries
from tests.vault.canaries import Canaries, World

STORY = "tests.vault.backup_story:"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "office.tar"


def begun(world: World, target: Path) -> dict[str, Any]:
    return world.run(STORY + "work", target=str(target))


def test_an_office_comes_back_as_it_was_and_the_erased_stay_erased(world: World, target: Path) -> None:
    told = begun(world, target)
    before = world.run(STORY + "state", people=told["people"])
    assert before["names"] == ["ნინო", "-", "ელენე"]
    assert before["faults"] == []
    assert (before["on_disk"], before["tokens"]) == (2, 2)
    assert world.run(STORY + "restore", target=str(target)) == ""
    between = world.run(STORY + "state", people=told["people"])
    assert between["faults"] == ["cut"]
    assert between["names"] == ["ნინო", "-"]  # its shred secret is gone, whatever the database says
    assert world.run(STORY + "sign", people=told["people"]) == 1
    after = world.run(STORY + "state", people=told["people"])
    assert after["names"] == ["ნინო", "-"]
    assert after["faults"] == []
    assert after["erased"] == [told["erased"]]
    assert after["files"] == [True]
    assert (after["missing"], after["tokens"]) == (0, 1)
    assert after["verbs"] == ["stand.founded", "stand.case", "stand.case", "ledger.restored"]
    assert after["guarded"]
    # Of the third case a file is left that no row knows of; the sweep takes it after a day.
    assert after["on_disk"] == 2


def test_another_machine_with_keys_and_keystore_goes_on(world: World, target: Path, tmp_path: Path) -> None:
    told = begun(world, target)
    with canaries.office(tmp_path / "new") as new:
        for name in ("keys", "shred"):
            shutil.rmtree(new.folder / "var" / name, ignore_errors=True)
            shutil.copytree(world.folder / "var" / name, new.folder / "var" / name)
        assert new.run(STORY + "restore", target=str(target)) == ""
        assert new.run(STORY + "sign", people=told["people"]) == 1
        after = new.run(STORY + "state", people=told["people"])
        assert after["names"] == ["ნინო", "-"]
        assert after["files"] == [True]
        assert after["on_disk"] == 1
        assert after["faults"] == []


def test_without_the_keystore_or_under_another_key_nothing_opens(world: World, target: Path, tmp_path: Path) -> None:
    told = begun(world, target)
    with canaries.office(tmp_path / "new") as new:
        said = new.run(STORY + "restore", target=str(target))
        assert said.startswith("BadBackup: the backup is not signed")
        assert new.run(STORY + "restore", target=str(target), unsigned=True) == ""
        after = new.run(STORY + "state", people=told["people"])
        assert after["names"] == ["-", "-"]
        assert after["files"] == ["ShredMissing", "ShredMissing"]
        assert "forged_head" in after["faults"]


def test_a_backup_holds_no_key_and_no_shred_secret(world: World, target: Path) -> None:
    told = begun(world, target)
    flock = Canaries()
    for name, key in world.keys.items():
        flock.secret(name, key)
    for place, secret in enumerate(told["shred"]):
        flock.secret(f"shred {place}", bytes.fromhex(secret))
    assert len(flock.secrets) == 6
    assert flock.search_file(target) == set()
    with tarfile.open(target) as made:
        names = made.getnames()
        assert {name.split("/")[0].split(".")[0] for name in names} == {"database", "heads", "files", "manifest"}
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_damaged_backup_changes_nothing(world: World, target: Path) -> None:
    told = begun(world, target)
    before = world.run(STORY + "state", people=told["people"])
    good = target.read_bytes()
    with tarfile.open(target) as made:  # not in the noughts that fill a member's last block: nobody misses those
        kinds = {one.name.split("/")[0]: one for one in made.getmembers() if one.size}
    places = [one.offset_data + one.size // 2 for one in kinds.values()]
    assert len(places) == 4
    for place in (kinds["manifest.json"].offset, *places):
        target.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert world.run(STORY + "restore", target=str(target)).startswith("BadBackup")
    target.write_bytes(good[: len(good) // 2])
    assert world.run(STORY + "restore", target=str(target)).startswith("BadBackup")
    assert world.run(STORY + "state", people=told["people"]) == before


def test_what_the_engine_does_not_take_leaves_the_database_as_it_was(world: World, target: Path) -> None:
    told = begun(world, target)
    before = world.run(STORY + "state", people=told["people"])
    bad = target.with_name("bad")
    with tarfile.open(target) as made:
        dump = made.extractfile(made.getmembers()[0])
        assert dump
        whole = dump.read()
    for content in (b"no dump", whole[: len(whole) // 2], whole[:5000]):
        bad.write_bytes(content)
        assert world.run(STORY + "load", dump=str(bad))
    assert world.run(STORY + "state", people=told["people"]) == before


def test_it_writes_over_nothing_and_leaves_nothing_half(world: World, target: Path) -> None:
    begun(world, target)
    assert world.run(STORY + "back_up", target=str(target)).startswith("FileExistsError")
    if world.database:
        world.tools = ""
        said = world.run(STORY + "back_up", target=str(target.with_name("other.tar")))
        assert said == "EngineFailed: pg_dump is not on the PATH; it comes with PostgreSQL's client programs"
        assert world.run(STORY + "restore", target=str(target)).startswith("EngineFailed: pg_restore")
    assert [path.name for path in target.parent.iterdir()] == [target.name]


# Archives of a hostile hand, signed or not; none needs a database to be seen through.


def packed(path: Path, *members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> None:
    with tarfile.open(path, "w") as made:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(content), kind, "/etc/passwd"
            made.addfile(info, io.BytesIO(content))


def signed(**changes: object) -> bytes:
    body = {"format": 1, "engine": connection.vendor, "at": "2026-01-01", "seq": 1, "hash": "", "migrations": []}
    text = json.dumps({**body, "members": {}, **changes})
    signature = archive._signing_key().sign(archive._message(text.encode())).signature
    return json.dumps({"body": text, "signature": signature.hex()}).encode()


DATABASE = archive._DATABASE[connection.vendor]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
MANIFEST = archive.MANIFEST


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive" * 1000),
        lambda path: packed(path, (DATABASE, b"x")),
        lambda path: packed(path, (MANIFEST, b"{")),
        lambda path: packed(path, (MANIFEST, b"[]")),
        lambda path: packed(path, (MANIFEST, signed(format=2))),
        lambda path: packed(path, (MANIFEST, signed(more=2))),
        lambda path: packed(path, (MANIFEST, signed(members={"files/x": EMPTY}))),
        lambda path: packed(path, ("../x", b""), (MANIFEST, signed(members={"../x": EMPTY}))),
        lambda path: packed(path, ("keys/server.key", b""), (MANIFEST, signed(members={"keys/server.key": EMPTY}))),
        lambda path: packed(path, (DATABASE, b""), kind=tarfile.SYMTYPE),
        lambda path: packed(path, (MANIFEST, signed()), (DATABASE, b"")),
        lambda path: packed(path, ("heads/2026-01.jsonl", b""), ("heads/2026-01.jsonl", b"x"), (MANIFEST, signed())),
        lambda path: packed(path, (MANIFEST, signed().replace(b"2026", b"2027"))),
    ],
)
def test_a_hostile_archive_is_seen_through(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "bad.tar"
    make(path)
    with pytest.raises(archive.BadBackup):
        archive.inspect(path)


def test_an_honest_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "good.tar"
    packed(path, (DATABASE, b""), (MANIFEST, signed(members={DATABASE: EMPTY})))
    assert archive.inspect(path).made_at.year == 2026


@pytest.mark.parametrize(
    ("changes", "said"), [({"engine": "oracle"}, "oracle"), ({"migrations": ["vault.9999_later"]}, "vault.9999_later")]
)
def test_another_engine_or_a_later_version_is_refused(changes: dict, said: str, tmp_path: Path) -> None:
    path = tmp_path / "other.tar"
    packed(path, (DATABASE, b""), (MANIFEST, signed(**changes, members={DATABASE: EMPTY})))
    with pytest.raises(archive.BadBackup, match=said):
        archive.inspect(path)
