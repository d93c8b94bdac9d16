"""Reads of the register of social workers (S7.1) and of the accounts that rows can be linked to."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gza.accounts import queries as accounts
from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core import clock
from gza.core.paging import Page, page
from gza.directory.enums import OrganisationKind
from gza.directory.models import FocalPerson, Organisation, SocialWorker, Training, WorkerLanguage, WorkerRegion
from gza.law import designation

from .spans import within


def workers(
    *, text: str = "", region: str = "", language: str = "", on: dt.date | None = None
) -> QuerySet[SocialWorker]:
    """The register (S7.1) with languages and regions: by name, region, language; those active ``on`` a day."""
    rows = SocialWorker.objects.select_related("employer").prefetch_related("languages", "regions")
    if text:
        rows = rows.filter(Q(name_ka__icontains=text) | Q(name_en__icontains=text))
    if region:
        rows = rows.filter(Exists(WorkerRegion.objects.filter(worker=OuterRef("pk"), region=region)))
    if language:
        rows = rows.filter(Exists(WorkerLanguage.objects.filter(worker=OuterRef("pk"), language=language)))
    return rows.filter(within("active_from", "active_to", on)) if on else rows


def every_worker() -> QuerySet[SocialWorker]:
    """The whole register without its lists, which cost queries that a missing row would not: to find one by its id."""
    return SocialWorker.objects.select_related("employer")


def worker_page(rows: QuerySet[SocialWorker], *, after: str = "", before: str = "") -> Page[SocialWorker]:
    """A page of the register by name."""
    return page(rows, ("name_ka", "id"), after=after, before=before)


def worker(worker_id: uuid.UUID) -> SocialWorker | None:
    """One social worker with languages, regions and trainings, or None."""
    trainings = Prefetch("trainings", Training.objects.order_by("-completed_on", "-id"))
    return workers().prefetch_related(trainings).filter(pk=worker_id).first()


def trainings(row: SocialWorker) -> list[Training]:
    """The trainings of somebody that ``worker`` has read, the latest first; no query more."""
    return list(row.trainings.all())


def worker_of(user_id: uuid.UUID, *, on: dt.date | None = None) -> SocialWorker | None:
    """The register row of an account, active on ``on`` (today): who can be designated (S5.1); else None."""
    return workers(on=on or clock.today()).filter(user_id=user_id).first()


def as_designated(row: SocialWorker | None) -> designation.Worker:
    """A row of the register as the rules on designation see it (S5.1); None is somebody who is not in it."""
    if row is None:
        return designation.Worker(registered=False, fund_employee=False)
    return designation.Worker(
        registered=True,
        fund_employee=row.employer.kind == OrganisationKind.FUND,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def designable(*, region: str = "", language: str = "", on: dt.date | None = None) -> QuerySet[SocialWorker]:
    """Social workers who can be designated on a day (today): active, employed by the Fund (S5.1).

    Each has an account that can sign in, and a key that is certified, so that the case can be sealed to it (G4).
    """
    rows = workers(region=region, language=language, on=on or clock.today())
    rows = rows.filter(user_id__in=accounts.reachable().values("id"), employer__kind=OrganisationKind.FUND)
    return rows.order_by("name_ka", "id")


def accounts_for(body: Organisation, *, own: uuid.UUID | None = None) -> list[User]:
    """Active accounts that speak for an organisation and no focal person has yet, and the one a row has already."""
    taken = FocalPerson.objects.filter(user_id__isnull=False).exclude(user_id=own).values("user_id")
    rows = User.objects.filter(organisation_id=body.pk, is_active=True).exclude(pk__in=taken)
    return list(rows.order_by("username"))


def worker_accounts(*, own: uuid.UUID | None = None) -> list[User]:
    """Active accounts of social workers that have no row in the register, and the one a row has already."""
    taken = SocialWorker.objects.filter(user_id__isnull=False).exclude(user_id=own).values("user_id")
    rows = User.objects.filter(role=Role.SOCIAL_WORKER, is_active=True).exclude(pk__in=taken)
    return list(rows.order_by("username"))
