"""The page of an act: draws a form, does the act, and shows refusal, stale case or kept draft with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import UUIDField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gza.accounts import queries as accounts
from gza.cases.models import Case
from gza.core.conflicts import Stale as Rewritten
from gza.core.text import whole
from gza.web.cases.steps import frame
from gza.web.shell import drafts
from gza.web.shell.acts import submit
from gza.web.shell.verbs import words

GENERIC = "cases/act.html"


@dataclass(frozen=True)
class ActPage:
    """What an act's page says and where it leads.

    Args:
        title: the page's title: no code, no status, no name.
        heading: what is to be done, beginning with its verb.
        button: the result, as the button's words.
        lede: one sentence why, or how.
        clause: the clause the act rests on.
        tab: the URL name of the tab that is current.
        draft: the page's short name for keeping drafts; empty keeps none.
        said: what is said when it is done, past tense.
        to: URL name to go to, with the case's id; the case page by default.
        template: a template of its own, extending ``cases/act.html``.
    """

    title: Any
    heading: Any
    button: Any
    lede: Any = ""
    clause: str = ""
    tab: str = "cases:detail"
    draft: str = ""
    said: Any = ""
    to: str = "cases:detail"
    template: str = GENERIC
    context: dict[str, Any] = field(default_factory=dict)


def act_page(
    request: HttpRequest,
    case: Case,
    form: Any,
    page: ActPage,
    do: Callable[[dict[str, Any]], Any],
    *,
    to: Callable[[Any], str] | str = "",
    send: bool = True,
) -> HttpResponse:
    """GET draws the form, POST does the act through ``shell.acts.submit``; without ``send`` it is drawn as it is.

    ``do`` gets the cleaned data. A stale case (``cases.errors.Stale``) is shown with who changed it and what they
    did; the form as typed can be sent again upon that. A row that was rewritten meanwhile (``core.conflicts.Stale``)
    is shown in both versions, field by field.
    """
    who = request.principal
    draft = drafts.key(page.draft, who, _subject(request, case)) if page.draft else ""

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        context = {**frame(request, case, page.tab), **page.context, "form": form, "page": page, "denied": denied}
        if form.is_bound:
            form.renew_token()
        if stale is not None:
            context |= _both(form, stale) if isinstance(stale, Rewritten) else {"stale": _stale(form, stale)}
        if draft:
            context["draft_address"] = drafts.address(draft)
            if not form.is_bound and "draft" not in request.GET:
                context["draft_saved"] = drafts.saved_at(who, draft)
                context["draft_drop"] = f"{reverse('shell:discard', args=[draft])}?{urlencode({'next': request.path})}"
        return render(request, page.template, context, status=status)

    def act(data: dict[str, Any]) -> Any:
        result = do(data)
        if draft:
            drafts.drop(who, draft)
        return result

    if request.method != "POST" or not send:
        if draft and "draft" in request.GET:
            drafts.initial(form, drafts.read(who, draft))
        return draw(form)
    return submit(request, form, act, draw, to=to or reverse(page.to, args=[case.id]), said=str(page.said))


def _subject(request: HttpRequest, case: Case) -> str:
    """What a draft is about: the case, and every row that the page's address names beside it."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    rows = [str(value) for name, value in sorted(kwargs.items()) if name != "case_id"]
    return "/".join([str(case.id), *rows])


def _both(form: Any, stale: Rewritten) -> dict[str, Any]:
    """The row as typed and as another saved it meanwhile; the form then carries the version of the latter."""
    return {
        "conflict": form.conflict({**form.cleaned_data, **stale.current}, stale.version),
        "changed_by": accounts.user(stale.changed_by) if stale.changed_by else None,
        "changed_at": stale.changed_at,
    }


def _stale(form: Any, stale: Any) -> dict[str, Any]:
    """Who changed the case meanwhile, and how; the form then carries the present version, or the present row's id."""
    current = getattr(stale, "current", None)
    version = getattr(current, "version", None)
    if isinstance(form.fields.get("read"), UUIDField) and current is not None:
        form.data[form.add_prefix("read")] = str(current.pk)
    if version is not None and "version" in form.fields:
        form.data[form.add_prefix("version")] = str(version)
    changed_by = getattr(current, "changed_by", None)
    return {
        "who": accounts.user(changed_by) if changed_by else None,
        "when": getattr(current, "changed_at", None),
        "what": words(getattr(current, "changed_verb", "")),
    }


def seen(form: Any) -> int | None:
    """The case's version that the form was made for."""
    return whole(form.data.get(form.add_prefix("version"), ""), digits=9)
