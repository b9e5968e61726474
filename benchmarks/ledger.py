"""What it costs to add a report to a ledger, and to ask it, as the ledger grows.

python -m benchmarks.ledger [--sizes 1000 10000 100000 1000000] [--folder FOLDER]

Synthetic reports (``benchmarks.synthetic``) of a week are added one by one, each in a transaction
of its own; from there the ledger is grown in bulk (``benchmarks.growing``). At each size another
five hundred reports are added one by one and questions are asked. Printed are milliseconds of
processor time, median and 95th percentile, the added reports also as a ratio to the first size, and
bytes a report. Processor time is that of this process: the disk's waiting is not in it, which
``wall`` adds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.growing import Base
from benchmarks.synthetic import A_DAY, World
from menurut.contract import Analysis, Report
from menurut.ledger import queries
from menurut.ledger.adding import add
from menurut.ledger.queries import Filter
from menurut.ledger.reports_kept import ReportFilter, page_reports
from menurut.ledger.store import Ledger, Snapshot

ADDED = 500
DAYS = 7
_ASKED = 11
Question = Callable[[Snapshot], object]


def questions(world: World, newest: int) -> dict[str, Question]:
    """What is asked. Parties and words are common and rare ones; ``newest``: an incident."""
    often, rarely = world.codes[0], world.codes[-1]
    word, rare = world.vocabulary[40], world.vocabulary[-40]
    listed = {f"incidents {name}": wanted for name, wanted in _filters(world).items()}
    return {
        **{n: partial(queries.find_incidents, wanted=wanted) for n, wanted in listed.items()},
        "timeline": partial(queries.find_incidents, by_day=True),
        "timeline --actor": partial(
            queries.find_incidents, wanted=Filter(actor=often), by_day=True
        ),
        "search, a word in most reports": partial(queries.search, query="near"),
        "search, a common word": partial(queries.search, query=word),
        "search, two common words": partial(queries.search, query="weapons grain"),
        "search, a rare word": partial(queries.search, query=rare),
        "show, the first": partial(queries.show, id="i1"),
        "show, the newest": partial(queries.show, id=f"i{newest}"),
        "who, often told of": partial(queries.who, name=often),
        "who, rarely told of": partial(queries.who, name=rarely),
        "facets": queries.count_facets,
        "reports": page_reports,
        "reports --publisher": partial(page_reports, wanted=ReportFilter(publisher="Outlet 7")),
        "stats": queries.stats,
    }


def _filters(world: World) -> dict[str, Filter]:
    often, rarely, outlet = world.codes[0], world.codes[-1], "Outlet 7"
    first, today = World().start.date().toordinal(), world.start.date().toordinal()
    return {
        "": Filter(),
        "--status contested": Filter(status="contested"),
        "--status planned": Filter(status="planned"),
        "--type aid": Filter(type="AID"),
        "--actor, often": Filter(actor=often),
        "--actor, rarely": Filter(actor=rarely),
        "--place, a country": Filter(place=often),
        "--place, a town": Filter(place=world.towns[often][0]),
        "--publisher": Filter(publisher=outlet),
        "--from, the last week": Filter(first=today),
        "--to, the first two days": Filter(last=first + 1),
        "--actor --status --publisher": Filter(actor=often, status="contested", publisher=outlet),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    sizes = [1_000, 10_000, 100_000, 1_000_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes)
    parser.add_argument("--folder", help="where the file lies; a temporary folder when left out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "ledger.db"
        with Ledger(str(path)) as ledger:
            Growth(ledger, path).run(sorted(options.sizes))


class Growth:
    """One run of the benchmark."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        self.ledger, self.path = ledger, path
        self.world, self.told, self.held = World(), 0, 0
        self.base: Base | None = None
        self.first: float | None = None

    def run(self, sizes: Iterable[int]) -> None:
        for size in sizes:
            self._grow(size - ADDED)
            self._measure()

    def _grow(self, size: int) -> None:
        """Up to a size: the first week as reports come, the rest in bulk."""
        week = DAYS * A_DAY
        self._add(max(0, min(size, week) - self.held))
        if size <= week:
            return
        self.base = self.base or Base(self.ledger, DAYS)
        start, before = time.time(), self.held
        while self.held < size:
            self.held += self.base.repeat()
            self.world.go_on(DAYS)
        print(f"  grown by {self.held - before:,} in {time.time() - start:.0f} s", flush=True)

    def _add(self, count: int) -> list[tuple[float, float]]:
        """Add reports one by one; seconds of the processor and by the clock, for each."""
        taken = [self._add_one(*pair) for pair in self.world.reports(self.told, count)]
        self.told += count
        self.held += count
        return taken

    def _add_one(self, report: Report, analysis: Analysis) -> tuple[float, float]:
        start, wall = time.process_time(), time.perf_counter()
        add(self.ledger, report, analysis)
        return time.process_time() - start, time.perf_counter() - wall

    def _measure(self) -> None:
        taken = self._add(ADDED)
        cpu, wall = ([pair[n] for pair in taken] for n in (0, 1))
        mean = statistics.mean(cpu)
        self.first = self.first or mean
        each = self.path.stat().st_size // self.held
        print(
            f"{self.held:>9,} reports: added in {1000 * mean:.1f} ms "
            f"({mean / self.first:.2f} of the first), {_spread(cpu)}; wall {_spread(wall)}; "
            f"{each:,} bytes each",
            flush=True,
        )
        with self.ledger.read() as snapshot:
            newest = int(queries.find_incidents(snapshot, most=1)[0].id[1:])
        for name, ask in questions(self.world, newest).items():
            print(f"{'':>9}  {name:<40} {_spread(self._times(ask))}", flush=True)

    def _times(self, ask: Question) -> list[float]:
        times = []
        for _ in range(_ASKED):
            start = time.process_time()
            with self.ledger.read() as snapshot:
                ask(snapshot)
            times.append(time.process_time() - start)
        return times


def _spread(seconds: list[float]) -> str:
    """Median and 95th percentile, in milliseconds."""
    high = sorted(seconds)[round(0.95 * (len(seconds) - 1))]
    return f"median {1000 * statistics.median(seconds):.1f}, p95 {1000 * high:.1f} ms"


if __name__ == "__main__":
    main()
