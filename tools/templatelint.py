"""Lint of the templates: djade's style, no inline style or script, no words outside the catalogues.

Run ``python -m tools.templatelint``; ``--fix`` lets djade rewrite what it can.
"""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gza"
DJANGO = "3.0"  # djade would rewrite ``trans`` as ``translate`` from 3.1 on; the short word reads better in a line
# Attributes whose text a person reads or hears.
SPOKEN = frozenset((
    *("act", "alt", "aria-label", "caption", "heading", "heading_note", "hint", "intro", "label", "mine", "note"),
    *("opener", "placeholder", "said", "shown", "state", "theirs", "title", "unit", "what", "who", "why"),
))  # fmt: skip
SILENT = frozenset(("code", "kbd", "script", "style"))
VOID = frozenset((
    *("area", "base", "br", "circle", "col", "hr", "img", "input", "line", "link", "meta", "path", "rect", "source"),
    *("track", "use", "wbr"),
))  # fmt: skip
_BLOCK = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[A-Z]\d[A-Z]-\d\d[A-Z]|Esc")  # the code of a case, the name of a key: nothing to translate


def templates() -> list[Path]:
    """Every template of the product."""
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


def _bare(source: str) -> str:
    """The markup alone: what Django replaces becomes blanks, lines stay where they were."""
    return _BLOCK.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.faults: list[tuple[int, str]] = []

    def _say(self, fault: str) -> None:
        self.faults.append((self.getpos()[0], fault))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "style":
            self._say("a <style> element: write it into a sheet")
        if tag == "script" and "src" not in named:
            self._say("an inline script: write it into a module")
        for name, value in attrs:
            if name == "style":
                self._say("a style attribute: geometry goes into SVG attributes, the rest into a sheet")
            elif name.startswith("on") and tag[:2] != "c-":
                self._say(f"an inline handler: {name}")
            elif name in SPOKEN and value and _LETTER.search(_CODE.sub("", value)):
                self._say(f"words outside the catalogue: {name}={value.strip()!r}")
        if tag not in VOID and not self._closed_itself():
            self.open.append((tag, "lang" in named or tag in SILENT))

    def _closed_itself(self) -> bool:
        return (self.get_starttag_text() or "").rstrip().endswith("/>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        if _LETTER.search(_CODE.sub("", data)) and not any(silent for _, silent in self.open):
            self._say(f"words outside the catalogue: {' '.join(data.split())!r}")


def faults_in(source: str) -> list[tuple[int, str]]:
    """Line and fault of everything amiss in one template."""
    reader = _Reader()
    reader.feed(_bare(source))
    reader.close()
    return reader.faults


def faults() -> Iterator[str]:
    """Everything amiss in all templates, one line each."""
    for path in templates():
        for line, fault in faults_in(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {fault}"


def djade(*, fix: bool = False) -> tuple[int, str]:
    """What djade finds (it rewrites only with ``fix``)."""
    program = Path(sysconfig.get_path("scripts")) / "djade"
    command = [str(program), "--target-version", DJANGO, *([] if fix else ["--check"])]
    done = subprocess.run(
        [*command, *(str(path.relative_to(ROOT)) for path in templates())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def main(arguments: list[str]) -> int:
    """Do what the command line asks."""
    code, said = djade(fix="--fix" in arguments)
    found = list(faults())
    if code:
        print(said.strip())
    print("\n".join(found) if found else f"{len(templates())} templates, nothing amiss.")
    return 1 if code or found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
