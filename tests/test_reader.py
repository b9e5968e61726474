"""The reader on real and on absurd text: whole, in order, trees in every sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.contract import Block
from menurut.reader.document import Document, NameRange
from menurut.reader.labels import DEPRELS, FIELDS, TAGS_WIDTH, deprel, feats
from menurut.reader.model import Model, shipped_model
from menurut.reader.parse import Words, parse_sentences
from menurut.reader.read import Text, read_texts, within_sentences
from menurut.reader.windows import PARAGRAPH_PIECES, pack


@pytest.fixture(scope="module")
def model() -> Model:
    return shipped_model()


def body(text: str) -> tuple[Block, ...]:
    """Each line a paragraph of the body."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("body", (at, at + len(line))))
        at += len(line) + 1
    return tuple(blocks)


def read(model: Model, text: str, language: str) -> Document:
    return read_texts(model, [Text(text, language, body(text))])[0]


def check_whole(document: Document) -> None:
    size = len(document)
    for column in (document.ends, document.upos, document.feats, document.heads, document.deprels):
        assert len(column) == size
    assert [w for s, e in document.sentences for w in range(s, e)] == list(range(size))
    assert [w for s, e in document.paragraphs for w in range(s, e)] == list(range(size))
    assert len(document.kinds) == len(document.sentences)
    for start, end in document.sentences:
        heads = document.heads[start:end]
        assert sum(head < 0 for head in heads) == 1
        assert all(head < 0 or start <= head < end for head in heads)
        assert [document.deprels[w] == "root" for w in range(start, end)] == [h < 0 for h in heads]
        assert document.subtree(start + heads.index(-1)) == list(range(start, end))


def sentences(document: Document) -> list[str]:
    return [document.text[slice(*document.span(s, e))] for s, e in document.sentences]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Dr. Amara Osei met the U.S. envoy on Jan. 5 in Geneva.",
                "“We agreed,” she said.",
                "“It was hard.”",
                "The talks cost $5.3 million.",
            ],
        ),
        ("en", ['He said "it is over."', "The army left."]),
        ("en", ["The ministry denied it.", '"We never sent a rifle," a spokesman told reporters.']),
        (
            "id",
            [
                "Prof. Dr. Burhan Saleh tiba di Jakarta pada Senin.",
                "“Kami sepakat,” katanya.",
                "“Sekarang tinggal penandatanganan.”",
                "Biaya perundingan itu mencapai Rp2,3 miliar.",
            ],
        ),
        ("id", ["Ia menyebutnya “keliru.” dan pergi begitu saja.", "Tentara pulang."]),
    ],
)
def test_sentences_end_where_they_end(model: Model, language: str, expected: list[str]) -> None:
    assert sentences(read(model, " ".join(expected), language)) == expected


def test_a_simple_tree_is_right(model: Model) -> None:
    document = read(model, "Menteri itu menolak usulan tetangganya.", "id")
    verb = document.forms.index("menolak")
    assert document.heads[verb] == -1
    assert document.upos[verb] == "VERB"
    assert document.deprels[document.forms.index("Menteri")] == "nsubj"
    assert document.deprels[document.forms.index("usulan")] == "obj"
    assert document.forms[-2] == "nya"


def test_names_and_a_statement_are_seen(model: Model) -> None:
    document = read(model, "Amara Osei said the rebels had arrived in Accra on Sunday.", "en")
    names = {document.text[slice(*document.span(n.start, n.end))]: n.label for n in document.names}
    assert names["Amara Osei"] == "PER"
    assert names["Accra"] == "LOC"
    (found,) = document.statements
    assert document.spans(found.source) == ((0, 10),)
    assert [document.text[s:e] for s, e in document.spans(found.cue)] == ["said"]


def test_what_one_text_is_read_as_hangs_on_no_other(model: Model) -> None:
    texts = ["Istana membantah kabar itu.", "The army withdrew.\nIt said so on Monday."]
    together = read_texts(model, [Text(t, "en", body(t)) for t in texts])
    alone = [read_texts(model, [Text(t, "en", body(t))])[0] for t in texts]
    assert together == alone


def test_a_paragraph_longer_than_a_window_is_read_whole(model: Model) -> None:
    text = "Tentara menembak warga di kota itu pada hari Senin. " * 200
    document = read(model, text.strip(), "id")
    check_whole(document)
    assert len(document.paragraphs) == 1
    assert len(document) > PARAGRAPH_PIECES


def test_a_word_longer_than_a_window_does_no_harm(model: Model) -> None:
    check_whole(read(model, "a" * 5000 + " selesai.", "id"))
    check_whole(read(model, "\U00012000" * 3000, "id"))


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(["id", "en", "xx"]))
def test_any_text_gives_a_whole_document(text: str, language: str) -> None:
    check_whole(read(shipped_model(), text, language))


def test_known_words_are_kept(model: Model) -> None:
    forms = ("Moskow", "menolak", "tuduhan", "itu", ".")
    (parsed,) = parse_sentences(model, [Words(forms, (True, True, True, True, False))])
    assert len(parsed.heads) == len(parsed.upos) == len(parsed.deprels) == len(forms)
    assert parsed.heads[1] == -1


@given(st.lists(st.integers(1, 400), max_size=30), st.integers(50, 300))
def test_windows_hold_every_paragraph_once_and_no_more_than_fits(
    sizes: list[int], limit: int
) -> None:
    ranges = list(pack(sizes, limit))
    assert [n for s, e in ranges for n in range(s, e)] == list(range(len(sizes)))
    assert all(e - s == 1 or sum(sizes[s:e]) <= limit for s, e in ranges)


def test_labels_lie_side_by_side() -> None:
    ends = [field.end for field in FIELDS.values()]
    starts = [field.start for field in FIELDS.values()]
    assert starts == [0, *ends[:-1]]
    assert ends[-1] == TAGS_WIDTH


@pytest.mark.parametrize(
    ("given_label", "ours"),
    [("nsubj:pass", "nsubj:pass"), ("flat:name", "flat"), ("obl:unmarked", "obl")],
)
def test_relations_keep_only_the_subtypes_that_are_used(given_label: str, ours: str) -> None:
    assert deprel(given_label) == ours
    assert ours in DEPRELS


@pytest.mark.parametrize(
    ("cell", "ours"),
    [
        ("_", ""),
        (
            "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
            "Mood=Ind|Tense=Past|VerbForm=Fin",
        ),
        ("Number=Sing|Person=3|PronType=Prs", "Number=Sing|Person=3"),
        ("Polarity=Neg", "Polarity=Neg"),
        ("Voice=Pass", "Voice=Pass"),
        ("Mood=Imp|VerbForm=Fin", "Mood=Imp|VerbForm=Fin"),
        ("Number=Ptan", "?"),
    ],
)
def test_features_are_cut_to_what_the_record_uses(cell: str, ours: str) -> None:
    assert feats(cell) == ours


def test_a_name_lies_in_one_sentence() -> None:
    names = [NameRange(0, 2, "LOC"), NameRange(2, 6, "PER"), NameRange(7, 8, "ORG")]
    found = list(within_sentences(names, [(0, 3), (3, 8)]))
    assert [(name.start, name.end) for name in found] == [(0, 2), (3, 6), (7, 8)]
