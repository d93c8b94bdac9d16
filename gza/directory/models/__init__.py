"""Organisations, their focal persons, the register of social workers, offers of services, and what keeps their past.

Every row that people edit has a ``revision`` that each act raises by one: who saves an older one is told (stale form).
Every act leaves a ``Change`` with the state before and after (G2).
"""

from .base import Kept
from .organisations import FocalPerson, Memorandum, Organisation
from .past import CatalogueEdition, Change, EditionReceipt
from .services import Offer, OfferLanguage, OfferRegion, ServiceType
from .workers import SocialWorker, Training, WorkerLanguage, WorkerRegion

__all__ = [
    "CatalogueEdition",
    "Change",
    "EditionReceipt",
    "FocalPerson",
    "Kept",
    "Memorandum",
    "Offer",
    "OfferLanguage",
    "OfferRegion",
    "Organisation",
    "ServiceType",
    "SocialWorker",
    "Training",
    "WorkerLanguage",
    "WorkerRegion",
]
