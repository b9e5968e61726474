"""Quotation marks of every style, whole and damaged."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.record.statements.quotes import MARKS, quotations


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"Kami tahu," katanya.', ["Kami tahu,"]),
        ("“We know,” she said. “We do.”", ["We know,", "We do."]),
        ("Ia menyebutnya „keliru“ lagi.", ["keliru"]),
        ("«Oui», dit-il.", ["Oui"]),
        ("“Kutipan ini tidak ditutup.", ["Kutipan ini tidak ditutup."]),
        ("Tanda ini tak pernah dibuka.” Selesai.", []),
        ("No marks at all.", []),
    ],
)
def test_what_stands_between_marks(text: str, inside: list[str]) -> None:
    assert [text[s:e] for s, e in quotations(text, 0, len(text))] == inside


@given(st.text(alphabet=st.sampled_from([*sorted(MARKS), "a", " ", "\n"])))
def test_quotations_lie_apart_in_order_and_hold_something(text: str) -> None:
    found = quotations(text, 0, len(text))
    assert all(text[s:e].strip() for s, e in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
