from django.db import models

from gza.core.models import Row
from gza.vault.fields import SealedField


class Beneficiary(Row):
    case_id = models.UUIDField()
    number = models.IntegerField(default=0)
    first_name = SealedField(label="stand.beneficiary.first_name", section="identity")
    last_name = SealedField(label="stand.beneficiary.last_name", section="identity")
    diagnosis = SealedField(label="stand.beneficiary.diagnosis", section="health")
    born = SealedField(label="stand.beneficiary.born", section="profile")


class Note(Row):
    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE)
    text = SealedField(label="stand.note.text", section="narrative")

    @property
    def vault_case(self) -> object:
        return self.beneficiary.case_id
