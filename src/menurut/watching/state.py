"""What a watch remembers between runs, in one file beside its plan, replaced whole.

A feed's entry counts as seen when the ledger has it, an alert as told when its channel took it; so
a run that is cut off anywhere does again what it had not finished, and loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from menurut.interface import gettext as _
from menurut.ledger.changes import Mark

SEEN = 4000
"""Entries of a feed that are remembered, the newest, or as many as it shows."""
MOST_SEEN = 50_000
"""What a sitemap may hold. Of a feed that shows more the rest is read anew each time, and the
ledger passes over what it has."""


class StateError(Exception):
    """What is wrong with the file of a watch's memory."""


class Visited(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A feed's last visit and its next. ``seen``: prints of its entries, the oldest first;
    ``missed``: how often the page of an entry could not be had."""

    due: float = 0.0
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    failures: int = 0
    error: str | None = None
    seen: list[str] = []
    missed: dict[str, int] = {}

    def see(self, prints: Iterable[str], shown: int = 0) -> None:
        """Remember entries, as the newest. ``shown``: how many the feed shows at once."""
        new = dict.fromkeys(prints)
        room = min(max(SEEN, shown), MOST_SEEN)
        self.seen = [*(p for p in self.seen if p not in new), *new][-room:]
        self.missed = {print: times for print, times in self.missed.items() if print not in new}

    def forget_missed(self, shown: Container[str]) -> None:
        """Count no longer what the feed does not show any more."""
        self.missed = {print: times for print, times in self.missed.items() if print in shown}

    def miss(self, print: str) -> int:
        """Count that an entry's page could not be had; how often by now."""
        self.missed[print] = self.missed.get(print, 0) + 1
        return self.missed[print]


class Notice(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An alert that is still to be told in a channel. ``key``: the same for the same alert."""

    key: str
    alert: str
    channel: str
    at: str
    message: msgspec.Raw
    tries: int = 0
    due: float = 0.0


class State(msgspec.Struct, kw_only=True, omit_defaults=True):
    """All that a watch remembers. ``mark``: how far the ledger was looked through for alerts."""

    feeds: dict[str, Visited] = {}
    mark: Mark | None = None
    waiting: list[Notice] = []

    def feed(self, url: str) -> Visited:
        """What is remembered of a feed."""
        return self.feeds.setdefault(url, Visited())


def read_state(path: Path) -> State:
    """The memory of earlier runs; a fresh one where there is none.

    Raises ``StateError`` where the file cannot be read: it is not thrown away unasked.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except (OSError, msgspec.MsgspecError) as error:
        reason = _(
            "{path}: what the watch remembers cannot be read ({error}); delete it to begin anew"
        )
        raise StateError(reason.format(path=path, error=error)) from None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep a second watch from the same memory, as long as this process lives.

    Raises ``StateError`` where another one has it, or its folder cannot be written to.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StateError(
            _("{path}: another watch of this plan is running").format(path=path)
        ) from None
    except OSError as error:
        reason = _("{path}: cannot be written: {reason}")
        raise StateError(reason.format(path=lock.lock_file, reason=error.strerror)) from None
    try:
        yield
    finally:
        lock.release()


def write_state(path: Path, state: State) -> None:
    """Put the memory in the place of the old one, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as stream:
        stream.write(msgspec.json.encode(state))
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
