"""How long the desk takes over a page, and the API over an answer, from a large ledger.

python -m benchmarks.desk [--reports 10000] [--ledger FILE] [--asked 15]

A ledger of synthetic reports is grown (``benchmarks.growing``), or one that is there is taken.
Each address is asked again and again of the application itself, in this process, in turn with the
others, after one round that does not count. Printed are milliseconds, median and 95th percentile,
of the processor's time and by the clock, and kilobytes. Processor time is what a busy machine
changes little. The exit status is 1 where a page's median is over the bound.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.growing import Base
from benchmarks.ledger import DAYS
from benchmarks.synthetic import A_DAY, World
from menurut.desk.web.app import make_app
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger
from menurut.obligations import bring_up_to_date

BOUND = 150.0
"""Milliseconds that a page may take."""
MEASURE = "1874.9"
"""A measure on which much in the synthetic ledger bears."""
HERE = "http://127.0.0.1:8642"


@dataclass
class Taken:
    """What an address took: seconds of the processor and by the clock, bytes of the answer."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--ledger", help="a ledger that is there; else one is grown")
    parser.add_argument("--asked", type=int, default=15, help="how often each address is asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or str(Path(folder, "ledger.db"))
        if options.ledger is None:
            grow(path, options.reports)
        sys.exit(measure(path, options.asked))


def grow(path: str, reports: int) -> None:
    """A ledger of at least so many synthetic reports."""
    world, week = World(), DAYS * A_DAY
    with Ledger(path) as ledger:
        for pair in world.reports(0, min(reports, week)):
            add(ledger, *pair)
        base, held = Base(ledger, DAYS), min(reports, week)
        while held < reports:
            held += base.repeat()


def measure(path: str, asked: int) -> int:
    """Ask and print; 1 where a page is too slow."""
    with TestClient(make_app(path), base_url=HERE, follow_redirects=False) as desk:
        held = desk.get("/api/stats").json()
        begun = time.process_time()
        with Ledger(path) as ledger:
            bring_up_to_date(ledger)
        kept = time.process_time() - begun
        print(f"{held['reports']:,} reports, {held['incidents']:,} incidents")
        print(f"what bears on measures brought up to date: {kept:.1f} s CPU")
        slow = False
        pages, answers = addresses(desk)
        for title, listed in (("pages", pages), ("API", answers)):
            print(f"{title:<44}{'CPU ms':>8}{'p95':>8}{'wall':>8}{'p95':>8}{'kB':>7}")
            for address, taken in times(desk, listed, asked).items():
                print(line(address, taken), flush=True)
                slow |= title == "pages" and 1000 * statistics.median(taken.cpu) > BOUND
    return int(slow)


def addresses(desk: TestClient) -> tuple[list[str], list[str]]:
    """Pages, and resources of the API: with common and rare parties, first and newest things."""
    newest = desk.get("/api/incidents", params={"limit": 1}).json()["items"][0]["id"]
    kept = desk.get("/api/reports", params={"limit": 1}).json()["items"][0]
    report, when = kept["report"], kept["published_at"][:10]
    world = World()
    often, rarely = world.codes[0], world.codes[-1]
    word, rare = world.vocabulary[40], world.vocabulary[-40]
    pages = [
        "/incidents",
        "/incidents?order=day",
        "/incidents?acts=yes",
        "/incidents?status=contested",
        f"/incidents?actor={often}",
        f"/incidents?actor={rarely}&status=contested",
        "/incidents?publisher=Outlet+7&type=aid",
        f"/incidents?from={when}",
        f"/incidents?as_of={time.strftime('%Y-%m-%d')}",
        "/incidents/i1",
        f"/incidents/{newest}",
        "/reports",
        f"/reports/{report}",
        "/search?q=near",
        f"/search?q={word}",
        f"/search?q={rare}",
        "/timeline",
        f"/timeline?actor={often}",
        f"/timeline?from={when}&to={when}",
        "/network",
        f"/network?actor={rarely}",
        "/map",
        f"/map?actor={often}",
        "/actors",
        "/actors?q=ru",
        f"/actors/{often}",
        f"/actors/{rarely}",
        "/review",
        "/obligations",
        "/obligations?regime=dprk",
        f"/obligations?measure={MEASURE}",
        "/read",
    ]
    answers = [
        "/api/incidents",
        f"/api/incidents?actor={often}",
        f"/api/incidents/{newest}",
        "/api/timeline",
        "/api/facets",
        f"/api/actors/{often}",
        f"/api/search?q={word}",
        "/api/reports",
        f"/api/reports/{report}",
        f"/api/citations?report={report}&start=0&end=20",
        "/api/stats",
        "/api/judgements",
        "/api/doubts",
        "/api/obligations",
        f"/api/obligations?measure={MEASURE}&limit=5",
    ]
    return pages, answers


def times(desk: TestClient, listed: list[str], asked: int) -> dict[str, Taken]:
    """What each address takes; all in turn, so that a busy moment is shared."""
    found = {address: Taken() for address in listed}
    for number in range(asked + 1):
        for address, taken in found.items():
            cpu, wall = time.process_time(), time.perf_counter()
            answer = desk.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
            if number:
                taken.cpu.append(time.process_time() - cpu)
                taken.wall.append(time.perf_counter() - wall)
            taken.size = len(answer.content)
    return found


def line(address: str, taken: Taken) -> str:
    shown = "".join(
        f"{1000 * statistics.median(held):>8.1f}"
        f"{1000 * sorted(held)[round(0.95 * (len(held) - 1))]:>8.1f}"
        for held in (taken.cpu, taken.wall)
    )
    return f"{address:<44}{shown}{taken.size / 1000:>7.0f}"


if __name__ == "__main__":
    main()
