"""Random acts on real cases, through the very actions, from the agreed initial plan to after the end.

``Walk`` tries acts in any order; a refused act must have changed nothing. It remembers in plain words what consents
stand, so that what must hold is not asked of the law that is under test.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404

from gza.cases import actions as cases
from gza.cases.enums import Scope, SignatureForm, StatusBody, StatusKind, WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import Case, ConsentScope, StatusDecision
from gza.core import clock
from gza.core.calendar import last_day
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.ledger.work import Refused
from gza.plans import actions, queries
from gza.plans.actions import Signed
from gza.plans.actions.final_items import as_entered
from gza.plans.enums import Signatory
from gza.plans.models import (
    CaseEnd,
    Commitment,
    Consideration,
    PlanVersion,
    ServiceRequest,
    TerminationRequest,
    Violation,
)
from gza.plans.queries import requests
from tests.cases import factories as on_cases
from tests.cases.factories import Member, World
from tests.plans import asking, endings, factories, mirrors, purse
from tests.plans.signed import STROKES

START = dt.datetime(2024, 1, 8, 12, tzinfo=clock.TBILISI)
DAY = dt.timedelta(days=1)
LONGEST = 300 * DAY
"""How far the walk goes: the people's certificates are good for no longer."""


NEXT: dict[str, tuple[str, ...]] = {
    Stage.REINTEGRATION_CONSENT: ("consent",),
    Stage.INITIAL_PLAN: ("begin",),
    Stage.SUBMITTED: ("begin",),
    Stage.AGREED: ("agree_or_return",),
    Stage.REQUESTS: ("consent", "ask", "answer", "answer", "aside"),
    Stage.FUNDING: ("decide",),
    Stage.FINAL_PLAN: ("draw_up", "draw_up", "agree_or_return"),
    Stage.SIGNATURES: ("sign",),
    Stage.RUNNING: ("amend", "draw_up", "sign", "sign", "report", "release_or_pay", "request_end"),
    Stage.COMPLETION: ("after",),
    Stage.FOLLOW_UP: ("after",),
    Stage.ENDED: ("after",),
}
"""What moves a case on from where it stands."""


FACTS = {"deliver", "withdraw"}
"""What is recorded whatever the rules say (G1)."""


class Walk:
    """A Fund with two cases of what may be one person, and everything that may be tried on them."""

    def __init__(self, seed: int) -> None:
        self.rng, self.moment = random.Random(seed), START
        self.seen: Counter[str] = Counter()
        self.told: list[str] = []
        with clock.pretend(self.moment):
            self.world = World()
            endings.reachable(self.world)
            endings.empower(self.world.director)
            purse.budget(allotted=8_000_00)
            bodies = (self.world.ngo, self.world.clinic)
            asking.offer(self.world, *bodies)
            self.cases = [self._agreed() for _ in range(2)]

    def _agreed(self) -> Case:
        case = factories.road_to(self.world, Stage.NEEDS)
        for priority in ("necessary", "desired"):
            on_cases.need(self.world, case.id, priority=priority)
        factories.draft(self.world, case.id)
        factories.submit(self.world, case.id)
        factories.agree(self.world, case.id, offered=False)
        return case

    def step(self, name: str) -> None:
        """One act on one of the cases, ``advance`` being what moves it on; refused, it leaves everything as it was."""
        case = self.rng.choice(self.cases)
        case.refresh_from_db()
        if name == "advance":
            name = self.rng.choice(NEXT[case.stage])
        before = self._state()
        self.told.append(f"{self.moment:%d.%m} {case.code} {name}")
        with clock.pretend(self.moment):
            try:
                getattr(self, name)(case)
                self.seen[name] += 1
            except (Refused, Stale, Http404) as refused:
                said = refused.denied.code if isinstance(refused, Refused) else type(refused).__name__
                self.seen[said] += 1
                self.told[-1] += f": {said}"
            else:
                said = ""
            assert not said or self._state() == before, f"{name} was refused and changed something"
            assert not said or name not in FACTS, f"{name} was refused: {said}"
            self.check()

    @staticmethod
    def names() -> set[str]:
        """The acts."""
        return {name for name, act in vars(Walk).items() if callable(act) and name[0] != "_"}

    def _state(self) -> list[Any]:
        return [Event.objects.filter(kind=Kind.ACT).count(), *Case.objects.order_by("id").values()]

    def check(self) -> None:
        """Mirrors, counters and money are true; without consent nothing is under way; one plan in force."""
        wrong = mirrors.counters() + mirrors.money(clock.today())
        for case in self.cases:
            wrong += mirrors.differing(case)
            if not self._willing(case):
                if ServiceRequest.objects.filter(case=case, state="sent").exists():
                    wrong.append(f"{case.code}: a request goes on without consent")
                if case.considerations_open:
                    wrong.append(f"{case.code}: money is considered without consent")
            kinds = StatusDecision.objects.filter(case=case, superseded=False).values_list("kind", flat=True)
            if max(Counter(kinds).values(), default=0) > 1:
                wrong.append(f"{case.code}: one status twice")
        assert not wrong, "\n".join([*wrong, "after", *self.told[-12:]])

    # Who and what

    def _willing(self, case: Case) -> bool:
        return ConsentScope.objects.filter(case=case, scope=Scope.REINTEGRATION, withdrawn_on=None).exists()

    def worker(self, case: Case) -> Member:
        """The case's worker; whoever it was first where it has none."""
        return self.world.other if case.worker_id == self.world.other.id else self.world.worker

    def newest(self, case: Case) -> PlanVersion:
        """The newest version."""
        return factories.newest(case.id)

    def _one(self, rows: Any) -> Any:
        found = list(rows.order_by("id"))
        if not found:
            raise Http404("there is none")
        return self.rng.choice(found)

    # Time

    def time_passes(self, _case: Case) -> None:
        """Some days."""
        self.moment = min(self.moment + self.rng.randint(1, 25) * DAY, START + LONGEST)

    def clock_set_back(self, _case: Case) -> None:
        """A day."""
        self.moment = max(self.moment - DAY, START)

    def timer(self, _case: Case) -> None:
        """What the timer does."""
        actions.remind_expired()
        actions.end_disclosures()
        actions.expire_due()

    # Consent and status

    def withdraw(self, case: Case) -> None:
        """Any consent is taken back, in any state."""
        standing = list(ConsentScope.objects.filter(case=case, withdrawn_on=None).order_by("id"))
        if standing:
            ids = [self.rng.choice(standing).id]
            actions.withdraw_consent(
                case_id=case.id, scope_ids=ids, form=WithdrawalForm.ORAL, words="აღარ", by=self.world.coordinator.who
            )

    def consent(self, case: Case) -> None:
        """To reintegration, or to telling an organisation."""
        by = self.worker(case)
        if self._willing(case):
            bodies = [self.world.ngo.id, self.world.clinic.id]
            on_cases.consent(self.world, case.id, None, organisations=bodies, by=by)
        else:
            on_cases.consent(self.world, case.id, Scope.REINTEGRATION, by=by)

    def status(self, case: Case) -> None:
        """A second status, or the same one again."""
        kind = self.rng.choice([StatusKind.VICTIM, StatusKind.STATUTORY_VICTIM])
        body = StatusBody.PERMANENT_GROUP if kind == StatusKind.VICTIM else StatusBody.LAW_ENFORCEMENT
        on_cases.grant(self.world, case.id, kind=kind, body=body)

    def hand_over(self, case: Case) -> None:
        """To the other worker."""
        to = self.world.worker if case.worker_id == self.world.other.id else self.world.other
        cases.hand_over(case_id=case.id, worker_id=to.id, by=self.world.coordinator.who)

    # The initial plan, again after a later plan was decided

    def begin(self, case: Case) -> None:
        """The next act on an initial plan, whatever it is."""
        by, row = self.worker(case).who, self.newest(case)
        if row is None or row.plan.ended_on is not None:
            actions.draft_initial_plan(case_id=case.id, by=by)
        elif row.state == "returned":
            actions.new_draft(case_id=case.id, by=by)
        elif self.rng.random() < 0.5:
            actions.set_items(case_id=case.id, version_id=row.id, items=factories.items(case.id), months=12, by=by)
        else:
            actions.submit(case_id=case.id, version_id=row.id, by=by)

    def agree_or_return(self, case: Case) -> None:
        """The Fund's answer to whatever lies with it."""
        row, by = self.newest(case), self.world.coordinator.who
        asked: dict[str, Any] = {"case_id": case.id, "version_id": row.id, "by": by}
        final = row.kind == "final"
        if self.rng.random() < 0.7:
            (actions.agree_final if final else actions.agree)(words="ვეთანხმებით", **asked)
        else:
            (actions.return_final if final else actions.return_with_reasons)(reasons="დააზუსტეთ", **asked)

    # Providers

    def ask(self, case: Case) -> None:
        """One of the two organisations, for one of the items."""
        body = self.rng.choice([self.world.ngo, self.world.clinic])
        item = self.rng.choice(queries.standing_items(case) or [None])
        if item is None:
            raise Http404("no item stands")
        actions.ask_provider(
            case_id=case.id, origin_id=item.origin, organisation_id=body.id, tell=asking.TELL, by=self.worker(case).who
        )

    def answer(self, case: Case) -> None:
        """An answer, whole, in part, or no."""
        row = self._one(ServiceRequest.objects.filter(case=case))
        said = self.rng.choice(["accepted", "accepted", "partly", "declined"])
        covers = (row.month_from, row.month_from) if said == "partly" else None
        actions.record_answer(
            case_id=case.id, request_id=row.id, answer=said, channel="telephone", name="ლია", words="მიზეზი",
            covers=covers, by=self.worker(case).who,
        )  # fmt: skip

    def take_back_or_certify(self, case: Case) -> None:
        """A request is withdrawn, or its silence certified."""
        row = self._one(ServiceRequest.objects.filter(case=case))
        if self.rng.random() < 0.5:
            actions.withdraw_request(case_id=case.id, request_id=row.id, by=self.worker(case).who)
        else:
            actions.certify_unanswered(case_id=case.id, request_id=row.id, by=self.world.coordinator.who)

    def aside(self, case: Case) -> None:
        """An offer is set aside, or nobody is left."""
        found = requests.seeking(case)
        if not found:
            raise Http404("nothing is sought")
        line, by = self.rng.choice(found), self.worker(case).who
        asked: dict[str, Any] = {"case_id": case.id, "origin_id": line.item.id, "by": by}
        if line.untried:
            body = line.untried[0]["organisation"]["id"]
            actions.set_offer_aside(organisation_id=body, ground="distance", why="შორს არის", **asked)
        else:
            actions.account_for(**asked)

    # Money

    def ask_for_money(self, case: Case) -> None:
        """For an item, with something new."""
        item = self.rng.choice(queries.standing_items(case) or [None])
        if item is None:
            raise Http404("no item stands")
        actions.ask_for_money(case_id=case.id, origin_id=item.origin, why="ახალი გარემოება", by=self.worker(case).who)

    def decide(self, case: Case) -> None:
        """Worked out and decided, up to a tetri too much."""
        row = self._one(Consideration.objects.filter(case=case, superseded=False))
        if row.wanted is None:
            actions.set_wanted_sum(
                case_id=case.id, consideration_id=row.id, wanted=self.rng.choice([400_00, 1_500_00, 2_000_00]),
                grounds="სამი ფასი", payee_name="კოლეჯი", by=self.worker(case).who,
            )  # fmt: skip
            row.refresh_from_db()
            return
        outcome = self.rng.choices(["granted", "deferred", "refused"], [6, 1, 1])[0]
        amount = 0 if outcome == "refused" else row.wanted + self.rng.choice([0, 0, 0, 1, -row.wanted, -row.wanted - 1])
        purse.decide(self.world, row, outcome, amount)

    def release_or_pay(self, case: Case) -> None:
        """Of a commitment, up to a tetri too much."""
        row = self._one(Commitment.objects.filter(case=case, superseded=False))
        left = row.amount - row.released - row.spent
        amount = self.rng.choice([left, left + 1, left // 2, 0])
        if self.rng.random() < 0.4:
            purse.give_back(self.world, row, amount)
        else:
            actions.record_payment(
                case_id=case.id, commitment_id=row.id, amount=amount, what="საფასური", by=self.world.coordinator.who
            )

    # The final plan

    def draw_up(self, case: Case) -> None:
        """The next act on a final plan: begin it, write its draft (an amendment's too), hand it on."""
        by, row = self.worker(case).who, self.newest(case)
        if row.kind == "initial":
            actions.begin_final(case_id=case.id, starts_on=clock.today() + self.rng.randint(0, 5) * DAY, by=by)
        elif row.state == "returned":
            actions.new_draft(case_id=case.id, by=by)
        elif self.rng.random() < 0.5:
            self._write(row, by)
        else:
            act = actions.fix_amendment if row.ground else actions.submit_final
            act(case_id=case.id, version_id=row.id, by=by)

    def _write(self, row: PlanVersion, by: Any) -> None:
        first = row.starts_on if row.ground else max(row.starts_on, clock.today())
        last = row.ends_on if row.ground else last_day(first, 12)
        ids = row.items.order_by("position").values_list("id", flat=True)
        items = [
            replace(one, id=id_, change="შეიცვალა") for one, id_ in zip(as_entered(row, by.ring), ids, strict=True)
        ]
        items = [replace(one, starts_on=first, ends_on=last) for one in items]
        for place, one in enumerate(items):
            bare = replace(one, starts_on=None, ends_on=None)
            if one.proof or one.source:
                continue
            if one.priority == "necessary":
                review = clock.today() + 30 * DAY
                items[place] = replace(bare, source="unmet", tried="ვკითხეთ", pursued_by="მუშაკი", review_on=review)
            else:
                items[place] = replace(bare, source="out")
        actions.set_final(case_id=row.case_id, version_id=row.id, items=items, starts_on=first, ends_on=last, by=by)

    def sign(self, case: Case) -> None:
        """One of the two; now and then under another version's fingerprint."""
        row = queries.to_sign(case) or self.newest(case)
        read = bytes(row.fingerprint or b"") if self.rng.random() < 0.9 else b"another"
        actions.sign(
            case_id=case.id, version_id=row.id, who=self.rng.choice([Signatory.BENEFICIARY, Signatory.WORKER]),
            signed=Signed(SignatureForm.SCREEN, STROKES), read=read, language="ka", by=self.worker(case).who,
        )  # fmt: skip

    def rework(self, case: Case) -> None:
        """The agreed plan is taken back."""
        by = self.worker(case).who
        actions.rework_final(case_id=case.id, version_id=self.newest(case).id, why="სხვაგვარად", by=by)

    def amend(self, case: Case) -> None:
        """The plan in force changes."""
        actions.begin_amendment(case_id=case.id, ground="needs", why="სამუშაო იპოვა", by=self.worker(case).who)

    def drop(self, case: Case) -> None:
        """An amendment is dropped."""
        actions.drop_amendment(case_id=case.id, version_id=self.newest(case).id, by=self.worker(case).who)

    # The year

    def deliver(self, case: Case) -> None:
        """A service was given, whatever the rules say."""
        actions.record_delivery(case_id=case.id, service_type="employment", by=self.world.coordinator.who)

    def report(self, case: Case) -> None:
        """On the month before."""
        month = (clock.today().replace(day=1) - DAY).replace(day=1)
        actions.send_report(case_id=case.id, month=month, work_done="ვიმუშავეთ", by=self.worker(case).who)

    # The end and after

    def request_end(self, case: Case) -> None:
        """In writing; then answered."""
        waiting = TerminationRequest.objects.filter(case=case, answered_on=None).first()
        if waiting is None:
            actions.record_end_request(
                case_id=case.id, changed_need="სამუშაო", words="გთხოვთ", by=self.worker(case).who
            )
            return
        actions.answer_end_request(
            case_id=case.id, request_id=waiting.id, granted=self.rng.random() < 0.7, reasons="ასე ჯობს",
            by=self.world.director.who,
        )  # fmt: skip

    def violation(self, case: Case) -> None:
        """Recorded, heard, warned of; in the end the plan ends for it."""
        by, director = self.worker(case).who, self.world.director.who
        rows = list(Violation.objects.filter(case=case).order_by("recorded_at"))
        if len(rows) < 2:
            actions.record_violation(case_id=case.id, description="ავეჯი", gross=True, by=by)
        elif self.rng.random() < 0.4:
            actions.hear(case_id=case.id, violation_id=self.rng.choice(rows).id, words="ვნანობ", by=by)
        elif self.rng.random() < 0.5:
            actions.warn(case_id=case.id, violation_id=rows[0].id, words="გაფრთხილება", by=director)
        else:
            actions.end_for_violation(case_id=case.id, reasons="ორჯერ", by=director)

    def end_in_fact(self, case: Case) -> None:
        """By two people."""
        waiting = CaseEnd.objects.filter(case=case, confirmed_on=None, withdrawn_on=None).first()
        who = self.rng.choice([self.world.coordinator, self.world.director]).who
        if waiting is None:
            actions.record_end_in_fact(case_id=case.id, ground="departure", evidence="ბილეთი", by=who)
        elif self.rng.random() < 0.5:
            actions.confirm_end_in_fact(case_id=case.id, end_id=waiting.id, by=who)
        else:
            actions.withdraw_end_in_fact(case_id=case.id, end_id=waiting.id, why="დაბრუნდა", by=who)

    def after(self, case: Case) -> None:
        """Told, followed up, closed, opened again, planned again: one of it."""
        worker, fund = self.worker(case).who, self.world.coordinator.who
        acts: list[Callable[[], Any]] = [
            lambda: actions.record_notice(case_id=case.id, handed=True, text=endings.NOTICE, how="ხელზე", by=worker),
            lambda: actions.agree_follow_up(case_id=case.id, agreement=endings.agreement(), by=worker),
            lambda: actions.decline_follow_up(case_id=case.id, by=worker),
            lambda: actions.end_follow_up(case_id=case.id, by=worker),
            lambda: actions.close_case(case_id=case.id, why="გავლილია", by=fund),
            lambda: actions.reopen_case(case_id=case.id, worker_id=self.world.other.id, why="დაბრუნდა", by=fund),
            lambda: actions.decide_later_plan(case_id=case.id, reasons="სჭირდება", by=self.world.director.who),
        ]
        self.rng.choice(acts)()

    def merge(self, case: Case) -> None:
        """The two cases are one person's, or two people's after all."""
        from gza.plans.models import Merge

        joined = Merge.objects.filter(undone_on=None).first()
        other = next(one for one in self.cases if one.id != case.id)
        by = self.world.coordinator.who
        if joined is None:
            actions.merge(case_id=case.id, other_id=other.id, reasons="ნომერი ერთია", by=by)
        else:
            actions.unmerge(case_id=joined.case_id, merge_id=joined.id, reasons="სხვა ადამიანია", by=by)
