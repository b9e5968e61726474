"""What it costs to look for copies at intake, as a stream grows to a million reports.

python -m benchmarks.copies [--reports 1000000] [--words 120]

Every tenth report is a copy of one of the last ten thousand, half of them in the same words, half
with every fiftieth word another. Printed at each size: microseconds of processor time a report
over the last tenth, resident memory, and how many of the copies were found and how many others
were taken for one. Then the same texts with ``datasketch`` (MinHash of as many permutations, and
its LSH), where it is installed, on fewer reports.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NamedTuple

from menurut.contract import Report
from menurut.reports.copies import Window
from menurut.reports.prints import words

_VOCABULARY = tuple(f"kata{n}" for n in range(20_000))
_NEAR, _EVERY, _BACK = 50, 10, 10_000


class Given(NamedTuple):
    """A report; ``of``: the number of the report that it copies."""

    report: Report
    of: int | None


def text(number: int, length: int) -> str:
    """The text of an original."""
    return " ".join(Random(number).choices(_VOCABULARY, k=length))


def stream(count: int, length: int) -> Iterator[Given]:
    """Originals and copies of them."""
    chance = Random(0)
    for number in range(1, count + 1):
        of = chance.randrange(max(1, number - _BACK), number + 1)
        if number % _EVERY or of % _EVERY == 0 or of == number:
            yield Given(Report(id=str(number), text=text(number, length)), None)
            continue
        held = text(of, length).split()
        if chance.random() < 0.5:
            held[::_NEAR] = ["lain"] * len(held[::_NEAR])
        yield Given(Report(id=str(number), text=" ".join(held)), of)


def resident() -> float:
    """MiB of this process that lie in memory."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def measure(count: int, length: int) -> None:
    """Print the cost at each tenth."""
    window = Window()
    spent, planted, found, wrong = 0.0, 0, 0, 0
    tenth = max(1, count // 10)
    for number, given in enumerate(stream(count, length), 1):
        began = time.process_time()
        copy = window.see(given.report, number)
        spent += time.process_time() - began
        planted += given.of is not None
        found += copy is not None and given.of is not None
        wrong += copy is not None and given.of is None
        if number % tenth == 0:
            print(
                f"{number:>10,} reports: {1e6 * spent / tenth:6.0f} µs a report,"
                f" {resident():5.0f} MiB; {found:,} of {planted:,} copies, {wrong:,} others",
                flush=True,
            )
            spent = 0.0


def measure_datasketch(count: int, length: int) -> None:
    """Print what the library takes for the same."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(num_perm=64, params=(16, 4))
    before, spent = resident(), 0.0
    for given in stream(count, length):
        began = time.process_time()
        held = words(given.report.text)
        sketch = MinHash(num_perm=64)
        sketch.update_batch([" ".join(held[i : i + 5]).encode() for i in range(len(held) - 4)])
        lsh.query(sketch)
        lsh.insert(given.report.id, sketch, check_duplication=False)
        spent += time.process_time() - began
    print(
        f"datasketch: {count:,} reports: {1e6 * spent / count:.0f} µs a report,"
        f" {(resident() - before) * 1024 / count:.1f} KiB each"
    )


def main() -> None:
    """Parse arguments and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.copies",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=120)
    given = parser.parse_args()
    measure(given.reports, given.words)
    if find_spec("datasketch"):
        measure_datasketch(min(given.reports, 20_000), given.words)


if __name__ == "__main__":
    main()
