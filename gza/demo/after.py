"""How the invented people's plans end, and what comes after: the notice, follow-up, a closed case."""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.directory.queries import fund_on
from gza.law.stages import Stage
from gza.plans import actions, letters
from gza.plans.actions import Agreement
from gza.plans.queries import ending as queries

STAGES = (Stage.COMPLETION, Stage.FOLLOW_UP, Stage.ENDED)
NEEDS = (
    ("სამუშაო თავად იპოვა და დახმარება აღარ სჭირდება", "გთხოვთ, დაასრულოთ გეგმა: სამუშაო ვიპოვე."),
    ("საცხოვრებლად მშობლებთან ბრუნდება", "მშობლებთან ვბრუნდები და გეგმის გაგრძელება აღარ მინდა."),
)
WAYS = (
    ("telephone", "დის ნომერზე; თუ სხვამ უპასუხა, თქვით, რომ შეცდომით დარეკეთ", "შეტყობინება არ დაუტოვოთ"),
    ("meeting", "ფონდის ოფისში, შეთანხმებულ დღეს", ""),
    ("message", "მხოლოდ „დამირეკეთ“, სხვა არაფერი", "სახელი არ ახსენოთ"),
)
NOTES = ("კარგად არის, მუშაობს.", "ბავშვი სკოლაში დადის, ბინას ქირაობს.", "ფსიქოლოგთან ისევ დადის.")


@dataclass
class Ending:
    """Who ends a plan and when; nothing is later than ``today``."""

    case: Case
    stage: Stage
    worker: Callable[[], Principal]
    coordinator: Callable[[], Principal]
    director: Callable[[], Principal]
    rng: random.Random
    today: dt.date

    def last_day(self) -> dt.date:
        """The last day of the plan: that of its term, or some weeks ago where the beneficiary asked for its end."""
        if self.stage not in STAGES or self.case.ends_on is None:
            return self.today
        return self.case.ends_on if self.over else self.today - dt.timedelta(days=12)

    @property
    def over(self) -> bool:
        """Whether the term leaves room for what comes after it."""
        return self.case.ends_on is not None and self.case.ends_on < self.today - dt.timedelta(days=1)

    def tell(self) -> None:
        """The end, the notice, follow-up, the closing, as far as the story goes."""
        if self.stage not in STAGES:
            return
        day = self.last_day() + dt.timedelta(days=1)
        if self.over:
            self._on(day, lambda: actions.expire(case_id=self.case.id))
        else:
            need, words = self.rng.choice(NEEDS)
            asked = self._on(day, lambda: self._ask(need, words))
            self._on(add_working_days(day, 2), lambda: self._grant(asked))
        if self.stage == Stage.COMPLETION:
            return
        day = add_working_days(day, 4)
        self._on(day, self._notice)
        day = add_working_days(day, 1)
        if self.stage == Stage.FOLLOW_UP:
            self._on(day, self._agree)
            self._on(add_working_days(day, 1), self._contact)
            return
        self._on(day, lambda: actions.decline_follow_up(case_id=self.case.id, words="გმადლობთ, არ მინდა",
                                                        by=self.worker()))  # fmt: skip
        self._on(day, lambda: actions.close_case(case_id=self.case.id, why="გეგმა შესრულდა", by=self.coordinator()))

    def _on(self, day: dt.date, act: Callable[[], object]) -> object:
        moment = dt.datetime.combine(min(day, self.today), dt.time(12, 40), clock.TBILISI)
        with clock.pretend(min(moment, clock.now())):
            return act()

    def _ask(self, need: str, words: str) -> uuid.UUID:
        return actions.record_end_request(case_id=self.case.id, changed_need=need, words=words, by=self.worker()).id

    def _grant(self, asked: uuid.UUID) -> object:
        return actions.answer_end_request(
            case_id=self.case.id, request_id=asked, granted=True, reasons="ბენეფიციარის საჭიროება შეიცვალა.",
            by=self.director(),
        )  # fmt: skip

    def _notice(self) -> object:
        end, fund = queries.newest_end(self.case), fund_on(clock.today())
        if end is None or fund is None:
            raise AssertionError("the plan has ended")
        text = letters.notice(
            ground=end.ground, day=end.happened_on, reasons="", post=fund.address, telephone=fund.phone, language="ka"
        )
        return actions.record_notice(
            case_id=self.case.id, handed=True, text=text, how="შეხვედრაზე გადაეცა", by=self.worker()
        )

    def _agree(self) -> object:
        way, method, never = self.rng.choice(WAYS)
        review = clock.today() + dt.timedelta(days=120)
        agreed = Agreement(way=way, method=method, every_days=self.rng.choice((14, 30)), review_on=review, hour_from=10,
                           hour_to=18, never=never)  # fmt: skip
        return actions.agree_follow_up(case_id=self.case.id, agreement=agreed, by=self.worker())

    def _contact(self) -> object:
        standing = queries.follow_up_of(self.case)
        if standing is None:
            raise AssertionError("follow-up is agreed")
        return actions.record_contact(
            case_id=self.case.id, direction="outgoing", way=standing.way, hour=12, note=self.rng.choice(NOTES),
            by=self.worker(),
        )  # fmt: skip
