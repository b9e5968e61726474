"""Fetching from a server of our own: polite, bounded, and nowhere that it must not go."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from tests.web import Answer, Site, bomb, served

from menurut.watching import fetching
from menurut.watching.addresses import AddressError, checked, is_public
from menurut.watching.fetching import Fetcher, FetchError


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as running:
        yield running


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    return Fetcher(lambda: 0.0, private=frozenset({site.host}))


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    site.put("/feed", "<rss/>")
    first = fetcher.get(f"{site.url}/feed")
    assert first.body == b"<rss/>"
    again = fetcher.get(f"{site.url}/feed", first.etag, first.modified)
    assert again.body is None


def test_robots_txt_is_heeded_and_asked_once(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\nCrawl-delay: 7\n")
    site.put("/feed", "x")
    fetcher.get(f"{site.url}/feed")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.get(f"{site.url}/secret/page")
    assert site.asked["/robots.txt"] == 1
    assert site.asked["/secret/page"] == 0
    assert fetcher.delay(f"{site.url}/feed") == 7


def test_robots_txt_that_fails_allows_nothing(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Answer(b"", 503)
    site.put("/feed", "x")
    with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        fetcher.get(f"{site.url}/feed")


def test_a_private_address_is_not_asked(site: Site) -> None:
    site.put("/feed", "x")
    stranger = Fetcher(lambda: 0.0)
    with pytest.raises(FetchError, match="private network"):
        stranger.get(f"{site.url}/feed")
    assert not site.asked


def test_a_redirect_leads_to_no_private_address(site: Site, fetcher: Fetcher) -> None:
    with served() as inner:
        inner.put("/admin", "secret")
        site.pages["/feed"] = Answer(b"", 302, {"Location": f"{inner.url}/admin"})
        with pytest.raises(FetchError, match="private network"):
            fetcher.get(f"{site.url}/feed")
        assert not inner.asked


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://u:p@example.org/"])
def test_a_redirect_leads_to_no_other_scheme(site: Site, fetcher: Fetcher, target: str) -> None:
    site.pages["/feed"] = Answer(b"", 302, {"Location": target})
    with pytest.raises(FetchError, match="address"):
        fetcher.get(f"{site.url}/feed")


def test_a_loop_of_redirects_ends(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(b"", 302, {"Location": "/b"})
    site.pages["/b"] = Answer(b"", 302, {"Location": "/a"})
    with pytest.raises(FetchError, match="redirects"):
        fetcher.get(f"{site.url}/a")
    assert site.asked["/a"] + site.asked["/b"] <= fetching.MOST_HOPS + 1


def test_only_a_move_for_good_is_remembered(site: Site, fetcher: Fetcher) -> None:
    site.put("/new", "x")
    site.pages["/old"] = Answer(b"", 301, {"Location": "/new"})
    site.pages["/today"] = Answer(b"", 302, {"Location": "/old"})
    assert fetcher.get(f"{site.url}/old").moved == f"{site.url}/new"
    assert fetcher.get(f"{site.url}/today").moved is None


def test_a_bomb_is_stopped_where_it_swells(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = bomb()
    with pytest.raises(FetchError, match="larger than"):
        fetcher.get(f"{site.url}/feed")


def test_gzip_is_unpacked_and_broken_gzip_is_named(site: Site, fetcher: Fetcher) -> None:
    packed = {"Content-Encoding": "gzip"}
    site.pages["/feed"] = Answer(gzip.compress(b"<rss/>"), 200, packed)
    site.pages["/broken"] = Answer(b"\x1f\x8bnonsense", 200, packed)
    site.pages["/other"] = Answer(b"x", 200, {"Content-Encoding": "br"})
    assert fetcher.get(f"{site.url}/feed").body == b"<rss/>"
    for page in ("broken", "other"):
        with pytest.raises(FetchError):
            fetcher.get(f"{site.url}/{page}")


def test_a_page_that_drips_is_given_up(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", 0.3)
    site.pages["/feed"] = Answer(b"<rss>", drip=True)
    with pytest.raises(FetchError, match="more than"):
        fetcher.get(f"{site.url}/feed")


@pytest.mark.parametrize(("said", "wait"), [("120", 120.0), ("9999999", 86_400.0), ("soon", None)])
def test_a_host_says_when_to_come_again(
    site: Site, fetcher: Fetcher, said: str, wait: float | None
) -> None:
    site.pages["/feed"] = Answer(b"", 429, {"Retry-After": said})
    with pytest.raises(FetchError) as caught:
        fetcher.get(f"{site.url}/feed")
    assert caught.value.wait == wait


def test_a_host_that_is_not_there_is_named(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="no host"):
        fetcher.get("http://nobody.invalid/feed")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/",
        "javascript:1",
        "http://",
        "http://[::1",
        "http://x:99999/",
        "x" * 3000,
        "http://x:0/",
    ],
)
def test_bad_addresses(url: str) -> None:
    with pytest.raises(AddressError):
        checked(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2001:4860:4860::8888", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_host_that_wants_to_be_waited_for_for_ever_is_not(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 1000000000\n")
    site.put("/feed", "x")
    fetcher.get(f"{site.url}/feed")
    assert fetcher.delay(f"{site.url}/feed") == fetching.LONGEST_DELAY


def test_a_host_that_cannot_be_is_an_error_of_its_own(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = Answer(b"", 301, {"Location": f"http://{'a' * 70}.example.org/"})
    with pytest.raises(FetchError, match="no host"):
        fetcher.get(f"{site.url}/feed")


def test_the_rules_of_hosts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    many = Fetcher(lambda: 0.0)
    monkeypatch.setattr(many, "_read_rules", lambda _origin: fetching._Rules(None, 1.0))
    for number in range(fetching.MOST_RULES + 50):
        many._rules_of(f"http://h{number}.example.org/")
    assert len(many._rules) == fetching.MOST_RULES


def test_what_went_wrong_is_told_in_the_language_of_the_reader(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    site.pages["/gone"] = Answer(b"", 404)
    with pytest.raises(FetchError, match="jawabannya 404"):
        fetcher.get(f"{site.url}/gone")
