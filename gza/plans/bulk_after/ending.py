"""The end of a plan at the beneficiary's request, and what comes after: the notice, follow-up, a closed case."""

import datetime as dt

from gza.accounts.enums import Role
from gza.cases.batch import Batch, Written
from gza.cases.models import Flag
from gza.law import termination
from gza.law.verdicts import explain
from gza.plans.enums import Direction, EndGround, FollowUpState, VersionKind, VersionState
from gza.plans.models import (
    CaseEnd,
    FollowUp,
    FollowUpContact,
    Notice,
    PlanEnd,
    PlanVersion,
    TerminationRequest,
)

from .going import Going, worker
from .stories import EndStory, FollowStory, unspent


def end_versions(written: list[Written]) -> None:
    """The versions in force whose plan has ended end with it, once everything of a batch is inserted."""
    ended = [one.case.id for one in written if one.case.plan_ended_on]
    if ended:
        rows = PlanVersion.objects.filter(case__in=ended, kind=VersionKind.FINAL, state=VersionState.IN_FORCE)
        rows.update(state=VersionState.ENDED)


def tell(batch: Batch, of: Written, going: Going, version: PlanVersion, end: EndStory) -> None:
    """The end and what the story tells after it."""
    who, director, plan = worker(of), going.told.director_id, version.plan
    asked = batch.fact(
        of, TerminationRequest, end.asked_on, who, plan=plan, answered_on=end.ended_on,
        answered_at=batch.evening(end.ended_on), answered_by=director, granted=True, capacity=going.told.capacity,
        texts={"changed_need": end.changed_need, "words": end.words, "answer": end.reasons},
    )  # fmt: skip
    batch.act(of, "plans.request_end", end.asked_on, who, clause="S7.12", subject=asked.id)
    plan.ended_on = end.ended_on
    ended = batch.fact(
        of, PlanEnd, end.ended_on, director, plan=plan, ground=EndGround.REQUEST, request=asked,
        capacity=going.told.capacity, texts={"reasons": end.reasons},
    )  # fmt: skip
    left = termination.money_left(unspent_tetri=sum(unspent(going.told).values()))
    for code in left.flags:
        clause = explain(code).clause
        batch.row(of, Flag(case=of.case, code=code, clause=clause, subject=ended.id, raised_by=director))
    flagged = {"flags": sorted(left.flags)} if left.flags else {}
    batch.act(
        of, "plans.answer_end_request", end.ended_on, director, role=Role.DIRECTOR, clause="S7.12", subject=asked.id,
        granted=True, **flagged,
    )  # fmt: skip
    if end.told_on:
        made = batch.fact(
            of, Notice, end.told_on, who, plan_end=ended, handed=True, texts={"how": end.how, "text": end.notice}
        )  # fmt: skip
        batch.act(of, "plans.record_notice", end.told_on, who, clause="S7.12", subject=made.id, handed=True)
    if end.answered_on and end.follow_up:
        _followed(batch, of, end.answered_on, end.follow_up)
    elif end.answered_on:
        made = batch.fact(
            of, FollowUp, end.answered_on, who, state=FollowUpState.DECLINED, texts={"words": end.declined}
        )
        batch.act(of, "plans.decline_follow_up", end.answered_on, who, clause="S7.11", subject=made.id)
    if of.story.closed_on and of.story.closed_by:
        day, by = of.story.closed_on, of.story.closed_by
        made = batch.fact(of, CaseEnd, day, by, texts={"evidence": end.closed})
        batch.act(of, "plans.close_case", day, by, role=Role.COORDINATOR, clause="S7.12", subject=made.id)


def _followed(batch: Batch, of: Written, day: dt.date, told: FollowStory) -> None:
    who = worker(of)
    row = batch.fact(
        of, FollowUp, day, who, state=FollowUpState.AGREED, way=told.way, every_days=told.every_days,
        review_on=told.review_on, hour_from=told.hours[0], hour_to=told.hours[1],
        texts={"method": told.method, "never": told.never},
    )  # fmt: skip
    batch.act(of, "plans.agree_follow_up", day, who, clause="S7.11", subject=row.id, way=told.way)
    if told.contact_on:
        made = batch.fact(
            of, FollowUpContact, told.contact_on, who, follow_up=row, direction=Direction.OUTGOING, way=told.way,
            hour=told.hours[0] + 2, texts={"note": told.note},
        )  # fmt: skip
        batch.act(
            of, "plans.record_contact", told.contact_on, who, clause="S7.11", subject=made.id, direction="outgoing",
            way=told.way, reached=True,
        )  # fmt: skip
