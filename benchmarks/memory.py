"""Peak memory of reading a large WARC, whose size it must not follow.

python -m benchmarks.memory [--gigabytes 2] [--pages 2000] [--packed]

An archive is made of so many pages and of pictures that fill it. Its reports are taken in a process
of their own (``read_source``), next to those of an archive of 20 MB; then one of a tenth of the
size, with ``--read`` pages, is read whole (``menurut read``). Printed: the peak of resident memory
(VmHWM; in the last case that of all processes together), and seconds.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import articles, run
from benchmarks.web import write_large

_PEAK = (
    "import re, sys\nfrom pathlib import Path\nfrom menurut.contract import Report\n"
    "from menurut.reports import read_source\n"
    "n = sum(isinstance(item, Report) for name in sys.argv[1:] for item in read_source(name))\n"
    "print(n, re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
)


def peak(*names: Path) -> tuple[int, float, float]:
    """Reports of files, peak memory in MiB and seconds of a process that takes them all."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _PEAK, *map(str, names)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.match(r"(\d+) (\d+)", told)
    assert found
    return int(found[1]), int(found[2]) / 1024, time.perf_counter() - began


def main() -> None:
    """Parse arguments and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.memory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--read", type=int, default=200, help="pages for the whole reader")
    parser.add_argument("--packed", action="store_true", help="an archive packed with gzip")
    given = parser.parse_args()
    size = int(given.gigabytes * 1e9)
    rows = list(articles(200))
    with tempfile.TemporaryDirectory() as name:
        suffix = ".warc.gz" if given.packed else ".warc"
        small, large = Path(name, f"small{suffix}"), Path(name, f"large{suffix}")
        write_large(small, 20_000_000, rows, 200)
        write_large(large, size, rows, given.pages)
        for path in (small, large):
            reports, memory, seconds = peak(path)
            print(
                f"{path.stat().st_size / 1e6:8,.0f} MB: {reports:6,} reports,"
                f" peak {memory:5.0f} MiB, {seconds:6.1f} s",
                flush=True,
            )
        large.unlink()
        write_large(large, size // 10, rows, given.read)
        import os

        one = run(["read", str(large), "--jsonl"], set(sorted(os.sched_getaffinity(0))[:2]))
        print(
            f"{large.stat().st_size / 1e6:8,.0f} MB read on two cores: peak {one.peak:5.0f} MiB"
            f" of all processes, {one.seconds:6.1f} s"
        )


if __name__ == "__main__":
    main()
