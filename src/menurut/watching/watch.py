"""The watch itself: visits what is due, adds what is new, tells what matches.

All that it has learned is in the ledger and in its memory before it waits, so that it can be
stopped anywhere. What came through the network in one round is fetched side by side; reading and
adding go one after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec

import menurut
from menurut.contract import Analysis, Failure, Report
from menurut.interface import gettext as _
from menurut.interface import ngettext
from menurut.ledger.adding import Added, add, known_reports
from menurut.ledger.changes import changes, mark
from menurut.ledger.errors import LedgerError, StoreError
from menurut.ledger.store import Ledger
from menurut.watching.addresses import host_of
from menurut.watching.alerts import Message, raised
from menurut.watching.channels import ChannelError, Means, tell
from menurut.watching.clock import Clock, stamp
from menurut.watching.fetching import Fetcher, FetchError, Page
from menurut.watching.intake import Entry, entries, from_page, signed
from menurut.watching.plan import Feed, Plan, seconds
from menurut.watching.state import Notice, State, Visited, read_state, write_state

Read = Callable[[Iterable[Report | Failure]], Iterator[Analysis | Failure]]
SIDE_BY_SIDE = 8
LONGEST_BACK_OFF = 86_400.0
"""Seconds after which a feed that keeps failing is asked again."""
MOST_FOLLOWED = 100
"""Pages that one visit to a feed fetches; the rest wait for the next."""
MOST_MISSED = 3
"""Times that an entry's page is asked for; then the entry's own words have to do."""
MOST_TRIES = 12
"""Times that a channel is tried for one alert, over about two days."""
LONGEST_PUT_OFF = 6 * 3600.0
"""Seconds after which a channel that did not take an alert is tried again, at most."""
MOST_WAITING = 10_000
"""Alerts that wait for their channels; of more the oldest are left out."""
TOLD_AT_ONCE = 50
"""Alerts that are told before that is remembered: a watch that is killed tells them again."""
IDLE = 3600.0


class News(NamedTuple):
    """What a watch tells of as it goes."""

    feed: str
    report: str | None = None
    added: Added | None = None
    trouble: str | None = None


class Watch:
    """A watch over feeds. ``memory``: the file that it remembers in. ``read``: reports in,
    analyses out. ``news``: what is told of every step."""

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        fetcher: Fetcher,
        clock: Clock,
        memory: Path,
        news: Callable[[News], None],
        read: Read = menurut.read_reports,
    ) -> None:
        self.plan, self.ledger, self.fetcher, self.clock = plan, ledger, fetcher, clock
        self.memory, self.news, self.read = memory, news, read
        self.state: State = read_state(memory)
        wanted = {feed.url for feed in plan.feed}
        self.state.feeds = {url: held for url, held in self.state.feeds.items() if url in wanted}
        self._asked: dict[str, float] = defaultdict(float)

    def run(self, until: float | None = None, once: bool = False) -> None:
        """Watch until a moment, or for ever; ``once``: every feed once, due or not."""
        if self.state.mark is None:
            self._remember_mark()
        if once:
            self._round(list(self.plan.feed))
            return
        while until is None or self.clock.now() < until:
            self._round(self._due())
            rest = self._next() - self.clock.now()
            self.clock.wait(min(max(rest, 0.5), IDLE))

    def _due(self) -> list[Feed]:
        now = self.clock.now()
        return [feed for feed in self.plan.feed if self._visit_of(feed) <= now]

    def _visit_of(self, feed: Feed) -> float:
        longest = max(seconds(feed.every or self.plan.every), LONGEST_BACK_OFF)
        return self._within(self.state.feed(feed.url).due, longest)

    def _within(self, due: float, longest: float) -> float:
        """When something is due; at once where that is further off than it can be: the clock was
        set back."""
        return due if due <= self.clock.now() + longest else 0.0

    def _next(self) -> float:
        visits = [self._visit_of(feed) for feed in self.plan.feed]
        return min([*visits, *(self._within(n.due, LONGEST_PUT_OFF) for n in self.state.waiting)])

    def _round(self, feeds: list[Feed]) -> None:
        now = self.clock.now()
        recent = {host: at for host, at in self._asked.items() if abs(now - at) < IDLE}
        self._asked = defaultdict(float, recent)
        for feed, page in self._fetched(feeds):
            self._visit(feed, page)
            self._raise_alerts()
        self._tell()

    def _fetched(self, feeds: list[Feed]) -> Iterator[tuple[Feed, Page | FetchError]]:
        """The feeds' pages as they come; feeds of one host one after another."""
        hosts: dict[str, list[Feed]] = defaultdict(list)
        for feed in feeds:
            hosts[host_of(self._address(feed))].append(feed)
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for fetched in pool.map(self._from_host, hosts.values()):
                yield from fetched

    def _from_host(self, feeds: list[Feed]) -> list[tuple[Feed, Page | FetchError]]:
        return [(feed, self._page_of(feed)) for feed in feeds]

    def _page_of(self, feed: Feed) -> Page | FetchError:
        held = self.state.feed(feed.url)
        try:
            return self._get(self._address(feed), held.etag, held.modified)
        except FetchError as error:
            return error

    def _get(self, url: str, etag: str | None = None, modified: str | None = None) -> Page:
        """A page, no sooner after the last one of its host than the plan and robots.txt want."""
        host = host_of(url)
        pause = max(self.plan.pause, self.fetcher.delay(url))
        self.clock.wait(min(max(self._asked[host] + pause - self.clock.now(), 0), pause))
        try:
            return self.fetcher.get(url, etag, modified)
        finally:
            self._asked[host] = self.clock.now()

    def _address(self, feed: Feed) -> str:
        return self.state.feed(feed.url).moved or feed.url

    def _visit(self, feed: Feed, page: Page | FetchError) -> None:
        held = self.state.feed(feed.url)
        if isinstance(page, FetchError):
            self._failed(feed, held, page)
        else:
            self._visited(feed, held, page)
        self._remember()

    def _visited(self, feed: Feed, held: Visited, page: Page) -> None:
        try:
            whole = page.body is None or self._take(feed, page.url, page.body, held)
        except StoreError as error:
            self._failed(feed, held, FetchError(str(error)))
            return
        if whole:
            held.etag, held.modified = page.etag or held.etag, page.modified or held.modified
        held.moved = page.moved or held.moved
        held.failures, held.error = 0, None
        held.due = self.clock.now() + seconds(feed.every or self.plan.every)

    def _failed(self, feed: Feed, held: Visited, error: FetchError) -> None:
        """Wait longer after each failure in a row, or as long as the host asks."""
        held.failures += 1
        held.error, held.moved = str(error), None
        every = seconds(feed.every or self.plan.every)
        back_off = min(every * 2 ** min(held.failures - 1, 16), max(every, LONGEST_BACK_OFF))
        held.due = self.clock.now() + max(back_off, error.wait or 0)
        self.news(News(feed.url, trouble=str(error)))

    def _take(self, feed: Feed, url: str, body: bytes, held: Visited) -> bool:
        """Read and add a feed's new entries; False where some must be looked for again."""
        seen, shown, new = set(held.seen), dict[str, None](), list[Entry]()
        for item in entries(feed, url, body):
            if isinstance(item, Failure):
                self.news(News(feed.url, item.id, trouble=item.error))
            else:
                shown[item.print] = None
                if item.print not in seen:
                    new.append(item)
        held.see((print for print in shown if print in seen), len(shown))
        whole = not feed.follow or len(new) <= MOST_FOLLOWED
        done: list[str] = []
        for entry in new if whole else new[:MOST_FOLLOWED]:
            report = self._follow(feed, entry, held)
            if report is None:
                whole = False
                continue
            done.append(entry.print)
            if self._add(feed, report):
                held.see(done, len(shown))
                done.clear()
                self._remember()
        held.see(done, len(shown))
        held.forget_missed(shown)
        return whole

    def _follow(self, feed: Feed, entry: Entry, held: Visited) -> Report | None:
        """The entry's page as a report, or the entry itself where there is none to be had; None
        where it is worth trying again."""
        report = entry.report
        if not feed.follow or report.url is None or not report.text:
            return report
        try:
            page = self._get(report.url)
        except FetchError as error:
            self.news(News(feed.url, report.id, trouble=f"{report.url}: {error}"))
            return report if error.gone or held.miss(entry.print) >= MOST_MISSED else None
        found = from_page(report, page.body or b"", page.url)
        if isinstance(found, Failure):
            self.news(News(feed.url, report.id, trouble=found.error))
            return report
        return found

    def _add(self, feed: Feed, report: Report) -> bool:
        """Read a report and add it, False where the ledger has it; what cannot be read is told,
        and not tried again."""
        report = signed(feed, report)
        if known_reports(self.ledger, [report]):
            return False
        [result] = self.read([report])
        try:
            if isinstance(result, Failure):
                raise LedgerError(result.error)
            self.news(News(feed.url, report.id, added=add(self.ledger, report, result)))
        except StoreError:
            raise
        except LedgerError as error:
            self.news(News(feed.url, report.id, trouble=str(error)))
        return True

    def _raise_alerts(self) -> None:
        """Put what matches the alerts among what is to be told, once."""
        assert self.state.mark is not None
        with self.ledger.read() as snapshot:
            reached = mark(snapshot)
            if reached == self.state.mark:
                return
            found = list(changes(snapshot, self.state.mark))
        notices = raised(self.plan.alert, found, stamp(self.clock.now()))
        known = {(notice.key, notice.channel) for notice in self.state.waiting}
        self.state.waiting += [n for n in notices if (n.key, n.channel) not in known]
        self.state.mark = reached
        self._leave_out()
        self._remember()

    def _tell(self) -> None:
        """Tell what waits and is due; what a channel does not take waits longer each time."""
        means = Means(self.memory.parent, self.fetcher, self.plan.mail)
        now = self.clock.now()
        due = [n for n in self.state.waiting if self._within(n.due, LONGEST_PUT_OFF) <= now]
        for start in range(0, len(due), TOLD_AT_ONCE):
            done: set[int] = set()
            try:
                for notice in due[start : start + TOLD_AT_ONCE]:
                    if self._told(notice, means):
                        done.add(id(notice))
            finally:
                self.state.waiting = [n for n in self.state.waiting if id(n) not in done]
                self._remember()

    def _leave_out(self) -> None:
        """Bound what waits."""
        over = len(self.state.waiting) - MOST_WAITING
        if over > 0:
            del self.state.waiting[:over]
            left = ngettext(
                "{n} alert that waited is left out", "{n} alerts that waited are left out", over
            )
            self.news(News(str(self.memory), trouble=left.format(n=over)))

    def _told(self, notice: Notice, means: Means) -> bool:
        if not any(a.name == notice.alert and notice.channel in a.to for a in self.plan.alert):
            gone = _("{channel}: no longer in the plan").format(channel=notice.channel)
            self.news(News(notice.alert, trouble=gone))
            return True
        message = msgspec.json.decode(notice.message, type=Message)
        try:
            tell(notice.channel, message, means)
        except ChannelError as error:
            notice.tries += 1
            notice.due = self.clock.now() + min(60.0 * 2**notice.tries, LONGEST_PUT_OFF)
            self.news(News(notice.alert, trouble=str(error)))
            return notice.tries >= MOST_TRIES
        return True

    def _remember_mark(self) -> None:
        """A first run tells of what comes from now on, not of all that the ledger holds."""
        with self.ledger.read() as snapshot:
            self.state.mark = mark(snapshot)
        self._remember()

    def _remember(self) -> None:
        write_state(self.memory, self.state)
