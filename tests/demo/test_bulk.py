"""Large countries: every stop of the road, written in bulk as the acts write it, every mirror true to its rows."""

import uuid
from collections import Counter, defaultdict
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from gza.cases import queries
from gza.cases.models import Case, Caseload, StageCount
from gza.cases.steps import Place
from gza.demo import asking, build, bulk
from gza.demo.people import Cast, principal
from gza.demo.stories import STOPS
from gza.law import stages
from gza.ledger import verify
from gza.plans import content
from gza.plans.actions.provider import REPLY
from gza.plans.models import Account, BudgetLine, Commitment, Consideration, Plan, PlanVersion, ServiceRequest
from gza.plans.queries import ending, requests, running
from gza.plans.queries.final import facts_of
from gza.plans.steps import final
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from gza.vault.sealed import Sealed

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
MANY = len(STOPS) * 4
# What only chance brings into a small country, or only acts that no story of a large one tells (amendments, deferrals).
BY_CHANCE = {
    "cases.Explanation": {"interpreter", "with_interpreter"},
    "cases.Person": {"other_names"},
    "cases.RehabilitationService": {"answer", "answer_form", "answered_at", "answered_by", "answered_on", "need"},
    "plans.Consideration": {"line", "reserved"},
    "plans.FollowUp": {"never"},
    "plans.FundingDecision": {"reasons"},
    "plans.PlanCopy": {"note"},
    "plans.PlanItem": {"change"},
    "plans.PlanVersion": {"ground", "grounds"},
    "plans.ReportPart": None,
    "plans.UnmetNeed": None,
    "vault.Disclosure": {"blob", "ended_at"},
}  # fmt: skip
COUNTED = {"items_unsought", "requests_waiting", "considerations_open", "unmet", "open_flags", "funded_on"}


def _is_filled(value: Any) -> bool:
    return isinstance(value, Sealed) or value not in (None, "", 0, False, [], {})


def _filled(case: Case) -> set[str]:
    names = {one.attname for one in Case._meta.concrete_fields} - COUNTED
    return {name for name in names if _is_filled(getattr(case, name))}


def _columns(ids: set[uuid.UUID]) -> dict[str, set[str]]:
    """Of each model that belongs to a case, the columns that any row of these cases fills."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models():
        fields = {one.name: one.attname for one in model._meta.concrete_fields}
        if "case" in fields and model._meta.app_label in {"cases", "plans", "vault"}:
            for row in model._default_manager.filter(case__in=ids):
                found[model._meta.label] |= {name for name, at in fields.items() if _is_filled(getattr(row, at))}
    return found


def test_a_case_in_bulk_has_the_columns_and_rows_of_the_same_case_acted() -> None:
    cast = build.found()
    build.walk(cast, len(STOPS))
    acted = {case.stage: case for case in Case.objects.all()}
    bulk.build(cast, MANY, seed=1, tick=lambda *_: None)
    rest = list(Case.objects.exclude(id__in=[case.id for case in acted.values()]))
    assert {case.stage for case in rest} == set(acted) == set(STOPS)
    for stage, case in acted.items():
        assert _filled(case) in [_filled(one) for one in rest if one.stage == stage]
    one, other = _columns({case.id for case in acted.values()}), _columns({case.id for case in rest})
    different = {name: one[name] ^ other[name] for name in {*one, *other}}
    for name, columns in different.items():
        allowed = BY_CHANCE.get(name, set())
        assert allowed is None or columns <= allowed, name


@pytest.fixture
def cast() -> Cast:
    """The printed people of a country of ``MANY`` cases in bulk."""
    made = build.found()
    bulk.build(made, MANY, seed=2, tick=lambda *_: None)
    return made


def test_every_mirror_is_true_to_its_rows(cast: Cast) -> None:
    for case in Case.objects.all():
        facts = queries.road_facts(case)
        assert (stages.stage_of(facts), stages.since(facts)) == (case.stage, case.stage_since)
        plan = Plan.objects.filter(case=case).first()
        if plan is None or case.agreed_on is None:
            continue
        sought = requests.mirrored(requests.seeking(case), case.agreed_on)
        assert (sought.items_unsought, sought.requests_waiting, sought.answered_on) == (
            case.items_unsought, case.requests_waiting, case.answered_on,
        )  # fmt: skip
        open_ = Consideration.objects.filter(case=case, state="open").count()
        assert (open_, running.report_due_on(case)) == (case.considerations_open, case.report_due_on)
        kept = vars(case).copy()
        final.mirror(case, plan)
        assert {name: kept[name] for name in kept if not name.startswith("_")} == {
            name: value for name, value in vars(case).items() if not name.startswith("_")
        }
        if case.plan_ended_on:
            assert bool(ending.unspent(case)) == bool(case.open_flags)


def test_every_counter_is_true_and_the_ledger_holds(cast: Cast) -> None:
    places = [Place.of(case) for case in Case.objects.all()]
    counted = {(one.region, one.stage): one.count for one in StageCount.objects.filter(count__gt=0)}
    assert counted == Counter((place.region, place.stage) for place in places)
    loads = dict(Caseload.objects.filter(count__gt=0).values_list("user_id", "count"))
    assert loads == Counter(place.load for place in places if place.load)
    committed = sum(Commitment.objects.values_list("amount", flat=True))
    assert committed == sum(Account.objects.values_list("committed", flat=True)) > 0
    assert committed == sum(BudgetLine.objects.values_list("committed", flat=True))
    assert verify.verify().problems == []
    connection.check_constraints()


def test_final_plans_are_whole_signed_over_their_content_and_open_for_their_worker(cast: Cast) -> None:
    rows = PlanVersion.objects.filter(kind="final").exclude(submitted_on=None).select_related("case", "plan")
    assert {row.state for row in rows} == {"agreed", "in_force", "ended"}
    for row in rows:
        ring = principal(cast, "levan").ring
        facts = facts_of(row, ring)
        assert facts.missing == 0
        assert row.state == "ended" or not facts.problems  # with the plan its requests were stopped
        salt = content.salt_of(ring.open(row, "content"))
        _text, print_ = content.of(row, list(row.items.order_by("position")), ring, salt=salt)
        assert print_ == bytes(row.fingerprint)
        signed = [bytes(one) for one in row.signatures.values_list("fingerprint", flat=True)]
        assert signed == ([print_, print_] if row.in_force_on else [])


def test_the_provider_opens_what_it_was_told_and_the_worker_its_reply(cast: Cast) -> None:
    provider, coordinator = principal(cast, "nino"), principal(cast, "levan")
    rows = ServiceRequest.objects.filter(organisation=provider.organisation_id).select_related("service_type")
    told = Disclosure.objects.in_bulk([row.disclosure_id for row in rows if row.disclosure_id])
    opened = 0
    for row in rows:
        disclosure = told[row.disclosure_id]
        packet = vault.open_disclosure(disclosure, coordinator.ring)
        assert packet["service"] == row.service_type_id
        if disclosure.ended_at is None:
            assert vault.open_disclosure(disclosure, provider.ring) == packet
            opened += 1
        if row.reply:
            text = vault.open_reply(disclosure, bytes(row.reply), coordinator.ring, label=REPLY, subject=row.id)
            assert text in (*asking.YES, *asking.NO)
    assert opened
