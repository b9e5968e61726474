"""The formats that agencies and sites send: feeds, sitemaps, ninjs, NewsML-G2, NITF."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from menurut.contract import Edition, Failure, Report
from menurut.reports import Given, read_source

BILLION = (
    "<!DOCTYPE x [<!ENTITY l0 'lol'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar Contoh</title>
<language>en-US</language><item><title>Jembatan &amp;amp; Jalan Dibuka</title>
<link>https://kabar.example/1</link><guid>kabar-1</guid><dc:creator>Sari Wulandari</dc:creator>
<pubDate>Wed, 19 Jun 2024 08:12:00 +0700</pubDate><category>Ekonomi</category>
<description>Ringkasan.</description>
<content:encoded><![CDATA[<p>Pemerintah membuka <b>jembatan</b> baru.</p><script>x()</script>
<p>Menteri hadir&nbsp;di sana.</p>]]></content:encoded></item>
<item><link>https://kabar.example/2</link></item>
<item><title>Pelabuhan Ditutup</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>The Example Post</title><id>urn:f</id><updated>2024-06-19T01:00:00Z</updated>
<entry><id>urn:e:1</id><title>Talks resume</title><published>2024-06-19T01:00:00Z</published>
<updated>2024-06-19T05:00:00Z</updated><author><name>Ada Writer</name></author>
<content type="html">
&lt;p&gt;Both sides met.&lt;/p&gt;&lt;p&gt;They will meet again.&lt;/p&gt;</content>
</entry><at:deleted-entry ref="urn:e:0" when="2024-06-19T04:00:00Z">
<at:comment>Wrong country</at:comment></at:deleted-entry></feed>"""
NITF = """<nitf xml:lang="en"><head><docdata management-status="usable">
<doc-id regsrc="EXA" id-string="exa-7"/><du-key key="harbour" version="3"/>
<correction id-string="exa-6" info="Corrects the toll"/>
<date.issue norm="2024-06-19T08:00:00+07:00"/><date.release norm="20240620T080000+0700"/>
<ed-msg info="Eds: updates throughout"/><doc.copyright year="2024" holder="Example Agency"/>
</docdata><tobject><tobject.subject tobject.subject.refnum="11000000"/></tobject></head><body>
<body.head><hedline><hl1>Harbour reopens</hl1></hedline><byline>By Ada Writer</byline>
<dateline><location>ADEN</location>, June 19</dateline></body.head><body.content>
<media media-type="image"><media-caption>Not this</media-caption></media>
<p>The <org>port authority</org> said it had reopened.</p><p>Ships waited.</p></body.content>
</body></nitf>"""


def g2(content: str, meta: str = "", kind: str = "text") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:exa:9" version="2"
 xml:lang="id"><rightsInfo><copyrightNotice>© Contoh</copyrightNotice></rightsInfo><itemMeta>
<itemClass qcode="ninat:{kind}"/><provider literal="EXA"><name>Kantor Contoh</name></provider>
<versionCreated>2024-06-19T10:00:00+07:00</versionCreated>
<firstCreated>2024-06-19T08:00:00+07:00</firstCreated>
<embargoed>2024-06-19T12:00:00+07:00</embargoed>{meta or '<pubStatus qcode="stat:usable"/>'}
<edNote>Perbaikan angka</edNote><signal qcode="sig:correction"/></itemMeta><contentMeta>
<by>Sari Wulandari</by><creditline>EXA/Contoh</creditline><subject qcode="medtop:11000000"/>
<headline>Pelabuhan Dibuka</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>t</title></head><body><p>Pelabuhan itu dibuka.</p><p>Kapal masuk.</p></body></html>
</inlineXML>"""
NINJS = {
    "uri": "http://agency.example/items/5",
    "type": "text",
    "version": "2",
    "firstcreated": "2024-06-19T07:00:00Z",
    "versioncreated": "2024-06-19T08:00:00Z",
    "embargoed": "2024-06-19T09:00:00Z",
    "pubstatus": "usable",
    "language": "en",
    "byline": "Ada Writer",
    "ednote": "Fixes name",
    "copyrightholder": "Example Agency",
    "subject": [{"code": "medtop:11000000", "name": "politics"}],
    "headline": "Talks resume",
    "body_text": "Both sides met. They will meet again.",
    "body_html": "<p>Both sides met.</p><p>They will meet again.</p>",
}


def read(tmp_path: Path, name: str, held: str | bytes, **given: Any) -> list[Report | Failure]:
    path = tmp_path / name
    path.write_bytes(held.encode() if isinstance(held, str) else held)
    return list(read_source(path, Given(**given)))


def report(items: list[Report | Failure]) -> Report:
    [item] = items
    assert isinstance(item, Report), item
    return item


def test_rss_gives_the_full_text_and_what_the_feed_says(tmp_path: Path) -> None:
    full, empty, bare = read(tmp_path, "feed.xml", RSS)
    assert full == Report(
        id="kabar-1",
        text="Jembatan & Jalan Dibuka\n\nPemerintah membuka jembatan baru.\nMenteri hadir di sana.",
        title="Jembatan & Jalan Dibuka",
        published_at="2024-06-19T08:12:00+07:00",
        publisher="Kabar Contoh",
        url="https://kabar.example/1",
        byline="Sari Wulandari",
        edition=Edition(subjects=("Ekonomi",)),
    )
    assert isinstance(empty, Failure)
    assert "no words" in empty.error
    assert isinstance(bare, Report)
    assert (bare.id, bare.text) == ("feed.xml#3", "Pelabuhan Ditutup")


def test_atom_gives_entries_and_withdrawals(tmp_path: Path) -> None:
    entry, tomb = read(tmp_path, "x.atom", ATOM)
    assert isinstance(entry, Report)
    assert entry.text == "Talks resume\n\nBoth sides met.\nThey will meet again."
    assert entry.edition == Edition(modified_at="2024-06-19T05:00:00Z")
    assert isinstance(tomb, Report)
    assert tomb.text == ""
    assert tomb.edition is not None
    assert tomb.edition.status == "canceled"
    assert (tomb.edition.story, tomb.edition.note) == ("urn:e:0", "Wrong country")


def test_a_feed_in_an_undeclared_character_set_is_read(tmp_path: Path) -> None:
    feed = RSS.replace("encoding='UTF-8'", "").replace("hadir", "hadir – “café”")
    [first, *_] = read(tmp_path, "f.rss", feed.encode("cp1252"))
    assert isinstance(first, Report)
    assert "café" in first.text


def test_a_feed_cut_off_before_its_first_entry_is_said_to_be_broken(tmp_path: Path) -> None:
    [cut] = read(tmp_path, "feed.xml", '<rss version="2.0"><channel><title>Kabar</ti')
    assert isinstance(cut, Failure)
    assert "XML is broken" in cut.error
    assert read(tmp_path, "none.xml", '<rss version="2.0"><channel></channel></rss>') == []


def test_a_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example Post",
        "items": [
            {
                "id": "1",
                "url": "https://post.example/1",
                "title": "Talks resume",
                "content_html": "<p>Both sides met.</p>",
                "date_published": "2024-06-19T01:00:00Z",
                "authors": [{"name": "Ada Writer"}],
                "tags": ["peace"],
            },
            {"id": "2"},
            7,
        ],
    }
    first, second, third = read(tmp_path, "feed.json", json.dumps(feed))
    assert isinstance(first, Report)
    assert first.text == "Talks resume\n\nBoth sides met."
    assert (first.byline, first.publisher) == ("Ada Writer", "The Example Post")
    assert isinstance(second, Failure)
    assert isinstance(third, Failure)


def test_a_news_sitemap_gives_headlines_and_a_plain_one_an_error(tmp_path: Path) -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = f"""<urlset {ns} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
<loc>https://a.example/1</loc><news:news><news:publication><news:name>Kabar</news:name>
<news:language>id</news:language></news:publication><news:title>Jalan Dibuka</news:title>
<news:publication_date>2024-06-19</news:publication_date></news:news></url></urlset>"""
    found = report(read(tmp_path, "sitemap.xml", news))
    assert (found.text, found.publisher, found.language) == ("Jalan Dibuka", "Kabar", "id")
    plain = f"<urlset {ns}><url><loc>https://a.example/1</loc></url></urlset>"
    [failure] = read(tmp_path, "plain.xml", plain)
    assert isinstance(failure, Failure)
    assert "addresses alone" in failure.error


def test_nitf_keeps_furniture_version_correction_and_embargo(tmp_path: Path) -> None:
    found = report(read(tmp_path, "story.xml", NITF))
    assert found.text == (
        "Harbour reopens\n\nADEN, June 19 — The port authority said it had reopened.\nShips waited."
    )
    assert (found.id, found.byline, found.language) == ("exa-7", "Ada Writer", "en")
    assert found.published_at == "2024-06-19T08:00:00+07:00"
    assert found.edition == Edition(
        story="harbour",
        version="3",
        embargoed_until="2024-06-20T08:00:00+07:00",
        status="usable",
        notice="correction",
        replaces="exa-6",
        note="Eds: updates throughout",
        agency="EXA",
        rights="2024 Example Agency",
        subjects=("11000000",),
    )


@pytest.mark.parametrize(
    "content",
    [
        XHTML,
        f"<inlineXML>{NITF[: NITF.index('<body>')]}<body><body.content><p>Pelabuhan itu dibuka.</p>"
        "<p>Kapal masuk.</p></body.content></body></nitf></inlineXML>",
        "<inlineData contenttype='text/plain'>Pelabuhan itu dibuka.\nKapal masuk.</inlineData>",
        "<inlineData contenttype='text/html'>&lt;p&gt;Pelabuhan itu dibuka.&lt;/p&gt;"
        "&lt;p&gt;Kapal masuk.&lt;/p&gt;</inlineData>",
    ],
)
def test_newsml_reads_every_kind_of_inline_content(content: str, tmp_path: Path) -> None:
    found = report(read(tmp_path, "item.xml", g2(content)))
    assert found.text == "Pelabuhan Dibuka\n\nPelabuhan itu dibuka.\nKapal masuk."
    assert (found.id, found.publisher, found.byline) == (
        "urn:exa:9#2",
        "Kantor Contoh",
        "Sari Wulandari",
    )
    assert found.published_at == "2024-06-19T08:00:00+07:00"
    assert found.edition == Edition(
        story="urn:exa:9",
        version="2",
        modified_at="2024-06-19T10:00:00+07:00",
        embargoed_until="2024-06-19T12:00:00+07:00",
        status="usable",
        notice="correction",
        note="Perbaikan angka",
        agency="Kantor Contoh",
        credit="EXA/Contoh",
        rights="© Contoh",
        subjects=("medtop:11000000",),
    )


def test_a_news_message_gives_its_items_a_kill_and_a_failure_for_a_picture(tmp_path: Path) -> None:
    kill = g2("", '<pubStatus qcode="stat:canceled"/>')
    message = (
        f"<newsMessage><itemSet>{g2(XHTML)}{kill}{g2('', kind='picture')}</itemSet></newsMessage>"
    )
    text, killed, picture = read(tmp_path, "message.xml", message)
    assert isinstance(text, Report)
    assert isinstance(killed, Report)
    assert killed.edition is not None
    assert (killed.text, killed.edition.status) == ("", "canceled")
    assert isinstance(picture, Failure)
    assert "picture" in picture.error


def third_generation() -> dict[str, Any]:
    names = {"versioncreated": "versionCreated", "pubstatus": "pubStatus", "byline": "by"}
    names |= {"firstcreated": "firstCreated", "ednote": "edNote", "subject": "subjects"}
    names |= {"copyrightholder": "copyrightHolder"}
    plain = {k: v for k, v in NINJS.items() if not k.startswith(("body", "headline"))}
    return {
        **{names.get(key, key): value for key, value in plain.items()},
        "headlines": [{"role": "main", "value": "Talks resume"}],
        "bodies": [{"contentType": "text/html", "value": NINJS["body_html"]}],
    }


@pytest.mark.parametrize("item", [NINJS, third_generation()])
def test_every_generation_of_ninjs_says_the_same(item: dict[str, Any], tmp_path: Path) -> None:
    found = report(read(tmp_path, "item.json", json.dumps(item, indent=1)))
    assert found == Report(
        id="http://agency.example/items/5#2",
        text="Talks resume\n\nBoth sides met.\nThey will meet again.",
        title="Talks resume",
        language="en",
        published_at="2024-06-19T07:00:00Z",
        publisher="Example Agency",
        url="http://agency.example/items/5",
        byline="Ada Writer",
        edition=Edition(
            story="http://agency.example/items/5",
            version="2",
            modified_at="2024-06-19T08:00:00Z",
            embargoed_until="2024-06-19T09:00:00Z",
            status="usable",
            note="Fixes name",
            agency="Example Agency",
            subjects=("medtop:11000000",),
        ),
    )


def test_ninjs_a_line_with_broken_ones_between(tmp_path: Path) -> None:
    kill = {"uri": "urn:k", "pubstatus": "canceled", "headline": "Kill"}
    photo = {"uri": "urn:p", "type": "picture"}
    lines = [json.dumps(NINJS), "{broken", json.dumps(kill), json.dumps(photo), '{"a": 1}']
    found = read(tmp_path, "items.json", "\n".join(lines))
    kinds = [type(item) for item in found]
    assert kinds == [Report, Failure, Report, Failure, Failure]
    assert found[2].id == "urn:k"


@pytest.mark.parametrize(
    ("name", "held"),
    [
        (
            "f.xml",
            BILLION
            + "<rss version='2.0'><channel><item><title>&l9;</title></item></channel></rss>",
        ),
        ("n.xml", BILLION + "<nitf><body><body.content><p>&l9;</p></body.content></body></nitf>"),
        ("g.xml", BILLION + g2("<inlineData>&l9;</inlineData>")),
        ("s.xml", BILLION + "<urlset><url><loc>&l9;</loc></url></urlset>"),
        ("j.json", "[" * 100_000),
        ("d.xml", "<nitf><body><body.content>" + "<p>" * 100_000),
        ("i.xml", '<?xml version="1.0"?>' + "<?a b?>" * 5_000 + "<!--" * 2_000),
        ("e.xml", "<nitf/>"),
        ("h.json", json.dumps({"uri": "u", "type": "text", "body_html": "<b>" * 50_000})),
    ],
)
def test_hostile_documents_fail_soon_and_alone(name: str, held: str, tmp_path: Path) -> None:
    before = time.process_time()
    found = read(tmp_path, name, held)
    assert time.process_time() - before < 10
    for item in found:
        assert isinstance(item, Failure) or len(item.text) < 1_000


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SANDI RAHASIA")
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for number, held in enumerate(
        (
            doctype + NITF.replace("Ships", "&x;"),
            doctype + g2("<inlineData>&x; kata</inlineData>"),
            doctype + RSS.partition("?>")[2].replace("Ringkasan", "&x;"),
        )
    ):
        assert "SANDI" not in str(read(tmp_path, f"{number}.xml", held))
