"""Signing in and out, the lock, *confirm that it is you*, and sending on what was kept."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts import actions, queries, security_keys, signing, throttle
from gza.accounts.enums import Way
from gza.accounts.models import User
from gza.accounts.permissions import hide
from gza.accounts.principals import Principal
from gza.vault import queries as vault
from gza.vault.crypto.keys import Keys
from gza.vault.errors import Tampered
from gza.web.accounts import doors, parking
from gza.web.accounts.forms import AnswerForm, ConfirmForm, SignInForm, UnlockForm
from gza.web.accounts.marks import public, while_locked, while_new

UNPROCESSABLE = 422
HALF = "half"  # the password was right; a security key is still to answer
HALF_SECONDS = 300
STATE = "key_state"


def words(error: signing.NotSignedInError, *, code: bool = True) -> str:
    """What is said when a sign-in ends: never which part was wrong."""
    if isinstance(error, signing.MustWait):
        return ngettext(
            "Too many attempts. Wait %(count)d second and try again; nothing else is lost.",
            "Too many attempts. Wait %(count)d seconds and try again; nothing else is lost.",
            error.seconds,
        ) % {"count": error.seconds}
    if isinstance(error, signing.TemporaryOver):
        return _("The days given for this first sign-in are over. Ask the administrator for a new temporary password.")
    if code:
        return _("Name, password and code do not go together. Look at each and type the newest code.")
    return _("This is not the password. Try again.")


def opened_keys(passed: signing.Passed) -> Keys | None:
    """The person's keys; none yet before the first own password, or when the kept ones do not open."""
    if passed.user.must_change:
        return None
    try:
        return vault.open_keys(passed.user.id, passed.wrapping)
    except Tampered:
        return None


def _way(request: HttpRequest) -> Way:
    wanted = request.POST.get("way") or request.GET.get("way") or ""
    return Way(wanted) if wanted in {Way.CODE, Way.KEY, Way.RECOVERY} else Way.CODE


def _door(request: HttpRequest, form: SignInForm, way: Way, *, status: int = 200) -> HttpResponse:
    ways = [
        {"way": other, "label": label}
        for other, label in (
            (Way.CODE, _("With a one-time code")),
            (Way.KEY, _("With a security key")),
            (Way.RECOVERY, _("With a recovery code")),
        )
        if other != way
    ]
    context = {"form": form, "way": way, "ways": ways, "next": doors.back(request)}
    return render(request, "accounts/sign_in.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name, password, and a one-time code or a recovery code; or on to the security key."""
    if request.principal is not None:
        return HttpResponseRedirect(doors.back(request))
    way = _way(request)
    if request.method != "POST":
        return _door(request, SignInForm(way=way), way)
    form = SignInForm(request.POST, way=way)
    if not form.is_valid():
        return _door(request, form, way, status=UNPROCESSABLE)
    try:
        return _enter(request, form.cleaned_data, way)
    except signing.NotSignedInError as error:
        form.add_error(None, words(error))
        return _door(request, form, way, status=UNPROCESSABLE)


def _enter(request: HttpRequest, typed: dict[str, Any], way: Way) -> HttpResponse:
    cookie = request.COOKIES.get(doors.DEVICE_COOKIE, "")
    passed = signing.password(typed["username"], typed["password"], address=doors.address(request), cookie=cookie)
    user = passed.user
    if not user.has_second_factor:
        return _welcome(request, passed, Way.FIRST)
    if way == Way.KEY or (way == Way.CODE and not user.totp):
        if not queries.has_security_key(user):
            raise signing.NoMatch
        request.session.flush()  # what another person left half-way in this browser
        response = doors.to("sign_in_key", doors.back(request))
        opened = opened_keys(passed)
        if opened is not None:
            doors.keep_keys(request, response, opened)
        request.session[HALF] = {"user": str(user.id), "at": doors.now(), "own": [b.key for b in passed.buckets.own]}
        return response
    if way == Way.CODE:
        signing.code(passed, typed["code"])
    return _welcome(request, passed, way, recovery_code=typed.get("recovery", ""))


def _welcome(request: HttpRequest, passed: signing.Passed, way: Way, **proof: Any) -> HttpResponse:
    user = passed.user
    actions.sign_in(user=user, way=way, by=Principal(user), **proof)
    throttle.forgive(passed.buckets)
    request.session.flush()
    response = HttpResponseRedirect(doors.back(request))
    doors.come_in(request, response, user, opened_keys(passed))
    return response


def _half(request: HttpRequest) -> tuple[User, throttle.Buckets] | None:
    half = request.session.get(HALF)
    if not half or doors.now() - half["at"] > HALF_SECONDS:
        return None
    user = queries.user(half["user"])
    if user is None or not user.is_active:
        return None
    return user, throttle.Buckets(tuple(throttle.Bucket(key, 0) for key in half["own"]))


def ask_key(request: HttpRequest, user: User) -> str:
    """The question to the person's security keys, as JSON for the page's script; its state goes into the session."""
    options, request.session[STATE] = security_keys.begin_asking(user, request.get_host())
    return json.dumps(options)


def answered_key(request: HttpRequest, user: User, answer: str) -> tuple[Any, int]:
    """The security key that answered, and its counter.

    Raises:
        NoMatch: when the answer does not hold; each question is asked once.
    """
    state = request.session.pop(STATE, None)
    try:
        return security_keys.complete_asking(user, request.get_host(), state, json.loads(answer))
    except (security_keys.KeyRefused, ValueError) as error:
        raise signing.NoMatch from error


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_key(request: HttpRequest) -> HttpResponse:
    """The second step with a security key; begins anew after five minutes."""
    half = _half(request)
    if half is None or request.principal is not None:
        return doors.to("sign_in", doors.back(request))
    user, buckets = half
    form, status = AnswerForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        try:
            key, counter = answered_key(request, user, form.data.get("answer", ""))
            actions.sign_in(user=user, way=Way.KEY, key=key, counter=counter, by=Principal(user))
        except signing.NoMatch:
            form.add_error(None, _("The key did not answer as expected. Touch it once more when it blinks."))
            status = UNPROCESSABLE
        else:
            throttle.forgive(buckets)
            del request.session[HALF]
            response = HttpResponseRedirect(doors.back(request))
            doors.come_in(request, response, user, None)
            return response
    context = {"form": form, "options": ask_key(request, user), "next": doors.back(request)}
    return render(request, "accounts/sign_in_key.html", context, status=status)


@while_locked
@while_new
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: the session ends."""
    actions.sign_out(by=request.principal)
    response = doors.to("sign_in")
    doors.leave(request, response)
    return response


def _by_script(request: HttpRequest) -> bool:
    return "text/html" not in request.headers.get("Accept", "text/html")


@while_locked
@while_new
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """The lock: a POST without a password locks, one with the right password opens, the page asks for it.

    By script: 204 when done, 422 with a sentence when not.
    """
    if request.method == "POST" and "password" not in request.POST:
        response: HttpResponse = (
            HttpResponse(status=204) if _by_script(request) else doors.to("lock", doors.back(request))
        )
        doors.lock(request, response)
        return response
    if request.method != "POST":
        if not doors.is_locked(request):
            return HttpResponseRedirect(doors.back(request))
        return _lock_page(request, UnlockForm())
    return _unlock(request)


def _unlock(request: HttpRequest) -> HttpResponse:
    form = UnlockForm(request.POST)
    try:
        if not form.is_valid():
            raise signing.NoMatch
        passed = signing.again(request.user, form.cleaned_data["password"], request.session.session_key)
    except signing.NotSignedInError as error:
        sentence = words(error, code=False)
        if _by_script(request):
            return HttpResponse(sentence, status=UNPROCESSABLE, content_type="text/plain; charset=utf-8")
        form.errors.pop("password", None)
        form.add_error("password", sentence)
        return _lock_page(request, form, status=UNPROCESSABLE)
    throttle.forgive(passed.buckets)
    response = HttpResponse(status=204) if _by_script(request) else HttpResponseRedirect(doors.back(request))
    doors.unlock(request, response, opened_keys(passed))
    response.headers["X-Form-Key"] = get_token(request)
    return response


def _lock_page(request: HttpRequest, form: UnlockForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": doors.back(request), "kept": "/resume/" in doors.back(request)}
    return render(request, "accounts/lock.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that it is you: password and second factor, before a grave act."""
    user, by_key = request.principal.user, not request.principal.user.totp
    form, status = (AnswerForm if by_key else ConfirmForm)(request.POST or None), 200
    if by_key:
        form.fields["password"] = ConfirmForm.base_fields["password"]
    if request.method == "POST":
        if form.is_valid():
            try:
                _prove(request, user, form.cleaned_data, by_key=by_key)
            except signing.NotSignedInError as error:
                form.add_error(None, words(error))
            else:
                doors.confirmed(request)
                return HttpResponseRedirect(doors.back(request))
        status = UNPROCESSABLE
    options = ask_key(request, user) if by_key else ""
    context = {"form": form, "options": options, "next": doors.back(request), "minutes": doors.FRESH_MINUTES}
    return render(request, "accounts/confirm.html", context, status=status)


def _prove(request: HttpRequest, user: User, typed: dict[str, Any], *, by_key: bool) -> None:
    passed = signing.again(user, typed["password"], request.session.session_key)
    if by_key:
        answered_key(request, user, typed["answer"])
    else:
        signing.code(passed, typed["code"])
    throttle.forgive(passed.buckets)


@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent while the session was locked: offered to be sent on."""
    kept = parking.parked(request.principal.ring, token)
    if kept is None:
        hide()
    return render(request, "accounts/resume.html", {"kept": kept, "home": reverse("shell:today")})
