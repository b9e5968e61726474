"""What the model learns from: corpora read as they are, labels where they belong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from training import corpora
from training.examples import (
    UNKNOWN_HEAD,
    Deed,
    Part,
    Words,
    encode,
    join,
    with_other_quotes,
    without_quotes,
)
from training.markup import MarkupError, read_events, read_markup

from menurut.reader.labels import DEPRELS, EVENTS, NAMES, UPOS
from menurut.reader.pieces import Pieces
from menurut.tables import data_file

DATA = Path(__file__).parents[1] / "training" / "data"
TREEBANK = """\
# newpar
# text = Ia membacanya.
1\tIa\tia\tPRON\t_\tNumber=Sing|Person=3\t2\tnsubj\t_\t_
2-3\tmembacanya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tmembaca\tbaca\tVERB\t_\tVoice=Act\t0\troot\t_\t_
3\tnya\tnya\tPRON\t_\t_\t2\tobj\t_\t_
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""
OLD = """\
1\tIstrinya\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_
2\ttiba\t_\tVERB\t_\t_\t0\troot\t_\t_
3\tkemarin\t_\tADV\t_\t_\t2\tadvmod\t_\tSpaceAfter=No
4\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def test_a_treebank_keeps_its_words_blanks_and_trees(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(TREEBANK, "utf-8")
    (words,) = corpora.treebank(path)
    assert words.forms == ["Ia", "membaca", "nya", "."]
    assert words.spaces == [True, True, False, False]
    assert words.heads == [1, -1, 1, 1]
    assert [DEPRELS[n] for n in words.deprels] == ["nsubj", "root", "obj", "punct"]
    assert words.ends == [0, 0, 0, 1]
    assert words.breaks == [True, False, False, False]


def test_an_old_treebank_gets_its_enclitics_and_loses_what_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(OLD, "utf-8")
    (words,) = corpora.old_treebank(path)
    assert words.forms == ["Istri", "nya", "tiba", "kemarin", "."]
    assert words.heads == [2, 0, -1, 2, UNKNOWN_HEAD]
    assert DEPRELS[words.deprels[1]] == "nmod:poss"
    assert words.deprels[3] == -1
    assert words.upos[3] == -1
    assert UPOS[words.upos[0]] == "NOUN"


def test_a_treebank_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(TREEBANK, "utf-8")
    (words,) = corpora.treebank(path)
    path.write_text(corpora.conllu(words) + "\n\n", "utf-8")
    assert list(corpora.treebank(path)) == [words]


def test_what_is_measured_of_a_treebank_is_not_learnt(tmp_path: Path) -> None:
    sentences = TREEBANK * 3
    shared, whole = tmp_path / "id_gsd-dev.conllu", tmp_path / "en_ewt-dev.conllu"
    for path in (shared, whole):
        path.write_text(sentences, "utf-8")
    assert len(corpora.learnt(shared)) + len(corpora.measured(shared)) == 3
    assert corpora.learnt(shared)
    assert corpora.measured(shared)
    assert len(corpora.measured(whole)) == 3


def test_marked_names_are_read_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "names.id.txt"
    path.write_text("Presiden [PER Siti Aminah] tiba di [LOC Jakarta].\n", "utf-8")
    (words,) = corpora.marked_names(path, "id")
    assert words.forms == ["Presiden", "Siti", "Aminah", "tiba", "di", "Jakarta", "."]
    labels = [NAMES[bits.bit_length() - 1] for bits in words.names]
    assert labels == ["O", "B-PER", "I-PER", "O", "O", "B-LOC", "O"]


def test_every_eighth_of_our_own_is_kept_for_measuring() -> None:
    own = list(range(20))
    assert list(corpora.unlearnt(own)) == [0, 8, 16]
    assert sorted([*corpora.kept(own), *corpora.unlearnt(own)]) == own


def test_our_own_stories_tell_the_same_in_both_languages() -> None:
    """The parallel files: as many stories, and in each the same parts of the same statements."""
    for kind in ("agency", "sentences"):
        english, indonesian = (
            read_markup(DATA / f"attribution-{kind}.{language}.txt") for language in ("en", "id")
        )
        assert len(english) == len(indonesian)
        for a, b in zip(english, indonesian, strict=True):
            assert len(a.attributions) == len(b.attributions), (a.text, b.text)


def test_names_that_a_corpus_does_not_mark_stay_possible(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("Amara\tB-PERSON\nOsei\tI-PERSON\npergi\tO\n\n", "utf-8")
    (words,) = corpora.names_column(path, {"PERSON": "PER"}, ("MISC",))
    allowed = [[name for n, name in enumerate(NAMES) if bits >> n & 1] for bits in words.names]
    assert allowed == [["B-PER"], ["I-PER"], ["O", "B-MISC", "I-MISC"]]


def test_an_attribution_lands_on_its_words() -> None:
    text = "Kabul menolak.\n“Kami pergi,” kata dia."
    row = {"source": [[34, 37]], "cue": [[29, 33]], "content": [[15, 28]]}
    _, words = corpora.attributed_paragraphs(text, [row], "id")
    (part,) = words.parts
    assert [words.forms[n] for n in sorted(part.content)] == ["“", "Kami", "pergi", ",", "”"]
    assert words.forms[part.anchor or 0] == "kata"
    assert [words.forms[n] for n in part.source] == ["dia"]
    assert words.cues == [int(form == "kata") for form in words.forms]


def quoted() -> Words:
    forms = ["“", "Ya", "”", "kata", "dia"]
    words = Words(forms, [True, False, False, True, True], [True, *[False] * 4])
    words.cues = [0, 0, 0, 1, 0]
    words.parts = [Part(3, frozenset({4}), frozenset({0, 1, 2}))]
    return words


def test_lost_quotation_marks_leave_labels_on_their_words() -> None:
    words = without_quotes(quoted())
    assert words.forms == ["Ya", "kata", "dia"]
    assert words.breaks == [True, False, False]
    assert words.cues == [0, 1, 0]
    assert words.parts == [Part(1, frozenset({2}), frozenset({0}))]


def test_other_marks_change_nothing_but_the_marks() -> None:
    changed = with_other_quotes(quoted(), random.Random(3))
    assert changed.forms[1] == "Ya"
    assert changed.parts == quoted().parts
    assert {changed.forms[0], changed.forms[2]} & {"“", "”", '"', "«", "»", "‘", "’", "„"}


def test_joined_runs_keep_their_parts_apart() -> None:
    words = join([quoted(), quoted()])
    assert [part.anchor for part in words.parts] == [3, 8]
    assert words.parts[1].content == frozenset({5, 6, 7})


def test_every_word_has_its_pieces() -> None:
    pieces = Pieces(Path(str(data_file("model/pieces.tsv"))))
    example = encode(pieces, join([quoted(), quoted()]))
    assert len(example.first) == len(example.last) == 10
    assert all(a <= b for a, b in zip(example.first, example.last, strict=True))
    assert example.last[-1] == len(example.pieces) - 2


def test_marked_events_are_read_with_their_parties(tmp_path: Path) -> None:
    path = tmp_path / "events.id.txt"
    path.write_text("{a1:{r2:Rusia}} {e1.ASSAULT:menyerang} {r1:Ukraina}, {e2.ACCUSE:dikecam}.\n")
    (words,) = corpora.marked_events(path, "id")
    assert words.forms == ["Rusia", "menyerang", "Ukraina", ",", "dikecam", "."]
    assert [EVENTS[n] for n in words.events] == [None, "ASSAULT", None, None, "ACCUSE", None]
    assert words.deeds == [
        Deed(1, frozenset({0}), frozenset({2})),
        Deed(4, frozenset(), frozenset({0})),
    ]
    joined = join([words, words])
    assert joined.deeds[2] == Deed(7, frozenset({6}), frozenset({8}))


@pytest.mark.parametrize("text", ["{a1:Rusia} diam", "{e1.RUN:lari}", "{e1.AID:", "{x1:apa}"])
def test_broken_marks_of_events_are_named_with_their_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Baris pertama.\n" + text + "\n", "utf-8")
    with pytest.raises(MarkupError, match=r"x\.txt:2"):
        read_events(path)


def test_our_own_events_are_of_the_same_types_in_both_languages() -> None:
    english, indonesian = (read_events(DATA / f"events.{lang}.txt") for lang in ("en", "id"))
    assert len(english) == len(indonesian)
    for (text, a), (other, b) in zip(english, indonesian, strict=True):
        assert sorted(e.type for e in a) == sorted(e.type for e in b), (text, other)


def test_silver_says_nothing_of_the_nouns_and_verbs_that_the_tables_do_not_know() -> None:
    text = "Kabul menolak usul itu."
    silver = {text: {"text": text, "triggers": [["REJECT", 6, 13]], "plain": [[19, 22], [22, 23]]}}
    (words,) = corpora.attributed_paragraphs(text, [], "id", silver)
    labels = [None if n < 0 else EVENTS[n] or "none" for n in words.events]
    assert labels == [None, "REJECT", None, "none", "none"]


@pytest.mark.parametrize(
    "text", ["{s1:Kabul} {c1:menolak", "Kabul} menolak", "{s1:Kabul} {c1:menolak} tanpa isi"]
)
def test_broken_markup_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Baris pertama.\n" + text + "\n", "utf-8")
    with pytest.raises(MarkupError, match=r"x\.txt:\d"):
        read_markup(path)


def test_our_own_stories_can_be_read_and_every_eighth_is_held_out() -> None:
    for path in sorted(Path("training/data").glob("attribution*.txt")):
        stories = read_markup(path)
        trained = list(corpora.marked_up(path, path.name.split(".")[1]))
        held_out = len(range(0, len(stories), corpora.HELD_OUT))
        assert len(trained) == len(stories) - held_out
