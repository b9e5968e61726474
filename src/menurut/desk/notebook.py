"""Knowledge of people in files, one fact a line in JSON: read, added to, shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from errno import ENOSPC
from os import SEEK_END
from pathlib import Path
from typing import IO

import click
import msgspec

from menurut.contract import Analysis, Fact, Failure
from menurut.desk.disarm import disarm
from menurut.desk.reading import complain, os_reason
from menurut.interface import gettext as _
from menurut.record.actors.knowledge import Knowledge, moment, taught
from menurut.world import name_words

LARGEST_LINE = 1 << 20
_CODE = re.compile(r"[A-Z]{3}( [A-Z]{3}|:[A-Z0-9-]+)?")


@dataclass
class Notebook:
    """What is known while reading, and where what is learnt goes.

    ``written``: what ``path`` holds. ``learning``: whether what a report teaches counts for the
    reports after it, as it does where it goes to a file that is known. ``failed``: how many lines
    and files could not be read.
    """

    knowledge: Knowledge
    path: Path | None = None
    written: Knowledge = field(default_factory=Knowledge)
    learning: bool = False
    failed: int = 0

    def note(self, analysis: Analysis | Failure) -> None:
        """Adds what a report teaches to the file. Raises ``click.FileError``."""
        if self.path is None or isinstance(analysis, Failure):
            return
        fresh = [fact for fact in taught(analysis) if self.written.add(fact)]
        if fresh:
            _append_or_end(self.path, fresh)


def open_notebook(know: Iterable[str], learn: str | None) -> Notebook:
    """The notebook of some files; what cannot be read of them is complained of.

    The file that is learnt into need not be there yet. Raises ``click.FileError`` where it cannot
    be written to.
    """
    book = Notebook(Knowledge(), Path(learn) if learn is not None else None)
    if book.path is not None:
        _append_or_end(book.path, ())
    names = dict.fromkeys(know)
    for name in names if learn is None else {**names, learn: None}:
        facts, failed = facts_of(name)
        book.failed += failed
        learnt = book.path is not None and book.path.resolve() == Path(name).resolve()
        known = name in names
        book.learning |= learnt and known
        for fact in facts:
            if known:
                book.knowledge.add(fact)
            if learnt:
                book.written.add(fact)
    return book


def facts_of(name: str) -> tuple[list[Fact], int]:
    """The facts of a file, and how many of its lines could not be read, which it complains of."""
    facts: list[Fact] = []
    failed = 0
    for item in _facts(name):
        if isinstance(item, Fact):
            facts.append(item)
        else:
            failed += 1
            complain(f"{name}: {item.error}")
    return facts, failed


def _facts(name: str) -> Iterator[Fact | Failure]:
    """The facts of a file; a line or a file that cannot be read is a ``Failure``."""
    try:
        with Path(name).open("rb") as stream:
            yield from read_facts(stream)
    except OSError as error:
        yield Failure(None, os_reason(error))


def read_facts(stream: IO[bytes]) -> Iterator[Fact | Failure]:
    """The facts of a stream in order; a line that is none gives a ``Failure`` with its number."""
    decoder = msgspec.json.Decoder(Fact)
    number = 0
    while line := stream.readline(LARGEST_LINE):
        number += 1
        try:
            if line.strip():
                yield _checked(decoder.decode(line))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            yield Failure(None, _("line {n}: {error}").format(n=number, error=error))


def _checked(fact: Fact) -> Fact:
    """The fact, where it makes sense. Raises ``ValueError``."""
    if not name_words(fact.person):
        raise ValueError(_("it names no person"))
    if not _CODE.fullmatch(fact.code):
        raise ValueError(_("no code: {code!r}").format(code=fact.code[:40]))
    moment(fact.at)
    return fact


def _append_or_end(path: Path, facts: Collection[Fact]) -> None:
    try:
        append(path, facts)
    except OSError as error:
        raise click.FileError(str(path), os_reason(error)) from error


def append(path: Path, facts: Iterable[Fact]) -> None:
    """Adds facts to the end of a file in one write, so that none is ever half there.

    A last line that was cut off is ended first. Raises ``OSError``.
    """
    lines = b"".join(msgspec.json.encode(fact) + b"\n" for fact in facts)
    with path.open("a+b", buffering=0) as book:
        size = book.seek(0, SEEK_END)
        book.seek(max(size - 1, 0))
        data = b"\n" + lines if book.read(1) not in (b"", b"\n") else lines
        if book.write(data) != len(data):
            raise OSError(ENOSPC, "No space left on device")


# --- showing ---------------------------------------------------------------------------------


def shown(facts: Iterable[Fact], name: str = "") -> Iterator[str]:
    """What is known of people, a few lines each: office, code, when and by whom it was told."""
    people = Knowledge(facts).people(name_words(name))
    for told in sorted(people, key=lambda facts: name_words(facts[0].person)):
        yield disarm(told[0].person)
        for office in _offices(told):
            yield "  " + disarm(_line(office))


def _offices(facts: list[Fact]) -> list[list[Fact]]:
    """The facts of each office, the one told last first."""
    offices: dict[tuple[str, str], list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: moment(fact.at)):
        offices.setdefault((fact.role.casefold(), fact.code), []).append(fact)
    return sorted(offices.values(), key=lambda told: moment(told[-1].at), reverse=True)


def _line(told: list[Fact]) -> str:
    days = list(dict.fromkeys((fact.at or "")[:10] or _("undated") for fact in told))
    days = days if len(days) == 1 else [days[0], days[-1]]
    tellers = dict.fromkeys(name for fact in told for name in fact.told_by)
    if any(not fact.told_by for fact in told):
        tellers[_("the report itself")] = None
    reports = dict.fromkeys(fact.report for fact in told)
    return f"{told[-1].role} [{told[-1].code}] · {' – '.join(days)} · " + _(
        "told by {who} ({reports})"
    ).format(who=", ".join(tellers), reports=", ".join(reports))
