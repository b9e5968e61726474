"""Trains a UDPipe 1 model for ``benchmarks.rivals``, since none comes with the library.

python -m benchmarks.udpipe_model CORPUS.conllu OUT.udpipe

Tokeniser and parser have the sizes of UDPipe's published settings for English (``params_*`` of its
models for UD 2.0), on which their speed hangs more than on how long they are trained. They are
trained far more briefly (8 rounds instead of 100, 4 instead of 30) and without vectors of outside
text, so expect attachment below the published models'. The tagger is one model, where the
published settings have a second for lemmas: expect a published model to read somewhat more slowly.
Needs ``pip install ufal.udpipe``.
"""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path
from typing import Any

TOKENIZER = "dimension=64;epochs=8;batch_size=100;learning_rate=0.005;dropout=0.1"
TAGGER = "iterations=10"
"""Else UDPipe's own choice: one model for parts of speech, features and lemmas together."""
PARSER = (
    "iterations=4;hidden_layer=200;embedding_form=50;embedding_upostag=20;embedding_feats=20;"
    "embedding_deprel=20;transition_system=projective;transition_oracle=dynamic;"
    "structured_interval=0;learning_rate=0.02;learning_rate_final=0.001;l2=0.5;batch_size=10"
)
METHOD = "morphodita_parsito"


def library() -> Any:
    """The module ``ufal.udpipe``: no requirement of the project, so it is looked for late."""
    try:
        return importlib.import_module("ufal.udpipe")
    except ImportError:
        raise SystemExit("UDPipe is not installed: pip install ufal.udpipe") from None


def sentences(udpipe: Any, corpus: Path) -> Any:
    """The sentences of a CoNLL-U file, in UDPipe's own list."""
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(corpus.read_text("utf-8"))
    found, error = udpipe.Sentences(), udpipe.ProcessingError()
    sentence = udpipe.Sentence()
    while reader.nextSentence(sentence, error):
        found.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        raise SystemExit(f"{corpus}: {error.message}")
    return found


def train(corpus: Path, tokenizer: str, tagger: str, parser: str) -> bytes:
    """A model as the bytes of its file."""
    udpipe = library()
    none, error = udpipe.Sentences(), udpipe.ProcessingError()
    given = sentences(udpipe, corpus)
    model: bytes = udpipe.Trainer.train(METHOD, given, none, tokenizer, tagger, parser, error)
    if error.occurred():
        raise SystemExit(f"UDPipe could not train: {error.message}")
    return model


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.udpipe_model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path, help="the treebank to learn from")
    parser.add_argument("out", type=Path, help="the model to write")
    parser.add_argument("--tokenizer", default=TOKENIZER, help="UDPipe's options ('none': none)")
    parser.add_argument("--tagger", default=TAGGER, help="the same, of the tagger")
    parser.add_argument("--parser", default=PARSER, help="the same, of the parser")
    given = parser.parse_args()
    began = time.perf_counter()
    model = train(given.corpus, given.tokenizer, given.tagger, given.parser)
    given.out.write_bytes(model)
    minutes = (time.perf_counter() - began) / 60
    print(f"{given.out}: {len(model) / 2**20:.1f} MiB, trained in {minutes:.0f} minutes")


if __name__ == "__main__":
    main()
