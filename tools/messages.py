"""Translations: find the messages of each app, add the missing ones, check that nothing is left, compile.

Messages are English in code and templates; Georgian stands in the app's own ``locale/ka/LC_MESSAGES/django.po``.
The app of a file is the nearest package above it that has an ``apps.py``.

Run ``python -m tools.messages check``, ``update [gza/cases …]`` or ``compile``.
"""

import io
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gza"
LANGUAGE = "ka"
PLURALS = "nplurals=1; plural=0;"  # after a number Georgian has one form; a catalogue may declare otherwise
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
Key = tuple[str, str]  # context and singular


@dataclass(frozen=True)
class Found:
    """A message as it stands in the code: its singular, plural (or nothing), context and the first file it is in."""

    singular: str
    plural: str
    context: str
    file: str

    @property
    def key(self) -> Key:
        """What tells it from another."""
        return (self.context, self.singular)


def app_of(path: Path) -> Path | None:
    """The folder of the app a file belongs to."""
    for folder in path.parents:
        if (folder / "apps.py").exists():
            return folder
        if folder == PACKAGE:
            return None
    return None


def _files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        code = path.suffix == ".py" and "migrations" not in path.parts
        if code or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def _source(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Without the indentation of the markup, which Python's tokeniser would stumble over.
        text = "\n".join(line.strip() for line in templatize(text, origin=path.name).splitlines())
    return text.encode()


def extracted(path: Path) -> list[Found]:
    """The messages of one file."""
    name = path.relative_to(ROOT).as_posix()
    messages = extract("python", io.BytesIO(_source(path)), KEYWORDS, options={"encoding": "utf-8"})
    found = []
    for _line, message, _comments, context in messages:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            found.append(Found(singular, plural, context or "", name))
    return found


def wanted() -> tuple[dict[Path, dict[Key, Found]], list[Found]]:
    """The messages of each app, and those in files that belong to none."""
    by_app: dict[Path, dict[Key, Found]] = defaultdict(dict)
    homeless = []
    for path in _files():
        for message in extracted(path):
            app = app_of(path)
            if app is None:
                homeless.append(message)
            else:
                by_app[app].setdefault(message.key, message)
    return by_app, homeless


def po_of(app: Path) -> Path:
    """Where an app's Georgian stands."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _apps() -> list[Path]:
    return sorted(path.parent for path in PACKAGE.rglob("apps.py"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _key(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return (message.context or "", singular)


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def _holes(text: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(text.replace("%%", ""))}


def _faults_of(message: Message, found: Found, forms: int) -> Iterator[str]:
    strings = _strings(message)
    if not all(strings):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    if len(strings) != (forms if found.plural else 1) or bool(found.plural) != isinstance(message.id, tuple | list):
        yield "plural forms do not fit the source"
        return
    allowed = _holes(found.singular) | _holes(found.plural)
    needed = _holes(found.plural or found.singular)
    for number, string in enumerate(strings):
        holes = _holes(string)
        # A singular may leave its number out; nothing else may be missing, and nothing new may come.
        if not holes <= allowed or (number == len(strings) - 1 and holes != needed):
            yield f"placeholders differ: {sorted(holes)} for {sorted(needed)}"


def faults() -> list[str]:
    """Everything that keeps the interface from being whole in Georgian, one line each."""
    by_app, homeless = wanted()
    lines = [f"{each.file}: {each.singular!r} is in no app" for each in homeless]
    said: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for app in sorted({*by_app, *_apps()}):
        messages, path = by_app.get(app, {}), po_of(app)
        name = path.relative_to(ROOT).as_posix()
        if not path.exists():
            lines += [f"{name}: missing {each.singular!r} ({each.file})" for each in messages.values()]
            continue
        catalog = _read(path)
        here = {_key(message): message for message in catalog if message.id}
        lines += [f"{name}: obsolete {key!r}" for key in catalog.obsolete]
        for key, message in here.items():
            if key not in messages:
                lines.append(f"{name}: not used any more {key[1]!r}")
            else:
                lines += [
                    f"{name}: {fault} {key[1]!r}" for fault in _faults_of(message, messages[key], catalog.num_plurals)
                ]
        lines += [
            f"{name}: missing {each.singular!r} ({each.file})" for key, each in messages.items() if key not in here
        ]
        for key, message in here.items():
            other = said.setdefault(key, (name, _strings(message)))
            if all(_strings(message)) and all(other[1]) and other[1][-1] != _strings(message)[-1]:
                lines.append(f"{name}: {key[1]!r} is said otherwise in {other[0]}; one of them would win everywhere")
    return lines


def update(only: Sequence[str] = ()) -> None:
    """Add missing messages with empty translations; drop those not used any more. ``only`` names some apps' folders."""
    by_app, _homeless = wanted()
    for app in sorted({*by_app, *_apps()}):
        messages, path = by_app.get(app, {}), po_of(app)
        if only and app.relative_to(ROOT).as_posix() not in only:
            continue
        if not messages and not path.exists():
            continue
        old = _read(path) if path.exists() else None
        fresh = Catalog(locale=LANGUAGE, project="Gza", charset="utf-8", fuzzy=False)
        plurals = old.plural_forms if old else PLURALS
        fresh.mime_headers = [("Plural-Forms", plurals)]
        fresh.header_comment = f"# Georgian for {app.relative_to(ROOT).as_posix()}."
        kept = {_key(message): message for message in old if message.id} if old else {}
        for key, message in kept.items():
            if key in messages:
                _add(fresh, messages[key], _strings(message))
        for key, found in messages.items():
            if key not in kept:
                _add(fresh, found, ("",))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(fresh))
        empty = sum(not all(_strings(message)) for message in fresh if message.id)
        print(f"{path.relative_to(ROOT)}: {len(messages)} messages, {empty} to translate")


def _add(catalog: Catalog, found: Found, strings: tuple[str, ...]) -> None:
    if found.plural:
        forms = strings if len(strings) == catalog.num_plurals else strings[:1] * catalog.num_plurals
        catalog.add((found.singular, found.plural), forms, context=found.context or None)
    else:
        catalog.add(found.singular, strings[0], context=found.context or None)


def _written(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, no_location=True, omit_header=True)
    head = (
        f'{catalog.header_comment}\nmsgid ""\nmsgstr ""\n"Language: {LANGUAGE}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return head.encode() + buffer.getvalue().rstrip(b"\n") + b"\n"


def compile_stale() -> list[Path]:
    """Write each ``.mo`` that is older than its ``.po``; give those that were written."""
    written = []
    for app in _apps():
        source = po_of(app)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".mo.new", delete=False) as file:
            write_mo(file, _read(source))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)  # at once: several processes may compile together
        written.append(target)
    return written


def main(arguments: list[str]) -> int:
    """Do what the command line asks."""
    match arguments:
        case ["check"]:
            found = faults()
            print("\n".join(found) if found else "Every message is there in Georgian.")
            return 1 if found else 0
        case ["update", *apps]:
            update([app.rstrip("/") for app in apps])
        case ["compile"]:
            for path in compile_stale():
                print(f"compiled {path.relative_to(ROOT)}")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
