"""Parsing at the command line: texts and treebanks in, CoNLL-U out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from menurut.contract import Failure
from menurut.desk import reading
from menurut.desk.disarm import shield
from menurut.desk.reading import Input
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.pipeline import prepare
from menurut.reader.conllu import (
    ConlluError,
    Sentence,
    document_sentences,
    fill,
    read_conllu,
)
from menurut.reader.model import Model, shipped_model
from menurut.reader.parse import parse_sentences
from menurut.reader.read import read_texts
from menurut.reports import Given, ReportError

TREEBANKS = frozenset({".conllu"})
BATCH_SENTENCES = 512

REASONS = (
    N_("a line of a sentence has ten columns, with tabs between"),
    N_("a column is empty; what is not known is written _"),
    N_("the words are not numbered 1, 2, 3 and so on"),
    N_("a multiword token does not stand before its words"),
    N_("an empty node's number does not follow"),
    N_("the first column is no number of a word"),
    N_("a sentence has no words"),
    N_("a multiword token reaches past its sentence"),
    N_("a comment stands inside a sentence"),
    N_("there is no sentence"),
    N_("this is not UTF-8"),
)
"""What ``menurut.reader.conllu`` says of a bad file, for the catalogues."""

Write = Callable[[Sentence], None]


@dataclass(frozen=True, slots=True)
class Treebank:
    """The sentences of a CoNLL-U file, to be filled in."""

    name: str
    sentences: Sequence[Sentence]


def inputs(names: Iterable[str], language: str | None) -> Iterator[Input | Treebank]:
    """What the named files hold: ``.conllu`` is CoNLL-U, the rest is what ``read`` takes."""
    for name in names:
        if Path(name).suffix.lower() in TREEBANKS:
            yield _treebank(name)
        else:
            yield from reading.inputs([name], Given(language=language))


def _treebank(name: str) -> Input | Treebank:
    try:
        return Treebank(name, read_conllu(Path(name).read_bytes()))
    except OSError as error:
        reason = reading.os_reason(error)
    except ConlluError as error:
        reason = _("line {line}: {reason}").format(line=error.line, reason=_(error.reason))
    return Input(name, Failure(None, reason), unreadable=True)


def run(given: Iterable[Input | Treebank], write: Write, advance: Callable[[], None]) -> int:
    """Parse everything and write every sentence, in order; how many could not be read."""
    model = shipped_model()
    names: set[str] = set()
    failed = 0
    for item in given:
        if isinstance(item, Treebank):
            found: Iterator[Sentence] | Failure = filled(model, item.sentences)
        else:
            found = _read(model, item, names)
        if isinstance(found, Failure):
            reading.complain_of(item.name, found)
            failed += 1
        else:
            for sentence in found:
                write(sentence)
        advance()
    return failed


def filled(model: Model, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences with what the reader sees in them."""
    for start in range(0, len(sentences), BATCH_SENTENCES):
        batch = sentences[start : start + BATCH_SENTENCES]
        found = parse_sentences(model, [sentence.words for sentence in batch])
        yield from map(fill, batch, found)


def _read(model: Model, given: Input, taken: set[str]) -> Iterator[Sentence] | Failure:
    """The sentences of a report, or why there are none."""
    if isinstance(given.item, Failure):
        return given.item
    report = given.item
    try:
        [document] = read_texts(model, [prepare(report).text])
    except ReportError as error:
        return Failure(report.id, reading.reason(str(error)))
    if not document.sentences:
        return Failure(report.id, _("there is no sentence to parse in it"))
    return document_sentences(document, _free_name(report.id, taken))


def _free_name(id: str, taken: set[str]) -> str:
    """A document's name in CoNLL-U: no blank or slash in it, and no other document has it."""
    name = re.sub(r"[\s/]+", "_", "stdin" if id == "-" else id) or "report"
    numbered = (f"{name}.{number}" for number in count(2))
    found = next(n for n in chain([name], numbered) if n not in taken)
    taken.add(found)
    return found


def conllu() -> Write:
    """A writer of CoNLL-U on standard output; a terminal gets nothing that it would obey."""
    stream = sys.stdout.buffer
    at_terminal = sys.stdout.isatty()

    def write(sentence: Sentence) -> None:
        text = str(sentence)
        stream.write((shield(text) if at_terminal else text).encode("utf-8", "replace"))

    return write
