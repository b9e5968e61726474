"""A desk of its own to look at: ``menurut desk`` as a process, as a user starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 20


@contextmanager
def opened(folder: Path, *options: str, user: str = "editor") -> Iterator[str]:
    """A desk in a folder, over the sample dossier where the folder has no ledger; its address.

    ``user``: who has opened it.
    """
    command = [sys.executable, "-m", "menurut", "desk", "--port", "0", "--no-open", *options]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "LOGNAME": user},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + (process.stderr.read() if process.stderr else "")
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_PATIENCE)
