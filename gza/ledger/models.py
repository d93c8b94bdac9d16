"""Events and the head of their chain."""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from django.db import models

from gza.core.ids import uuid7

GENESIS = bytes(32)


class Kind(models.TextChoices):
    """What an event tells of."""

    ACT = "act"
    OPENING = "opening"
    REFUSAL = "refusal"


class Event(models.Model):
    """One act, opening or refusal. ``facts`` hold T0 only: states, kinds, counts; never a name or free text."""

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(default=uuid7, unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    verb = models.CharField(max_length=64)
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=32)
    case = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    clause = models.CharField(max_length=8, blank=True)
    happened_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_event"
        indexes = [
            models.Index(fields=["case", "-seq"], name="ledger_of_case"),
            models.Index(fields=["actor", "-seq"], name="ledger_of_actor"),
            models.Index(fields=["verb", "-seq"], name="ledger_of_verb"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(seq__gt=0), name="ledger_seq_positive")]

    def __str__(self) -> str:
        """Number and verb."""
        return f"{self.seq} {self.verb}"

    def digest(self) -> bytes:
        """SHA-256 over the previous hash and the canonical JSON of all other columns."""
        return chain(bytes(self.prev), self.content())

    def content(self) -> dict[str, Any]:
        """All columns but the hashes, as they enter the chain."""
        return {
            "seq": self.seq,
            "id": _text(self.id),
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "kind": str(self.kind),
            "verb": self.verb,
            "actor": _text(self.actor),
            "role": self.role,
            "case": _text(self.case),
            "subject": _text(self.subject),
            "clause": self.clause,
            "happened_on": self.happened_on.isoformat() if self.happened_on else None,
            "facts": self.facts,
        }


class Head(models.Model):
    """The single row that says where the chain ends; locked last by every act."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=GENESIS)

    class Meta:
        db_table = "ledger_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_head_single")]

    def __str__(self) -> str:
        """The number of the last event."""
        return str(self.seq)


def _text(value: uuid.UUID | None) -> str | None:
    return None if value is None else str(value)


def chain(prev: bytes, content: dict[str, Any]) -> bytes:
    """The hash of an event that follows ``prev``."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(prev + canonical.encode()).digest()
