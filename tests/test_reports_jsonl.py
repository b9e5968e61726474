"""The contract's input stream: order kept, a bad line told and passed over."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import Failure, Report
from menurut.reports import jsonl, read_jsonl


def read(*lines: bytes) -> list[Report | Failure]:
    return list(read_jsonl(BytesIO(b"\n".join(lines))))


def test_reports_come_in_order_and_unknown_fields_are_ignored() -> None:
    fields = {
        "id": "b",
        "text": "Dua.",
        "title": None,
        "language": "id",
        "published_at": "2024-06-19",
        "publisher": "Kabar",
        "url": "https://a.example/",
        "byline": "Sari",
        "more": [1],
    }
    found = read(b'{"id": "a", "text": "Satu."}', b"", json.dumps(fields).encode(), b"")
    fields.pop("more")
    assert found == [Report(id="a", text="Satu."), Report(**fields)]


@pytest.mark.parametrize(
    ("line", "id", "message"),
    [
        (b'{"id": "x"}', "x", "missing required field `text`"),
        (b'{"text": "Satu."}', None, "missing required field `id`"),
        (b'{"id": "x", "text": 3}', "x", "Expected `str`, got `int` - at `$.text`"),
        (b'{"id": 3, "text": "Satu."}', None, "Expected `str`, got `int` - at `$.id`"),
        (b'{"id": "x", "text": "  \\n"}', "x", "the text is empty"),
        (b'{"id": "x", "text": "Satu.", "published_at": "kemarin"}', "x", "ISO 8601"),
        (b'{"id": "x", "text": "Satu.", "language": "bahasa!"}', "x", "BCP 47"),
        (b'{"id": "x", "text": "Sa', None, "not JSON"),
        (b'{"id": "x", "text": "\xff"}', None, "not UTF-8 at byte 21"),
        (b"[1]", None, "Expected `object`"),
        (b"null", None, "Expected `object`"),
        (b'{"id": "x", "text": "Satu.", "more": ' + b"[" * 200_000 + b"}", None, "line 2: "),
    ],
)
def test_a_bad_line_fails_alone_and_is_named(line: bytes, id: str | None, message: str) -> None:
    first, failure, last = read(
        b'{"id": "a", "text": "Satu."}', line, b'{"id": "c", "text": "Tiga."}'
    )
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(failure, Failure)
    assert failure.id == id
    assert failure.error.startswith("line 2: ")
    assert message in failure.error


@pytest.mark.parametrize("code", ["\\ud800", "\\u0000"])
def test_what_is_no_character_is_replaced_and_offsets_hold(code: str) -> None:
    [report] = read(f'{{"id": "x", "text": "Sa{code}tu."}}'.encode())
    assert isinstance(report, Report)
    assert report.text == "Sa\ufffdtu."


def test_a_pair_of_surrogates_is_one_character() -> None:
    [report] = read(b'{"id": "x", "text": "\\ud83d\\ude00"}')
    assert isinstance(report, Report)
    assert report.text == "\U0001f600"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b'\xef\xbb\xbf{"id": "x", "text": "Satu."}') == [Report(id="x", text="Satu.")]


def test_a_line_too_long_fails_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST", 60)
    long = b'{"id": "x", "text": "' + b"a" * 500 + b'"}'
    failure, report = read(long, b'{"id": "b", "text": "Dua."}')
    assert isinstance(failure, Failure)
    assert "line 1: longer than" in failure.error
    assert report == Report(id="b", text="Dua.")


@given(st.lists(st.binary(max_size=80), max_size=6))
def test_any_bytes_give_reports_and_failures_alone(lines: list[bytes]) -> None:
    for item in read(*lines):
        assert isinstance(item, Report | Failure)


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_text_survives_but_for_what_is_no_character(text: str, id: str) -> None:
    [item] = read(json.dumps({"id": id, "text": text}).encode())
    if isinstance(item, Report):
        assert item.text == text.replace("\0", "\ufffd")
        assert item.id == id
    else:
        assert "the text is empty" in item.error
