"""The label sets of the reader's heads, and where each lies in the model's ``tags`` output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from menurut.contract import EventType, NameLabel

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip

DEPRELS = (
    "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
    "ccomp", "clf", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:pass", "dep", "det",
    "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nmod:poss", "nmod:tmod", "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent",
    "obl:tmod", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip

FEATS = (
    "",
    "Mood=Imp|VerbForm=Fin",
    "Mood=Ind|Tense=Past|VerbForm=Fin",
    "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "Number=Plur",
    "Number=Plur|Person=1",
    "Number=Plur|Person=3",
    "Number=Sing",
    "Number=Sing|Person=1",
    "Number=Sing|Person=3",
    "Person=2",
    "Polarity=Neg",
    "Tense=Past|VerbForm=Part",
    "Tense=Past|VerbForm=Part|Voice=Pass",
    "Tense=Pres|VerbForm=Part",
    "VerbForm=Fin",
    "VerbForm=Ger",
    "VerbForm=Inf",
    "Voice=Act",
    "Voice=Pass",
)

NAME_LABELS: tuple[NameLabel, ...] = ("PER", "ORG", "LOC", "NAT", "MISC")
NAMES = ("O", *(f"{part}-{label}" for label in NAME_LABELS for part in "BI"))
CUES = ("O", "B", "I")
PARTS = ("source", "content")
ROLES = ("actor", "recipient")
PAIRS = (*PARTS, *ROLES)
"""What a word is tied to: a cue's first word to its parts, a trigger's first word to its roles."""
ENDS = ("inside", "end")
EVENTS: tuple[EventType | None, ...] = (None, *get_args(EventType))


@dataclass(frozen=True, slots=True)
class Field:
    """One head's stretch of the ``tags`` output."""

    start: int
    end: int


def _fields() -> dict[str, Field]:
    sizes = {
        "upos": len(UPOS),
        "feats": len(FEATS),
        "names": len(NAMES),
        "cue": len(CUES),
        "part": len(PARTS),
        "end": len(ENDS),
        "event": len(EVENTS),
    }
    fields, at = {}, 0
    for name, size in sizes.items():
        fields[name] = Field(at, at + size)
        at += size
    return fields


FIELDS = _fields()
TAGS_WIDTH = FIELDS["event"].end


def deprel(label: str) -> str:
    """A treebank's relation, cut to its universal part unless the subtype is one we keep."""
    return label if label in DEPRELS else label.partition(":")[0]


def feats(cell: str) -> str:
    """The features that the record uses, out of a treebank's FEATS cell; ``?`` if unlisted."""
    given = dict(pair.split("=", 1) for pair in cell.split("|") if "=" in pair)
    verbal = "VerbForm" in given or "Voice" in given
    keep = ("Mood", "Tense", "VerbForm", "Voice") if verbal else ("Number", "Person", "Polarity")
    kept = {key: given[key] for key in keep if key in given}
    if kept.get("Person") == "2":
        kept = {"Person": "2"}
    if given.get("Polarity") == "Neg":
        kept = {"Polarity": "Neg"}
    if kept.get("VerbForm") == "Fin" and kept.get("Mood") == "Imp":
        kept.pop("Tense", None)
    label = "|".join(f"{key}={value}" for key, value in kept.items())
    return label if label in FEATS else "?"
