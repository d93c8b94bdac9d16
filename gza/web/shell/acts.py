"""From a submitted form to an act, and from whatever comes of it to a page.

A view gives ``submit`` the bound form, the act and a way to draw its page again; wrong fields answer 422, a refusal,
a stale form and a collision 409, each with everything that was typed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.db import IntegrityError, OperationalError
from django.forms import BaseForm, FileField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gza.cases.errors import Stale as CaseStale
from gza.core.conflicts import Stale
from gza.law.verdicts import Denied, Text
from gza.ledger.work import Refused
from gza.vault.refusals import FileRefused

from . import once

log = logging.getLogger(__name__)
UNPROCESSABLE = 422
CONFLICT = 409


@dataclass(frozen=True)
class Said(Denied):
    """A refusal for a template, where ``{% if denied %}`` asks whether there is one: true, unlike the verdict."""

    def __bool__(self) -> bool:
        """True."""
        return True

    @classmethod
    def of(cls, denied: Denied) -> "Said":
        """The refusal, to be shown."""
        return cls(denied.code, denied.clause, denied.message, denied.remedy)


class Draw(Protocol):
    """Draws the page of a form again."""

    def __call__(
        self, form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | CaseStale | None = None
    ) -> HttpResponse:
        """The page with ``form`` as typed, and the refusal or the other version above it."""


def submit(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[dict[str, Any]], Any],
    draw: Draw,
    *,
    to: str | Callable[[Any], str],
    said: str | Callable[[Any], str] = "",
) -> HttpResponse:
    """Do the act of a submitted form once, then go to ``to`` and say ``said`` there.

    Args:
        request: the POST.
        form: bound; its hidden ``form_token`` makes it good for one act.
        do: the act, given the cleaned data; its result is handed to ``to`` and ``said``.
        draw: draws the page again.
        to: address to go to when it is done.
        said: what to say there, past tense, plain.
    """
    if not form.is_valid():
        return draw(form, status=UNPROCESSABLE)
    key = f"{request.session.session_key}:{form.data.get('form_token', '')}"
    done = ""
    try:
        with once.spend(key) as spending:
            result = do(form.cleaned_data)
            done = spending.target = to(result) if callable(to) else to
    except once.AlreadyDone as already:
        messages.info(request, _("This was already done; nothing was done twice."))
        return HttpResponseRedirect(already.target or (to if isinstance(to, str) else request.path))
    except once.StillGoing:
        return draw(form, status=CONFLICT, denied=_busy())
    except (IntegrityError, OperationalError) as error:
        where = request.resolver_match.view_name if request.resolver_match else ""
        what = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or type(error).__name__
        log.warning("an act met another in %s: %s", where, what)  # not the engine's own words: they hold values
        return draw(form, status=CONFLICT, denied=_collided())
    except Refused as refused:
        return draw(form, status=CONFLICT, denied=Said.of(refused.denied))
    except (Stale, CaseStale) as stale:
        return draw(form, status=CONFLICT, stale=stale)
    except FileRefused as refused:
        _say_of_file(form, refused, getattr(request, "LANGUAGE_CODE", "ka"))
        return draw(form, status=UNPROCESSABLE)
    words = said(result) if callable(said) else said
    if words:
        messages.success(request, words)
    return HttpResponseRedirect(done)


def _say_of_file(form: BaseForm, refused: FileRefused, language: str) -> None:
    """Put why a file is not taken, and the way out, beside the field it was chosen in."""
    field = next((name for name, each in form.fields.items() if isinstance(each, FileField)), None)
    form.add_error(field, " ".join(text.say(language) for text in (refused.message, *refused.remedy)))


def _collided() -> Denied:
    """Whatever two acts at the same moment run into that no rule foresaw: the act was undone whole."""
    return Said(
        "form.collided",
        "",
        Text(
            "ამავე წამს სხვა მოქმედებაც სრულდებოდა; თქვენი არ ჩაიწერა.",
            "Another act was under way at the same moment; yours was not recorded.",
        ),
        (
            Text("შეამოწმეთ გვერდი და გააგზავნეთ კიდევ ერთხელ.", "Look at the page, then send it once more."),
            Text("თუ განმეორდა, აცნობეთ ადმინისტრატორს.", "If it happens again, tell the administrator."),
        ),
    )


def _busy() -> Denied:
    return Said(
        "form.still_going",
        "",
        Text("თქვენი წინა მოქმედება ჯერ კიდევ სრულდება.", "Your first click is still being carried out."),
        (Text("დაელოდეთ რამდენიმე წამს და კვლავ გააგზავნეთ.", "Wait a few seconds, then send it again."),),
    )
