"""The terminal page: what it shows, with and without colour, and what it never lets through."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import (
    Actor,
    Analysis,
    Block,
    Damage,
    Edition,
    Event,
    Place,
    Quantity,
    Report,
    Source,
    Span,
    Statement,
    Vote,
    Voters,
)
from menurut.desk.disarm import disarm
from menurut.desk.terminal import Color, open_console, render

TEXT = (
    "Harbour talks stall\n\n"
    "The port union said on Monday that Northport had shipped about 40 engines to Eastvale, "
    "although Northport denied it. Its envoy told reporters that Eastvale fears a blockade. "
    "The two sides may meet in Lowhaven on 3 June.\n\n"
    "Officers broke up a march in Lowhaven."
)


def span(words: str, nth: int = 1) -> Span:
    """Where some words stand in ``TEXT``, for the nth time."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


REPORT = Report(id="harbour.txt", text=TEXT, byline="Ada Writer", publisher="The Harbour Post")
SENTENCES = tuple(
    span(words)
    for words in (
        "The port union said on Monday that Northport had shipped about 40 engines to Eastvale, "
        "although Northport denied it.",
        "Its envoy told reporters that Eastvale fears a blockade.",
        "The two sides may meet in Lowhaven on 3 June.",
        "Officers broke up a march in Lowhaven.",
    )
)
ANALYSIS = Analysis(
    id="harbour.txt",
    language="en",
    published_at="2024-05-28T09:30:00+07:00",
    place="Lowhaven",
    blocks=(Block("headline", span("Harbour talks stall")),),
    damage=(Damage(span("a blockade"), "cut loose"),),
    notes=("the date line is missing",),
    sentences=SENTENCES,
    actors=(
        Actor(id="a1", name="Port union", code="NTH LAB", kind="organization", mentions=()),
        Actor(
            id="a2",
            name="Northport",
            code="NTH GOV",
            kind="government",
            mentions=(span("Northport"),),
        ),
        Actor(id="a3", name="Eastvale", code="EAS GOV", kind="government", mentions=()),
        Actor(id="a4", name="Nia Envoy", kind="person", role="envoy", mentions=()),
    ),
    places=(Place(id="p1", span=span("Lowhaven"), name="Lowhaven", country="NTH"),),
    quantities=(
        Quantity(
            id="q1", span=span("about 40 engines"), low=40, high=40, approximate=True, of="engines"
        ),
    ),
    statements=(
        Statement(
            id="s1",
            source=Source((span("The port union"),), ("a1",)),
            cue=(span("said"),),
            content=(span("Northport had shipped about 40 engines to Eastvale"),),
            kind="accuse",
            quote="indirect",
        ),
        Statement(
            id="s2",
            source=Source((span("Northport", 2),), ("a2",)),
            cue=(span("denied"),),
            content=(span("it"),),
            kind="deny",
            quote="indirect",
        ),
        Statement(
            id="s3",
            source=Source((span("Its envoy"),), ("a4",)),
            cue=(span("told reporters"),),
            content=(span("Eastvale fears a blockade"),),
            kind="say",
            quote="indirect",
        ),
        Statement(
            id="s4",
            source=Source((span("Eastvale", 2),), ("a3",)),
            cue=(span("fears"),),
            content=(span("a blockade"),),
            kind="worry",
            quote="indirect",
            within="s3",
        ),
    ),
    events=(
        Event(
            id="e1",
            type="AID",
            trigger=(span("shipped"),),
            actors=("a2",),
            recipients=("a3",),
            quantities=("q1",),
            status="actual",
            according_to=("s1",),
            denied_by=("s2",),
        ),
        Event(
            id="e2",
            type="COERCE",
            mode="restrict",
            trigger=(span("blockade"),),
            recipients=("a3",),
            status="possible",
            according_to=("s4",),
        ),
        Event(
            id="e3",
            type="CONSULT",
            mode="meet",
            trigger=(span("meet"),),
            actors=("a2", "a3"),
            time="2024-06-03",
            place="p1",
            status="planned",
        ),
        Event(
            id="e4",
            type="COERCE",
            trigger=(span("broke up"),),
            mentions=((span("march"),),),
            status="denied",
        ),
    ),
)


def page(
    analysis: Analysis = ANALYSIS,
    report: Report = REPORT,
    *,
    width: int = 100,
    color: Color = "never",
    encoding: str = "utf-8",
) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    render(open_console(stream, color, width), report, analysis)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def entry(shown: str, id: str) -> str:
    """The lines of one statement or event, run together."""
    found = re.search(rf"^ *{id} .*?(?=\n\n|\Z)", shown, re.MULTILINE | re.DOTALL)
    assert found, f"{id} is not shown"
    return " ".join(found[0].split())


def test_the_head_tells_headline_byline_publisher_place_time_and_language() -> None:
    lines = page().splitlines()
    assert lines[0].startswith("harbour.txt ─")
    assert lines[1] == "Harbour talks stall"
    assert lines[2] == (
        "Ada Writer · The Harbour Post · Lowhaven"
        " · Tuesday, 28 May 2024, 09:30 (UTC+07:00) · English"
    )
    assert lines[3] == "4 statements · 4 events · 1 figure · 4 actors"
    assert "! the date line is missing" in lines
    assert "! damaged text (cut loose): “a blockade”" in lines


def test_a_report_without_headline_gets_none() -> None:
    lines = page(Analysis(id="x", language="en"), Report(id="x", text="Words.")).splitlines()
    assert lines[1] == "English"


def test_only_the_name_of_a_source_is_set_off() -> None:
    unnamed = msgspec.structs.replace(ANALYSIS, actors=())
    assert "\x1b[1mThe port union\x1b[0m · accusation" in page(unnamed, color="always")


def test_a_statement_shows_source_cue_and_content_in_its_sentence() -> None:
    shown = entry(page(), "s1")
    assert shown.startswith("s1 Port union [NTH LAB] · accusation · indirect ")
    assert (
        "‹The port union› _said_ on Monday that «Northport had shipped about 40 engines to "
        "Eastvale», although Northport denied it."
    ) in shown


def test_a_claim_and_its_denial_point_at_each_other() -> None:
    shown = page()
    assert "✗ denied by Northport (s2): “Northport denied it”" in entry(shown, "s1")
    assert "✗ denies Port union (s1)" in entry(shown, "s2")
    assert "according to Port union (s1) · ✗ denied by Northport (s2)" in entry(shown, "e1")


def test_a_sentence_shown_before_is_cut_to_the_words_of_the_statement() -> None:
    assert "… ‹Northport› _denied_ «it»." in entry(page(), "s2")


def test_a_nested_statement_is_indented_below_its_parent() -> None:
    lines = page().splitlines()
    outer = next(at for at, line in enumerate(lines) if line.startswith("s3 "))
    inner = next(at for at, line in enumerate(lines) if line.startswith("  s4 "))
    assert outer < inner


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("e1", "● actual AID Northport [NTH GOV] → Eastvale [EAS GOV]"),
        ("e2", "◌ possible COERCE/restrict nobody named → Eastvale [EAS GOV]"),
        ("e3", "◔ planned CONSULT/meet Northport [NTH GOV], Eastvale [EAS GOV]"),
        ("e4", "✗ denied COERCE nobody named"),
    ],
)
def test_an_event_shows_status_type_and_parties(id: str, expected: str) -> None:
    assert f"{id} {expected}" in entry(page(), id)


def test_an_event_shows_time_place_figures_and_teller() -> None:
    shown = page()
    assert "about 40 engines · according to Port union (s1)" in entry(shown, "e1")
    assert "according to Eastvale (s4), as told by Nia Envoy (s3)" in entry(shown, "e2")
    assert "3 June 2024 · Lowhaven (NTH) · according to the report itself" in entry(shown, "e3")
    assert "according to the report itself · told 1 more time" in entry(shown, "e4")


def test_an_event_shows_its_words_in_their_sentence() -> None:
    assert "Officers *broke up* a march in Lowhaven." in entry(page(), "e4")


@pytest.mark.parametrize("filler", ["word ", "word"])
def test_the_words_of_an_event_in_a_long_sentence_keep_their_neighbours(filler: str) -> None:
    text = f"{filler * 50}struck{f' {filler}'.rstrip() * 50}."
    start = text.index("struck")
    event = Event(id="e1", type="ASSAULT", trigger=((start, start + 6),), status="actual")
    analysis = Analysis(id="x", language="en", sentences=((0, len(text)),), events=(event,))
    shown = entry(page(analysis, Report(id="x", text=text)), "e1")
    assert re.search(r"… (word )*\*struck\*( word)* …$", shown)


def test_a_figure_stands_beside_who_gives_it() -> None:
    assert re.search(r"“about 40 engines” +about 40 engines +Port union \(s1\)", page())


def test_an_actor_stands_with_code_and_role() -> None:
    shown = page()
    assert re.search(r"^Northport +NTH GOV +government +×1$", shown, re.MULTILINE)
    assert re.search(r"^Nia Envoy +– +envoy +×0$", shown, re.MULTILINE)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked_or_ends_in_blanks(width: int) -> None:
    for line in page(width=width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_codes_are_not_broken_over_lines() -> None:
    for width in range(60, 100):
        for line in page(width=width).splitlines():
            assert line.count("[") == line.count("]"), line


def test_a_page_without_colour_has_no_escape_sequences_and_the_same_text() -> None:
    assert "\x1b" not in page(color="never")
    coloured = page(color="always")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == page(color="never")


def test_a_pipe_gets_no_colour_by_itself() -> None:
    assert "\x1b" not in page(color="auto")


def test_no_color_is_obeyed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")

    def shown() -> str:
        stream = io.StringIO()
        stream.isatty = lambda: True  # type: ignore[method-assign]
        render(open_console(stream, "auto", 100), REPORT, ANALYSIS)
        return stream.getvalue()

    colour = re.compile(r"\x1b\[(?:\d+;)*3[0-7]m")
    assert colour.search(shown())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour.search(shown())


def test_a_terminal_that_cannot_write_unicode_gets_plain_signs() -> None:
    shown = page(encoding="ascii")
    assert "<The port union> _said_ on Monday that [Northport had shipped" in shown
    assert "x denied by Northport (s2)" in shown
    assert "Northport [NTH GOV] -> Eastvale [EAS GOV]" in shown
    assert "?" not in entry(shown, "s1")


HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07[bold]Evil\x9b31m\u202e[/bold]\x1b]8;;http://x\x1b\\\x08\x00 source"
)


def test_escape_sequences_and_markup_of_a_report_are_shown_as_plain_words() -> None:
    text = f"{HOSTILE} said it rained.\n"
    said = text.index("said")
    hostile = Analysis(
        id=HOSTILE,
        language="en\x1b[31m",
        title=HOSTILE,
        sentences=((0, len(text)),),
        statements=(
            Statement(
                id="s1\x1b[0m",
                source=Source(((0, len(HOSTILE)),)),
                cue=((said, said + 4),),
                content=((said + 5, said + 14),),
                kind="say",
                quote="indirect",
            ),
        ),
    )
    shown = page(hostile, Report(id=HOSTILE, text=text), color="never")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "‹[bold]Evil[/bold] source› _said_ «it rained»." in shown


@given(st.text())
def test_disarmed_text_holds_no_control_characters(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", disarm(text))


@given(st.text(st.characters(exclude_categories=("C", "Z"))))
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert disarm(text) == text


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(1, 60)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(TEXT)))
)
many = st.lists(spans, max_size=3).map(tuple)
ids = st.sampled_from(["s0", "s1", "s2", "nowhere", None])


@given(st.lists(st.tuples(many, many, many, ids), max_size=3), many)
def test_any_spans_and_links_can_be_shown(
    parts: list[tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...], str | None]],
    trigger: tuple[Span, ...],
) -> None:
    statements = tuple(
        Statement(
            id=f"s{at}",
            source=Source(source),
            cue=cue,
            content=content,
            kind="say",
            quote="direct",
            within=within,
        )
        for at, (source, cue, content, within) in enumerate(parts)
    )
    event = Event(
        id="e1", type="AID", trigger=trigger, status="actual", according_to=("s0", "nowhere")
    )
    analysis = Analysis(
        id="x", language="en", sentences=SENTENCES, statements=statements, events=(event,)
    )
    shown = page(analysis)
    for statement in statements:
        assert re.search(rf"^ *{statement.id} ", shown, re.MULTILINE)


def test_an_empty_analysis_says_that_nothing_was_found() -> None:
    shown = page(Analysis(id="x", language="xx"), Report(id="x", text="Nothing here."))
    assert "No statement found." in shown
    assert "No event found." in shown


def test_labels_follow_the_interface_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    shown = page()
    assert "SIAPA MENGATAKAN APA" in shown
    assert "Selasa, 28 Mei 2024, 09.30 (UTC+07:00) · bahasa Inggris" in shown
    assert "menurut Eastvale (s4), dituturkan Nia Envoy (s3)" in entry(shown, "e2")


def test_an_embargo_is_told_with_its_end() -> None:
    edition = Edition(embargoed_until="2024-06-19T12:00:00+07:00")
    shown = page(Analysis(id="x", language="en", edition=edition), Report(id="x", text="Words."))
    assert "under embargo until Wednesday, 19 June 2024, 12:00 (UTC+07:00)" in shown


def test_a_vote_shows_who_voted_how_on_what_and_who_says_so() -> None:
    vote = Vote(
        id="v1",
        span=SENTENCES[2],
        draft=(span("about 40 engines"),),
        ayes=Voters(13, ()),
        noes=Voters(1, (ANALYSIS.actors[0].id,)),
        outcome="rejected",
        according_to=(ANALYSIS.statements[0].id,),
    )
    shown = page(msgspec.structs.replace(ANALYSIS, votes=(vote,)))
    part = shown[shown.index("VOTES") : shown.index("FIGURES")]
    assert "13 for, 1 against" in part
    assert "“about 40 engines”" in part
    assert f"({ANALYSIS.statements[0].id})" in part
    assert "VOTES" not in page(ANALYSIS)
