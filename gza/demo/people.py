"""The invented people of the demonstration, their passwords, and the founding of its Fund.

Everything here is printed at start and worth nothing: the demonstration serves on loopback only.
"""

import base64
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from gza.accounts import factors
from gza.accounts import steps as accounts
from gza.accounts.enums import Power, Role
from gza.accounts.models import Delegation, User
from gza.accounts.principals import Principal
from gza.core import clock, material
from gza.core.actors import SYSTEM
from gza.directory.models import Organisation
from gza.ledger import work as ledger
from gza.vault import founding, queries, steps
from gza.vault.enums import GroupKind
from gza.vault.ring import Ring

FOUNDED_DAYS_AGO = 200
PASSWORD = "gza-demo-only"  # noqa: S105 (printed at start, for loopback only)


@dataclass(frozen=True)
class Someone:
    """An invented colleague: sign-in name, names, role, office region, the organisation spoken for.

    ``body`` is the organisation's key, or its English name after a star.
    """

    username: str
    ka: str
    en: str
    role: Role
    region: str = "GE-TB"
    body: str = ""


PEOPLE: tuple[Someone, ...] = (
    Someone("levan", "ლევან ხურციძე", "Levan Khurtsidze", Role.COORDINATOR),
    Someone("tamar", "თამარ მაჭარაშვილი", "Tamar Macharashvili", Role.DIRECTOR),
    Someone("nana", "ნანა ცქიტიშვილი", "Nana Tskitishvili", Role.COORDINATOR, "GE-IM"),
    Someone("eka", "ეკა ბერაძე", "Eka Beradze", Role.SOCIAL_WORKER, "GE-IM"),
    Someone("giorgi", "გიორგი ონიანი", "Giorgi Oniani", Role.SOCIAL_WORKER, "GE-TB"),
    Someone("maka", "მაკა ჯორბენაძე", "Maka Jorbenadze", Role.SOCIAL_WORKER, "GE-AJ"),
    Someone("dato", "დავით სულაბერიძე", "Davit Sulaberidze", Role.SOCIAL_WORKER, "GE-SZ"),
    Someone("nino", "ნინო გელოვანი", "Nino Gelovani", Role.PROVIDER, body="*provider"),
    Someone("gvantsa", "გვანცა წულაია", "Gvantsa Tsulaia", Role.PROVIDER, body="*provider"),
    Someone("ana", "ანა მესხი", "Ana Meskhi", Role.AGENCY, body="mia"),
    Someone("sopio", "სოფიო კვინიკაძე", "Sopio Kvinikadze", Role.SECRETARIAT),
    Someone("irakli", "ირაკლი ნოზაძე", "Irakli Nozadze", Role.STATISTICS),
    Someone("keti", "ქეთევან ლომიძე", "Ketevan Lomidze", Role.COUNCIL),
    Someone("zurab", "ზურაბ კაპანაძე", "Zurab Kapanadze", Role.MONITOR),
    Someone("lela", "ლელა არაბული", "Lela Arabuli", Role.DATA_OFFICER),
    Someone("vakho", "ვახტანგ ჩხეიძე", "Vakhtang Chkheidze", Role.AUDITOR),
    Someone("rusa", "რუსუდან დოლიძე", "Rusudan Dolidze", Role.ADMINISTRATOR),
)
PROVIDER = "Word and Law"
"""The one invented organisation that has a workplace here: it offers what many plans ask for, in three offices."""
TUTORIAL = ("levan", "eka", "giorgi", "tamar", "nino", "irakli")
"""As whom docs/tutorial/first-hour.md has its reader sign in."""
WORKERS = tuple(one.username for one in PEOPLE if one.role == Role.SOCIAL_WORKER)


@dataclass
class Cast:
    """Everybody, with opened rings: only while the country is built."""

    everybody: tuple[Someone, ...] = PEOPLE
    users: dict[str, User] = field(default_factory=dict)
    rings: dict[str, Ring] = field(default_factory=dict)
    wrappings: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def workers(self) -> list[str]:
        """The sign-in names of the social workers."""
        return [one.username for one in self.everybody if one.role == Role.SOCIAL_WORKER]


def secret(username: str) -> str:
    """The one-time code's secret of a demonstration account: the same at every start."""
    return base64.b32encode(hashlib.sha256(f"gza demo {username}".encode()).digest()[:20]).decode()


def _organisation(body: str) -> uuid.UUID | None:
    if not body:
        return None
    if body.startswith("*"):
        row = Organisation.objects.filter(name_en=PROVIDER if body == "*provider" else body[1:]).first()
        return row.id if row else None
    row = Organisation.objects.filter(key=body).first()
    return row.id if row else None


def found(others: Sequence[Someone] = ()) -> Cast:
    """Make the accounts, hold the key ceremony, certify everybody; one act, as ``gza setup`` does it for real.

    Args:
        others: invented colleagues beside those of every demonstration.
    """
    cast = Cast((*PEOPLE, *others))
    with ledger.act("vault.founded", by=SYSTEM, people=len(cast.everybody)):
        for one in cast.everybody:
            user = accounts.new_account(
                username=one.username, role=one.role, full_name_ka=one.ka, full_name_en=one.en,
                organisation_id=_organisation(one.body), region=one.region,
            )  # fmt: skip
            user.totp = factors.seal_secret(user.id, secret(one.username))
            user.save(update_fields=["totp"])
            cast.users[one.username] = user
            cast.wrappings[one.username] = _password(user, keys=one.role not in {Role.COORDINATOR, Role.DIRECTOR})
        _ceremony(cast)
    return cast


def _password(user: User, *, keys: bool) -> bytes:
    """The demonstration's password; founders' keys come with the ceremony itself."""
    from gza.accounts import passwords

    if keys:
        return accounts.set_first_password(user, PASSWORD)
    made = passwords.make(PASSWORD)
    user.verifier, user.must_change, user.temporary_until = made.encoded, False, None
    user.save(update_fields=["verifier", "must_change", "temporary_until"])
    return made.wrapping


def _ceremony(cast: Cast) -> None:
    founders = [one for one in cast.everybody if one.role in {Role.COORDINATOR, Role.DIRECTOR}]
    done = founding.found(
        [founding.Founder(cast.users[one.username].id, one.role, cast.wrappings[one.username]) for one in founders]
    )
    levan, tamar = cast.users["levan"], cast.users["tamar"]
    by = done.rings[levan.id]
    for one in cast.everybody:
        user = cast.users[one.username]
        if one not in founders:
            mark = queries.fingerprint(user.id) or ""
            steps.issue_certificate(
                user.id, role=one.role, organisation=user.organisation_id, fingerprint=mark, days=400, by=by
            )
    for kind, name in ((GroupKind.STATISTICS, "irakli"), (GroupKind.MONITOR, "zurab")):
        steps.add_member(kind.value, cast.users[name].id, by=by)
    focal: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for one in cast.everybody:
        if one.role == Role.PROVIDER:
            user = cast.users[one.username]
            focal.setdefault(user.organisation_id, []).append(user.id)
    for organisation, members in focal.items():
        steps.make_group(GroupKind.PROVIDER.value, organisation=organisation, members=members, by=by)
    Delegation.objects.create(
        holder=tamar, power=Power.OFFICE, valid_from=clock.today(), order="01/დემო", given_by=tamar.id
    )
    cast.rings.update({name: done.rings[user.id] for name, user in cast.users.items() if user.id in done.rings})
    for one in cast.everybody:
        if one not in founders:
            user = cast.users[one.username]
            cast.rings[one.username] = Ring(user.id, queries.open_keys(user.id, cast.wrappings[one.username]))


def ensure_material() -> None:
    """Make the key files of a demonstration that has none, and mark them as such."""
    for name in material.NAMES:
        if not (material.folder() / f"{name}.key").exists():
            material.create(name)
    (material.folder() / "DEMO").touch(mode=0o600)


def principal(cast: Cast, username: str) -> Principal:
    """Somebody as actions see them, with a ring of their own."""
    user = cast.users[username]
    return Principal(user, Ring(user.id, cast.rings[username].opened))
