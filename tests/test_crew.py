"""Helper processes: the same results in the same order, whatever befalls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from menurut.contract import Analysis, Failure, Report
from menurut.engines import local
from menurut.engines.crew import Crew
from menurut.engines.local import AHEAD, FEW, SHARE_REPORTS, read_reports
from menurut.pipeline import Results, read_batch
from menurut.reader.model import cores, shipped_model
from menurut.reports import samples

PATIENCE = 600
PROGRAM = (  # a shell's job has the signal off
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from menurut.cli import main; sys.exit(main())"
)


def many(count: int) -> list[Report | Failure]:
    """Reports of every sort, some of which cannot be read."""
    whole = samples()
    found: list[Report | Failure] = []
    for number in range(count):
        report = whole[number % len(whole)]
        start = 40 * (number % 7)
        text = report.text[start : start + 120] if number % 9 else ""
        row = Report(id=str(number), text=text, language=report.language)
        found.append(Failure(str(number), "broken") if number % 11 == 5 else row)
    return found


def results(crew: Crew, *reports: Report | Failure) -> Results:
    return crew.give(reports).results.result(PATIENCE)


def test_a_helper_reads_as_this_process_does() -> None:
    batch = many(6)
    with Crew(1) as crew:
        assert results(crew, *batch) == read_batch(shipped_model(), batch, 1)


def test_a_stream_read_by_several_is_in_order_and_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "cores", lambda: 3)
    batch = many(FEW + 2 * AHEAD * SHARE_REPORTS + 1)
    assert list(read_reports(iter(batch), jobs=3)) == list(read_reports(iter(batch)))


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1])
def test_no_report_is_lost_where_processes_begin(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "cores", lambda: 2)
    rows = [Failure(str(number), "broken") for number in range(count)]
    assert list(read_reports(iter(rows), jobs=2)) == rows


def test_few_reports_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "cores", lambda: 2)
    monkeypatch.setattr(local, "Crew", None)
    rows = many(FEW)
    assert len(list(read_reports(rows, jobs=2))) == FEW
    assert len(list(read_reports([*rows, *rows], jobs=1))) == 2 * FEW


def test_only_so_many_reports_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "cores", lambda: 2)
    taken = 0

    def stream() -> Iterator[Failure]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield Failure(str(number), "broken")

    for done, _ in enumerate(read_reports(stream(), jobs=2), 1):
        assert taken - done <= max(FEW + 1, (2 * AHEAD + 1) * SHARE_REPORTS)


def test_a_dead_helper_fails_its_batch_and_is_replaced() -> None:
    report = Report(id="one", text="Menteri itu mengatakan panen gagal.", language="id")
    broken = Failure("two", "broken")
    with Crew(1) as crew:
        (before,) = results(crew, report)
        crew._helpers[0].end()
        lost = results(crew, report, broken)
        (after,) = results(crew, report)
    status = -signal.SIGKILL
    assert lost == [Failure("one", f"the process that read it died with status {status}"), broken]
    assert isinstance(before, Analysis)
    assert after == before


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_helpers_that_cannot_start_are_only_missed(
    program: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(local, "cores", lambda: 2)
    monkeypatch.setattr(sys, "executable", program)
    batch = many(FEW + 10)
    assert list(read_reports(batch, jobs=2)) == list(read_reports(batch))
    assert "a helper process could not start" in caplog.text


def children(process: int) -> list[int]:
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for path in threads for number in path.read_text().split()]


def waited(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(cores() < 2 or not Path("/proc/self/task").exists(), reason="one core")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_end_from_outside_ends_all(number: signal.Signals, tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    text = samples()[0].text
    given.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(2000)))
    command = [sys.executable, "-c", PROGRAM, "read", "--jsonl", str(given)]
    with (
        out.open("wb") as stream,
        subprocess.Popen(
            command, start_new_session=True, stdout=stream, stderr=subprocess.PIPE
        ) as process,
    ):
        waited(lambda: out.stat().st_size > 0)
        helpers = children(process.pid)
        assert len(helpers) == cores() - 1
        os.killpg(process.pid, number)
        _, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert complaints.strip() == b""
    waited(lambda: not any(Path(f"/proc/{helper}").exists() for helper in helpers))
    ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]
    assert ids == [str(n) for n in range(len(ids))]
