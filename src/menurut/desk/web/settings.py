"""What a desk is told when it starts."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """``token``: asked of everyone; None: of nobody. ``names``: the host names that it answers to
    beside loopback's. ``author``: who judges here. ``sample``: the ledger is the sample's, and will
    be gone. ``largest``: the most bytes of an upload.
    """

    token: str | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    author: str = "desk"
    sample: bool = False
    largest: int = 20 * MEGABYTE

    def answers_to(self, host: str) -> bool:
        """Whether a ``Host`` header names this desk, so that no foreign name was bound to it.

        With a token an address in digits will do as well: a page elsewhere has no token for it.
        """
        name = (
            host.lower() if host.endswith("]") else host.rpartition(":")[0].lower() or host.lower()
        )
        if name in LOOPBACK_NAMES or name in self.names:
            return True
        return self.token is not None and is_address(name)


def is_address(name: str) -> bool:
    """Whether a host is named by an IP address."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    return is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback
