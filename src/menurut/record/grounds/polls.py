"""The grounds of a vote: the words that set each of its parts, and the row of the table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache

from menurut.contract import Ground, Rule, Spans, Vote, Voters
from menurut.record.analyse import Record
from menurut.record.votes import Poll
from menurut.record.votes.sides import Cue
from menurut.tables import data_file

BODY = "a council or an assembly of states that is named there, or right in front of it"
RENEWED = "what the draft would have renewed lapses where it falls"
VETOED = "a veto stops it"
OF_EVENT = "the event whose trigger is the word of the veto"
OF_DAY = "the first date in its sentences"
TELLS = "the innermost statement in whose content most of it stands"
_SIDES = ("ayes", "noes", "abstentions")


def grounds_of_poll(record: Record, poll: Poll) -> Iterator[Ground]:
    """Everything that made a vote what it is."""
    vote, file = poll.vote, f"languages/{record.document.language}/votes.toml"
    if vote.body:
        yield Ground(field="body", value=vote.body, rules=(Rule(name=BODY),), words=poll.body)
    if vote.draft:
        phrase = _rule(file, "draft", _text(record, vote.draft))
        yield Ground(field="draft", value="", rules=(phrase,), words=vote.draft)
    if vote.renews:
        rules = (_rule(file, "renewal", _text(record, vote.draft)), Rule(name=RENEWED))
        yield Ground(field="renews", value="", rules=rules, words=vote.renews)
    for side in _SIDES:
        yield from _side(record, poll, side, getattr(vote, side), file)
    if vote.vetoed_by:
        yield from _named(record, poll, "veto", "vetoed_by", " ".join(vote.vetoed_by), file)
    if vote.outcome:
        row = Rule(name=VETOED)
        if vote.outcome != "vetoed":
            row = _rule(file, vote.outcome, _text(record, poll.outcome))
        yield Ground(field="outcome", value=vote.outcome, rules=(row,), words=poll.outcome)
    yield from _circumstances(record, vote)


def _side(record: Record, poll: Poll, side: str, voters: Voters, file: str) -> Iterator[Ground]:
    """How many voted so and who, with the words that say it."""
    if voters.count is None and not voters.actors:
        return
    count = "" if voters.count is None else str(voters.count)
    value = " ".join([*([count] if count else []), *voters.actors])
    yield from _named(record, poll, side, side, value, file)


def _named(
    record: Record, poll: Poll, side: str, field: str, value: str, file: str
) -> Iterator[Ground]:
    cues = [cue for cue in poll.draft.cues if cue.side == side]
    if not cues and side == "noes":
        cues = [cue for cue in poll.draft.cues if cue.side == "veto"]
    document = record.document
    spans = {document.span(cue.start, cue.end): None for cue in cues}
    voters = {id for cue in cues for id in cue.actors}
    for actor in record.actors:
        if actor.id in voters:
            inside = (m for m in actor.mentions if _within(m, poll.vote.span))
            spans |= dict.fromkeys(inside)
    rules = _distinct(_cue_rule(record, cue, file) for cue in cues)
    yield Ground(field=field, value=value, rules=rules, words=tuple(sorted(spans)))


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, each once; they cannot be hashed."""
    found: list[Rule] = []
    for one in rules:
        if one not in found:
            found.append(one)
    return tuple(found)


def _circumstances(record: Record, vote: Vote) -> Iterator[Ground]:
    event = next((event for event in record.events if event.id == vote.event), None)
    if vote.time:
        timed = event is not None and event.time == vote.time
        yield Ground(
            field="time", value=vote.time, rules=(Rule(name=OF_EVENT if timed else OF_DAY),)
        )
    if event is not None:
        words = event.trigger
        yield Ground(field="told_as", value=event.id, rules=(Rule(name=OF_EVENT),), words=words)
    for id in vote.according_to:
        yield Ground(field="according_to", value=id, rules=(Rule(name=TELLS),))


def _cue_rule(record: Record, cue: Cue, file: str) -> Rule:
    """The row of a cue: the longest phrase of its side that stands in its words, else the tally."""
    said = record.document.lower[cue.start : cue.end]
    found = _rule(file, cue.side, " ".join(said))
    return found if found.cells else _rule(file, "tally", "")


def _text(record: Record, spans: Spans) -> str:
    return " ".join(record.document.text[start:end] for start, end in spans).lower()


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _rule(file: str, key: str, said: str) -> Rule:
    """The line of a list in the table, with the longest of its phrases that the words hold."""
    line, phrases = _lists(file).get(key, (None, ()))
    held = [p for p in phrases if f" {p} " in f" {said} "]
    cells = {key: max(held, key=len)} if held else {}
    return Rule(name=f"{file}: {key}", file=file, line=line, cells=cells)


@cache
def _lists(file: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    """The lists of phrases of a table, each with its line."""
    text = data_file(file).read_text("utf-8")
    table = tomllib.loads(text)
    lists = {**table, **table["cues"], **table["outcome"]}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        lines.setdefault(line.partition(" = ")[0], number)
    return {
        key: (lines.get(key, 0), tuple(phrases))
        for key, phrases in lists.items()
        if isinstance(phrases, list) and all(isinstance(p, str) for p in phrases)
    }
