"""Mending mistakes (G2) and settling flags (G1)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Field

from gza.accounts.principals import Principal
from gza.cases.coded import Coded, check
from gza.cases.enums import Circumstance
from gza.cases.errors import Impossible, Stale
from gza.cases.inputs import words
from gza.cases.models import (
    CircumstanceFact,
    Declined,
    EmergencyHelp,
    Explanation,
    Flag,
    Need,
    Person,
    PrimaryAssessment,
    PrimaryNeed,
    Profile,
    Representative,
    ServiceGiven,
    StatusDecision,
    Story,
    TakeOver,
)
from gza.cases.models.base import CaseFact
from gza.cases.queries.facts import versions
from gza.cases.queries.road import standing
from gza.cases.steps import FOLLOWERS, Work, index_names, mirror_circumstance, on_case, seal, take
from gza.core import clock
from gza.law import entry, lifecycles, plausible
from gza.law import status as status_rules
from gza.law.status import StatusKind
from gza.ledger import work as ledger
from gza.vault.fields import SealedField

CORRECTABLE: dict[type[CaseFact], frozenset[str]] = {
    Person: frozenset(),
    Profile: frozenset(),
    Story: frozenset(),
    TakeOver: frozenset({"balance", "reports_from"}),
    CircumstanceFact: frozenset({"value"}),
    Representative: frozenset({"kind"}),
    StatusDecision: frozenset({"kind", "body", "organisation_id"}),
    Explanation: frozenset({"topics", "minutes", "with_interpreter"}),
    Declined: frozenset(),
    PrimaryAssessment: frozenset(),
    PrimaryNeed: frozenset({"recovery", "urgent", "stated_by"}),
    Need: frozenset({"domain", "priority", "stated_by"}),
    ServiceGiven: frozenset({"service_type_id", "organisation_id", "place", "until", "sessions", "charged"}),
    EmergencyHelp: frozenset({"ground", "kind", "given_at", "organisation_id"}),
}
"""What can be corrected, and which plain columns of it, beside ``happened_on`` and the sealed texts."""

_BOUNDS = {"sessions": plausible.TIMES, "minutes": plausible.EXPLAINED_MINUTES}
_OWN = frozenset({"id", "case", "corrects", "superseded", "recorded_at", "recorded_on", "recorded_by", "happened_on"})


def correct(
    *,
    case_id: uuid.UUID,
    row: CaseFact,
    why: str,
    happened_on: dt.date | None = None,
    columns: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    by: Principal,
) -> CaseFact:
    """Mend a mistake: a new row takes the old one's place, which stays and is shown beside it.

    Args:
        case_id: the case.
        row: the fact as the form showed it.
        why: what the mistake was; sealed.
        happened_on: the right day, where the day was wrong.
        columns: right values of plain columns, of those in ``CORRECTABLE``.
        texts: right values of sealed texts; an empty one takes the old one away.
        by: who corrects it.

    Raises:
        Stale: when the row was corrected meanwhile; ``current`` is the newest one.
        Impossible: for a column that is not corrected so.
    """
    model = type(row)
    columns, texts = dict(columns or {}), dict(texts or {})
    sealed = {field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)} - {"entry_reason"}
    for name in [*columns, *texts]:
        if model not in CORRECTABLE or name not in CORRECTABLE[model] | sealed:
            raise Impossible(name)
    with on_case(
        "cases.correct", case_id, by=by, clause="G2", reason=why, what=model._meta.model_name,
        columns=sorted([*columns, *texts, *(["happened_on"] if happened_on else [])]),
    ) as work:  # fmt: skip
        old = take(model._default_manager.filter(case=work.case), id=row.id)
        if old.superseded:
            raise Stale(versions(old)[-1])
        work.require(entry.may_correct(reason=why, corrected_already=False))
        day = happened_on or old.happened_on
        work.require(entry.not_future(happened_on=day, today=work.today))
        work.require(entry.sane_century(day=day, today=work.today))
        ledger.require(entry.lasting(first_on=day, last_on=columns.get("until"), today=work.today))
        for name in columns.keys() & _BOUNDS.keys():
            ledger.require(plausible.number(value=columns[name], bounds=_BOUNDS[name]))
        _kind_kept(work, old, columns)
        cleaned = {name: words(text, name) for name, text in texts.items()}
        new = _copy(work, old, day, columns=columns, texts=cleaned, sealed=sealed)
        _follow(work, old, new)
        return new


def _kind_kept(work: Work, old: CaseFact, columns: Mapping[str, Any]) -> None:
    if isinstance(old, StatusDecision):
        kind = StatusKind(columns.get("kind", old.kind))
        work.require(status_rules.kept_apart(recorded=StatusKind(old.kind), correction=kind))
        body = status_rules.DecidingBody(columns.get("body", old.body))
        work.require(status_rules.decision(kind=kind, body=body))


def _copy(
    work: Work, old: CaseFact, day: dt.date, *, columns: Mapping[str, Any], texts: Mapping[str, str], sealed: set[str]
) -> CaseFact:
    plain = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields if _copied(field)}
    opened = work.by.ring.open_many([old], sorted(sealed))[0]
    if isinstance(old, StatusDecision):  # other agencies keep knowing the decision by the same notice
        old.notice = uuid.uuid4()
    old.superseded = True
    old.save(force_update=True)
    new = type(old)(
        **{**plain, **columns}, case=work.case, happened_on=day, corrects=old, recorded_by=work.by.id,
        recorded_at=clock.now(), recorded_on=work.today,
    )  # fmt: skip
    if isinstance(new, Profile):
        check(Coded.read(texts.get("coded", opened["coded"])), this_year=work.today.year)
    seal(new, work.by, {**opened, **texts, "entry_reason": words(work.reason, "reason")})
    new.save(force_insert=True)
    work.doing.subject = new.id
    return new


def _copied(field: "Field[Any, Any]") -> bool:
    return field.name not in _OWN and not isinstance(field, SealedField)


def _follow(work: Work, old: CaseFact, new: CaseFact) -> None:
    """Let what rests on the old row rest on the new one, and the case mirror it."""
    if isinstance(new, StatusDecision):
        work.case.standing = standing(work.case)
    elif isinstance(new, CircumstanceFact):
        mirror_circumstance(work.case, Circumstance(new.kind))
    elif isinstance(new, Person):
        index_names(work, new)
    elif isinstance(new, Explanation):
        old.consents.update(explanation=new)
    elif isinstance(new, PrimaryAssessment):
        old.needs.update(assessment=new)
    elif isinstance(new, PrimaryNeed):
        old.services.update(need=new)
    for step in FOLLOWERS.get(type(new), []):
        step(work, new)


def resolve_flag(*, case_id: uuid.UUID, flag_id: uuid.UUID, how: str, by: Principal) -> Flag:
    """Settle a flag with an explanation; the coordinator's.

    Args:
        case_id: the case.
        flag_id: the flag.
        how: what was found and done; sealed.
        by: a coordinator.
    """
    with on_case("cases.resolve_flag", case_id, by=by, clause="G1", may="cases.coordinate") as work:
        flag = take(Flag.objects.filter(case=work.case), id=flag_id)
        state = lifecycles.FlagState.SETTLED if flag.resolved_at else lifecycles.FlagState.RAISED
        work.require(lifecycles.FLAG.verdict(state, "settle"))
        work.require(entry.correction_explained(reason=how))
        flag.resolved_at, flag.resolved_by = clock.now(), by.id
        seal(flag, by, {"resolution": words(how, "how")})
        flag.save(force_update=True)
        work.case.open_flags -= 1
        work.doing.subject = flag.id
        work.doing.facts = {"code": flag.code}
        return flag
