"""CoNLL-U: what is read is written again, what is seen filled in, what is malformed refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import from_conllu
from menurut.reader.conllu import ConlluError, Sentence, document_sentences, fill, read_conllu
from menurut.reader.document import Document, NameRange
from menurut.reader.parse import Parsed

WORD = "{}\tkata\t_\t_\t_\t_\t_\t_\t_\t_\n"

DUTCH = """\
# sent_id = 1
# text = «Ze hebben'm», zei Jan.
1\t«\t_\tPUNCT\t_\t_\t3\tpunct\t3:punct\tSpaceAfter=No
2\tZe\tze\tPRON\tVNW\tCase=Nom\t3\tnsubj\t3:nsubj\tGloss=they
2.1\tnu\tnu\tADV\t_\t_\t_\t_\t3:advmod\tName=B-LOC
3-4\thebben'm\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Foo=Bar
3\thebben\thebben\tVERB\t_\t_\t0\troot\t0:root\t_
4\t'm\them\tPRON\t_\t_\t3\tobj\t3:obj\t_
5\t»\t_\tPUNCT\t_\t_\t3\tpunct\t3:punct\tSpaceAfter=No
6\t,\t_\tPUNCT\t_\t_\t3\tpunct\t3:punct\t_
7\tzei\t_\tVERB\t_\t_\t3\tparataxis\t_\tName=I-ORG
8\tJan\t_\tPROPN\t_\t_\t7\tnsubj\t_\tName=B-ORG|SpaceAfter=No
9\t.\t_\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""

cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\t\r\n"), min_size=1, max_size=8
).map(lambda text: text.lstrip("\ufeff") or "_")


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A well-formed sentence of any words, multiword tokens and empty nodes."""
    lines = ["#" + draw(cells) for _ in range(draw(st.integers(0, 3)))]

    def row(name: str) -> str:
        return "\t".join([name, *(draw(cells) for _ in range(9))])

    token_end = 0
    size = draw(st.integers(1, 6))
    for word in range(size + 1):
        if word:
            if word > token_end and word < size and draw(st.booleans()):
                token_end = draw(st.integers(word + 1, size))
                lines.append(row(f"{word}-{token_end}"))
            lines.append(row(str(word)))
        lines += [row(f"{word}.{empty + 1}") for empty in range(draw(st.integers(0, 2)))]
    return "\n".join(lines) + "\n\n"


@given(st.lists(sentences(), min_size=1, max_size=4))
def test_what_is_read_is_written_byte_for_byte(blocks: list[str]) -> None:
    data = "".join(blocks).encode()
    found = read_conllu(data)
    assert [str(sentence) for sentence in found] == blocks
    assert "".join(map(str, found)).encode() == data


def test_a_mark_of_byte_order_and_ends_of_lines_are_put_right() -> None:
    data = b"\xef\xbb\xbf\r\n" + DUTCH.rstrip("\n").replace("\n", "\r\n").encode()
    assert "".join(map(str, read_conllu(data))) == DUTCH


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "no sentence"),
        ("\n\n", 1, "no sentence"),
        ("A plain text.\n", 1, "ten columns"),
        ("1 kata _ _ _ _ _ _ _ _\n", 1, "ten columns"),
        (WORD.format(1) + WORD.format(2).replace("\t_\n", "\n"), 2, "ten columns"),
        (WORD.format(1) + WORD.format(2).replace("kata", ""), 2, "column is empty"),
        (WORD.format(2), 1, "not numbered"),
        (WORD.format(1) + WORD.format(1), 2, "not numbered"),
        (WORD.format(1) + "\n" + WORD.format(2), 3, "not numbered"),
        (WORD.format("x"), 1, "no number"),
        (WORD.format("1" * 5000), 1, "no number"),
        (WORD.format("0"), 1, "no number"),
        (WORD.format("²"), 1, "no number"),
        (WORD.format("2-3"), 1, "stand before"),
        (WORD.format("1-1"), 1, "stand before"),
        (WORD.format("1-3") + WORD.format(1) + WORD.format("2-3"), 3, "stand before"),
        (WORD.format("1-3") + WORD.format(1) + WORD.format(2) + "\n", 3, "reaches past"),
        (WORD.format("1.1"), 1, "empty node"),
        (WORD.format(1) + WORD.format("1.2"), 2, "empty node"),
        (WORD.format("0.1"), 1, "no words"),
        ("# sent_id = 1\n\n" + WORD.format(1), 1, "no words"),
        (WORD.format(1) + "# late\n", 2, "comment"),
    ],
)
def test_what_is_malformed_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(ConlluError, match=reason) as caught:
        read_conllu(text.encode())
    assert caught.value.line == line
    assert str(caught.value) == f"line {line}: {caught.value.reason}"


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(ConlluError, match="UTF-8") as caught:
        read_conllu(WORD.format(1).encode() + b"2\t\xff\n")
    assert caught.value.line == 2


def test_words_know_where_blanks_stand() -> None:
    [sentence] = read_conllu(DUTCH.encode())
    assert sentence.words.forms == ("«", "Ze", "hebben", "'m", "»", ",", "zei", "Jan", ".")
    blanks = (True, False, True, False, False, False, True, True, False)
    assert sentence.words.spaces == blanks


def test_only_what_the_reader_sees_is_filled_in() -> None:
    [before] = read_conllu(DUTCH.encode())
    parsed = Parsed(
        upos=("X",) * 9,
        feats=("", "Number=Plur", *("",) * 7),
        heads=(1, -1, *(1,) * 7),
        deprels=("dep", "root", *("dep",) * 7),
        names=(NameRange(0, 2, "PER"), NameRange(7, 8, "LOC")),
    )
    after = fill(before, parsed)
    lines = str(after).splitlines()
    assert lines[:2] == DUTCH.splitlines()[:2]
    assert lines[2:7] == [
        "1\t«\t_\tX\t_\t_\t2\tdep\t_\tSpaceAfter=No|Name=B-PER",
        "2\tZe\tze\tX\tVNW\tNumber=Plur\t0\troot\t_\tGloss=they|Name=I-PER",
        "2.1\tnu\tnu\tADV\t_\t_\t_\t_\t3:advmod\tName=B-LOC",
        "3-4\thebben'm\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Foo=Bar",
        "3\thebben\thebben\tX\t_\t_\t2\tdep\t_\t_",
    ]
    assert lines[10:12] == [
        "7\tzei\t_\tX\t_\t_\t2\tdep\t_\t_",
        "8\tJan\t_\tX\t_\t_\t2\tdep\t_\tSpaceAfter=No|Name=B-LOC",
    ]
    assert fill(after, parsed) == after


def document(
    text: str, language: str, words: str, ends: tuple[int, ...], **more: object
) -> Document:
    """A document of one paragraph: its words, and before which word each sentence ends."""
    starts, at = [], 0
    forms = words.split()
    for form in forms:
        at = text.index(form, at)
        starts.append(at)
        at += len(form)
    firsts = (0, *ends[:-1])
    heads = [-1 if n in firsts else max(f for f in firsts if f <= n) for n in range(len(forms))]
    return Document(
        text=text,
        language=language,
        starts=tuple(starts),
        ends=tuple(start + len(form) for start, form in zip(starts, forms, strict=True)),
        upos=("X",) * len(forms),
        feats=("",) * len(forms),
        heads=tuple(heads),
        deprels=tuple("root" if head < 0 else "dep" for head in heads),
        sentences=tuple(zip(firsts, ends, strict=True)),
        kinds=("body",) * len(ends),
        paragraphs=((0, len(forms)),),
        **more,  # type: ignore[arg-type]
    )


def columns(sentence: Sentence, *wanted: int) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in wanted) for row in sentence.rows]


def test_a_document_is_written_sentence_by_sentence() -> None:
    made = document(
        "Itu   katanya\nkemarin. Mereka pergi.",
        "id",
        "Itu kata nya kemarin . Mereka pergi .",
        (5, 8),
    )
    assert "".join(map(str, document_sentences(made, "a.txt"))) == (
        "# newdoc id = a.txt\n"
        "# newpar\n"
        "# sent_id = a.txt-1\n"
        "# text = Itu katanya kemarin.\n"
        "1\tItu\t_\tX\t_\t_\t0\troot\t_\t_\n"
        "2-3\tkatanya\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "2\tkata\t_\tX\t_\t_\t1\tdep\t_\t_\n"
        "3\tnya\t_\tX\t_\t_\t1\tdep\t_\t_\n"
        "4\tkemarin\t_\tX\t_\t_\t1\tdep\t_\tSpaceAfter=No\n"
        "5\t.\t_\tX\t_\t_\t1\tdep\t_\t_\n"
        "\n"
        "# sent_id = a.txt-2\n"
        "# text = Mereka pergi.\n"
        "1\tMereka\t_\tX\t_\t_\t0\troot\t_\t_\n"
        "2\tpergi\t_\tX\t_\t_\t1\tdep\t_\tSpaceAfter=No\n"
        "3\t.\t_\tX\t_\t_\t1\tdep\t_\t_\n"
        "\n"
    )


def test_the_blank_after_an_enclitic_stands_with_the_whole_token() -> None:
    made = document("“Itu katanya”", "id", "“ Itu kata nya ”", (5,))
    [sentence] = document_sentences(made, "a")
    assert columns(sentence, 0, 1, 9)[2:] == [
        ("3-4", "katanya", "SpaceAfter=No"),
        ("3", "kata", "_"),
        ("4", "nya", "_"),
        ("5", "”", "_"),
    ]


def test_hyphens_and_quotation_marks_make_no_multiword_token() -> None:
    made = document(
        "The 'well-known vice-president's capitals'.",
        "en",
        "The ' well - known vice - president 's capitals ' .",
        (12,),
    )
    [sentence] = document_sentences(made, "a")
    assert [row[1] for row in sentence.rows if "-" in row[0]] == ["president's"]
    assert sentence.comments[-1] == "# text = The 'well-known vice-president's capitals'."


def test_names_are_tagged_word_by_word_and_end_with_their_sentence() -> None:
    made = document(
        "Jan Baker. Lee ran.",
        "en",
        "Jan Baker . Lee ran .",
        (3, 6),
        names=(NameRange(0, 1, "PER"), NameRange(1, 4, "ORG"), NameRange(4, 5, "MISC")),
    )
    first, second = document_sentences(made, "a")
    assert [misc for (misc,) in columns(first, 9)] == [
        "Name=B-PER",
        "SpaceAfter=No|Name=B-ORG",
        "Name=I-ORG",
    ]
    assert [misc for (misc,) in columns(second, 9)] == [
        "Name=B-ORG",
        "SpaceAfter=No|Name=B-MISC",
        "_",
    ]


def test_a_document_read_back_is_the_same_document() -> None:
    block = """
1 Ketua ketua NOUN _ Number=Sing 2 nsubj _ _
2 datang datang VERB _ Voice=Act 0 root _ SpaceAfter=No
3 . . PUNCT _ _ 2 punct _ _

1 Dia dia PRON _ _ 2 nsubj _ _
2 pergi pergi VERB _ Voice=Act 0 root _ _
"""
    made = from_conllu(block, "id")
    assert from_conllu("".join(map(str, document_sentences(made, "a"))), "id") == made
