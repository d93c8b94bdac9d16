"""Papers for tests, made of unsaved rows."""

import datetime as dt

from gza.cases.models import Need
from gza.directory.models import Organisation, ServiceType
from gza.documents import plan
from gza.plans.models import PlanItem, PlanVersion

START = dt.date(2024, 1, 17)


def told(count: int = 3, **extra: object) -> plan.Told:
    """A final plan of so many items, every third one desired, the first ones with the Fund's money."""
    service = ServiceType(key="employment", kind="reintegration", name_ka="დასაქმების ხელშეწყობა", name_en="Employment")
    organisation = Organisation(name_ka="ორგანიზაცია „ნათელი“", name_en="Organisation Nateli", kind="ngo")
    version = PlanVersion(
        kind="final", number=3, state="in_force", months=12, starts_on=START, ends_on=dt.date(2025, 1, 16),
        submitted_on=START, decided_on=START, in_force_on=START,
    )  # fmt: skip
    items = [
        plan.Item(
            PlanItem(
                position=number, service_type=service, need=Need(domain="work"), organisation=organisation,
                priority="desired" if number % 3 == 0 else "necessary", source="fund" if number < 3 else "provider",
                month_from=1, month_to=6, starts_on=START, ends_on=dt.date(2024, 7, 16),
            ),
            f"სამკერვალო კურსი და სტაჟირება ნომერი {number}",
            "საკუთარი შემოსავლისთვის, რომ ბავშვთან ერთად ცალკე ცხოვრება შეძლოს",
            134_050 if number < 3 else 0,
            "კოლეჯი „იბერია“" if number < 3 else "",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    values = {
        "version": version, "code": "R4K71T", "items": items, "aim": "დამოუკიდებელი ცხოვრება", "worker": "ეკა ბერაძე",
        "name": "ნინო წიკლაური", "fingerprint": " ".join(["0f3a"] * 16), "day": START,
        "signatures": [plan.Signed("ბენეფიციარი", START, "ეკრანზე"), plan.Signed("სოციალური მუშაკი", None)],
        "unmet": [plan.Unmet("საცხოვრებელი", "ორი ორგანიზაცია", "სოციალური მუშაკი", dt.date(2024, 4, 1))],
        **extra,
    }  # fmt: skip
    return plan.Told(**values)
