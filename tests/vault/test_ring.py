"""A text goes in by a ring and comes out by the ring of whoever was granted the case."""

import copy
import json
import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F, Value
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from gza.vault import errors, steps
from gza.vault.ring import Ring
from gza.vault.sealed import Sealed
from tests.vault.factories import Fund
from tests.vault.stand.models import Beneficiary, Note

pytestmark = pytest.mark.django_db


def _beneficiary(case, ring, **texts) -> Beneficiary:
    row = Beneficiary(case_id=case)
    ring.fill(row, **(texts or {"first_name": "ნინო", "last_name": "ბერიძე"}))
    row.save()
    return row


def test_worker_coordinator_and_director_open_what_a_worker_sealed(fund: Fund) -> None:
    worker = fund.person()
    case = fund.case(worker)
    _beneficiary(case, worker.ring)
    for who in (worker, fund.coordinator, fund.director):
        row = Beneficiary.objects.get()
        assert who.ring.open(row, "first_name") == "ნინო"
        assert who.ring.open(row, "diagnosis") == ""


def test_who_holds_no_grant_opens_nothing(fund: Fund) -> None:
    case = fund.case(fund.person())
    row = _beneficiary(case, fund.coordinator.ring)
    stranger = fund.person().ring
    with pytest.raises(errors.NoGrant):
        stranger.open(row, "first_name")
    assert stranger.open_many([row], ["first_name"], otherwise="?") == [{"first_name": "?"}]
    with pytest.raises(errors.NoGrant):
        stranger.fill(row, first_name="x")


def test_a_locked_ring_opens_nothing(fund: Fund) -> None:
    row = _beneficiary(fund.case(), fund.coordinator.ring)
    locked = Ring(fund.coordinator.id)
    assert locked.locked
    with pytest.raises(errors.Locked):
        locked.open_many([row], ["first_name"], otherwise="?")


def test_a_list_of_fifty_names_takes_few_queries_whatever_its_length(fund: Fund) -> None:
    worker = fund.person()
    ring = fund.coordinator.ring
    for number in range(50):
        row = Beneficiary(case_id=fund.case(worker), number=number)
        ring.fill(row, first_name=f"სახელი {number}", last_name="გვარი")
        row.save()
    rows = list(Beneficiary.objects.order_by("number"))
    for who, most in ((worker, 3), (fund.coordinator, 3)):
        who.ring.open_many(rows[:1], ["first_name"])
        for some in (rows[:5], rows):
            fresh = who.ring
            with CaptureQueriesContext(
                connection,
            ) as seen:
                texts = fresh.open_many(some, ["first_name", "last_name"])
            assert len(seen) <= most, [query["sql"] for query in seen]
            assert texts[3] == {"first_name": "სახელი 3", "last_name": "გვარი"}


def test_a_model_may_name_its_case_by_a_property(fund: Fund) -> None:
    case = fund.case()
    ring = fund.coordinator.ring
    note = Note(beneficiary=_beneficiary(case, ring))
    ring.fill(note, text="ჩანაწერი")
    note.save()
    assert fund.director.ring.open(Note.objects.get(), "text") == "ჩანაწერი"


def test_a_sealed_value_cannot_be_shown_compared_walked_or_stored_elsewhere(fund: Fund) -> None:
    value = _beneficiary(fund.case(), fund.coordinator.ring).first_name
    assert isinstance(value, Sealed)
    assert repr(value) == "<sealed>"
    assert bool(value) is True
    assert copy.deepcopy(value) is value
    for attempt in (
        lambda: str(value), lambda: f"{value}", lambda: list(value), lambda: value != 1,
        lambda: value == "x", lambda: value in ["x", "y"], lambda: hash(value), lambda: pickle.dumps(value),
        lambda: json.dumps(value), lambda: bytes(value), lambda: len(value), lambda: value < 1,
        lambda: "x" in value, lambda: Template("{{ v }}").render(Context({"v": value})),
        lambda: pickle.dumps(Beneficiary.objects.get()),
    ):  # fmt: skip
        with pytest.raises(TypeError):
            attempt()


def test_clear_text_comes_near_no_column(fund: Fund) -> None:
    row = _beneficiary(fund.case(), fund.coordinator.ring)
    for clear in ("ნინო", b"raw", 7):
        with pytest.raises(TypeError):
            row.first_name = clear
        with pytest.raises(TypeError):
            Beneficiary.objects.update(first_name=clear)
        with pytest.raises(TypeError):
            Beneficiary.objects.bulk_create([Beneficiary(case_id=row.case_id, first_name=clear)])
        with pytest.raises(TypeError):
            list(Beneficiary.objects.annotate(x=Value(clear, output_field=Beneficiary._meta.get_field("born"))))


def test_sealed_values_may_be_updated_and_made_in_bulk(fund: Fund) -> None:
    ring = fund.coordinator.ring
    row = _beneficiary(fund.case(), ring)
    sealed = ring.seal(Beneficiary, row.id, "first_name", "მარიამ", case=row.case_id)
    Beneficiary.objects.filter(id=row.id).update(first_name=sealed)
    assert ring.open(Beneficiary.objects.get(), "first_name") == "მარიამ"
    row.first_name = ring.seal(Beneficiary, row.id, "first_name", "ანა", case=row.case_id)
    Beneficiary.objects.bulk_update([row], ["first_name"])
    assert ring.open(Beneficiary.objects.get(), "first_name") == "ანა"
    row.first_name = ring.seal(Beneficiary, row.id, "first_name", "", case=row.case_id)
    row.save()
    assert Beneficiary.objects.filter(first_name__isnull=True).count() == 1


@pytest.mark.parametrize("lookup", ["exact", "contains", "gt", "in", "startswith", "length", "iexact"])
def test_no_lookup_but_isnull_is_built(fund: Fund, lookup: str) -> None:
    with pytest.raises(FieldError):
        Beneficiary.objects.filter(**{f"first_name__{lookup}": b"x"})
    with pytest.raises(FieldError):
        Beneficiary.objects.filter(last_name=F("first_name"))
    assert not Beneficiary.objects.filter(first_name__isnull=False).exists()


def test_full_clean_passes_sealed_values(fund: Fund) -> None:
    _beneficiary(fund.case(), fund.coordinator.ring).full_clean()


def test_a_narrow_grant_opens_its_sections_only(fund: Fund) -> None:
    worker, doctor = fund.person(), fund.person()
    case = fund.case(worker)
    row = _beneficiary(case, worker.ring, first_name="ნინო", diagnosis="ანემია")
    steps.grant(case, doctor.id, sections=["health"], by=worker.ring)
    ring = doctor.ring
    assert ring.open(row, "diagnosis") == "ანემია"
    with pytest.raises(errors.NoGrant):
        ring.open(row, "first_name")
    ring.fill(row, diagnosis="ჯანმრთელია")
    assert worker.ring.open(row, "diagnosis") == "ჯანმრთელია"


def test_the_statistics_group_opens_profiles_only(fund: Fund) -> None:
    officer = fund.person("statistics")
    steps.add_member("statistics", officer.id, by=fund.coordinator.ring)
    row = _beneficiary(fund.case(), fund.coordinator.ring, first_name="ნინო", born="1999")
    assert officer.ring.open(row, "born") == "1999"
    with pytest.raises(errors.NoGrant):
        officer.ring.open(row, "first_name")
