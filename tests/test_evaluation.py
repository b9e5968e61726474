"""The measures themselves: what counts as found, as right, and as the same in two languages."""

from __future__ import annotations

from pathlib import Path

from evaluation.errors import faults
from evaluation.events import class_codes, event_codes
from evaluation.parallel import agreement
from evaluation.scores import Attribution, score_statements, statement_scores

from menurut.contract import Actor, Analysis, Spans
from menurut.reader.model import shipped_model

TEXT = 'Budi mengatakan panen gagal.\n"Kami menanam lagi," kata Siti.'


def at(*words: str) -> Spans:
    return tuple((TEXT.index(w), TEXT.index(w) + len(w)) for w in words)


INDIRECT = Attribution(at("Budi"), at("mengatakan"), at("panen gagal"))
DIRECT = Attribution(at("Siti"), at("kata"), at("Kami menanam lagi,"))


def test_quotations_are_counted_by_themselves() -> None:
    scores = statement_scores(score_statements(TEXT, [INDIRECT, DIRECT], [INDIRECT]))
    assert scores["quotations"].recall == 0
    assert scores["full"].recall == 50
    scores = statement_scores(score_statements(TEXT, [INDIRECT, DIRECT], [DIRECT]))
    assert scores["quotations"].recall == 100


def test_a_text_without_quotations_has_no_figure_for_them() -> None:
    assert "quotations" not in statement_scores(score_statements(TEXT, [INDIRECT], []))


def test_faults_tell_what_is_missed_what_is_wrong_and_what_is_not_there() -> None:
    wrong = Attribution(at("Siti"), INDIRECT.cue, INDIRECT.content)
    extra = Attribution((), (), at("Siti"))
    told = list(faults(TEXT, [INDIRECT, DIRECT], [wrong, extra]))
    assert [fault.partition(":")[0] for fault in told] == ["wrong source", "missed", "none there"]
    assert "- source «Budi»" in told[0]
    assert "+ source «Siti»" in told[0]


def test_two_languages_agree_by_what_each_line_tells(tmp_path: Path) -> None:
    english, indonesian = tmp_path / "x.en.txt", tmp_path / "x.id.txt"
    english.write_text("The minister said the harvest had failed.\nIt rained.\n", "utf-8")
    indonesian.write_text("Menteri itu mengatakan panen gagal.\nHujan turun.\n", "utf-8")
    assert agreement(shipped_model(), english, indonesian)["statements"].f1 == 100
    indonesian.write_text("Hujan turun.\nMenteri itu mengatakan panen gagal.\n", "utf-8")
    assert agreement(shipped_model(), english, indonesian)["statements"].f1 == 0


def test_a_body_counts_by_its_class_where_gold_names_no_other() -> None:
    body = Actor(id="a1", name="UN", code="IGO:UN", kind="organization", mentions=())
    state = Actor(id="a2", name="Chad", code="TCD GOV", kind="government", mentions=())
    analysis = Analysis(id="x", language="en", published_at=None, actors=(body, state))
    assert event_codes(analysis, ("a1", "a2")) == {"IGO:UN", "TCD"}
    assert class_codes(analysis, ("a1", "a2")) == {"IGO", "TCD"}
