"""The words for goods and for the way they take, by the examples beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from menurut.obligations.goods import goods_in, is_kind_of, may_be, title_of, wider
from menurut.obligations.wording import Made, Wording, wording
from menurut.tables import Row, language_table, languages, table

_MARKED = re.compile(r"\[(\w+)=([^\]]*)\]")


def rows(name: str) -> Iterator[tuple[str, Row]]:
    for language in sorted(languages()):
        yield from ((language, row) for row in language_table(language, name))


@pytest.mark.parametrize(("language", "row"), rows("goods"))
def test_goods_are_found_in_their_example_and_not_in_the_other(language: str, row: Row) -> None:
    assert row["goods"] in {found.name for found in goods_in(row["yes"], language)}
    assert row["goods"] not in {found.name for found in goods_in(row["no"], language)}


def test_every_language_has_words_for_all_goods() -> None:
    known = {row["goods"] for row in table("world/goods.tsv")}
    for language in languages():
        assert {row["goods"] for row in language_table(language, "goods")} == known


@pytest.mark.parametrize(("language", "row"), rows("dealings"))
def test_the_way_of_goods_is_found_in_its_example(language: str, row: Row) -> None:
    text = _MARKED.sub(r"\2", row["yes"])
    marked = {code for code, _words in _MARKED.findall(row["yes"])}
    yes, no = wording(text, language), wording(row["no"], language)
    if row["kind"] == "acquire":
        assert yes.acquires
        assert not no.acquires
        return
    side = {"to": "to", "from": "source", "origin": "made"}[row["kind"]]
    assert marked
    assert marked <= lands_of(yes, side)
    assert marked.isdisjoint(lands_of(no, side))


def lands_of(said: Wording, side: str) -> set[str]:
    return {one.land for one in said.made} if side == "made" else set(getattr(said, side))


def test_an_origin_is_that_of_the_goods_that_it_names() -> None:
    text = "North Korean soldiers met Russian missiles beside North Korean coal."
    assert wording(text, "en").made == {Made("RUS", "missiles"), Made("PRK", "coal")}
    assert wording("The missiles were made in North Korea.", "en").made == {Made("PRK", None)}


def test_kinds_of_goods() -> None:
    assert wider()["missiles"] >= {"missiles", "heavy-arms", "arms", "missile-items"}
    assert is_kind_of("ammunition", ["arms"])
    assert not is_kind_of("arms", ["ammunition"])
    assert may_be("arms", ["heavy-arms"])
    assert not may_be("coal", ["iron"])
    assert title_of("coal", "id") == "batu bara"
    assert title_of("coal", "en") == "coal"
