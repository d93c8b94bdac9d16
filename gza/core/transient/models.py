"""Rows that may be lost without loss: they live outside the backups, and writing them is no act."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now

from gza.core.models import Row


class Session(AbstractBaseSession):
    """A session, with whose it is, so that a person's sessions can be listed and ended."""

    user = models.UUIDField(null=True, db_index=True)
    begun_at = models.DateTimeField(db_default=Now())
    device = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that ``SESSION_ENGINE`` names."""
        return import_module(settings.SESSION_ENGINE).SessionStore


class Throttle(models.Model):
    """How often something was tried within a window; changed by one atomic UPDATE."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    window_start = models.DateTimeField()

    class Meta:
        db_table = "throttle"

    def __str__(self) -> str:
        """The key, which names no person in clear."""
        return self.key


class Spent(models.Model):
    """Something that is good once: a one-time code, the token of a submitted form; ``target`` is where it led."""

    key = models.CharField(max_length=160, primary_key=True)
    at = models.DateTimeField(db_default=Now())
    target = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "spent"
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        """The key."""
        return self.key


class Draft(Row):
    """An unfinished form, sealed to the user who types it; ``form`` names the page without naming a case."""

    user = models.UUIDField()
    form = models.CharField(max_length=64)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "draft"
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_one_a_form")]

    def __str__(self) -> str:
        """The id; a draft has no name."""
        return str(self.id)
