"""Windows: runs of words that the encoder reads at once, as pieces.

A window is ``<s>``, the pieces of each word, ``</s>`` between paragraphs and at the end. Every
word knows its first and last piece; the window's first piece stands for the root of a tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from menurut.reader.pieces import BOS, EOS, Pieces

PARAGRAPH_PIECES = 420
WINDOW_PIECES = 160


@dataclass(frozen=True, slots=True)
class Window:
    """``pieces``: ids; ``first``/``last``: for each word, where its pieces start and end."""

    pieces: list[int]
    first: list[int]
    last: list[int]


def encode_words(
    pieces: Pieces, forms: Sequence[str], spaces: Sequence[bool], breaks: Sequence[bool]
) -> Window:
    """Encode words. ``spaces``: a blank stands before the word; ``breaks``: a paragraph starts."""
    ids = [BOS]
    first: list[int] = []
    last: list[int] = []
    for form, space, fresh in zip(forms, spaces, breaks, strict=True):
        if fresh and first:
            ids.append(EOS)
        first.append(len(ids))
        ids += pieces.cut(form, space or fresh)
        last.append(len(ids) - 1)
    ids.append(EOS)
    return Window(ids, first, last)


def pack(sizes: Sequence[int], limit: int = WINDOW_PIECES) -> Iterator[tuple[int, int]]:
    """Pack paragraphs of so many pieces, in order, into windows of at most ``limit``.

    Yields half-open ranges of paragraphs; one that is longer than the limit stands alone.
    """
    start, total = 0, 0
    for number, size in enumerate(sizes):
        if total and total + size > limit:
            yield start, number
            start, total = number, 0
        total += size
    if start < len(sizes):
        yield start, len(sizes)
