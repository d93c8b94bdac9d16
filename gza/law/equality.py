"""S0.2: the Strategy applies in or out of a shelter, whether or not the person cooperates with investigators.

Both facts are recorded on their own. That they condition nothing is held by construction: no rule may take
them, and ``rules.load()`` refuses to start with one that does.
"""

from collections.abc import Collection

from .rules import rule
from .verdicts import ALLOWED, Verdict, denial

CHANGES_NOTHING = frozenset(
    {"in_shelter", "sheltered", "shelter", "cooperates", "cooperation", "cooperating", "testifies"}
)

_CONDITION = denial(
    "equality.condition", "S0.2",
    "თავშესაფარში ყოფნა და სამართალდამცავებთან თანამშრომლობა მომსახურების პირობა არ არის.",
    "Being in a shelter, and cooperating with law enforcement, are no condition of any service.",
    ("დაასაბუთეთ გადაწყვეტილება საჭიროებით და არა ამ ფაქტებით.",
     "Ground the decision on the need, not on these facts."),
)  # fmt: skip


@rule("S0.2")
def reads_neither(*, facts: Collection[str]) -> Verdict:
    """No decision rests on shelter or cooperation: ``facts`` are the names of what it rests on."""
    return _CONDITION if CHANGES_NOTHING.intersection(facts) else ALLOWED
