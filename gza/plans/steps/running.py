"""The year of a plan inside an act: when the next report is due, what each organisation gets, rows mended."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from gza.cases.errors import Stale
from gza.cases.inputs import words
from gza.cases.models.base import CaseFact
from gza.cases.queries.facts import versions
from gza.cases.queries.road import consents_of
from gza.cases.steps import Work, seal, take
from gza.core import clock
from gza.directory.models import Organisation
from gza.law import entry, parameters, reporting
from gza.law.verdicts import Denied
from gza.plans.models import Expenditure, MonthlyReport, Plan, ReportPart
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Sheet
from gza.vault import steps as vault
from gza.vault.enums import GroupKind
from gza.vault.errors import NotFounded, Untrusted
from gza.vault.fields import SealedField
from gza.vault.models import Group

F = TypeVar("F", bound=CaseFact)
_OWN = frozenset({"id", "case", "corrects", "superseded", "recorded_at", "recorded_on", "recorded_by", "happened_on"})


def first_report_due(work: Work, plan: Plan) -> dt.date | None:
    """Let reports fall due: called when a plan came into force; the day the first one is due."""
    del plan  # whichever came into force, the oldest month without a report counts
    mirror(work)
    return work.case.report_due_on


def mirror(work: Work) -> None:
    """Let the case show when its oldest month without a sent report was due, or is."""
    work.case.report_due_on = queries.report_due_on(work.case)


def in_force(row: CaseFact) -> None:
    """Go on only with the newest of a chain of corrections.

    Raises:
        Stale: when the row was corrected; ``current`` is the newest one.
    """
    if row.superseded:
        raise Stale(versions(row)[-1])


def mended(
    work: Work, old: F, day: dt.date | None, *, columns: Mapping[str, Any], texts: Mapping[str, str | None]
) -> F:
    """A new row in the place of a mistaken one, which stays and is marked; what is not named is taken over (G2).

    Args:
        work: the act; its reason says what the mistake was.
        old: the row as it stands.
        day: the right day; None keeps it.
        columns: right values of plain columns.
        texts: right values of sealed texts; None keeps one, an empty one takes it away.

    Raises:
        Stale: when the row was corrected meanwhile; ``current`` is the newest one.
        Refused: when the mistake is not explained, or the day is refused.
    """
    in_force(old)
    work.require(entry.may_correct(reason=work.reason, corrected_already=False))
    day = day or old.happened_on
    work.require(entry.not_future(happened_on=day, today=work.today))
    work.require(entry.sane_century(day=day, today=work.today))
    fields = old._meta.concrete_fields
    sealed = [one.name for one in fields if isinstance(one, SealedField) and one.name != "entry_reason"]
    kept = work.by.ring.open_many([old], sealed)[0]
    plain = {
        one.attname: getattr(old, one.attname)
        for one in fields
        if one.name not in _OWN and not isinstance(one, SealedField)
    }
    old.superseded = True
    old.save(force_update=True)
    new = type(old)(
        **{**plain, **columns}, case=work.case, happened_on=day, corrects=old, recorded_by=work.by.id,
        recorded_at=clock.now(), recorded_on=work.today,
    )  # fmt: skip
    given = {name: words(text, name) for name, text in texts.items() if text is not None}
    seal(new, work.by, {**kept, **given, "entry_reason": words(work.reason, "reason")})
    new.save(force_insert=True)
    work.doing.subject = new.id
    return new


def content(sheet: Sheet) -> dict[str, Any]:
    """The month as it is sealed with the report: services and money as they stood when it was sent."""
    return {
        "month": sheet.month.isoformat(),
        "from": sheet.first.isoformat(),
        "until": sheet.last.isoformat(),
        "version": sheet.version.number if sheet.version else None,
        "lines": [
            {
                "item": str(line.item.id) if line.item else "", "service": line.service,
                "organisation": str(line.organisation_id or ""), "planned": line.planned, "committed": line.committed,
                "paid": line.paid, "paid_total": line.paid_total, "invoiced": line.invoiced, "sessions": line.sessions,
            }
            for line in sheet.lines
        ],
        "deliveries": [
            {
                "service": one.service_type_id, "organisation": str(one.organisation_id or ""),
                "on": one.happened_on.isoformat(), "until": one.until.isoformat() if one.until else "",
                "sessions": one.sessions,
            }
            for one in sheet.deliveries
        ],
        "expenditure": [
            {
                "kind": one.kind, "amount": one.amount, "over": one.over, "on": one.happened_on.isoformat(),
                "organisation": str(queries.payee_of(one) or ""),
            }
            for one in sheet.expenditure
        ],
    }  # fmt: skip


def part(organisation: uuid.UUID, sealed: Mapping[str, Any]) -> dict[str, Any]:
    """What one organisation gets of a report's content: its own services and money, no word of the case (S6.1)."""
    own = str(organisation)
    paid = [one for one in sealed["expenditure"] if one["organisation"] == own]
    return {
        "kind": "report_part",
        "organisation": own,
        "month": sealed["month"],
        "from": sealed["from"],
        "until": sealed["until"],
        "planned": [
            {"service": one["service"], "organisation": own}
            for one in sealed["lines"]
            if one["organisation"] == own and one["planned"]
        ],
        "deliveries": [one for one in sealed["deliveries"] if one["organisation"] == own],
        "expenditure": paid,
        "paid": sum(one["amount"] for one in paid if one["kind"] == "payment"),
    }


def _concerns(packet: Mapping[str, Any]) -> set[str]:
    rows = [*packet["planned"], *packet["deliveries"], *packet["expenditure"]]
    return {one["organisation"] for one in rows}


def send_parts(work: Work, sheet: Sheet) -> dict[str, Any]:
    """Give each organisation its own part, where the person's consent names it.

    Returns:
        The content of the sheet with ``parts`` (ids of organisations and of their packets) and ``withheld`` (ids and
        the codes of the refusals), to be sealed with the report.
    """
    ids = {line.organisation_id for line in sheet.lines} | {one.organisation_id for one in sheet.deliveries}
    ids |= {queries.payee_of(one) for one in sheet.expenditure}
    kinds = dict(Organisation.objects.filter(id__in=[one for one in ids if one]).values_list("id", "kind"))
    concerned = queries.concerned(sheet, kinds)
    consents = consents_of(work.case)
    keyed = set(
        Group.objects.filter(kind=GroupKind.PROVIDER, organisation__in=concerned).values_list("organisation", flat=True)
    )
    sealed = content(sheet)
    until = work.today + dt.timedelta(days=parameters.value("report_part_days", work.today))
    sent: dict[str, str] = {}
    withheld: dict[str, str] = {}
    for organisation in concerned:
        packet = part(organisation, sealed)
        verdict = reporting.may_send_part(
            consents=consents, organisation=str(organisation), concerns=_concerns(packet), on=work.today
        )
        if isinstance(verdict, Denied):
            withheld[str(organisation)] = verdict.code
            continue
        try:
            disclosed = _disclosed(work, organisation, packet, until) if organisation in keyed else None
        except (NotFounded, Untrusted):
            disclosed = None
        if disclosed is None:
            withheld[str(organisation)] = reporting.NO_KEY.code
        else:
            sent[str(organisation)] = str(disclosed)
    return {**sealed, "parts": sent, "withheld": withheld}


def _disclosed(work: Work, organisation: uuid.UUID, packet: dict[str, Any], until: dt.date) -> uuid.UUID:
    return vault.disclose(work.case.id, organisation, packet, until, by=work.by.ring).id


def write_parts(work: Work, report: MonthlyReport, sealed: Mapping[str, Any]) -> None:
    """The rows of the parts that were sent; those of the report this one corrects end."""
    if report.corrects_id:
        for old in ReportPart.objects.filter(report=report.corrects_id):
            vault.end_disclosure(old.disclosure_id)
    ReportPart.objects.bulk_create(
        ReportPart(
            case=work.case, report=report, organisation_id=organisation, disclosure_id=disclosure, sent_on=work.today
        )
        for organisation, disclosure in sealed["parts"].items()
    )


def end_parts(work: Work, organisation_id: uuid.UUID | None = None) -> int:
    """Let what organisations got of reports open no more, since a consent was withdrawn (S0.1); how many ended.

    Args:
        work: the act.
        organisation_id: only of this organisation; of all when None.
    """
    rows = ReportPart.objects.filter(case=work.case)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    ids = list(rows.values_list("disclosure_id", flat=True))
    for disclosure_id in ids:
        vault.end_disclosure(disclosure_id)
    return len(ids)


def expenditure_row(work: Work, row_id: uuid.UUID) -> Expenditure:
    """A payment or an invoice of the case.

    Raises:
        Http404: when it is none of this case.
    """
    return take(Expenditure.objects.filter(case=work.case).select_related("commitment"), id=row_id)
