"""Told in a process of its own: every sealed text of cases and plans, filled with a canary by the real acts."""

import contextlib
import datetime as dt
from dataclasses import replace

from django.apps import apps

from gza.cases import actions as cases
from gza.cases import queries
from gza.cases.actions.intake import Paper
from gza.cases.coded import Coded
from gza.cases.enums import (
    Answer,
    AnswerForm,
    Domain,
    EmergencyGround,
    EmergencyKind,
    Place,
    Priority,
    Recovery,
    RepresentativeKind,
    Scope,
    SignatureForm,
    StatusBody,
    StatusKind,
    WithdrawalForm,
)
from gza.cases.inputs import NeedInput, PersonInput, PrimaryNeedInput, RepresentativeInput
from gza.cases.models import Case, ConsentScope, RehabilitationService, StatusDecision
from gza.core import clock
from gza.documents import plan, press
from gza.law import reporting
from gza.law.stages import Stage
from gza.ledger.work import Refused
from gza.plans import actions as plans
from gza.plans import bulk
from gza.plans.actions import ItemInput
from gza.vault.fields import SealedField
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago, scan, signature
from tests.plans import asking, canary_end, factories, purse, second_half, signed
from tests.plans.test_bulk import story

LATE = {"happened_on": days_ago(30)}


def sealed() -> dict[str, tuple[type, str]]:
    """Every sealed column of the two apps, by its label."""
    return {
        field.label: (model, field.name)
        for app in ("cases", "plans")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    }


def empty() -> list[str]:
    """Labels of which not a single row has a text: nothing was proved of them."""
    return sorted(
        label
        for label, (model, name) in sealed().items()
        if not model._default_manager.filter(**{f"{name}__isnull": False}).exists()
    )


def tell(*, word: str, born: str) -> list[str]:
    """Fill everything with the word; what stayed empty."""
    world = World()
    person = PersonInput(**dict.fromkeys(PersonInput.__dataclass_fields__, word))
    person = replace(person, birth_date=dt.date.fromisoformat(born), email=f"{word}@example.org")
    arrival = world.arrival(person=person, account=word, coded=Coded(year_of_birth=int(born[:4])))
    case = cases.open_case(arrival=arrival, happened_on=days_ago(60), reason=word, by=world.worker.who)
    _people(world, case, word)
    _road(world, case.id, word)
    _plan(world, case.id, word)
    _afterwards(world, case.id, word)
    _money(world, word)
    _final(world, word)
    _year(world, word)
    canary_end.tell(world, word)
    paper = Paper(file_number=word, evidence=word, balance=0, scan=replace(scan(), name=f"{word}.pdf"))
    cases.take_over(arrival=arrival, paper=paper, happened_on=days_ago(9), reason=word, by=world.coordinator.who)
    told = story(world, Stage.REQUESTS, person=person, account=word, interpreter=word)
    bulk.write([told], by=world.coordinator.who)
    cases.check_duplicates(person=person, by=world.other.who)
    cases.search_names(text=word, by=world.coordinator.who)
    with contextlib.suppress(ValueError):
        cases.search_own(text=word * 40, by=world.worker.who)
    return empty()


def _people(world: World, case: Case, word: str) -> None:
    case_id = case.id
    who = RepresentativeInput(RepresentativeKind.CARER, word, word, word)
    common = {"case_id": case_id, "reason": word, "by": world.worker.who, **LATE}
    row = cases.add_representative(who=who, **common)
    cases.check_representative(representative_id=row.id, conflict=False, note=word, **common)
    cases.record_story(text=word, **common)
    cases.record_circumstance(kind="shelter", value=True, note=word, **common)
    cases.record_emergency_help(
        case_id=case_id, ground=EmergencyGround.HEALTH, kind=EmergencyKind.MEDICAL,
        given_at=clock.now() - dt.timedelta(days=30), given_by=word, description=word, reason=word,
        by=world.worker.who,
    )  # fmt: skip
    for texts in ({"last_name": f"{word}ი"}, {"contact_rule": word}):
        cases.correct(case_id=case_id, row=queries.person_of(case), why=word, texts=texts, by=world.worker.who)
    profile = queries.profile_of(case)
    cases.correct(case_id=case_id, row=profile, why=word, texts={"coded": Coded().text()}, by=world.worker.who)


def _road(world: World, case_id: object, word: str) -> None:
    late = {"reason": word, **LATE}
    cases.ask_status(case_id=case_id, **late, by=world.worker.who)
    kinds = {"kind": StatusKind.STATUTORY_VICTIM, "body": StatusBody.LAW_ENFORCEMENT}
    named = replace(scan(), name=f"{word}.pdf", data=b"%PDF-1.7 " + word.encode())
    on_cases.grant(world, case_id, document_number=word, scan=named, **late)
    second = on_cases.grant(world, case_id, document_number=word, **kinds, **late)
    cases.annul_status(
        case_id=case_id, decision_id=second.id, why=word, document_number=word, **late, by=world.coordinator.who
    )
    on_cases.designate(world, case_id, note=word, **late)
    cases.decline_consent(case_id=case_id, scope=Scope.REHABILITATION, words=word, **late, by=world.worker.who)
    marked = signature(form=SignatureForm.MARK, strokes=word, witness=word, scan=named)
    on_cases.consent(world, case_id, signature=marked, wording=word, **late)
    need = PrimaryNeedInput(Recovery.MENTAL, word)
    on_cases.primary(world, case_id, needs=[need], summary=word, **late)
    asked = cases.request_rehabilitation_service(
        case_id=case_id, service_type="medical", organisation_id=world.clinic.id, place=Place.SHELTER, purpose=word,
        **late, by=world.worker.who,
    )  # fmt: skip
    cases.record_provider_answer(
        case_id=case_id, service_id=asked.id, answer=Answer.PARTLY, form=AnswerForm.LETTER, name=word, why=word,
        scan=named, **late, by=world.worker.who,
    )  # fmt: skip
    cases.record_service_given(
        case_id=case_id, service_type="medical", organisation_id=world.clinic.id, place=Place.SHELTER, note=word,
        request_id=asked.id, **late, by=world.worker.who,
    )  # fmt: skip
    on_cases.explain(world, case_id, language=word, interpreter=word, words=word, **late)
    on_cases.consent(world, case_id, Scope.REINTEGRATION, wording=word, organisations=[world.ngo.id], **late)
    for domain in (Domain.WORK, Domain.SOCIAL):
        need = NeedInput(domain, word, Priority.NECESSARY, word)
        row = cases.record_need(case_id=case_id, need=need, **late, by=world.worker.who)
    cases.drop_need(case_id=case_id, need_id=row.id, why=word, **late, by=world.worker.who)


def _plan(world: World, case_id: object, word: str) -> None:
    late = {"reason": word, **LATE}
    version = plans.draft_initial_plan(case_id=case_id, **late, by=world.worker.who)
    item = replace(factories.items(case_id)[0], detail=word, reason=word)
    factories.fill(world, case_id, version, items=[item, ItemInput(detail=word)], aim=word)
    with contextlib.suppress(Refused):
        factories.submit(world, case_id, **late)
    factories.fill(world, case_id, version, items=[item], aim=word)
    factories.submit(world, case_id, **late)
    factories.give_back(world, case_id, word, **late)
    plans.new_draft(case_id=case_id, by=world.worker.who)
    factories.submit(world, case_id)
    factories.agree(world, case_id, words=word)
    _requests(world, case_id, word)


def _requests(world: World, case_id: object, word: str) -> None:
    case = Case.objects.get(id=case_id)
    nino, _colleague = asking.focal_persons(world, world.clinic)
    asking.offer(world, world.clinic)
    asking.consents(world, case_id, world.clinic, identity=True)
    tell = replace(asking.TELL, name=True, telephone=True)
    asked = asking.ask(world, case, world.clinic, tell=tell, note=word)
    plans.see_request(request_id=asked.id, by=nino.who)
    asking.answer(nino, asked, "partly", covers=(1, 2), words=word)
    plans.record_own_delivery(request_id=asked.id, note=word, reason=word, by=nino.who)
    paper = asking.ask(world, case, reason=word)
    named = replace(scan(), name=f"{word}.pdf", data=b"%PDF-1.7 " + word.encode())
    asking.record(world, paper, "accepted", channel="letter", name=word, words=word, scan=named)
    plans.withdraw_request(case_id=case_id, request_id=paper.id, why=word, by=world.worker.who)
    plans.set_offer_aside(
        case_id=case_id, origin_id=asking.item(case).id, organisation_id=world.ngo.id, ground="wish", why=word,
        reason=word, by=world.worker.who,
    )  # fmt: skip


def _final(world: World, word: str) -> None:
    """A final plan with a need unmet, agreed, taken back, signed; a copy held; an amendment dropped."""
    case = signed.ready(world, needs=2, secured=False)
    signed.answered(world, factories.newest(case.id).items.order_by("position").first())
    late = {"happened_on": days_ago(0), "reason": word}
    version = signed.begin(world, case.id, **late)
    one, two = signed.entered(world, version, detail=word, reason=word, change=word)
    lacks = replace(two, proof=None, source="unmet", tried=word, pursued_by=word, review_on=clock.today(),
                    starts_on=None, ends_on=None)  # fmt: skip
    signed.fill(world, version, [one, lacks], aim=word)
    signed.submit(world, case.id, **late)
    signed.give_back(world, case.id, word, **late)
    plans.new_draft(case_id=case.id, by=world.worker.who)
    signed.submit(world, case.id)
    signed.agree(world, case.id, words=word, **late)
    plans.rework_final(case_id=case.id, version_id=factories.newest(case.id).id, why=word, by=world.worker.who)
    signed.submit(world, case.id)
    signed.agree(world, case.id, words=word)
    named = replace(scan(), name=f"{word}.pdf", data=b"%PDF-1.7 " + word.encode())
    marked = plans.Signed(SignatureForm.MARK, word, named, word)
    signed.sign(world, case.id, signed=marked, **late)
    signed.sign(world, case.id, "worker", signed=plans.Signed(SignatureForm.SCREEN, word))
    row = factories.newest(case.id)
    plans.record_copy(case_id=case.id, version_id=row.id, outcome="held", note=word, **late, by=world.worker.who)
    amended = signed.amend(world, case.id, why=word, **late)
    plans.drop_amendment(case_id=case.id, version_id=amended.id, why=word, by=world.worker.who)


def _year(world: World, word: str) -> None:
    made = second_half.run(world, starts_on=reporting.first(days_ago(40)))
    case_id = made.case.id
    month = reporting.first(made.version.starts_on)
    late = {"reason": word, "happened_on": reporting.end_of(month), "by": world.worker.who}
    money = {"case_id": case_id, "what": word, "document": word, "scan": replace(scan(), name=f"{word}.pdf"), **late}
    paid = plans.record_payment(commitment_id=made.commitments[0].id, amount=1_00, **money)
    plans.record_invoice(amount=2_00, **money)
    plans.correct_expenditure(case_id=case_id, row_id=paid.id, why=word, what=f"{word}2", by=world.worker.who)
    given = {"case_id": case_id, "service_type": "employment", "note": word, **late}
    row = plans.record_delivery(item_id=made.items[0].id, **given)
    plans.correct_delivery(case_id=case_id, row_id=row.id, why=word, note=f"{word}3", by=world.worker.who)
    texts = {"case_id": case_id, "work_done": word, "outlook": word}
    sent = plans.send_report(month=month, **texts, **late)
    plans.correct_report(report_id=sent.id, why=word, **texts, by=world.worker.who)
    items = [plan.Item(item, word, word) for item in made.items]
    told = plan.Told(made.version, word, items, aim=word, name=word, worker=word)
    assert press.pdf(plan.paper(told, "ka", to_sign=True)).startswith(b"%PDF")


def _money(world: World, word: str) -> None:
    """A sum refused, asked for again, worked out, granted, given back; each with words about the day it was entered."""
    purse.ready(world)
    row = purse.considered(world, wanted=None, service="documents")[0]
    common = {"case_id": row.case_id, "by": world.worker.who}
    purse.decide(world, row, "refused", reasons=word)
    row = plans.ask_for_money(origin_id=row.origin_id, why=word, reason=word, **common)
    row = plans.set_wanted_sum(consideration_id=row.id, wanted=500, grounds=word, payee_name=word, **common)
    made = purse.decide(world, row, reasons=word, terms=word, reason=word)
    plans.release(
        case_id=row.case_id,
        commitment_id=made.commitment.id,
        amount=5,
        reasons=word,
        reason=word,
        by=world.director.who,
    )


def _afterwards(world: World, case_id: object, word: str) -> None:
    cases.hand_over(case_id=case_id, worker_id=world.other.id, note=word, by=world.coordinator.who)
    stranger = world.member("coordinator")
    cases.shut_out(
        case_id=case_id, user_id=stranger.id, ground="other", words=word, reason=word, by=world.coordinator.who, **LATE
    )
    cases.let_in(case_id=case_id, user_id=stranger.id, words=word, by=world.director.who)
    cases.open_outside_work(case_id=case_id, why=word, minutes_since_sign_in=1, by=world.coordinator.who)
    scopes = list(ConsentScope.objects.filter(case=case_id, withdrawn_on=None).values_list("id", flat=True))
    plans.withdraw_consent(
        case_id=case_id, scope_ids=scopes, form=WithdrawalForm.ORAL, words=word, reason=word, by=world.other.who, **LATE
    )
    status = StatusDecision.objects.get(case=case_id, annulled_on=None, superseded=False)
    texts = {"document_number": f"{word}2"}
    cases.correct(case_id=case_id, row=status, why=word, texts=texts, by=world.coordinator.who)
    flag = queries.flags(case_id)[0]
    cases.resolve_flag(case_id=case_id, flag_id=flag.id, how=word, by=world.coordinator.who)
    assert RehabilitationService.objects.get(case=case_id).state == "stopped"
