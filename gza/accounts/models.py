"""Accounts."""

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models

from gza.core.models import Row

from .enums import Role


class User(Row, AbstractBaseUser):
    """An account: one person, one role."""

    username = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=32, choices=Role.choices)
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        db_table = "account"
