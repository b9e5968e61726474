"""The interface language, its catalogues, and the values of the contract in words."""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from menurut import interface
from menurut.contract import Quantity
from menurut.desk import phrases

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = sorted(interface.LOCALES.glob("*/LC_MESSAGES/*.po"))
FIELD = re.compile(r"\{\w*(?:!r)?\}")
VARIABLES = ("MENURUT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID"}, "id"),
        ({"LC_ALL": "id_ID.UTF-8", "MENURUT_LANG": "en"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "MENURUT_LANG": "id"}, "id"),
        ({"MENURUT_LANG": "", "LANG": "id"}, "id"),
        ({"MENURUT_LANG": "tlh"}, "en"),
        ({"MENURUT_LANG": "../.."}, "en"),
    ],
)
def test_the_environment_chooses_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert interface.language() == language


def test_the_catalogues_are_up_to_date_with_the_code() -> None:
    command = [sys.executable, str(ROOT / "tools" / "catalogues.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run tools/catalogues.py: {done.stdout}{done.stderr}"


def test_no_message_hides_in_an_f_string_where_the_extractor_cannot_see_it() -> None:
    hidden = re.compile(r"""\bf(["'])(?:(?!\1).)*\{(?:_|N_|ngettext)\(["']""")
    sources = (path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [found[0] for source in sources for found in hidden.finditer(source)] == []


EXTRACTED = {"LedgerError", "CursorError", "TooFarBackError", "TooMuchError"}
"""Their messages are translated where they are shown (``tools/catalogues.py`` finds them)."""


def bare_messages(source: str) -> Iterator[str]:
    """What a module says to a person, in an error or on the terminal, without ``gettext``."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        says = name in ("echo", "secho") or name.endswith(("Error", "Exception"))
        if not says or name in EXTRACTED or hasattr(builtins, name):
            continue
        for said in node.args:
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            words = "".join(str(p.value) for p in parts if isinstance(p, ast.Constant))
            if re.search(r"[a-z]{3,}", words.removeprefix("menurut: ")):
                yield ast.unparse(said)


@pytest.mark.parametrize("room", ["cli*.py", "desk/**/*.py", "export/**/*.py", "watching/**/*.py"])
def test_what_is_said_to_a_person_goes_through_the_catalogues(room: str) -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src" / "menurut").glob(room)]
    assert sources
    assert [said for source in sources for said in bare_messages(source)] == []


def test_messages_outside_the_catalogues_are_found() -> None:
    held = 'raise PlanError(f"{x}: no such feed")\nraise PlanError(_("no feed"))\necho(f"{x}: {y}")'
    assert list(bare_messages(held)) == ["f'{x}: no such feed'"]


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.name)
def test_every_message_is_translated_with_the_fields_of_the_original(path: Path) -> None:
    with path.open("rb") as stream:
        messages = [message for message in read_po(stream) if message.id]
    assert messages
    for message in messages:
        assert not message.fuzzy, message.id
        originals = message.id if isinstance(message.id, list | tuple) else [message.id]
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        allowed = {field for original in originals for field in FIELD.findall(original)}
        for string in strings:
            assert string, message.id
            assert set(FIELD.findall(string)) <= allowed, message.id
        if len(originals) == 1:
            assert set(FIELD.findall(strings[0])) == allowed, message.id


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        ("2024", "2024", "2024"),
        ("2024-03", "March 2024", "Maret 2024"),
        ("2024-03-05", "5 March 2024", "5 Maret 2024"),
        ("2024-03-05T14:30", "5 March 2024, 14:30", "5 Maret 2024, 14.30"),
        ("2024-03-05TNI", "5 March 2024, night", "5 Maret 2024, malam"),
        ("2024-W11", "week of 11 March 2024", "pekan 11 Maret 2024"),
        ("199X", "the 1990s", "1990-an"),
        ("199", "the 1990s", "1990-an"),
        ("2024-03-05/2024-03-07", "5-7 March 2024", "5-7 Maret 2024"),
        ("2024-03-30/2024-04-02", "30 March 2024 - 2 April 2024", "30 Maret 2024 - 2 April 2024"),
        ("2006/..", "since 2006", "sejak 2006"),
        ("../2006-01", "until January 2006", "sampai Januari 2006"),
        ("P1Y", "1 year", "1 tahun"),
        ("P24Y", "24 years", "24 tahun"),
        ("PT3H", "3 hours", "3 jam"),
        ("PXM", "some months", "beberapa bulan"),
        ("PAST_REF", "in the past", "di masa lalu"),
        ("2024-SU", "2024-SU", "2024-SU"),
        ("2024-02-31", "2024-02-31", "2024-02-31"),
        ("2024-99", "2024-99", "2024-99"),
        ("P3H", "P3H", "P3H"),
        ("a/b/c", "a/b/c", "a/b/c"),
    ],
)
def test_times_are_told_in_words(
    value: str, english: str, indonesian: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert phrases.time_words(value) == english
    monkeypatch.setenv("MENURUT_LANG", "id")
    assert phrases.time_words(value) == indonesian


@pytest.mark.parametrize(
    ("value", "english"),
    [
        ("2024-06-19T01:01:00+07:00", "Wednesday, 19 June 2024, 01:01 (UTC+07:00)"),
        ("2024-06-19T01:01:00Z", "Wednesday, 19 June 2024, 01:01 (UTC)"),
        ("2024-06-19T01:01", "Wednesday, 19 June 2024, 01:01"),
        ("2024-06-19", "Wednesday, 19 June 2024"),
        ("one day", "one day"),
    ],
)
def test_the_time_of_publication_is_told_in_words(value: str, english: str) -> None:
    assert phrases.moment_words(value) == english


@pytest.mark.parametrize(
    ("low", "high", "about", "english", "indonesian"),
    [
        (11000, None, False, "at least 11,000 tents", "paling sedikit 11.000 tents"),
        (None, 20, False, "at most 20 tents", "paling banyak 20 tents"),
        (50, 50, True, "about 50 tents", "sekitar 50 tents"),
        (7, 7, False, "7 tents", "7 tents"),
        (2.5, 2.5, False, "2.5 tents", "2,5 tents"),
        (3, 5, True, "about 3 to 5 tents", "sekitar 3 sampai 5 tents"),
        (0, None, False, "at least 0 tents", "paling sedikit 0 tents"),
        (None, None, False, "tents", "tents"),
    ],
)
def test_figures_are_told_in_words(
    low: float | None,
    high: float | None,
    about: bool,
    english: str,
    indonesian: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figure = Quantity(id="q", span=(0, 1), low=low, high=high, approximate=about, of="tents")
    assert phrases.quantity_words(figure) == english
    monkeypatch.setenv("MENURUT_LANG", "id")
    assert phrases.quantity_words(figure) == indonesian
