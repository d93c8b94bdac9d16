"""What is told in a process of its own: everything the vault can keep of a person, once; and how a canary gets out."""

import base64
import gzip
import logging
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from gza.core import clock
from gza.core.actors import SYSTEM
from gza.core.ids import uuid7
from gza.law.verdicts import Denied, Text
from gza.ledger.work import Refused, act, opening, require
from gza.vault import files, index, queries, refusals, session, steps
from gza.vault.fields import SealedField
from gza.vault.models import SealedFile
from tests.vault import factories
from tests.vault.stand.models import Beneficiary, Note

MEGA = 1024 * 1024
log = logging.getLogger(__name__)
_here: dict[str, Any] = {}


def sealed_columns() -> list[str]:
    """Every sealed field of the stand's models: what is planted below must cover them."""
    models = (Beneficiary, Note)
    return [
        f"{model.__name__}.{f.name}" for model in models for f in model._meta.get_fields() if isinstance(f, SealedField)
    ]


def receive(request: HttpRequest) -> HttpResponse:
    """A view as every upload has one."""
    try:
        accepted = files.check(request.FILES["scan"])
    except refusals.FileRefused as refused:
        return HttpResponse(refused.code, status=422)
    with act("stand.upload", by=SYSTEM, case=_here["case"]):
        row = files.store(accepted, case_id=_here["case"], label="stand.scan", section="legal", by=_here["ring"])
    return HttpResponse(str(row.id))


def download(_request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    row = SealedFile.objects.get(id=file)
    return HttpResponse(b"".join(files.read(row, _here["ring"])))


urlpatterns = [path("receive", receive), path("file/<uuid:file>", download)]


def tell(planted: dict[str, str]) -> dict[str, Any]:
    """Seal everything, read it again, fail here and there on the way."""
    with act("stand.founded", by=SYSTEM):
        fund = factories.fund()
        worker = fund.person()
    ring = worker.ring
    with act("stand.case", by=SYSTEM):
        case = fund.case(worker)
        person = Beneficiary(case_id=case)
        ring.fill(person, **{name: planted[name] for name in ("first_name", "last_name", "diagnosis", "born")})
        person.save()
        note = Note(beneficiary=person)
        ring.fill(note, text=planted["text"])
        note.save()
        names = [planted["first_name"], planted["last_name"]]
        index.index_person(case, person.id, names=names, numbers=[planted["number"]], born=clock.today())
        organisation = uuid.uuid4()
        provider = fund.person("focal_person", organisation=organisation)
        colleague = fund.person("focal_person", organisation=organisation)
        by, members = fund.coordinator.ring, [provider.id, colleague.id]
        steps.make_group("provider", organisation=organisation, members=members, by=by)
        steps.disclose(case, organisation, {"why": planted["packet"]}, clock.today(), by=ring)
    session.seal_draft(ring, "stand.form", planted["draft"])
    _fail(case, planted, ring)
    opening("stand.search", by=SYSTEM, hits=len(index.cases_by_name(planted["first_name"])))
    assert [hit.person for hit in index.cases_by_name(planted["last_name"])] == [person.id]
    with act("stand.rotated", by=SYSTEM):
        steps.rotate(case, by=fund.coordinator.ring)
    size = _upload(case, worker.ring, planted)
    opened = worker.ring.open_many([Beneficiary.objects.get()], ["first_name", "born"])
    assert opened == [{"first_name": planted["first_name"], "born": planted["born"]}]
    assert queries.disclosures(organisation).count() == 1
    mail.send_mail("Gza", "There is something new for you.", "gza@example.ge", ["worker@example.ge"])
    return {"size": size, "case": str(case)}


def _fail(case: uuid.UUID, planted: dict[str, str], ring: Any) -> None:
    """A refusal, and an act that breaks with everything in hand: neither may say what it held."""
    try:
        with act("stand.refused", by=SYSTEM, case=case):
            steps_taken = Beneficiary(case_id=case)
            ring.fill(steps_taken, first_name=planted["first_name"])
            steps_taken.save()
            require(Denied("stand.no", "S0.1", Text("არა", "no")))
    except Refused:
        log.info("refused")
    try:
        with act("stand.broken", by=SYSTEM, case=case):
            again = Beneficiary(case_id=case, id=Beneficiary.objects.get().id)
            ring.fill(again, first_name=planted["first_name"])
            again.save(force_insert=True)
    except Exception:  # whatever the engine says of the row is logged, and sought
        log.exception("broken")


def _upload(case: uuid.UUID, ring: Any, planted: dict[str, str]) -> int:
    _here.update(case=case, ring=ring)
    line = (planted["file"] + "\n").encode()
    data = b"%PDF-1.7\n" + line * (20 * MEGA // len(line)) + b"startxref\n9\n%%EOF\n"
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        client = Client()
        sent = client.post("/receive", {"scan": SimpleUploadedFile(f"{planted['file_name']}.pdf", data)})
        assert sent.status_code == 200, sent.content
        assert client.get(f"/file/{sent.content.decode()}").content == data
        large = SimpleUploadedFile(f"{planted['file_name']}.pdf", data + data)
        assert client.post("/receive", {"scan": large}).content == b"file.too_large"
        lies = SimpleUploadedFile(f"{planted['file_name']}.png", data)
        assert client.post("/receive", {"scan": lies}).content == b"file.lies"
    return len(data)


# Each of these lets a canary out on purpose: the harness must find it.


def _row(text: str) -> None:
    from gza.core.transient.models import Throttle

    Throttle.objects.create(key=text, window_start=clock.now())


def _deleted_row(text: str) -> None:
    _row(text)
    from gza.core.transient.models import Throttle

    Throttle.objects.all().delete()


def _session_row(text: str) -> None:
    store = apps.get_model("transient", "Session").get_session_store_class()()
    store["name"] = text * 40
    store.save()


def _event(text: str) -> None:
    with act("stand.leak", by=SYSTEM, note=text):
        pass


def _spilled(text: str) -> None:
    tempfile.NamedTemporaryFile(delete=False).write(text.encode())  # noqa: SIM115 (left behind is the point)


def _unsealed(text: str) -> None:
    place = files.path_of(uuid7())
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\0" * 70_000 + base64.b64encode(b"x" + text.encode()))


def _stray(text: str) -> None:
    with tempfile.TemporaryFile(dir="/tmp") as file:
        file.write(text.encode())


_LEAKS = {
    "row": _row,
    "deleted row": _deleted_row,
    "session": _session_row,
    "event": _event,
    "log": lambda text: log.warning("the name is %s", text),
    "mail": lambda text: mail.send_mail("Gza", text, "gza@example.ge", ["worker@example.ge"]),
    "temp": _spilled,
    "utf-16": lambda text: Path(tempfile.mkdtemp(), "x").write_bytes(text.encode("utf-16")),
    "hex": lambda text: log.warning(text.encode().hex().upper()),
    "json": lambda text: log.warning(ascii(text)),
    "gzip": lambda text: Path(tempfile.mkdtemp(), "x").write_bytes(gzip.compress(text.encode())),
    "file name": lambda text: Path(tempfile.mkdtemp(), text[:20]).write_bytes(b""),
    "sealed files": _unsealed,
    "stray": _stray,
}


def leak(texts: dict[str, str]) -> None:
    """Let each of them out in its own way."""
    for how, text in texts.items():
        _LEAKS[how](text)


LEAKS = tuple(_LEAKS)
