"""Watching: saved queries, what is new in a ledger, channels, and a day of feeds with restarts."""

from __future__ import annotations

import json
import random
import smtplib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import feedparser
import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyses import Made, arms, denial, visit
from tests.web import Answer, Site, bomb, served

from menurut.cli import cli
from menurut.contract import Analysis, Edition, Failure, Report
from menurut.ledger.adding import add
from menurut.ledger.changes import Change, Mark, changes, mark
from menurut.ledger.errors import StoreError
from menurut.ledger.history import now
from menurut.ledger.queries import find_incidents
from menurut.ledger.reports_kept import page_reports, read_report
from menurut.ledger.reviewing import merge_incidents, split_incident
from menurut.ledger.store import Ledger
from menurut.watching.alerts import Message, message_of, raised
from menurut.watching.channels import ChannelError, Means, mail, tell
from menurut.watching.clock import stamp
from menurut.watching.fetching import Fetcher
from menurut.watching.plan import Alert, Feed, Mail, Plan, PlanError, read_plan
from menurut.watching.queries import QueryError, parse_query
from menurut.watching.state import (
    Notice,
    State,
    StateError,
    Visited,
    alone,
    read_state,
    write_state,
)
from menurut.watching.watch import News, Watch

BEGIN = 1_718_000_000.0
HOUR = 3600.0
RAW = msgspec.Raw(b"{}")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as running:
        yield running


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    """One SQLite ledger for a watch; what differs by database is tested elsewhere."""
    with Ledger(str(tmp_path / "menurut.db")) as opened:
        yield opened


def new(ledger: Ledger, since: Mark, *made: Made) -> list[Change]:
    for report in made:
        add(ledger, *report.pair())
    with ledger.read() as snapshot:
        return list(changes(snapshot, since))


def reached(ledger: Ledger) -> Mark:
    with ledger.read() as snapshot:
        return mark(snapshot)


def kinds(found: list[Change]) -> list[str]:
    return [change.kind for change in found]


# What is new in a ledger


def test_what_a_first_report_brings(ledger: Ledger) -> None:
    found = new(ledger, Mark(), arms("r1", "2024-06-17", "Washington"))
    assert kinds(found) == ["incident", "account"]
    assert found[0].incident.id == "i1"


def test_a_denial_changes_how_an_incident_stands(ledger: Ledger) -> None:
    new(ledger, Mark(), arms("r1", "2024-06-17", "Washington"))
    found = new(ledger, reached(ledger), denial("r2", "2024-06-18"))
    assert kinds(found) == ["status", "account", "denial"]
    assert (found[0].before, found[0].incident.status) == ("single-source", "contested")


def test_another_figure_is_told_with_the_one_before(ledger: Ledger) -> None:
    missiles = {"24 missiles": (24.0, "missiles")}
    more = {"50 missiles": (50.0, "missiles")}
    new(ledger, Mark(), arms("r1", "2024-06-17", "Washington", missiles))
    since = reached(ledger)
    found = new(ledger, since, arms("r2", "2024-06-18", "Kyiv", missiles))
    assert "figure" not in kinds(found)
    since = reached(ledger)
    [figure] = [
        c for c in new(ledger, since, arms("r3", "2024-06-19", "Kyiv", more)) if c.kind == "figure"
    ]
    assert figure.before == "24 missiles"


def test_what_a_source_says_twice_in_a_report_is_told_once(ledger: Ledger) -> None:
    made = arms("r1", "2024-06-17", "Washington")
    changes = [c for c in new(ledger, Mark(), made) if c.kind == "account"]
    alert = Alert(name="arms", when="new account")
    once = list(raised([alert], changes, "2024-06-17T00:00:00Z"))
    assert once
    assert list(raised([alert], changes * 2, "2024-06-17T00:00:00Z")) == once


def test_an_announcement_comes_due_once_and_only_unreported(ledger: Ledger) -> None:
    plan = visit("r1", "2024-06-10", time="2024-06-12", status="planned")
    new(ledger, Mark(), plan)
    since = reached(ledger)
    other = Made("r2", "2024-06-15").say(
        "Togo condemned Kyiv.", "ACCUSE", "condemned", ("Togo",), ("Kyiv",)
    )
    assert kinds(new(ledger, since, other))[-1] == "due"
    assert "due" not in kinds(
        new(ledger, reached(ledger), visit("r3", "2024-06-16", "Sergei Lavrov"))
    )


def test_nothing_is_new_when_nothing_came(ledger: Ledger) -> None:
    new(ledger, Mark(), arms("r1", "2024-06-17", "Washington"))
    assert new(ledger, reached(ledger)) == []
    assert new(ledger, reached(ledger), arms("r1", "2024-06-17", "Washington")) == []


def test_what_is_read_anew_is_no_news(ledger: Ledger) -> None:
    made = arms("r1", "2024-06-17", "Washington")
    new(ledger, Mark(), made)
    since = reached(ledger)
    report, analysis = made.pair()
    add(ledger, report, msgspec.structs.replace(analysis, notes=("read by another model",)))
    with ledger.read() as snapshot:
        assert list(changes(snapshot, since)) == []


def test_a_second_watch_of_a_plan_is_kept_off_until_the_first_ends(tmp_path: Path) -> None:
    memory = tmp_path / "FEEDS.toml.state"
    with alone(memory), pytest.raises(StateError, match="another watch"), alone(memory):
        pass
    with alone(memory):
        pass
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="cannot be written"), alone(tmp_path / "file" / "state"):
        pass


def test_a_correction_tells_what_it_changed_alone(ledger: Ledger) -> None:
    new(ledger, Mark(), arms("r1", "2024-06-17", "Washington"))
    since = reached(ledger)
    report, analysis = (
        arms("r2", "2024-06-18", "Washington")
        .say(
            "Kyiv said North Korea armed Russia.",
            "AID",
            "armed",
            ("North Korea",),
            ("Russia",),
            by="Kyiv",
        )
        .pair()
    )
    edition = Edition(replaces="r1")
    add(
        ledger,
        msgspec.structs.replace(report, edition=edition),
        msgspec.structs.replace(analysis, edition=edition),
    )
    with ledger.read() as snapshot:
        found = list(changes(snapshot, since))
    assert [c.account.name for c in found if c.kind == "account" and c.account] == ["Kyiv"]


@settings(max_examples=15)
@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_each_account_is_told_once_whenever_one_looks(looks: list[bool]) -> None:
    told: list[str] = []
    steps: list[Callable[[Ledger], object]] = [
        lambda opened: add(opened, *arms("r1", "2024-06-17", "Washington").pair()),
        lambda opened: add(opened, *denial("r2", "2024-06-18").pair()),
        lambda opened: split_incident(opened, 1, [2], "you"),
        lambda opened: merge_incidents(opened, [1, 2], "you"),
        lambda opened: add(opened, *denial("r2", "2024-06-19").pair()),
        lambda opened: add(opened, *arms("r3", "2024-06-19", "Kyiv").pair()),
    ]
    with Ledger(":memory:") as opened:
        since = reached(opened)
        for step, look in zip(steps, [*looks[:-1], True], strict=True):
            step(opened)
            if look:
                told += [
                    c.account.report
                    for c in new(opened, since)
                    if c.kind == "account" and c.account
                ]
                since = reached(opened)
    assert sorted(told) == ["r1", "r2", "r3"]


def test_what_is_due_is_told_once_though_it_is_told_of_again(ledger: Ledger) -> None:
    new(ledger, Mark(), visit("r1", "2024-06-10", time="2024-06-12", status="planned"))
    assert kinds(new(ledger, reached(ledger), arms("r2", "2024-06-15", "Kyiv")))[-1] == "due"
    since = reached(ledger)
    again = visit("r3", "2024-06-11", time="2024-06-12", status="planned")
    assert "due" not in kinds(new(ledger, since, again))


def test_more_than_a_batch_comes_due(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "l.db")) as opened:
        for day in range(3):
            made = Made(f"r{day}", "2024-01-01")
            for number in range(200):
                at = date(2024, 1, 2) + timedelta(days=number + 200 * day)
                guest = f"Guest {chr(65 + number % 26)}{chr(97 + number // 26)}{day}"
                made.say(
                    f"{guest} will visit Togo.",
                    "CONSULT",
                    "visit",
                    (guest,),
                    ("Togo",),
                    mode="visit",
                    status="planned",
                    time=at.isoformat(),
                )
            add(opened, *made.pair())
        with opened.read() as snapshot:
            planned = len(find_incidents(snapshot, most=5000))
        found = new(opened, reached(opened), arms("late", "2027-01-01", "Kyiv"))
    assert planned > 500
    assert kinds(found).count("due") == planned


# Saved queries


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("type=AID actor=PRK recipient=RUS", True),
        ("type=AID actor='Korea Utara' recipient=Moscow", True),
        ("type=aid", True),
        ("type=ASSAULT", False),
        ("recipient=USA", False),
        ("party=RUS", True),
        ("new denial by Russia", True),
        ("new denial by USA", False),
        ("status changed status=contested", True),
        ("status changed status=planned", False),
        ("figure changed", False),
        ("new account source=RUS", True),
        ("planned event due and not reported", False),
    ],
)
def test_queries(tmp_path: Path, query: str, told: bool) -> None:
    with Ledger(str(tmp_path / "l.db")) as opened:
        found = new(opened, Mark(), arms("r1", "2024-06-17", "Washington"))
        found += new(opened, reached(opened), denial("r2", "2024-06-18"))
    assert any(map(parse_query(query).matches, found)) is told


@pytest.mark.parametrize(
    "query", ["", "new nonsense", "colour=red", "type=WAR", "type='AID", "new denial by", "actor="]
)
def test_bad_queries_are_named(query: str) -> None:
    with pytest.raises(QueryError):
        parse_query(query)


# Plans

PLAN = """
[[feed]]
url = "https://example.org/feed"
every = "30m"

[[alert]]
name = "arms"
when = "type=AID"
to = ["terminal", "file:alerts.jsonl"]
"""


def test_a_plan_is_read(tmp_path: Path) -> None:
    path = tmp_path / "FEEDS.toml"
    path.write_text(PLAN)
    plan = read_plan(path)
    assert plan.feed[0].every == "30m"
    assert plan.alert[0].to == ("terminal", "file:alerts.jsonl")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('every = "30m"', 'every = "5s"', "5s"),
        ('every = "30m"', 'evry = "5m"', "evry"),
        ("https://example.org", "ftp://example.org", "ftp"),
        ('"file:alerts.jsonl"', '"pigeon:x"', "pigeon"),
        ('"file:alerts.jsonl"', '"mail:a@b"', r"\[mail\]"),
        ('"file:alerts.jsonl"', '"webhook:file:///x"', "http"),
        ("type=AID", "type=ADI", "ADI"),
        ("[[alert]]", "[[alert", "FEEDS.toml"),
        ('every = "30m"', 'language = "xx"', "xx"),
    ],
)
def test_what_is_wrong_with_a_plan(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "FEEDS.toml"
    path.write_text(PLAN.replace(old, new))
    with pytest.raises(PlanError, match=complaint):
        read_plan(path)


def test_the_command_checks_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    path = tmp_path / "FEEDS.toml"
    path.write_text(PLAN)
    run = CliRunner().invoke(cli, ["watch", str(path), "--check"])
    assert (run.exit_code, run.output) == (0, "1 feeds, 1 alerts: the plan is right\n")
    path.write_text("feed = 1")
    run = CliRunner().invoke(cli, ["watch", str(path), "--check"])
    assert run.exit_code == 1
    assert "FEEDS.toml" in run.output


# Channels


@pytest.fixture
def message(tmp_path: Path) -> Message:
    with Ledger(str(tmp_path / "l.db")) as opened:
        [change, *_] = new(opened, Mark(), arms("r1", "2024-06-17", "Washington"))
    return message_of(Alert(name="arms", when="type=AID"), change, "2024-06-18T00:00:00+00:00")


@pytest.fixture
def means(tmp_path: Path, site: Site) -> Means:
    fetcher = Fetcher(lambda: BEGIN, private=frozenset({site.host}))
    post = Mail(server="mail.invalid", sender="menurut@example.org", encrypted=False)
    return Means(tmp_path, fetcher, post)


def test_a_file_has_a_line_for_each(message: Message, means: Means, tmp_path: Path) -> None:
    for _ in range(2):
        tell("file:alerts.jsonl", message, means)
    lines = (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()
    assert [msgspec.json.decode(line, type=Message) for line in lines] == [message] * 2
    with pytest.raises(ChannelError, match="no/such"):
        tell("file:no/such/folder", message, means)


def test_a_webhook_takes_json_or_is_tried_again(message: Message, means: Means, site: Site) -> None:
    tell(f"webhook:{site.url}/hook", message, means)
    assert json.loads(site.posted[0])["words"].startswith("Washington said")
    site.pages["/hook"] = Answer(b"", 500)
    with pytest.raises(ChannelError, match="500"):
        tell(f"webhook:{site.url}/hook", message, means)


def test_a_desktop_feed_is_atom_and_has_each_once(
    message: Message, means: Means, tmp_path: Path
) -> None:
    hostile = msgspec.structs.replace(message, id="other", words="<b>&\x00\x1b[31m]]>", alert="<x>")
    for each in (message, hostile, message):
        tell("feed:alerts.xml", each, means)
    found = feedparser.parse((tmp_path / "alerts.xml").read_bytes())
    assert not found.bozo
    assert [entry.title for entry in found.entries] == [
        "arms: a new incident",
        "<x>: a new incident",
    ]
    assert "<b>&" in found.entries[1].content[0].value


def test_a_letter_has_no_headers_from_reports(
    message: Message, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[EmailMessage] = []

    class Post:
        def __init__(self, *_where: object, **_how: object) -> None: ...
        def __enter__(self) -> Post:
            return self

        def __exit__(self, *_error: object) -> None: ...
        def send_message(self, letter: EmailMessage) -> None:
            sent.append(letter)

    monkeypatch.setattr(smtplib, "SMTP", Post)
    hostile = msgspec.structs.replace(message, alert="arms\r\nBcc: everyone@example.org")
    tell("mail:desk@example.org", hostile, means)
    assert sent[0]["To"] == "desk@example.org"
    assert sent[0]["Bcc"] is None
    assert "Washington" in sent[0].get_content()


def test_a_mail_server_that_is_not_there_is_named(message: Message, means: Means) -> None:
    with pytest.raises(ChannelError, match=r"mail\.invalid"):
        mail.tell(message, "desk@example.org", means)


# A day of feeds


class Days:
    """A clock whose days pass as fast as they are waited for. ``tick`` may stop the program."""

    def __init__(self, tick: Callable[[], None] = lambda: None) -> None:
        self.moment = BEGIN
        self.tick = tick

    def now(self) -> float:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += max(seconds, 0.0)
        self.tick()


class Stopped(BaseException):
    """The program is stopped, wherever it is."""


def hand_read(items: Any) -> Iterator[Analysis | Failure]:
    """Analyses made by hand of the reports that ``item`` writes."""
    for report in items:
        assert isinstance(report, Report)
        if " said North Korea supplied" not in report.text:
            yield Failure(report.id, "it tells of nothing that this test knows")
            continue
        who, _, rest = report.text.splitlines()[-1].partition(" said")
        made = Made(report.id, str(report.published_at)[:10])
        made.say(f"{who} said{rest}", "AID", "supplied", ("North Korea",), ("Russia",), by=who)
        made.text = report.text
        start = report.text.index(f"{who} said")
        yield _moved(made.pair()[1], start, report)


def _moved(analysis: Analysis, start: int, report: Report) -> Analysis:
    """An analysis of the last line, with its offsets moved to where that line stands."""

    def move(value: Any) -> Any:
        if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
            return [value[0] + start, value[1] + start]
        if isinstance(value, list):
            return [move(v) for v in value]
        return {k: move(v) for k, v in value.items()} if isinstance(value, dict) else value

    plain = msgspec.to_builtins(msgspec.structs.replace(analysis, names=(), actors=()))
    moved = msgspec.convert(move(plain), Analysis)
    return msgspec.structs.replace(
        moved, actors=analysis.actors, publisher=report.publisher, published_at=report.published_at
    )


def item(feed: str, number: int) -> str:
    moment = BEGIN + number * 0.5 * HOUR
    words = f"Washington said North Korea supplied {number + 2} missiles to Russia."
    return (
        f"<entry><id>tag:{feed},{number}</id><title>Arms {feed} {number}</title>"
        f"<updated>{stamp(moment)}</updated><link href='http://x.invalid/{number}'/>"
        f"<content type='html'>{escape(words)}</content></entry>"
    )


def atom(feed: str, clock: Days) -> Any:
    """A feed that shows its ten newest entries, one every half hour, and fails now and then."""

    def answer(_asked: dict[str, str]) -> Answer:
        count = int((clock.now() - BEGIN) / (0.5 * HOUR)) + 1
        if random.Random(f"{feed}{clock.now()}").random() < 0.1:
            return Answer(b"", random.Random(count).choice([500, 503, 429]), {"Retry-After": "90"})
        shown = "".join(item(feed, n) for n in range(max(count - 10, 0), count))
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{feed}</title>{shown}</feed>"
        return Answer(body.encode(), 200, {"Content-Type": "application/atom+xml"})

    return answer


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title>'
    b"<item><title>&c;</title><description>&c;</description></item></channel></rss>"
)
WRONG_CHARSET = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>'
    "<item><guid>latin</guid><title>Caf\xe9</title><description>Washington said North Korea "
    "supplied 1 missiles to Russia.</description></item></channel></rss>"
).encode("latin-1")


def hostile_pages(site: Site) -> list[str]:
    """Feeds that mean ill, or are broken."""
    site.pages["/loop"] = Answer(b"", 302, {"Location": "/loop"})
    site.pages["/bomb"] = bomb()
    site.pages["/laughs"] = Answer(LAUGHS)
    site.pages["/charset"] = Answer(WRONG_CHARSET)
    site.pages["/inside"] = Answer(b"", 301, {"Location": "http://169.254.169.254/latest"})
    site.pages["/html"] = Answer(b"<p>this is no feed", 200, {"Content-Type": "text/html"})
    site.pages["/empty"] = Answer(b"")
    return ["/loop", "/bomb", "/laughs", "/charset", "/inside", "/html", "/empty", "/missing"]


def test_a_day_with_fifty_restarts_loses_nothing(site: Site, kept: Ledger, tmp_path: Path) -> None:
    left, restarts, chance = [0], 0, random.Random(7)

    def tick() -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Stopped

    clock = Days(tick)
    good = ["a", "b", "c"]
    for name in good:
        site.pages[f"/{name}"] = atom(name, clock)
    feeds = [Feed(url=f"{site.url}/{name}", every="15m") for name in good]
    feeds += [Feed(url=f"{site.url}{page}", every="4h") for page in hostile_pages(site)]
    alert = Alert(name="arms", when="new account type=AID actor=PRK", to=("file:alerts.jsonl",))
    plan = Plan(feed=tuple(feeds), alert=(alert,), pause=0.0)
    troubles: set[str] = set()

    def news(told: News) -> None:
        if told.trouble:
            troubles.add(told.feed.removeprefix(site.url))
        tick()

    fetcher = Fetcher(clock.now, private=frozenset({site.host}))
    until = BEGIN + 24 * HOUR
    while clock.now() < until:
        left[0] = chance.randrange(1, 16) if restarts < 50 else 1 << 30
        try:
            Watch(plan, kept, fetcher, clock, tmp_path / "s.state", news, hand_read).run(until)
        except Stopped:
            restarts += 1
            clock.moment += chance.uniform(0, 120)
    assert restarts == 50
    published = {f"tag:{name},{n}" for name in good for n in range(48)}
    with kept.read() as snapshot:
        held = [row.report for row in page_reports(snapshot, most=1000).items]
    assert len(held) == len(set(held))
    assert published | {"latin"} <= set(held)
    assert all(held_of(kept)[1])
    assert {"/loop", "/bomb", "/inside", "/missing"} <= troubles
    told = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text().splitlines()]
    assert {line["report"] for line in told} >= published
    assert len({line["id"] for line in told}) == len(held_of(kept)[0])


def held_of(ledger: Ledger) -> tuple[set[int], list[str]]:
    """The ids of the accounts of the arms, and their reports."""
    with ledger.read() as snapshot:
        found = [c for c in changes(snapshot, Mark()) if c.kind == "account"]
    return {c.account.id for c in found if c.account}, [
        c.account.report for c in found if c.account
    ]


def test_a_feed_that_fails_is_asked_less_and_less(site: Site, kept: Ledger, tmp_path: Path) -> None:
    clock = Days()
    site.pages["/feed"] = Answer(b"", 500)
    plan = Plan(feed=(Feed(url=f"{site.url}/feed", every="15m"),), pause=0.0)
    fetcher = Fetcher(clock.now, private=frozenset({site.host}))
    Watch(plan, kept, fetcher, clock, tmp_path / "s", lambda _news: None, hand_read).run(
        BEGIN + 24 * HOUR
    )
    assert 5 <= site.asked["/feed"] <= 8


def test_pages_are_followed_politely_and_once(site: Site, kept: Ledger, tmp_path: Path) -> None:
    clock = Days()
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    words = "Washington said North Korea supplied many missiles to Russia."
    for path in ("/open", "/closed"):
        body = f"<p>The delivery was told on Monday, at some length.</p><p>{words}</p>" * 4
        site.put(path, f"<html><body><article><h1>Arms</h1>{body}</article></body></html>")
    links = "".join(
        f"<item><guid>g{path}</guid><title>t</title><link>{site.url}{path}</link>"
        "<description>Washington said North Korea supplied 3 missiles to Russia.</description>"
        "</item>"
        for path in ("/open", "/closed")
    )
    site.put("/feed", f"<rss version='2.0'><channel><title>x</title>{links}</channel></rss>")
    plan = Plan(feed=(Feed(url=f"{site.url}/feed", follow=True),), pause=5.0)
    fetcher = Fetcher(clock.now, private=frozenset({site.host}))
    watch = Watch(plan, kept, fetcher, clock, tmp_path / "s", lambda _news: None, hand_read)
    watch.run(BEGIN + 2 * HOUR)
    assert site.asked["/open"] == 1
    assert site.asked["/closed"] == 0
    assert site.asked["/feed"] == 8
    with kept.read() as snapshot:
        texts = {name: read_report(snapshot, name).text for name in ("g/open", "g/closed")}
    assert "many missiles" in texts["g/open"]
    assert "3 missiles" in texts["g/closed"]


def watching(
    site: Site, kept: Ledger, folder: Path, clock: Days, feed: Feed, *alerts: Alert
) -> tuple[Watch, list[News]]:
    """A watch over one feed, and what it tells of."""
    told: list[News] = []
    plan = Plan(feed=(feed,), alert=alerts, pause=0.0)
    fetcher = Fetcher(clock.now, private=frozenset({site.host}))
    return Watch(plan, kept, fetcher, clock, folder / "s.state", told.append, hand_read), told


def rss(items: str, title: str = "<title>x</title>") -> str:
    return f"<rss version='2.0'><channel>{title}{items}</channel></rss>"


def test_a_feed_of_more_entries_than_most_is_remembered_whole(
    site: Site, kept: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("menurut.watching.watch.known_reports", lambda _ledger, named: named)
    clock, looked = Days(), [0]
    items = "".join(f"<item><guid>{n}</guid><title>t {n}</title></item>" for n in range(5_000))
    site.pages["/feed"] = Answer(rss(items).encode())
    watch, _told = watching(site, kept, tmp_path, clock, Feed(url=f"{site.url}/feed"))
    add_one = watch._add

    def counted(feed: Feed, report: Report) -> bool:
        looked[0] += 1
        return add_one(feed, report)

    monkeypatch.setattr(watch, "_add", counted)
    for _ in range(2):
        watch.run(once=True)
    assert looked == [5_000]
    assert (tmp_path / "s.state").stat().st_size < 400_000


def test_entries_without_ids_are_told_apart_by_their_words(
    site: Site, kept: Ledger, tmp_path: Path
) -> None:
    def words(count: int) -> str:
        said = f"Washington said North Korea supplied {count} missiles to Russia."
        return f"<item><title>Arms {count}</title><description>{said}</description></item>"

    site.put("/feed", rss(words(2) + words(3)))
    watch, told = watching(site, kept, tmp_path, Days(), Feed(url=f"{site.url}/feed"))
    watch.run(once=True)
    watch.run(once=True)
    assert [n.added.change for n in told if n.added] == ["added", "added"]


def test_a_clock_that_is_set_back_stops_nothing(site: Site, kept: Ledger, tmp_path: Path) -> None:
    clock = Days()
    site.put("/feed", rss(""))
    watch, _told = watching(site, kept, tmp_path, clock, Feed(url=f"{site.url}/feed"))
    watch.run(BEGIN + HOUR)
    asked = site.asked["/feed"]
    clock.moment = BEGIN - 365 * 24 * HOUR
    watch.run(clock.moment + HOUR)
    assert site.asked["/feed"] > asked


def test_what_is_remembered_follows_the_plan(site: Site, kept: Ledger, tmp_path: Path) -> None:
    site.put("/feed", rss(""))
    alert = Alert(name="arms", when="new account", to=("mail:desk@example.org",))
    waiting = Notice(key="k", alert="arms", channel="mail:desk@example.org", at="", message=RAW)
    state = State(feeds={"http://gone.invalid/feed": Visited()}, mark=Mark(), waiting=[waiting])
    write_state(tmp_path / "s.state", state)
    without_mail = msgspec.structs.replace(alert, to=("file:a.jsonl",))
    feed = Feed(url=f"{site.url}/feed")
    watch, told = watching(site, kept, tmp_path, Days(), feed, without_mail)
    watch.run(once=True)
    assert [news.trouble for news in told] == ["mail:desk@example.org: no longer in the plan"]
    left = read_state(tmp_path / "s.state")
    assert (list(left.feeds), left.waiting) == ([feed.url], [])


def test_pages_that_were_missed_are_forgotten_with_their_entry() -> None:
    visited = Visited()
    visited.miss("old")
    visited.miss("shown")
    visited.forget_missed({"shown"})
    assert visited.missed == {"shown": 1}


def test_a_plan_is_watched_once_at_a_time(tmp_path: Path) -> None:
    plan = tmp_path / "FEEDS.toml"
    plan.write_text(PLAN)
    with alone(tmp_path / "FEEDS.toml.state"):
        run = CliRunner().invoke(cli, ["watch", str(plan), "--once"])
    assert run.exit_code == 1
    assert "FEEDS.toml.state" in run.output


def test_a_ledger_that_is_locked_loses_no_report(
    site: Site, kept: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "<description>Washington said North Korea supplied 2 missiles to Russia.</description>"
    site.put("/feed", rss(f"<item><guid>g</guid><title>t</title>{words}</item>"))
    watch, told = watching(site, kept, tmp_path, Days(), Feed(url=f"{site.url}/feed"))

    def locked(*_arguments: object) -> Any:
        raise StoreError("menurut.db: database is locked")

    with monkeypatch.context() as patched:
        patched.setattr("menurut.watching.watch.add", locked)
        watch.run(once=True)
    assert told[-1].trouble == "menurut.db: database is locked"
    watch.run(once=True)
    assert told[-1].added is not None


def test_a_feed_withdraws_no_report_of_another(site: Site, kept: Ledger, tmp_path: Path) -> None:
    report, analysis = arms("tag:a,1", "2024-06-17", "Washington").pair()
    add(kept, msgspec.structs.replace(report, publisher="Pacific Ledger"), analysis)
    tomb = "<t:deleted-entry xmlns:t='http://purl.org/atompub/tombstones/1.0' ref='tag:a,1'/>"
    site.put("/feed", f"<feed xmlns='http://www.w3.org/2005/Atom'>{tomb}</feed>")
    watch, told = watching(site, kept, tmp_path, Days(), Feed(url=f"{site.url}/feed"))
    watch.read = lambda items: (
        Analysis(id=r.id, language="en", edition=r.edition) for r in items if isinstance(r, Report)
    )
    watch.run(once=True)
    assert [n.added.change for n in told if n.added] == ["withdrawn"]
    with kept.read() as snapshot:
        assert len(find_incidents(snapshot)) == 1


def test_what_is_remembered_of_a_feed_is_bounded() -> None:
    visited = Visited()
    visited.see(str(n) for n in range(10_000))
    visited.see(["9000"])
    assert len(visited.seen) == 4000
    assert visited.seen[-1] == "9000"


def test_a_broken_memory_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "s.state"
    path.write_text("{")
    with pytest.raises(Exception, match="delete it"):
        read_state(path)
    assert path.read_text() == "{"


def test_the_wall_clock_and_the_ledgers_agree() -> None:
    assert stamp(BEGIN) == "2024-06-10T06:13:20+00:00"
    assert now() > stamp(BEGIN)
