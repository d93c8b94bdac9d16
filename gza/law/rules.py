"""The register of rules: which function speaks for which clause.

A rule is a pure function with keyword-only arguments on plain values. Two decorators mark the kinds of G1:

- ``@rule("S3.2")``: an *act* rule. It may refuse.
- ``@fact("G1")``: a *fact* rule. What happened is always written down: it answers ``Allowed`` with flags.

``lifted(name)`` lets a rule answer ``Allowed`` to everything. Mutation (``make mutate``) and tests use it to
prove that a rule is missed; it works wherever the function was imported, as the wrapper asks each time.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any, ParamSpec

from .register import CLAUSES
from .verdicts import ALLOWED, Allowed, Verdict

P = ParamSpec("P")

MODULES = (
    "access", "amendment", "closing", "consent", "consideration", "delegation", "designation", "directory", "entry",
    "equality", "final", "final_items", "followup", "funding", "lifecycles", "merging", "nap", "needs", "offers",
    "overview", "parameters", "plan", "rehabilitation", "reporting", "representative", "requests", "signatures",
    "statistics", "status", "termination",
)  # fmt: skip


class Kind(StrEnum):
    """What a rule may do."""

    ACT = "act"
    FACT = "fact"


@dataclass(frozen=True)
class Rule:
    """One registered rule: its dotted name, its clauses, first line of its docstring, the function."""

    name: str
    clauses: tuple[str, ...]
    kind: Kind
    summary: str
    function: Callable[..., Verdict]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts the rule reads."""
        return tuple(inspect.signature(self.function).parameters)


RULES: dict[str, Rule] = {}
_lifted: set[str] = set()


def _enrol(function: Callable[..., Any], clauses: tuple[str, ...], kind: Kind) -> str:
    name = f"{function.__module__}.{function.__qualname__}"
    if not clauses:
        raise TypeError(f"{name} names no clause")
    for clause in clauses:
        if clause not in CLAUSES:
            raise TypeError(f"{name} names {clause}, which is not in the register")
        if CLAUSES[clause].kind != "rule":
            raise TypeError(f"{name} names {clause}, which only defines terms")
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{name}: the fact {parameter.name} must be keyword-only")
    if not function.__doc__:
        raise TypeError(f"{name} has no docstring")
    if name in RULES:
        raise TypeError(f"{name} is registered twice")
    RULES[name] = Rule(name, clauses, kind, function.__doc__.strip().splitlines()[0], function)
    return name


def rule(*clauses: str) -> Callable[[Callable[P, Verdict]], Callable[P, Verdict]]:
    """Register an act rule for these clauses.

    Raises:
        TypeError: at import, when the function is not what a rule must be.
    """

    def register(function: Callable[P, Verdict]) -> Callable[P, Verdict]:
        name = _enrol(function, clauses, Kind.ACT)

        @functools.wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> Verdict:
            return ALLOWED if name in _lifted else function(*args, **kwargs)

        return ask

    return register


def fact(*clauses: str) -> Callable[[Callable[P, Allowed]], Callable[P, Allowed]]:
    """Register a fact rule for these clauses: it answers ``Allowed`` with flags, never ``Denied``.

    Raises:
        TypeError: at import, when the function is not what a rule must be; at a call, when it refused a fact.
    """

    def register(function: Callable[P, Allowed]) -> Callable[P, Allowed]:
        name = _enrol(function, clauses, Kind.FACT)

        @functools.wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> Allowed:
            if name in _lifted:
                return ALLOWED
            verdict = function(*args, **kwargs)
            if not isinstance(verdict, Allowed):
                raise TypeError(f"{name} refused a fact")
            return verdict

        return ask

    return register


@contextmanager
def lifted(*names: str) -> Iterator[None]:
    """Within, the named rules answer ``Allowed`` without flags. For mutation and tests only; not thread-safe.

    Raises:
        KeyError: when there is no such rule.
    """
    for name in names:
        RULES[name]
    new = set(names) - _lifted
    _lifted.update(new)
    try:
        yield
    finally:
        _lifted.difference_update(new)


def load() -> dict[str, Rule]:
    """Import every module of rules, and hold each rule to S0.2.

    Raises:
        TypeError: when a rule reads whether the person is in a shelter or cooperates.
    """
    loaded = {module: import_module(f"gza.law.{module}") for module in MODULES}
    for found in RULES.values():
        if not loaded["equality"].reads_neither(facts=found.facts):
            raise TypeError(f"{found.name} reads a fact that must change nothing (S0.2)")
    return dict(sorted(RULES.items()))


def by_clause() -> dict[str, tuple[str, ...]]:
    """The names of the rules of every clause of the register, in its order; empty where there is none."""
    every = load().values()
    return {id_: tuple(found.name for found in every if id_ in found.clauses) for id_ in CLAUSES}
