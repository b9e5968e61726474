"""How well the ledger links: dossiers of reports, read and added, against keys made by hand.

python -m evaluation.linking            the sample dossier, on which the linking is tuned
python -m evaluation.linking --held     other stories, on which nothing is tuned

``accounts``: those of the key that the ledger has, under an incident of the right type.
``pairs``: two accounts under one incident, for all accounts of the ledger; one that the key does
not list is of no incident of the key.
"""

from __future__ import annotations

import argparse
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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


class Incident(msgspec.Struct, frozen=True):
    """An incident of the key. ``type``: those that the reader may give it, parted by ``|``."""

    name: str
    type: str
    accounts: tuple[str, ...]
    status: str | None = None
    outcome: str | None = None


class Echo(msgspec.Struct, frozen=True):
    origin: str
    copies: tuple[str, ...]


class Key(msgspec.Struct, frozen=True):
    incident: tuple[Incident, ...]
    echo: tuple[Echo, ...]


@dataclass(frozen=True)
class Found:
    """What the ledger made of the dossier, beside the key."""

    key: Key
    incidents: dict[str, queries.Incident]
    accounts: tuple[Account, ...]

    def meant(self, account: Account) -> tuple[Incident, str] | None:
        """The incident of the key, and the line of it, that an account of the ledger answers."""
        type = self.incidents[account.incident].type
        for incident in self.key.incident:
            for line in incident.accounts if type in incident.type.split("|") else ():
                if _answers(account, line):
                    return incident, line
        return None

    @property
    def answers(self) -> dict[Incident, Counter[str]]:
        """For each incident of the key, the incidents of the ledger that hold its accounts."""
        found: dict[Incident, Counter[str]] = {i: Counter() for i in self.key.incident}
        for account in self.accounts:
            meant = self.meant(account)
            if meant is not None:
                found[meant[0]][account.incident] += 1
        return found

    def scores(self) -> dict[str, Score]:
        met = {(m[0].name, m[1]) for a in self.accounts if (m := self.meant(a))}
        lines = [(i.name, line) for i in self.key.incident for line in i.accounts]
        missing = [line for line in lines if line not in met]
        gold = Counter[str](name for name, _ in missing)
        both = Counter[tuple[str, str]]()
        for n, account in enumerate(self.accounts):
            meant = self.meant(account)
            name = meant[0].name if meant else f"unlisted {n}"
            gold[name] += 1
            both[name, account.incident] += 1
        system = Counter(account.incident for account in self.accounts)
        pairs = Score(_pairs(both.values()), _pairs(system.values()), _pairs(gold.values()))
        return {"accounts": Score(len(met), len(met), len(lines)), "pairs": pairs}

    def missing(self) -> list[str]:
        met = {m for a in self.accounts if (m := self.meant(a))}
        return [
            f"{i.name}: {line}"
            for i in self.key.incident
            for line in i.accounts
            if (i, line) not in met
        ]


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _answers(account: Account, line: str) -> bool:
    report, source, stance, words = (part.strip() for part in line.split("|"))
    said = account.source.partition(":")[0] if account.source[:6] == "press:" else account.source
    return (account.report, said, account.stance) == (report, source, stance) and (
        words in account.words
    )


def key(name: str = "dossier") -> Key:
    return msgspec.convert(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")), Key)


def held_dossier() -> tuple[Report, ...]:
    """The reports of the dossier on which nothing is tuned."""
    with (DATA / "dossier-held.jsonl").open("rb") as stream:
        return tuple(item for item in read_jsonl(stream) if isinstance(item, Report))


def read(reports: Iterable[Report]) -> list[Analysis]:
    """The analyses of a dossier, by the shipped model."""
    return [a for a in menurut.read_reports(reports) if isinstance(a, Analysis)]


def found(
    ledger: Ledger, wanted: Key, reports: Iterable[Report], analyses: Iterable[Analysis]
) -> Found:
    """Add a dossier to a ledger and look at what it holds."""
    for report, analysis in zip(reports, analyses, strict=True):
        add(ledger, report, analysis)
    with ledger.read() as snapshot:
        incidents = {i.id: i for i in queries.find_incidents(snapshot, most=1000)}
        numbers = sorted(queries.number_of(id) for id in incidents)
        return Found(wanted, incidents, tuple(queries.accounts_of(snapshot, numbers)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true")
    held = parser.parse_args().held
    reports = held_dossier() if held else dossier()
    wanted = key("dossier-held" if held else "dossier")
    with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/ledger.db") as ledger:
        result = found(ledger, wanted, reports, read(reports))
    for name, score in result.scores().items():
        print(
            f"{name:<10}{score.f1:6.1f}  {score.precision:.1f} / {score.recall:.1f}  {score.gold}"
        )
    for line in result.missing():
        print("missing  ", line)
    for incident, held in result.answers.items():
        stands = {result.incidents[id].status for id in held}
        print(f"{incident.name}: {dict(held)} {stands} wanted {incident.status}")


if __name__ == "__main__":
    main()
