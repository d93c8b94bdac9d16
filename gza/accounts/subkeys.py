"""Keys that accounts derive from the server's key, one for each purpose (HKDF-SHA256, RFC 5869).

The server's key lies outside the database and its backups: with a dump alone no one-time code can be computed and no
recovery code, device cookie or throttled name be checked.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gza.core import material


@lru_cache(maxsize=16)
def _derive(server: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"gza accounts {purpose} 1".encode()).derive(server)


def subkey(purpose: str) -> bytes:
    """The 32-byte key for ``purpose``.

    Raises:
        MissingMaterial: when the server's key is not there.
    """
    return _derive(material.key("server"), purpose)
