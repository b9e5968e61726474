"""Where alerts are told: one module a channel, each with ``tell(message, where, means)``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from menurut.watching.alerts import Message
from menurut.watching.fetching import Fetcher
from menurut.watching.plan import Mail


class ChannelError(Exception):
    """Why a channel did not take a message; it is tried again."""


class Means(msgspec.Struct, frozen=True):
    """What channels use. ``folder``: the plan's, in which their files lie."""

    folder: Path
    fetcher: Fetcher
    mail: Mail | None = None


Tell = Callable[[Message, str, Means], None]


def tell(channel: str, message: Message, means: Means) -> None:
    """Tell a message in a channel (``file:alerts.jsonl``). Raises ``ChannelError``."""
    kind, _, where = channel.partition(":")
    speak: Tell = import_module(f"menurut.watching.channels.{kind}").tell
    speak(message, where, means)
