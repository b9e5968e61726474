"""Who says what about whom: a drawing, and behind each of its lines the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.charts import network as chart
from menurut.desk.ledger_words import STANCES, TYPES, party_words
from menurut.desk.phrases import label, number_words
from menurut.desk.web import charting
from menurut.desk.web.pages import Entry
from menurut.desk.web.pages.incidents import wanted_of
from menurut.desk.web.views import asked, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.interface import ngettext
from menurut.ledger.names import party_key
from menurut.ledger.network import Tie, accounts_between, network

entry = Entry(50, "/network", N_("Network"))
_TIES = 60
_TYPES = 3


def show(request: Request) -> Response:
    wanted = wanted_of(request)
    source, about = asked(request, "source"), asked(request, "about")
    with snapshot(request) as held:
        found = network(held, wanted, _TIES)
        said = accounts_between(held, source, about, wanted) if source and about else None
    return page(
        request,
        "network.html",
        found=found,
        said=said,
        source=party_key(source) if source else None,
        about=party_key(about) if about else None,
        actor=party_key(wanted.actor) if wanted.actor else None,
        drawn=_drawn(request, found.ties) if found.ties else None,
        narrow=charting.width(request) < charting.NARROW,
        types=TYPES,
        told=charting.TOLD,
        stances=STANCES,
        label=label,
        tie_address=lambda tie: _tie_address(request, tie),
        kinds=_kinds,
    )


def _drawn(request: Request, ties: Sequence[Tie]) -> Markup:
    width = charting.width(request)
    weights: Counter[str] = Counter()
    for tie in ties:
        weights[tie.source] += tie.weight
        weights[tie.about] += tie.weight
    actor = asked(request, "actor")
    chosen = party_key(actor) if actor else None
    ranked = sorted(weights, key=lambda key: (key != chosen, -weights[key], key))
    nodes = [_node(request, key, weights[key], ties, chosen) for key in ranked]
    nodes = nodes[: chart.most_nodes(width)]
    pair = tuple(asked(request, name) for name in ("source", "about"))
    lines = [_line(request, tie, pair) for tie in ties]
    told = ngettext("{n} party", "{n} parties", len(nodes)).format(n=len(nodes))
    title = _("Who says what about whom")
    height = 520.0 if width >= charting.NARROW else width * 1.35
    return Markup(chart.network(nodes, lines, title, told, width, height))


def _node(
    request: Request, key: str, weight: int, ties: Sequence[Tie], chosen: str | None
) -> chart.Node:
    says = sum(tie.weight for tie in ties if tie.source == key)
    said = weight - says
    name = party_words(key)
    return chart.Node(
        key=key,
        name=name,
        href=charting.here(request, actor=key, source=None, about=None),
        lines=(
            name,
            ngettext("says {n} thing of others", "says {n} things of others", says).format(
                n=number_words(says)
            ),
            ngettext("{n} thing is said of it", "{n} things are said of it", said).format(
                n=number_words(said)
            ),
        ),
        weight=weight,
        chosen=key == chosen,
    )


def _line(request: Request, tie: Tie, pair: tuple[str | None, ...]) -> chart.Line:
    stances = {"affirms": tie.affirms, "denies": tie.denies, "doubts": tie.doubts}
    counted = ", ".join(
        f"{label(STANCES, stance)} {number_words(n)}" for stance, n in stances.items() if n
    )
    who = _("{source} about {party}").format(
        source=party_words(tie.source), party=party_words(tie.about)
    )
    return chart.Line(
        source=tie.source,
        about=tie.about,
        stances=stances,
        href=_tie_address(request, tie),
        lines=(who, counted, _kinds(tie)),
        chosen=(tie.source, tie.about) == pair,
    )


def _tie_address(request: Request, tie: Tie) -> str:
    return charting.here(request, source=tie.source, about=tie.about) + "#said"


def _kinds(tie: Tie) -> str:
    """What it is about, the most frequent first."""
    most = list(tie.types.items())[:_TYPES]
    return ", ".join(f"{label(TYPES, type)} {number_words(n)}" for type, n in most)


routes = [Route("/network", show)]
