"""Times ``menurut read --jsonl`` on one and on two cores, as whole processes.

python -m benchmarks [--articles 400] [--rounds 3]

The articles are made from the project's own stories, about 400 words each. Printed: articles
and words a second without and with the start-up, peak memory, and the time that the program takes
to start (``--help``) and to read its first short report; beside them how many words a second the
cores' bare int8 products would allow (``benchmarks.products``, where ``onnx`` is installed).
Machines are noisy: rounds alternate between the settings, the median is printed, and only ratios
within one run compare.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from training.markup import read_markup

from menurut.reader.pieces import Pieces
from menurut.reader.words import split_words
from menurut.tables import data_file

STORIES = Path(__file__).parent.parent / "training" / "data"
ARTICLE_WORDS = 400
COMMAND = [sys.executable, "-m", "menurut"]
SAMPLED = 0.25
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of wall time, and the peak memory of all its processes in MiB."""

    seconds: float
    peak: float


def articles(count: int) -> Iterator[dict[str, str]]:
    """Reports of about the wished length, stories joined in turn."""
    stories = [
        (path.name.split(".")[1], story.text)
        for path in sorted(STORIES.glob("attribution*.txt"))
        for story in read_markup(path)
    ]
    at = 0
    for number in range(count):
        language, text = stories[at % len(stories)]
        at += 1
        while len(text.split()) < ARTICLE_WORDS:
            text += "\n\n" + stories[at % len(stories)][1]
            at += 1
        yield {"id": str(number), "text": text, "language": language}


def run(arguments: list[str], cores: set[int], stdin: Path | None = None) -> Run:
    """Run the program on some cores and account for it."""
    source = stdin.open("rb") if stdin else subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=source,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(SAMPLED)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"menurut {' '.join(arguments)} failed: status {process.returncode}")
    return Run(seconds, peak)


def _memory(process: int) -> float:
    """MiB of a process and those it started; what they share is counted once."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        threads = [*Path(f"/proc/{process}/task").glob("*/children")]
        children = {int(child) for path in threads for child in path.read_text("ascii").split()}
    except OSError:  # it has ended
        return 0.0
    own = next((int(r.split()[1]) for r in rollup.splitlines() if r.startswith("Pss:")), 0)
    return own / 1024 + sum(map(_memory, children))


def product_rate(cores: set[int]) -> float | None:
    """Pieces a second of the model's bare products on some cores; None without ``onnx``."""
    if find_spec("onnx") is None:
        return None
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.products"],
        stdout=subprocess.PIPE,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    return float(process.stdout)


def pieces_a_word(rows: list[dict[str, str]]) -> float:
    """How many pieces the model reads for each word between blanks."""
    pieces = Pieces(Path(str(data_file("model"))) / "pieces.tsv")
    cut = sum(
        len(pieces.cut(row["text"][start:end], True))
        for row in rows
        for start, end in split_words(row["text"], 0, len(row["text"]), row["language"])
    )
    return cut / sum(len(row["text"].split()) for row in rows)


def measure(count: int, rounds: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    settings = [set(cores[:n]) for n in (1, 2) if n <= len(cores)]
    rows = list(articles(count))
    words = sum(len(row["text"].split()) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        full, first = Path(folder, "all.jsonl"), Path(folder, "first.jsonl")
        full.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        short = {"id": "0", "text": "Menteri mengatakan panen gagal.", "language": "id"}
        first.write_text(json.dumps(short) + "\n", "utf-8")
        helps = [run(["--help"], settings[0]).seconds for _ in range(rounds)]
        firsts: dict[int, list[Run]] = {}
        reads: dict[int, list[Run]] = {}
        bare: dict[int, list[float]] = {}
        for _ in range(rounds):
            for some in settings:
                firsts.setdefault(len(some), []).append(run(["read", "--jsonl"], some, first))
                reads.setdefault(len(some), []).append(run(["read", "--jsonl"], some, full))
                if rate := product_rate(some):
                    bare.setdefault(len(some), []).append(rate)
    pieces = pieces_a_word(rows)
    print(f"{count} articles, {words} words, {rounds} rounds, medians")
    print(f"menurut --help            {statistics.median(helps):.2f} s")
    for size, runs in reads.items():
        start = statistics.median(r.seconds for r in firsts[size])
        seconds = statistics.median(r.seconds for r in runs)
        net = seconds - start
        print(
            f"{size} core{'s' * (size > 1)}: first report {start:.2f} s; then"
            f" {count / net:.1f} articles/s, {words / net:.0f} words/s"
            f" (start-up included: {words / seconds:.0f});"
            f" peak {max(r.peak for r in runs):.0f} MiB"
        )
        if size in bare:
            allowed = statistics.median(bare[size]) / pieces
            share = 100 * words / net / allowed
            print(
                f"        bare int8 products: {allowed:.0f} words/s, of which {share:.0f} % is met"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    measure(given.articles, given.rounds)
