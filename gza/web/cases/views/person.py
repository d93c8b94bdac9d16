"""The person behind a case: identity, coded profile, representative, what was told; each opening is recorded."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import require
from gza.cases import coded, queries
from gza.cases.actions import correct
from gza.cases.models import Case
from gza.core import places
from gza.core.conflicts import Stale
from gza.core.languages import language_name
from gza.ledger import work as ledger
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.people import PersonForm, ProfileForm, coded_of, from_coded, person_of
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

FIELDS = (
    "first_name", "last_name", "other_names", "personal_number", "document_number", "birth_date", "telephone",
    "email", "address", "contact_rule",
)  # fmt: skip


def ask_reason(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Outside one's own work the reason comes first (G4); None where nothing is to be asked."""
    if queries.own_work(request.principal, case):
        return None
    return HttpResponseRedirect(f"{reverse('cases:open', args=[case.id])}?next={request.path}")


def _profile(profile: coded.Coded, language: str) -> list[tuple[Any, str]]:
    def listed(name: str, keys: tuple[str, ...]) -> str:
        return ", ".join(coded.label(name, key, language) for key in keys) or "–"

    lands = {**dict(places.countries(language)), "unknown": _("unknown"), "stateless": _("stateless")}
    return [
        (_("Sex"), coded.label("sex", profile.sex, language)),
        (_("Year of birth"), str(profile.year_of_birth or "–")),
        (_("Citizenship"), lands.get(profile.citizenship, profile.citizenship)),
        (_("Lives in"), places.region_name(profile.region, language)),
        (_("Language to speak with the person"), language_name(profile.language, language)),
        (_("Forms of exploitation"), listed("form", profile.forms)),
        (_("Sectors of labour"), listed("sector", profile.sectors)),
        (_("Country of exploitation"), lands.get(profile.country, profile.country)),
        (_("Means of control"), listed("means", profile.means)),
        (_("How the person was recruited"), listed("recruitment", profile.recruitment)),
        (_("What made the person vulnerable"), listed("vulnerability", profile.vulnerabilities)),
    ]


@require_safe
@serves("S3.1", "S0.2", "G2", "G4")
def person(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everything about the person that this ring opens."""
    who = request.principal
    case = queries.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    row = queries.person_of(case)
    texts = who.ring.open_many([row], FIELDS)[0] if row else dict.fromkeys(FIELDS, "")
    representatives = queries.representatives(case)
    opened = who.ring.open_many(representatives, ["name", "telephone", "document_number"])
    stories = queries.stories(case)
    told = who.ring.open_many(stories, ["text"])
    context = {
        **frame(request, case, "cases:person"),
        "person": texts,
        "profile": _profile(queries.coded_of(case, who.ring), request.LANGUAGE_CODE),
        "representatives": [{"row": row, **one} for row, one in zip(representatives, opened, strict=True)],
        "stories": [{"row": row, **one} for row, one in zip(stories, told, strict=True)],
        "circumstances": queries.circumstances(case),
        "earlier": queries.versions(row)[:-1] if row and row.corrects_id else [],
    }
    ledger.opening("cases.person", by=who, case=case.id, section="identity")
    return render(request, "cases/person.html", context)


def _same(form: Any, row: Any, present: dict[str, Any], verb: str, section: str, who: Any) -> None:
    """Refuse a form made from an older record; both versions are shown, and that opening is recorded."""
    if form.is_stale(row.id):
        ledger.opening(verb, by=who, case=row.case_id, section=section)
        raise Stale(row.id, present, row.recorded_by, row.recorded_at)


@require_http_methods(["GET", "HEAD", "POST"])
@serves("G2")
def correct_person(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Mend the identity by a correcting record; the former one stays and is shown."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    row = queries.person_of(case)
    initial: dict[str, Any] = dict(who.ring.open_many([row], FIELDS)[0])
    initial["happened_on"] = row.happened_on
    if request.method == "GET":
        ledger.opening("cases.person", by=who, case=case.id, section="identity")
    form = PersonForm(request.POST or None, initial=initial, version=row.id)

    def do(data: dict[str, Any]) -> Any:
        _same(form, row, initial, "cases.person", "identity", who)
        texts = person_of(data).columns()
        changed = {name: text for name, text in texts.items() if text != initial[name]}
        return correct(
            case_id=case.id, row=row, why=data["why"], happened_on=data["happened_on"], texts=changed, by=who
        )

    page = ActPage(
        title=_("Correct the identity"),
        heading=_("Correct the identity"),
        lede=_("The former record stays beside the new one."),
        button=_("Record the correction"),
        clause="G2",
        tab="cases:person",
        draft="person",
        said=_("The correction was recorded."),
        to="cases:person",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(["GET", "HEAD", "POST"])
@serves("G2")
def correct_profile(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Mend the coded profile."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    row = queries.profile_of(case)
    initial = {**from_coded(queries.coded_of(case, who.ring)), "happened_on": row.happened_on}
    if request.method == "GET":
        ledger.opening("cases.profile", by=who, case=case.id, section="profile")
    form = ProfileForm(request.POST or None, initial=initial, language=request.LANGUAGE_CODE, version=row.id)

    def do(data: dict[str, Any]) -> Any:
        _same(form, row, initial, "cases.profile", "profile", who)
        texts = {"coded": coded_of(data).text()}
        return correct(case_id=case.id, row=row, why=data["why"], happened_on=data["happened_on"], texts=texts, by=who)

    page = ActPage(
        title=_("Correct the coded profile"),
        heading=_("Correct the coded profile"),
        lede=_("Statistics are made from these codes alone, and never show one person."),
        button=_("Record the correction"),
        clause="G2",
        tab="cases:person",
        draft="profile",
        said=_("The correction was recorded."),
        to="cases:person",
    )
    return act_page(request, case, form, page, do)
