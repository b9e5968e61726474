"""The plan of a watch: which feeds, how often, which alerts, told where (``FEEDS.toml``)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

from menurut.interface import gettext as _
from menurut.tables import languages
from menurut.watching.addresses import AddressError, checked
from menurut.watching.fetching import AGENT
from menurut.watching.queries import Query, QueryError, parse_query

_SPAN = re.compile(r"(\d+) ?(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
SHORTEST = 60.0
"""Seconds between two visits, at least: a feed is not a stream."""
CHANNELS = ("terminal", "file", "webhook", "mail", "feed")


class PlanError(Exception):
    """What is wrong with a plan, and where."""


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed or news sitemap. ``follow``: fetch the pages that it links to. ``every``: ``15m``."""

    url: str
    every: str | None = None
    publisher: str | None = None
    language: str | None = None
    follow: bool = False


class Alert(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A saved query, and the channels in which what matches it is told."""

    name: str
    when: str
    to: tuple[str, ...] = ("terminal",)


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server by which mail is sent. The password is read from ``password_file``."""

    server: str
    port: int = 587
    sender: str
    user: str | None = None
    password_file: str | None = None
    encrypted: bool = True


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A watch. ``private``: hosts (``host:port``) of one's own network that may be asked.

    ``pause``: seconds between two requests to one host.
    """

    feed: tuple[Feed, ...]
    alert: tuple[Alert, ...] = ()
    ledger: str = "menurut.db"
    every: str = "15m"
    pause: float = 2.0
    agent: str = AGENT
    private: tuple[str, ...] = ()
    mail: Mail | None = None


def read_plan(path: Path) -> Plan:
    """A plan from a file. Raises ``PlanError`` that says what is wrong and where."""
    try:
        held = tomllib.loads(path.read_text("utf-8"))
        plan = msgspec.convert(held, Plan)
    except OSError as error:
        reason = _("{path}: cannot be read: {reason}")
        raise PlanError(reason.format(path=path, reason=error.strerror)) from None
    except (ValueError, msgspec.ValidationError) as error:
        raise PlanError(f"{path}: {error}") from None
    try:
        _check(plan)
    except (AddressError, QueryError, PlanError) as error:
        raise PlanError(f"{path}: {error}") from None
    return plan


def _check(plan: Plan) -> None:
    if not plan.feed:
        raise PlanError(_("there is no [[feed]]"))
    seconds(plan.every)
    if not 0 <= plan.pause <= 3600:
        raise PlanError(_("pause: from 0 to 3600 seconds"))
    for feed in plan.feed:
        checked(feed.url)
        seconds(feed.every or plan.every)
        if feed.language not in (None, *languages()):
            reason = _("{url}: menurut does not read {language}")
            raise PlanError(reason.format(url=feed.url, language=feed.language))
    names = [alert.name for alert in plan.alert]
    for alert in plan.alert:
        if names.count(alert.name) > 1:
            raise PlanError(_("two alerts are called {name!r}").format(name=alert.name))
        query_of(alert)
        for channel in alert.to:
            _check_channel(plan, alert, channel)


def _check_channel(plan: Plan, alert: Alert, channel: str) -> None:
    kind, _colon, where = channel.partition(":")
    if kind not in CHANNELS or (kind == "terminal") == bool(where):
        wanted = ", ".join(c if c == "terminal" else f"{c}:..." for c in CHANNELS)
        reason = _("alert {name!r}: {channel!r} is none of {wanted}")
        raise PlanError(reason.format(name=alert.name, channel=channel, wanted=wanted))
    if kind == "webhook":
        checked(where)
    if kind == "mail" and plan.mail is None:
        reason = _("alert {name!r}: mail needs a [mail] table with server and sender")
        raise PlanError(reason.format(name=alert.name))


def query_of(alert: Alert) -> Query:
    """The query of an alert. Raises ``QueryError`` that names the alert."""
    try:
        return parse_query(alert.when)
    except QueryError as error:
        reason = _("alert {name!r}: {error}")
        raise QueryError(reason.format(name=alert.name, error=error)) from None


def seconds(span: str) -> float:
    """``15m`` in seconds. Raises ``PlanError`` for what is no such span, or under a minute."""
    found = _SPAN.fullmatch(span.strip())
    length = int(found[1]) * _SECONDS[found[2]] if found else 0.0
    if length < SHORTEST:
        reason = _("{span!r} is no time between visits such as 15m, 2h or 1d (at least 1m)")
        raise PlanError(reason.format(span=span))
    return float(length)
