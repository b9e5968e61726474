"""Runs the commands that the documentation shows, in a folder made for them.

A folder holds the sample dossier's ledger (``menurut.db``), its reports (``reports.jsonl``) and
analyses (``analyses.jsonl``), the sample reports as text, and what reports teach of people. Each
page of the documentation has a folder of its own, so that one page's decisions do not show in
another's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from menurut.tables import data_file

PREPARED = (
    "menurut add --sample",
    "menurut read --jsonl reports.jsonl > analyses.jsonl",
    "menurut read --learn people.jsonl sudan-talks.en.txt > /dev/null",
)
LIMIT = 600
"""Seconds that one command may take."""


class Printed(NamedTuple):
    """What a command printed, on both streams, and its exit status."""

    text: str
    status: int


class Workshop:
    """A folder in which commands are run as a reader of the documentation would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, line: str) -> Printed:
        """Runs one line of the shell."""
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.folder,
            env=_environment(self.folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
        )
        return Printed(done.stdout.decode("utf-8", "replace"), done.returncode)


def prepare(folder: Path) -> Workshop:
    """Fills an empty folder. Raises ``RuntimeError`` where a command of the preparation fails."""
    for sample in data_file("samples").iterdir():
        if sample.name.endswith(".txt"):
            (folder / sample.name).write_bytes(sample.read_bytes())
    dossier = data_file("samples/dossier.jsonl").read_bytes()
    (folder / "reports.jsonl").write_bytes(dossier)
    _write_command(folder)
    workshop = Workshop(folder)
    for line in PREPARED:
        printed = workshop.run(line)
        if printed.status != 0:
            raise RuntimeError(f"{line}: {printed.text}")
    return workshop


@contextmanager
def workshops() -> Iterator[Workshop]:
    """A prepared folder, which ``another`` copies; deleted in the end."""
    with tempfile.TemporaryDirectory(prefix="menurut-docs-") as name:
        first = Path(name) / "first"
        first.mkdir()
        yield prepare(first)


def another(workshop: Workshop, name: str) -> Workshop:
    """A fresh copy beside a workshop in which nothing was changed."""
    folder = workshop.folder.parent / name
    shutil.copytree(workshop.folder, folder)
    _write_command(folder)
    return Workshop(folder)


def _write_command(folder: Path) -> None:
    """``menurut`` as a command of this very source, not of one that happens to be installed."""
    commands = folder / ".bin"
    commands.mkdir(exist_ok=True)
    command = commands / "menurut"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m menurut "$@"\n', "utf-8")
    command.chmod(0o755)


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MENURUT_")}
    return kept | {
        "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "MENURUT_LANG": "en",
        "COLUMNS": "78",
        "NO_COLOR": "1",
        "USER": "you",
        "LOGNAME": "you",
    }
