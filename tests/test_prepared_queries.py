"""No prepared query keeps a day or a language: its SQL is made once, and asked on every later day by everybody."""

import datetime as dt
import importlib
import inspect
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import translation

import gza
from gza.accounts.models import User
from gza.cases.queries.history import _newest
from gza.core import clock
from gza.core.prepared import Among, Prepared
from gza.vault.queries import _members_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
ROOT = Path(gza.__file__).parent
TIMES = [
    (dt.datetime(2020, 2, 29, 9, tzinfo=dt.UTC), "ka"),
    (dt.datetime(2031, 11, 5, 21, tzinfo=dt.UTC), "en"),
]
MADE_BY_FUNCTIONS = [
    _newest(("act",), 5), _members_of(("registry",), True), _members_of(("provider",), False),
]  # fmt: skip
"""Those that stand in no module, because a cached function makes them."""


def in_modules() -> Iterator[tuple[str, Any]]:
    """Every prepared query by its name, also those in a dictionary or a list."""
    for path in sorted(ROOT.rglob("*.py")):
        if "core.prepared import" not in path.read_text(encoding="utf-8"):
            continue
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        for key, value in vars(importlib.import_module(name)).items():
            values = value.values() if isinstance(value, dict) else [value]
            yield from ((f"{name}.{key}", one) for one in values if isinstance(one, Prepared | Among))


def made(one: Prepared | Among) -> tuple[str, list[Any]]:
    """Its SQL made anew, with the parameters that are not filled in at each use."""
    if isinstance(one, Among):
        lists = len(inspect.signature(one._make).parameters)
        one = Among(one._make, one._using)._asked([[uuid.uuid4()]] * lists)[0]
    fresh = Prepared(one._make, kinds=one._kinds, using=one._using)._prepared()
    return fresh.sql, [value for place, value in enumerate(fresh.params) if place not in fresh.places]


def kept(one: Prepared | Among) -> list[Any]:
    """What of a query would be another on another day or in the other language, or is a day already."""
    found = []
    for moment, language in TIMES:
        with clock.pretend(moment), translation.override(language):
            found.append(made(one))
    days = [one for one in found[0][1] if isinstance(one, dt.date) or re.match(r"\d{4}-\d\d-\d\d", str(one))]
    return days if found[0] == found[1] else found


def _since(id_: Any) -> QuerySet[User]:
    return User.objects.filter(id=id_, created_at__lte=clock.now())


def _named(id_: Any) -> QuerySet[User]:
    return User.objects.filter(id=id_).order_by(f"full_name_{translation.get_language()}")


def _at_import(id_: Any) -> QuerySet[User]:
    return User.objects.filter(id=id_, created_at__lte=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("make", [_since, _named, _at_import])
def test_the_finder_finds(make: Callable[..., QuerySet[User]]) -> None:
    assert kept(Prepared(make))


def test_no_prepared_query_keeps_a_day_or_a_language() -> None:
    every = [*in_modules(), *(("made by a function", one) for one in MADE_BY_FUNCTIONS)]
    assert len(every) > 35
    assert {name: frozen for name, one in every if (frozen := kept(one))} == {}
