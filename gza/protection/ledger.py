"""The private ledger directory: hash-chained rows of all that was published, with the true counts behind it.

What an attacker knows from before is read from here, so nothing in it may be changed by hand: README.md has the files.
A release enters in one step. Its files are written and synced beside their places first; renaming the file of rows is
the moment from which it counts; then its target is put into place. After a crash ``pending.json`` tells which side of
that moment it was, and the next opening finishes or undoes the release.
"""

import hmac
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import documents
from .model import Base, Figure, Figures, Release, bad, canonical, fingerprint

if os.name == "posix":
    import fcntl

FORMAT = 1
NOTHING = "0" * 64
ROWS, SECRET, PENDING, LOCK = "ledger.jsonl", "secret", "pending.json", "lock"
FOLDERS = ("base", "releases", "figures")
_FILE = re.compile(r"(?:base|releases|figures)/\d+\.json")
_SECRET = re.compile(r"[0-9a-f]{64}\n")


class LedgerBroken(Exception):
    """The ledger is not as it was written: changed by hand, incomplete, or not a ledger."""


@dataclass(frozen=True)
class Row:
    """One row of the ledger."""

    number: int
    kind: str
    at: str
    previous: str
    body: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class PastRelease:
    """A release that was made, with the true counts behind it. ``versions``: see README.md."""

    row: int
    k: int
    versions: Mapping[str, int]
    base: Base
    release: Release
    method: str


@dataclass(frozen=True)
class PastFigures:
    """Figures published by others."""

    row: int
    figures: Figures
    contested: bool


def _hash(row: Mapping[str, Any]) -> str:
    return fingerprint(canonical({name: value for name, value in row.items() if name != "hash"}))


def write_whole(path: Path, content: bytes, *, private: bool = True) -> None:
    """Write a file so that it is there whole or not at all: beside its place, synced, then renamed.

    Raises:
        OSError: nothing is left behind then.
    """
    beside = stage(path, content, private=private)
    try:
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def stage(path: Path, content: bytes, *, private: bool = True) -> Path:
    """Write and sync a file beside its place; the path of that file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o644), "wb"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:  # a press of Ctrl-C leaves no counts lying about
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return beside


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Ledger:
    """An opened ledger. Only ``enter_release`` and ``enter_figures`` write."""

    def __init__(self, directory: Path, rows: tuple[Row, ...], secret: bytes, mended: str = "") -> None:
        self.directory, self.rows, self._secret, self.mended = directory, rows, secret, mended

    @property
    def head(self) -> str:
        """The hash of the last row."""
        return self.rows[-1].hash

    def keyed(self, content: bytes, purpose: str) -> str:
        """A fingerprint that nobody without the ledger can find by trying contents."""
        return hmac.digest(self._secret, purpose.encode() + b"\0" + content, "sha256").hex()

    @classmethod
    @contextmanager
    def open(cls, directory: Path, *, secret: bytes | None = None, at: str = "") -> Iterator["Ledger"]:
        """Open it for one piece of work; nobody else can open it meanwhile.

        Args:
            directory: of the ledger.
            secret: 32 random bytes with which a new one is founded where there is none; None: it must be there.
            at: when, as text; for the founding row.

        Raises:
            LedgerBroken: when it is not as it was written.
            BadInput: when there is none.
            OSError: when it cannot be read or written.
        """
        if secret is None and not (directory / ROWS).exists():
            raise bad(str(directory), "is no release ledger")
        directory.mkdir(parents=True, exist_ok=True)
        with (directory / LOCK).open("a") as lock:
            if os.name == "posix":
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise bad(str(directory), "is being used by another run") from None
            if not (directory / ROWS).exists():
                _found(directory, secret or b"", at)
            yield cls._read(directory)

    @classmethod
    def _read(cls, directory: Path) -> "Ledger":
        rows, secret = _rows(directory), _secret(directory)
        if rows[0].kind != "opened" or rows[0].body.get("format") != FORMAT:
            raise LedgerBroken(f"{directory / ROWS}: does not begin as a release ledger of this version")
        if fingerprint(secret) != rows[0].body.get("secret"):
            raise LedgerBroken(f"{directory / SECRET}: is not the secret that this ledger was founded with")
        key = bytes.fromhex(secret.decode().strip())
        ledger = cls(directory, rows, key, _mend(directory, rows))
        ledger._check_files()
        return ledger

    def _check_files(self) -> None:
        expected: set[Path] = set()
        for row in self.rows:
            for name, mark in (("file", "sha256"), ("base", "base_sha256")):
                if name in row.body:
                    path = self.directory / row.body[name]
                    expected.add(path)
                    if not path.is_file():
                        raise LedgerBroken(f"{path}: is missing, but row {row.number} names it")
                    if fingerprint(path.read_bytes()) != row.body[mark]:
                        raise LedgerBroken(f"{path}: was changed after row {row.number} was written")
        for folder in FOLDERS:
            for path in sorted((self.directory / folder).glob("*.json")):
                if path not in expected:
                    raise LedgerBroken(f"{path}: no row names it; rows were cut off, or it does not belong here")

    @property
    def releases(self) -> tuple[PastRelease, ...]:
        """The releases, oldest first."""
        return tuple(self._past(row) for row in self.rows if row.kind == "release")

    def _past(self, row: Row) -> PastRelease:
        base = Base.from_json(json.loads((self.directory / row.body["base"]).read_bytes())["base"])
        release = documents.release(json.loads((self.directory / row.body["file"]).read_bytes()))
        return PastRelease(row.number, row.body["k"], row.body["versions"], base, release, row.body["method"])

    @property
    def figures(self) -> tuple[PastFigures, ...]:
        """The figures of others, oldest first."""
        found = []
        for row in self.rows:
            if row.kind == "figures":
                said = documents.figures(json.loads((self.directory / row.body["file"]).read_bytes()))
                found.append(PastFigures(row.number, said, row.body["contested"]))
        return tuple(found)

    def enter_figures(self, figures: Figures, *, contested: bool, at: str) -> Row:
        """Write down what others published."""
        number = len(self.rows) + 1
        name, content = f"figures/{number:04}.json", _text(figures.as_json())
        body = {"unit": figures.unit.value, "file": name, "sha256": fingerprint(content), "contested": contested}
        return self._enter("figures", body, {name: content}, at, None, b"")

    def enter_release(
        self,
        release: Release,
        base: Base,
        versions: Mapping[str, int],
        *,
        method: str,
        at: str,
        target: Path,
        shown: Mapping[str, Any] | None = None,
        disputed: Sequence[Figure] = (),
    ) -> Row:
        """Write down a release and put it into its target: both or neither.

        ``shown`` are the tables put forward to the audit, kept beside the base counts for a later one; ``disputed`` the
        figures of others that these belie.
        """
        number = len(self.rows) + 1
        content = _text(release.as_json())
        salt = self.keyed(canonical([number, self.head]), "salt")
        kept: dict[str, Any] = {"salt": salt, "base": base.as_json(), "disputed": [one.as_json() for one in disputed]}
        kept |= {} if shown is None else {"shown": shown}
        private = (json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n").encode()  # shown is long
        names = f"releases/{number:04}.json", f"base/{number:04}.json"
        body = {
            "k": release.k,
            "unit": base.unit.value,
            "method": method,
            "years": list(release.years),
            "totals": {year: base.total([year]) for year in release.years},
            "versions": {year: versions[year] or number for year in release.years},
            "file": names[0],
            "sha256": fingerprint(content),
            "base": names[1],
            "base_sha256": fingerprint(private),
        }
        return self._enter("release", body, {names[0]: content, names[1]: private}, at, target, content)

    def _enter(
        self,
        kind: str,
        body: Mapping[str, Any],
        files: Mapping[str, bytes],
        at: str,
        target: Path | None,
        content: bytes,
    ) -> Row:
        said: dict[str, Any] = {
            "number": len(self.rows) + 1,
            "kind": kind,
            "at": at,
            "previous": self.head,
            "body": dict(body),
        }
        said["hash"] = _hash(said)
        pending: dict[str, Any] = {"number": said["number"], "files": list(files)}
        staged: Path | None = None
        try:
            if target is not None:
                staged = stage(target, content, private=False)
                pending |= {"target": str(target.absolute()), "staged": str(staged.absolute())}
            write_whole(self.directory / PENDING, _text(pending))
            for name, text in files.items():
                write_whole(self.directory / name, text)
            lines = (self.directory / ROWS).read_bytes() + canonical(said) + b"\n"
            write_whole(self.directory / ROWS, lines)
        except BaseException:
            if not _counts(self.directory, said["hash"]):  # else the next to open the ledger finishes it
                _undo(self.directory, pending)
            raise
        if staged is not None and target is not None:
            staged.replace(target)
            _sync(target.absolute().parent)
        (self.directory / PENDING).unlink()
        row = Row(**said)
        self.rows = (*self.rows, row)
        return row


def _text(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _found(directory: Path, secret: bytes, at: str) -> None:
    for path in directory.glob(".*.part"):  # of a founding that was cut short
        path.unlink()
    if any(path.name != LOCK for path in directory.iterdir()):
        left = sorted(path.name for path in directory.iterdir() if path.name != LOCK)
        if set(left) - {SECRET, *FOLDERS} or any(any((directory / one).iterdir()) for one in FOLDERS if one in left):
            raise LedgerBroken(f"{directory}: has no {ROWS}, but {', '.join(left)}; an empty directory founds a ledger")
    for folder in FOLDERS:
        (directory / folder).mkdir(exist_ok=True, mode=0o700)
    text = secret.hex().encode() + b"\n"
    write_whole(directory / SECRET, text)
    body = {"format": FORMAT, "secret": fingerprint(text), "policy": {"annual_totals": "exact"}}
    row: dict[str, Any] = {"number": 1, "kind": "opened", "at": at, "previous": NOTHING, "body": body}
    row["hash"] = _hash(row)
    write_whole(directory / ROWS, canonical(row) + b"\n")


def _secret(directory: Path) -> bytes:
    try:
        text = (directory / SECRET).read_bytes()
    except FileNotFoundError:
        raise LedgerBroken(f"{directory / SECRET}: is missing") from None
    if _SECRET.fullmatch(text.decode("latin-1")) is None:
        raise LedgerBroken(f"{directory / SECRET}: was changed")
    return text


def _rows(directory: Path) -> tuple[Row, ...]:
    path = directory / ROWS
    rows: list[Row] = []
    previous = NOTHING
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), 1):
        try:
            said = json.loads(line)
            row = Row(**said)
        except (ValueError, TypeError):
            raise LedgerBroken(f"{path}, line {number}: is no row") from None
        if canonical(said) + b"\n" != line or _hash(said) != row.hash:
            raise LedgerBroken(f"{path}, line {number}: was changed by hand")
        if row.number != number or row.previous != previous:
            raise LedgerBroken(f"{path}, line {number}: does not follow the row before; a row is missing or was put in")
        previous = row.hash
        rows.append(row)
    if not rows:
        raise LedgerBroken(f"{path}: is empty")
    return tuple(rows)


def _counts(directory: Path, head: str) -> bool:
    """Whether the row is in the ledger already: what comes after its last byte cannot take it back."""
    try:
        return bool(json.loads((directory / ROWS).read_bytes().splitlines()[-1])["hash"] == head)
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        return False


def _pending(directory: Path) -> dict[str, Any] | None:
    """The entry that was cut short, if there is one; names of files in the ledger's own folders alone.

    Raises:
        LedgerBroken: when it is not as it was written.
    """
    path = directory / PENDING
    try:
        said = json.loads(path.read_bytes())
        whole = type(said["number"]) is int and all(_FILE.fullmatch(name) for name in said["files"])
        whole &= all(isinstance(said[name], str) for name in ("target", "staged") if "target" in said)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise LedgerBroken(f"{path}: was changed")
    return dict(said)


def _undo(directory: Path, pending: Mapping[str, Any]) -> None:
    """Remove what an entry that does not count has written."""
    with suppress(OSError):
        for name in pending["files"]:
            (directory / name).unlink(missing_ok=True)
        if "staged" in pending:
            Path(pending["staged"]).unlink(missing_ok=True)
        (directory / PENDING).unlink(missing_ok=True)


def _mend(directory: Path, rows: tuple[Row, ...]) -> str:
    """Finish or undo an entry that a crash cut short; what was done, in words."""
    path, pending = directory / PENDING, _pending(directory)
    if pending is None:
        return ""
    if pending["number"] > len(rows):
        _undo(directory, pending)
        return "a release that was cut short before it counted was undone"
    if pending["number"] < len(rows):
        raise LedgerBroken(f"{path}: does not belong to the last row")
    if "target" in pending:
        content = (directory / rows[-1].body["file"]).read_bytes()
        target = Path(pending["target"])
        write_whole(target, content, private=False)
        Path(pending["staged"]).unlink(missing_ok=True)
        path.unlink()
        return f"a release that was cut short after it counted was written to {target}"
    path.unlink()
    return ""
