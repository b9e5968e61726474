"""The parts that a source has: the files of a folder or a pattern, one by one, unopened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a source, or standard input.

    ``source``: the name that led to it; ``label``: what its reports are called by. ``path`` is
    None for standard input. ``size``: its bytes; None where that cannot be told. ``member``: it is
    one of a folder's. ``otherwise``: it is no file, but the end of a folder or a pattern, and says
    what is wrong where that held nothing.
    """

    source: str
    label: str
    path: Path | None
    size: int | None = None
    member: bool = False
    otherwise: str | None = None


def parts(name: str) -> Iterator[Part]:
    """The parts that a name leads to, in the order in which they are read; none is opened."""
    path = Path(name)
    if name == STDIN:
        yield Part(name, STDIN, None)
    elif path.is_dir():
        yield from _folder(path, name)
    elif has_magic(name) and not path.exists():
        yield from _pattern(name)
    else:
        yield Part(name, path.name, path, _bytes(path))


def _bytes(path: Path) -> int | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _folder(folder: Path, name: str) -> Iterator[Part]:
    for path in _walk(folder):
        label = Path(folder.name, path.relative_to(folder)).as_posix()
        yield Part(name, label, path, _bytes(path), member=True)
    yield Part(name, folder.name, None, 0, otherwise="there are no reports in this directory")


def _walk(folder: Path) -> Iterator[Path]:
    """The files under a folder by name, hidden ones and linked folders left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it tells what is wrong
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _pattern(pattern: str) -> Iterator[Part]:
    """The files that match, by name; a folder that matches is read whole."""
    fixed = next(i for i, part in enumerate(Path(pattern).parts) if has_magic(part))
    root = Path(*Path(pattern).parts[:fixed])
    found = sorted(iglob(pattern, recursive=True))  # noqa: PTH207 (pathlib leaves files out of **)
    for match in found:
        path = Path(match)
        if not path.is_dir():
            yield Part(pattern, path.relative_to(root).as_posix(), path, _bytes(path))
        elif "**" not in pattern:
            yield from _folder(path, pattern)
    if not found:
        yield Part(pattern, pattern, None, 0, otherwise="no file matches")
