"""The second half of the road in bulk: requests, money, the final plan, signatures, its year, its end, what follows.

The rows are those the acts write, in the state they leave them in; no rule is asked. A row that the database accepts
only over others comes after them: signatures after the version in force that they sign, which ends at last.
"""

import uuid
from typing import Any

from gza.accounts.principals import Principal
from gza.cases.batch import Batch, Written
from gza.cases.models import Flag
from gza.directory.models import Organisation
from gza.plans.models import (
    Account,
    AccountCase,
    CaseEnd,
    Commitment,
    Consideration,
    Delivery,
    Expenditure,
    FollowUp,
    FollowUpContact,
    FundingDecision,
    MonthlyReport,
    Notice,
    PlanCopy,
    PlanEnd,
    PlanItem,
    PlanVersion,
    ReportPart,
    ServiceRequest,
    SetAside,
    Signature,
    TerminationRequest,
)
from gza.vault.models import Disclosure

from . import ending, final, year
from .asking import Seeker
from .ending import end_versions
from .going import Going
from .stories import AfterStory, Agreed

__all__ = ["ORDER", "After", "end_versions"]


ORDER: tuple[type[Any], ...] = (
    Disclosure, ServiceRequest, SetAside, Account, AccountCase, Consideration, FundingDecision, Commitment, Signature,
    PlanCopy, Delivery, Expenditure, MonthlyReport, ReportPart, TerminationRequest, PlanEnd, Flag, Notice, FollowUp,
    FollowUpContact, CaseEnd,
)  # fmt: skip
"""The models in the order in which they are inserted, after the versions of the plan."""


class After:
    """Writes what follows the agreement, case by case.

    Args:
        by: in whose name is disclosed.
    """

    def __init__(self, by: Principal) -> None:
        self._by = by
        self._seeker: Seeker | None = None
        self._kinds: dict[uuid.UUID, str] = {}

    def add(
        self, batch: Batch, of: Written, told: AfterStory, initial: PlanVersion, items: list[PlanItem], agreed: Agreed
    ) -> None:
        """Everything of one case, in the order of its road."""
        if self._seeker is None:
            self._seeker = Seeker(self._by)
            self._kinds = dict(Organisation.objects.values_list("id", "kind"))
        seeker, going = self._seeker, Going(told, initial, items, agreed, self._kinds)
        for ask in told.asks:
            going.requests.append(seeker.ask(batch, of, going, ask))
        for aside in told.asides:
            seeker.aside(batch, of, going, aside)
        for place, money in enumerate(told.money):
            seeker.consider(batch, of, going, place, money)
        if told.final:
            version, rows = final.tell(batch, of, going, told.final)
            year.tell(batch, of, going, version, rows, seeker.discloser)
            if told.end:
                ending.tell(batch, of, going, version, told.end)
