"""Walks one story through the very acts of the product, each on its day."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases import actions
from gza.cases.actions.consent import Signature
from gza.cases.actions.intake import Arrival
from gza.cases.actions.needs import NeedInput, PrimaryNeedInput
from gza.cases.enums import Place, Scope, SignatureForm, StatusBody, StatusKind, Topic
from gza.cases.models import Case, Need
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.directory.models import Organisation
from gza.law.stages import Stage
from gza.plans import actions as plans
from gza.plans.actions import ItemInput
from gza.plans.models import PlanVersion

from . import asking, finale, funds, year
from .after import Ending
from .chance import likely
from .stories import STOPS, Story

STROKES = "M4 30C18 4 30 4 34 26S52 44 62 14 86 8 96 32"
_WORDING = {
    Scope.REHABILITATION: "ამიხსნეს და თანახმა ვარ, მივიღო სამედიცინო და ფსიქოლოგიური დახმარება.",
    Scope.REINTEGRATION: "ამიხსნეს რეინტეგრაციის მნიშვნელობა და პროცედურები და თანახმა ვარ მონაწილეობაზე.",
}


@dataclass
class Walker:
    """Who walks: coordinator, worker, the provider's focal person, director; and the clock of this story."""

    story: Story
    coordinator: Callable[[], Principal]
    worker: Callable[[], Principal]
    focal: Callable[[], Principal]
    director: Callable[[], Principal]
    providers: list[Organisation]
    rng: random.Random
    today: dt.date

    def walk(self) -> Case:
        """Everything up to the story's stage."""
        day, case = self.story.began, None
        for place, (stop, wait) in enumerate(zip([None, *STOPS], self.story.pace, strict=False)):
            day = min(add_working_days(day, wait), self.today)
            hour = 9 + (place * 2 + len(self.story.told)) % 9
            moment = dt.datetime.combine(day, dt.time(hour, (place * 17) % 60), clock.TBILISI)
            with clock.pretend(min(moment, clock.now())):
                if stop is None:
                    case = self._receive()
                elif case is not None:
                    self._step(stop, case)
        if case is None:
            raise AssertionError("every story begins")
        case.refresh_from_db()
        if self.story.stage == Stage.REQUESTS:
            self._on(min(add_working_days(day, 1), self.today), lambda: self._seeker(case).some())
        if case.in_force_on is not None:
            self._live(case)
        return case

    def _live(self, case: Case) -> None:
        ending = Ending(case, self.story.stage, self.worker, self.coordinator, self.director, self.rng, self.today)
        until = min(ending.last_day(), self.today)
        year.tell(case, worker=self.worker, coordinator=self.coordinator, rng=self.rng, today=until)
        if self.story.stage == Stage.RUNNING and likely(self.rng, 0.3):  # a third change on the way
            self._on(until, lambda: finale.change(case, worker=self.worker, strokes=STROKES, rng=self.rng))
        ending.tell()

    def _on(self, day: dt.date, act: Callable[[], None]) -> None:
        with clock.pretend(min(dt.datetime.combine(day, dt.time(12, 50), clock.TBILISI), clock.now())):
            act()

    def _seeker(self, case: Case) -> asking.Seeker:
        case.refresh_from_db()
        body = self.focal().organisation_id
        seeker = asking.Seeker(case, self.worker, self.focal, body, self.story.language, STROKES, self.rng)
        if self.story.stage == Stage.FUNDING:  # what is to lie before the director nobody else may give
            seeker.luck = 0.0
        return seeker

    def _receive(self) -> Case:
        story = self.story
        arrival = Arrival(
            person=story.person, coded=story.coded, region=story.office, presumed=story.presumed, account=story.told,
            in_shelter=story.in_shelter, cooperates=story.cooperates,
        )  # fmt: skip
        return actions.open_case(arrival=arrival, by=self.coordinator())

    def _step(self, stop: Stage, case: Case) -> None:
        steps: dict[Stage, Callable[[Case], object]] = {
            Stage.PRESUMED: self._ask,
            Stage.STATUS: self._grant,
            Stage.DESIGNATION: self._designate,
            Stage.REHABILITATION_CONSENT: lambda case: self._consent(case, Scope.REHABILITATION),
            Stage.PRIMARY_NEEDS: self._primary,
            Stage.EXPLANATION: self._explain,
            Stage.REINTEGRATION_CONSENT: lambda case: self._consent(case, Scope.REINTEGRATION),
            Stage.NEEDS: self._needs,
            Stage.INITIAL_PLAN: self._draft,
            Stage.SUBMITTED: self._submit,
            Stage.AGREED: self._agree,
            Stage.REQUESTS: lambda case: self._seeker(case).all(),
            Stage.FUNDING: lambda case: funds.decide(case, worker=self.worker, director=self.director, rng=self.rng),
            Stage.FINAL_PLAN: self._final,
            Stage.SIGNATURES: self._sign,
        }
        if stop in steps:  # the year and what comes after it are told when the way to it is walked
            steps[stop](case)

    def _ask(self, case: Case) -> None:
        if self.story.presumed:
            actions.ask_status(case_id=case.id, by=self.coordinator())

    def _grant(self, case: Case) -> None:
        for kind in self.story.kinds:
            body = StatusBody.PERMANENT_GROUP if kind == StatusKind.VICTIM else StatusBody.LAW_ENFORCEMENT
            actions.record_status(
                case_id=case.id, kind=kind, body=body, document_number=f"{self.rng.randint(1, 60)}-{clock.today():%y}",
                by=self.coordinator(),
            )  # fmt: skip

    def _designate(self, case: Case) -> None:
        actions.designate(case_id=case.id, worker_id=self.worker().id, by=self.coordinator())

    def _consent(self, case: Case, scope: Scope) -> None:
        actions.give_consent(
            case_id=case.id, scope=scope, signature=Signature(form=SignatureForm.SCREEN, strokes=STROKES),
            language=self.story.language, wording=_WORDING[scope], by=self.worker(),
        )  # fmt: skip

    def _primary(self, case: Case) -> None:
        needs = [PrimaryNeedInput(recovery, text, urgent=index == 0) for index, (recovery, text) in
                 enumerate(self.story.primary)]  # fmt: skip
        actions.record_primary_needs(case_id=case.id, needs=needs, by=self.worker())
        if self.providers and likely(self.rng, 0.7):  # most ask for help at once
            actions.request_rehabilitation_service(
                case_id=case.id, service_type=self.rng.choice(("medical", "psychological")),
                organisation_id=self.rng.choice(self.providers).id, place=Place.OUTSIDE, by=self.worker(),
            )  # fmt: skip

    def _explain(self, case: Case) -> None:
        foreign = self.story.language not in {"ka", "en"}
        actions.record_explanation(
            case_id=case.id, topics=list(Topic), language=self.story.language,
            interpreter="თარჯიმანი სააგენტოდან" if foreign else "", minutes=self.rng.randint(25, 70), by=self.worker(),
        )  # fmt: skip

    def _needs(self, case: Case) -> None:
        for one in self.story.needs:
            need = NeedInput(one.domain, one.text, one.priority, one.why)
            actions.record_need(case_id=case.id, need=need, by=self.worker())

    def _draft(self, case: Case) -> None:
        version = plans.draft_initial_plan(case_id=case.id, by=self.worker())
        self._fill(case, version)

    def _fill(self, case: Case, version: PlanVersion) -> None:
        needs = Need.objects.filter(case=case, superseded=False, dropped_on=None).order_by("recorded_at", "id")
        items = []
        for need, one in zip(needs, self.story.needs, strict=True):
            first = self.rng.randint(1, 5)
            items.append(
                ItemInput(
                    need_id=need.id, service_type=one.service, provider_kind="ngo", priority=one.priority,
                    month_from=first, month_to=min(12, first + self.rng.randint(1, 7)), detail=one.text, reason=one.why,
                )
            )  # fmt: skip
        plans.set_items(
            case_id=case.id, version_id=version.id, items=items, months=12, aim="დამოუკიდებელი ცხოვრება",
            by=self.worker(),
        )  # fmt: skip

    def _submit(self, case: Case) -> None:
        version = PlanVersion.objects.filter(case=case).order_by("-number")[0]
        plans.submit(case_id=case.id, version_id=version.id, by=self.worker())
        if self.story.returned and self.story.stage != Stage.AGREED:
            plans.return_with_reasons(
                case_id=case.id, version_id=version.id, reasons="მიუთითეთ, რატომ არის კურსი აუცილებელი.",
                by=self.coordinator(),
            )  # fmt: skip
            again = plans.new_draft(case_id=case.id, by=self.worker())
            self._fill(case, again)
            plans.submit(case_id=case.id, version_id=again.id, by=self.worker())

    def _agree(self, case: Case) -> None:
        version = PlanVersion.objects.filter(case=case).order_by("-number")[0]
        plans.agree(case_id=case.id, version_id=version.id, by=self.coordinator())
        funds.work_out(case, worker=self.worker, rng=self.rng)

    def _final(self, case: Case) -> None:
        finale.agree(case, worker=self.worker, coordinator=self.coordinator, rng=self.rng)

    def _sign(self, case: Case) -> None:
        finale.sign(case, worker=self.worker, strokes=STROKES, rng=self.rng)
