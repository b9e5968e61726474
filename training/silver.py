"""Labels the stories of attribution with the events that the tables find in them.

python -m training.silver --corpora CORPORA OUT.jsonl

A line for each paragraph: its ``text``, the ``triggers`` ``[type, start, end]`` in it, and the
``plain`` stretches ``[start, end]`` of words that tell of none. Verbs and nouns of which the tables
say nothing are neither: what the tables lack is what the model is to learn. What is written is made
of the corpora and stays outside the repository.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from menurut.contract import Block, Event
from menurut.reader.document import Document
from menurut.reader.model import shipped_model
from menurut.reader.read import Text, read_texts
from menurut.record.analyse import make_record
from training.corpora import stories

OPEN = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})
"""Parts of speech whose words may be triggers that the tables miss."""
_ASIDE = 8


def silver(document: Document, events: Iterable[Event]) -> Iterator[dict[str, object]]:
    """The paragraphs of a document with the first words of their triggers."""
    triggers = {
        document.words_in(spans[0])[0]: event.type
        for event in events
        for spans in (event.trigger, *event.mentions)
    }
    for start, end in document.paragraphs:
        low = document.starts[start]
        words = range(start, end)
        yield {
            "text": document.text[low : document.ends[end - 1]],
            "triggers": [
                [triggers[w], document.starts[w] - low, document.ends[w] - low]
                for w in words
                if w in triggers
            ],
            "plain": [
                [document.starts[w] - low, document.ends[w] - low]
                for w in words
                if w not in triggers and document.upos[w] not in OPEN
            ],
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path("training/data"))
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    model = shipped_model()
    found = list(stories(given.corpora, given.own))
    with given.out.open("w", encoding="utf-8") as out:
        for start in range(0, len(found), _ASIDE):
            texts = [_whole(text, language) for text, language in found[start : start + _ASIDE]]
            for document in read_texts(model, texts):
                rows = silver(document, make_record(document, None).events)
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _whole(text: str, language: str) -> Text:
    """A story all of whose lines are paragraphs."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("body", (at, at + len(line))))
        at += len(line) + 1
    return Text(text, language, tuple(blocks))


if __name__ == "__main__":
    main()
