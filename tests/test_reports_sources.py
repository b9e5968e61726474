"""The one door: folders, patterns, standard input, archives, compressed files; bombs and traps."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.contract import Failure, Report
from menurut.reports import FORMATS, Given, read_source
from menurut.reports.source import Meter, Source
from menurut.reports.sources import read_stream

TEXT = b"Pelabuhan itu dibuka lagi.\n"
LINE = json.dumps({"id": "x", "text": "Pelabuhan itu dibuka lagi."}).encode() + b"\n"


def ids(name: str | Path, **options: Any) -> list[str | None]:
    return [item.id for item in read_source(name, Given(**options))]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(name, held)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, held in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(held)
            archive.addfile(info, io.BytesIO(held))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def stream(data: bytes, name: str, **options: Any) -> list[Report | Failure]:
    source = Source(name, Given(**options), Meter(taken=len(data)))
    return list(read_stream(io.BytesIO(data), source))


def test_a_folder_is_read_by_name_and_strange_files_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "2024").mkdir(parents=True)
    for name in ("b.txt", "2024/a.txt", "plain", ".hidden.txt", "photo.jpg", "notes.xyz"):
        (folder / name).write_bytes(TEXT)
    (folder / "bad.txt").write_bytes(b"")
    (folder / "tool").write_bytes(b"\x7fELF\0\0")
    (folder / "loop").symlink_to(folder)
    wanted = ["news/2024/a.txt", "news/b.txt", "news/bad.txt", "news/plain"]
    assert ids(folder) == wanted
    assert sum(isinstance(item, Failure) for item in read_source(folder)) == 1


def test_a_pattern_gives_what_matches_in_order(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/y.html", "x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    assert ids(f"{tmp_path}/**/*.txt") == ["a/x.txt", "b/x.txt", "x.txt"]
    assert ids(f"{tmp_path}/[ab]") == ["a/x.txt", "a/y.html", "b/x.txt"]
    [failure] = read_source(f"{tmp_path}/*.pdf")
    assert isinstance(failure, Failure)
    assert failure.error == "no file matches"


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_bytes(TEXT)
    assert ids(tmp_path / "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (TEXT, {}),
        (LINE, {}),
        (LINE, {"fallback": "jsonl"}),
        (gzip.compress(LINE), {"fallback": "jsonl"}),
        (zipped({"a.jsonl": LINE}), {}),
        (b"id,isi\nx,Pelabuhan itu dibuka lagi.\n", {"format": "csv"}),
        (gzip.compress(b"id,isi\nx,Pelabuhan itu dibuka lagi.\n"), {"format": "csv"}),
    ],
)
def test_standard_input_is_read_in_any_format(
    data: bytes, options: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [report] = read_source("-", Given(**options))
    assert isinstance(report, Report)
    assert report.text.strip() == "Pelabuhan itu dibuka lagi."


def zstd(data: bytes) -> bytes:
    pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")
    if sys.version_info < (3, 14):
        from backports import zstd as library
    else:
        from compression import zstd as library
    return bytes(library.compress(data))


PACKERS = [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd)]


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_compressed_files_are_unpacked_in_all_their_parts(suffix: str, pack: Any) -> None:
    assert len(stream(pack(LINE) + pack(LINE), f"a.jsonl{suffix}")) == 2
    [report] = stream(pack(TEXT), f"a.txt{suffix}")
    assert report.id == "a.txt"
    [member] = stream(pack(tarred({"b.txt": TEXT})), f"a.tar{suffix}")
    assert member.id == "a.tar/b.txt"


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_what_is_cut_off_is_told_after_what_can_be_read(suffix: str, pack: Any) -> None:
    lines = b"".join(
        json.dumps({"id": str(n), "text": f"{n * n}."}).encode() + b"\n" for n in range(60_000)
    )
    found = stream(pack(lines)[:-4_000], f"a.jsonl{suffix}")
    assert isinstance(found[0], Report)
    assert isinstance(found[-1], Failure)
    assert found[-1].id == f"a.jsonl{suffix}"
    assert "cannot be read" in found[-1].error


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_a_bomb_is_not_unpacked(suffix: str, pack: Any) -> None:
    before = time.process_time()
    found = stream(pack(bytes(300_000_000)), f"a.jsonl{suffix}")
    assert isinstance(found[-1], Failure)
    assert "unpacks to more than" in found[-1].error
    assert time.process_time() - before < 30


def test_a_bomb_in_an_archive_ends_the_archive() -> None:
    held = zipped({f"{n}.jsonl": bytes(19_000_000) for n in range(20)})
    found = stream(held, "a.zip")
    assert "unpacks to more than" in found[-1].error  # type: ignore[union-attr]
    assert len(found) < 10


def test_archives_in_archives_are_read_so_far() -> None:
    held = zipped({"a.txt": TEXT})
    for _ in range(3):
        held = zipped({"b.zip": held})
    assert [item.id for item in stream(held, "c.zip")] == ["c.zip/b.zip/b.zip/b.zip/a.txt"]
    [failure] = stream(zipped({"b.zip": zipped({"b.zip": held})}), "c.zip")
    assert isinstance(failure, Failure)
    assert "archives lie in one another" in failure.error


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_members_that_lead_out_of_the_archive_are_refused(pack: Any, tmp_path: Path) -> None:
    names = ["../a.txt", "/etc/b.txt", "c/../../d.txt", "C:\\e.txt", "good.txt", "photo.jpg"]
    found = stream(pack(dict.fromkeys(names, TEXT)), "x.arc")
    assert [type(item) for item in found] == [Failure] * 4 + [Report]
    assert "leads out of the archive" in found[0].error  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == []


def test_a_broken_member_fails_alone() -> None:
    held = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT * 9, "c.txt": TEXT}))
    at = held.index(b"b.txt") + 8
    held[at : at + 4] = b"\xff\xff\xff\xff"
    found = stream(bytes(held), "a.zip")
    assert [type(item) for item in found] == [Report, Failure, Report]
    assert found[1].id == "a.zip/b.txt"


def test_an_encrypted_member_is_named() -> None:
    held = bytearray(zipped({"a.txt": TEXT}))
    held[6] |= 1
    held[held.index(b"PK\x01\x02") + 8] |= 1
    [failure] = stream(bytes(held), "a.zip")
    assert failure == Failure("a.zip/a.txt", "it is encrypted")


@pytest.mark.parametrize("held", [b"PK\x03\x04 rubbish", zipped({"mimetype": b"epub"}), b"PK\5\6"])
def test_what_is_no_archive_of_reports_is_told(held: bytes) -> None:
    assert all(isinstance(item, Failure) for item in stream(held, "a.zip"))


def test_a_member_with_a_library_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "backports", None)
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.setitem(sys.modules, "compression", None)
    found = stream(zipped({"a.txt.zst": b"\x28\xb5\x2f\xfd"}), "a.zip")
    assert isinstance(found[0], Failure)
    if sys.version_info < (3, 14):
        assert "menurut[zstd]" in found[0].error


BEGINNINGS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"WARC/1.0\r\n",
    b"<rss>",
    b"{",
    b"From a@b 2024\n",
    b"<nitf>",
    b"<newsItem>",
    b"PAR1",
    b"\xfd7zXZ\x00",
    b"BZh9",
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_any_bytes_in_any_format_give_reports_and_failures_alone(
    format: str, beginning: bytes, data: bytes
) -> None:
    for options in ({"format": format}, {}):
        for item in stream(beginning + data, "x", **options):
            assert isinstance(item, Report | Failure)


VALID = [
    zipped({"a.txt": TEXT, "b.jsonl": LINE}),
    tarred({"a.txt": TEXT}),
    gzip.compress(LINE * 3),
    b"<rss version='2.0'><channel><item><title>A b</title></item></channel></rss>",
    b"<nitf><body><body.content><p>Kata.</p></body.content></body></nitf>",
    json.dumps({"uri": "u", "type": "text", "headline": "H", "body_html": "<p>a</p>"}).encode(),
    b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nkata",
    b"From: a@b\nDate: Wed, 19 Jun 2024 08:12:00 +0700\nSubject: x\n\nkata",
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(VALID), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3))))
def test_damaged_files_give_reports_and_failures_alone(
    data: bytes, damage: list[tuple[float, bytes]]
) -> None:
    held = bytearray(data)
    for where, bytes_ in damage:
        at = int(where * len(held))
        held[at : at + len(bytes_)] = bytes_
    for item in stream(bytes(held), "x"):
        assert isinstance(item, Report | Failure)
