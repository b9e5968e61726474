"""Documents from plain sentences: words, no tree worth the name, no names marked."""

from __future__ import annotations

import re
from collections.abc import Collection

from menurut.reader.document import Document

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)+|\w+(?:['’-]\w+)*|[^\w\s]")
_RANGE = re.compile(r"\d+-\d+")


def plain(text: str, language: str, verbs: Collection[str] = ()) -> Document:
    """One sentence, one paragraph; every word hangs from the first, capitals are proper nouns.

    ``verbs``: the words that are tagged as verbs; others in small letters have no tag to speak of.
    """
    spans = []
    for token in _TOKEN.finditer(text):
        if _RANGE.fullmatch(token.group()):
            spans += [
                (m.start() + token.start(), m.end() + token.start())
                for m in re.finditer(r"\d+|-", token.group())
            ]
        else:
            spans.append(token.span())
    words = [text[s:e] for s, e in spans]
    return Document(
        text=text,
        language=language,
        starts=tuple(s for s, _ in spans),
        ends=tuple(e for _, e in spans),
        upos=tuple("VERB" if word in verbs else _upos(word) for word in words),
        feats=("",) * len(words),
        heads=(-1, *(0,) * (len(words) - 1)),
        deprels=("root", *("dep",) * (len(words) - 1)),
        sentences=((0, len(words)),),
        kinds=("body",),
        paragraphs=((0, len(words)),),
    )


def _upos(word: str) -> str:
    if not word[0].isalnum():
        return "PUNCT"
    if word[0].isdigit():
        return "NUM"
    return "PROPN" if word[0].isupper() else "X"
