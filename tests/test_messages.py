"""The interface is whole in both languages."""

import pytest
from django.utils import translation

from tools import messages


def test_every_message_is_there_in_georgian():
    found = messages.faults()
    assert not found, "\n".join(found)


def test_what_a_page_says_is_what_the_catalogue_of_its_app_says():
    messages.compile_stale()
    by_app, _ = messages.wanted()
    wrong = []
    with translation.override("ka"):
        for app, found in by_app.items():
            path = messages.po_of(app)
            for message in messages._read(path) if path.exists() else []:
                key = messages._key(message) if message.id else None
                if key not in found:
                    continue
                context, singular = key
                said = translation.pgettext(context, singular) if context else translation.gettext(singular)
                strings = messages._strings(message)
                if found[key].plural:
                    said = strings[-1] if not context else said
                if said not in strings:
                    wrong.append(f"{path}: {singular!r} comes out as {said!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "target", "fault"),
    [
        ("%(count)d days", "%(count)d დღე", ""),
        ("%(count)d days", "დღე", "placeholders"),
        ("%(count)d days", "%(number)d დღე", "placeholders"),
        ("days", "", "not translated"),
    ],
)
def test_a_translation_keeps_its_placeholders(source, target, fault):
    from babel.messages.catalog import Message

    found = messages.Found(source, "", "", "x.py")
    faults = list(messages._faults_of(Message(source, target), found, 1))
    assert faults == [] if not fault else fault in faults[0]


def test_messages_in_templates_are_found_in_components_attributes_and_over_lines(tmp_path, monkeypatch):
    folder = tmp_path / "gza" / "app" / "templates"
    folder.mkdir(parents=True)
    path = folder / "page.html"
    path.write_text(
        "{% extends 'x' %}\n  {% block a %}\n<c-row title=\"{% trans 'One' %}\" />\n"
        "{% blocktrans trimmed count n=rows|length %}\n    {{ n }} row\n  {% plural %} {{ n }} rows {% endblocktrans %}"
        '{% trans "Open" context "the lock" %}{{ x|default:_("None yet") }}'
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    found = {(each.context, each.singular, each.plural) for each in messages.extracted(path)}
    assert found == {
        ("", "One", ""),
        ("", "%(n)s row", "%(n)s rows"),
        ("the lock", "Open", ""),
        ("", "None yet", ""),
    }
