"""Events from hand-made trees: arguments, speech acts, denials, one happening told twice."""

from __future__ import annotations

import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from documents import from_conllu
from menurut.contract import Event, Place, Quantity, Source, Statement, Time
from menurut.reader.document import Document, NameRange
from trees import Named, find_events, statement, tree

STATES = {
    "russia": "RUS GOV",
    "putin": "RUS GOV",
    "moscow": "RUS GOV",
    "iran": "IRN GOV",
    "korea": "PRK GOV",
    "pyongyang": "PRK GOV",
    "israel": "ISR GOV",
    "israeli": "ISR GOV",
    "syria": "SYR GOV",
    "egypt": "EGY GOV",
    "washington": "USA GOV",
    "rebels": "SYR REB",
    "rusia": "RUS GOV",
    "korut": "PRK GOV",
    "ukraina": "UKR GOV",
    "gunmen": "",
}


def events(document: Document, *statements: Statement, **found: tuple[object, ...]) -> list[Event]:
    actors = Named(document, STATES)
    times = found.get("times", ())
    quantities = found.get("quantities", ())
    found, _ = find_events(document, actors, statements, times, (), quantities)  # type: ignore[arg-type]
    return list(found)


def brief(event: Event) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    return event.type, event.actors, event.recipients, event.status


def test_a_transitive_verb_has_subject_and_object() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|attacked VERB 0 root|Syria PROPN 2 obj")
    assert [brief(e) for e in events(document)] == [("ASSAULT", ("russia",), ("syria",), "actual")]


def test_a_passive_turns_the_parties_round() -> None:
    document = tree(
        "en",
        "Syria PROPN 3 nsubj:pass|was AUX 3 aux:pass|attacked VERB 0 root|by ADP 5 case|"
        "Russia PROPN 3 obl:agent",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("russia",), ("syria",), "actual")


def test_an_indonesian_passive_is_known_by_its_form() -> None:
    document = tree(
        "id",
        "Ukraina PROPN 2 nsubj|diserang VERB 0 root|oleh ADP 4 case|Rusia PROPN 2 obl",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("rusia",), ("ukraina",), "actual")


def test_who_does_it_may_follow_an_indonesian_passive_without_a_preposition() -> None:
    document = tree(
        "id",
        "Ukraina PROPN 2 nsubj:pass|diserang VERB 0 root|Rusia PROPN 2 obj",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("rusia",), ("ukraina",), "actual")


def test_a_plan_that_is_called_off_is_its_owners_and_does_not_come_about() -> None:
    document = tree(
        "id",
        "Rusia PROPN 2 nsubj|membatalkan VERB 0 root|rencana NOUN 2 obj|menyerang VERB 3 acl|"
        "Ukraina PROPN 4 obj",
    )
    assert ("ASSAULT", ("rusia",), ("ukraina",), "denied") in map(brief, events(document))


def test_a_bare_stem_in_a_headline_is_active() -> None:
    document = tree("id", "Rusia PROPN 2 nsubj|Serang VERB 0 root|Ukraina PROPN 2 obj")
    assert brief(events(document)[0]) == ("ASSAULT", ("rusia",), ("ukraina",), "actual")


def test_the_head_of_a_relative_clause_is_its_subject() -> None:
    document = tree(
        "en",
        "Rebels NOUN 6 nsubj|who PRON 3 nsubj PronType=Rel|attacked VERB 1 acl:relcl|"
        "Egypt PROPN 3 obj|have AUX 6 aux|left VERB 0 root",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("rebels",), ("egypt",), "actual")


def test_the_head_of_a_relative_clause_is_its_object_where_that_is_missing() -> None:
    document = tree(
        "en",
        "Rebels NOUN 5 nsubj|whom PRON 4 obj PronType=Rel|Russia PROPN 4 nsubj|"
        "attacked VERB 1 acl:relcl|fled VERB 0 root",
    )
    gap = tree(
        "en",
        "Rebels NOUN 4 nsubj|Russia PROPN 3 nsubj|attacked VERB 1 acl:relcl|fled VERB 0 root",
    )
    assert brief(events(gap)[0]) == ("ASSAULT", ("russia",), ("rebels",), "actual")
    assert events(document)[0].actors == ("russia",)


def test_a_participle_after_its_noun_is_passive() -> None:
    document = tree(
        "en",
        "Rebels NOUN 5 nsubj|attacked VERB 1 acl|by ADP 4 case|Russia PROPN 2 obl|fled VERB 0 root",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("russia",), ("rebels",), "actual")


def test_coordinated_verbs_share_their_subject() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|condemned VERB 0 root|Israel PROPN 2 obj|and CCONJ 5 cc|"
        "attacked VERB 2 conj|Syria PROPN 5 obj",
    )
    assert [brief(e)[:3] for e in events(document)] == [
        ("ACCUSE", ("russia",), ("israel",)),
        ("ASSAULT", ("russia",), ("syria",)),
    ]


def test_what_is_agreed_to_is_an_event_of_its_own_that_is_planned() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|agreed VERB 0 root|to PART 4 mark|send VERB 2 xcomp|"
        "rockets NOUN 4 obj|to ADP 7 case|Syria PROPN 4 obl",
    )
    assert [brief(e) for e in events(document)] == [
        ("AGREE", ("russia",), ("syria",), "actual"),
        ("AID", ("russia",), ("syria",), "planned"),
    ]


def test_two_who_meet_are_both_actors() -> None:
    document = tree(
        "en",
        "Putin PROPN 2 nsubj|met VERB 0 root|with ADP 4 case|Israel PROPN 2 obl",
    )
    found = events(document)
    assert found[0].type == "CONSULT"
    assert set(found[0].actors) == {"putin", "israel"}
    assert found[0].recipients == ()


def test_a_target_that_is_met_is_no_meeting() -> None:
    document = tree(
        "en", "Russia PROPN 2 nsubj|met VERB 0 root|its PRON 4 nmod:poss|target NOUN 2 obj"
    )
    assert events(document) == []


def test_a_light_verb_takes_its_noun_in() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|imposed VERB 0 root|sanctions NOUN 2 obj|on ADP 5 case|"
        "Iran PROPN 3 nmod",
    )
    found = events(document)
    assert [brief(e) for e in found] == [("SANCTION", ("russia",), ("iran",), "actual")]
    assert [document.text[s:e] for s, e in found[0].trigger] == ["imposed sanctions"]


def test_a_nominal_has_its_possessor_for_actor() -> None:
    document = tree(
        "en",
        "Putin PROPN 3 nmod:poss|'s PART 1 case|visit NOUN 6 nsubj|to ADP 5 case|"
        "Pyongyang PROPN 3 nmod|ended VERB 0 root",
    )
    assert brief(events(document)[0]) == ("CONSULT", ("putin",), ("pyongyang",), "actual")


def test_nobody_known_is_no_event() -> None:
    document = tree("en", "Gunmen NOUN 2 nsubj|attacked VERB 0 root|farmers NOUN 2 obj")
    assert events(document) == []


def test_aid_needs_its_recipient() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|sent VERB 0 root|rockets NOUN 2 obj")
    assert [e.type for e in events(document)] == []


def test_one_happening_told_twice_is_one_event() -> None:
    document = tree(
        "en",
        "Putin PROPN 2 nsubj|visited VERB 0 root|Pyongyang PROPN 2 obj",
        "The DET 2 det|visit NOUN 3 nsubj|ended VERB 0 root",
        "Putin PROPN 3 nmod:poss|'s PART 1 case|visit NOUN 6 nsubj|to ADP 5 case|"
        "Korea PROPN 3 nmod|ended VERB 0 root",
    )
    found = events(document)
    assert [brief(e) for e in found] == [("CONSULT", ("putin",), ("pyongyang",), "actual")]
    assert len(found[0].mentions) == 2


def test_happenings_at_different_times_are_two() -> None:
    line = (
        "Putin PROPN 2 nsubj|visited VERB 0 root|Pyongyang PROPN 2 obj|in ADP 5 case|{} NUM 2 obl"
    )
    document = tree("en", line.format("2000"), line.format("2024"))
    times = tuple(
        Time(id=year, span=(at, at + 4), type="DATE", value=year)
        for year in ("2000", "2024")
        if (at := document.text.index(year))
    )
    assert [e.time for e in events(document, times=times)] == ["2000", "2024"]


def test_figures_of_the_arguments_belong_to_the_event() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|sent VERB 0 root|50 NUM 4 nummod|rockets NOUN 2 obj|to ADP 6 case|"
        "Syria PROPN 2 obl",
    )
    at = document.text.index("50")
    figure = Quantity(id="q1", span=(at, at + 2), low=50, high=50)
    assert events(document, quantities=(figure,))[0].quantities == ("q1",)


def test_what_is_said_rests_on_the_statement_and_the_saying_on_the_reporter() -> None:
    document = tree(
        "en",
        "Washington PROPN 2 nsubj|accused VERB 0 root|Korea PROPN 2 obj|of SCONJ 5 mark|"
        "supplying VERB 2 advcl|Russia PROPN 5 obj|with ADP 8 case|rockets NOUN 5 obl",
    )
    accusation = statement(
        document, "s1", "accuse", ("washington",), "accused", "supplying Russia with rockets"
    )
    accused, supplied = events(document, accusation)
    assert brief(accused) == ("ACCUSE", ("washington",), ("korea",), "actual")
    assert accused.according_to == ()
    assert brief(supplied) == ("AID", ("korea",), ("russia",), "actual")
    assert supplied.according_to == ("s1",)


def test_a_statement_of_an_act_without_a_predicate_is_an_event() -> None:
    document = tree(
        "en",
        "Washington PROPN 2 nsubj|said VERB 0 root|Korea PROPN 4 nsubj|supplied VERB 2 ccomp|"
        "rockets NOUN 4 obj|to ADP 7 case|Russia PROPN 4 obl",
    )
    said = statement(
        document, "s1", "accuse", ("washington",), "said", "Korea supplied rockets to Russia"
    )
    accused, supplied = events(document, said)
    assert brief(accused) == ("ACCUSE", ("washington",), ("korea",), "actual")
    assert (supplied.type, supplied.according_to) == ("AID", ("s1",))


def test_a_denial_denies_what_it_answers() -> None:
    document = tree(
        "en",
        "Washington PROPN 2 nsubj|said VERB 0 root|Korea PROPN 4 nsubj|supplied VERB 2 ccomp|"
        "rockets NOUN 4 obj|to ADP 7 case|Russia PROPN 4 obl",
        "Moscow PROPN 2 nsubj|denied VERB 0 root|it PRON 2 obj",
    )
    said = statement(
        document, "s1", "say", ("washington",), "said", "Korea supplied rockets to Russia"
    )
    denied = statement(document, "s2", "deny", ("moscow",), "denied", "it")
    supplied, refused = events(document, said, denied)
    assert (supplied.type, supplied.denied_by) == ("AID", ("s2",))
    assert brief(refused) == ("REJECT", ("moscow",), ("washington",), "actual")
    assert refused.denied_by == ()


def test_what_is_told_in_a_denial_is_denied() -> None:
    document = tree(
        "en",
        "Moscow PROPN 2 nsubj|denied VERB 0 root|that SCONJ 5 mark|it PRON 5 nsubj|"
        "attacked VERB 2 ccomp|Syria PROPN 5 obj",
    )
    denial = statement(document, "s1", "deny", ("moscow",), "denied", "it attacked Syria")
    attack = next(e for e in events(document, denial) if e.type == "ASSAULT")
    assert (attack.status, attack.according_to, attack.denied_by) == ("denied", ("s1",), ("s1",))


def test_that_another_must_act_is_a_request_beside_the_act() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|said VERB 0 root|Israel PROPN 5 nsubj|must AUX 5 aux|"
        "withdraw VERB 2 ccomp|from ADP 7 case|Syria PROPN 5 obl",
    )
    said = statement(document, "s1", "say", ("russia",), "said", "Israel must withdraw from Syria")
    assert [brief(e) for e in events(document, said)] == [
        ("REQUEST", ("russia",), ("israel",), "actual"),
        ("RETREAT", ("israel",), ("syria",), "possible"),
    ]


def test_an_attack_that_its_doer_announces_is_a_threat() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|said VERB 0 root|Moscow PROPN 5 nsubj|will AUX 5 aux|"
        "attack VERB 2 ccomp|Syria PROPN 5 obj",
    )
    said = statement(document, "s1", "say", ("russia",), "said", "Moscow will attack Syria")
    found = events(document, said)
    assert [(e.type, e.mode, e.status) for e in found] == [("THREATEN", "violence", "actual")]
    assert found[0].according_to == ()


def test_an_act_that_its_doer_says_is_the_reporters_to_tell() -> None:
    document = tree(
        "en",
        "Moscow PROPN 2 nsubj|said VERB 0 root|Russia PROPN 4 nsubj|condemned VERB 2 ccomp|"
        "Israel PROPN 4 obj",
    )
    said = statement(document, "s1", "say", ("moscow",), "said", "Russia condemned Israel")
    assert [(brief(e), e.according_to) for e in events(document, said)] == [
        (("ACCUSE", ("russia",), ("israel",), "actual"), ())
    ]


def test_a_charge_told_of_another_is_the_speakers_act() -> None:
    document = tree(
        "id",
        "Korut PROPN 2 nsubj|mengatakan VERB 0 root|Rusia PROPN 4 nsubj|melanggar VERB 2 ccomp|"
        "resolusi NOUN 4 obj",
    )
    said = statement(document, "s1", "say", ("korut",), "mengatakan", "Rusia melanggar resolusi")
    assert [brief(e) for e in events(document, said)] == [
        ("ACCUSE", ("korut",), ("rusia",), "actual")
    ]
    assert events(document) == []


def test_who_is_worried_over_two_states_reproaches_both() -> None:
    document = tree(
        "en",
        "Washington PROPN 2 nsubj|said VERB 0 root|it PRON 5 nsubj|was AUX 5 aux|worried VERB 2 "
        "ccomp|as SCONJ 8 mark|talks NOUN 8 nsubj|resumed VERB 5 advcl|between ADP 10 case|"
        "Russia PROPN 7 nmod|and CCONJ 12 cc|Iran PROPN 10 conj",
    )
    said = statement(
        document,
        "s1",
        "worry",
        ("washington",),
        "said",
        "it was worried as talks resumed between Russia and Iran",
    )
    worry = next(e for e in events(document, said) if e.type == "ACCUSE")
    assert worry.actors == ("washington",)
    assert set(worry.recipients) == {"russia", "iran"}


def test_those_who_cooperate_are_actors_and_recipients() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|cooperates VERB 0 root|with ADP 4 case|Iran PROPN 2 obl",
    )
    found = events(document)[0]
    assert (found.type, found.actors, found.recipients) == (
        "COOPERATE",
        ("russia", "iran"),
        ("russia", "iran"),
    )


def test_a_participle_that_goes_on_with_an_attack_is_part_of_it() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|shelled VERB 0 root|villages NOUN 2 obj|, PUNCT 5 punct|"
        "killing VERB 2 advcl VerbForm=Ger|rebels NOUN 5 obj",
    )
    assert [brief(e) for e in events(document)] == [("ASSAULT", ("russia",), ("rebels",), "actual")]


def test_the_object_of_a_request_does_what_is_asked() -> None:
    document = tree(
        "id",
        "Rusia PROPN 2 nsubj|meminta VERB 0 root|Korut PROPN 2 obj|menyerang VERB 2 xcomp|"
        "Ukraina PROPN 4 obj",
    )
    assert [brief(e) for e in events(document)] == [
        ("REQUEST", ("rusia",), ("korut",), "actual"),
        ("ASSAULT", ("korut",), ("ukraina",), "possible"),
    ]


def test_the_object_that_opens_a_relative_clause_stands_for_its_head() -> None:
    document = tree(
        "en",
        "Egypt PROPN 5 nsubj|which PRON 4 obj|Russia PROPN 4 nsubj|attacked VERB 1 acl:relcl|"
        "met VERB 0 root|Israel PROPN 5 obj",
    )
    assert ("ASSAULT", ("russia",), ("egypt",), "actual") in [brief(e) for e in events(document)]


def test_a_storm_attacks_nobody() -> None:
    document = tree("en", "Storms NOUN 2 nsubj|hit VERB 0 root|Syria PROPN 2 obj")
    assert events(document) == []


def test_a_plan_is_no_threat_and_an_announcement_is_one() -> None:
    line = (
        "Russia PROPN 2 nsubj|{} VERB 0 root|to PART 4 mark|attack VERB 2 xcomp|Syria PROPN 4 obj"
    )
    told = {}
    for cue in ("plans", "announced"):
        document = tree("en", line.format(cue))
        said = statement(document, "s1", "say", ("russia",), cue, "to attack Syria")
        told[cue] = [(e.type, e.status) for e in events(document, said)]
    assert told == {"plans": [("ASSAULT", "planned")], "announced": [("THREATEN", "actual")]}


def test_whom_a_plan_of_another_concerns_is_its_actor() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|condemned VERB 0 root|the DET 4 det|decision NOUN 2 obj|"
        "of ADP 6 case|Israel PROPN 4 nmod|to PART 8 mark|attack VERB 4 acl VerbForm=Inf|"
        "Syria PROPN 8 obj",
    )
    assert ("ASSAULT", ("israel",), ("syria",), "planned") in [brief(e) for e in events(document)]


def test_what_is_threatened_is_possible_and_the_threat_is_made() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|threatened VERB 0 root|to PART 4 mark|attack VERB 2 xcomp|"
        "Syria PROPN 4 obj",
    )
    assert [brief(e) for e in events(document)] == [
        ("THREATEN", ("russia",), ("syria",), "actual"),
        ("ASSAULT", ("russia",), ("syria",), "possible"),
    ]


def test_words_in_a_name_are_no_predicates() -> None:
    named = from_conllu(
        "1\tRussia\t_\tPROPN\t_\t_\t2\tnmod:poss\n2\tattack\t_\tNOUN\t_\t_\t0\troot", "en"
    )
    assert events(named)
    inside = from_conllu(
        "1\tRussia\t_\tPROPN\t_\t_\t2\tnmod:poss\n2\tattack\t_\tNOUN\t_\t_\t0\troot",
        "en",
        names=(NameRange(0, 2, "MISC"),),
    )
    assert events(inside) == []


WORDS = re.findall(
    r"\S+",
    "Russia Syria rebels attacked visited talks sanctions agreed said denied to with of by and it "
    "rockets will not if accused sent imposed held cooperation attack 2024 the",
)
RELATIONS = re.findall(
    r"\S+",
    "nsubj obj iobj obl nmod amod compound conj xcomp ccomp advcl acl acl:relcl nsubj:pass "
    "obl:agent case mark aux det appos flat parataxis",
)


@st.composite
def random_tree(draw: st.DrawFn) -> Document:
    """Any words in any tree: each hangs from one that was drawn before it."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for at, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, at - 1))] + 1
    upos = st.sampled_from(["VERB", "NOUN", "PROPN", "ADJ", "PRON", "ADP"])
    cells = [
        f"{draw(st.sampled_from(WORDS))} {draw(upos)} {head} "
        f"{draw(st.sampled_from(RELATIONS)) if head else 'root'}"
        for head in heads
    ]
    return tree("en", "|".join(cells))


@given(random_tree(), st.data())
def test_any_tree_gives_events_within_the_contract(document: Document, data: st.DataObject) -> None:
    length = len(document.text)
    span = st.tuples(st.integers(0, length - 1), st.integers(1, 20)).map(
        lambda s: (s[0], min(s[0] + s[1], length))
    )
    said = Statement(
        id="s1",
        source=Source(actors=("russia",)),
        cue=(data.draw(span),),
        content=(data.draw(span),),
        kind=data.draw(st.sampled_from(["say", "accuse", "deny", "demand", "promise", "worry"])),
        quote="indirect",
    )
    found = events(document, said)
    assert [e.id for e in found] == [f"e{n}" for n in range(1, len(found) + 1)]
    for event in found:
        assert all(0 <= start < end <= length for start, end in event.trigger)
        assert set(event.actors + event.recipients) <= STATES.keys()
        assert event.type == "COOPERATE" or not set(event.actors) & set(event.recipients)
        assert set(event.according_to + event.denied_by) <= {"s1"}


def test_what_one_affirms_and_another_denies_is_one_happening() -> None:
    document = tree(
        "en",
        "Israel PROPN 2 nsubj|said VERB 0 root|Russia PROPN 4 nsubj|attacked VERB 2 ccomp|"
        "Syria PROPN 4 obj",
        "Moscow PROPN 2 nsubj|denied VERB 0 root|that SCONJ 5 mark|Russia PROPN 5 nsubj|"
        "attacked VERB 2 ccomp|Syria PROPN 5 obj",
    )
    said = statement(document, "s1", "say", ("israel",), "said", "Russia attacked Syria")
    affirmed = Statement(
        id="s1", source=said.source, cue=said.cue, content=((12, 33),), kind="say", quote="indirect"
    )
    assert document.text[12:33] == "Russia attacked Syria"
    denial = statement(document, "s2", "deny", ("moscow",), "denied", "Russia attacked Syria")
    attacks = [e for e in events(document, affirmed, denial) if e.type == "ASSAULT"]
    assert [(e.status, e.according_to, e.denied_by) for e in attacks] == [
        ("actual", ("s1",), ("s2",))
    ]
    assert len(attacks[0].mentions) == 1


def test_a_struck_town_stands_for_its_country() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|shelled VERB 0 root|Aleppo PROPN 2 obj")
    place = Place(id="p1", span=document.span(2, 3), name="Aleppo", country="LBN")
    found, added = find_events(document, Named(document, STATES), (), (), (place,), ())
    assert [(a.code, a.mentions) for a in added] == [("LBN", (document.span(2, 3),))]
    assert found[0].recipients == (added[0].id,)


def test_a_country_that_is_known_already_is_not_added() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|shelled VERB 0 root|Aleppo PROPN 2 obj")
    place = Place(id="p1", span=document.span(2, 3), name="Aleppo", country="SYR")
    found, added = find_events(document, Named(document, STATES), (), (), (place,), ())
    assert not added
    assert "syria" in found[0].recipients


def test_a_promise_is_given_to_the_nearest_party_below_it() -> None:
    document = tree(
        "en",
        "Russia PROPN 3 nsubj|is AUX 3 cop|ready ADJ 0 root|to PART 5 mark|send VERB 3 xcomp|"
        "troops NOUN 5 obj|to ADP 9 case|a DET 9 det|force NOUN 5 obl|in ADP 11 case|"
        "Syria PROPN 9 nmod",
    )
    agreed = next(e for e in events(document) if e.type == "AGREE")
    assert agreed.recipients == ("syria",)


def test_the_subject_of_a_verb_does_the_event_that_is_its_object() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|planned VERB 0 root|an DET 4 det|invasion NOUN 2 obj|"
        "of ADP 6 case|Syria PROPN 4 nmod",
    )
    assert brief(events(document)[0]) == ("ASSAULT", ("russia",), ("syria",), "planned")


def test_who_demands_an_event_does_not_do_it() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|demanded VERB 0 root|a DET 4 det|withdrawal NOUN 2 obj|"
        "from ADP 6 case|Syria PROPN 4 nmod",
    )
    assert all(e.actors != ("russia",) for e in events(document) if e.type == "RETREAT")


def test_a_second_content_of_one_cue_is_no_second_act() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|rejects VERB 0 root|claims NOUN 2 obj|by ADP 5 case|"
        "Israel PROPN 3 nmod|and CCONJ 7 cc|Syria PROPN 5 conj",
    )
    twice = [
        statement(document, number, "deny", ("russia",), "rejects", content)
        for number, content in (("s1", "claims by Israel"), ("s2", "Syria"))
    ]
    assert [e.type for e in events(document, *twice)].count("REJECT") == 1


def test_old_events_are_background_and_recent_ones_news() -> None:
    document = tree(
        "en",
        "Russia PROPN 2 nsubj|attacked VERB 0 root|Syria PROPN 2 obj|in ADP 5 case|1999 NUM 2 obl",
    )
    for value, old in (("1999", True), ("2024-06", False), ("199", True), ("2024-W01", True)):
        time = Time(id="t1", span=document.span(4, 5), type="DATE", value=value)
        found, _ = find_events(
            document, Named(document, STATES), (), (time,), (), (), datetime(2024, 6, 19)
        )
        assert found[0].background is old, value
