"""Measures all development figures and writes them into the table of ``docs/figures.md``.

python tools/figures.py CORPORA
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation.__main__ import SETS, Figure, run

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "figures.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)


def row(figure: Figure) -> str:
    """A figure as a row of the table."""
    name = " ".join(figure.set.split())
    return f"| {name} | {figure.measure} | {figure.value:.1f} | {figure.detail} |"


def main() -> None:
    """Measure, and write."""
    head = ["| set | measure | F1 or accuracy | P / R |", "| --- | --- | --- | --- |"]
    rows = [row(figure) for figure in run(list(SETS), Path(sys.argv[1]))]
    table = "\n".join([*head, *rows]) + "\n"
    PAGE.write_text(_TABLE.sub(lambda _: table, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
