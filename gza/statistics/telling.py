"""What may be said of a publication in words (N1.1): statements from shown cells, each put before the law."""

from collections.abc import Sequence
from dataclasses import dataclass

from gza.law import statistics as rules
from gza.law.verdicts import Denied, Text, Verdict, together
from gza.protection import trends
from gza.protection.trends import Kind, Series, Statement


@dataclass(frozen=True)
class Told:
    """The statements that may stand, and for the others why not, each reason once with the cells it keeps silent of.

    ``steady`` are the parts in which the last two years differ by no more than chance: told together, in one sentence.
    """

    statements: tuple[Statement, ...]
    steady: tuple[str, ...]
    silent: tuple[tuple[Text, tuple[str, ...]], ...]


def allowed(statement: Statement, series: Series) -> Verdict:
    """What the law says about a statement on a series."""
    rests = [series.values.get(year) for name, year in statement.rests_on if name == series.of.en]
    hidden = sum(value is None for value in rests) + (not statement.shown)
    return together(
        rules.claim_from_shown(suppressed=hidden),
        rules.claim_beyond_chance(
            claims_change=statement.kind == Kind.CHANGE,
            differs=statement.ratio is not None and statement.ratio.differs,
        ),
    )


def tell(series: Sequence[Series], language: str) -> Told:
    """Everything that may be said of these series: the level of the first, and whether each changed."""
    found: list[Statement] = []
    steady: list[str] = []
    silent: dict[str, tuple[Text, list[str]]] = {}
    for at, one in enumerate(series):
        candidates = [trends.level_of(one)] if at == 0 else []
        if len(one.years) > 1:
            candidates.append(trends.change(one, one.years[-2], one.years[-1]))
        for statement in candidates:
            verdict = allowed(statement, one)
            if isinstance(verdict, Denied):
                silent.setdefault(verdict.code, (verdict.message, []))[1].append(one.of.say(language))
            elif statement.kind == Kind.NO_CHANGE and statement.ratio is None:
                continue  # nobody in either year: the table says it
            elif statement.kind == Kind.NO_CHANGE and at > 0:
                steady.append(one.of.say(language))
            else:
                found.append(statement)
    return Told(
        tuple(found), tuple(steady), tuple((text, tuple(dict.fromkeys(names))) for text, names in silent.values())
    )
