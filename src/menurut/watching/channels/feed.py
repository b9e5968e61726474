"""Alerts as an Atom feed in a file, which any desktop reader can follow; the newest first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from lxml import etree
from lxml.builder import ElementMaker

from menurut.desk.disarm import disarm
from menurut.desk.watch_words import message_words
from menurut.watching.alerts import Message
from menurut.watching.channels import ChannelError, Means

SPACE = "http://www.w3.org/2005/Atom"
MOST = 200
"""Entries that a feed keeps."""
_ATOM = ElementMaker(namespace=SPACE, nsmap={None: SPACE})


def tell(message: Message, where: str, means: Means) -> None:
    path = means.folder / where
    try:
        entries = [e for e in _held(path) if e.findtext(f"{{{SPACE}}}id") != _urn(message)]
        written = etree.tostring(
            _feed(path, [_entry(message), *entries][:MOST], message.at),
            xml_declaration=True,
            encoding="utf-8",
            pretty_print=True,
        )
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(written)
        new.replace(path)
    except OSError as error:
        raise ChannelError(f"{where}: {error.strerror}") from None


def _held(path: Path) -> list[etree._Element]:
    """The entries of the file; none of a file that is no feed, which is then written anew."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with suppress(FileNotFoundError, etree.XMLSyntaxError):
        root = etree.fromstring(path.read_bytes(), parser)
        return list(root.iter(f"{{{SPACE}}}entry"))
    return []


def _feed(path: Path, entries: list[etree._Element], at: str) -> etree._Element:
    return _ATOM.feed(
        _ATOM.id(f"urn:menurut:alerts:{path.name}"),
        _ATOM.title("menurut"),
        _ATOM.updated(at),
        _ATOM.author(_ATOM.name("menurut")),
        *entries,
    )


def _entry(message: Message) -> etree._Element:
    head, *rest = (_plain(line) for line in message_words(message))
    return _ATOM.entry(
        _ATOM.id(_urn(message)),
        _ATOM.title(head),
        _ATOM.updated(message.at),
        _ATOM.content("\n".join(rest), type="text"),
    )


def _urn(message: Message) -> str:
    return f"urn:menurut:alert:{message.id}"


def _plain(line: str) -> str:
    """A line with nothing in it that XML forbids."""
    return "".join(c for c in disarm(line) if c.isprintable())
