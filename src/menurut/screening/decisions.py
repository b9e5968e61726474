"""What people have decided of candidates: lines of a file, added to and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

Verdict = Literal["same", "different"]


class DecisionError(Exception):
    """What is wrong with a file of decisions, and where."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A person's decision whether a name in reports is a list's entry."""

    name: str
    entry: str
    verdict: Verdict
    author: str
    at: str
    reason: str | None = None


class Decisions:
    """Decisions by name and entry; the latest counts."""

    def __init__(self, made: list[Decision]) -> None:
        self._latest = {(folded(d.name), d.entry): d for d in made}

    def of(self, name: str, entry: str) -> Decision | None:
        """The latest decision of a name and an entry."""
        return self._latest.get((folded(name), entry))


def folded(name: str) -> str:
    """A name by which decisions are looked up, without case and blanks."""
    return " ".join(name.casefold().split())


def read_decisions(path: Path | None) -> Decisions:
    """The decisions of a file; none where there is no file yet. Raises ``DecisionError``."""
    if path is None or not path.exists():
        return Decisions([])
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise DecisionError(f"{path}: cannot be read: {error.strerror}") from None
    return Decisions([_decision(path, n, line) for n, line in enumerate(lines, 1) if line.strip()])


def _decision(path: Path, number: int, line: bytes) -> Decision:
    try:
        return msgspec.json.decode(line, type=Decision)
    except msgspec.MsgspecError as error:
        raise DecisionError(f"{path}: line {number}: no decision: {error}") from None


def decide(
    path: Path, name: str, entry: str, verdict: Verdict, author: str, reason: str | None
) -> Decision:
    """Add a decision to a file. Raises ``DecisionError`` where it cannot be written."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    made = Decision(name=name, entry=entry, verdict=verdict, author=author, at=at, reason=reason)
    try:
        with path.open("ab", buffering=0) as stream:
            stream.write(msgspec.json.encode(made) + b"\n")
    except OSError as error:
        raise DecisionError(f"{path}: cannot be written: {error.strerror}") from None
    return made
