"""The invented people's final plans: who gives what, what nobody could meet, signatures, a change on the way."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

from gza.accounts.principals import Principal
from gza.cases.enums import Priority, SignatureForm
from gza.cases.models import Case
from gza.core import clock
from gza.plans import actions, queries
from gza.plans.actions import FinalItem, Signed
from gza.plans.actions.final_items import as_entered
from gza.plans.enums import CopyOutcome, Signatory, VersionState
from gza.plans.models import PlanVersion

from .chance import likely

TRIED = "ვკითხეთ ყველა ორგანიზაციას, რომელიც ამ მომსახურებას გვთავაზობს; ადგილი ამ ეტაპზე არავის აქვს."
PURSUED = "სოციალური მუშაკი, თვეში ერთხელ"
OUT = "ახლა ვერავინ უზრუნველყოფს; ბენეფიციარი თანახმაა, მოგვიანებით დაუბრუნდეს."
WORDS = "ვეთანხმებით: ძებნა გრძელდება და ერთ თვეში ერთად გადავხედავთ."
_CHANGES = (
    ("needs", "სამუშაო იპოვა: კურსი საღამოს ჯგუფში გადადის.", "საღამოს ჯგუფი, სამუშაო საათების გამო"),
    ("offers", "ორგანიზაციამ ჯგუფის განრიგი შეცვალა.", "ახალი განრიგით"),
)
HELD = "სახლში სახიფათოა; ინახება ფონდში, სოციალურ მუშაკთან."


def draw_up(case: Case, *, worker: Callable[[], Principal], rng: random.Random) -> PlanVersion | None:
    """The draft of the final plan, complete; None where nobody gives anything of it.

    What is necessary and not secured stays as unmet, what is desired is left out.

    Args:
        case: a case whose requests are answered and whose money is decided.
        worker: the designated worker, afresh.
        rng: what chance decides.
    """
    first = clock.today() + dt.timedelta(days=rng.randint(5, 12))
    version = actions.begin_final(case_id=case.id, starts_on=first, by=worker())
    ids = version.items.order_by("position").values_list("id", flat=True)
    items = [
        _settled(replace(one, id=id_), first)
        for one, id_ in zip(as_entered(version, worker().ring), ids, strict=True)
    ]  # fmt: skip
    actions.set_final(
        case_id=case.id, version_id=version.id, items=items, starts_on=version.starts_on, ends_on=version.ends_on,
        aim="დამოუკიდებელი ცხოვრება", by=worker(),
    )  # fmt: skip
    return version if any(one.proof for one in items) else None


def _settled(item: FinalItem, first: dt.date) -> FinalItem:
    if item.proof or item.source:
        return item
    bare = replace(item, starts_on=None, ends_on=None)
    if item.priority == Priority.NECESSARY:
        review = first + dt.timedelta(days=30)
        return replace(bare, source="unmet", tried=TRIED, pursued_by=PURSUED, review_on=review)
    return replace(bare, source="out", change=OUT)


def agree(
    case: Case, *, worker: Callable[[], Principal], coordinator: Callable[[], Principal], rng: random.Random
) -> None:
    """Draw up the final plan, submit it, have it agreed."""
    version = draw_up(case, worker=worker, rng=rng)
    if version is None:
        return
    actions.submit_final(case_id=case.id, version_id=version.id, by=worker())
    actions.agree_final(case_id=case.id, version_id=version.id, words=WORDS, by=coordinator())


def _sign(case: Case, row: PlanVersion, who: Signatory, strokes: str, worker: Callable[[], Principal]) -> None:
    actions.sign(
        case_id=case.id, version_id=row.id, who=who, signed=Signed(SignatureForm.SCREEN, strokes),
        read=bytes(row.fingerprint or b""), language="ka", by=worker(),
    )  # fmt: skip


def sign(case: Case, *, worker: Callable[[], Principal], strokes: str, rng: random.Random) -> None:
    """Both sign, and the copy is given, held or not wanted."""
    row = queries.to_sign(case)
    if row is None:
        return
    for who in (Signatory.BENEFICIARY, Signatory.WORKER):
        _sign(case, row, who, strokes, worker)
    outcome = rng.choices(list(CopyOutcome), weights=(60, 25, 15))[0]
    actions.record_copy(
        case_id=case.id, version_id=row.id, outcome=outcome, note=HELD if outcome == CopyOutcome.HELD else "",
        by=worker(),
    )  # fmt: skip


def change(case: Case, *, worker: Callable[[], Principal], strokes: str, rng: random.Random) -> None:
    """The plan in force changes: sometimes both have signed the amendment, sometimes it still waits for them."""
    standing = queries.in_force(case)
    if standing is None or standing.state != VersionState.IN_FORCE:
        return
    ground, why, said = rng.choice(_CHANGES)
    row = actions.begin_amendment(case_id=case.id, ground=ground, why=why, by=worker())
    ids = row.items.order_by("position").values_list("id", flat=True)
    items = [replace(one, id=id_) for one, id_ in zip(as_entered(row, worker().ring), ids, strict=True)]
    at = next(place for place, one in enumerate(items) if one.proof)
    items[at] = replace(items[at], detail=said, change=why)
    actions.set_final(
        case_id=case.id, version_id=row.id, items=items, starts_on=row.starts_on, ends_on=row.ends_on,
        aim="დამოუკიდებელი ცხოვრება", by=worker(),
    )  # fmt: skip
    fixed = actions.fix_amendment(case_id=case.id, version_id=row.id, by=worker())
    if likely(rng, 0.5):  # as often signed as waiting
        for who in (Signatory.BENEFICIARY, Signatory.WORKER):
            _sign(case, fixed, who, strokes, worker)
