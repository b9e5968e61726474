"""Alerts in a file of JSON Lines, one added for each."""

from __future__ import annotations

import msgspec

from menurut.watching.alerts import Message
from menurut.watching.channels import ChannelError, Means


def tell(message: Message, where: str, means: Means) -> None:
    line = msgspec.json.encode(message) + b"\n"
    try:
        with (means.folder / where).open("ab", buffering=0) as stream:
            stream.write(line)
    except OSError as error:
        raise ChannelError(f"{where}: {error.strerror}") from None
