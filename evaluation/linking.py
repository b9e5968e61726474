"""How well the ledger links: dossiers of reports, read and added, against keys made by hand.

python -m evaluation.linking            the sample dossier, on which the linking is tuned
python -m evaluation.linking --held     other stories, on which nothing is tuned
python -m evaluation.linking --links    stories that are hard to tell apart or to hold together
                                        (with --held: the half on which nothing is tuned)

``accounts``: those of the key that the ledger has, under an incident of the right type.
``pairs``: two accounts under one incident, for all accounts of the ledger; one that the key does
not list is of no incident of the key. ``links``: the same for accounts of the key alone, all and by
the languages of their reports. ``standing``: what the key says of how incidents stand: status,
outcome, number of sources, figures by source, who is unheard, series. ``echoes``: reports and
whose story they copy.
"""

from __future__ import annotations

import argparse
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import combinations
from pathlib import Path

import msgspec

import menurut
from evaluation.scores import Score
from menurut.contract import Analysis, Report
from menurut.ledger import queries
from menurut.ledger.adding import add
from menurut.ledger.queries import Account
from menurut.ledger.store import Ledger
from menurut.reports import dossier, read_jsonl

DATA = Path(__file__).parent / "data"
DOSSIERS = ("dossier", "dossier-held", "links-tuned", "links-held")


class Incident(msgspec.Struct, frozen=True):
    """An incident of the key. ``type``: those that the reader may give it, parted by ``|``.

    ``figures``: ``source | lowest value``, each given by a source that affirms it; ``series``: the
    name of the incident that it is part of. What is None is not asked for.
    """

    name: str
    type: str
    accounts: tuple[str, ...]
    status: str | None = None
    outcome: str | None = None
    sources: int | None = None
    unheard: tuple[str, ...] | None = None
    figures: tuple[str, ...] = ()
    series: str | None = None


class Echo(msgspec.Struct, frozen=True):
    origin: str
    copies: tuple[str, ...]


class Key(msgspec.Struct, frozen=True):
    incident: tuple[Incident, ...]
    echo: tuple[Echo, ...]


@dataclass(frozen=True)
class Found:
    """What the ledger made of the dossier, beside the key. ``texts``: of its reports."""

    key: Key
    incidents: dict[str, queries.Incident]
    accounts: tuple[Account, ...]
    texts: dict[str, str]

    def meant(self, account: Account) -> tuple[Incident, str] | None:
        """The incident of the key, and the line of it, that an account of the ledger answers."""
        type = self.incidents[account.incident].type
        trigger = self.texts[account.report][slice(*account.trigger)]
        for incident in self.key.incident:
            for line in incident.accounts if type in incident.type.split("|") else ():
                if _answers(account, line, trigger):
                    return incident, line
        return None

    @cached_property
    def known(self) -> list[tuple[Account, Incident, str]]:
        """The accounts of the ledger that the key lists, with their incident of it and its line."""
        return [(a, *m) for a in self.accounts if (m := self.meant(a))]

    @property
    def answers(self) -> dict[Incident, Counter[str]]:
        """For each incident of the key, the incidents of the ledger that hold its accounts."""
        found: dict[Incident, Counter[str]] = {i: Counter() for i in self.key.incident}
        for account, incident, _ in self.known:
            found[incident][account.incident] += 1
        return found

    def scores(self) -> dict[str, Score]:
        lines = [(i.name, line) for i in self.key.incident for line in i.accounts]
        met = {(i.name, line) for _, i, line in self.known}
        return {
            "accounts": Score(len(met), len(met), len(lines)),
            "pairs": self._pairs(),
            **self._links(),
            "standing": _share(right for _, right in self.standings()),
            "echoes": self._echoes(),
        }

    def _pairs(self) -> Score:
        names = {a.id: i.name for a, i, _ in self.known}
        gold = Counter(line.partition(": ")[0] for line in self.missing())
        both = Counter[tuple[str, str]]()
        for account in self.accounts:
            name = names.get(account.id, f"unlisted {account.id}")
            gold[name] += 1
            both[name, account.incident] += 1
        system = Counter(account.incident for account in self.accounts)
        return Score(_pairs(both.values()), _pairs(system.values()), _pairs(gold.values()))

    def links(self) -> Iterator[tuple[str, bool, bool, Account, Account]]:
        """Each two accounts of the key: their languages, whether the ledger and whether the key
        puts them under one incident."""
        for (one, this, _), (other, that, _) in combinations(self.known, 2):
            spoken = "-".join(sorted((one.language, other.language)))
            yield spoken, one.incident == other.incident, this == that, one, other

    def _links(self) -> dict[str, Score]:
        right, system, gold = Counter[str](), Counter[str](), Counter[str]()
        for spoken, linked, same, *_ in self.links():
            for name in ("links", f"links {spoken}"):
                right[name] += linked and same
                system[name] += linked
                gold[name] += same
        return {name: Score(right[name], system[name], gold[name]) for name in sorted(gold)}

    def standings(self) -> Iterator[tuple[str, bool]]:
        """What the key says of its incidents, each with whether the ledger has it so."""
        most = {i.name: held.most_common(1)[0][0] for i, held in self.answers.items() if held}
        for wanted in self.key.incident:
            has = self.incidents.get(most.get(wanted.name, ""))
            for field in ("status", "outcome", "sources"):
                value = getattr(wanted, field)
                if value is not None:
                    now = getattr(has, field, None)
                    yield f"{wanted.name}: {field} {now}, wanted {value}", now == value
            if wanted.unheard is not None:
                unheard = has.unheard if has else None
                line = f"{wanted.name}: unheard {unheard}, wanted {wanted.unheard}"
                yield line, unheard == wanted.unheard
            if wanted.series is not None:
                series = has.series if has else None
                line = f"{wanted.name}: series {series}, wanted {wanted.series}"
                yield line, series is not None and series == most.get(wanted.series)
            for figure in wanted.figures:
                yield f"{wanted.name}: figure {figure}", self._gives(most.get(wanted.name), figure)

    def _gives(self, incident: str | None, figure: str) -> bool:
        source, value = (part.strip() for part in figure.split("|"))
        return any(
            account.incident == incident
            and account.stance == "affirms"
            and fnmatchcase(account.source, source)
            and any(said.low == float(value) for said in account.figures)
            for account in self.accounts
        )

    def _echoes(self) -> Score:
        held = {(a.origin, a.report) for a in self.accounts if a.origin}
        wanted = {(echo.origin, copy) for echo in self.key.echo for copy in echo.copies}
        return Score(len(held & wanted), len(held), len(wanted))

    def missing(self) -> list[str]:
        met = {(i.name, line) for _, i, line in self.known}
        return [
            f"{i.name}: {line}"
            for i in self.key.incident
            for line in i.accounts
            if (i.name, line) not in met
        ]


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _share(rights: Iterable[bool]) -> Score:
    held = list(rights)
    return Score(sum(held), len(held), len(held))


def _answers(account: Account, line: str, trigger: str) -> bool:
    report, source, stance, words, *at = (part.strip() for part in line.split("|"))
    said = account.source.partition(":")[0] if account.source[:6] == "press:" else account.source
    return (
        (account.report, account.stance) == (report, stance)
        and fnmatchcase(said, source)
        and words in account.words
        and all(part in trigger for part in at)
    )


def key(name: str = "dossier") -> Key:
    return msgspec.convert(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")), Key)


def reports_of(name: str) -> tuple[Report, ...]:
    """The reports of a dossier: the sample's, or one that stands beside its key."""
    if name == "dossier":
        return dossier()
    with (DATA / f"{name}.jsonl").open("rb") as stream:
        return tuple(item for item in read_jsonl(stream) if isinstance(item, Report))


def read(reports: Iterable[Report]) -> list[Analysis]:
    """The analyses of a dossier, by the shipped model."""
    return [a for a in menurut.read_reports(reports) if isinstance(a, Analysis)]


def found(
    ledger: Ledger, wanted: Key, reports: Iterable[Report], analyses: Iterable[Analysis]
) -> Found:
    """Add a dossier to a ledger and look at what it holds."""
    texts = {}
    for report, analysis in zip(reports, analyses, strict=True):
        add(ledger, report, analysis)
        texts[report.id] = report.text
    with ledger.read() as snapshot:
        incidents = {i.id: i for i in queries.find_incidents(snapshot, most=1000)}
        numbers = sorted(queries.number_of(id) for id in incidents)
        told = tuple(queries.accounts_of(snapshot, numbers))
    return Found(wanted, incidents, told, texts)


def measured(name: str) -> Found:
    """A dossier read with the shipped model and added to a ledger of its own."""
    reports = reports_of(name)
    with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/ledger.db") as ledger:
        return found(ledger, key(name), reports, read(reports))


def _shown(result: Found) -> Iterator[str]:
    for name, score in result.scores().items():
        yield f"{name:<12}{score.f1:6.1f}  {score.precision:.1f} / {score.recall:.1f}  {score.gold}"
    yield from (f"missing   {line}" for line in result.missing())
    for _, linked, same, *both in result.links():
        if linked != same:
            one, other = (f"{a.report} [{a.words[:60]}] {a.incident}" for a in both)
            yield f"{'wrong' if linked else 'unlinked':<10}{one} | {other}"
    yield from (f"otherwise {line}" for line, right in result.standings() if not right)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--held", action="store_true", help="the half on which nothing is tuned")
    parser.add_argument("--links", action="store_true", help="the harder stories")
    given = parser.parse_args()
    for line in _shown(measured(DOSSIERS[2 * given.links + given.held])):
        print(line)


if __name__ == "__main__":
    main()
