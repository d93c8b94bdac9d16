"""Rows of a case, and who opens them."""

import uuid

from tests.vault.factories import Person
from tests.vault.stand.models import Beneficiary


def sealed_row(case: uuid.UUID, who: Person, text: str = "ნინო") -> Beneficiary:
    """A row of the case, sealed by that person."""
    row = Beneficiary(case_id=case)
    who.ring.fill(row, first_name=text, born="1999")
    row.save()
    return row


def opens(who: Person, row: Beneficiary, name: str = "first_name") -> bool:
    """Whether that person opens the field of the row."""
    return bool(who.ring.open_many([row], [name], otherwise="")[0][name])
