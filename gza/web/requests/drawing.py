"""The requests of a case, opened for its page."""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.directory.catalogue import Listed
from gza.law.requests import kept_open_until
from gza.ledger import work as ledger
from gza.plans.actions.provider import REPLY
from gza.plans.enums import POSITIVE, RequestState
from gza.plans.models import PlanItem, ServiceRequest, SetAside
from gza.plans.packets import Told, read
from gza.plans.queries.requests import Seeking, last_day_of, seeking
from gza.ui import dates
from gza.ui import drawing as ui
from gza.vault import queries as vault
from gza.vault.errors import VaultError
from gza.vault.models import Disclosure

_TEXTS = ("note", "answer_name", "answer_reason", "stop_reason", "packet")
MARKS = {
    RequestState.SENT: "wait", RequestState.ACCEPTED: "done", RequestState.PARTLY: "most",
    RequestState.DECLINED: "stop", RequestState.UNANSWERED: "late", RequestState.WITHDRAWN: "end",
    RequestState.STOPPED: "end",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request with its texts; ``told`` is what the provider was told, ``reply`` what it wrote back here."""

    row: ServiceRequest
    texts: dict[str, str]
    told: Told | None
    reply: str
    until: dt.date | None
    open_now: bool

    @property
    def mark(self) -> str:
        """The mark of its state."""
        return MARKS[RequestState(self.row.state)]

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self.row.state == RequestState.SENT

    @property
    def late(self) -> bool:
        """Whether that answer is past its date."""
        return self.waits and self.row.answer_due < clock.today()

    @property
    def answerable(self) -> bool:
        """Whether an answer can be recorded."""
        return self.row.state in {RequestState.SENT, RequestState.UNANSWERED}

    @property
    def withdrawable(self) -> bool:
        """Whether it can be withdrawn."""
        return self.row.state in {RequestState.SENT, *POSITIVE}

    @property
    def certifiable(self) -> bool:
        """Whether a coordinator can certify that no answer came: past the date, and reminded before today."""
        reminded = self.row.reminded_at
        return self.late and reminded is not None and reminded.astimezone(clock.TBILISI).date() < clock.today()


@dataclass(frozen=True)
class Line:
    """One item: what was asked for it, what was set aside, which offers are left."""

    item: PlanItem
    detail: str
    asked: list[Asked]
    asides: list[tuple[SetAside, str]]
    untried: list[Listed]
    seeking: Seeking

    @property
    def open_months(self) -> str:
        """The months nobody gives yet, those in a row together: ``2–4, 7``."""
        runs: list[list[int]] = []
        for month in sorted(self.seeking.standing.uncovered):
            if runs and runs[-1][-1] == month - 1:
                runs[-1].append(month)
            else:
                runs.append([month])
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

    @property
    def state(self) -> str:
        """``secured``, ``waiting``, ``open`` (offers are left), or ``exhausted``."""
        how = self.seeking.standing
        if not how.uncovered:
            return "secured"
        if how.untried:
            return "open"
        return "waiting" if how.waiting else "exhausted"


def draw(case: Case, who: Principal, language: str) -> list[Line]:
    """Every item with its requests, opened; one opening is recorded."""
    found = seeking(case)
    if not found:
        return []
    ledger.opening("plans.requests", by=who, case=case.id, section="narrative")
    details = who.ring.open_many([one.item for one in found], ["detail"])
    rows = [row for one in found for row in one.requests]
    opened = asked(rows, who, language)
    asides = [row for one in found for row in one.asides]
    reasons = dict(zip([row.id for row in asides], who.ring.open_many(asides, ["reason"]), strict=True))
    return [
        Line(
            one.item, text["detail"], [opened[row.id] for row in reversed(one.requests)],
            [(row, reasons[row.id]["reason"]) for row in one.asides], one.untried, one,
        )
        for one, text in zip(found, details, strict=True)
    ]  # fmt: skip


def asked(rows: Sequence[ServiceRequest], who: Principal, language: str) -> dict[uuid.UUID, Asked]:
    """Requests with their texts, by id."""
    texts = who.ring.open_many(rows, _TEXTS)
    told = vault.disclosed(row.disclosure_id for row in rows)
    today = clock.today()
    found = {}
    for row, text in zip(rows, texts, strict=True):
        disclosure = told.get(row.disclosure_id) if row.disclosure_id else None
        open_now = disclosure is not None and disclosure.ended_at is None and disclosure.until >= today
        packet = read(json.loads(text["packet"]), language) if text["packet"] else None
        reply = _reply(row, disclosure, who)
        found[row.id] = Asked(row, text, packet, reply, disclosure.until if disclosure else None, open_now)
    return found


def _reply(row: ServiceRequest, disclosure: Disclosure | None, who: Principal) -> str:
    if row.reply is None or disclosure is None:
        return ""
    try:
        return vault.open_reply(disclosure, bytes(row.reply), who.ring, label=REPLY, subject=row.id)
    except VaultError:  # a changed row must not hide the others
        return "?"


def to_keep_open(lines: Sequence[Line]) -> list[Asked]:
    """Accepted requests that close for their provider before the service can have ended."""
    return [
        one
        for line in lines
        for one in line.asked
        if one.row.state in POSITIVE
        and one.until is not None
        and one.until < kept_open_until(ends_on=last_day_of(one.row))
    ]


def named(offer: Listed, language: str, consented: Collection[str]) -> dict[str, Any]:
    """An offer of the list in the reader's language; ``consented`` are organisations that consents name."""
    body = offer["organisation"]
    return {
        "id": body["id"],
        "name": body[language],
        "contact": ", ".join(part for part in (body["phone"], body["email"]) if part),
        "conditions": offer["conditions"],
        "lacks": body["kind"] != "fund" and body["id"] not in consented,
    }


def waiting_rows(rows: Sequence[ServiceRequest]) -> SafeString:
    """Rows of requests that wait: by when, what was asked of whom, since when, of which case."""
    return ui.rows(map(_waiting, rows))


def _waiting(row: ServiceRequest) -> tuple[dict[str, Any], str]:
    language = ui.language()
    link, body = ui.address("requests:case", row.case_id), row.organisation
    said = [_("asked on %(day)s") % {"day": dates.day(row.happened_on, language)}]
    if row.reminded_at:
        said.append(_("reminded on %(day)s") % {"day": dates.day(ui.day_of(row.reminded_at), language)})
    if not row.seen_at and row.disclosure_id:
        said.append(_("not read there yet"))
    name = body.name_ka if language == "ka" else body.name_en
    attrs = {
        "day": row.answer_due, "due": True, "title": f"{row.service_type.name(language)}: {name}", "href": link,
        "code": row.case.code, "code_href": link,
    }  # fmt: skip
    return attrs, ", ".join(said)
