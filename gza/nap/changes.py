"""What differs between two readings of one plan, in names of fields: ``2.2.5 leading``. Pure."""

from collections.abc import Iterator
from typing import Any

from .document import Activity, Goal, Indicator, Objective, Plan

ADDED, REMOVED = "added", "removed"


def name(part: Plan | Goal | Objective | Activity | Indicator) -> str:
    """The number, code or plan code of a part."""
    match part:
        case Plan() | Indicator():
            return part.code
        case _:
            return part.id


def changes(old: Plan, new: Plan) -> list[str]:
    """Every field in which ``new`` says something else than ``old``, in the order of the document.

    Notes, source lines, Georgian readings, carry-over and the marks themselves are our own and do not count. Indicators
    count as one field of their activity.
    """
    return [f"{number} {field}" for number, field in _changes(old, new)]


def marked(plan: Plan) -> list[str]:
    """Every field that is marked as to be confirmed, named as in ``changes``."""
    return [
        f"{part.activity} indicators" if isinstance(part, Indicator) else f"{name(part)} {field}"
        for part in plan.parts()
        for field in part.marks.to_confirm
    ]


def _changes(old: Plan, new: Plan) -> Iterator[tuple[str, str]]:
    before, after = _fields(old), _fields(new)
    for number in [*before, *(number for number in after if number not in before)]:
        if number not in after:
            yield number, REMOVED
        elif number not in before:
            yield number, ADDED
        else:
            yield from ((number, field) for field, said in before[number].items() if after[number].get(field) != said)


def _fields(plan: Plan) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for part in plan.parts():
        match part:
            case Plan():
                said: dict[str, Any] = {
                    "title": part.title, "adopted_on": part.adopted_on, "start": part.start, "end": part.end,
                    "language": part.language,
                }  # fmt: skip
            case Goal():
                said = {"title": part.title}
            case Objective():
                said = {"title": part.title, "goal": part.goal}
            case Activity():
                said = {
                    "objective": part.objective, "title": part.title, "leading": part.leading,
                    "supporting": part.supporting, "partners": (part.partners, part.partners_printed),
                    "timeline": part.timeline, "indicators": [_indicator(one) for one in part.indicators],
                }  # fmt: skip
            case _:
                continue
        found[name(part)] = said
    return found


def _indicator(one: Indicator) -> tuple[Any, ...]:
    return one.code, one.printed, one.printed_text, one.text, one.type, one.unit, one.target
