"""Told in a process of its own: everything the statistics seal, with a canary for its salt, by the real acts."""

from types import SimpleNamespace

from gza.protection.model import YEAR, Figure
from gza.statistics import actions, bases, engine, exchange, foreign
from gza.vault.models import GroupBox

from .country import LAST, TABLES, YEARS, Country


def tell(*, word: str) -> list[str]:
    """Extract, register, release, figures of others; gives the ledger's secret and the labels that were sealed."""
    salt = SimpleNamespace(urandom=lambda _size: SimpleNamespace(hex=lambda: word))
    bases.os = engine.os = salt
    country = Country()
    country.recognised()
    country.ready()
    country.published(YEARS[:3])
    actions.preview(years=YEARS, choice=TABLES, seconds=1.0, by=country.officer.who)
    country.prepared()
    figures = foreign.over([Figure({YEAR: (str(LAST),)}, 3, "a report")])
    actions.record_foreign(figures=figures, by=country.officer.who)
    secret = exchange.dump(by=country.officer.who)["secret"].decode().strip()
    return [secret, *sorted(set(GroupBox.objects.values_list("label", flat=True)))]
