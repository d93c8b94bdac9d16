"""The facts of one case, subject by subject, for its pages. What was corrected stays reachable by ``versions``."""

import uuid
from typing import TypeVar

from django.db.models import Prefetch

from gza.accounts import queries as accounts
from gza.accounts.models import User
from gza.cases.models import (
    Case,
    Designation,
    EmergencyHelp,
    Flag,
    Need,
    PrimaryAssessment,
    PrimaryNeed,
    RehabilitationService,
    ServiceGiven,
    StatusDecision,
)
from gza.cases.models.base import CaseFact
from gza.core.prepared import Prepared
from gza.vault.models import SealedFile

F = TypeVar("F", bound=CaseFact)


_STATUSES = Prepared(
    lambda case: (
        StatusDecision.objects.filter(case=case, superseded=False)
        .select_related("organisation")
        .order_by("happened_on", "id")
    )
)


def statuses(case: Case) -> list[StatusDecision]:
    """Status decisions, annulled ones included, in the order of their days."""
    return _STATUSES.all(case.id)


def designations(case: Case) -> list[Designation]:
    """Who has worked with the person, the newest first."""
    rows = Designation.objects.filter(case=case, superseded=False).select_related("social_worker")
    return list(rows.order_by("-happened_on", "-id"))


def assessment_of(case: Case) -> PrimaryAssessment | None:
    """The newest primary assessment with its needs; two queries."""
    needs = Prefetch("needs", PrimaryNeed.objects.filter(superseded=False).order_by("-urgent", "id"))
    rows = PrimaryAssessment.objects.filter(case=case, superseded=False).prefetch_related(needs)
    return rows.order_by("-happened_on", "-id").first()


def primary_needs(case: Case) -> list[PrimaryNeed]:
    """Every primary need, urgent ones first."""
    return list(PrimaryNeed.objects.filter(case=case, superseded=False).order_by("-urgent", "happened_on", "id"))


def services(case: Case) -> list[RehabilitationService]:
    """Rehabilitation services asked for, with what was given of each, the newest first; two queries."""
    rows = RehabilitationService.objects.filter(case=case, superseded=False)
    rows = rows.select_related("service_type", "organisation", "need")
    given = Prefetch("given", ServiceGiven.objects.filter(superseded=False).order_by("happened_on", "id"))
    return list(rows.prefetch_related(given).order_by("-happened_on", "-id"))


def given_unasked(case: Case) -> list[ServiceGiven]:
    """Services given without a request on file, the newest first."""
    rows = ServiceGiven.objects.filter(case=case, superseded=False, request=None)
    return list(rows.select_related("service_type", "organisation").order_by("-happened_on", "-id"))


def emergency(case: Case) -> list[EmergencyHelp]:
    """Emergency help, the newest first."""
    rows = EmergencyHelp.objects.filter(case=case, superseded=False).select_related("organisation")
    return list(rows.order_by("-given_at", "-id"))


def needs(case: Case, *, dropped: bool = False) -> list[Need]:
    """Reintegration needs, necessary ones first; with those that fell away only when asked."""
    rows = Need.objects.filter(case=case, superseded=False)
    if not dropped:
        rows = rows.filter(dropped_on=None)
    return list(rows.order_by("-priority", "happened_on", "id"))


def need(case: Case, row_id: uuid.UUID) -> Need | None:
    """One need of the case, a corrected record of it too; None where it has none such."""
    return Need.objects.filter(case=case, id=row_id).first()


def flags(case: Case, *, resolved: bool = False) -> list[Flag]:
    """Flags on the case, open ones, or with ``resolved`` all, the newest first."""
    rows = Flag.objects.filter(case=case)
    if not resolved:
        rows = rows.filter(resolved_at=None)
    return list(rows.order_by("-raised_at", "-id"))


def versions(row: F) -> list[F]:
    """The whole chain of corrections a row belongs to, the oldest first (G2); one query."""
    model = type(row)
    rows = {one.id: one for one in model._default_manager.filter(case_id=row.case_id)}
    first = row
    while first.corrects_id:
        first = rows[first.corrects_id]
    following = {one.corrects_id: one for one in rows.values() if one.corrects_id}
    chain = [rows[first.id]]
    while chain[-1].id in following:
        chain.append(following[chain[-1].id])
    return chain


def people_of(*ids: uuid.UUID | None) -> dict[uuid.UUID, User]:
    """The accounts behind ids that stand in facts (``recorded_by``, ``taken_by`` ...); one query."""
    return accounts.users(ids)


def file_of(case: Case, file_id: uuid.UUID) -> SealedFile | None:
    """A sealed file of the case; one query."""
    return SealedFile.objects.filter(case_id=case.id, id=file_id).first()
