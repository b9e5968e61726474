"""From a WARC to the ledger, end to end, and where the time goes.

python -m benchmarks.intake [--articles 200] [--rounds 1]

An archive of made-up pages (``benchmarks.web``), about 400 words each, is read and added on two
cores as a user would (``menurut add``), beside it ``menurut read`` of the same archive, of the same
reports as JSON Lines (the reader alone), and ``trafilatura`` alone on the pages. The shares of the
stages are processor time on one core, in one process, one stage after the other. Machines are
noisy: only ratios within one run compare.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import msgspec

from benchmarks.__main__ import articles, run
from benchmarks.web import page, write_pages
from menurut.contract import Analysis, Failure, Report
from menurut.engines.local import BATCH_REPORTS as BATCH
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger
from menurut.pipeline import read_documents, recorded
from menurut.reader.model import shipped_model
from menurut.reports import read_source

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor seconds of this process, and what came of them."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def stages(archive: Path, ledger: Path) -> dict[str, float]:
    """Processor seconds of each stage for an archive, on one core."""
    model = shipped_model(1)
    hollow = Report(id="x", text="Kata.")
    with patch("menurut.reports.warc.read_html", return_value=hollow):
        unpack, _ = timed(lambda: list(read_source(archive)))
    both, items = timed(lambda: list(read_source(archive)))
    batches = [items[at : at + BATCH] for at in range(0, len(items), BATCH)]
    read, documents = timed(
        lambda: [one for batch in batches for one in read_documents(model, batch, 1)]
    )
    record, results = timed(lambda: [recorded(one) for one in documents])
    with Ledger(str(ledger)) as opened:
        store, _ = timed(lambda: add_all(opened, zip(items, results, strict=True)))
    return {
        "unpack": unpack,
        "extract": both - unpack,
        "read (model)": read,
        "record": record,
        "link and store": store,
    }


def add_all(ledger: Ledger, pairs: Iterable[tuple[Report | Failure, Analysis | Failure]]) -> None:
    """Add the reports that were read."""
    for item, result in pairs:
        if isinstance(item, Report) and isinstance(result, Analysis):
            add(ledger, item, result)


def trafilatura_alone(pages: list[str]) -> float:
    """Processor seconds of ``trafilatura`` on pages, with the options that menurut gives it."""
    from trafilatura import bare_extraction

    def extract() -> Iterator[object]:
        for held in pages:
            yield bare_extraction(
                held, include_comments=False, include_tables=False, with_metadata=True
            )

    return timed(lambda: list(extract()))[0]


def measure(count: int, rounds: int) -> None:
    """Print the whole table."""
    cores = set(sorted(os.sched_getaffinity(0))[:2])
    rows = list(articles(count))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, lines = folder / "pages.warc.gz", folder / "reports.jsonl"
        write_pages(archive, rows)
        reports = [item for item in read_source(archive) if isinstance(item, Report)]
        lines.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in reports))
        commands = {
            "menurut add: WARC to ledger": ["add", str(archive), "--ledger"],
            "menurut read: WARC to JSON Lines": ["read", str(archive), "--jsonl"],
            "menurut read: JSON Lines, the reader alone": ["read", str(lines), "--jsonl"],
        }
        taken: dict[str, list[float]] = {}
        for number in range(rounds):
            for title, command in commands.items():
                ledger = [str(folder / f"{number}.db")] if command[0] == "add" else []
                one = run([*command, *ledger], cores)
                taken.setdefault(title, []).append(one.seconds)
        spent = stages(archive, folder / "stages.db")
        bare = trafilatura_alone([page(n, r["text"], r["language"]) for n, r in enumerate(rows)])
    print(f"{len(reports)} articles read of {count} pages, {rounds} rounds, {len(cores)} cores")
    for title, runs in taken.items():
        print(f"{title:<46} {count / statistics.median(runs):7.1f} articles/s")
    print(f"{'trafilatura alone, one core':<46} {count / bare:7.1f} articles/s")
    print("one core, processor time:")
    total = sum(spent.values())
    for stage, seconds in spent.items():
        print(f"  {stage:<16} {1000 * seconds / count:7.1f} ms an article {seconds / total:6.1%}")
    print(f"  {'all':<16} {1000 * total / count:7.1f} ms an article")


def main() -> None:
    """Parse arguments and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    measure(given.articles, given.rounds)


if __name__ == "__main__":
    main()
