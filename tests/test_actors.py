"""Actors: who they are, under what code, and where a report names them.

The examples beside the rows of ``titles.tsv``, ``institutions.tsv`` and ``people.tsv`` are run
here; in them [brackets] mark a person's name and {braces} a body's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import from_conllu
from menurut.contract import Actor
from menurut.reader.document import Document, NameRange, StatementRanges
from menurut.reader.words import split_words
from menurut.record.actors import Actors, resolve_actors
from menurut.record.actors.grammar import grammar
from menurut.tables import data_file, languages, table

MARKED = re.compile(r"\[(?P<PER>[^\]]*)\]|\{(?P<ORG>[^}]*)\}")
LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/countries.tsv").is_file()
)
TABLES = ("titles", "institutions", "people")


def phrase(marked: str, language: str) -> Document:
    """A phrase as a document with a flat tree, tagged by the language's small words."""
    text, labels, done = "", [], 0
    for found in MARKED.finditer(marked):
        text += marked[done : found.start()]
        name = found[found.lastgroup or 0]
        labels.append((len(text), len(text) + len(name), found.lastgroup))
        text += name
        done = found.end()
    text += marked[done:]
    spans = list(split_words(text, 0, len(text), language))
    starts, ends = [s for s, _ in spans], [e for _, e in spans]
    count = len(spans)
    return Document(
        text=text,
        language=language,
        starts=tuple(starts),
        ends=tuple(ends),
        upos=tuple(tag(text[s:e], language) for s, e in spans),
        feats=("",) * count,
        heads=(-1, *(0,) * (count - 1)),
        deprels=("root", *("dep",) * (count - 1)),
        sentences=((0, count),),
        kinds=("body",),
        paragraphs=((0, count),),
        names=tuple(
            NameRange(starts.index(s), ends.index(e) + 1, label)  # type: ignore[arg-type]
            for s, e, label in labels
        ),
    )


def tag(form: str, language: str) -> str:
    rules = grammar(language)
    lower = form.lower()
    if lower in rules.conjunctions:
        return "CCONJ"
    if lower in rules.affiliation | rules.place_cases:
        return "ADP"
    if lower in rules.definite | rules.indefinite:
        return "DET"
    if not form[0].isalnum():
        return "PUNCT"
    return "PROPN" if form[0].isupper() else "NOUN"


def examples() -> Iterator[tuple[str, str, str | None]]:
    for language in LANGUAGES:
        for name in TABLES:
            for row in table(f"languages/{language}/{name}.tsv"):
                for example in filter(None, row["examples"].split(" ; ")):
                    words, _, code = example.rpartition(" = ")
                    yield language, words, None if code == "?" else code


def forms() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for row in table(f"languages/{language}/countries.tsv"):
            for column in ("names", "adjectives", "capitals"):
                for form in filter(None, row[column].split("|")):
                    yield language, form, f"{row['code']} GOV"


def tree(words: str, language: str, *names: tuple[int, int, str], **more: object) -> Document:
    """A document of ``form/UPOS/head/deprel`` words; blank lines part sentences, a trailing ``+``
    ties a word to the next one."""
    lines = []
    for sentence in re.split(r"\n\s*\n", words.strip()):
        for number, word in enumerate(sentence.split(), 1):
            form, upos, head, deprel = word.rsplit("/", 3)
            glue = "SpaceAfter=No" if form.endswith("+") and len(form) > 1 else "_"
            form = form.removesuffix("+") or form
            lines.append(f"{number}\t{form}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t{glue}")
        lines.append("")
    labels = tuple(NameRange(s, e, label) for s, e, label in names)  # type: ignore[arg-type]
    return from_conllu("\n".join(lines), language, labels, **more)  # type: ignore[arg-type]


def named(actors: Actors, name: str) -> Actor:
    return next(actor for actor in actors.all if actor.name == name)


def mentions(actors: Actors, actor: Actor) -> list[str]:
    return [actors.document.text[s:e] for s, e in actor.mentions]


def codes(actors: Actors, ids: tuple[str, ...]) -> list[str | None]:
    return [actors.code(i) for i in ids]


def test_there_are_examples_enough() -> None:
    assert len(list(examples())) >= 300


@pytest.mark.parametrize(("language", "words", "code"), list(examples()))
def test_phrase_has_the_code_of_its_example(language: str, words: str, code: str | None) -> None:
    document = phrase(words, language)
    actors = resolve_actors(document)
    assert codes(actors, actors.in_range(0, len(document))) == [code]


@pytest.mark.parametrize("language", LANGUAGES)
def test_country_in_any_form_is_its_government(language: str) -> None:
    for own, form, code in forms():
        if own == language:
            document = phrase(form, language)
            actors = resolve_actors(document)
            assert codes(actors, actors.in_range(0, len(document))) == [code], form


# --- people --------------------------------------------------------------------------------


def test_title_gives_code_and_role_and_the_name_alone_is_the_mention() -> None:
    document = phrase("Wakil Menteri Luar Negeri AS [Dana Hill]", "id")
    (actor,) = resolve_actors(document).all
    assert (actor.name, actor.code, actor.kind) == ("Dana Hill", "USA GOV", "person")
    assert actor.role == "Wakil Menteri Luar Negeri AS"
    assert [document.text[s:e] for s, e in actor.mentions] == ["Dana Hill"]
    assert actor.basis
    assert "titles.tsv: wakil menteri luar negeri" in actor.basis


def test_adviser_is_coded_by_the_one_advised() -> None:
    document = tree(
        """
Presiden/PROPN/3/nsubj Rusia/PROPN/1/nmod tiba/VERB/0/root Vladimir/PROPN/1/flat
Putin/PROPN/4/flat

Penasihat/NOUN/5/nsubj Putin/PROPN/1/nmod ,/PUNCT/1/punct Anton/PROPN/1/appos
berbicara/VERB/0/root
""",
        "id",
        (3, 5, "PER"),
        (6, 7, "PER"),
        (8, 9, "PER"),
    )
    actors = resolve_actors(document)
    anton = named(actors, "Anton")
    assert anton.code == "RUS GOV"
    assert anton.role == "Penasihat Putin"
    assert actors.in_range(5, 9) == (anton.id,)
    assert actors.of_word(5) == (anton.id,)


def test_name_with_its_post_after_a_comma() -> None:
    document = phrase("[Mira Lestari], peneliti di {Pusat Kajian Laut} di Jakarta", "id")
    actors = resolve_actors(document)
    mira = named(actors, "Mira Lestari")
    assert mira.code == "IDN EDU"
    assert mira.role == "peneliti di Pusat Kajian Laut di Jakarta"
    assert actors.in_range(0, len(document)) == (mira.id,)


def test_short_name_goes_to_the_person_named_in_full_most_often() -> None:
    document = tree(
        """
Kim/PROPN/4/nsubj Jong/PROPN/1/flat Un/PROPN/1/flat tiba/VERB/0/root

Kim/PROPN/4/nsubj Jong/PROPN/1/flat Un/PROPN/1/flat pergi/VERB/0/root

Kim/PROPN/3/nsubj Sung-ho/PROPN/1/flat menelepon/VERB/0/root

Kim/PROPN/2/nsubj pulang/VERB/0/root
""",
        "id",
        (0, 3, "PER"),
        (4, 7, "PER"),
        (8, 10, "PER"),
        (11, 12, "PER"),
    )
    actors = resolve_actors(document)
    assert mentions(actors, named(actors, "Kim Jong Un")) == ["Kim Jong Un", "Kim Jong Un", "Kim"]
    assert named(actors, "Kim Jong Un").code == "PRK GOV"
    assert named(actors, "Kim Sung-ho").code is None


def test_name_that_the_model_missed_is_found_again() -> None:
    document = tree(
        """
Dana/PROPN/3/nsubj Hillman/PROPN/1/flat tiba/VERB/0/root

Dubes/NOUN/2/nsubj bertemu/VERB/0/root Hillman/PROPN/2/obj
""",
        "id",
        (0, 2, "PER"),
    )
    actors = resolve_actors(document)
    assert mentions(actors, named(actors, "Dana Hillman")) == ["Dana Hillman", "Hillman"]


def test_title_without_a_country_takes_that_of_the_office_before_it() -> None:
    document = phrase("Menteri Pertahanan Peru [Ana Ruiz] dan Menteri Keuangan [Luis Paz]", "id")
    actors = resolve_actors(document)
    assert named(actors, "Luis Paz").code == "PER GOV"
    assert len(actors.in_range(0, len(document))) == 2


def test_former_officials_have_left_government() -> None:
    (actor,) = resolve_actors(phrase("mantan Presiden Chile [Rosa Vidal]", "id")).all
    assert actor.code == "CHL ELI"
    (actor,) = resolve_actors(phrase("former Chilean president [Rosa Vidal]", "en")).all
    assert actor.code == "CHL ELI"


def test_post_alone_means_the_person_who_was_named_with_it() -> None:
    document = tree(
        """
French/ADJ/2/amod President/PROPN/5/nsubj Jean/PROPN/2/flat Roux/PROPN/3/flat left/VERB/0/root

The/DET/2/det president/NOUN/3/nsubj smiled/VERB/0/root
""",
        "en",
        (2, 4, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(6) == (named(actors, "Jean Roux").id,)


# --- states and seats ----------------------------------------------------------------------


def test_country_seat_and_government_are_one_actor() -> None:
    document = tree(
        """
Kremlin/PROPN/2/nsubj diam/VERB/0/root

Moskow/PROPN/2/nsubj menolak/VERB/0/root

Pemerintah/NOUN/3/nsubj Rusia/PROPN/1/nmod setuju/VERB/0/root

Ia/PRON/2/nsubj menekan/VERB/0/root Rusia/PROPN/2/obj
""",
        "id",
    )
    actors = resolve_actors(document)
    (russia,) = actors.all
    assert (russia.name, russia.code, russia.kind) == ("Rusia", "RUS GOV", "government")
    assert mentions(actors, russia) == ["Kremlin", "Moskow", "Pemerintah Rusia", "Rusia"]


def test_country_where_something_happens_is_no_actor() -> None:
    document = tree(
        "Mereka/PRON/2/nsubj bertemu/VERB/0/root di/ADP/4/case Washington/PROPN/2/obl "
        "dan/CCONJ/6/cc Paris/PROPN/4/conj",
        "id",
    )
    actors = resolve_actors(document)
    assert actors.all == ()
    assert actors.of_word(3) == ()


def test_country_gone_to_is_an_actor_and_its_capital_a_place() -> None:
    document = tree(
        "He/PRON/2/nsubj went/VERB/0/root to/ADP/4/case Iran/PROPN/2/obl via/ADP/6/case "
        "Baghdad/PROPN/2/obl",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(3)) == ["IRN GOV"]
    assert actors.of_word(5) == ()


def test_country_inside_a_title_is_no_mention_of_it() -> None:
    actors = resolve_actors(phrase("Presiden Rusia [Vladimir Putin]", "id"))
    assert [actor.name for actor in actors.all] == ["Vladimir Putin"]


def test_abbreviation_counts_only_in_its_own_case() -> None:
    assert resolve_actors(phrase("as", "id")).all == ()
    assert codes_of("AS", "id") == ["USA GOV"]
    assert resolve_actors(phrase("who told us", "en")).all == ()


def codes_of(words: str, language: str) -> list[str | None]:
    return [actor.code for actor in resolve_actors(phrase(words, language)).all]


def test_names_in_capitals_are_read_in_headings() -> None:
    assert codes_of("KOREA UTARA", "id") == ["PRK GOV"]
    assert codes_of("KREMLIN", "en") == ["RUS GOV"]


def test_sea_with_a_country_in_its_name_is_no_actor() -> None:
    assert codes_of("Laut Cina Selatan", "id") == []
    assert codes_of("South China Sea", "en") == []


def test_ministry_is_an_actor_beside_its_government() -> None:
    document = tree(
        """
Kementerian/PROPN/5/nsubj Luar/PROPN/1/nmod Negeri/PROPN/1/nmod Seoul/PROPN/1/nmod
menolak/VERB/0/root

Kementerian/NOUN/2/nsubj khawatir/VERB/0/root

Korsel/PROPN/2/nsubj setuju/VERB/0/root
""",
        "id",
    )
    actors = resolve_actors(document)
    ministry = actors.of_word(0)
    assert codes(actors, ministry) == ["KOR GOV"]
    assert actors.of_word(5) == ministry
    assert actors.of_word(7) != ministry


def test_body_of_the_un_has_its_own_code() -> None:
    assert codes_of("Dewan Keamanan PBB", "id") == ["IGO:UNSC"]
    assert codes_of("UN Security Council", "en") == ["IGO:UNSC"]


# --- names beside nouns --------------------------------------------------------------------


def test_name_beside_a_noun_of_no_table_is_whose_the_noun_is() -> None:
    document = tree(
        """
Ana/PROPN/3/nsubj Lima/PROPN/1/flat won/VERB/0/root

Her/PRON/2/nmod:poss coach/NOUN/7/nsubj ,/PUNCT/4/punct Rolf/PROPN/2/appos Haas/PROPN/4/flat
,/PUNCT/2/punct smiled/VERB/0/root

He/PRON/2/nsubj left/VERB/0/root

The/DET/2/det coach/NOUN/3/nsubj returned/VERB/0/root
""",
        "en",
        (0, 2, "PER"),
        (6, 8, "PER"),
    )
    actors = resolve_actors(document)
    rolf = named(actors, "Rolf Haas")
    assert rolf.role == "coach"
    assert actors.in_range(3, 8) == (rolf.id,)
    assert actors.of_word(3) == (named(actors, "Ana Lima").id,)
    assert actors.of_word(10) == actors.of_word(13) == (rolf.id,)


def test_name_after_a_comma_that_is_a_second_subject_goes_with_the_first() -> None:
    document = tree(
        """
Ketua/NOUN/6/nsubj juri/NOUN/1/nmod ,/PUNCT/1/punct Rana/PROPN/6/nsubj Ito/PROPN/4/flat
ragu/VERB/0/root

Ia/PRON/2/nsubj pulang/VERB/0/root
""",
        "id",
        (3, 5, "PER"),
    )
    actors = resolve_actors(document)
    (rana,) = actors.all
    assert (rana.name, mentions(actors, rana)) == ("Rana Ito", ["Rana Ito", "Ia"])


def test_title_inside_the_label_of_a_name_is_no_name() -> None:
    document = tree(
        """
Interior/ADJ/2/amod Minister/PROPN/3/nmod Ana/PROPN/5/nsubj Lima/PROPN/3/flat left/VERB/0/root

The/DET/2/det minister/NOUN/3/nsubj returned/VERB/0/root
""",
        "en",
        (0, 4, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(6) == (named(actors, "Ana Lima").id,)


def test_place_between_a_post_and_a_rank_is_no_name() -> None:
    document = tree(
        "Kapolres/PROPN/6/nsubj Cilegon/PROPN/1/flat AKBP/PROPN/1/appos Bayu/PROPN/1/flat "
        "Ito/PROPN/4/flat pulang/VERB/0/root",
        "id",
        (1, 2, "PER"),
        (3, 5, "PER"),
    )
    actors = resolve_actors(document)
    assert [actor.name for actor in actors.all] == ["Bayu Ito"]


def test_name_beside_a_noun_for_bodies_is_a_body() -> None:
    document = tree(
        """
The/DET/2/det airline/NOUN/5/nsubj Vela/PROPN/2/appos Lines/PROPN/3/flat folded/VERB/0/root

The/DET/2/det carrier/NOUN/3/nsubj wept/VERB/0/root

Vela/PROPN/2/nsubj slept/VERB/0/root
""",
        "en",
        (2, 4, "PER"),
        (8, 9, "PER"),
    )
    (vela,) = resolve_actors(document).all
    assert (vela.name, vela.kind) == ("Vela Lines", "organization")
    assert [document.text[s:e] for s, e in vela.mentions] == [
        "airline Vela Lines",
        "carrier",
        "Vela",
    ]


def test_short_name_in_brackets_is_the_same_body() -> None:
    document = tree(
        """
The/DET/3/det chess/NOUN/3/compound federation/NOUN/7/nsubj (/PUNCT/5/punct FENT/PROPN/3/appos
)/PUNCT/5/punct met/VERB/0/root

FENT/PROPN/2/nsubj voted/VERB/0/root
""",
        "en",
        (4, 5, "ORG"),
        (7, 8, "PER"),
    )
    (body,) = resolve_actors(document).all
    assert (body.name, body.kind) == ("chess federation", "organization")
    assert [document.text[s:e] for s, e in body.mentions] == ["chess federation ( FENT )", "FENT"]


def test_class_word_means_the_body_named_last_of_no_class() -> None:
    document = tree(
        """
Kuusela/PROPN/2/nsubj fell/VERB/0/root

The/DET/2/det company/NOUN/3/nsubj rose/VERB/0/root
""",
        "en",
        (0, 1, "ORG"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(3) == (named(actors, "Kuusela").id,)


def test_noun_that_heads_the_name_of_a_body_points_back_to_it() -> None:
    document = tree(
        """
Bora/PROPN/2/compound Planetarium/PROPN/3/nsubj closed/VERB/0/root

The/DET/2/det planetarium/NOUN/3/nsubj leaks/VERB/0/root
""",
        "en",
        (0, 2, "ORG"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(4) == (named(actors, "Bora Planetarium").id,)


def test_bodies_of_one_noun_are_told_apart_by_the_small_words_before_it() -> None:
    document = tree(
        """
The/DET/4/det drivers/NOUN/4/nmod:poss '/PART/2/case union/NOUN/5/nsubj agreed/VERB/0/root

The/DET/4/det pilots/NOUN/4/nmod:poss '/PART/2/case union/NOUN/5/nsubj refused/VERB/0/root

The/DET/2/det union/NOUN/3/nsubj waits/VERB/0/root
""",
        "en",
    )
    actors = resolve_actors(document)
    assert {actor.name for actor in actors.all} == {"drivers ' union", "pilots ' union"}
    assert actors.of_word(11) == actors.of_word(8) != actors.of_word(3)


# --- several at once -----------------------------------------------------------------------


def test_coordinated_names_stand_for_both() -> None:
    document = tree(
        "Ankara/PROPN/4/nsubj dan/CCONJ/3/cc Kairo/PROPN/1/conj membantah/VERB/0/root", "id"
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(0)) == ["TUR GOV", "EGY GOV"]
    assert codes(actors, actors.of_word(2)) == ["EGY GOV"]
    assert codes(actors, actors.in_range(0, 3)) == ["TUR GOV", "EGY GOV"]


def test_both_countries_are_the_two_named_last() -> None:
    document = tree(
        """
Mesir/PROPN/2/nsubj mengundang/VERB/0/root Qatar/PROPN/2/obj

Kedua/NUM/2/nummod negara/NOUN/3/nsubj setuju/VERB/0/root
""",
        "id",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(4)) == ["EGY GOV", "QAT GOV"]
    assert mentions(actors, named(actors, "Mesir")) == ["Mesir", "Kedua negara"]


def test_states_named_only_in_titles_can_be_meant_by_both_countries() -> None:
    document = tree(
        """
Presiden/PROPN/4/nsubj Mesir/PROPN/1/nmod Adel/PROPN/1/flat mengunjungi/VERB/0/root
Qatar/PROPN/4/obj

kata/VERB/0/root kedua/NUM/3/nummod negara/NOUN/1/nsubj
""",
        "id",
        (2, 3, "PER"),
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(7)) == ["EGY GOV", "QAT GOV"]


def test_officials_of_two_countries_are_two_actors() -> None:
    document = phrase("Russian and Chinese officials", "en")
    actors = resolve_actors(document)
    assert sorted(filter(None, (a.code for a in actors.all))) == ["CHN GOV", "RUS GOV"]


def test_the_country_is_the_state_named_last_that_is_not_the_subject() -> None:
    document = tree(
        """
Iran/PROPN/2/nsubj mendekati/VERB/0/root Oman/PROPN/2/obj

Irak/PROPN/2/nsubj mengecam/VERB/0/root negara/NOUN/2/obj kecil/ADJ/3/amod tersebut/DET/3/det
""",
        "id",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(5)) == ["OMN GOV"]
    assert "negara kecil tersebut" in mentions(actors, named(actors, "Oman"))


# --- pronouns ------------------------------------------------------------------------------


def test_pronoun_subject_is_the_speaker_of_the_sentence_before() -> None:
    document = tree(
        """
Boris/PROPN/2/nsubj menyebut/VERB/0/root Rusia/PROPN/2/obj

Dia/PRON/2/nsubj mengatakan/VERB/0/root itu/PRON/2/obj
""",
        "id",
        (0, 1, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(3) == (named(actors, "Boris").id,)


def test_enclitic_on_a_verb_of_saying_is_the_speaker() -> None:
    document = tree(
        """
Mira/PROPN/2/nsubj menolak/VERB/0/root

"+/PUNCT/2/punct Kami/PRON/3/nsubj yakin+/ADJ/0/root ,+/PUNCT/3/punct "/PUNCT/3/punct
kata+/VERB/3/parataxis nya/PRON/6/nsubj
""",
        "id",
        (0, 1, "PER"),
    )
    actors = resolve_actors(document)
    mira = named(actors, "Mira")
    assert mentions(actors, mira) == ["Mira", "Kami", "nya"]


def test_possessor_is_the_subject_of_its_clause() -> None:
    document = tree(
        "Rusia/PROPN/2/nsubj membela/VERB/0/root perang+/NOUN/2/obj nya/PRON/3/nmod:poss", "id"
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(3)) == ["RUS GOV"]


def test_enclitic_of_a_set_phrase_means_nobody() -> None:
    document = tree(
        "Rusia/PROPN/2/nsubj menang/VERB/0/root pertama/ADJ/4/amod kali+/NOUN/2/obl "
        "nya/PRON/4/nmod:poss",
        "id",
    )
    assert resolve_actors(document).of_word(4) == ()


def test_own_side_is_the_subject_of_the_verb_of_saying() -> None:
    document = tree(
        "Kremlin/PROPN/2/nsubj mengatakan/VERB/0/root pihak+/NOUN/5/nsubj nya/PRON/3/nmod:poss "
        "siap/ADJ/2/ccomp",
        "id",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(2)) == ["RUS GOV"]
    assert "pihaknya" in mentions(actors, actors.all[0])


def test_we_of_an_official_is_the_government() -> None:
    document = tree(
        "“/PUNCT/3/punct Kami/PRON/3/nsubj siap/ADJ/0/root ”/PUNCT/3/punct kata/VERB/3/parataxis "
        "Menteri/PROPN/5/nsubj Energi/PROPN/6/nmod Qatar/PROPN/6/nmod Ali/PROPN/6/flat",
        "id",
        (8, 9, "PER"),
        statements=(StatementRanges(source=((5, 9),), cue=((4, 5),), content=((1, 3),)),),
    )
    actors = resolve_actors(document)
    assert [a.kind for a in actors.all if a.id in actors.of_word(1)] == ["government"]
    assert codes(actors, actors.of_word(1)) == ["QAT GOV"]


def test_he_in_a_quotation_is_not_the_speaker() -> None:
    document = tree(
        """
Ivan/PROPN/2/nsubj melihat/VERB/0/root Oleg/PROPN/2/obj

"+/PUNCT/3/punct Dia/PRON/3/nsubj pergi+/VERB/0/root ,+/PUNCT/3/punct "/PUNCT/3/punct
kata/VERB/3/parataxis Ivan/PROPN/6/nsubj
""",
        "id",
        (0, 1, "PER"),
        (2, 3, "PER"),
        (9, 10, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(4) == (named(actors, "Oleg").id,)


def test_their_object_is_not_the_subject_beside_it() -> None:
    document = tree(
        "Iran/PROPN/2/nsubj mendukung/VERB/0/root Hamas/PROPN/2/obj untuk/SCONJ/5/mark "
        "membantu/VERB/2/advcl mereka/PRON/5/obj",
        "id",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(5)) == ["PSE REB"]


def test_its_allies_are_the_allies_of_the_subject() -> None:
    document = tree(
        "China/PROPN/2/nsubj warned/VERB/0/root its/PRON/4/nmod:poss allies/NOUN/2/obj", "en"
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(3)) == ["GRP:CN-ALLIES"]


def test_she_is_no_man_by_title_or_given_name() -> None:
    document = tree(
        """
Chairwoman/NOUN/4/nsubj Kim/PROPN/1/flat Dore/PROPN/2/flat met/VERB/0/root Peter/PROPN/4/obj
Vale/PROPN/5/flat

He/PRON/2/nsubj left/VERB/0/root

She/PRON/2/nsubj stayed/VERB/0/root
""",
        "en",
        (1, 3, "PER"),
        (4, 6, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(6) == (named(actors, "Peter Vale").id,)
    assert actors.of_word(8) == (named(actors, "Kim Dore").id,)


def test_pronoun_tells_the_sex_of_whom_it_meant() -> None:
    document = tree(
        """
Wen/PROPN/3/nsubj Dore/PROPN/1/flat sang/VERB/0/root

She/PRON/2/nsubj smiled/VERB/0/root

Oby/PROPN/3/nsubj Vale/PROPN/1/flat thanked/VERB/0/root Dore/PROPN/3/obj

He/PRON/2/nsubj left/VERB/0/root

Dore/PROPN/2/nsubj slept/VERB/0/root

He/PRON/2/nsubj returned/VERB/0/root
""",
        "en",
        (0, 2, "PER"),
        (5, 7, "PER"),
        (8, 9, "PER"),
        (11, 12, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(13) == (named(actors, "Oby Vale").id,)


def test_pronoun_that_opens_a_report_means_whom_it_goes_on_about() -> None:
    document = tree(
        """
"/PUNCT/3/punct I/PRON/3/nsubj fell/VERB/0/root ,/PUNCT/3/punct "/PUNCT/3/punct she/PRON/7/nsubj
said/VERB/3/parataxis

Ana/PROPN/3/nsubj Lima/PROPN/1/flat survived/VERB/0/root
""",
        "en",
        (7, 9, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(5) == (named(actors, "Ana Lima").id,)


def test_they_are_all_who_are_joined_in_the_subject() -> None:
    document = tree(
        """
Ana/PROPN/4/nsubj and/CCONJ/3/cc Ivo/PROPN/1/conj agreed/VERB/0/root

They/PRON/2/nsubj left/VERB/0/root
""",
        "en",
        (0, 1, "PER"),
        (2, 3, "PER"),
    )
    actors = resolve_actors(document)
    assert actors.of_word(4) == (named(actors, "Ana").id, named(actors, "Ivo").id)


def test_people_of_no_table_are_found_by_the_pronoun_for_people() -> None:
    document = tree(
        """
Dua/NUM/2/nummod kurir/NOUN/3/nsubj lari/VERB/0/root

Mereka/PRON/2/nsubj menyesal/VERB/0/root
""",
        "id",
    )
    (couriers,) = resolve_actors(document).all
    assert (couriers.name, couriers.kind) == ("Dua kurir", "group")
    assert len(couriers.mentions) == 2


def test_the_woman_is_the_one_spoken_of() -> None:
    document = tree(
        """
Rana/PROPN/3/nsubj Ito/PROPN/1/flat menang/VERB/0/root

Perempuan/NOUN/3/nsubj itu/DET/1/det tersenyum/VERB/0/root
""",
        "id",
        (0, 2, "PER"),
    )
    (rana,) = resolve_actors(document).all
    assert [document.text[s:e] for s, e in rana.mentions] == ["Rana Ito", "Perempuan itu"]


def test_enclitic_on_any_cue_is_the_speaker() -> None:
    document = tree(
        """
Rana/PROPN/3/nsubj menyapa/VERB/0/root Ivo/PROPN/2/obj

"+/PUNCT/2/punct Ayo+/VERB/0/root ,+/PUNCT/2/punct "/PUNCT/2/punct bisik+/NOUN/2/parataxis
nya/PRON/5/nmod:poss
""",
        "id",
        (0, 1, "PER"),
        (2, 3, "PER"),
        statements=(StatementRanges(source=((8, 9),), cue=((7, 8),), content=((4, 5),)),),
    )
    actors = resolve_actors(document)
    assert actors.of_word(8) == (named(actors, "Rana").id,)


def test_expletive_it_means_nobody() -> None:
    document = tree(
        """
Iran/PROPN/2/nsubj agreed/VERB/0/root

It/PRON/2/expl rained/VERB/0/root

It/PRON/2/nsubj refused/VERB/0/root
""",
        "en",
    )
    actors = resolve_actors(document)
    assert actors.of_word(2) == ()


# --- people of no country named --------------------------------------------------------------


def test_police_are_those_of_the_place_in_their_sentence() -> None:
    document = tree(
        "Police/NOUN/2/nsubj arrested/VERB/0/root two/NUM/4/nummod students/NOUN/2/obj "
        "in/ADP/6/case Nairobi/PROPN/2/obl ,/PUNCT/8/punct angering/VERB/2/advcl "
        "Sweden/PROPN/8/obj",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(0)) == ["KEN COP"]
    assert codes(actors, actors.of_word(3)) == ["KEN EDU"]


def test_town_tells_whose_its_people_are_and_is_no_actor() -> None:
    document = tree(
        "Residents/NOUN/4/nsubj of/ADP/3/case Gothenburg/PROPN/1/nmod protested/VERB/0/root "
        "in/ADP/6/case Lyon/PROPN/4/obl",
        "en",
    )
    document = replace(document, names=(NameRange(2, 3, "LOC"), NameRange(5, 6, "LOC")))
    actors = resolve_actors(document)
    assert [actor.code for actor in actors.all] == ["SWE CVL"]
    assert actors.of_word(5) == ()


def test_soldiers_are_those_of_the_one_country_of_a_report() -> None:
    soldiers = "ordered/VERB/0/root soldiers/NOUN/2/obj home/ADV/2/advmod"
    alone = resolve_actors(tree(f"Peru/PROPN/2/nsubj {soldiers}", "en"))
    assert codes(alone, alone.of_word(2)) == ["PER MIL"]
    other = "from/ADP/6/case Chad/PROPN/2/obl"
    two = resolve_actors(tree(f"Peru/PROPN/2/nsubj {soldiers} {other}", "en"))
    assert codes(two, two.of_word(2)) == [None]


def test_people_from_elsewhere_are_not_those_of_the_report() -> None:
    document = tree(
        "Peru/PROPN/2/nsubj expelled/VERB/0/root foreign/ADJ/4/amod demonstrators/NOUN/2/obj", "en"
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(3)) == [None]


def test_own_troops_that_no_pronoun_resolves_have_no_code() -> None:
    document = tree(
        "Peru/PROPN/2/nsubj moved/VERB/0/root their/PRON/5/nmod:poss nuclear/ADJ/5/amod "
        "forces/NOUN/2/obj",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(4)) == [None]


def test_adjectives_may_stand_between_people_and_their_place() -> None:
    document = tree(
        "Polisi/NOUN/2/nsubj menangkap/VERB/0/root demonstran/NOUN/2/obj muda/ADJ/3/amod "
        "di/ADP/6/case Tbilisi/PROPN/3/nmod",
        "id",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(2)) == ["GEO CVL"]


def test_people_of_a_town_with_a_noun_for_towns_are_those_of_its_country() -> None:
    document = tree(
        "Residents/NOUN/5/nsubj of/ADP/3/case the/DET/4/det town/NOUN/1/nmod fled/VERB/0/root "
        "near/ADP/7/case Accra/PROPN/5/obl",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(0)) == ["GHA CVL"]


def test_people_of_somebody_unknown_are_not_those_of_the_report() -> None:
    document = tree(
        "Residents/NOUN/5/nsubj of/ADP/4/case the/DET/4/det hostel/NOUN/1/nmod fled/VERB/0/root "
        "near/ADP/7/case Accra/PROPN/5/obl",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(0)) == [None]


def test_civilians_killed_in_part_of_a_country_are_its_own() -> None:
    document = tree(
        "Israel/PROPN/2/nsubj bombed/VERB/0/root southern/ADJ/4/amod Lebanon/PROPN/2/obj "
        ",/PUNCT/6/punct killing/VERB/2/advcl civilians/NOUN/6/obj",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(6)) == ["LBN CVL"]


def test_sentence_of_no_place_is_set_where_all_before_it_are() -> None:
    document = tree(
        """
Students/NOUN/2/nsubj marched/VERB/0/root in/ADP/4/case Nairobi/PROPN/2/obl

Police/NOUN/2/nsubj waited/VERB/0/root

Sweden/PROPN/2/nsubj warned/VERB/0/root Chad/PROPN/2/obj in/ADP/5/case Oslo/PROPN/2/obl

Police/NOUN/2/nsubj waited/VERB/0/root
""",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(4)) == ["KEN COP"]
    assert codes(actors, actors.of_word(11)) == [None]


def test_government_beside_people_is_theirs() -> None:
    document = tree(
        "Lawmakers/NOUN/4/nsubj in/ADP/3/case Paris/PROPN/1/nmod urged/VERB/0/root the/DET/6/det "
        "government/NOUN/4/obj to/PART/8/mark warn/VERB/4/xcomp Chad/PROPN/8/obj",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(5)) == ["FRA GOV"]


def test_whose_stands_for_the_noun_before_its_clause() -> None:
    document = tree(
        "Chad/PROPN/9/nsubj ,/PUNCT/3/punct unlike/ADP/4/case Togo/PROPN/9/obl ,/PUNCT/7/punct "
        "whose/PRON/7/nmod:poss soldiers/NOUN/8/nsubj left/VERB/4/acl:relcl stayed/VERB/0/root",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(6)) == ["TGO MIL"]


def test_both_sides_in_a_country_are_that_country() -> None:
    document = tree(
        "Both/DET/2/det sides/NOUN/5/nsubj in/ADP/4/case Sudan/PROPN/2/nmod agreed/VERB/0/root",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(1)) == ["SDN GOV"]


def test_part_of_a_country_bombed_is_the_country() -> None:
    document = tree(
        "Israel/PROPN/2/nsubj bombed/VERB/0/root southern/ADJ/4/amod Lebanon/PROPN/2/obj", "en"
    )
    document = replace(document, names=(NameRange(2, 4, "LOC"),))
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(3)) == ["LBN GOV"]


def test_countries_in_a_list_are_no_towns_of_each_other() -> None:
    document = tree(
        "Ghana/PROPN/6/nsubj ,/PUNCT/3/punct Togo/PROPN/1/conj and/CCONJ/5/cc Benin/PROPN/1/conj "
        "agreed/VERB/0/root",
        "en",
    )
    document = replace(document, names=tuple(NameRange(w, w + 1, "LOC") for w in (0, 2, 4)))
    actors = resolve_actors(document)
    assert codes(actors, actors.of_word(0)) == ["GHA GOV", "TGO GOV", "BEN GOV"]


def test_the_state_of_a_country_is_its_government_not_its_people() -> None:
    document = tree(
        "Kenya/PROPN/2/nsubj warned/VERB/0/root Kenyan/ADJ/4/amod farmers/NOUN/2/obj "
        "and/CCONJ/7/cc Swedish/ADJ/7/amod farmers/NOUN/4/conj",
        "en",
    )
    actors = resolve_actors(document)
    assert codes(actors, actors.country("KEN")) == ["KEN GOV"]
    assert codes(actors, actors.country("SWE")) == []
    assert actors.country("PER") == ()


# --- what must always hold -----------------------------------------------------------------

WORDS = {
    "id": "Presiden Rusia Putin dukungan dan , di Gedung Putih Korea Utara para pejabat PBB yang "
    "kata nya mereka negara tersebut kedua AS sekutu kami dari Kementerian Luar Negeri "
    "untuk “ ” - Kim dia",
    "en": "President Russian Putin pro and , in White House the North Korea officials UN of 's "
    "said they country both countries US its allies we for foreign "
    "ministry “ ” - Kim he former Kim",
}
TAGS = ("NOUN", "PROPN", "VERB", "PRON", "ADP", "PUNCT", "DET", "ADJ")
RELATIONS = ("nsubj", "obj", "obl", "nmod", "nmod:poss", "conj", "case", "flat", "appos", "acl")


@st.composite
def any_document(draw: st.DrawFn) -> Document:
    """Words of actors in any order, under any tree, with any labels."""
    language = draw(st.sampled_from(sorted(WORDS)))
    forms = draw(st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=25))
    count = len(forms)
    cut = draw(st.integers(1, count))
    heads, starts, ends, text = [], [], [], ""
    for word, form in enumerate(forms):
        first, last = (0, cut) if word < cut else (cut, count)
        head = draw(st.integers(first - 1, last - 1))
        heads.append(-1 if head < first or head == word else head)
        text += " " if text and draw(st.booleans()) else ""
        starts.append(len(text))
        text += form
        ends.append(len(text))
    names = []
    for start in range(0, count, 4):
        length = draw(st.integers(0, 3))
        label = draw(st.sampled_from(["PER", "ORG", "LOC"]))
        end = min(start + length, cut if start < cut else count)
        if end > start:
            names.append(NameRange(start, end, label))  # type: ignore[arg-type]
    sentences = tuple((s, e) for s, e in ((0, cut), (cut, count)) if e > s)
    return Document(
        text=text,
        language=language,
        starts=tuple(starts),
        ends=tuple(ends),
        upos=tuple(draw(st.sampled_from(TAGS)) for _ in forms),
        feats=("",) * count,
        heads=tuple(heads),
        deprels=tuple("root" if h < 0 else draw(st.sampled_from(RELATIONS)) for h in heads),
        sentences=sentences,
        kinds=("body",) * len(sentences),
        paragraphs=((0, count),),
        names=tuple(names),
    )


@given(any_document())
def test_any_document_gives_sound_actors(document: Document) -> None:
    actors = resolve_actors(document)
    ids = [actor.id for actor in actors.all]
    assert ids == [f"a{n}" for n in range(1, len(ids) + 1)]
    for actor in actors.all:
        assert actor.name
        assert actor.mentions == tuple(sorted(set(actor.mentions)))
        assert all(0 <= s < e <= len(document.text) for s, e in actor.mentions)
    for word in range(len(document)):
        assert set(actors.of_word(word)) <= set(ids)
    assert set(actors.in_range(0, len(document))) <= set(ids)


def test_language_without_tables_gives_no_actors() -> None:
    document = tree("Москва/PROPN/2/nsubj заявила/VERB/0/root", "ru")
    assert resolve_actors(document).all == ()


def test_empty_document_has_no_actors() -> None:
    assert resolve_actors(phrase("", "id")).all == ()


def test_what_points_back_names_nobody() -> None:
    block = """
        1 Iran _ PROPN _ _ 4 nsubj
        2 and _ CCONJ _ _ 3 cc
        3 Oman _ PROPN _ _ 1 conj
        4 signed _ VERB _ _ 0 root

        1 The _ DET _ _ 3 det
        2 two _ NUM _ _ 3 nummod
        3 sides _ NOUN _ _ 4 nsubj
        4 agreed _ VERB _ _ 0 root
    """
    names = {actor.name for actor in resolve_actors(from_conllu(block, "en")).all}
    assert names == {"Iran", "Oman"}


@pytest.mark.parametrize(
    ("words", "code"),
    [("Partai Demokrat Indonesia", "IDN PTY"), ("AS Partai Demokrat", "USA PTY")],
)
def test_bodies_of_one_name_are_told_apart_by_the_country_named(words: str, code: str) -> None:
    assert code in codes_of(words, "id")


def test_words_of_a_title_on_both_sides_of_a_name_are_its_role() -> None:
    document = phrase("President [Ana Ruiz] of Peru", "en")
    (actor,) = resolve_actors(document).all
    assert actor.role == "President of Peru"
    assert [document.text[s:e] for s, e in actor.role_spans] == ["President", "of Peru"]


def test_families_of_those_in_power_are_the_elite_and_others_are_not() -> None:
    assert codes_of("[Vladimir Putin]'s wife", "en") == ["RUS ELI"]
    assert "PER ELI" not in codes_of("the mother of a student in Peru", "en")
