"""The plan of 2019-2020 as it is shipped."""

import pytest

from gza.nap import parsing
from gza.nap.document import Plan

from .files import AGENCIES, DATA


@pytest.fixture(scope="session")
def plan_file() -> bytes:
    return (DATA / "nap-2019-2020.csv").read_bytes()


@pytest.fixture(scope="session")
def source() -> list[str]:
    """The lines of the source text, the first at index 1."""
    text = (DATA / "nap-2019-2020.source.txt").read_text(encoding="utf-8")
    return ["", *text.splitlines()]


@pytest.fixture(scope="session")
def plan(plan_file: bytes) -> Plan:
    found, problems = parsing.read("nap.csv", plan_file, agencies=AGENCIES)
    assert found, [(one.cell, one.text.en) for one in problems]
    return found
