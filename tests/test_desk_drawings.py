"""What the desk lays over a text, and what it draws of figures and days."""

from __future__ import annotations

from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace
from tests.analyses import arms

from menurut.contract import Analysis, Block, Event, Source, Statement
from menurut.desk.web import scale, spark
from menurut.desk.web.marks import LAYERS, Mark, paragraphs, pieces
from menurut.ledger.adding import add
from menurut.ledger.queries import Account, accounts_of
from menurut.ledger.queries.pulses import Beat
from menurut.ledger.store import Ledger
from menurut.ledger.tellings import Said

TEXT = "abcdefghijklmnopqrstuvwxyz"
SPANS = some.tuples(some.integers(0, 26), some.integers(0, 26)).map(sorted)


@given(some.lists(some.tuples(SPANS, some.sampled_from(LAYERS), some.sampled_from("abc"))), SPANS)
def test_pieces_are_the_text_and_have_every_mark_over_them(
    drawn: list[tuple[list[int], str, str]], window: list[int]
) -> None:
    marks = [Mark(*span, layer, value) for span, layer, value in drawn if span[0] < span[1]]
    first, last = window
    found = pieces(TEXT, (first, last), marks)
    assert "".join(piece.words for piece in found) == TEXT[first:last]
    for piece in found:
        inside = range(piece.start, piece.start + len(piece.words))
        assert all(
            sorted(piece.marks) == sorted(m for m in marks if m.start <= at < m.end)
            for at in inside
        )


def test_the_most_exact_mark_comes_first_and_inner_statements_before_outer() -> None:
    marks = [
        Mark(0, 20, "content", "s1"),
        Mark(5, 15, "content", "s2"),
        Mark(5, 7, "actor", "a1"),
        Mark(6, 8, "trigger", "e1"),
    ]
    found = {p.words: p for p in pieces(TEXT, (0, 26), marks)}
    assert [m.value for m in found["g"].marks] == ["e1", "a1", "s2", "s1"]
    assert found["g"].layers == "trigger actor content deep-2"
    assert [p.words for p in found.values() if p.begins] == ["abcde", "f", "g"]
    assert found["uvwxyz"].marks == ()


def test_a_report_is_shown_block_by_block() -> None:
    text = "Headline\n\nKyiv said it. It rained.\n"
    statement = Statement(
        id="s1",
        source=Source(((10, 14),), ()),
        cue=((15, 19),),
        content=((20, 22), (24, 26)),
        kind="say",
        quote="indirect",
    )
    event = Event(id="e1", type="ACCUSE", trigger=((27, 33),), status="actual")
    analysis = Analysis(
        id="r",
        language="en",
        blocks=(Block("headline", (0, 8)), Block("body", (10, 34))),
        statements=(statement,),
        events=(event,),
    )
    headline, body = paragraphs(text, analysis)
    assert headline.kind == "headline"
    assert "".join(p.words for p in body.pieces) == text[10:34]
    assert [p.words for p in body.pieces if "content" in p.layers] == ["it", "It"]


def test_without_blocks_every_line_is_a_paragraph() -> None:
    _report, analysis = arms("r1", "2024-06-17", "Kyiv").pair()
    text = "  one two  \n\n three\n"
    bare = Analysis(id="x", language="en", published_at=analysis.published_at)
    assert ["".join(p.words for p in b.pieces) for b in paragraphs(text, bare)] == [
        "one two",
        "three",
    ]


@cache
def told() -> Account:
    """An account of a ledger, to be changed."""
    with TemporaryDirectory() as folder, Ledger(f"{folder}/ledger.db") as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Kyiv").pair())
        with ledger.read() as snapshot:
            return accounts_of(snapshot, [1])[0]


def account(low: float | None, high: float | None, source: str = "USA", **more: Any) -> Account:
    said = Said(f"{low} to {high}", low, high, False, "missiles")
    return replace(told(), figures=(said,), source=source, name=source, **more)


def test_figures_stand_on_one_scale_and_are_not_added_up() -> None:
    drawn = scale.compare([account(50, 50, "UKR"), account(24, None), account(24, None, "KOR")])
    assert drawn is not None
    assert [(row.left, row.right) for row in drawn.rows] == [(48.0, None), (100.0, 100.0)]
    assert [a.source for a in drawn.rows[0].accounts] == ["USA", "KOR"]
    assert drawn.ticks == ((0.0, "0"), (50.0, "25"), (100.0, "50"))
    assert not drawn.powers


def test_figures_far_apart_stand_on_powers_of_ten() -> None:
    drawn = scale.compare([account(1, None), account(11_000, None)])
    assert drawn is not None
    assert drawn.powers
    assert [mark for _at, mark in drawn.ticks] == ["1", "10", "100", "1,000", "10,000", "100,000"]
    assert drawn.rows[0].left == 0.0
    assert drawn.rows[1].left == pytest.approx(80.8, abs=0.1)


NUMBERS = some.none() | some.floats(-1e9, 1e12, allow_nan=False)


@given(some.lists(some.tuples(NUMBERS, NUMBERS), max_size=6))
def test_any_figures_lie_within_the_scale(bounds: list[tuple[float | None, float | None]]) -> None:
    drawn = scale.compare([account(low, high) for low, high in bounds])
    for row in drawn.rows if drawn else ():
        for at in (row.left, row.right):
            assert at is None or 0 <= at <= 100


def test_those_who_deny_give_no_figures() -> None:
    assert scale.compare([account(24, 24, stance="denies")]) is None


def test_a_spark_has_denials_below_the_line_and_says_it_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    beats = (Beat(738_000, "affirms", 4), Beat(738_000, "denies", 1), Beat(738_010, "affirms", 1))
    drawn = spark.draw(beats)
    assert drawn is not None
    first, below, last = drawn.bars
    assert first.y + first.height == drawn.line
    assert below.y > drawn.line
    assert first.x == 0
    assert first.height > last.height
    assert drawn.words == "told on 2 days, 29 July 2021 - 8 August 2021"
    assert spark.draw(()) is None
