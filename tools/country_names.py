"""Compares the names of countries with Unicode CLDR's: ``python tools/country_names.py``.

Prints, for each language's ``countries.tsv``, the countries whose name in CLDR (by Babel) the table
lacks, as ``language code name``; ``--add`` adds them to the table, behind the names of the press.
What no report writes is cut off (``Hong Kong SAR China``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

LANGUAGES = Path(__file__).resolve().parent.parent / "src" / "menurut" / "data" / "languages"
COUNTRIES = LANGUAGES.parent / "world" / "countries.tsv"
KOSOVO = {"XKX": "XK"}


def cells(path: Path) -> Iterator[list[str]]:
    """The rows of a table without its comments and its head."""
    rows = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    next(rows)
    return (row.split("\t") for row in rows)


def plain(name: str) -> str:
    """A name of CLDR as a report writes it: ``Myanmar (Burma)``, ``Congo - Kinshasa``."""
    for tail in (" SAR China", " DAK Tiongkok"):
        name = name.removesuffix(tail)
    return name.partition(" (")[0].replace(" - ", "-")


def cldr(language: str) -> dict[str, str]:
    """The name that CLDR gives each country of the table, by alpha-3 code."""
    territories = Locale.parse(language).territories
    codes = {code: KOSOVO.get(code, alpha2) for code, alpha2, *_ in cells(COUNTRIES)}
    return {code: plain(territories[a]) for code, a in codes.items() if a in territories}


def lacking(language: str) -> dict[str, str]:
    """The names of CLDR that a language's table lacks, whatever the column."""
    names = cldr(language)
    held = {
        row[0]: {folded(form) for cell in row[1:] for form in cell.split("|")}
        for row in cells(LANGUAGES / language / "countries.tsv")
    }
    return {c: n for c, n in names.items() if folded(n) not in held.get(c, set())}


def folded(name: str) -> str:
    """A name for comparing: curly apostrophes are straight ones, ``&`` is ``and``."""
    return name.replace("’", "'").replace(" & ", " and ").casefold()


def add(language: str, names: dict[str, str]) -> None:
    """Add names to a language's table."""
    path = LANGUAGES / language / "countries.tsv"
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        code, *rest = line.split("\t")
        if code in names and rest:
            rest[0] = f"{rest[0]}|{names[code]}"
            lines[number] = "\t".join([code, *rest])
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    found = {p.parent.name: p for p in sorted(LANGUAGES.glob("*/countries.tsv"))}
    missing = {language: lacking(language) for language in found}
    for language, names in missing.items():
        for code, name in names.items():
            print(language, code, name)
        if "--add" in sys.argv[1:]:
            add(language, names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
