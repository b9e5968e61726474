"""Pieces are those of the vocabulary's own unigram model."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from menurut.reader.pieces import UNK, WORD_PIECES, Pieces
from menurut.tables import data_file

VOCABULARY = Path(str(data_file("model/pieces.tsv")))


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(VOCABULARY)


@pytest.fixture(scope="module")
def reference() -> Tokenizer:
    rows = [line.rpartition("\t") for line in VOCABULARY.read_text("utf-8").split("\n") if line]
    entries = [(piece, float(score)) for piece, _, score in rows]
    tokenizer = Tokenizer(models.Unigram(entries, unk_id=UNK))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def test_words_are_cut_as_the_tokenizers_library_cuts_them(
    pieces: Pieces, reference: Tokenizer
) -> None:
    words = [
        "Presiden",
        "mengunjungi",
        "ditandatangani",
        "ketidakpastian",
        "Pyongyang",
        "11.000",
        "“cukup",
        "perjanjian",
        "unprecedented",
        "condemnation",
        "sanctions",
        "Ewha",
        "WIB",
        "19/06/2024",
        "Кремль",
        "북한",
        "日本",
        "½",
        "ﬁnal",
        "naïve",
    ]
    for word in words:
        assert list(pieces.cut(word, True)) == reference.encode(word).ids, word


def test_a_word_that_touches_the_last_has_no_space_mark(pieces: Pieces) -> None:
    assert pieces.cut("nya", False) != pieces.cut("nya", True)


def test_characters_outside_the_vocabulary_become_one_unknown(pieces: Pieces) -> None:
    assert pieces.cut("\U00012000\U00012001", False) == (UNK,)


def test_a_word_of_nothing_is_still_a_piece(pieces: Pieces) -> None:
    assert pieces.cut("\u200b", False)


def test_an_absurd_word_has_few_pieces(pieces: Pieces) -> None:
    assert len(pieces.cut("𒀀a" * 4000, True)) == WORD_PIECES
