"""Templates: no inline style or script, no words outside the catalogues; style sheets: nothing that hurts Georgian."""

import re
from pathlib import Path

import pytest

from tools import templatelint

STATIC = Path(__file__).parents[1] / "gza" / "ui" / "static" / "ui"


def test_templates_are_clean():
    found = list(templatelint.faults())
    assert not found, "\n".join(found)


def test_templates_have_the_form_djade_gives_them():
    code, said = templatelint.djade()
    assert code == 0, said


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('<p style="color: red"></p>', "style attribute"),
        ("<style>p {}</style>", "<style>"),
        ("<script>x()</script>", "inline script"),
        ('<button onclick="x()"></button>', "inline handler"),
        ("<p>Hello</p>", "words outside"),
        ('<c-row title="Hello" />', "words outside"),
        ('<input placeholder="{{ x }} there">', "words outside"),
    ],
)
def test_the_lint_finds(source, fault):
    assert fault in templatelint.faults_in(source)[0][1]


@pytest.mark.parametrize(
    "source",
    [
        '<script type="module" src="x.js"></script>',
        '{% trans "Hello" %}{% blocktrans %}Hello <b>you</b>{% endblocktrans %}{# Hello #}{{ x|default:"a" }}',
        '<p class="x" {% if y == "z" %}id="a"{% endif %}>§ 5.6 · №</p><code>name</code><span lang="ka">გზა</span>',
        '<c-row title="{% trans \'One\' %}" kind="late" :day="day" />',
    ],
)
def test_the_lint_lets_through(source):
    assert templatelint.faults_in(source) == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_a_sheet_spares_georgian(path):
    sheet = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "text-transform" not in sheet
    assert "italic" not in sheet
    assert "http" not in sheet


def test_scripts_load_nothing_from_elsewhere_and_store_nothing():
    for path in STATIC.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert "http" not in script, path.name
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\b|new Function", script), (
            path.name
        )
        assert not re.search(r"\.style\b|setAttribute\(\"style", script), path.name
