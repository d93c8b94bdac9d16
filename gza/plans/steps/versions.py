"""What every version of a plan goes through, initial or final: its content fixed, the Fund's decision."""

from gza.cases.steps import Work, seal
from gza.core import clock
from gza.law.lifecycles import PLAN_VERSION
from gza.plans import content
from gza.plans.enums import Outcome, VersionState
from gza.plans.models import Decision, PlanVersion
from gza.plans.queries.versions import items_of


def fix(work: Work, row: PlanVersion, act: str) -> None:
    """Seal the content under its fingerprint; by ``submit`` for the Fund, by ``fix`` for the signatures."""
    text, row.fingerprint = content.of(row, items_of(row), work.by.ring)
    seal(row, work.by, {"content": text})
    row.state = VersionState(PLAN_VERSION.next(row.state, act))
    row.submitted_on = max(work.happened_on, row.happened_on)
    row.submitted_at, row.submitted_by = clock.now(), work.by.id
    row.save(force_update=True)
    work.doing.facts = {**work.doing.facts, "fingerprint": bytes(row.fingerprint).hex()}


def decide(work: Work, row: PlanVersion, outcome: Outcome, words: str) -> Decision:
    """Write down what the Fund decided on a pending version, with its words sealed."""
    act = "agree" if outcome == Outcome.AGREED else "return"
    row.state = VersionState(PLAN_VERSION.next(row.state, act))
    row.decided_on = max(work.happened_on, row.submitted_on)
    row.decided_at, row.decided_by = clock.now(), work.by.id
    row.save(force_update=True)
    return work.fact(Decision, plan_version=row, outcome=outcome, texts={"reasons": words})
