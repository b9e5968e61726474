"""Why a record is what it is: rows, words and paths, of hand-made documents and of the samples."""

from __future__ import annotations

import re

import pytest

from menurut.contract import Explained, Explanation, Ground, Report
from menurut.pipeline import explain
from menurut.record.analyse import make_record
from menurut.record.events import rules as event_rules
from menurut.record.events.frames import frames
from menurut.record.grounds import explain_record, find_unread, happenings, polls, unread, values
from menurut.record.grounds.paths import path
from menurut.record.grounds.rows import rule, rules_of
from menurut.reports import samples
from menurut.tables import data_file, languages
from trees import tree

ATTACK = (
    "Russia PROPN 4 nsubj|may AUX 4 aux|not PART 4 advmod|attack VERB 0 root|Syria PROPN 4 obj|"
    "and CCONJ 7 cc|Iran PROPN 5 conj|. PUNCT 4 punct"
)


def explained(line: str, language: str = "en") -> list[Explained]:
    return [*explain_record(make_record(tree(language, line), None))]


def event(line: str, language: str = "en") -> dict[str, list[Ground]]:
    """The grounds of the only event, by field."""
    (found,) = (value for value in explained(line, language) if value.sort == "event")
    fields: dict[str, list[Ground]] = {}
    for ground in found.grounds:
        fields.setdefault(ground.field, []).append(ground)
    return fields


def test_an_event_names_its_row_and_the_paths_to_its_parties() -> None:
    fields = event(ATTACK)
    row = fields["type"][0].rules[0]
    assert (row.file, row.cells["type"]) == ("languages/en/predicates.tsv", "ASSAULT")
    assert fields["type"][0].words == ((15, 21),)
    (actors,) = fields["actors"]
    assert (actors.path, actors.rules[0].name) == ("attack -nsubj-> Russia", "subj")
    (recipients,) = fields["recipients"]
    assert recipients.path == "attack -obj-> Syria; attack -obj-> Syria -conj-> Iran"
    assert recipients.words == ((22, 27), (32, 36))


def test_the_status_names_every_word_that_set_it() -> None:
    signs = event(ATTACK)["status"]
    assert [sign.path for sign in signs] == ["attack -aux-> may", "attack -advmod-> not"]
    assert [sign.rules[0].cells["status"] for sign in signs] == ["possible", "denied"]
    assert all(sign.rules[0].file == "languages/en/status.tsv" for sign in signs)


def test_what_is_told_as_done_says_so() -> None:
    (status,) = event("Rusia PROPN 2 nsubj|menyerang VERB 0 root|Ukraina PROPN 2 obj", "id")[
        "status"
    ]
    assert status.value == "actual"
    assert status.rules[0].name == happenings.DONE


def test_an_actor_names_the_row_of_its_code() -> None:
    found = explained(ATTACK)
    russia = next(v for v in found if v.sort == "actor" and v.grounds[0].value == "RUS GOV")
    (row,) = russia.grounds[0].rules
    assert row.cells["name"] == "Russia"
    assert re.search(r"^RUS\t", line_of(str(row.file), row.line))


def line_of(file: str, number: int | None) -> str:
    return data_file(file).read_text("utf-8").splitlines()[(number or 0) - 1]


def test_paths_go_up_and_down_and_not_between_sentences() -> None:
    document = tree(
        "en",
        "Cuba PROPN 2 nsubj|accused VERB 0 root|and CCONJ 4 cc|denied VERB 2 conj",
        "Spain PROPN 0 root",
    )
    assert path(document, 3, 0) == "denied <-conj- accused -nsubj-> Cuba"
    assert path(document, 1, 1) == "accused"
    assert path(document, 1, 4) is None


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_predicate_is_found_by_its_origin_and_line(language: str) -> None:
    for frame in frames(language):
        row = rule(frame.origin, frame.line)
        assert row.line == frame.line
        assert row.cells["type"] == frame.type


@pytest.mark.parametrize(
    ("basis", "sort", "where"),
    [
        ("languages/en/reporting.tsv: accuse", "", "languages/en/reporting.tsv"),
        ("languages/en/times.toml: weekday", "time", "languages/en/times.toml"),
        ("world/leaders.tsv: Donald Trump", "", "world/leaders.tsv"),
        ("world/countries.tsv: Moscow", "", "world/countries.tsv"),
        ("world/plover.tsv: statement accuse", "", "world/plover.tsv"),
        ("geonames:1642911", "place", "world/gazetteer.tsv.gz"),
        ("countries:IDN", "place", "languages/en/countries.tsv"),
        ("regions:Darfur", "place", "world/regions.tsv"),
        ("in in", "place", "languages/en/places.tsv"),
        ("more: more than", "quantity", "languages/en/quantities.tsv"),
    ],
)
def test_a_basis_leads_to_its_row(basis: str, sort: str, where: str) -> None:
    (found,) = rules_of(basis, "en", sort)
    assert found.file == where
    assert found.line


def test_a_basis_that_no_table_has_stays_as_it_is() -> None:
    found = rules_of("not in the gazetteer; world/none.tsv: x; setting: USA", "en", "place")
    assert [r.name for r in found] == ["not in the gazetteer", "world/none.tsv: x", "setting: USA"]
    assert not any(r.file for r in found)
    assert rules_of(None, "en") == ()


def lacks(line: str, form: str, language: str = "en") -> list[tuple[str, str]]:
    """Why a word gave nothing: the reasons, and what was asked for."""
    document = tree(language, line)
    at = document.forms.index(form)
    record = make_record(document, None)
    found = find_unread(record, (), [document.span(at, at + 1)])
    return [(g.rules[-1].name, g.value) for u in found for g in u.grounds if g.field == "event"]


def test_why_nothing_was_read() -> None:
    opened = "Chad PROPN 2 nsubj|opened VERB 0 root|a DET 4 det|museum NOUN 2 obj"
    assert lacks(opened, "museum") == [(unread.NO_PREDICATE, "museum")]
    reasons = lacks(opened, "opened")
    assert {why for why, _ in reasons} == {event_rules.NO_COMPANION}
    assert any("embassy" in what for _, what in reasons)
    alone = "France PROPN 2 nsubj|recognised VERB 0 root|it PRON 2 obj"
    assert (event_rules.NO_RECIPIENT, "") in lacks(alone, "recognised")
    nobody = "Somebody PRON 2 nsubj|attacked VERB 0 root|something PRON 2 obj"
    assert (event_rules.NOBODY, "") in lacks(nobody, "attacked")
    modifier = "The DET 3 det|attack NOUN 3 compound|plan NOUN 4 nsubj|failed VERB 0 root"
    assert lacks(modifier, "attack") == [(event_rules.MODIFIES, "")]
    assert not lacks(ATTACK, "attack")


# --- the samples ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def explanations() -> list[tuple[Report, Explanation]]:
    return [(report, explain(report)[1]) for report in samples()]


def test_every_value_of_the_samples_has_grounds(
    explanations: list[tuple[Report, Explanation]],
) -> None:
    for report, explanation in explanations:
        analysis = explain(report)[0]
        rows = (*analysis.actors, *analysis.times, *analysis.places, *analysis.quantities)
        every = (*rows, *analysis.statements, *analysis.events, *analysis.votes)
        assert [value.id for value in explanation.explained] == [row.id for row in every]
        assert all(value.grounds for value in explanation.explained)


def test_every_table_that_the_samples_name_has_the_row(
    explanations: list[tuple[Report, Explanation]],
) -> None:
    for _, explanation in explanations:
        for value in explanation.explained:
            for ground in value.grounds:
                for row in ground.rules:
                    assert row.line or not re.match(r"(languages|world)/", row.name), row


def test_only_what_is_asked_for_is_explained() -> None:
    report = samples()[0]
    start = report.text.index("menuduh")
    _, explanation = explain(report, [(start, start + 7)])
    sorts = {value.sort for value in explanation.explained}
    assert {"statement", "event"} <= sorts
    for value in explanation.explained:
        spans = (*value.words, *(s for g in value.grounds for s in g.words))
        assert any(s < start + 7 and start < e for s, e in spans)


def test_the_rules_of_the_record_are_in_the_catalogues() -> None:
    from menurut.desk.ground_words import RULES

    modules = (event_rules, happenings, polls, unread, values)
    named = {
        sentence
        for module in modules
        for name, sentence in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(sentence, str)
    }
    assert named <= set(RULES)
