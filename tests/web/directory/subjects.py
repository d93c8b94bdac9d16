"""What the pages of the directory are asked about: own is what hangs on the organisation the person speaks for."""

import datetime as dt
from typing import Any

from gza.accounts.models import User
from gza.core.actors import SYSTEM
from gza.directory import actions, queries
from gza.directory.facts import FocalPersonFacts, MemorandumFacts
from gza.directory.models import Organisation
from tests.directory.factories import make_fund, make_offer, make_organisation, make_worker
from tests.web.matrix import subject


def _body(who: User | None, own: bool) -> Organisation:
    made = make_organisation()
    if own and who and who.organisation_id:
        User.objects.filter(pk=who.pk).update(organisation_id=made.pk)
    return made


@subject(
    "directory:organisation", "directory:organisation_edit", "directory:focal_person_new", "directory:memorandum_new"
)
def organisation(who: User | None, own: bool) -> dict[str, Any]:
    """An organisation."""
    return {"organisation_id": _body(who, own).pk}


@subject("directory:focal_person_edit")
def focal_person(who: User | None, own: bool) -> dict[str, Any]:
    """A focal person of an organisation."""
    facts = FocalPersonFacts("მარიამ შონია", dt.date(2020, 1, 1), phone="1")
    return {"focal_person_id": actions.add_focal_person(organisation_id=_body(who, own).pk, facts=facts, by=SYSTEM).pk}


@subject("directory:memorandum_edit")
def memorandum(who: User | None, own: bool) -> dict[str, Any]:
    """A memorandum with an organisation."""
    facts = MemorandumFacts("მემორანდუმი", dt.date(2020, 1, 1))
    return {"memorandum_id": actions.add_memorandum(organisation_id=_body(who, own).pk, facts=facts, by=SYSTEM).pk}


@subject(
    "directory:worker",
    "directory:worker_edit",
    "directory:worker_end",
    "directory:worker_resume",
    "directory:training_new",
)
def worker(who: User | None, own: bool) -> dict[str, Any]:
    """A row of the register; nobody's own."""
    return {"worker_id": make_worker().pk}


@subject("directory:offer", "directory:offer_edit", "directory:offer_confirm", "directory:offer_withdraw")
def offer(who: User | None, own: bool) -> dict[str, Any]:
    """An offer of an organisation."""
    return {"offer_id": make_offer(_body(who, own)).pk}


@subject(
    "directory:edition",
    "directory:edition_print",
    "directory:edition_receipt",
    "directory:edition_csv",
    "directory:edition_xlsx",
)
def edition(who: User | None, own: bool) -> dict[str, Any]:
    """The first edition."""
    if not queries.last_number():
        make_offer()
        actions.issue_edition(after=0, by=SYSTEM)
    return {"number": 1}


@subject("directory:worker_new")
def fund(who: User | None, own: bool) -> dict[str, Any]:
    """The Fund, whose employees the register holds."""
    make_fund()
    return {}
