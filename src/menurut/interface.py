"""The language that menurut speaks to the person at the screen, whatever the reports are in.

``MENURUT_LANG`` chooses it, else the locale (``LC_ALL``, ``LC_MESSAGES``, ``LANG``); ``speaking``
chooses another for a while, as each reader of the desk does. English is written in the code; every
other language is a gettext catalogue under ``menurut/locale`` (``tools/catalogues.py`` makes them).
The language is looked up at each call, so a change of the environment is seen at once.
"""

from __future__ import annotations

import gettext as _gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"
_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_VARIABLES = ("MENURUT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@cache
def available() -> frozenset[str]:
    """The languages of the interface: English and each folder of catalogues."""
    return frozenset({"en", *(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/menurut.mo"))})


def language() -> str:
    """The language chosen here or by the environment; English where that one has no catalogue."""
    if (spoken := _chosen.get()) is not None:
        return spoken
    chosen = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    code = re.split(r"[_.@-]", chosen, maxsplit=1)[0].lower()
    return code if code in available() else "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak one of the ``available`` languages in this thread or task, and what it starts."""
    token = _chosen.set(code)
    try:
        yield
    finally:
        _chosen.reset(token)


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("menurut", LOCALES, [code], fallback=code == "en")


def gettext(message: str) -> str:
    """The message in the reader's language."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """``one`` or ``many`` by the number, in the reader's language."""
    return _catalogue(language()).ngettext(one, many, number)


def mark(message: str) -> str:
    """Marks a message of a table for the catalogue; ``gettext`` translates it where it is used."""
    return message


def translate_click() -> None:
    """Let click's own words (``Usage:``, ``Error:``) follow the same choice.

    click asks the process-wide gettext domain, which reads the language from ``LANGUAGE``.
    """
    os.environ["LANGUAGE"] = language()
    _gettext.bindtextdomain("click", str(LOCALES))
    _gettext.textdomain("click")
