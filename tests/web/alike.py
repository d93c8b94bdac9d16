"""Missing and forbidden must be one answer: same status, headers, body and number of queries."""

import difflib
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

_TOKENS = re.compile(
    r"(name=\"(?:csrfmiddlewaretoken|form_token|form-key)\"[^>]*(?:value|content)=\"|nonce[=-]\"?)[A-Za-z0-9_+/=-]+"
)


@dataclass(frozen=True)
class Answer:
    """What can be told from outside about an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: str
    queries: int


def _body(response: HttpResponseBase, path: str) -> str:
    content = b"".join(response) if response.streaming else response.content
    return _TOKENS.sub(r"\1", content.decode(errors="replace")).replace(path, "PATH")


def answer(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> Answer:
    """Ask for ``path`` and keep what can be told from outside; tokens and the path itself are left out."""
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in connections]
        response = getattr(client, method)(path, data or {})
        queries = sum(len(queries) for queries in captured)
    headers = {
        name: _TOKENS.sub(r"\1", value).replace(path, "PATH")
        for name, value in response.headers.items()
        if name not in {"Set-Cookie", "Content-Length"}  # the body is compared whole; the path has its own length
    }
    return Answer(
        response.status_code,
        tuple(sorted(headers.items())),
        tuple(sorted(response.cookies)),
        _body(response, path),
        queries,
    )


def assert_alike(ask: Callable[[str], Answer], *paths: str) -> None:
    """Every path is answered in the same way.

    The first path is asked once beforehand, so that what a first request alone does (filling caches) does not count.
    """
    ask(paths[0])
    first, *others = [ask(path) for path in paths]
    for path, other in zip(paths[1:], others, strict=True):
        for name in ("status", "headers", "cookies", "body", "queries"):
            ours, theirs = getattr(first, name), getattr(other, name)
            assert ours == theirs, f"{name} tells {paths[0]} from {path}: {_difference(ours, theirs)}"


def _difference(ours: object, theirs: object) -> str:
    lines = difflib.unified_diff(str(ours).splitlines(), str(theirs).splitlines(), lineterm="", n=0)
    return "\n".join(line[:200] for line in lines)
