"""Quantities: the examples of the tables, and what needs a tree."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents import from_conllu
from menurut.contract import Analysis, Quantity, Report, Source, Statement
from menurut.engines.local import read_reports
from menurut.reader.document import NameRange
from menurut.record.quantities import find_quantities, with_givers
from menurut.tables import data_file, languages, table
from plain import plain

_BRACKET = re.compile(r"\[([^\]=]*)=([\d.]*?)\.\.([\d.]*)(~?)(?: ([^\]]*))?\]")
_VERB = re.compile(r"(\w+)/V")
LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/quantities.tsv").is_file()
)


def examples() -> list[tuple[str, str]]:
    return [
        (language, example.strip())
        for language in LANGUAGES
        for row in table(f"languages/{language}/quantities.tsv")
        for example in row["examples"].split("||")
        if example.strip()
    ]


def told(text: str, found: Quantity) -> tuple[object, ...]:
    span = text[slice(*found.span)]
    low, high = (bound and round(bound, 2) for bound in (found.low, found.high))
    return span, low, high, found.approximate, found.of


@pytest.mark.parametrize(("language", "example"), examples())
def test_the_example_gives_the_quantities_in_its_brackets(language: str, example: str) -> None:
    verbs = _VERB.findall(example)
    text = _VERB.sub(r"\1", _BRACKET.sub(r"\1", example))
    wanted = [
        (m[1], float(m[2]) if m[2] else None, float(m[3]) if m[3] else None, bool(m[4]), m[5])
        for m in _BRACKET.finditer(example)
    ]
    assert [told(text, q) for q in find_quantities(plain(text, language, verbs))] == wanted


MUNITIONS = """
1 Mereka _ PRON _ _ 2 nsubj _ _
2 memasok _ VERB _ _ 0 root _ _
3 lebih _ ADV _ _ 5 advmod _ _
4 dari _ ADP _ _ 3 fixed _ _
5 11.000 _ NUM _ _ 6 nummod _ _
6 kontainer _ NOUN _ _ 2 obj _ _
7 amunisi _ NOUN _ _ 6 compound _ _
8 Senin _ PROPN _ _ 2 obl _ SpaceAfter=No
9 . _ PUNCT _ _ 2 punct _ _
"""


def test_a_time_ends_what_is_counted() -> None:
    document = from_conllu(MUNITIONS, "id")
    start = document.text.index("Senin")
    (found,) = find_quantities(document, times=[(start, start + 5)])
    assert told(document.text, found) == (
        "lebih dari 11.000 kontainer amunisi",
        11000.0,
        None,
        False,
        "kontainer amunisi",
    )
    assert (found.id, found.basis) == ("q1", "more: lebih dari")


MISSING = """
1 They _ PRON _ _ 2 nsubj _ _
2 sought _ VERB _ _ 0 root _ _
3 two _ NUM _ _ 6 nummod _ _
4 missing _ ADJ _ _ 6 amod _ _
5 aid _ NOUN _ _ 6 compound _ _
6 workers _ NOUN _ Number=Plur 2 obj _ _
7 with _ ADP _ _ 8 case _ _
8 dogs _ NOUN _ Number=Plur 2 obl _ SpaceAfter=No
9 . _ PUNCT _ _ 2 punct _ _
"""


def test_what_became_of_them_may_stand_before_those_counted() -> None:
    document = from_conllu(MISSING, "en")
    (found,) = find_quantities(document)
    assert told(document.text, found) == (
        "two missing aid workers",
        2,
        2,
        False,
        "missing aid workers",
    )


TRUCKS = """
1 Dalam _ ADP _ _ 2 case _ _
2 serangan _ NOUN _ _ 6 obl _ _
3 itu _ DET _ _ 2 det _ _
4 dua _ NUM _ _ 5 nummod _ _
5 truk _ NOUN _ _ 6 nsubj _ _
6 terbakar _ VERB _ _ 0 root _ SpaceAfter=No
7 . _ PUNCT _ _ 6 punct _ _
"""


def test_the_verb_behind_the_subject_is_not_counted() -> None:
    assert [q.of for q in find_quantities(from_conllu(TRUCKS, "id"))] == ["truk"]


def test_a_figure_in_a_time_is_no_quantity() -> None:
    document = plain("Perundingan berlangsung 90 sesi sejak 17.30 kemarin.", "id")
    start = document.text.index("17.30")
    found = find_quantities(document, times=[(start, start + 5)])
    assert [q.of for q in found] == ["sesi"]


def test_a_figure_in_a_name_is_no_quantity() -> None:
    document = plain("Analis dari program 44 Bintang kecil menolak.", "id")
    assert len(find_quantities(document)) == 1
    assert find_quantities(replace(document, names=(NameRange(3, 5, "ORG"),))) == ()


TOLL = """
1 The _ DET _ _ 3 det _ _
2 death _ NOUN _ _ 3 compound _ _
3 toll _ NOUN _ _ 7 nsubj _ _
4 in _ ADP _ _ 5 case _ _
5 Palu _ PROPN _ _ 3 nmod _ _
6 has _ AUX _ _ 7 aux _ _
7 reached _ VERB _ _ 0 root _ _
8 1,247 _ NUM _ _ 7 obj _ SpaceAfter=No
9 . _ PUNCT _ _ 7 punct _ _
"""
REFUGEES = """
1 Jumlah _ NOUN _ _ 3 nsubj _ _
2 pengungsi _ NOUN _ _ 1 nmod _ _
3 mencapai _ VERB _ _ 0 root _ _
4 6,3 _ NUM _ _ 5 nummod _ _
5 juta _ NUM _ _ 3 obj _ SpaceAfter=No
6 . _ PUNCT _ _ 3 punct _ _
"""


@pytest.mark.parametrize(
    ("sentence", "language", "of", "low"),
    [(TOLL, "en", "death toll", 1247), (REFUGEES, "id", "pengungsi", 6_300_000)],
)
def test_a_bare_toll_is_a_number_of_its_subject(
    sentence: str, language: str, of: str, low: float
) -> None:
    (found,) = find_quantities(from_conllu(sentence, language))
    assert (found.of, found.low, found.high) == (of, low, low)


def statement(id: str, text: str, content: str, within: str | None = None) -> Statement:
    start = text.index(content)
    return Statement(
        id=id,
        source=Source(),
        cue=(),
        content=((start, start + len(content)),),
        kind="say",
        quote="indirect",
        within=within,
    )


def test_a_figure_is_given_by_the_innermost_statement_that_it_lies_in() -> None:
    text = "Ada 3 kapal. Budi berkata menteri menyebut 40 tewas dan 5 jembatan rusak."
    outer = statement("s1", text, "menteri menyebut 40 tewas dan 5 jembatan rusak")
    inner = statement("s2", text, "40 tewas", within="s1")
    found = with_givers(find_quantities(plain(text, "id", ["rusak"])), [outer, inner])
    assert [(q.low, q.according_to) for q in found] == [(3, ()), (40, ("s2",)), (5, ("s1",))]


def test_the_reader_ties_a_figure_to_what_is_said_and_not_to_what_is_told() -> None:
    text = "Two bridges collapsed on Monday. Police said at least 14 people were killed."
    (analysis,) = read_reports([Report(id="r", text=text, language="en")])
    assert isinstance(analysis, Analysis)
    told, said = analysis.quantities
    assert (told.of, told.according_to) == ("bridges", ())
    assert (said.low, said.high, said.of) == (14, None, "people")
    assert said.according_to == (analysis.statements[0].id,)


def test_there_are_enough_examples_in_both_languages() -> None:
    count = {
        language: sum(tongue == language for tongue, _ in examples()) for language in LANGUAGES
    }
    assert sum(count.values()) >= 300
    assert min(count.values()) >= 150
    negative = sum("[" not in example for _, example in examples())
    assert negative >= 80


def test_figures_of_both_conventions_have_the_same_value() -> None:
    (indonesian,) = find_quantities(plain("Ada 2.500 kapal.", "id"))
    (english,) = find_quantities(plain("There are 2,500 ships.", "en"))
    assert indonesian.low == english.low == 2500


def test_a_language_without_tables_has_no_quantities() -> None:
    assert find_quantities(plain("Il y a 250 bateaux.", "fr")) == ()


@given(st.text(alphabet="0123456789.,-–$% aRpdozenjutadari()", min_size=1, max_size=60))
def test_any_text_gives_quantities_inside_it_and_in_order(text: str) -> None:
    assume(text.strip())
    for language in LANGUAGES:
        found = find_quantities(plain(text, language))
        ends = [0, *(q.span[1] for q in found)]
        assert all(end <= q.span[0] < q.span[1] for end, q in zip(ends, found, strict=False))
        assert all(q.low is None or q.high is None or q.low <= q.high for q in found)
        assert ends[-1] <= len(text)
