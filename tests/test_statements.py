"""Statements: contents whole, sources named, quotations carried on, nesting seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import from_conllu
from menurut.contract import Spans, Statement
from menurut.reader.document import Document, Range, StatementRanges
from menurut.reader.words import split_words
from menurut.record.statements import find_statements
from menurut.record.statements.drafts import POINTS_BACK
from trees import tree as tree_of


class Nobody:
    """Actors that give each source phrase an id of its own: its first word's number."""

    def in_range(self, start: int, end: int) -> tuple[str, ...]:
        return (f"a{start}",) if end > start else ()


def read(language: str, *paragraphs: str, said: list[tuple[str, str, str]]) -> Document:
    """A document whose words hang from a paragraph's second, and in which ``said`` was found."""
    text = "\n".join(paragraphs)
    spans: list[tuple[int, int]] = []
    bounds: list[Range] = []
    at = 0
    for paragraph in paragraphs:
        first = len(spans)
        spans += list(split_words(text, at, at + len(paragraph), language))
        bounds.append((first, len(spans)))
        at += len(paragraph) + 1
    n = len(spans)
    document = Document(
        text,
        language,
        tuple(s for s, _ in spans),
        tuple(e for _, e in spans),
        tuple("SCONJ" if text[s:e] in ("bahwa", "that") else "VERB" for s, e in spans),
        ("",) * n,
        tuple(
            -1 if word == first + 1 else first + 1
            for first, end in bounds
            for word in range(first, end)
        ),
        tuple(
            "root" if word == first + 1 else "dep"
            for first, end in bounds
            for word in range(first, end)
        ),
        tuple(bounds),
        ("body",) * len(bounds),
        tuple(bounds),
    )

    def at_words(phrase: str) -> tuple[Range, ...]:
        start = text.find(phrase)
        return (document.words_in((start, start + len(phrase))),) if phrase else ()

    ranges = tuple(StatementRanges(at_words(s), at_words(c), at_words(t)) for s, c, t in said)
    return replace(document, statements=ranges)


def statements(document: Document) -> tuple[Statement, ...]:
    return find_statements(document, Nobody())


def words(document: Document, spans: Spans) -> list[str]:
    return [document.text[s:e] for s, e in spans]


def test_an_indirect_statement_loses_its_complementiser() -> None:
    document = read(
        "id",
        "Menteri itu mengatakan bahwa panen gagal.",
        said=[("Menteri itu", "mengatakan", "bahwa panen gagal")],
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["panen gagal"]
    assert words(document, found.source.spans) == ["Menteri itu"]
    assert (found.kind, found.quote, found.within) == ("say", "indirect", None)
    assert found.basis == "languages/id/reporting.tsv: mengatakan"


def test_a_charge_that_is_repeated_is_one_statement() -> None:
    document = read(
        "id",
        "Menteri itu mengulangi tuduhan bahwa Chad menjual rudal.",
        said=[
            ("Menteri itu", "mengulangi tuduhan", "bahwa Chad menjual rudal"),
            ("", "tuduhan", "bahwa Chad menjual rudal"),
        ],
    )
    (found,) = statements(document)
    assert words(document, found.cue) == ["mengulangi tuduhan"]


def test_a_direct_quotation_is_whole_and_without_its_outer_marks() -> None:
    document = read(
        "en",
        "“We saw three ships. They turned back,” the captain said.",
        said=[("the captain", "said", "ships. They turned back")],
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["We saw three ships. They turned back"]
    assert found.quote == "direct"


def test_a_quotation_that_goes_on_after_the_cue_belongs_to_the_same_statement() -> None:
    document = read(
        "en",
        "“We saw three ships,” the captain said. “They all turned back at dawn.”",
        said=[("the captain", "said", "We saw three ships")],
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["We saw three ships", "They all turned back at dawn"]


def test_marks_inside_a_mixed_content_stay() -> None:
    document = read(
        "en",
        "Seoul said the launch was “a grave step” for all.",
        said=[("Seoul", "said", "the launch was “a grave step” for all")],
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["the launch was “a grave step” for all"]
    assert found.quote == "mixed"


def test_a_quotation_alone_in_a_paragraph_carries_the_last_speaker_on() -> None:
    document = read(
        "id",
        "“Kami menolak rencana itu,” kata juru bicara.",
        "“Rencana itu merugikan seluruh warga di sini.”",
        said=[("juru bicara", "kata", "Kami menolak rencana itu")],
    )
    first, second = statements(document)
    assert second.cue == ()
    assert second.source.spans == ()
    assert second.source.actors == first.source.actors
    assert words(document, second.content) == ["Rencana itu merugikan seluruh warga di sini"]


def test_a_quoted_word_alone_is_no_statement() -> None:
    document = read("en", "They call it “the wall” here.", said=[])
    assert statements(document) == ()


def test_a_statement_inside_anothers_content_is_within_it() -> None:
    document = read(
        "en",
        "Miller said the ministry believes the ship had sunk.",
        said=[
            ("Miller", "said", "the ministry believes the ship had sunk"),
            ("the ministry", "believes", "the ship had sunk"),
        ],
    )
    outer, inner = statements(document)
    assert (outer.within, inner.within) == (None, outer.id)
    assert words(document, inner.cue) == ["believes"]


def test_a_denial_of_a_pronoun_is_a_denial() -> None:
    document = read("id", "Kabul telah membantahnya.", said=[("Kabul", "membantah", "nya")])
    (found,) = statements(document)
    assert found.kind == "deny"
    assert words(document, found.content) == ["nya"]


def test_words_of_the_content_turn_a_neutral_cue() -> None:
    document = read(
        "id",
        "Istana mengatakan pihaknya merasa terganggu dengan latihan itu.",
        said=[("Istana", "mengatakan", "pihaknya merasa terganggu dengan latihan itu")],
    )
    assert statements(document)[0].kind == "worry"


def test_a_cue_takes_in_the_noun_that_says_what_is_said() -> None:
    document = read(
        "id",
        "Seoul menyatakan kekhawatirannya bahwa uji coba itu diulang.",
        said=[("Seoul", "menyatakan", "kekhawatirannya bahwa uji coba itu diulang")],
    )
    document = replace(
        document,
        upos=tuple({"nya": "PRON", "bahwa": "SCONJ"}.get(form, "VERB") for form in document.forms),
    )
    (found,) = statements(document)
    assert words(document, found.cue) == ["menyatakan kekhawatirannya"]
    assert words(document, found.content) == ["uji coba itu diulang"]
    assert found.kind == "worry"


def test_when_it_was_said_is_no_part_of_what_was_said() -> None:
    document = read(
        "en",
        "The envoy said last week on Monday that talks had failed.",
        said=[("The envoy", "said", "last week on Monday that talks had failed")],
    )
    verbs = {"said", "had", "failed"}
    document = replace(
        document,
        upos=tuple(
            "VERB" if f in verbs else "SCONJ" if f == "that" else "NOUN" for f in document.forms
        ),
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["talks had failed"]


def test_one_content_is_not_claimed_twice_by_a_word_that_says_nothing() -> None:
    document = read(
        "en",
        "The envoy visited the site on Friday, the ministry said.",
        said=[
            ("The envoy", "visited", "the site on Friday"),
            ("the ministry", "said", "the site on Friday"),
        ],
    )
    (found,) = statements(document)
    assert words(document, found.cue) == ["said"]


def test_a_quotation_keeps_its_own_complementiser() -> None:
    document = read(
        "en",
        "“Sure that they lied,” the envoy said.",
        said=[("the envoy", "said", "Sure that they lied")],
    )
    document = replace(
        document,
        upos=tuple({"that": "SCONJ", "lied": "VERB"}.get(f, "ADJ") for f in document.forms),
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["Sure that they lied"]


def test_anothers_worry_inside_a_statement_does_not_make_it_a_worry() -> None:
    document = read(
        "id",
        "Campur mengatakan Kabul khawatir dengan radar itu.",
        said=[
            ("Campur", "mengatakan", "Kabul khawatir dengan radar itu"),
            ("Kabul", "khawatir", "dengan radar itu"),
        ],
    )
    outer, inner = statements(document)
    assert (outer.kind, inner.kind) == ("say", "worry")


def tree(block: str, language: str, *said: StatementRanges) -> Document:
    """A sentence with its tree: ``word UPOS head deprel`` a line."""
    rows = [line.split() for line in block.strip().splitlines()]
    lines = [f"{n} {w} _ {tag} _ _ {head} {rel}" for n, (w, tag, head, rel) in enumerate(rows, 1)]
    return from_conllu("\n".join(lines), language, statements=said)


def test_a_cue_of_helpers_reaches_its_verb_and_a_source_its_partner() -> None:
    document = tree(
        """
        Kabul PROPN 6 nsubj
        dan CCONJ 3 cc
        Dili PROPN 1 conj
        telah AUX 6 aux
        berkali-kali ADV 6 advmod
        membantah VERB 0 root
        nya PRON 6 obj
        . PUNCT 6 punct
        """,
        "id",
        StatementRanges(((0, 1),), ((3, 4),), ((6, 7),)),
    )
    (found,) = statements(document)
    assert words(document, found.cue) == ["telah berkali-kali membantah"]
    assert words(document, found.source.spans) == ["Kabul dan Dili"]
    assert found.kind == "deny"


def test_a_content_has_its_clauses_subject() -> None:
    document = tree(
        """
        The DET 2 det
        envoy NOUN 3 nsubj
        left VERB 0 root
        Accra PROPN 3 obj
        , PUNCT 3 punct
        Nairobi PROPN 7 nsubj
        said VERB 3 parataxis
        . PUNCT 3 punct
        """,
        "en",
        StatementRanges(((5, 6),), ((6, 7),), ((2, 4),)),
    )
    (found,) = statements(document)
    assert words(document, found.content) == ["The envoy left Accra"]


@pytest.mark.parametrize("source", [((3, 4),), ()], ids=["seen as the source", "not seen"])
def test_a_relative_word_gives_way_to_its_noun(source: tuple[Range, ...]) -> None:
    document = tree(
        """
        Presiden NOUN 0 root
        Amara PROPN 1 flat
        , PUNCT 5 punct
        yang PRON 5 nsubj
        mengatakan VERB 1 acl:relcl
        perang NOUN 7 nsubj
        usai VERB 5 ccomp
        . PUNCT 1 punct
        """,
        "id",
        StatementRanges(source, ((4, 5),), ((5, 7),)),
    )
    (found,) = statements(document)
    assert words(document, found.source.spans) == ["Presiden Amara"]


@pytest.mark.parametrize(
    ("how", "expected"),
    [("repeatedly ADV 4 advmod", 1), ("not PART 4 advmod Polarity=Neg", 0)],
)
def test_a_denial_whose_object_only_points_back_is_a_statement(how: str, expected: int) -> None:
    document = tree_of(
        "en", f"Both PRON 4 nsubj|have AUX 4 aux|{how}|denied VERB 0 root|it PRON 4 obj"
    )
    found = statements(replace(document, paragraphs=document.sentences))
    assert len(found) == expected
    for statement in found:
        assert statement.kind == "deny"
        assert (statement.basis or "").endswith(POINTS_BACK)
        assert [document.text[s:e] for s, e in statement.content] == ["it"]
        assert [document.text[s:e] for s, e in statement.source.spans] == ["Both"]
