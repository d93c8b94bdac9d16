"""Forms of the directory."""

from .base import chosen
from .organisations import ContactForm, FocalPersonForm, MemorandumForm, OrganisationFilters, OrganisationForm
from .services import AckForm, BareForm, IssueForm, ListFilters, OfferForm
from .workers import LastDayForm, TrainingForm, WorkerFilters, WorkerForm

__all__ = [
    "AckForm",
    "BareForm",
    "ContactForm",
    "FocalPersonForm",
    "IssueForm",
    "LastDayForm",
    "ListFilters",
    "MemorandumForm",
    "OfferForm",
    "OrganisationFilters",
    "OrganisationForm",
    "TrainingForm",
    "WorkerFilters",
    "WorkerForm",
    "chosen",
]
