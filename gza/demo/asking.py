"""How the invented people seek services: consents that name organisations, requests, answers on paper and on screen."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gza.accounts.principals import Principal
from gza.cases import actions as cases
from gza.cases.actions.consent import Signature
from gza.cases.enums import SignatureForm
from gza.cases.models import Case, ConsentScope
from gza.directory.enums import OrganisationKind
from gza.plans import actions
from gza.plans.models import ServiceRequest
from gza.plans.packets import Tell
from gza.plans.queries import requests as queries

from .chance import likely

_WORDING = "თანახმა ვარ, რომ ამ ორგანიზაციებმა გაიგონ ის, რაც მომსახურებისთვის სჭირდებათ."
YES = ("გვაქვს ადგილი, შეუძლია ორშაბათიდან დაიწყოს.", "თანახმა ვართ, დაგვიკავშირდეს სოციალური მუშაკი.")
NO = ("ამ თვეებში ადგილი აღარ გვაქვს.", "ამ ენაზე თანამშრომელი არ გვყავს.")
WHO = ("ლია, პროგრამის კოორდინატორი", "გიორგი, მისაღების თანამშრომელი")
EACH = 2
"""Requests for one item of a country that is only shown."""
NOT_YET, SOON, EVEN, WOMAN = 0.3, 0.4, 0.5, 0.3
"""How often one is not asked yet, answers soon, says yes where that is open, and a woman is asked for."""


@dataclass
class Seeker:
    """Who seeks for one case: the worker, and the focal person of the one organisation that works here.

    ``body`` is that organisation, ``strokes`` the signature under the consents.
    """

    case: Case
    worker: Callable[[], Principal]
    focal: Callable[[], Principal]
    body: uuid.UUID | None
    language: str
    strokes: str
    rng: random.Random
    luck: float = 0.75
    """How often an organisation says yes."""

    def some(self) -> None:
        """Ask for most items; part of the answers is still to come, and what lies with the one body is unread."""
        for line in queries.seeking(self.case):
            for offer in line.untried[:EACH]:
                if likely(self.rng, NOT_YET) and offer["organisation"]["id"] != str(self.body):
                    continue
                row = self._ask(line.item.id, offer["organisation"])
                if row.organisation_id != self.body and likely(self.rng, SOON):
                    self._record(row, good=likely(self.rng, EVEN))

    def all(self) -> None:
        """Ask on for every item until somebody accepts or nobody is left, and let every answer come."""
        for line in queries.seeking(self.case):
            for place, offer in enumerate(sorted(line.untried, key=self._is_other)):
                if place >= EACH:
                    self._aside(line.item.id, offer["organisation"])
                    continue
                good = self.rng.random() < self.luck
                self._answer(self._ask(line.item.id, offer["organisation"]), good=good)
                if good:
                    break

    def _is_other(self, offer: dict[str, Any]) -> bool:
        """Whether it is not of the body whose workplace the demonstration opens: that one is asked first."""
        return bool(offer["organisation"]["id"] != str(self.body))

    def _ask(self, origin_id: uuid.UUID, listed: dict[str, str]) -> ServiceRequest:
        body, who = uuid.UUID(listed["id"]), self.worker()
        named = ConsentScope.objects.filter(case=self.case, organisation=body, withdrawn_on=None).exists()
        if not named and listed["kind"] != OrganisationKind.FUND:
            cases.give_consent(
                case_id=self.case.id, scope=None, organisations=[body], language=self.language, wording=_WORDING,
                signature=Signature(form=SignatureForm.SCREEN, strokes=self.strokes), by=who,
            )  # fmt: skip
        tell = Tell(
            region=self.case.region, place="outside", age="adult", language=self.language,
            access=("woman",) if likely(self.rng, WOMAN) else (),
        )  # fmt: skip
        return actions.ask_provider(
            case_id=self.case.id, origin_id=origin_id, organisation_id=body, tell=tell, by=self.worker()
        )

    def _answer(self, row: ServiceRequest, *, good: bool) -> None:
        if row.organisation_id != self.body or row.disclosure_id is None:
            self._record(row, good=good)
            return
        actions.see_request(request_id=row.id, by=self.focal())
        actions.answer_request(
            request_id=row.id, answer="accepted" if good else "declined", words=self._words(good=good), by=self.focal()
        )

    def _record(self, row: ServiceRequest, *, good: bool) -> None:
        actions.record_answer(
            case_id=self.case.id, request_id=row.id, answer="accepted" if good else "declined", channel="telephone",
            name=self.rng.choice(WHO), words=self._words(good=good), by=self.worker(),
        )  # fmt: skip

    def _words(self, *, good: bool) -> str:
        return self.rng.choice(YES if good else NO)

    def _aside(self, origin_id: uuid.UUID, listed: dict[str, str]) -> None:
        actions.set_offer_aside(
            case_id=self.case.id, origin_id=origin_id, organisation_id=uuid.UUID(listed["id"]), ground="distance",
            why="ყოველდღე მგზავრობა ვერ მოხერხდება.", by=self.worker(),
        )  # fmt: skip
