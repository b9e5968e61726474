"""Copies at intake: found in a window that never grows, marked or left unread."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import menurut
from menurut.cli import cli
from menurut.contract import Analysis, Edition, Report
from menurut.desk.copies import watch
from menurut.desk.reading import Input
from menurut.pipeline import Item
from menurut.reports.copies import Copy, Window
from menurut.reports.prints import bands, least_hashes, runs

WORDS = [f"kata{n}" for n in range(5_000)]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def report(id: str, text: str) -> Report:
    return Report(id=id, text=text)


def altered(held: str, every: int) -> str:
    """A text with every so many words another."""
    return " ".join(w if n % every else f"baru{n}" for n, w in enumerate(held.split(), 1))


def test_copies_are_found_and_others_are_not() -> None:
    window = Window(reports=256)
    for n in range(100):
        assert window.see(report(f"r{n}", text(n)), n + 1) is None
    same = [window.see(report(f"s{n}", text(n).upper() + "!"), 101 + n) for n in range(50)]
    assert same == [Copy(f"r{n}", 1.0) for n in range(50)]
    near = [window.see(report(f"t{n}", altered(text(n), 100)), 151 + n) for n in range(50, 100)]
    assert [copy and copy.of for copy in near] == [f"r{n}" for n in range(50, 100)]
    assert all(copy and 0.6 <= copy.share < 1 for copy in near)
    far = [window.see(report(f"u{n}", altered(text(n), 6)), 201 + n) for n in range(50)]
    assert far == [None] * 50


def test_short_texts_are_copies_only_in_the_same_words() -> None:
    window = Window(reports=16)
    assert window.see(report("a", "Panen gagal di dua kabupaten."), 1) is None
    assert window.see(report("b", "Panen gagal di tiga kabupaten."), 2) is None
    assert window.see(report("c", "panen gagal di dua kabupaten"), 3) == Copy("a", 1.0)


def test_the_shares_that_hashes_agree_in_are_those_of_the_runs() -> None:
    """The permutations are independent: what one changed run does to one, it does not to all."""
    found = []
    for seed in range(40):
        one, other = runs(text(seed)), runs(altered(text(seed), 25))
        ours, theirs = least_hashes(one), least_hashes(other)
        assert ours is not None
        assert theirs is not None
        jaccard = len(one & other) / len(one | other)
        found.append(float((ours == theirs).mean()) - jaccard)
        assert len(bands(ours)) == 16
    assert abs(sum(found) / 40) < 0.03
    assert (sum(gap * gap for gap in found) / 40) ** 0.5 < 0.09


def test_the_window_forgets_the_oldest_and_never_grows(tmp_path: Path) -> None:
    window = Window(tmp_path / "w", reports=64)
    size = (tmp_path / "w").stat().st_size
    for n in range(1_000):
        window.see(report(f"r{n}", text(n, 60)), n + 1)
    assert window.see(report("old", text(0, 60)), 1_001) is None
    assert window.see(report("new", text(998, 60)), 1_002) == Copy("r998", 1.0)
    assert (tmp_path / "w").stat().st_size == size


def test_a_window_is_found_again_without_what_came_after_the_stop(tmp_path: Path) -> None:
    window = Window(tmp_path / "w", reports=64)
    for n in range(10):
        window.see(report(f"r{n}", text(n)), n + 1)
    del window
    window = Window(tmp_path / "w", reports=64)
    assert window.see(report("r7", text(7)), 8) is None
    assert window.see(report("copy", text(3)), 9) == Copy("r3", 1.0)


def test_what_a_sender_corrects_is_read() -> None:
    edition = Edition(notice="correction")
    given = [report("a", text(1)), report("b", text(1))]
    given.append(Report(id="c", text=text(1), edition=edition))
    found = list(watch((Input("f", r) for r in given), Window(reports=16), 0, skip=True))
    assert found[0].instead is None
    assert isinstance(found[1].instead, Analysis)
    assert found[1].instead.notes == ("not read: a copy of a (100% of its words)",)
    assert found[2].instead is None
    assert found[2].note == "a copy of b (100% of its words)"


@pytest.mark.parametrize(("mode", "read"), [("mark", 3), ("skip", 1)])
def test_copies_at_the_command_line(
    mode: str, read: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []

    def fake(reports: Iterable[Item], jobs: int) -> Iterator[Item]:
        assert jobs
        for item in reports:
            if isinstance(item, Report):
                taken.append(item.id)
                yield Analysis(id=item.id, language="en")
            else:
                yield item

    monkeypatch.setattr(menurut, "read_reports", fake)
    path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": id, "text": text(5)} for id in "abc"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    arguments = ["read", str(path), "--copies", mode, "--out", str(out)]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert len(taken) == read
    told = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in told] == ["a", "b", "c"]
    assert ["a copy of" in str(row["notes"]) for row in told] == [False, True, True]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.jsonl",
        "out.jsonl",
        "out.jsonl.resume",
    ]
