"""What it costs to add a report to a ledger, and to ask it, as the ledger grows.

python -m benchmarks.ledger [--sizes 1000 10000] [--folder FOLDER] [--ledger URL]

Synthetic reports (``benchmarks.synthetic``) are added one by one, each in a transaction of its own.
Printed at each size: milliseconds of processor time a report, over the last five hundred, the
median of the time that questions take, and bytes a report. Processor time is that of this process:
a busy machine does not change it, and the disk's waiting is not in it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.synthetic import World
from menurut.ledger import queries
from menurut.ledger.adding import add
from menurut.ledger.queries import Filter
from menurut.ledger.store import Ledger, Snapshot

WINDOW = 500
QUESTIONS: dict[str, Callable[[Snapshot], object]] = {
    "incidents": queries.find_incidents,
    "incidents --status contested": lambda s: queries.find_incidents(s, Filter(status="contested")),
    "incidents --actor": lambda s: queries.find_incidents(s, Filter(actor="Russia")),
    "timeline": lambda s: queries.find_incidents(s, by_day=True),
    "search weapons": lambda s: queries.search(s, "weapons"),
    "search weapons grain": lambda s: queries.search(s, "weapons grain"),
    "show": lambda s: queries.show(s, "i1"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--folder", help="where the file lies; a temporary folder when left out")
    parser.add_argument("--ledger", help="another ledger, which must be empty (postgresql://...)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        where = options.ledger or f"{folder}/ledger.db"
        with Ledger(where) as ledger:
            grow(ledger, options.sizes, Path(where))


def grow(ledger: Ledger, sizes: list[int], path: Path) -> None:
    world, held = World(), 0
    for size in sizes:
        last = [0.0]
        for report, analysis in world.reports(held, size - held):
            start = time.process_time()
            add(ledger, report, analysis)
            last = [*last[1 - WINDOW :], time.process_time() - start]
        held = size
        bytes_each = path.stat().st_size // size if path.exists() else 0
        print(f"{size:>9,} reports: {1000 * statistics.mean(last):.1f} ms a report", end="")
        print(f" (median {1000 * statistics.median(last):.1f}), {bytes_each:,} bytes each")
        for name, ask in QUESTIONS.items():
            print(f"{'':>9}  {name:<30} {1000 * _median(ledger, ask):7.1f} ms", flush=True)


def _median(ledger: Ledger, ask: Callable[[Snapshot], object]) -> float:
    times = []
    for _ in range(5):
        start = time.process_time()
        with ledger.read() as snapshot:
            ask(snapshot)
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
