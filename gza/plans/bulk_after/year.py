"""The year of a plan: services, payments, reports with the parts organisations get."""

import datetime as dt
import json

from gza.accounts.enums import Role
from gza.cases.batch import Batch, Written
from gza.law import parameters, reporting
from gza.plans.enums import ExpenseKind, ReportState
from gza.plans.models import Delivery, Expenditure, MonthlyReport, PlanItem, PlanVersion, ReportPart
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Term, Year
from gza.plans.steps import running as steps
from gza.vault.models import Disclosure
from gza.vault.steps import Discloser

from .going import Going, worker
from .stories import MonthStory, term


def tell(
    batch: Batch, of: Written, going: Going, version: PlanVersion, rows: list[PlanItem], discloser: Discloser
) -> None:
    """Every month of the story; nothing for a plan that is not in force."""
    days = term(going.told, going.agreed)
    if days is None or not going.told.months:
        return
    year = Year(Term(version.plan, *days), [version], {version.id: rows}, list(going.commitments.values()), [], [])
    for month in going.told.months:
        for given in month.given:
            item, (answers, _money) = going.items[given.item], going.told.secured(given.item)
            year.deliveries.append(
                batch.fact(
                    of, Delivery, given.on, worker(of), origin=item, service_type_id=item.service_type_id,
                    organisation_id=answers[0].organisation_id, sessions=given.sessions,
                )
            )  # fmt: skip
            batch.act(
                of, "plans.record_delivery", given.on, worker(of), clause="S7.9", service=item.service_type_id
            )  # fmt: skip
        for paid in month.paid:
            year.expenditure.append(
                batch.fact(
                    of, Expenditure, paid.on, worker(of), commitment=going.commitments[paid.money],
                    kind=ExpenseKind.PAYMENT, amount=paid.amount, texts={"what": paid.what},
                )
            )  # fmt: skip
            batch.act(of, "plans.record_payment", paid.on, worker(of), clause="S7.9", amount=paid.amount)
        if month.sent_on:
            _report(batch, of, going, year, month, discloser)


def _report(batch: Batch, of: Written, going: Going, year: Year, month: MonthStory, discloser: Discloser) -> None:
    if month.sent_on is None:
        raise TypeError("a report has its day")
    who, sheet = worker(of), year.sheet(month.month)
    sealed = steps.content(sheet)
    until = month.sent_on + dt.timedelta(days=parameters.value("report_part_days", month.sent_on))
    sent: dict[str, str] = {}
    withheld: dict[str, str] = {}
    told: list[Disclosure] = []
    for body in queries.concerned(sheet, going.kinds):
        if not discloser.reaches(body):
            withheld[str(body)] = reporting.NO_KEY.code
            continue
        packet = steps.part(body, sealed)
        ended = going.told.end is not None
        row, _key = discloser.tell(of.keys, body, packet, until, ended=ended)
        told.append(batch.row(of, row))
        sent[str(body)] = str(row.id)
    whole = {**sealed, "parts": sent, "withheld": withheld}
    report = batch.fact(
        of, MonthlyReport, month.sent_on, who, plan=year.term.plan, month=month.month,
        due_on=queries.due_on(month.month), sent_on=month.sent_on, sent_at=batch.evening(month.sent_on), sent_by=who,
        state=ReportState.READ if month.read_on else ReportState.SENT,
        texts={
            "work_done": month.work_done, "outlook": month.outlook, "content": json.dumps(whole, sort_keys=True),
        },
    )  # fmt: skip
    for one in told:
        batch.row(
            of, ReportPart(case=of.case, report=report, organisation_id=one.organisation, disclosure_id=one.id,
                           sent_on=month.sent_on)
        )  # fmt: skip
    named = month.month.isoformat()
    batch.act(
        of, "plans.send_report", month.sent_on, who, clause="S7.9", subject=report.id, month=named,
        parts=len(sent), withheld=len(withheld),
    )  # fmt: skip
    if month.read_on:
        report.read_at, report.read_by = batch.evening(month.read_on), of.story.coordinator_id
        batch.act(
            of, "plans.read_report", month.read_on, of.story.coordinator_id, role=Role.COORDINATOR, clause="S7.9",
            subject=report.id, month=named,
        )  # fmt: skip
