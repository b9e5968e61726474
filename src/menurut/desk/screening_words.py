"""What a person has judged of a candidate of a screening, in the interface language."""

from __future__ import annotations

from menurut.desk.phrases import label
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

_VERDICTS = {
    "same": N_("judged to be the same"),
    "different": N_("judged to be somebody else"),
}


def verdict_words(verdict: str | None) -> str:
    """A verdict in words; None: nobody has judged."""
    return label(_VERDICTS, verdict) if verdict else _("not judged")
