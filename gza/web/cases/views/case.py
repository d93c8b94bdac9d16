"""One case: where it stands, what is missing, what happened, who can open it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from gza.accounts import queries as accounts
from gza.cases import queries
from gza.cases.models import Case
from gza.core import clock
from gza.core.places import region_name
from gza.law import road as roads
from gza.law import verdicts
from gza.law.road import StopState
from gza.law.stages import PARTIES, STOPS, Stage
from gza.ledger import work as ledger
from gza.ui import dates
from gza.ui.road import At, Lack, Stop
from gza.web.cases import steps
from gza.web.shell.clauses import serves
from gza.web.shell.verbs import words

_AT = {
    StopState.DONE: At.PASSED,
    StopState.HERE: At.HERE,
    StopState.AHEAD: At.AHEAD,
    StopState.OPEN: At.AHEAD,
}


def _stops(found: tuple[roads.Stop, ...], language: str) -> list[Stop]:
    return [
        Stop(
            stop.label,
            _AT[stop.state],
            when=dates.short_day(stop.on, language) if stop.on and stop.state == StopState.DONE else "",
            note=PARTIES[stop.party],
            since=dates.day(stop.on, language) if stop.on else "",
            clause=stop.clause,
        )
        for stop in found
    ]


def _lacks(here: roads.Stop | None) -> list[Lack]:
    if here is None:
        return []
    return [Lack(one.text, met=one.met, clause=one.clause) for one in here.requirements]


def _events(page: queries.History) -> list[dict[str, Any]]:
    return [
        {
            "event": event,
            "words": words(event.verb),
            "who": page.people.get(event.actor),
            "late": event.happened_on and event.happened_on != event.at.astimezone(clock.TBILISI).date(),
        }
        for event in page.events
    ]


def _flags(case: Case) -> list[dict[str, Any]]:
    return [
        {"flag": flag, "meaning": verdicts.explain(flag.code)} for flag in queries.flags(case) if not flag.resolved_at
    ]


@require_safe
@serves("S4.1", "S0.2", "S3.1", "S3.3", "G1")
def detail(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The case: its road, the next step with what is missing, what happened lately, who can open it. All T0."""
    who = request.principal
    case = queries.case_for(who, case_id)
    facts = queries.road_facts(case)
    road = roads.road(facts)
    here = next((stop for stop in road if stop.state == StopState.HERE), None)
    context = {
        **steps.frame(request, case, "cases:detail"),
        "stop": STOPS[Stage(case.stage)],
        "party": PARTIES[STOPS[Stage(case.stage)].party],
        "stops": _stops(road, request.LANGUAGE_CODE),
        "lacks": _lacks(here),
        "next": steps.next_act(who, case),
        "waiting": queries.waiting(case),
        "statuses": queries.statuses(case),
        "consents": queries.scopes_in_force(case, signed=False),
        "keeper": accounts.user(case.holder_id) if case.holder_id else None,
        "region": region_name(case.region, request.LANGUAGE_CODE),
        "events": _events(queries.history(case, size=8)),
        "access": queries.access_list(case),
        "flags": _flags(case) if case.open_flags else [],
        "own_work": queries.own_work(who, case),
    }
    return render(request, "cases/detail.html", context)


@require_POST
@vary_on_headers("HX-Request")
@serves("G4")
def name(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the person's name for half a minute; recorded. Outside one's own work a reason is asked first (G4)."""
    who = request.principal
    case = queries.case_for(who, case_id)
    if not queries.own_work(who, case):
        address = reverse("cases:open", args=[case.id])
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    names = queries.names_of([case], who.ring)
    ledger.opening("cases.name", by=who, case=case.id, section="identity")
    context = {"name": names.get(case.id, ""), **steps.frame(request, case, "cases:detail")}
    return render(request, "cases/_name.html" if request.htmx else "cases/name.html", context)


@require_safe
@serves("G2")
def history(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everything that was done, opened and refused in the case, newest first."""
    case = queries.case_for(request.principal, case_id)
    kinds = {"acts": ("act",), "openings": ("opening",), "refusals": ("refusal",)}
    chosen = request.GET.get("kind", "")
    page = queries.history(
        case, kinds=kinds.get(chosen, ("act", "opening", "refusal")), after=request.GET.get("after", "")
    )
    context = {
        **steps.frame(request, case, "cases:history"),
        "events": _events(page),
        "after": page.after,
        "kind": chosen if chosen in kinds else "",
    }
    return render(request, "cases/history.html", context)
