"""Makes the interface's catalogues from the code and the templates: ``python tools/catalogues.py``.

Writes ``menurut.pot``, brings each language's ``menurut.po`` up to date with it, and compiles
every ``.po`` (``click.po``, click's own words, is kept by hand). ``--check`` writes nothing and
exits with 1 if a file holds other messages than it should (headers and layout differ between
versions of Babel and do not count).
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "menurut"
LOCALES = PACKAGE / "locale"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "LedgerError": None,
    "CursorError": None,
    "TooMuchError": None,
    "TooFarBackError": None,
}
"""The functions whose first argument is a message; what the ledger complains of is one."""


def template() -> Catalog:
    """The messages of the code, in the order of the files that hold them."""
    catalog = Catalog(project="menurut", charset="utf-8")
    found = extract_from_dir(str(PACKAGE), METHODS, keywords=KEYWORDS)
    for path, _line, message, comments, context in sorted(found, key=lambda hit: hit[:2]):
        catalog.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3])


def po_bytes(catalog: Catalog, *, header: bool = True) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, omit_header=not header)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def made() -> dict[Path, bytes]:
    """Every file that is made, with what it must hold."""
    pot = template()
    files = {LOCALES / "menurut.pot": po_bytes(pot, header=False)}
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        catalog = read(path)
        if path.stem == "menurut":
            pot.creation_date = catalog.creation_date
            catalog.update(pot, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            files[path] = po_bytes(catalog)
        files[path.with_suffix(".mo")] = mo_bytes(catalog)
    return files


def messages(held: bytes, suffix: str) -> list[tuple[str, str, str]]:
    """What a catalogue says: each message, its translation and, in text, the files it is in."""
    catalog = read_mo(BytesIO(held)) if suffix == ".mo" else read_po(BytesIO(held))
    found = [m for m in catalog if m.id]
    return sorted((str(m.id), str(m.string), str([f for f, _ in m.locations])) for m in found)


def stale(path: Path, held: bytes) -> bool:
    if not path.exists():
        return True
    return messages(path.read_bytes(), path.suffix) != messages(held, path.suffix)


def main() -> int:
    check = "--check" in sys.argv[1:]
    changed = {path: held for path, held in made().items() if stale(path, held)}
    for path, held in changed.items():
        print(path.relative_to(PACKAGE))
        if not check:
            path.write_bytes(held)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
