"""What an operator meets and can mend, in words: no database, no key files, no room or right to write."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

from gza.core.material import MissingMaterial

_ABSENT = ("unable to open database", "no such table", "does not exist", "no such column")
_DAMAGED = ("malformed", "not a database")


def plain(error: BaseException) -> tuple[str, str] | None:
    """What is wrong and its mend; None for what is a fault of the program, which keeps its traceback."""
    if isinstance(error, DataError | IntegrityError):
        return None
    if isinstance(error, DatabaseError | InterfaceError):
        return _database(next(iter(str(error).splitlines()), "the database does not answer"))
    if isinstance(error, MissingMaterial):
        return f"{error}.", _missing_key()
    if isinstance(error, ImproperlyConfigured):
        return str(error), "docs/how-to/operate.md lists the settings"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}.", "check the path, the room on the disk, and who may write there"
    return None


def _missing_key() -> str:
    """New keys open nothing that was sealed before, so the advice begins with the old ones."""
    back = "put back the folder GZA_KEYS from where its copy is kept (lost for good: gza setup --escrow)"
    if settings.MODE == "production":
        return f"{back}; where nothing was founded yet: gza setup"
    return f"of an installation: {back}; of a demonstration: gza demo makes it; where nothing was founded: gza setup"


def _database(said: str) -> tuple[str, str]:
    if any(word in said for word in _DAMAGED):
        return f"The database is damaged: {said}.", "stop the service, copy the file, then: gza restore FILE"
    if any(word in said for word in _ABSENT):
        found = "gza setup founds an installation"
        if settings.MODE != "production":
            found = f"gza demo builds a demonstration; {found}"
        return (
            f"There is no database of this version here ({said}).",
            f"check GZA_DATABASE and GZA_VAR; {found}; gza serve brings an older one up to date",
        )
    return f"The database does not answer: {said}.", "check GZA_DATABASE and that the server runs; gza doctor says more"
