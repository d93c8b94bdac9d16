"""Consents of a case, and what a withdrawal would bring about."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gza.cases.enums import OPEN_SERVICES, Scope
from gza.cases.models import Case, Consent, ConsentScope, Declined, Explanation, RehabilitationService
from gza.core.prepared import Prepared
from gza.law import consent as rules


@dataclass(frozen=True)
class Consequences:
    """What a withdrawal brings about: in words with clauses, and the services that stop."""

    texts: tuple[rules.Consequence, ...]
    stopping: list[RehabilitationService]


def consents(case: Case) -> list[Consent]:
    """Signed consents with their scopes, organisations and withdrawals, the newest first; two queries."""
    rows = Consent.objects.filter(case=case, superseded=False).select_related("explanation", "representative")
    return list(rows.prefetch_related("scopes__organisation", "scopes__withdrawal").order_by("-happened_on", "-id"))


def _in_force(case: uuid.UUID) -> QuerySet[ConsentScope]:
    rows = ConsentScope.objects.filter(case=case, withdrawn_on=None).select_related("organisation")
    return rows.order_by("scope", "given_on", "id")


_SCOPES = Prepared(_in_force)
_SIGNED = Prepared(lambda case: _in_force(case).select_related("organisation", "consent"))


def scopes_in_force(case: Case, *, signed: bool = True) -> list[ConsentScope]:
    """What is consented to now, with the signed consents unless ``signed`` is false; one query."""
    return (_SIGNED if signed else _SCOPES).all(case.id)


def explanations(case: Case) -> list[Explanation]:
    """What was explained, the newest first."""
    return list(Explanation.objects.filter(case=case, superseded=False).order_by("-happened_on", "-id"))


def declined(case: Case) -> list[Declined]:
    """When the person said no, the newest first."""
    return list(Declined.objects.filter(case=case, superseded=False).order_by("-happened_on", "-id"))


def consequences(case: Case, scopes: Sequence[ConsentScope]) -> Consequences:
    """What withdrawing these scopes would bring about, for the page that asks before it is recorded; two queries."""
    kinds = [rules.Scope(one.scope) for one in scopes]
    disclosed = ConsentScope.objects.filter(case=case, scope=Scope.DISCLOSURE).exists()
    found = [
        one
        for kind in dict.fromkeys(kinds)
        for one in rules.consequences(scope=kind, disclosed=disclosed, has_plan=bool(case.plan_state))
    ]
    stopping = (
        list(
            RehabilitationService.objects.filter(case=case, superseded=False, state__in=OPEN_SERVICES)
            .select_related("service_type", "organisation")
            .order_by("happened_on", "id")
        )
        if rules.Scope.REHABILITATION in kinds
        else []
    )
    return Consequences(tuple(dict.fromkeys(found)), stopping)
