"""What a life cycle is: states, and the acts that lead from one to the next, each with its clause."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from .rules import rule
from .verdicts import ALLOWED, DENIALS, Text, Verdict, denial


@dataclass(frozen=True)
class Transition:
    """An act that leads from ``source`` to ``target``."""

    act: str
    source: str
    target: str
    clause: str
    label: Text


@dataclass(frozen=True)
class Table:
    """A life cycle: ``states`` in their usual order, the first state, the acts."""

    key: str
    title: Text
    states: dict[str, Text]
    start: str
    transitions: tuple[Transition, ...]
    rule: Callable[..., Verdict] | None = None

    def allowed(self, state: str) -> tuple[Transition, ...]:
        """The acts possible in a state."""
        return tuple(one for one in self.transitions if one.source == state)

    def find(self, state: str, act: str) -> Transition | None:
        """The transition of that act from that state, or None."""
        return next((one for one in self.allowed(state) if one.act == act), None)

    def next(self, state: str, act: str) -> str:
        """The state that the act leads to.

        Raises:
            ValueError: when the act is not possible in that state.
        """
        found = self.find(state, act)
        if found is None:
            raise ValueError(f"{self.key}: {act} is not possible in {state}")
        return found.target

    def verdict(self, state: str, act: str) -> Verdict:
        """Whether the act is possible in that state; a refusal names where the thing stands.

        Raises:
            KeyError: when no state knows the act.
        """
        return (self.rule or self.order)(state=state, act=act)

    def order(self, *, state: str, act: str) -> Verdict:
        """As ``verdict``, past the register of rules."""
        return ALLOWED if self.find(state, act) else DENIALS[self.code(state, act)]

    def code(self, state: str, act: str) -> str:
        """The code of the refusal of an act in a state where it is not possible."""
        return f"{self.key}.{act}_not_from_{state}"


_NOTHING_MORE = (
    "აქ აღარაფერი იცვლება; თუ ჩანაწერში შეცდომაა, შეასწორეთ ის.",
    "Nothing more is done here; if the entry is wrong, correct it.",
)


def _word(one: Table) -> None:
    """Word the refusal of every act in every state where it is not possible."""
    clauses = {transition.act: transition.clause for transition in one.transitions}
    for state, here in one.states.items():
        choices = one.allowed(state)
        ka, en = "; ".join(each.label.ka for each in choices), "; ".join(each.label.en for each in choices)
        remedy = (f"ახლა შეიძლება: {ka}.", f"What can be done now: {en}.") if choices else _NOTHING_MORE
        for act, clause in clauses.items():
            if one.find(state, act) is None:
                denial(
                    one.code(state, act), clause,
                    f"ახლა ეს არ შეიძლება: მდგომარეობაა „{here.ka}“.", f"Not now: it stands at “{here.en}”.",
                    remedy,
                )  # fmt: skip


def table(
    key: str,
    title: tuple[str, str],
    states: dict[str, tuple[str, str]],
    *transitions: tuple[str, str, str, str, str, str],
    clauses: tuple[str, ...] = (),
) -> Table:
    """A table from rows: labels as (Georgian, English), acts as (source, act, target, clause, ka, en).

    With ``clauses`` its order is a rule of the register, ``gza.law.lifecycles.<KEY>.rule``.
    """
    made = Table(
        key,
        Text(*title),
        {state: Text(*label) for state, label in states.items()},
        next(iter(states)),
        tuple(Transition(act, source, target, of, Text(ka, en)) for source, act, target, of, ka, en in transitions),
    )
    _word(made)
    if not clauses:
        return made

    def possible(*, state: str, act: str) -> Verdict:
        return made.order(state=state, act=act)

    possible.__module__, possible.__qualname__ = "gza.law.lifecycles", f"{key.upper()}.rule"
    possible.__doc__ = f"{made.title.en}: an act is done only in a state that allows it."
    return replace(made, rule=rule(*clauses)(possible))
