"""Which addresses may be asked: HTTP and HTTPS at public hosts, and those that the user names.

A host is resolved once, every address of it is checked, and the connection goes to an address
that was checked: a name that resolves otherwise a moment later gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from menurut.interface import gettext as _

_SCHEMES = {"http": 80, "https": 443}
_NAT64, _COMPATIBLE = IPv6Network("64:ff9b::/96"), IPv6Network("::/96")
LONGEST = 2000
"""Characters of an address."""


class AddressError(ValueError):
    """An address that is not asked, and why."""


def checked(url: str) -> str:
    """The address itself, where it has a form that may be asked. Raises ``AddressError``."""
    shown = url[:200]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressError(_("{url!r} is no address").format(url=shown)) from None
    if len(url) > LONGEST:
        raise AddressError(_("an address of more than {n} characters").format(n=LONGEST))
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise AddressError(_("{url!r} is no http or https address").format(url=shown))
    if parts.username or parts.password:
        raise AddressError(_("an address with a name or a password in it"))
    if port == 0:
        raise AddressError(_("{url!r} has no port that can be asked").format(url=shown))
    return url


def host_of(url: str) -> str:
    """The host of an address with its port, as limits count hosts."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or _SCHEMES[parts.scheme]}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    found = ip_address(address.partition("%")[0])
    meant = (_carried(found) if isinstance(found, IPv6Address) else None) or found
    return meant.is_global and not meant.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, NAT64, or the old
    compatible form."""
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def public_pool(private: frozenset[str], timeout: float) -> PoolManager:
    """A pool of connections to public hosts, and to the hosts in ``private`` (``host:port``)."""

    def resolve(host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # a label of more than 63 letters is a UnicodeError
            raise AddressError(_("there is no host {host}").format(host=host[:100])) from None
        addresses = [str(entry[4][0]) for entry in found]
        if f"{host}:{port}" not in private and not all(map(is_public, addresses)):
            reason = _("{host} is an address of a private network")
            raise AddressError(reason.format(host=host))
        return addresses[0]

    pool = PoolManager(num_pools=64, maxsize=2, timeout=timeout, retries=False)
    pool.pool_classes_by_scheme = {
        "http": _guarded(HTTPConnectionPool, HTTPConnection, resolve),
        "https": _guarded(HTTPSConnectionPool, HTTPSConnection, resolve),
    }
    return pool


def _guarded(pool: Any, connection: Any, resolve: Callable[[str, int], str]) -> Any:
    """A pool whose connections go to the address that was checked."""

    class Connection(connection):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            address = resolve(self.host, self.port)
            try:
                return create_connection(
                    (address, self.port), self.timeout, socket_options=self.socket_options
                )
            except TimeoutError as error:
                raise NewConnectionError(self, _("it does not answer in time")) from error
            except socket.gaierror as error:
                raise NameResolutionError(self.host, self, error) from error
            except OSError as error:
                raise NewConnectionError(self, error.strerror or str(error)) from error

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})
