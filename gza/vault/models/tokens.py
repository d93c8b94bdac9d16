"""Blind tokens: what a name is found by. Without the index key they say only which names are equal."""

from django.db import models

from gza.vault.names import Kind


class BlindToken(models.Model):
    """One token of one person of one case."""

    pk = models.CompositePrimaryKey("token", "person_id")
    token = models.BinaryField(max_length=16)
    person_id = models.UUIDField()
    case_id = models.UUIDField()
    kind = models.PositiveSmallIntegerField(choices=[(kind.value, kind.name.lower()) for kind in Kind])

    class Meta:
        db_table = "vault_token"
        indexes = [models.Index(fields=["case_id"], name="vault_token_of_case")]

    def __str__(self) -> str:
        """The kind."""
        return Kind(self.kind).name
