"""Every format, broken in every way: reports and failures come out, nothing raises or hangs."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.contract import Failure, Report
from menurut.reports import FORMATS, Given, read_source
from menurut.reports.formats import CONTAINERS
from menurut.reports.source import Meter, Source
from menurut.reports.sources import read_stream
from test_reports_files import MAIL, PAGE, docx, pdf, record
from test_reports_sources import LINE, tarred, zipped

SOON = 20.0
"""Seconds of the processor in which any small file has to be done with."""
EXAMPLES = os.environ.get("MENURUT_EXAMPLES")
"""A folder of others' example files: unpacked source distributions of feedparser, newsmlg2 …"""


def table() -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    rows = [{"id": "a", "text": "Kata satu.", "title": "Judul"}, {"id": "b", "text": "Kata dua."}]
    parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title><item>
<title>Jalur dibuka</title><description>&lt;p&gt;Kereta lewat.&lt;/p&gt;</description>
<pubDate>Wed, 19 Jun 2024 08:12:00 +0700</pubDate><guid>g1</guid></item></channel></rss>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://a.example/1</loc>
<news:news><news:publication><news:name>Kabar</news:name><news:language>id</news:language>
</news:publication><news:publication_date>2024-06-19</news:publication_date>
<news:title>Jalur dibuka lagi</news:title></news:news></url></urlset>"""
NITF = b"""<nitf><head><docdata><doc-id id-string="n1"/><date.issue norm="20240619T081200Z"/>
</docdata></head><body><body.head><hedline><hl1>Jalur</hl1></hedline></body.head><body.content>
<p>Kereta lewat.</p></body.content></body></nitf>"""
NEWSML = b"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="2">
<contentMeta><headline>Jalur</headline></contentMeta><contentSet><inlineXML
contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>Kereta lewat.</p></body></html></inlineXML></contentSet></newsItem>"""
NINJS = {"uri": "u1", "type": "text", "headline": "Jalur", "body_html": "<p>Kereta lewat.</p>"}
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Kabar",
    "items": [{"id": "1", "content_html": "<p>Kereta lewat.</p>"}],
}
SEEDS: dict[str, bytes] = {
    "text": "Pelabuhan itu – dibuka lagi.\n\nKapal masuk.".encode(),
    "html": PAGE.encode(),
    "jsonl": LINE * 3,
    "json": json.dumps(FEED).encode(),
    "ninjs": json.dumps(NINJS).encode(),
    "feed": RSS,
    "sitemap": SITEMAP,
    "warc": record("http://a.example/1", PAGE.encode()) * 2,
    "newsml": NEWSML,
    "nitf": NITF,
    "email": MAIL,
    "mailbox": (b"From a@b Wed Jun 19 08:12:00 2024\n" + MAIL + b"\n") * 2,
    "pdf": pdf("Kereta itu lewat.", "Jalur dibuka."),
    "docx": docx("<w:p><w:r><w:t>Kereta lewat.</w:t></w:r></w:p>"),
    "csv": b'id,text\na,"Kata, satu."\nb,Kata dua.\n',
    "parquet": table(),
    "zip": zipped({"a.txt": b"Kata satu.", "b.jsonl": LINE}),
    "tar": tarred({"a.txt": b"Kata satu.", "b.jsonl": LINE}),
    "gzip": gzip.compress(LINE * 3),
    "bzip2": bz2.compress(LINE * 3),
    "xz": lzma.compress(LINE * 3),
    "zstd": zstd.compress(LINE * 3),
}
"""A whole file of each format."""


def flipped(data: bytes, at: int, more: bytes) -> bytes:
    return data[:at] + more + data[at + len(more) :]


WAYS: tuple[Callable[[bytes, int, bytes], bytes], ...] = (
    flipped,
    lambda data, at, _: data[:at],
    lambda data, at, more: data[:at] + more + data[at:],
    lambda data, at, _: data[:at] + data[at // 2 :],
    lambda data, at, more: data[:at] + data[at + 1 + len(more) :],
)
"""Ways to break a file at a place: overwritten, cut off, inserted into, doubled, a hole."""


def read(data: bytes, format: str, *, named: bool) -> list[Report | Failure]:
    given = Given(format=format if named else None)
    source = Source("x", given, Meter(taken=len(data)))
    return list(read_stream(io.BytesIO(data), source))


def test_every_format_has_a_whole_file_that_is_read() -> None:
    assert set(SEEDS) == set(FORMATS)
    for format, data in SEEDS.items():
        found = read(data, format, named=format not in CONTAINERS)
        assert found, format
        assert all(isinstance(item, Report) for item in found), format


@pytest.mark.parametrize("format", sorted(SEEDS))
@settings(max_examples=60)
@given(data=st.data())
def test_a_broken_file_gives_reports_and_failures_alone(format: str, data: st.DataObject) -> None:
    held = SEEDS[format]
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(WAYS))
        at = data.draw(st.integers(0, len(held)))
        held = way(held, at, data.draw(st.binary(max_size=6)))
    began = time.process_time()
    for named in (True, False):
        for item in read(held, format, named=named):
            assert isinstance(item, Report | Failure)
    assert time.process_time() - began < SOON


@pytest.mark.skipif(not EXAMPLES, reason="MENURUT_EXAMPLES names no folder")
def test_others_examples_give_reports_and_failures_alone() -> None:
    count = 0
    for path in sorted(Path(str(EXAMPLES)).rglob("*")):
        if path.suffix in (".xml", ".json", ".warc", ".gz", ".arc") and path.is_file():
            began = time.process_time()
            count += sum(isinstance(item, Report) for item in read_source(path))
            assert time.process_time() - began < SOON, path
    assert count > 100
