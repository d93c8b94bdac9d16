"""Who can open a case, who is shut out, and what counts as one's own work (G4)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from gza.accounts import queries as accounts
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases.enums import FinalState
from gza.cases.models import Case, OutsideOpening, ShutOut
from gza.core import clock
from gza.core.prepared import Prepared
from gza.law.stages import STOPS, Party, Stage
from gza.vault.enums import Grantee, GroupKind
from gza.vault.models import Disclosure, Grant, Group
from gza.vault.queries import members, members_of


@dataclass(frozen=True)
class Access:
    """One line of the list of who can open a case.

    ``user`` for a person; ``group`` (a value of ``vault.enums.GroupKind``) for a group with its ``members``;
    ``organisation`` for a disclosure, ``until`` its last day. ``sections`` is empty for the whole case.
    """

    user: User | None = None
    group: str = ""
    members: tuple[User, ...] = ()
    organisation: uuid.UUID | None = None
    sections: tuple[str, ...] = ()
    until: dt.date | None = None


_GRANTS = Prepared(lambda case_id: Grant.objects.filter(case=case_id).values_list("kind", "grantee", "section"))
_GROUPS = Prepared(lambda: Group.objects.values_list("id", "kind"))
_SHOWN = Prepared(
    lambda case, day: Disclosure.objects.filter(case=case, ended_at=None, until__gte=day).values_list(
        "organisation", "until"
    ),
    kinds=(uuid.UUID, dt.date),
)


def access_list(case: Case) -> list[Access]:
    """Who can open the case: people, groups, organisations with a disclosure; a constant number of queries."""
    held: dict[tuple[str, uuid.UUID], set[str]] = {}
    for kind, grantee, section in _GRANTS.rows(case.id):
        held.setdefault((kind, grantee), set()).add(section)
    groups = dict(_GROUPS.rows())
    in_groups = members_of([GroupKind.REGISTRY.value, GroupKind.STATISTICS.value])
    ids = {grantee for kind, grantee in held if kind == Grantee.USER}
    people = accounts.users(ids.union(*in_groups.values()))
    lines = []
    for (kind, grantee), sections in held.items():
        narrow = () if "" in sections else tuple(sorted(sections))
        if kind == Grantee.USER:
            lines.append(Access(user=people.get(grantee), sections=narrow))
        else:
            name = groups.get(grantee, "")
            holders = tuple(people[one] for one in sorted(in_groups.get(name, ())) if one in people)
            lines.append(Access(group=name, members=holders, sections=narrow))
    shown = _SHOWN.rows(case.id, clock.today())
    return [*lines, *(Access(organisation=organisation, until=until) for organisation, until in shown)]


def human_holders(case_id: uuid.UUID) -> int:
    """How many people can open the whole case, by their own grant or as members of the registry."""
    grants = list(Grant.objects.filter(case=case_id, section="").values_list("kind", "grantee"))
    registry = set(Group.objects.filter(kind=GroupKind.REGISTRY).values_list("id", flat=True))
    people = {grantee for kind, grantee in grants if kind == Grantee.USER}
    if any(kind == Grantee.GROUP and grantee in registry for kind, grantee in grants):
        people |= members(GroupKind.REGISTRY.value)
    return len(people)


def shut_outs(case: Case) -> list[ShutOut]:
    """Who is or was shut out, the newest first."""
    return list(ShutOut.objects.filter(case=case).order_by("-recorded_at", "-id"))


def own_work(who: Principal, case: Case) -> bool:
    """Whether opening the case needs no reason: one holds it, it waits for the Fund, or a reason was given today.

    At most one query.
    """
    if case.holder_id == who.id:
        return True
    waits = STOPS[Stage(case.stage)].party == Party.FUND or case.final_state == FinalState.SUBMITTED
    if who.in_registry and (waits or case.open_flags or case.considerations_open):
        return True
    return OutsideOpening.objects.filter(user_id=who.id, case=case, until__gt=clock.now()).exists()


def openings_on(user_id: uuid.UUID, day: dt.date) -> int:
    """How many cases outside their work a person opened on that day."""
    begin = dt.datetime.combine(day, dt.time(), clock.TBILISI)
    return OutsideOpening.objects.filter(user_id=user_id, at__gte=begin, at__lt=begin + dt.timedelta(days=1)).count()
