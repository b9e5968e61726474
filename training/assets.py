"""Writes the two files that no training changes: the vocabulary and the 4-bit word table.

python -m training.assets src/menurut/data/model
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.base import BaseModel


def write_assets(folder: Path) -> None:
    base = BaseModel()
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f"{p}\t{float(s):.5g}" for p, s in zip(base.pieces, base.scores, strict=True))
    (folder / "pieces.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "words.q4").write_bytes(base.word_blocks.tobytes())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write_assets(parser.parse_args().folder)
