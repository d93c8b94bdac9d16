"""The stops of a road as people pass them at their browsers: from the first day to the agreed initial plan.

Each station takes whoever acts there and leaves their window on the page that follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .walkers import Walker

NAMES = {"ka": ("სალომე", "ბურჭულაძე"), "en": ("Salome", "Burchuladze")}
CASE = re.compile(r"/cases/[0-9a-f-]{36}/$")


@dataclass(frozen=True)
class Wish:
    """A need, and the service that the initial plan answers it with."""

    domain: str
    text: str
    priority: str
    service: str


WISHES = (
    Wish("work", "სამუშაო", "necessary", "employment"),
    Wish("education", "მკერავის კურსი", "desired", "vocational_training"),
)


def receive(coordinator: Walker, language: str) -> str:
    """The intake is filled and sent; the address of the case."""
    first, last = NAMES[language]
    coordinator.open("/cases/new/").fill(first_name=first, last_name=last, year_of_birth="1994", office="GE-IM")
    coordinator.send()
    if coordinator.page.locator("input[name=checked]").count():  # somebody alike is known already
        coordinator.send()
    case = coordinator.page.url
    assert CASE.search(case)
    return case


def designate(coordinator: Walker, case: str, worker: str) -> None:
    """A decision on the status is there; a social worker is designated."""
    coordinator.next_act().fill(kind="victim", document_number="12-26").send()
    assert coordinator.page.url == case
    coordinator.next_act().fill(worker=worker).send()


def consent(worker: Walker, case: str) -> None:
    """Tick what was told and sign by the keyboard's alternative to the pad; not sent yet."""
    worker.open(case).next_act().fill(told="on")
    worker.page.locator("main [name=signature-typed]").fill("სალომე ბურჭულაძე")


def primary_needs(worker: Walker, case: str) -> None:
    """What is needed at once."""
    worker.open(case).next_act().fill(description_0="ექიმის გასინჯვა", recovery_0="physical").send()


def explain(worker: Walker, case: str) -> None:
    """Reintegration is explained."""
    worker.open(case).next_act().fill(topics="importance", minutes="35")
    worker.page.locator("main [name=topics][value=procedure]").check()
    worker.send()


def needs(worker: Walker, case: str, wishes: Sequence[Wish] = WISHES) -> None:
    """The needs, one after the other."""
    for one in wishes:
        worker.open(f"{case}needs/")
        worker.fill(domain=one.domain, description=one.text, priority=one.priority, why="ასე სურს").send()


def draft(worker: Walker, case: str, wishes: Sequence[Wish] = WISHES) -> None:
    """Service, kind of provider, months and reason for each item of a draft that is there."""
    worker.open(f"{case}plan/edit/").fill(aim="დამოუკიდებელი ცხოვრება", months="12")
    assert worker.page.locator("main [name^='service_']").count() >= len(wishes)
    for index, one in enumerate(wishes):
        worker.fill(**{
            f"service_{index}": one.service, f"provider_{index}": "ngo", f"from_{index}": str(1 + index),
            f"to_{index}": str(6 + index), f"detail_{index}": "კურსი და სტაჟირება", f"reason_{index}": "ასე სურს",
        })  # fmt: skip
    worker.send()


def agreed_plan(coordinator: Walker, worker: Walker, language: str, wishes: Sequence[Wish]) -> str:
    """All of the first half without detours; the address of the case."""
    case = receive(coordinator, language)
    designate(coordinator, case, "ეკა" if language == "ka" else "Eka")
    consent(worker, case)
    worker.send()
    primary_needs(worker, case)
    explain(worker, case)
    consent(worker, case)
    worker.send()
    needs(worker, case, wishes)
    worker.open(f"{case}plan/edit/").send()
    draft(worker, case, wishes)
    worker.open(f"{case}plan/submit/").send()
    coordinator.open(f"{case}plan/decide/").fill(outcome="agreed").send()
    return case
