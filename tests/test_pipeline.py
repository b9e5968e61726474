"""Reports in, analyses out: in order, whole, and by the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import menurut
from menurut.contract import Analysis, Edition, Failure, Report, Span, schema
from menurut.engines.local import BATCH_REPORTS, read_reports
from menurut.pipeline import CORRECTION, DAY_TOLD, NO_DATE, WITHDRAWN, prepare
from menurut.reports import samples
from menurut.reports.errors import ReportError


@pytest.fixture(scope="module")
def read() -> list[tuple[Report, Analysis]]:
    reports = samples()
    found = []
    for report, analysis in zip(reports, read_reports(reports), strict=True):
        assert isinstance(analysis, Analysis), analysis
        found.append((report, analysis))
    return found


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({**schema(), "$ref": f"#/$defs/{name}"})


def test_real_output_holds_to_the_schema(read: list[tuple[Report, Analysis]]) -> None:
    for report, analysis in read:
        validator("Report").validate(json.loads(msgspec.json.encode(report)))
        validator("Analysis").validate(json.loads(msgspec.json.encode(analysis)))


def all_spans(analysis: Analysis) -> Iterator[Span]:
    for row in (*analysis.blocks, *analysis.damage, *analysis.names, *analysis.times):
        yield row.span
    for row in (*analysis.places, *analysis.quantities):
        yield row.span
    yield from analysis.sentences
    for actor in analysis.actors:
        yield from actor.mentions
    for statement in analysis.statements:
        yield from (*statement.source.spans, *statement.cue, *statement.content)
    for event in analysis.events:
        yield from event.trigger
        for mention in event.mentions:
            yield from mention


def test_every_span_holds_words_of_the_report(read: list[tuple[Report, Analysis]]) -> None:
    for report, analysis in read:
        for start, end in all_spans(analysis):
            assert 0 <= start < end <= len(report.text)
            assert report.text[start:end] == report.text[start:end].strip()


def test_every_id_that_is_named_exists(read: list[tuple[Report, Analysis]]) -> None:
    for _, analysis in read:
        actors = {a.id for a in analysis.actors}
        statements = {s.id for s in analysis.statements}
        assert len(actors) == len(analysis.actors)
        for s in analysis.statements:
            assert set(s.source.actors) <= actors
            assert s.within is None or (s.within in statements and s.within != s.id)
        for e in analysis.events:
            assert set(e.actors) | set(e.recipients) <= actors
            assert set(e.according_to) | set(e.denied_by) <= statements
            assert e.place is None or e.place in {p.id for p in analysis.places}
            assert set(e.quantities) <= {q.id for q in analysis.quantities}


def test_samples_give_statements_events_and_a_denial(
    read: list[tuple[Report, Analysis]],
) -> None:
    for _, analysis in read:
        assert analysis.published_at
        assert analysis.byline
        assert len(analysis.statements) >= 5
        assert len(analysis.events) >= 3
    kinds = {s.kind for _, analysis in read for s in analysis.statements}
    assert {"say", "deny"} <= kinds
    quotes = {s.quote for _, analysis in read for s in analysis.statements}
    assert quotes == {"direct", "indirect", "mixed"}


def test_furniture_is_no_sentence(read: list[tuple[Report, Analysis]]) -> None:
    for _, analysis in read:
        furniture = [b.span for b in analysis.blocks if b.kind != "body"]
        for s, e in analysis.sentences:
            assert not any(a < e and s < b for a, b in furniture)


def test_order_is_kept_and_failures_stand_in_their_place() -> None:
    text = "Menteri itu mengatakan panen gagal di seluruh negeri tahun ini."
    rows = [
        Report(id="one", text=text),
        Failure("two", "broken"),
        Report(id="three", text="Der Minister sagte am Montag, die Ernte sei ausgefallen."),
        Report(id="four", text=text, language="id"),
    ]
    found = list(read_reports(rows))
    assert [row.id for row in found] == ["one", "two", "three", "four"]
    assert [isinstance(row, Failure) for row in found] == [False, True, True, False]
    assert "language" in found[2].error if isinstance(found[2], Failure) else False


def test_order_is_kept_over_many_batches() -> None:
    text = "Menteri itu mengatakan panen gagal."
    rows = [
        Failure(str(n), "broken") if n % 7 == 3 else Report(id=str(n), text=text, language="id")
        for n in range(5 * BATCH_REPORTS + 1)
    ]
    found = list(read_reports(iter(rows)))
    assert [row.id for row in found] == [row.id for row in rows]
    assert [isinstance(row, Failure) for row in found] == [n % 7 == 3 for n in range(len(rows))]


def test_the_language_given_goes_before_the_language_seen() -> None:
    sheet = prepare(Report(id="x", text="The minister said nothing at all.", language="id-ID"))
    assert sheet.language == "id"


def test_one_report_read_alone_is_read_as_in_a_batch() -> None:
    report = samples()[0]
    (batched,) = (a for a in read_reports(samples()) if a.id == report.id)
    assert menurut.read(report.text, id=report.id) == batched


def test_without_a_date_times_stay_relative_and_the_analysis_says_so() -> None:
    analysis = menurut.read(
        "Menteri itu tiba di Jakarta pada hari Senin dan pulang kemarin.", language="id"
    )
    assert analysis.notes == (NO_DATE,)
    assert analysis.times
    assert not any(time.value[:4].isdigit() for time in analysis.times)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Menteri itu tiba di Surabaya, Rabu (12/11/2025), dan pulang kemarin.", "2025-11-12"),
        ("Kapal itu terlihat pada Jumat pagi, 25 Oktober 2024, kata polisi.", "2024-10-25"),
        ("Kapal itu terlihat pada Jumat (25/10/2024), katanya, Sabtu (26/10/2024).", "2024-10-26"),
    ],
)
def test_a_report_without_a_date_is_of_the_last_day_that_it_dates(opening: str, day: str) -> None:
    analysis = menurut.read(f"{opening}\n\nKereta itu dibuka pada 12 Mei 1998.", language="id")
    assert analysis.published_at == day
    assert analysis.notes == (DAY_TOLD,)


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        ("", None, "no text"),
        ("   \n ", None, "no text"),
        ("Der Minister sagte am Montag, die Ernte sei ausgefallen.", None, "language"),
        ("Menteri itu mengatakan panen gagal.", "de", "language"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, language: str | None, message: str) -> None:
    with pytest.raises(ReportError, match=message):
        menurut.read(text, language=language)


def test_analyses_are_immutable(read: list[tuple[Report, Analysis]]) -> None:
    _, analysis = read[0]
    with pytest.raises(AttributeError):
        analysis.id = "other"  # type: ignore[misc]


def test_the_public_names_are_there_and_no_others() -> None:
    assert all(getattr(menurut, name) for name in menurut.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = menurut.nothing_of_the_kind


def test_a_month_is_nobody() -> None:
    text = "Under the agreement of May 20, Sudan and Chad promised to stop fighting."
    analysis = menurut.read(text, published_at="2023-05-31")
    assert "May" not in {text[s:e] for s, e in (name.span for name in analysis.names)}
    assert {actor.code for actor in analysis.actors} == {"SDN GOV", "TCD GOV"}


NEWSLIKE = st.lists(
    st.sampled_from(
        [
            "Kremlin",
            "mengatakan",
            "bahwa",
            "“",
            "”",
            '"',
            ",",
            ".",
            "?",
            ":",
            "(",
            ")",
            "Putin",
            "menolak",
            "usul",
            "19-20",
            "Juni",
            "2024",
            "Rp2,3",
            "triliun",
            "PBB",
            "dan",
            "kata",
            "nya",
            "the",
            "army",
            "said",
            "it",
            "would",
            "not",
            "attack",
            "38",
            "North",
            "11,000",
            "of",
            "Kyiv",
            "-",
            "—",
            "’s",
            "\n",
            "\n\n",
        ]
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=150)
@given(st.one_of(NEWSLIKE, st.text(max_size=200)), st.sampled_from(["id", "en"]))
def test_any_text_is_read_or_refused(text: str, language: str) -> None:
    try:
        analysis = menurut.read(text, language=language, published_at="2024-06-19")
    except ReportError:
        assert not text.strip()
        return
    msgspec.json.encode(analysis)
    for start, end in all_spans(analysis):
        assert 0 <= start < end <= len(text)


def test_a_kill_is_passed_on_unread_and_an_edition_is_kept() -> None:
    kill = Edition(story="urn:1", status="canceled", note="Wrong country")
    correction = Edition(notice="correction", embargoed_until="2024-06-19T12:00:00+07:00")
    text = "The minister said on Monday that the harvest had failed."
    killed, read = read_reports(
        [
            Report(id="urn:1#2", text="", edition=kill),
            Report(id="b", text=text, published_at="2024-06-19", edition=correction),
        ]
    )
    assert isinstance(killed, Analysis)
    assert (killed.edition, killed.notes, killed.sentences) == (kill, (WITHDRAWN,), ())
    assert isinstance(read, Analysis)
    assert (read.edition, read.notes) == (correction, (CORRECTION,))
