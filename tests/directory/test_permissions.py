"""Who may do what in the directory."""

import pytest

from gza.accounts.enums import Role
from gza.accounts.permissions import may
from tests.accounts.factories import principal

from .factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
FUND = {Role.COORDINATOR, Role.DIRECTOR}
READERS = FUND | {Role.SOCIAL_WORKER}


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("directory.read", READERS),
        ("directory.read_catalogue", READERS | {Role.PROVIDER}),
        ("directory.read_workers", READERS),
        ("directory.manage", FUND),
        ("directory.keep_workers", FUND),
        ("directory.alter_offer", FUND),
        ("directory.issue", FUND),
        ("directory.acknowledge", {Role.SOCIAL_WORKER}),
    ],
)
def test_each_role_and_each_permission(role: str, name: str, roles: set[Role]) -> None:
    assert may(name, principal(role)) == (role in roles)


def test_a_provider_reads_its_own_organisation_and_alters_its_own_offers() -> None:
    own, other = make_organisation(), make_organisation()
    who = principal("provider", organisation_id=own.pk)
    assert may("directory.read", who, own)
    assert not may("directory.read", who, other)
    assert may("directory.alter_offer", who, make_offer(own))
    assert not may("directory.alter_offer", who, make_offer(other))
    assert not may("directory.manage", who, own)
