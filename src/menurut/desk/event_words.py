"""The types of events in words for a person."""

from __future__ import annotations

from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

TYPES = {
    "AGREE": N_("agreement"),
    "CONSULT": N_("meeting"),
    "SUPPORT": N_("support"),
    "CONCEDE": N_("concession"),
    "COOPERATE": N_("cooperation"),
    "AID": N_("aid"),
    "RETREAT": N_("retreat"),
    "REQUEST": N_("request"),
    "ACCUSE": N_("accusation"),
    "REJECT": N_("rejection"),
    "THREATEN": N_("threat"),
    "PROTEST": N_("protest"),
    "SANCTION": N_("sanction"),
    "MOBILIZE": N_("mobilisation"),
    "COERCE": N_("coercion"),
    "ASSAULT": N_("attack"),
}
"""PLOVER's sixteen types."""
