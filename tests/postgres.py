"""A PostgreSQL server of Debian's package, started for the tests in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 600
"""Seconds that the server has to start, and to stop."""
FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is, if it is installed."""
    return next((str(f / name) for f in FOLDERS if (f / name).exists()), shutil.which(name))


def installed() -> bool:
    return program("initdb") is not None and program("pg_ctl") is not None


def _as_nobody(command: list[str]) -> list[str]:
    """PostgreSQL will not run as root: then it runs as its own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server; its URL. It listens at a socket in the folder alone."""
    data, socket = folder / "data", folder / "s"
    for made in (folder, socket):
        made.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(made, "postgres")
    run = {"check": True, "capture_output": True}
    initdb, control = program("initdb"), program("pg_ctl")
    assert initdb is not None
    assert control is not None
    user = ["-U", "menurut", "--auth", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(_as_nobody([initdb, "-D", str(data), *user]), **run)  # type: ignore[call-overload]
    options = f"-k {socket} -c listen_addresses='' -c fsync=off"
    held = [control, "-D", str(data), "-w", "-t", str(PATIENCE)]
    start = [*held, "-o", options, "-l", str(socket / "log"), "start"]
    subprocess.run(_as_nobody(start), check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql://menurut@/postgres?host={socket}"
    finally:
        subprocess.run(_as_nobody([*held, "-m", "fast", "stop"]), **run)  # type: ignore[call-overload]
