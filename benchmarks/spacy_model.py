"""Trains a spaCy pipeline on a treebank for ``benchmarks.rivals``.

python -m benchmarks.spacy_model CORPUS.conllu OUT_FOLDER [--language en]

The pipeline is what spaCy's own ``init config --optimize efficiency`` gives for parts of speech,
features and trees: the encoder of its published small English model, with a parser twice as wide,
but no lemmas and no names, so that it does less than that one. The training is shorter. Its labels
are the treebank's, so that attachment can be scored, which it cannot be for the published English
models (they have labels of their own). The last tenth of the corpus is held out, and the weights
that do best on it are kept. Needs ``pip install spacy``.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from menurut.reader import conllu
from menurut.reader.conllu import Sentence, read_conllu

PIPES = ["morphologizer", "parser"]
DOC_SENTENCES = 10
"""Sentences in one training text: more than one, for the parser also learns where they end."""


def library(module: str = "spacy") -> Any:
    """A module of spaCy: no requirement of the project, so it is looked for late."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SystemExit("spaCy is not installed: pip install spacy") from None


def gold(sentence: Sentence) -> list[conllu.Row]:
    """The rows that are words: no multiword tokens, no empty nodes."""
    return [row for row in sentence.rows if row[conllu.ID].isdecimal()]


def blanks(spaces: Sequence[bool], last: bool) -> list[bool]:
    """Blanks after the words, as spaCy counts them, from those before them."""
    return [*spaces[1:], last]


def text(vocab: Any, sentences: Sequence[Sentence]) -> Any:
    """One spaCy text of several sentences with all that the treebank says of them."""
    forms: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    rows: list[conllu.Row] = []
    for sentence in sentences:
        base = len(forms)
        forms += sentence.words.forms
        spaces += blanks(sentence.words.spaces, last=True)
        words = gold(sentence)
        numbers = [int(row[conllu.HEAD]) for row in words]
        heads += [base + (number or n + 1) - 1 for n, number in enumerate(numbers)]
        rows += words
    return library("spacy.tokens").Doc(
        vocab,
        words=forms,
        spaces=spaces,
        pos=[row[conllu.UPOS] for row in rows],
        morphs=["" if row[conllu.FEATS] == conllu.NOTHING else row[conllu.FEATS] for row in rows],
        heads=heads,
        deps=["ROOT" if row[conllu.HEAD] == "0" else row[conllu.DEPREL] for row in rows],
    )


def texts(vocab: Any, sentences: Sequence[Sentence]) -> Iterator[Any]:
    for start in range(0, len(sentences), DOC_SENTENCES):
        yield text(vocab, sentences[start : start + DOC_SENTENCES])


def config(language: str, folder: Path, steps: int) -> Any:
    """spaCy's own settings for small pipelines on the processor, but for the length."""
    made = library("spacy.cli.init_config").init_config(
        lang=language, pipeline=PIPES, optimize="efficiency", gpu=False, silent=True
    )
    for name in ("train", "dev"):
        made["paths"][name] = str(folder / f"{name}.spacy")
    made["training"]["max_steps"] = steps
    made["training"]["eval_frequency"] = max(1, min(500, steps // 4))
    return made


def train(corpus: Path, out: Path, language: str, steps: int) -> None:
    """Learn from the corpus and write the pipeline that did best on its last tenth."""
    spacy = library()
    sentences = read_conllu(corpus.read_bytes())
    cut = len(sentences) * 9 // 10
    vocab = spacy.blank(language).vocab
    bins = library("spacy.tokens").DocBin
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        for name, part in (("train", sentences[:cut]), ("dev", sentences[cut:])):
            bins(docs=texts(vocab, part)).to_disk(Path(folder, f"{name}.spacy"))
        nlp = library("spacy.training.initialize").init_nlp(config(language, Path(folder), steps))
        library("spacy.training.loop").train(nlp, Path(work))
        best = spacy.load(Path(work, "model-best"))
        best.meta["name"] = f"{corpus.stem}"
        best.to_disk(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.spacy_model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path, help="the treebank to learn from")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--language", default="en", help="whose tokeniser, by spaCy's codes")
    parser.add_argument("--steps", type=int, default=3000, help="batches, of about 1,000 words")
    given = parser.parse_args()
    began = time.perf_counter()
    train(given.corpus, given.out, given.language, given.steps)
    print(f"{given.out}: trained in {(time.perf_counter() - began) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
