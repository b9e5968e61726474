"""Memory does not follow the size of what is read (``benchmarks.memory`` takes 2 GB)."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.__main__ import articles
from benchmarks.memory import peak
from benchmarks.web import write_large


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_a_large_archive_takes_no_more_memory_than_a_small_one(suffix: str, tmp_path: Path) -> None:
    rows = list(articles(20))
    small, large = tmp_path / f"small{suffix}", tmp_path / f"large{suffix}"
    write_large(small, 5_000_000, rows, 40)
    write_large(large, 150_000_000, rows, 60)
    before, after = peak(small), peak(large)
    assert before[0] > 30
    assert after[0] == 60
    assert after[1] < before[1] + 25, "MiB"
