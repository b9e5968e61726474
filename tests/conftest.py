"""Settings for all tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from tests import postgres as postgres_server

from menurut.ledger.store import Ledger

# Machines are noisy: what is slow is measured by benchmarks, not by a test's deadline.
settings.register_profile("menurut", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The check in CI tries the same examples each time; at a desk they are new ones.
settings.register_profile("repeatable", settings.get_profile("menurut"), derandomize=True)
settings.load_profile("menurut")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server of the session's own."""
    with tempfile.TemporaryDirectory(prefix="menurut") as folder:
        Path(folder).chmod(0o755)
        with postgres_server.server(Path(folder) / "pg") as url:
            yield url


KEEPERS = ["sqlite", *(["postgresql"] if postgres_server.installed() else [])]


@pytest.fixture(params=KEEPERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger, in SQLite and, where it is installed, in PostgreSQL."""
    where = str(tmp_path / "ledger.db")
    if request.param == "postgresql":
        where = request.getfixturevalue("postgres")
        engine = create_engine(where.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    with Ledger(where) as opened:
        yield opened
