"""The suite makes its tables straight from the models; here the migrations prove that they make the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
_MIGRATE = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from gza.core import db
for alias in ("default", "transient"):
    call_command("migrate", database=alias, verbosity=0, interactive=False)
tables = connection.introspection.table_names()
print(len(tables), sorted(db.triggers("ledger_event")))
"""


@pytest.mark.django_db
def test_the_models_and_their_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.slow
@pytest.mark.django_db
def test_an_empty_database_is_migrated_in_one_go(tmp_path: Path) -> None:
    names = set(connection.introspection.table_names())
    environment = {**os.environ, "GZA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gza.config.settings"}
    environment.pop("GZA_TRANSIENT", None)
    if connection.vendor == "sqlite":
        environment["GZA_DATABASE"] = f"sqlite:///{tmp_path}/fresh.sqlite3"
    else:
        url = os.environ["GZA_DATABASE"]
        for name in ("fresh", "fresh_transient"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                assert cursor.fetchone() is None
        import psycopg

        with psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True) as server:
            for name in ("fresh", "fresh_transient"):
                server.execute(f"CREATE DATABASE {name}")
        base, _, query = url.partition("?")
        environment["GZA_DATABASE"] = base.rpartition("/")[0] + "/fresh" + (f"?{query}" if query else "")
        environment["GZA_TRANSIENT"] = base.rpartition("/")[0] + "/fresh_transient" + (f"?{query}" if query else "")
    done = subprocess.run(
        [sys.executable, "-c", _MIGRATE], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count, triggers = done.stdout.split(" ", 1)
    assert (
        int(count) >= len({name for name in names if not name.startswith(("vault_stand", "stand", "transient"))}) - 10
    )
    assert "ledger_event_no_update" in triggers
