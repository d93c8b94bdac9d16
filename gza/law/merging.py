"""S5.6, G1: two cases that prove to be of one person count against one ceiling; both keep their history."""

from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged

_ITSELF = denial(
    "merging.itself", "S5.6",
    "საქმე საკუთარ თავს ვერ გაუერთიანდება.",
    "A case is not joined with itself.",
    ("აირჩიეთ მეორე საქმე.", "Choose the other case."),
)  # fmt: skip
_ALREADY = denial(
    "merging.already", "S5.6",
    "ეს ორი საქმე უკვე ერთი ადამიანის საქმედ არის ჩაწერილი.",
    "These two cases are on record as one person's already.",
    ("თუ ეს შეცდომაა, გააუქმეთ გაერთიანება.", "If that is wrong, undo the merge."),
)  # fmt: skip
_UNREASONED = denial(
    "merging.unreasoned", "S5.6",
    "გაერთიანებას და მის გაუქმებას საფუძველი სჭირდება: რით ჩანს, რომ ერთი ადამიანია, ან რომ ორია.",
    "A merge, and its undoing, need their ground: what shows that it is one person, or that it is two.",
    ("დაწერეთ, რა შეადარეთ.", "Write what you compared."),
)  # fmt: skip
_UNDONE = denial(
    "merging.undone_already", "S5.6",
    "ეს გაერთიანება უკვე გაუქმებულია.",
    "This merge was undone already.",
    ("განაახლეთ გვერდი.", "Load the page again."),
)  # fmt: skip
OVER_CEILING = flag(
    "merging.over_ceiling", "S5.6",
    "ორი საქმის გაერთიანებით ერთი ადამიანის თანხა ზღვარს სცდება.",
    "With the two cases joined, the money for one person exceeds the ceiling.",
)  # fmt: skip
TWO_PLANS = flag(
    "merging.two_plans", "S7.10",
    "ერთ ადამიანს ორი გეგმა აღმოაჩნდა, რომლებიც არ დასრულებულა.",
    "One person turns out to have two plans that have not ended.",
)  # fmt: skip


@rule("S5.6")
def two_cases(*, same: bool, joined: bool) -> Verdict:
    """Two cases are joined, once."""
    if same:
        return _ITSELF
    return _ALREADY if joined else ALLOWED


@rule("S5.6")
def reasoned(*, reasons: str) -> Verdict:
    """A merge, and its undoing, say what shows it."""
    return ALLOWED if reasons.strip() else _UNREASONED


@rule("S5.6")
def still_joined(*, undone: bool) -> Verdict:
    """A merge is undone once."""
    return _UNDONE if undone else ALLOWED


@fact("S5.6", "S7.10", "G1")
def merged(*, over_tetri: int, plans_open: int) -> Allowed:
    """That two cases are one person's is a fact: money past the ceiling and a second plan are flagged, not refused."""
    return flagged([*([OVER_CEILING] if over_tetri > 0 else []), *([TWO_PLANS] if plans_open > 1 else [])])
