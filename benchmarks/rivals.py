"""Compares menurut's reading speed with UDPipe 1 and spaCy, in one run.

python -m benchmarks.rivals --udpipe MODEL_FILE [...] --spacy NAME_OR_FOLDER [...]
    [--articles 100] [--rounds 3] [--language en] [--treebank en_ewt-dev.conllu]

All read the same articles, made from the project's own stories; those in English, unless told
otherwise, for that is what models of all three can be had for. (The stories make a few dozen
different ones; more are the same again, which helps those that remember words: menurut and spaCy.)
Each system is a process of its own, bound to one core. It loads its model, reads one article to
be warm, and then is timed reading the rest; nothing is written out. Rounds alternate between the
systems, and medians are printed. A word is what stands between blanks, for all alike.

``words/s`` counts time on the wall, ``per CPU s`` processor time: on a quiet machine they agree, on
a busy one the second is the one to trust, and the factors are of it. With a treebank, ``LAS`` is
labelled attachment in percent on its own words and sentences, relations without subtypes; ``-``
where a pipeline has labels other than UD's. The systems do not do the same: see ``does``.

Models: ``benchmarks.udpipe_model`` and ``benchmarks.spacy_model`` train them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from training.markup import read_markup

from benchmarks import spacy_model, udpipe_model
from benchmarks.__main__ import STORIES, articles
from menurut.contract import Report
from menurut.engines.local import BATCH_REPORTS, read_reports
from menurut.pipeline import prepare
from menurut.reader import conllu
from menurut.reader.conllu import Sentence, read_conllu
from menurut.reader.model import shipped_model
from menurut.reader.parse import Words, parse_sentences
from menurut.reader.read import read_texts

CHILD = [sys.executable, "-c", "from benchmarks.rivals import child; child()"]

Tree = list[tuple[int, str]]
"""Each word's head (from 1; 0 is the root) and relation."""


class Reader(Protocol):
    """A system with its model loaded. ``does``: what of a text it finds."""

    does: str

    def read(self, texts: Sequence[str]) -> None:
        """Read texts and throw the results away."""

    def parse(self, sentences: Sequence[Words]) -> Iterator[Tree] | None:
        """The trees of sentences whose words are given; None where the labels are not UD's."""


class Parsing:
    """menurut as far as ``menurut parse``: what it finds before it makes the record."""

    does = "words, sentences, tags, trees, names, statement spans"

    def __init__(self, _: str, language: str) -> None:
        self._language = language
        self._model = shipped_model()

    def _reports(self, texts: Sequence[str]) -> list[Report]:
        return [Report(id=str(n), text=t, language=self._language) for n, t in enumerate(texts)]

    def read(self, texts: Sequence[str]) -> None:
        reports = self._reports(texts)
        for start in range(0, len(reports), BATCH_REPORTS):
            batch = reports[start : start + BATCH_REPORTS]
            read_texts(self._model, [prepare(report).text for report in batch])

    def parse(self, sentences: Sequence[Words]) -> Iterator[Tree]:
        for found in parse_sentences(self._model, sentences):
            yield list(zip([head + 1 for head in found.heads], found.deprels, strict=True))


class Record(Parsing):
    """menurut as ``menurut read``: the whole record."""

    does = "all that and the record: actors, times, places, figures, statements, events"

    def read(self, texts: Sequence[str]) -> None:
        for _ in read_reports(self._reports(texts), model=self._model):
            pass


class UDPipe:
    """UDPipe 1, by its own loop over sentences."""

    does = "words, sentences, tags, lemmas, trees"

    def __init__(self, path: str, _: str) -> None:
        self._udpipe = udpipe_model.library()
        self._model = self._udpipe.Model.load(path)
        if not self._model:
            raise SystemExit(f"{path} is no UDPipe model")

    def _parsed(self, sentence: Any) -> Any:
        self._model.tag(sentence, self._model.DEFAULT)
        self._model.parse(sentence, self._model.DEFAULT)
        return sentence

    def read(self, texts: Sequence[str]) -> None:
        tokenizer = self._model.newTokenizer(self._model.DEFAULT)
        error, sentence = self._udpipe.ProcessingError(), self._udpipe.Sentence()
        for text in texts:
            tokenizer.setText(text)
            while tokenizer.nextSentence(sentence, error):
                self._parsed(sentence)

    def parse(self, sentences: Sequence[Words]) -> Iterator[Tree]:
        for words in sentences:
            sentence = self._udpipe.Sentence()
            for form in words.forms:
                sentence.addWord(form)
            found = list(self._parsed(sentence).words)[1:]
            yield [(word.head, word.deprel) for word in found]


class SpaCy:
    """A spaCy pipeline, all of its pipes."""

    def __init__(self, name: str, _: str) -> None:
        try:
            self._nlp = spacy_model.library().load(name)
        except OSError as error:
            raise SystemExit(f"spaCy cannot load {name}: {error}") from None
        self.does = ", ".join(["words", *self._nlp.pipe_names])

    def read(self, texts: Sequence[str]) -> None:
        for _ in self._nlp.pipe(texts):
            pass

    def parse(self, sentences: Sequence[Words]) -> Iterator[Tree] | None:
        return self._trees(sentences) if "obl" in self._nlp.get_pipe("parser").labels else None

    def _trees(self, sentences: Sequence[Words]) -> Iterator[Tree]:
        for doc in self._nlp.pipe(map(self._given, sentences)):
            yield [(0 if t.head.i == t.i else t.head.i + 1, t.dep_.lower()) for t in doc]

    def _given(self, words: Words) -> Any:
        return spacy_model.library("spacy.tokens").Doc(
            self._nlp.vocab,
            words=list(words.forms),
            spaces=spacy_model.blanks(words.spaces, last=False),
            sent_starts=[n == 0 for n in range(len(words.forms))],
        )


KINDS: dict[str, Callable[[str, str], Reader]] = {
    "menurut read": Record,
    "menurut parse": Parsing,
    "UDPipe": UDPipe,
    "spaCy": SpaCy,
}


@dataclass(frozen=True, slots=True)
class System:
    """One line of the table."""

    kind: str
    model: str = ""

    @property
    def label(self) -> str:
        return " ".join([self.kind, Path(self.model).name]).strip()


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is told. ``treebank``: none for no scores."""

    kind: str
    model: str
    language: str
    texts: list[str]
    treebank: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a child says: seconds until warm, and of reading; MiB; percent attached."""

    does: str
    start: float
    wall: float
    cpu: float
    peak: float
    las: float | None


def child() -> None:
    """A system's process: a ``Job`` on standard input, a ``Sample`` on standard output."""
    job = Job(**json.load(sys.stdin))
    began = time.perf_counter()
    reader = KINDS[job.kind](job.model, job.language)
    reader.read(job.texts[:1])
    wall, cpu = time.perf_counter(), time.process_time()
    reader.read(job.texts[1:])
    ended, used = time.perf_counter(), time.process_time()
    peak = _peak()
    las = attachment(reader, Path(job.treebank)) if job.treebank else None
    sample = Sample(reader.does, wall - began, ended - wall, used - cpu, peak, las)
    print(json.dumps(asdict(sample)))


def _peak() -> float:
    """Peak memory of this process in MiB; ``getrusage`` would count its parent's too."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def attachment(reader: Reader, treebank: Path) -> float | None:
    """Labelled attachment in percent, all words counted."""
    gold = read_conllu(treebank.read_bytes())
    trees = reader.parse([sentence.words for sentence in gold])
    if trees is None:
        return None
    right = total = 0
    for sentence, found in zip(gold, trees, strict=True):
        pairs = list(zip(_tree(sentence), found, strict=True))
        total += len(pairs)
        right += sum(_plain(*wanted) == _plain(*had) for wanted, had in pairs)
    return 100 * right / total


def _tree(sentence: Sentence) -> Tree:
    rows = spacy_model.gold(sentence)
    return [(int(row[conllu.HEAD]), row[conllu.DEPREL]) for row in rows]


def _plain(head: int, relation: str) -> tuple[int, str]:
    return head, relation.partition(":")[0]


def one_language(count: int, language: str) -> list[str]:
    """Articles of which every story is in the language."""
    paths = STORIES.glob(f"attribution*.{language}.txt")
    stories = {story.text for path in paths for story in read_markup(path)}
    if not stories:
        raise SystemExit(f"there are no stories in the language {language}")
    texts = (row["text"] for row in articles(sys.maxsize))
    return list(islice((t for t in texts if stories.issuperset(t.split("\n\n"))), count))


def run(job: Job) -> Sample:
    """Do a job in a process of its own, on the first core that this one may use."""
    core = min(os.sched_getaffinity(0))
    done = subprocess.run(
        CHILD,
        input=json.dumps(asdict(job)),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    if done.returncode:
        raise SystemExit(f"{job.kind} {job.model} failed with status {done.returncode}")
    return Sample(**json.loads(done.stdout.splitlines()[-1]))


def measure(
    systems: Sequence[System], texts: list[str], rounds: int, language: str, treebank: str
) -> dict[System, list[Sample]]:
    """All the samples; attachment is scored in the first round only."""
    samples: dict[System, list[Sample]] = {system: [] for system in systems}
    for number in range(rounds):
        for system, found in samples.items():
            gold = treebank if number == 0 else ""
            found.append(run(Job(system.kind, system.model, language, texts, gold)))
    return samples


def table(samples: dict[System, list[Sample]], words: int) -> Iterator[str]:
    """The lines of the comparison; menurut's two come first, and the factors are to them."""
    width = max(len(system.label) for system in samples)
    yield (f"{'':{width}}  words/s  per CPU s  x read  x parse  start s  peak MiB   LAS  does")
    rates = {s: words / statistics.median(x.cpu for x in found) for s, found in samples.items()}
    whole, parsing = list(rates.values())[:2]
    for system, found in samples.items():
        wall = words / statistics.median(x.wall for x in found)
        rate = rates[system]
        start = statistics.median(x.start for x in found)
        las = "-" if found[0].las is None else f"{found[0].las:.1f}"
        yield (
            f"{system.label:{width}}  {wall:7,.0f}  {rate:9,.0f}  {rate / whole:6.2f}"
            f"  {rate / parsing:7.2f}  {start:7.1f}  {max(x.peak for x in found):8.0f}"
            f"  {las:>4}  {found[0].does}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rivals",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--udpipe", nargs="+", default=[], metavar="MODEL_FILE")
    parser.add_argument("--spacy", nargs="+", default=[], metavar="NAME_OR_FOLDER")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--language", default="en", help="of the articles, and of the models")
    parser.add_argument("--treebank", type=Path, help="CoNLL-U to score attachment on")
    return parser.parse_args()


def main() -> None:
    given = _arguments()
    if given.udpipe:
        udpipe_model.library()
    if given.spacy:
        spacy_model.library()
    systems = [System("menurut read"), System("menurut parse")]
    systems += [System("UDPipe", model) for model in given.udpipe]
    systems += [System("spaCy", name) for name in given.spacy]
    texts = one_language(given.articles + 1, given.language)
    words = sum(len(text.split()) for text in texts[1:])
    treebank = str(given.treebank or "")
    samples = measure(systems, texts, given.rounds, given.language, treebank)
    print(
        f"{given.articles} articles ({given.language}), {words:,} words, {given.rounds} rounds,"
        " medians; one core each, start-up left out"
    )
    print("\n".join(table(samples, words)))


if __name__ == "__main__":
    main()
