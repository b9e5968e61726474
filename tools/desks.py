"""A desk of its own to look at: ``menurut desk`` as a process, as a user starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 120
"""Seconds that a desk has to close."""


@contextmanager
def opened(folder: Path, *options: str, user: str = "editor") -> Iterator[str]:
    """A desk in a folder, over the sample dossier where the folder has no ledger; its address.

    ``user``: who has opened it.
    """
    command = [sys.executable, "-m", "menurut", "desk", "--port", "0", "--no-open", *options]
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "LOGNAME": user},
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            if not found:
                complaints.seek(0)
                raise RuntimeError(f"no desk: {line}{complaints.read()}")
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_PATIENCE)
