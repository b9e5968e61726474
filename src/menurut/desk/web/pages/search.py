"""Full-text search: reports that hold the words, with the words marked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.contract import Span
from menurut.desk.web.views import asked, page, snapshot
from menurut.ledger.paging import Page
from menurut.ledger.queries import Hit, number_of
from menurut.ledger.queries.lookups import incidents_numbered
from menurut.ledger.queries.searching import page_hits

_SHOWN = 20


def search(request: Request) -> Response:
    query = asked(request, "q")
    found: Page[Hit] = Page(items=())
    known = {}
    if query:
        with snapshot(request) as held:
            found = page_hits(held, query, _SHOWN, asked(request, "after"))
            numbers = sorted({number_of(id) for hit in found.items for id in hit.incidents[:4]})
            known = {i.id: i for i in incidents_numbered(held, numbers)}
    return page(request, "search.html", asked_for=query or "", found=found, known=known, cut=cut)


def cut(text: str, marks: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, and whether each is a word of the query."""
    at = 0
    for start, end in marks:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


routes = [Route("/search", search)]
