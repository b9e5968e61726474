"""Marks of punctuation hang where the guidelines say, and never break a tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from training.examples import Words
from training.punctuation import is_tree, punctuated

from menurut.reader.labels import UPOS


def sentence(text: str, heads: list[int]) -> Words:
    """Words parted by blanks; what has no letter is a mark."""
    forms = text.split()
    tags = [UPOS.index("NOUN" if form[0].isalpha() else "PUNCT") for form in forms]
    return Words(forms, [True] * len(forms), [False] * len(forms), upos=tags, heads=heads)


def test_a_full_stop_hangs_from_the_root_and_a_comma_from_the_clause_that_it_opens() -> None:
    words = sentence("Ia pergi , lalu mereka pulang .", [1, -1, 1, 5, 5, 1, 4])
    assert punctuated(words) == [1, -1, 5, 5, 5, 1, 1]


def test_paired_marks_both_hang_from_the_head_of_what_they_hold() -> None:
    words = sentence("Badan itu ( PBB ) diam", [5, 0, 5, 0, 5, -1])
    assert punctuated(words)[2] == punctuated(words)[4] == 3


def test_the_point_of_an_abbreviation_hangs_from_it() -> None:
    words = sentence("Menurut Dr . Aminah benar", [3, 3, 4, 4, -1])
    assert punctuated(words)[2] == 1


@given(st.data())
def test_a_tree_stays_a_tree_and_words_keep_their_heads(data: st.DataObject) -> None:
    forms = data.draw(st.lists(st.sampled_from(["a", "B", ",", ".", '"', "(", ")"]), min_size=1))
    heads = [data.draw(st.integers(0, n - 1)) if n else -1 for n in range(len(forms))]
    words = sentence(" ".join(forms), heads)
    found = punctuated(words)
    assert is_tree(found)
    for n, form in enumerate(forms):
        if form.isalpha() and (heads[n] < 0 or forms[heads[n]].isalpha()):
            assert found[n] == heads[n]
