"""Forms: what people type is cleaned, measured and answered in their language, and never lost."""

from .base import GzaForm
from .conflict import Conflict, Difference
from .fields import (
    ChoiceField,
    DayField,
    FileField,
    LineField,
    ManyChoicesField,
    MoneyField,
    MonthField,
    NumberField,
    ProseField,
    SignatureField,
    TickField,
    YesNoField,
)
from .tokens import new_token

__all__ = [
    "ChoiceField",
    "Conflict",
    "DayField",
    "Difference",
    "FileField",
    "GzaForm",
    "LineField",
    "ManyChoicesField",
    "MoneyField",
    "MonthField",
    "NumberField",
    "ProseField",
    "SignatureField",
    "TickField",
    "YesNoField",
    "new_token",
]
