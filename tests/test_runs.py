"""Long readings: cut off at any moment they end as one that was not, and say what failed."""

from __future__ import annotations

import ast
import json
import os
import pty
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import menurut
from menurut.cli import cli
from menurut.contract import Analysis, Failure, Report
from menurut.desk import keeping, progress
from menurut.reports import sources
from menurut.reports.errors import ReportError
from menurut.reports.sources import Cursor, read_source, trace
from menurut.runs.failures import KINDS, OTHER, kind_of, read_list
from menurut.runs.made import Analyses
from menurut.runs.outputs import Lines, Parquet
from menurut.runs.rows import Row, files_of, line, read_rows, table_of, write_table

SOURCE = Path(menurut.__file__).parent
PATIENCE = 600
"""Seconds after which a process hangs."""
QUICK = (  # reads as if with a model, at 2 ms a report
    "import time, menurut\nfrom menurut.contract import Analysis, Report\n"
    "def one(r):\n"
    "    print(flush=True)\n"
    "    time.sleep(0.002)\n"
    "    return Analysis(id=r.id, language='en') if isinstance(r, Report) else r\n"
    "menurut.read_reports = lambda rs, jobs: map(one, rs)\n"
    "import menurut.runs.outputs as o; o.SETTLED, o.PART_ROWS = 0.02, 7\n"
    "import sys; from menurut.cli import main; sys.exit(main())"
)


def quick(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", QUICK, *map(str, arguments)]


def lines(count: int, prefix: str = "r") -> str:
    """Reports as JSON Lines, every tenth without a text."""
    return "".join(
        json.dumps({"id": f"{prefix}{n}", "text": "Kata." if n % 10 else ""}) + "\n"
        for n in range(count)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports, with files that no format claims."""
    found = tmp_path / "news"
    (found / "more").mkdir(parents=True)
    (found / "a.jsonl").write_text(lines(40, "a"))
    (found / "b.jpg").write_bytes(b"\xff\xd8")
    (found / "c.txt").write_text("Kata satu.")
    (found / "more" / "d.jsonl").write_text(lines(30, "d"))
    (tmp_path / "hollow").mkdir()
    return found


def run(*arguments: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are passed on as if they had been read."""

    def fake(reports: Iterator[Report | Failure], jobs: int) -> Iterator[Analysis | Failure]:
        assert jobs
        for item in reports:
            yield Analysis(id=item.id, language="en") if isinstance(item, Report) else item

    monkeypatch.setattr(menurut, "read_reports", fake)


def test_reading_goes_on_from_every_place(folder: Path) -> None:
    names = [str(folder), str(folder.parent / "hollow"), f"{folder}/*.xml", f"{folder}/more"]
    whole = list(trace(names))
    assert [found.item for found in whole] == [i for name in names for i in read_source(name)]
    assert [f.item for f in whole if f.part.otherwise] == [
        Failure("hollow", "there are no reports in this directory"),
        Failure(f"{folder}/*.xml", "no file matches"),
    ]
    for number, found in enumerate(whole, 1):
        rest = list(trace(names, start=found.cursor))
        assert [(f.part, f.number, f.item, f.read) for f in rest] == [
            (f.part, f.number, f.item, f.read) for f in whole[number:]
        ]


def test_the_bytes_that_are_read_end_at_all_that_are_known(folder: Path) -> None:
    names = [str(folder), str(folder / "c.txt")]
    read = [found.read for found in trace(names)]
    assert read == sorted(read)
    assert read[-1] == progress.size(names)
    assert progress.size(["-"]) is None
    assert progress.size([str(folder), "-"]) is None


def test_parts_that_are_done_are_not_opened_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = next(found.cursor for found in trace([str(folder)]) if found.part.label == "news/c.txt")
    opened = []
    read_part = sources.read_part

    def spy(part: sources.Part, *rest: object) -> sources.Items:
        opened.append(part.label)
        return read_part(part, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sources, "read_part", spy)
    assert len(list(trace([str(folder)], start=at))) == 30
    assert opened == ["news/c.txt", "news/more/d.jsonl"]


def test_sources_that_have_changed_are_told(folder: Path) -> None:
    with pytest.raises(ReportError, match=r"news/a\.jsonl stands where news/z\.jsonl stood"):
        list(trace([str(folder)], start=Cursor(0, 3, "news/z.jsonl")))


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_a_run_killed_at_any_moment_ends_as_one_that_was_not(
    name: str, folder: Path, tmp_path: Path
) -> None:
    whole, out = tmp_path / f"whole-{name}", tmp_path / name
    lists = tmp_path / "whole.failures", tmp_path / "failures"
    (folder / "e.jsonl").write_text(lines(400, "e"))
    command = quick("read", folder, "--out", whole, "--failures", lists[0])
    subprocess.run(command, capture_output=True, check=False)
    chance = random.Random(3)
    command = quick("read", folder, "--out", out, "--resume", "--failures", lists[1])
    kills = 0
    while True:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(chance.randrange(1, 200)):
                process.stdout.readline()  # one more report has been read
            process.send_signal(chance.choice([signal.SIGKILL, signal.SIGINT]))
            _, complaints = process.communicate(timeout=PATIENCE)
        if process.returncode == 1:
            break
        assert process.returncode in (130, -signal.SIGINT, -signal.SIGKILL), complaints
        kills += 1
        assert kills < 60
    assert kills
    assert held(out) == held(whole)
    assert lists[1].read_bytes() == lists[0].read_bytes()
    assert len(read_list(lists[1])) == 47


def held(path: Path) -> list[bytes]:
    if path.is_dir():
        return [msgspec.json.encode(row) for file in files_of(path) for row in read_rows(file)]
    return path.read_bytes().splitlines()


@pytest.mark.usefixtures("unread")
def test_a_finished_run_is_left_as_it_is_and_says_what_failed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = run("read", folder, "--out", out, status=1)
    before = out.read_bytes()
    again = run("read", folder, "--out", out, "--resume", status=1)
    assert out.read_bytes() == before
    assert first.stderr == again.stderr
    assert "7 reports could not be read" in first.stderr
    assert "7 empty: without any text" in first.stderr


@pytest.mark.usefixtures("unread")
def test_an_output_is_not_overwritten_nor_gone_on_with_amiss(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("read", folder / "c.txt", "--out", out)
    assert "--resume goes on with it" in run("read", folder, "--out", out, status=1).stderr
    other = run("read", folder, "--out", out, "--resume", status=1)
    assert "was begun with other sources or options" in other.stderr
    foreign = tmp_path / "foreign.jsonl"
    foreign.write_text("mine")
    assert (
        "cannot be gone on with"
        in run("read", folder, "--out", foreign, "--resume", status=1).stderr
    )
    assert foreign.read_text() == "mine"
    nowhere = run("read", folder, "--out", tmp_path / "no" / "out.jsonl", status=1)
    assert "cannot be opened" in nowhere.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--resume"], "--resume needs --out"),
        (["--sample", "--out", "o", "--resume"], "--resume goes with files alone"),
        (["x", "--retry", "f"], "--retry goes without files"),
        (["--retry", "f", "--failures", "f"], "named twice"),
        (["x", "--engine", "ray"], "--engine ray needs --out"),
        (["-", "--engine", "ray", "--out", "o"], "reads files alone"),
        (["x", "--engine", "ray", "--out", "o", "--copies", "mark"], "order of the reports"),
        (["x", "--address", "auto"], "--address needs --engine ray"),
    ],
)
def test_options_that_do_not_go_together(arguments: Sequence[str], words: str) -> None:
    result = run("read", *arguments, status=2)
    assert words in result.stderr


@pytest.mark.usefixtures("unread")
def test_what_failed_is_listed_and_read_once_more(folder: Path, tmp_path: Path) -> None:
    (folder / "e.zip").write_bytes(b"PK\x03\x04 no archive")
    listed, rest = tmp_path / "failures.jsonl", tmp_path / "rest.jsonl"
    run("read", folder, "--jsonl", "--failures", listed, status=1)
    found = read_list(listed)
    assert len(found) == 8
    assert (found[0].source, found[0].part, found[0].number, found[0].id, found[0].kind) == (
        str(folder),
        "news/a.jsonl",
        1,
        "a0",
        "empty",
    )
    assert found[4].kind == "broken"
    (folder / "a.jsonl").write_text(lines(40, "a").replace('""', '"Sudah ada."', 2))
    (folder / "e.zip").unlink()
    (folder / "e.zip").write_text('{"id": "z1", "text": "a"}\n{"id": "z2", "text": "b"}\n')
    result = run("read", "--retry", listed, "--jsonl", "--failures", rest, status=1)
    told = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["id"] for row in told if "error" not in row] == ["a0", "a10", "z1", "z2"]
    assert [row.id for row in read_list(rest)] == ["a20", "a30", "d0", "d10", "d20"]


def test_a_list_of_failures_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list"
    assert "cannot be read" in run("read", "--retry", path, status=1).stderr
    path.write_text('\n{"id": 1}\n')
    assert "line 2: no line of failures" in run("read", "--retry", path, status=1).stderr


def messages() -> Iterator[str]:
    """The words of every error that a report can give, what is filled in left blank."""
    for path in [*(SOURCE / "reports").glob("*.py"), SOURCE / "pipeline.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("ReportError", "ExpansionError") and node.args:
                yield words(node.args[0])
            elif node.func.id == "Failure" and len(node.args) > 1:
                yield words(node.args[1])


def words(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(words(value) for value in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else " "


def test_every_failure_is_of_a_kind_with_a_name() -> None:
    found = {text for text in messages() if text.strip(" :()")}
    assert len(found) > 60
    framed = {"row  :  ", "line  :  ", "  stands where   stood"}  # of others' words; no report's
    assert {text for text in found if kind_of(text.strip()) == OTHER} <= framed
    assert set(keeping.KINDS) == {*KINDS, OTHER}


def test_the_bar_tells_what_remains_only_where_it_can(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(300))
    known = seen_on_terminal(quick("read", path, "--out", tmp_path / "one"), None)
    unknown = seen_on_terminal(quick("read", "--jsonl", "-", "--out", tmp_path / "two"), path)
    assert "%" in known
    assert ":" in known.split("reports")[1]
    assert "%" not in unknown
    for seen in (known, unknown):
        assert "299 reports" in seen or "300 reports" in seen


def seen_on_terminal(command: list[str], stdin: Path | None) -> str:
    leader, follower = pty.openpty()
    given = os.open(stdin or os.devnull, os.O_RDONLY)
    terminal = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env=terminal,
    ) as process:
        os.close(follower)
        os.close(given)
        seen = b""
        try:
            while data := os.read(leader, 4096):
                seen += data
        except OSError:  # the terminal is closed
            pass
        process.wait(PATIENCE)
    os.close(leader)
    return seen.decode()


def row(number: int, text: str = "Kata.") -> Row:
    id = f"r{number}"
    made: Analysis | Failure = (
        Analysis(id=id, language="en") if number % 3 else Failure(id, "the text is empty")
    )
    return Row(source="s", part="p", number=number, report=Report(id=id, text=text), result=made)


def test_rows_come_back_from_parquet_as_they_were(tmp_path: Path) -> None:
    rows = [row(n, f"Kata «{n}»\n\0\n") for n in range(100)]
    write_table(tmp_path / "a.parquet", table_of(rows))
    assert list(read_rows(tmp_path / "a.parquet")) == rows


def test_outputs_take_back_what_came_after_a_mark(tmp_path: Path) -> None:
    for kind, path in ((Lines, tmp_path / "a.jsonl"), (Parquet, tmp_path / "a.parquet")):
        output = kind(path, 0)
        output.write(row(1))
        mark = output.mark()
        output.write(row(2))
        position = output.settle(mark)
        output.write(row(3))
        output.settle(output.mark())
        output.close()
        output = kind(path, position)
        output.write(row(4))
        output.settle(output.mark())
        output.close()
        expected = [line(row(1)), line(row(4))]
        if path.is_dir():
            assert [line(r) for f in files_of(path) for r in read_rows(f)] == expected
        else:
            assert path.read_bytes() == b"".join(expected)


def test_analyses_are_taken_in_any_order_and_none_twice(tmp_path: Path) -> None:
    rows = [row(n) for n in range(10)]
    path = tmp_path / "made"
    path.mkdir()
    (path / "1.jsonl").write_bytes(b"".join(map(line, rows[:5])) + b"\n")
    write_table(path / "2.parquet", table_of(rows[5:]))
    made = Analyses(str(path))
    for number in (7, 2, 1, 8, 4):
        assert made.take(f"r{number}", "") == rows[number].result
    assert made.take("r3", "") is None
    assert made.take("r7", "") is None
    assert made.rows() is None


def test_analyses_that_are_none_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    where = tmp_path / "l.db"
    told = run("add", "--analyses", path, "--ledger", where, status=1).stderr
    assert "no such file" in told
    path.write_text("no json\n")
    words = run("add", "--analyses", path, path, "--ledger", tmp_path / "l.db", status=1).stderr
    assert "no" in words
    path.write_bytes(line(row(1)))
    told = run("add", "--analyses", path, "--ledger", tmp_path / "l.db", status=1).stderr
    assert "analyses alone" in told
    foreign = tmp_path / "b.parquet"
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"id": ["a"]}), foreign)
    told = run("add", "--analyses", foreign, "--ledger", tmp_path / "l.db", status=1).stderr
    assert "columns are missing" in told


def test_add_takes_reports_and_analyses_from_parquet(tmp_path: Path) -> None:
    out, where = tmp_path / "out.parquet", tmp_path / "ledger.db"
    run("read", "--sample", "--out", out)
    samples = [r.id for r in menurut_samples()]
    for change in ("added", "unchanged"):
        result = run("add", "--analyses", out, "--ledger", where, "--jsonl")
        told = [json.loads(told) for told in result.stdout.splitlines()]
        assert [(one["report"], one["change"]) for one in told] == [(s, change) for s in samples]


def menurut_samples() -> Sequence[Report]:
    from menurut.reports import samples

    return samples()


def test_add_lists_what_it_could_not_add(tmp_path: Path) -> None:
    path, listed = tmp_path / "a.jsonl", tmp_path / "failures"
    path.write_text(lines(1))
    result = run("add", path, "--ledger", tmp_path / "l.db", "--failures", listed, status=1)
    assert "1 empty: without any text" in result.stderr
    assert [(one.id, one.kind) for one in read_list(listed)] == [("r0", "empty")]
    path.write_text('{"id": "r0", "text": "Menteri itu mengatakan panen gagal.", "language": "id"}')
    again = run("add", "--retry", listed, "--ledger", tmp_path / "l.db")
    assert again.stdout.startswith("r0: ")
