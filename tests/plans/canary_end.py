"""The part of the canary story that tells of the end and after: every sealed text filled by the real acts."""

from dataclasses import replace

from gza.law.stages import Stage
from gza.plans import actions
from tests.cases.factories import World, scan
from tests.plans import endings, factories


def tell(world: World, word: str) -> None:
    """A plan ended by request, follow-up, closing, opening again, a later plan, a merge that was undone."""
    case = endings.running(world)
    common = {"case_id": case.id, "reason": word, "by": world.worker.who}
    endings.empower(world.director)
    endings.reachable(world)
    _violated(world, common, word)
    named = replace(scan(), name=f"{word}.pdf", data=b"%PDF-1.7 " + word.encode())
    row = actions.record_end_in_fact(**common, ground="departure", evidence=word, scan=named)
    actions.withdraw_end_in_fact(case_id=case.id, end_id=row.id, why=word, by=world.worker.who)
    asked = actions.record_end_request(**common, changed_need=word, words=word, scan=named)
    fund = {**common, "by": world.director.who}
    actions.answer_end_request(**fund, request_id=asked.id, granted=True, reasons=word)
    actions.record_notice(**common, handed=True, text=f"{endings.NOTICE} {word}", how=word)
    actions.agree_follow_up(**common, agreement=endings.agreement(method=word, never=word), words=word)
    actions.record_contact(**common, direction="outgoing", way="visit", note=word, outside_reason=word)
    actions.end_follow_up(**common)
    declined = endings.expired(world)
    actions.decline_follow_up(case_id=declined.id, words=word, reason=word, by=world.worker.who)
    actions.close_case(**{**common, "by": world.coordinator.who}, why=word)
    actions.reopen_case(**{**common, "by": world.coordinator.who}, worker_id=world.worker.id, why=word)
    actions.decide_later_plan(**fund, reasons=word)
    other = factories.road_to(world, Stage.NEEDS)
    joined = actions.merge(case_id=case.id, other_id=other.id, reasons=word, reason=word, by=world.coordinator.who)
    actions.unmerge(case_id=joined.case_id, merge_id=joined.id, reasons=word, reason=word, by=world.coordinator.who)


def _violated(world: World, common: dict[str, object], word: str) -> None:
    row = actions.record_violation(**common, description=word, gross=True)
    actions.hear(**common, violation_id=row.id, words=word)
    actions.warn(**{**common, "by": world.coordinator.who}, violation_id=row.id, words=word)
