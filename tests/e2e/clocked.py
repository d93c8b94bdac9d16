"""Gza as it is served, on a clock that a test moves: how many days ahead stands in the file ``days`` of its folder."""

import datetime as dt
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from gza.config.wsgi import application as served
from gza.core import clock

DAYS = Path(os.environ["GZA_VAR"]) / "days"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as on that day; the answer is whole before the clock goes back."""
    ahead = int(DAYS.read_text()) if DAYS.exists() else 0
    with clock.pretend(dt.datetime.now(dt.UTC) + dt.timedelta(days=ahead)):
        answer = served(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()
