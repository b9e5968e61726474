"""The evaluation of actors counts what it says, and its sets can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.actors import ActorSetError, Judge, read_actors

from menurut.contract import Actor, Analysis, Span

DATA = Path(__file__).parents[1] / "evaluation" / "data"
SET = """Peru said it would pay. Judge Ana Ruiz of Lima thanked Peru.
> PER GOV | - | Peru; Peru#2; (it)
> PER JUD/- | Judge of Lima | Ana Ruiz
"""


def judged(
    tmp_path: Path, *actors: tuple[str | None, tuple[str, ...], tuple[str, ...]]
) -> dict[str, int]:
    """The counts for actors given by code, words of the role and mentions, in text order."""
    path = tmp_path / "actors.en.txt"
    path.write_text(SET, "utf-8")
    (block,) = read_actors(path)
    taken: dict[str, int] = {}

    def span(words: str) -> Span:
        start = block.text.index(words, taken.get(words, 0))
        taken[words] = start + 1
        return start, start + len(words)

    found = tuple(
        Actor(
            id=f"a{n}",
            name=mentions[0],
            code=code,
            kind="person",
            role_spans=tuple(map(span, roles)),
            mentions=tuple(map(span, mentions)),
        )
        for n, (code, roles, mentions) in enumerate(actors)
    )
    analysis = Analysis(id="r", language="en", actors=found)
    return dict(Judge(block, analysis).judge().counts)


RUIZ = ("PER JUD", ("Judge", "of Lima"), ("Ana Ruiz",))


def test_all_right_is_counted_so(tmp_path: Path) -> None:
    counts = judged(tmp_path, ("PER GOV", (), ("Peru", "Peru", "it")), RUIZ)
    assert counts == {
        "mentions": 3,
        "found": 3,
        "gold": 3,
        "actors": 2,
        "code": 2,
        "one": 2,
        "roles": 1,
        "role": 1,
    }


def test_two_actors_for_one_are_not_one(tmp_path: Path) -> None:
    counts = judged(tmp_path, ("PER GOV", (), ("Peru",)), ("PER", (), ("Peru",)), RUIZ)
    assert (counts["mentions"], counts["one"], counts["code"]) == (3, 1, 2)


def test_mention_of_nobody_costs_precision(tmp_path: Path) -> None:
    counts = judged(tmp_path, ("PER GOV", (), ("Peru", "Peru", "pay")), RUIZ)
    assert (counts["found"], counts["mentions"]) == (4, 3)


def test_wrong_code_and_role_are_seen(tmp_path: Path) -> None:
    counts = judged(tmp_path, ("PER GOV", (), ("Peru", "Peru")), ("CHL JUD", (), ("Ana Ruiz",)))
    assert (counts["code"], counts["role"]) == (1, 0)


@pytest.mark.parametrize(
    "line",
    ["> PER GOV | -", "> PER GOV | - | Chile", "> PER GOV | king | Peru", "> PER | - | (it)"],
)
def test_bad_line_says_where(line: str, tmp_path: Path) -> None:
    path = tmp_path / "actors.en.txt"
    path.write_text(f"Peru said it would pay.\n{line}\n", "utf-8")
    with pytest.raises(ActorSetError, match="report from line 1"):
        read_actors(path)


@pytest.mark.parametrize("language", ["en", "id"])
def test_sets_can_be_read_and_are_large_enough(language: str) -> None:
    blocks = read_actors(DATA / f"actors.{language}.txt")
    assert len(blocks) >= 60
    assert sum(len(block.actors) for block in blocks) >= 200
