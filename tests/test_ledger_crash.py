"""Killed at any moment, a ledger keeps what was acknowledged, and holds no half report.

``MENURUT_KILLS`` says how often; the full check is 200.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.synthetic import World
from sqlalchemy import text

from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

KILLS = int(os.environ.get("MENURUT_KILLS", "12"))
FORK = multiprocessing.get_context("fork")


def adder(path: Path, reports: int, seed: int = 1) -> tuple[BaseProcess, Connection]:
    """A process that adds synthetic reports, and the pipe in which it acknowledges each."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_add, args=(path, reports, seed, theirs))
    process.start()
    theirs.close()
    return process, ours


def _add(path: Path, reports: int, seed: int, pipe: Connection) -> None:
    with Ledger(str(path)) as ledger:
        for report, analysis in World(seed).reports(0, reports):
            pipe.send(add(ledger, report, analysis).report)


def heard(pipe: Connection, most: int) -> Iterator[str]:
    """What a process acknowledges, until it ends or has acknowledged ``most``."""
    with suppress(EOFError):
        for _ in range(most):
            yield pipe.recv()


def check(path: Path, acknowledged: set[str]) -> None:
    """Everything acknowledged is there once, and every report is whole."""
    with Ledger(str(path)) as ledger, ledger.read() as snapshot:
        names = [row[0] for row in snapshot.connection.execute(text("SELECT name FROM reports"))]
        assert len(names) == len(set(names))
        assert acknowledged <= set(names)
        for sql in (
            "SELECT count(*) FROM reports r WHERE NOT EXISTS "
            "(SELECT 1 FROM readings g WHERE g.report = r.id)",
            "SELECT count(*) FROM tellings t WHERE NOT EXISTS "
            "(SELECT 1 FROM accounts a WHERE a.telling = t.id)",
            "SELECT count(*) FROM accounts a WHERE a.until IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM incidents i WHERE i.incident = a.incident AND i.until IS NULL)",
            "SELECT count(*) FROM (SELECT incident FROM incidents WHERE until IS NULL "
            "GROUP BY incident HAVING count(*) > 1) AS twice",
        ):
            assert snapshot.connection.execute(text(sql)).scalar() == 0, sql


def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    chance = random.Random(5)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        process, pipe = adder(path, len(acknowledged) + 20)
        acknowledged |= set(heard(pipe, len(acknowledged) + chance.randrange(4)))
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        acknowledged |= set(heard(pipe, 1000))
        process.join()
        pipe.close()
        check(path, acknowledged)
    assert acknowledged


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    both = [adder(path, 25), adder(path, 25)]
    wanted = {f"r{n}" for n in range(25)}
    for process, pipe in both:
        assert set(heard(pipe, 25)) == wanted
        process.join()
        pipe.close()
        assert process.exitcode == 0
    check(path, wanted)


def test_a_run_that_was_cut_off_ends_as_one_that_was_not(tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    sql = text(
        "SELECT incident, type, status, actors, sources, reports FROM incidents "
        "WHERE until IS NULL ORDER BY incident"
    )
    for path, runs in ((first, (12, 25)), (second, (25,))):
        for reports in runs:
            process, pipe = adder(path, reports)
            list(heard(pipe, reports))
            process.join()
            pipe.close()
    held = []
    for path in (first, second):
        with Ledger(str(path)) as ledger, ledger.read() as snapshot:
            held.append(snapshot.connection.execute(sql).all())
    assert held[0] == held[1]
