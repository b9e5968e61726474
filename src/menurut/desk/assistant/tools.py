"""What an assistant can ask: the resources of the API, each with what to mind when using it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from menurut.desk.api.actors import WHO
from menurut.desk.api.comparison import COMPARE
from menurut.desk.api.counts import STATS
from menurut.desk.api.decoding import complaint
from menurut.desk.api.description import schema_of
from menurut.desk.api.incidents import INCIDENT, INCIDENTS, TIMELINE
from menurut.desk.api.obligations import OBLIGATIONS
from menurut.desk.api.reports import CITE
from menurut.desk.api.resource import Resource
from menurut.desk.api.searching import SEARCH
from menurut.desk.assistant import bearing, wording
from menurut.ledger.errors import LedgerError
from menurut.ledger.store import Ledger

INSTRUCTIONS = (
    "menurut keeps what news reports say: incidents, and each source's account of them. Say "
    "nothing of the reports but what these tools give. Cite exact words, in quotation marks, with "
    "who says them, the outlet, the date, the report's id and the offsets; confirm words with "
    "`cite` before you quote a part of them. Say who affirms and who denies: the ledger does not "
    "know what is true, and 'corroborated' means no more than that independent sources affirm it. "
    "What several outlets copy from one story is one source. Where nothing is found, say so. "
    + wording.QUOTED
)
_CITE = " Cite the exact words of the accounts, with speaker, outlet, date, report and offsets."


class Unasked(Exception):  # noqa: N818 (told to the assistant; no error of the program)
    """A call that cannot be answered, in a plain sentence."""


@dataclass(frozen=True)
class Tool:
    """A question for an assistant. ``wording``: the lines of an answer."""

    resource: Resource[Any]
    about: str
    wording: Callable[[Any], Iterable[str]]

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def asked(self) -> dict[str, Any]:
        """The JSON Schema of what may be asked."""
        return schema_of(self.resource.asked)

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON Schema of what is answered."""
        return schema_of(self.resource.answer)


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            SEARCH,
            "Find reports by their words, in any form, in English and Indonesian; the newest "
            "first. Start here where you have only a topic; then ask for the incidents named.",
            wording.hits,
        ),
        Tool(
            INCIDENTS,
            "List incidents, the newest known first: what happened, who is involved, and whether "
            "it is contested. Ask for `incident` before you say more than this list does.",
            wording.incidents,
        ),
        Tool(
            INCIDENT,
            "Everyone's account of one incident: who affirms, denies or doubts it, with which "
            "figures. Where there are more accounts than `limit`, ask for the rest before you say "
            "who was not heard." + _CITE,
            wording.shown,
        ),
        Tool(
            WHO,
            "What an actor did and met with, what it said, what it is accused of and has denied. "
            "What it is accused of is what others say." + _CITE,
            wording.dossier,
        ),
        Tool(
            TIMELINE,
            "List incidents in the order in which they happened, past and announced.",
            wording.incidents,
        ),
        Tool(
            COMPARE,
            "Compare two reports: what both tell, what one has alone, where they differ." + _CITE,
            wording.comparison,
        ),
        Tool(
            CITE,
            "The exact words of a report between two offsets; or, given `words`, the places where "
            "the report has them. Use it to check every quotation before you give it: words that "
            "it does not find must not be put in quotation marks.",
            wording.citations,
        ),
        Tool(
            OBLIGATIONS,
            "Measures of the Security Council, which incidents would bear on them if they happened "
            "as told, on whose word, who was not heard, and what the evidence lacks; the newest "
            "incidents first, a page of `limit` at a time. Say 'would bear on'; never that anybody "
            "broke a measure." + _CITE,
            bearing.obligations,
        ),
        Tool(
            STATS, "Count what the ledger holds: how much stands behind an answer.", wording.counts
        ),
    )
}


def call(ledger: Ledger, name: str, arguments: Mapping[str, Any]) -> tuple[Any, str]:
    """Answer a call, as plain data and in lines. Raises ``Unasked`` where it cannot be answered."""
    tool = TOOLS.get(name)
    if tool is None:
        raise Unasked(f"there is no tool {wording.named(name)}; there are {', '.join(TOOLS)}")
    try:
        asked = msgspec.convert(dict(arguments), tool.resource.asked)
        with tool.resource.of(ledger, asked) as snapshot:
            found = tool.resource.ask(snapshot, asked)
    except msgspec.ValidationError as error:
        parameter, reason = complaint(error)
        raise Unasked(f"{parameter}: {reason}" if parameter else reason) from None
    except LedgerError as error:
        raise Unasked(str(error)) from None
    lines = wording.told([*tool.wording(found), *wording.more(found)])
    return msgspec.to_builtins(found), lines
