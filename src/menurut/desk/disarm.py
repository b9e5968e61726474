"""Makes the text of a report safe to print at a terminal.

What comes from a report is hostile until shown harmless: no escape sequence, control character
or override of the writing direction may reach the screen.
"""

from __future__ import annotations

import re

TIE = "\ufdd1"
"""A code point that no text may use: a blank that must not break, until the lines are made."""

_GONE = "\ufdd0"  # another such code point: holds a removed character's place
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC and other strings: titles, links
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_CONTROLS = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069{TIE}]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def disarm(text: str) -> str:
    """The text on one line, with nothing in it that a terminal obeys."""
    return shown(shield(text)).strip()


def harmless(text: str) -> str:
    """The text with its lines, and nothing in it that hides, or bends the direction of writing."""
    return shield(text).replace(_GONE, "")


def shield(text: str) -> str:
    """The text with all that is dangerous replaced, its length and offsets unchanged."""
    text = _ESCAPES.sub(lambda found: _GONE * len(found[0]), text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(_GONE, text))


def shown(piece: str) -> str:
    """A piece of a shielded text as it is printed: on one line, its blanks single."""
    return _BLANKS.sub(" ", piece.replace(_GONE, ""))
