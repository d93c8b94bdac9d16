"""The rooms of the house: what stands in the navigation of each role, at most five, by the thumb on a telephone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gza.accounts.enums import Role


@dataclass(frozen=True)
class Room:
    """One entry of the navigation: URL name, words, icon, and the path under which it counts as entered."""

    url: str
    title: Promise
    icon: str
    prefix: str = ""


TODAY = Room("shell:today", _("Today"), "day")
CASES = Room("cases:list", _("Cases"), "cases", "/cases/")
OVERVIEW = Room("cases:overview", _("Overview"), "view", "/overview/")
SERVICES = Room("directory:catalogue", _("Services"), "list", "/catalogue/")
MONEY = Room("money:queue", _("Money"), "scale", "/funding/")
DIRECTORY = Room("directory:home", _("Directory"), "meet", "/directory/")
PLAN = Room("nap:home", _("National plan"), "plan", "/nap/")
FIGURES = Room("statistics:home", _("Figures"), "view", "/figures/")
ACCOUNTS = Room("accounts:list", _("Accounts"), "meet", "/accounts/")
OWN_REQUESTS = Room("provider:list", _("Requests"), "reg", "/provider/requests/")
OWN_REPORTS = Room("provider:parts", _("Reports"), "book", "/provider/reports/")
LEDGER = Room("shell:ledger", _("Ledger"), "lock", "/ledger/")

_FUND = (TODAY, OVERVIEW, CASES, SERVICES, DIRECTORY)
_ROOMS: dict[str, tuple[Room, ...]] = {
    Role.SOCIAL_WORKER: (TODAY, CASES, SERVICES, DIRECTORY),
    Role.COORDINATOR: _FUND,
    Role.DIRECTOR: (TODAY, OVERVIEW, CASES, MONEY, DIRECTORY),
    Role.PROVIDER: (TODAY, OWN_REQUESTS, OWN_REPORTS, SERVICES),
    Role.AGENCY: (TODAY, PLAN),
    Role.SECRETARIAT: (TODAY, PLAN),
    Role.STATISTICS: (TODAY, FIGURES),
    Role.COUNCIL: (TODAY, PLAN),
    Role.MONITOR: (TODAY, PLAN),
    Role.DATA_OFFICER: (TODAY, LEDGER),
    Role.AUDITOR: (TODAY, LEDGER),
    Role.ADMINISTRATOR: (TODAY, ACCOUNTS),
}


def rooms_of(role: str) -> tuple[Room, ...]:
    """The rooms of a role, in order."""
    return _ROOMS.get(role, (TODAY,))
