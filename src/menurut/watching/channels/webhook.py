"""Alerts posted as JSON."""

from __future__ import annotations

import msgspec

from menurut.watching.alerts import Message
from menurut.watching.channels import ChannelError, Means
from menurut.watching.fetching import FetchError


def tell(message: Message, where: str, means: Means) -> None:
    try:
        means.fetcher.post(where, msgspec.json.encode(message), "application/json")
    except FetchError as error:
        raise ChannelError(f"{where}: {error}") from None
