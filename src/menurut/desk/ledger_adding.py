"""Adding at the command line: files to reports, reports to the ledger, a line for each."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
import msgspec

import menurut
from menurut.contract import Analysis, Failure, Report
from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.desk.reading import Input, complain_of
from menurut.interface import gettext as _
from menurut.ledger.adding import Added, add, known_reports
from menurut.ledger.errors import LedgerError
from menurut.ledger.store import Ledger

Tell = Callable[[Added], None]


def run(
    ledger: Ledger,
    inputs: Iterable[Input],
    analyses: dict[str, Analysis] | None,
    again: bool,
    tell: Tell,
    advance: Callable[[], None],
) -> int:
    """Add every report and tell of each when it is safely kept; how many could not be added.

    A report that the ledger has in these words is not read again, so a run that was cut off goes
    on where it stopped. ``analyses``: made before, by report; None: the reports are read.
    """
    waiting: deque[Input] = deque()
    failed = 0

    def new() -> Iterator[Report | Failure]:
        for given in inputs:
            item = given.item
            if isinstance(item, Report) and not again and known_reports(ledger, [item]):
                tell(Added(report=item.id, change="unchanged"))
                advance()
                continue
            waiting.append(given)
            yield item

    results = menurut.read_reports(new()) if analyses is None else _looked_up(new(), analyses)
    for result in results:
        given = waiting.popleft()
        try:
            if isinstance(result, Failure) or not isinstance(given.item, Report):
                raise LedgerError(result.error if isinstance(result, Failure) else "")
            tell(add(ledger, given.item, result))
        except LedgerError as error:
            failed += 1
            id = given.item.id
            complain_of(given.name, Failure(id, str(error)))
        advance()
    return failed


def _looked_up(
    items: Iterable[Report | Failure], analyses: dict[str, Analysis]
) -> Iterator[Analysis | Failure]:
    for item in items:
        if isinstance(item, Failure):
            yield item
        else:
            yield analyses.get(item.id) or Failure(item.id, _("it has no analysis in the file"))


def read_analyses(name: str) -> dict[str, Analysis]:
    """The analyses of a file of JSON Lines, by report; failures are left out.

    Raises ``LedgerError`` where the file cannot be read or a line is no analysis.
    """
    decoder = msgspec.json.Decoder(Analysis)
    found: dict[str, Analysis] = {}
    try:
        with Path(name).open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip() or _failed(line):
                    continue
                try:
                    analysis = decoder.decode(line)
                except msgspec.MsgspecError as error:
                    raise LedgerError(f"{name}: line {number}: no analysis: {error}") from None
                found[analysis.id] = analysis
    except OSError as error:
        raise LedgerError(f"{name}: cannot be read: {error.strerror}") from None
    return found


def _failed(line: bytes) -> bool:
    if b'"error"' not in line:
        return False
    try:
        return bool(msgspec.json.decode(line, type=Failure).error)
    except msgspec.MsgspecError:
        return False


def lines() -> Tell:
    """A teller in JSON Lines."""
    encoder = msgspec.json.Encoder()

    def tell(added: Added) -> None:
        sys.stdout.buffer.write(encoder.encode(added) + b"\n")
        sys.stdout.buffer.flush()

    return tell


def sentences() -> Tell:
    """A teller for a person."""

    def tell(added: Added) -> None:
        facts = [label(words.CHANGES, added.change)]
        if added.copy_of:
            facts.append(_("copy of {report}").format(report=added.copy_of))
        if added.change != "unchanged":
            facts.append(_("joined {n} incidents").format(n=len(added.joined)))
            facts.append(_("opened {n}").format(n=len(added.opened)))
        click.echo(f"{disarm(added.report)}: {disarm(', '.join(facts))}")

    return tell
