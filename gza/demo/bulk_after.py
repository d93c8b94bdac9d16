"""What happens to invented people after the Fund has agreed, for large countries; ``walk`` walks it in small ones.

Chance decides alike: organisations accept three times of four, who is waiting for money was accepted nowhere, the
Fund mostly grants. The texts are those of the small country.
"""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.core.calendar import add_working_days
from gza.directory.enums import OrganisationKind
from gza.directory.models import Organisation, ServiceType
from gza.directory.queries import fund_on
from gza.law import consideration, funding, parameters, reporting
from gza.law.final import days_of
from gza.law.stages import Stage
from gza.plans import letters
from gza.plans.bulk import ItemStory, VersionStory
from gza.plans.bulk_after.stories import (
    AfterStory,
    AsideStory,
    AskStory,
    EndStory,
    FinalStory,
    FollowStory,
    GivenStory,
    MoneyStory,
    MonthStory,
    PaidStory,
)
from gza.plans.enums import CopyOutcome, EndGround, FundingOutcome, RequestState
from gza.plans.queries.catalogue import matching
from gza.vault import queries as vault

from . import after, asking, finale, funds, year
from .chance import likely
from .people import Cast
from .stories import OFFICES, STOPS, Story
from .walk import STROKES

_CAPACITY = "office"
_DAY = dt.timedelta(days=1)


@dataclass
class Scene:
    """What is the same for every case: who decides, who reads at the one workplace, who offers what in which region."""

    director: uuid.UUID
    reader: uuid.UUID
    workplace: uuid.UUID | None
    post: str
    telephone: str
    fund: uuid.UUID | None
    offers: dict[tuple[str, str], tuple[uuid.UUID, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast, today: dt.date) -> "Scene":
        """Read once, before the first case."""
        fund, focal = fund_on(today), cast.users["nino"]
        if fund is None:
            raise AssertionError("the reference data has the Fund")
        body = focal.organisation_id
        scene = cls(
            cast.users["tamar"].id, focal.id, body if body and vault.receives(body) else None, fund.address, fund.phone,
            Organisation.objects.filter(kind=OrganisationKind.FUND).values_list("id", flat=True).first(),
        )  # fmt: skip
        services = set(ServiceType.objects.values_list("key", flat=True))
        for region in OFFICES:
            for service, found in matching(region, services).items():
                scene.offers[region, service] = tuple(uuid.UUID(one) for one in sorted(found))
        return scene


@dataclass
class Inventor:
    """One story after its agreement: what is asked, decided, signed, lived and ended, up to ``today``."""

    story: Story
    days: dict[Stage, dt.date]
    version: VersionStory
    worker: uuid.UUID
    coordinator: uuid.UUID
    scene: Scene
    rng: random.Random
    today: dt.date
    asks: list[AskStory] = field(default_factory=list)
    asides: list[AsideStory] = field(default_factory=list)
    money: list[MoneyStory] = field(default_factory=list)

    @property
    def items(self) -> Sequence[ItemStory]:
        """Those of the agreed version."""
        return self.version.items

    def invent(self) -> AfterStory:
        """The whole story."""
        offered = [self.scene.offers.get((self.story.office, one.service_type), ()) for one in self.items]
        agreed, answered = self.days[Stage.AGREED], self.days.get(Stage.REQUESTS)
        asked = min(add_working_days(agreed, 1), answered or self.today)
        luck = 0.0 if self.story.stage == Stage.FUNDING else 0.75
        for place, listed in enumerate(offered):
            if answered is None:
                self._ask_some(place, listed, asked)
            else:
                sure = not self.asks and self._binding()
                self._ask_all(place, listed, asked, answered, 1.0 if sure else luck)
            self._consider(place, listed, agreed, answered)
        final = self._final()
        end = self._end(final)
        return AfterStory(
            offered, self.scene.director, _CAPACITY, self.asks, self.asides, self.money, final,
            self._months(final, end) if final and final.signed_on else (), end,
        )  # fmt: skip

    def _binding(self) -> bool:
        return STOPS.index(self.story.stage) > STOPS.index(Stage.FINAL_PLAN)

    # Requests

    def _ask_some(self, place: int, listed: Sequence[uuid.UUID], asked: dt.date) -> None:
        for body in listed[: asking.EACH]:
            ours = body == self.scene.workplace
            if likely(self.rng, asking.NOT_YET) and not ours:
                continue
            answered = None
            if not ours and likely(self.rng, asking.SOON):
                answered = min(add_working_days(asked, self.rng.randint(1, 6)), self.today)
            self._ask(place, body, asked, answered, good=likely(self.rng, asking.EVEN))

    def _ask_all(self, place: int, listed: Sequence[uuid.UUID], asked: dt.date, answered: dt.date, luck: float) -> None:
        for number, body in enumerate(listed):
            if number >= asking.EACH:
                why = "ყოველდღე მგზავრობა ვერ მოხერხდება."
                self.asides.append(AsideStory(place, body, answered, "distance", why))
                continue
            good = self.rng.random() < luck
            self._ask(place, body, asked, answered, good=good)
            if good:
                return

    def _ask(self, place: int, body: uuid.UUID, asked: dt.date, answered: dt.date | None, *, good: bool) -> None:
        due = add_working_days(asked, parameters.value("provider_answer_working_days", asked))
        ours = body == self.scene.workplace
        answer = (RequestState.ACCEPTED if good else RequestState.DECLINED) if answered else None
        self.asks.append(
            AskStory(
                place, body, asked, due, answer, answered, at_workplace=ours,
                reader=self.scene.reader if ours and answered else None,
                access=("woman",) if likely(self.rng, asking.WOMAN) else (),
                name=self.rng.choice(asking.WHO), words=self.rng.choice(asking.YES if good else asking.NO),
                reminded=answered is None and due < self.today - _DAY,
            )
        )  # fmt: skip

    # Money

    def _consider(self, place: int, listed: Sequence[uuid.UUID], agreed: dt.date, answered: dt.date | None) -> None:
        """What falls due by itself: a necessary item that nobody gives, once nobody is left to ask (S5.5)."""
        own = [one for one in self.asks if one.item == place]
        if any(one.answer == RequestState.ACCEPTED for one in own):
            return
        tried = {one.organisation_id for one in own} | {
            one.organisation_id for one in self.asides if one.item == place
        }  # fmt: skip
        priority = self.story.needs[self.items[place].need].priority
        waiting = sum(one.answer is None for one in own)
        untried = len(set(listed) - tried)
        if not consideration.falls_due(
            priority=priority, needs_provider=True, uncovered=1, untried=untried, waiting=waiting
        ):
            return
        opened = max((one.answered_on for one in own if one.answered_on), default=agreed)
        decided = self.days.get(Stage.FUNDING)
        by = self.worker if own else self.coordinator
        if decided is None and likely(self.rng, 0.3):  # most are worked out soon
            self.money.append(MoneyStory(place, opened, by))
            return
        self.money.append(self._decided(place, opened, by, decided))

    def _decided(self, place: int, opened: dt.date, by: uuid.UUID, decided: dt.date | None) -> MoneyStory:
        wanted = 10 * funds.LARI * self.rng.randint(12, 75)
        payee, grounds = funds.COSTS[self.items[place].service_type]
        told = {"grounds": grounds, "payee_name": payee}
        if decided is None:
            return MoneyStory(place, opened, by, wanted, **told)
        decided = max(decided, opened)
        ceiling = funding.ceiling(decided)
        amount = min(wanted, ceiling - sum(one.amount for one in self.money))
        if amount < ceiling // 100 or likely(self.rng, 0.1):  # one in ten is refused
            refused = FundingOutcome.REFUSED
            return MoneyStory(place, opened, by, wanted, **told, outcome=refused, decided_on=decided,
                              reasons=funds.REASONS)  # fmt: skip
        granted = FundingOutcome.GRANTED
        return MoneyStory(place, opened, by, wanted, **told, outcome=granted, amount=amount, decided_on=decided)

    # The final plan

    def _final(self) -> FinalStory | None:
        agreed = self.days.get(Stage.FINAL_PLAN)
        if agreed is None or not self._binding():
            return None
        signed = self.days.get(Stage.SIGNATURES)
        first = agreed + dt.timedelta(days=self.rng.randint(5, 12))
        secured = any(one.answer == RequestState.ACCEPTED for one in self.asks) or any(one.amount for one in self.money)
        copy = self.rng.choices(list(CopyOutcome), weights=(60, 25, 15))[0]
        whole = {"submitted_on": agreed, "agreed_on": agreed, "signed_on": signed} if secured else {}
        given = {"copy": copy, "copy_note": finale.HELD if copy == CopyOutcome.HELD else ""} if signed else {}
        return FinalStory(
            agreed, max(first, signed or first), self.version.aim, finale.TRIED, finale.PURSUED, finale.OUT,
            finale.WORDS, strokes=STROKES, **whole, **given,
        )  # fmt: skip

    # The year

    def _months(self, final: FinalStory, end: EndStory | None) -> list[MonthStory]:
        last = end.ended_on - _DAY if end else self.today
        found = []
        for month in reporting.months(starts_on=final.starts_on, last_on=min(last, self.today)):
            begin = max(month, final.starts_on)
            day = min(begin + dt.timedelta(days=self.rng.randint(2, 9)), reporting.end_of(month), last)
            found.append(self._month(final, month, max(day, begin), last))
        return found

    def _month(self, final: FinalStory, month: dt.date, day: dt.date, last: dt.date) -> MonthStory:
        given = [
            GivenStory(one.item, day, self.rng.randint(1, 6))
            for one in self.asks
            if one.answer == RequestState.ACCEPTED and self._lasts(one.item, final, day)
        ]  # fmt: skip
        paid = [
            PaidStory(place, day, share, "თვის საფასური")
            for place, one in enumerate(self.money)
            if one.decided_on and one.decided_on <= day and (share := self._share(one, final, day)) > 0
        ]  # fmt: skip
        sent = add_working_days(reporting.end_of(month), self.rng.choice((1, 2, 3, 4)))
        if sent > last:
            return MonthStory(month, given, paid)
        read = add_working_days(sent, 3)
        return MonthStory(
            month, given, paid, sent, read if read <= self.today else None, self.rng.choice(year.DONE),
            self.rng.choice(year.NEXT),
        )  # fmt: skip

    def _days(self, place: int, final: FinalStory) -> tuple[dt.date, dt.date]:
        item = self.items[place]
        return days_of(final.starts_on, item.month_from or 1, item.month_to or 1)

    def _lasts(self, place: int, final: FinalStory, day: dt.date) -> bool:
        first, last = self._days(place, final)
        return first <= day <= last

    def _share(self, one: MoneyStory, final: FinalStory, day: dt.date) -> int:
        """What is paid of a sum on that day: an instalment, the last a little less, nothing when the item is over."""
        first, last = self._days(one.item, final)
        if not one.amount or not first <= day <= last:
            return 0
        months = reporting.months(starts_on=first, last_on=last)
        each = year.instalment(one.amount, len(months))
        return min(each, one.amount - each * months.index(day.replace(day=1)))

    # The end

    def _end(self, final: FinalStory | None) -> EndStory | None:
        if self.story.stage not in after.STAGES or final is None or final.signed_on is None:
            return None
        asked = max(self.today - dt.timedelta(days=11), final.starts_on)
        ended = min(max(add_working_days(asked + _DAY, 2), asked), self.today)
        need, words = self.rng.choice(after.NEEDS)
        common = {"asked_on": asked, "changed_need": need, "words": words, "ended_on": ended,
                  "reasons": "ბენეფიციარის საჭიროება შეიცვალა."}  # fmt: skip
        if self.story.stage == Stage.COMPLETION:
            return EndStory(**common)
        told = min(add_working_days(ended, 2), self.today)
        common |= {"told_on": told, "notice": self._notice(ended), "how": "შეხვედრაზე გადაეცა"}
        answered = min(add_working_days(told, 1), self.today)
        if self.story.stage == Stage.ENDED:
            return EndStory(**common, answered_on=answered, declined="გმადლობთ, არ მინდა", closed="გეგმა შესრულდა")
        way, method, never = self.rng.choice(after.WAYS)
        agreed = FollowStory(
            way, method, never, self.rng.choice((14, 30)), answered + dt.timedelta(days=120), (10, 18),
            min(add_working_days(answered, 1), self.today), self.rng.choice(after.NOTES),
        )  # fmt: skip
        return EndStory(**common, answered_on=answered, follow_up=agreed)

    def _notice(self, ended: dt.date) -> str:
        return letters.notice(
            ground=EndGround.REQUEST, day=ended, reasons="", post=self.scene.post, telephone=self.scene.telephone,
            language="ka",
        )  # fmt: skip


def named(told: AfterStory, scene: Scene) -> list[uuid.UUID]:
    """The organisations a consent has to name before they are asked: all but the Fund."""
    return sorted({one.organisation_id for one in told.asks} - {scene.fund})
