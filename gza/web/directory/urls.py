"""Addresses of the directory and of the list of services."""

from django.urls import path, register_converter

from .views import catalogue, offers, organisations, workers


class EditionNumber:
    """The number of an edition; no number that no database column holds."""

    regex = "[1-9][0-9]{0,7}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Its digits."""
        return str(value)


register_converter(EditionNumber, "edition")

app_name = "directory"
urlpatterns = [
    path("directory/", organisations.home, name="home"),
    path("directory/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("directory/organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path(
        "directory/organisations/<uuid:organisation_id>/edit/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "directory/organisations/<uuid:organisation_id>/focal-persons/new/",
        organisations.focal_person_new,
        name="focal_person_new",
    ),
    path(
        "directory/organisations/<uuid:organisation_id>/memoranda/new/",
        organisations.memorandum_new,
        name="memorandum_new",
    ),
    path("directory/focal-persons/", organisations.focal_persons, name="focal_persons"),
    path(
        "directory/focal-persons/<uuid:focal_person_id>/edit/",
        organisations.focal_person_edit,
        name="focal_person_edit",
    ),
    path("directory/memoranda/<uuid:memorandum_id>/edit/", organisations.memorandum_edit, name="memorandum_edit"),
    path("directory/workers/", workers.workers, name="workers"),
    path("directory/workers/new/", workers.worker_new, name="worker_new"),
    path("directory/workers/<uuid:worker_id>/", workers.worker, name="worker"),
    path("directory/workers/<uuid:worker_id>/edit/", workers.worker_edit, name="worker_edit"),
    path("directory/workers/<uuid:worker_id>/end/", workers.worker_end, name="worker_end"),
    path("directory/workers/<uuid:worker_id>/resume/", workers.worker_resume, name="worker_resume"),
    path("directory/workers/<uuid:worker_id>/trainings/new/", workers.training_new, name="training_new"),
    path("catalogue/", catalogue.current, name="catalogue"),
    path("catalogue/offers/", offers.offers, name="offers"),
    path("catalogue/offers/new/", offers.offer_new, name="offer_new"),
    path("catalogue/offers/<uuid:offer_id>/", offers.offer, name="offer"),
    path("catalogue/offers/<uuid:offer_id>/edit/", offers.offer_edit, name="offer_edit"),
    path("catalogue/offers/<uuid:offer_id>/confirm/", offers.offer_confirm, name="offer_confirm"),
    path("catalogue/offers/<uuid:offer_id>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
    path("catalogue/editions/", catalogue.editions, name="editions"),
    path("catalogue/editions/new/", catalogue.edition_new, name="edition_new"),
    path("catalogue/editions/<edition:number>/", catalogue.edition, name="edition"),
    path("catalogue/editions/<edition:number>/print/", catalogue.edition_print, name="edition_print"),
    path("catalogue/editions/<edition:number>/receipt/", catalogue.edition_receipt, name="edition_receipt"),
    path(
        "catalogue/editions/<edition:number>/services.csv",
        catalogue.edition_file,
        {"kind": "csv"},
        name="edition_csv",
    ),
    path(
        "catalogue/editions/<edition:number>/services.xlsx",
        catalogue.edition_file,
        {"kind": "xlsx"},
        name="edition_xlsx",
    ),
]
