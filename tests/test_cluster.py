"""A Ray cluster reads what one machine reads, byte for byte, and loses nothing with a worker.

Starting Ray takes half a minute or more: one cluster of two nodes serves all tests.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from menurut.cli import cli
from menurut.engines import cluster
from menurut.reports import samples
from menurut.reports.source import Given
from menurut.runs.rows import files_of, line, read_rows, table_of, write_table

pytest.importorskip("ray")
PATIENCE = 300
"""Seconds that Ray has to start, each of its parts."""
pytestmark = pytest.mark.filterwarnings("default")  # Ray's own are many


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Two nodes of one core each, and this process connected to them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RAY_worker_niceness", "0")  # others would starve them
        environment.setenv("RAY_gcs_server_port_wait_time_s", str(PATIENCE))
        yield from connected()


def connected() -> Iterator[Any]:
    import ray as found

    nodes = started() or started() or started()
    assert nodes, "Ray does not start"
    found.init(address=nodes.address, log_to_driver=False)
    yield found
    found.shutdown()
    nodes.shutdown()


def started() -> Any:
    """Two nodes; None where Ray gave up on a busy machine: it gives a node half a minute."""
    from ray.cluster_utils import Cluster

    nodes = Cluster()
    try:
        for _ in range(2):
            nodes.add_node(wait=False, num_cpus=1, object_store_memory=100_000_000)
        nodes.wait_for_nodes(PATIENCE)
    except Exception as error:  # Ray raises it bare
        print(error)
        nodes.shutdown()
        return None
    return nodes


def record(number: int, text: str) -> bytes:
    """A page that was saved."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    page = f"<html><body><article><h1>Berita</h1>{body}</article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: http://a.example/{number}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC, JSON Lines with broken lines, a Parquet table, and a folder without reports."""
    import pyarrow
    from pyarrow import parquet

    found = tmp_path_factory.mktemp("cluster") / "in"
    (found / "hollow").mkdir(parents=True)
    whole = samples()
    with gzip.open(found / "a.warc.gz", "wb") as out:
        for number in range(6):
            out.write(record(number, whole[number % len(whole)].text[: 900 + 10 * number]))
    with (found / "b.jsonl").open("w") as lines:
        for number in range(30):
            report = whole[number % len(whole)]
            start = 30 * (number % 9)
            text = report.text[start : start + 150] if number % 7 else ""
            row = {"id": f"b{number}", "text": text, "language": report.language}
            lines.write(json.dumps(row) + "\n")
    rows = [{"id": f"c{n}", "text": whole[n % 3].text[:200]} for n in range(12)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), found / "c.parquet")
    return found


def run(*arguments: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    assert result.exit_code == status, result.output
    return result


@pytest.fixture(scope="module")
def here(folder: Path) -> list[bytes]:
    """What this machine reads."""
    out = folder.parent / "here.jsonl"
    listed = folder.parent / "here.failures"
    run("read", folder, folder / "hollow", "--out", out, "--failures", listed, status=1)
    return sorted(out.read_bytes().splitlines(keepends=True))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere.invalid:6379", "host:port"])
def test_a_cluster_that_is_not_there_is_told(
    address: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once: Ray, which would go on asking for minutes, is not begun."""
    monkeypatch.setattr("ray.init", lambda **_options: pytest.fail("Ray is asked"))
    out = tmp_path / "out.parquet"
    result = run("read", folder, "--engine", "ray", "--address", address, "--out", out, status=1)
    assert "the Ray cluster cannot be reached" in result.stderr


def rows_of(path: Path) -> list[bytes]:
    return sorted(line(row) for file in files_of(path) for row in read_rows(file))


def test_a_cluster_reads_as_one_machine_does(
    ray: Any, folder: Path, here: list[bytes], tmp_path: Path
) -> None:
    assert ray.is_initialized()
    out, listed = tmp_path / "out.parquet", tmp_path / "failures"
    result = run(
        *("read", folder, folder / "hollow", "--engine", "ray", "--out", out),
        *("--failures", listed),
        status=1,
    )
    assert rows_of(out) == here
    assert len(here) == 6 + 30 + 12 + 1
    expected = (folder.parent / "here.failures").read_text().splitlines()
    assert sorted(listed.read_text().splitlines()) == sorted(expected)
    assert len(expected) >= 6
    assert f"{len(expected)} reports could not be read" in result.stderr
    added = run("add", "--analyses", out, "--ledger", tmp_path / "ledger.db", "--jsonl")
    assert len(added.stdout.splitlines()) == len(here) - len(expected)


def test_a_worker_killed_in_the_middle_loses_nothing(
    ray: Any, folder: Path, here: list[bytes], tmp_path: Path
) -> None:
    """Every process that reads is killed, once each, while the job runs; JSON Lines come out."""
    assert ray.is_initialized()
    out = tmp_path / "out.jsonl"
    killed: list[int] = []
    over = threading.Event()
    killer = threading.Thread(target=kill_readers, args=(killed, over), daemon=True)
    killer.start()
    run("read", folder, folder / "hollow", "--engine", "ray", "--out", out, status=1)
    over.set()
    killer.join()
    assert killed
    assert sorted(out.read_bytes().splitlines(keepends=True)) == here


def kill_readers(killed: list[int], over: threading.Event, most: int = 2) -> None:
    """Kill actors while they read: those with a helper that has begun to use its core."""
    while not over.wait(0.2) and len(killed) < most:
        for actor in actors():
            helpers = children(actor)
            if actor not in killed and any(cpu_seconds(helper) > 0.5 for helper in helpers):
                os.kill(actor, signal.SIGKILL)
                killed.append(actor)
                break


def actors() -> Iterator[int]:
    """The processes that read in our cluster."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            title = path.read_bytes()
        except OSError:
            continue
        process = int(path.parent.name)
        if title.startswith(b"ray::") and b"Reader" in title and ours(process):
            yield process


def ours(process: int) -> bool:
    """Whether a process descends from this one."""
    while process > 1 and process != os.getpid():
        process = int((fields_of(process) or ["", "0"])[1])
    return process == os.getpid()


def children(process: int) -> list[int]:
    threads = Path(f"/proc/{process}/task").glob("*/children")
    try:
        return [int(number) for path in threads for number in path.read_text().split()]
    except OSError:
        return []


def cpu_seconds(process: int) -> float:
    fields = fields_of(process)
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def fields_of(process: int) -> list[str]:
    """What the system tells of a process, from its state on; nothing of one that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_a_run_goes_on_with_what_is_missing(
    ray: Any, folder: Path, here: list[bytes], tmp_path: Path
) -> None:
    assert ray.is_initialized()
    out = tmp_path / "out.parquet"
    sources = [str(folder), str(folder / "hollow")]
    held = folder.parent / "first.parquet"
    run("read", *sources, "--out", held, status=1)
    rows = [row for file in files_of(held) for row in read_rows(file)]
    from menurut.runs.folders import open_folder

    begun = open_folder(out, ("x",), resume=False)
    write_table(out / "part-001-000000.parquet", table_of(rows[:3] + rows[5:40]))
    (out / "part-001-000001.parquet.unfinished").write_bytes(b"PAR1")
    assert not begun.done
    time_of = (out / "part-001-000000.parquet").stat().st_mtime_ns
    cluster.read(sources, Given(), out, asked=("x",), resume=True)
    assert rows_of(out) == here
    assert (out / "part-001-000000.parquet").stat().st_mtime_ns == time_of
    before = sorted(out.iterdir())
    again = cluster.read(sources, Given(), out, asked=("x",), resume=True)
    assert sum(again.values()) == sum(b'"error"' in row for row in here)
    assert sorted(out.iterdir()) == before


def test_without_ray_the_extra_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    out = tmp_path / "out.parquet"
    result = run("read", folder, "--engine", "ray", "--out", out, status=1)
    assert "pip install 'menurut[ray]'" in result.stderr
