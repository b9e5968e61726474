"""GraphML of who says what about whom: from each source to the parties of what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from menurut.ledger.queries import Shown

_SPACE = "http://graphml.graphdrawing.org/xmlns"


def export(found: Iterable[Shown]) -> bytes:
    edges: Counter[tuple[str, str, str, str]] = Counter()
    for shown in found:
        for account in shown.accounts:
            source = account.source if account.name else account.publisher or account.report
            for party in shown.incident.actors:
                edges[source, party, account.stance, shown.incident.type] += 1
    root = Element("graphml", xmlns=_SPACE)
    for name, kind in (("stance", "string"), ("type", "string"), ("accounts", "int")):
        SubElement(root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": kind})
    graph = SubElement(root, "graph", edgedefault="directed")
    for node in dict.fromkeys(n for source, party, *_ in edges for n in (source, party)):
        SubElement(graph, "node", id=_plain(node))
    for (source, party, stance, type), times in edges.items():
        edge = SubElement(graph, "edge", source=_plain(source), target=_plain(party))
        for key, value in (("stance", stance), ("type", type), ("accounts", str(times))):
            SubElement(edge, "data", key=key).text = value
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _plain(text: str) -> str:
    """A name with nothing in it that XML forbids."""
    return "".join(c for c in text if c.isprintable())
