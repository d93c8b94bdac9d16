"""Who gets which answer at which address: read from ``matrix.toml``, asked for real.

The classification stands in ``tests/web/matrix.toml`` and, for the addresses of one app, in
``tests/web/<app>/matrix.toml``. One table an address::

    ["cases:detail"]                                  # name in the URL configuration
    social_worker = {own = 200, foreign = 404}        # by whether the subject is theirs
    coordinator = 200                                 # alike for any subject
    rest = 404                                        # every other role
    queries = 14                                      # what the page asks of the databases, caches warm
    ["cases:designate"]
    method = "post"                                   # asked by POST, with the data of the subject, else empty
    ["accounts:sign_in"]
    public = 200                                      # anybody, signed in or not

``queries`` is asked of every page that somebody gets, counted for the first of ``WHO`` who gets it.

Anonymous people are sent to the sign-in page (302; 303 after a form) unless ``anonymous`` or ``public`` says otherwise.
Where an address takes arguments, a function of ``tests/web/<app>/subjects.py`` makes a subject that is the person's
own or not::

    @subject("cases:detail", "cases:road")
    def case(who: User, own: bool) -> dict[str, Any] | Call: ...

A 404 for a foreign subject is also compared with that for one that is not there: they must not differ in anything.
"""

import importlib
import secrets
import tomllib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeAlias

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gza.accounts.enums import Role
from gza.accounts.models import User

HERE = Path(__file__).parent
ANONYMOUS = "anonymous"
WHO = [*(str(role) for role in Role), ANONYMOUS]
_WORDS = {"method", "public", "queries", "rest", ANONYMOUS, *(str(role) for role in Role)}


@dataclass(frozen=True)
class Call:
    """How to ask about a subject: arguments of the address, data of the form, query of the address."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    def path(self, name: str) -> str:
        """The address."""
        return reverse(name, kwargs=self.kwargs) + (f"?{self.query}" if self.query else "")

    def missing(self) -> "Call":
        """The same for a subject that is not there: every id, number or key is another one."""
        return Call({key: _other(value) for key, value in self.kwargs.items()}, self.data, self.query)


def _other(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return value + 1_000_000 if isinstance(value, int) else f"{secrets.token_hex(len(value))}"[: len(value)]


Subject: TypeAlias = Callable[[User | None, bool], dict[str, Any] | Call]
_subjects: dict[str, Subject] = {}


def subject(*names: str) -> Callable[[Subject], Subject]:
    """Enter a function that makes the subject of these addresses."""

    def enter(make: Subject) -> Subject:
        for name in names:
            assert name not in _subjects, f"two subjects for {name}"
            _subjects[name] = make
        return make

    return enter


@dataclass(frozen=True)
class Entry:
    """The classification of one address."""

    name: str
    said: dict[str, Any]

    @property
    def method(self) -> str:
        """How it is asked: ``get`` unless said."""
        return str(self.said.get("method", "get"))

    @property
    def queries(self) -> int | None:
        """How many queries its page makes; None where it says nothing."""
        return self.said.get("queries")

    def reader(self, own: bool) -> str | None:
        """The first who gets a page there; None where nobody does, or where it is only posted to."""
        ok = (who for who in WHO if self.method == "get" and self.expected(who, own) == HTTPStatus.OK)
        return next(ok, None)

    def expected(self, who: str, own: bool) -> int:
        """The status that ``who`` is to get."""
        if "public" in self.said:
            value = self.said.get(who, self.said["public"])
        elif who == ANONYMOUS:
            value = self.said.get(ANONYMOUS, 302 if self.method in {"get", "head"} else 303)
        else:
            value = self.said.get(who, self.said.get("rest"))
        assert value is not None, f"{self.name} says nothing of {who}"
        return int(value["own" if own else "foreign"] if isinstance(value, dict) else value)


@cache
def entries() -> dict[str, Entry]:
    """Every classified address; loads the subjects of the apps too."""
    found: dict[str, Entry] = {}
    for path in [HERE / "matrix.toml", *sorted(HERE.glob("*/matrix.toml"))]:
        for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert name not in found, f"{name} is classified twice"
            assert not said.keys() - _WORDS, f"{name}: unknown words {sorted(said.keys() - _WORDS)}"
            found[name] = Entry(name, said)
    for path in sorted(HERE.glob("*/subjects.py")):
        importlib.import_module(f"tests.web.{path.parent.name}.subjects")
    return found


def patterns(resolver: URLResolver | None = None, space: str = "", path: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the URL configuration with its full name; an unnamed one with its path, marked by a stroke."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from patterns(part, inner, path + str(part.pattern))
        else:
            yield (f"{space}{part.name}" if part.name else f"/{path}{part.pattern}"), part


def takes_arguments(pattern: URLPattern) -> bool:
    """Whether the address is about something."""
    return "<" in str(pattern.pattern)


def call(name: str, who: User | None, own: bool) -> Call:
    """How to ask ``name`` as ``who`` about a subject of their own, or of somebody else."""
    make = _subjects.get(name)
    made = make(who, own) if make else Call()
    return made if isinstance(made, Call) else Call(made)


def has_subject(name: str) -> bool:
    """Whether there is a function that makes its subject."""
    return name in _subjects
