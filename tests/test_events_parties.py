"""Whom a predicate reaches on crooked trees, down its clauses, and on its own soil."""

from __future__ import annotations

from menurut.contract import Event, Place
from menurut.pipeline import read
from menurut.reader.document import Document
from trees import Named, find_events, statement, tree

CODES = {
    "syria": "SYR GOV",
    "hamas": "PSE REB",
    "fatah": "PSE PTY",
    "police": "KEN COP",
    "students": "KEN EDU",
    "kenya": "KEN GOV",
    "parliament": "KEN LEG",
    "court": "",
    "man": "",
    "minister": "MNE GOV",
}


def events(document: Document, *places: Place) -> list[Event]:
    return list(find_events(document, Named(document, CODES), (), (), places, ())[0])


def test_a_subject_before_its_clauses_marker_is_the_object_above() -> None:
    document = tree(
        "en",
        "Fatah PROPN 2 nsubj|accused VERB 0 root|Hamas PROPN 5 nsubj|of SCONJ 5 mark|"
        "lying VERB 2 advcl VerbForm=Ger",
    )
    accused = next(e for e in events(document) if e.type == "ACCUSE")
    assert (accused.actors, accused.recipients) == (("fatah",), ("hamas",))


def test_a_man_accused_of_spying_for_a_state_is_not_that_state() -> None:
    document = tree(
        "en",
        "Police NOUN 2 nsubj|saw VERB 0 root|a DET 4 det|man NOUN 6 nsubj:pass|was AUX 6 aux:pass|"
        "accused VERB 2 ccomp Voice=Pass|of SCONJ 8 mark|spying VERB 6 advcl VerbForm=Ger|"
        "for ADP 10 case|Syria PROPN 8 obl",
    )
    act = statement(document, "s1", "accuse", (), "accused", "spying for Syria")
    found, _ = find_events(document, Named(document, CODES), (act,), (), (), ())
    assert all("syria" not in e.recipients for e in found if e.type == "ACCUSE")


def test_tens_of_thousands_of_people_are_these_people() -> None:
    document = tree(
        "en",
        "Tens NUM 6 nsubj|of ADP 5 case|thousands NOUN 1 nmod|of ADP 5 case|students NOUN 3 nmod|"
        "protested VERB 0 root",
    )
    assert events(document)[0].actors == ("students",)


def test_a_finite_verb_that_is_joined_to_a_noun_goes_on_from_its_verb() -> None:
    document = tree(
        "en",
        "The DET 2 det|minister NOUN 4 nsubj:pass|was AUX 4 aux:pass|"
        "indicted VERB 0 root Voice=Pass|over ADP 7 case|the DET 7 det|fight NOUN 4 obl|"
        "and CCONJ 10 cc|will AUX 10 aux|"
        "resign VERB 7 conj VerbForm=Inf",
    )
    left = next(e for e in events(document) if e.type == "RETREAT")
    assert (left.actors, left.status) == (("minister",), "planned")


def test_whom_a_government_rules_is_told_by_where() -> None:
    document = tree(
        "en",
        "Kenya PROPN 2 nsubj|lifted VERB 0 root|the DET 4 det|emergency NOUN 2 obj|in ADP 6 case|"
        "Mombasa PROPN 2 obl",
    )
    own = Place(id="p1", span=document.span(5, 6), name="Mombasa", country="KEN")
    kenya = Named(document, {"kenya": "KEN GOV"})
    found, added = find_events(document, kenya, (), (), (own,), ())
    assert [a.code for a in added] == ["KEN"]
    assert found[0].recipients == (added[0].id,)


def test_a_protest_reaches_an_organ_of_its_own_state() -> None:
    document = tree(
        "en",
        "Students NOUN 2 nsubj|protested VERB 0 root|outside ADP 4 case|Parliament PROPN 2 obl",
    )
    assert events(document)[0].recipients == ("parliament",)


def test_a_protest_in_a_capital_does_not_reach_its_government_for_that() -> None:
    document = tree(
        "en",
        "Students NOUN 2 nsubj|protested VERB 0 root|across ADP 4 case|Kenya PROPN 2 obl",
    )
    assert events(document)[0].recipients == ()


def test_people_are_killed_by_no_one_where_a_train_burns() -> None:
    line = (
        "Ten NUM 2 nummod|students NOUN 4 nsubj:pass|were AUX 4 aux:pass|"
        "killed VERB 0 root Voice=Pass|when ADV 8 advmod|a DET 7 det|{} NOUN 8 nsubj|"
        "burned VERB 4 advcl"
    )
    assert not events(tree("en", line.format("train")))
    assert events(tree("en", line.format("barracks")))


def test_a_noun_of_the_predicate_names_its_party() -> None:
    document = tree(
        "en",
        "Kenya PROPN 2 compound|force NOUN 4 nsubj:pass|was AUX 4 aux:pass|"
        "deployed VERB 0 root Voice=Pass|in ADP 6 case|Syria PROPN 4 obl",
    )
    assert events(document)[0].actors == ("kenya",)


def test_who_leans_to_a_country_is_not_its_own() -> None:
    found = read(
        "The pro-Iranian militia fired rockets at the Israeli port of Haifa.", language="en"
    )
    attacked = next(e for e in found.events if e.type == "ASSAULT")
    codes = {a.id: a.code for a in found.actors}
    assert "IRN GOV" not in {codes[i] for i in attacked.actors}


def test_soldiers_who_fall_are_struck_and_fishermen_are_not() -> None:
    def types(text: str) -> list[str]:
        return [event.type for event in read(text, language="id").events]

    assert types("Tiga prajurit Prancis tewas di Mali pada Selasa.") == ["ASSAULT"]
    assert types("Tiga nelayan Prancis tewas di laut pada Selasa.") == []


def test_an_adjective_under_a_case_word_of_place_still_says_whose() -> None:
    found = read("Chinese ships fired water cannon at a Philippine supply boat.", language="en")
    codes = {a.id: a.code for a in found.actors}
    (attack,) = (e for e in found.events if e.type == "ASSAULT")
    assert [codes[i] for i in attack.recipients] == ["PHL GOV"]
