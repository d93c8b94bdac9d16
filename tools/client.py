"""A person at a keyboard, without the browser: reads a page's forms, fills them in, follows where it is sent."""

import http.client
import time
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pyotp

IDLE = 5.0  # seconds after which a connection is not used again


@dataclass
class Form:
    """A form of a page: where it goes, what its fields hold."""

    action: str
    method: str
    draft: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(have.get("action", ""), have.get("method", "get").lower(), have.get("data-draft", ""))
            self.forms.append(self._form)
        form, name = self._form, have.get("name", "")
        if form is None:
            return
        if tag == "input" and name:
            self._input(form, name, have)
        elif tag == "select" and name:
            self._select = name
            form.choices.setdefault(name, [])
        elif tag == "option" and self._select:
            form.choices[self._select].append(have.get("value", ""))
            if "selected" in have:
                form.fields.setdefault(self._select, []).append(have.get("value", ""))
        elif tag == "textarea" and name:
            self._text = name
            form.fields.setdefault(name, [""])

    def _input(self, form: Form, name: str, have: dict[str, str]) -> None:
        kind = have.get("type", "text")
        if kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(have.get("value", "on"))
            if "checked" in have:
                form.fields.setdefault(name, []).append(have.get("value", "on"))
        elif kind not in {"submit", "button", "file"}:
            form.fields.setdefault(name, []).append(have.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text:
            self._form.fields[self._text] = [self._form.fields[self._text][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None and self._text:
            typed = self._form.fields[self._text][0]  # its first line break is the markup's, not the text's
            self._form.fields[self._text] = [typed.removeprefix("\r").removeprefix("\n")]
            self._text = ""


@dataclass
class Page:
    """An answer: status, where it came from, its text, its headers."""

    status: int
    address: str
    text: str
    headers: http.client.HTTPMessage

    def forms(self) -> list[Form]:
        """The forms on the page, in order."""
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form(self, *, having: str = "", action: str = "") -> Form:
        """The first POST form that has a field of that name or goes to that address.

        Raises:
            LookupError: when there is none.
        """
        for form in self.forms():
            names = {*form.fields, *form.choices}
            if form.method == "post" and (not having or having in names) and (not action or action in form.action):
                return form
        raise LookupError(f"no form with {having or action!r} at {self.address} ({self.status})")


class Person:
    """Somebody with cookies, on one connection to ``http://host:port``."""

    def __init__(self, base: str, timeout: float = 60) -> None:
        parts = urlsplit(base)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        self.cookies: dict[str, str] = {}
        self._used = time.monotonic()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Page:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self._used > IDLE:
            self._connection.close()  # before the server does, as browsers do
        try:
            self._connection.request(method, address, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise
        self._used = time.monotonic()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return Page(answer.status, address, text, answer.headers)

    def _follow(self, page: Page) -> Page:
        for _ in range(5):
            if page.status not in {301, 302, 303}:
                break
            target = urlsplit(page.headers["Location"])
            page = self._ask("GET", target.path + (f"?{target.query}" if target.query else ""), None, {})
        return page

    def get(self, address: str, *, follow: bool = True) -> Page:
        """Open an address."""
        page = self._ask("GET", address, None, {})
        return self._follow(page) if follow else page

    def send(
        self,
        page: Page,
        form: Form,
        /,
        files: dict[str, tuple[str, bytes]] | None = None,
        *,
        follow: bool = False,
        **values: str | list[str],
    ) -> Page:
        """Fill ``form`` of ``page`` with ``values`` and send it."""
        fields = {**form.fields, **{name: [v] if isinstance(v, str) else v for name, v in values.items()}}
        address = form.action or page.address
        if files:
            body, kind = _multipart(fields, files)
        else:
            body, kind = urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Origin": self.origin, "Referer": f"{self.origin}{page.address}"}
        answer = self._ask("POST", address, body, headers)
        return self._follow(answer) if follow else answer

    def sign_in(self, username: str, password: str, secret: str) -> Page:
        """Sign in with password and one-time code.

        Raises:
            PermissionError: when that did not work.
        """
        page = self.get("/sign-in/")
        code = pyotp.TOTP(secret).now()
        page = self.send(page, page.form(having="username"), username=username, password=password, code=code)
        if page.status not in {302, 303}:
            raise PermissionError(username)
        return self._follow(page)


def _multipart(fields: dict[str, list[str]], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in values
    ]
    parts += [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'.encode()
        + b"Content-Type: application/octet-stream\r\n\r\n"
        + content
        + b"\r\n"
        for name, (called, content) in files.items()
    ]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
