"""One's own account: password, second factor, recovery codes, language, sessions."""

import json
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts import actions, factors, queries, security_keys, signing, steps, throttle
from gza.accounts.permissions import find
from gza.ledger.work import Refused
from gza.ui.forms import GzaForm
from gza.vault import queries as vault
from gza.vault.crypto import keys
from gza.web.accounts import doors, once_told
from gza.web.accounts.forms import CodeForm, KeyNameForm, LanguageForm, PasswordForm
from gza.web.accounts.marks import while_new
from gza.web.shell.acts import submit

from .door import words

SECRET, ADDING = "new_secret", "adding_state"
UNPROCESSABLE = 422


@while_new
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """One's own account at a glance."""
    user, ring = request.principal.user, request.principal.ring
    mark = ""
    if not ring.locked:  # of the opened keys themselves, not of what the database says they are
        mark = keys.fingerprint(user.id, ring.opened.generation, ring.opened.box_public, ring.opened.sign_public)
    context = {
        "user": user,
        "fingerprint": mark,
        "certified": bool(mark) and queries.is_certified(user.id),
        "security_keys": queries.security_keys_of(user),
        "recovery_left": queries.good_recovery_codes(user.id),
        "sessions": queries.sessions_of(user.id),
        "present": request.session.session_key,
        "tongue": LanguageForm(initial={"language": user.language}),
        "plain": GzaForm(),
    }
    return render(request, "accounts/me.html", context)


@while_new
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; the first own one makes the person's keys."""
    user, first = request.principal.user, request.principal.user.must_change
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _is_present(request, form):
            return _changed(request, form.cleaned_data["password"])
        status = UNPROCESSABLE
    return render(request, "accounts/password.html", {"form": form, "first": first}, status=status)


def _is_present(request: HttpRequest, form: PasswordForm) -> bool:
    if "current" not in form.fields:
        return True
    user, session_key = request.principal.user, request.session.session_key
    try:
        passed = signing.again(user, form.cleaned_data["current"], session_key)
    except signing.NotSignedInError as error:
        form.add_error("current", words(error, code=False))
        return False
    throttle.forgive(passed.buckets)
    return True


def _changed(request: HttpRequest, typed: str) -> HttpResponse:
    user = request.principal.user
    wrapping = actions.change_password(user=user, password=typed, by=request.principal)
    steps.drop_sessions(user.id, but=request.session.session_key)
    response = HttpResponseRedirect(reverse("accounts:me"))
    opened = vault.open_keys(user.id, wrapping)
    doors.renew(request, response, user, opened)
    messages.success(request, _("The new password is set. Your other sessions have ended."))
    return response


@while_new
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol one-time codes: picture, secret, and a first code to prove that the application has it."""
    user = request.principal.user
    secret = request.session.get(SECRET) or request.session.setdefault(SECRET, factors.new_secret())
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if form.is_valid() and factors.spend_code(user, form.cleaned_data["code"], secret=secret):
            actions.enrol_codes(user=user, secret=secret, by=request.principal)
            del request.session[SECRET]
            if not queries.good_recovery_codes(user.id):
                return _tell_codes(request)
            messages.success(request, _("The application is set up. At the next sign-in it gives the code."))
            return HttpResponseRedirect(reverse("accounts:me"))
        if form.is_valid():
            form.add_error("code", _("This code does not fit. Wait for the next one and type it at once."))
        status = UNPROCESSABLE
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "secret": groups, "first": not user.has_second_factor}
    return render(request, "accounts/second_factor.html", context, status=status)


@while_new
@require_safe
def second_factor_picture(request: HttpRequest) -> HttpResponse:
    """The picture an authenticator application reads, of the secret being enrolled."""
    secret = request.session.get(SECRET)
    if not secret:
        return HttpResponse(status=404)
    picture = segno.make(factors.secret_address(request.principal.user, secret), error="m")
    svg = picture.svg_inline(scale=6, border=3, dark="#000", light="#fff", omitsize=False)
    return HttpResponse(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), "image/svg+xml")


def _tell_codes(request: HttpRequest) -> HttpResponse:
    codes = actions.make_recovery_codes(user=request.principal.user, by=request.principal)
    once_told.tell(request, "recovery", codes)
    return HttpResponseRedirect(reverse("accounts:recovery_sheet"))


@doors.fresh()
@require_POST
def recovery(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes; those before are void."""
    return _tell_codes(request)


@while_new
@require_safe
def recovery_sheet(request: HttpRequest) -> HttpResponse:
    """The recovery codes, shown once, to be printed."""
    codes = once_told.told(request, "recovery")
    if codes is None:
        return HttpResponseRedirect(reverse("accounts:me"))
    return render(request, "accounts/recovery_sheet.html", {"codes": codes, "user": request.principal.user})


@doors.fresh()
@require_http_methods(["GET", "HEAD", "POST"])
def add_key(request: HttpRequest) -> HttpResponse:
    """A further security key; needs the page's script."""
    user, host = request.principal.user, request.get_host()
    form, status = KeyNameForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        state = request.session.pop(ADDING, None)
        if form.is_valid():
            try:
                answer = json.loads(form.cleaned_data["answer"])
                key = security_keys.complete_adding(user, host, state, answer, form.cleaned_data["name"])
            except (security_keys.KeyRefused, ValueError):
                form.add_error(None, _("The key did not answer as expected. Touch it once more when it blinks."))
            else:
                actions.add_security_key(key=key, by=request.principal)
                messages.success(request, _("The security key is added."))
                return HttpResponseRedirect(reverse("accounts:me"))
        status = UNPROCESSABLE
    options, request.session[ADDING] = security_keys.begin_adding(user, host)
    return render(request, "accounts/add_key.html", {"form": form, "options": json.dumps(options)}, status=status)


@doors.fresh()
@require_POST
def remove_key(request: HttpRequest, key_id: Any) -> HttpResponse:
    """One security key less; the last second factor stays."""
    key = find("accounts.own_key", request.principal, queries.security_keys(), id=key_id)
    try:
        actions.remove_security_key(key=key, by=request.principal)
    except Refused as refused:
        said = (refused.denied.message, *refused.denied.remedy)
        messages.warning(request, " ".join(text.say(request.LANGUAGE_CODE) for text in said))
    else:
        messages.success(request, _("The security key is removed."))
    return HttpResponseRedirect(reverse("accounts:me"))


@while_new
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language in which one is greeted, kept with the account and in this browser."""
    form = LanguageForm(request.POST)

    def do(data: dict[str, Any]) -> None:
        actions.choose_language(user=request.principal.user, language=data["language"], by=request.principal)

    def draw(form: GzaForm, **_kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("accounts:me"))

    response = submit(request, form, do, draw, to=reverse("accounts:me"))
    if form.is_valid():
        doors.speak(response, form.cleaned_data["language"])
    return response


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one's own other sessions."""
    user = request.principal.user
    actions.end_sessions(user=user, but=request.session.session_key, by=request.principal)
    response = HttpResponseRedirect(reverse("accounts:me"))
    doors.renew(request, response, user, None)
    messages.success(request, _("Your other sessions have ended."))
    return response
