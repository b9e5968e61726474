"""The word table gives back what its blocks hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from menurut.reader.word_table import WordTable


def test_rows_are_read_from_their_blocks(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    codes = chance.integers(0, 16, size=(5, 2, 32))
    scales = np.array([[0.5, 2.0]] * 5, dtype=np.float16)
    blocks = np.zeros((5, 2, 18), dtype=np.uint8)
    blocks[..., :2] = scales[..., None].view(np.uint8)
    blocks[..., 2:] = codes[..., :16] | codes[..., 16:] << 4
    path = tmp_path / "words.q4"
    path.write_bytes(blocks.tobytes())
    expected = ((codes - 8) * scales[..., None].astype(np.float32)).reshape(5, 64)
    found = WordTable(path, 64).vectors(np.array([[4, 0], [4, 2]], dtype=np.int32))
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected[[[4, 0], [4, 2]]])
