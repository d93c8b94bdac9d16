"""Small words that tests of refused acts share."""

import re
from contextlib import AbstractContextManager
from typing import Any

import pytest

from gza.ledger.work import Refused


def refused(code: str) -> AbstractContextManager[Any]:
    """The act is refused with this code."""
    return pytest.raises(Refused, match=f"^{re.escape(code)}$")
